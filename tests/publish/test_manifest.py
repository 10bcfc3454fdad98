"""release.json: a line a file, and the same whether it is written anew or changed in a few lines."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from eugraph.publish import manifest
from eugraph.publish.figures import Figures
from eugraph.publish.given import ReleaseInput
from eugraph.publish.staging import Kept
from publish.catalogues import tiny_release

RELEASE = ReleaseInput(
    quads=(),
    ontology={},
    shapes={},
    reports={},
    validation={},
    title='A "title"\n  "files": {',
    description="",
    base_iri="https://example.org/id/",
    moved=None,
    date=dt.date(2026, 1, 2),
    version="1",
    publisher="Somebody",
    licence="https://creativecommons.org/licenses/by/4.0/",
)
FIGURES = Figures(documents=1, quads=2, graphs=3, things={"project": 1}, findings={})
PATHS = st.sampled_from([f"project/{name}.{ending}" for name in ("a", "a-b", "a~b", "b") for ending in ("html", "ttl")])
FILES = st.dictionaries(PATHS, st.builds(lambda size: (size, f"{size:064x}"), st.integers(0, 10**12)))


def files(told: dict[str, tuple[int, str]]) -> list[Kept]:
    return [Kept(path, size, digest, 0) for path, (size, digest) in told.items()]


@given(FILES, FILES, st.sets(PATHS))
def test_changing_lines_gives_the_same_as_writing_all(
    before: dict[str, tuple[int, str]], more: dict[str, tuple[int, str]], gone: set[str]
) -> None:
    now = {path: told for path, told in {**before, **more}.items() if path not in gone}
    known = {file.path: file for file in files(now)}
    old = manifest.manifest(RELEASE, FIGURES, "0" * 64, files(before))
    later, figures = replace(RELEASE, date=dt.date(2026, 2, 3)), replace(FIGURES, quads=5)
    new = manifest.manifest(later, figures, "1" * 64, files(now))
    assert manifest.changed(old, later, figures, "1" * 64, {path: known.get(path) for path in {*more, *gone}}) == new
    read = json.loads(new)
    assert read["files"] == {path: {"size": size, "sha256": digest} for path, (size, digest) in now.items()}
    assert read["title"] == RELEASE.title
    assert read["graph"] == {"sha256": "1" * 64}


def test_each_file_has_a_line(tmp_path: Path) -> None:
    text = (tiny_release(tmp_path) / "release.json").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if '"sha256"' in line and '"size"' in line]
    assert len(lines) == len(json.loads(text)["files"]) > 100
    assert [line.rstrip(",") for line in lines] == sorted(line.rstrip(",") for line in lines)
