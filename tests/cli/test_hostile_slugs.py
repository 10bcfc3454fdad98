"""Slugs that would leave the folder, name a device, be cut or meet another one: told, or written where they harm nobody."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from cli.runner import fingerprint, run
from eugraph.config import Workspace

LONG = "x" * 300
SLUGS: Mapping[str, tuple[str, ...]] = {
    "a way up": ("..", "../../../../etc/passwd", "a/../../b"),
    "a way up in disguise": ("%2e%2e", "%2e%2e/%2e%2e/etc"),
    "NUL": ("a\\u0000b",),
    "a device": ("CON", "con", "nul.ttl"),
    "300 characters": (LONG, f"{LONG}-y"),
    "two that differ by case": ("Twin", "twin"),
}


def yaml(slugs: tuple[str, ...]) -> str:
    return "---\n".join(f'id: "project/{slug}"\ntype: Project\nname: {{en: "N{n}"}}\n' for n, slug in enumerate(slugs))


def csv(slugs: tuple[str, ...]) -> str:
    rows = (f"project/{slug},N{n}\n".replace("\\u0000", "\0") for n, slug in enumerate(slugs))
    return "id,name@en\n" + "".join(rows)


def turtle(slugs: tuple[str, ...]) -> str:
    names = '<http://www.w3.org/2004/02/skos/core#prefLabel> "N{}"@en'
    project = "a <https://w3id.org/eugraph/ontology#Project>"
    return "".join(f"<project/{slug}> {project} ; {names.format(n)} .\n" for n, slug in enumerate(slugs))


FORMS = {"projects.ttl": turtle, "x.yaml": yaml, "projects.csv": csv}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("slugs", SLUGS.values(), ids=SLUGS)
def test_a_hostile_slug_is_a_finding_with_its_line_or_a_file_of_its_own(
    slugs: tuple[str, ...], name: str, tiny: Workspace, tmp_path: Path
) -> None:
    (tiny.data / name).write_text(FORMS[name](slugs), encoding="utf-8")
    before = fingerprint(tmp_path)
    outcome = run(tiny.root, "build")
    if slugs == SLUGS["300 characters"]:  # it breaks no rule
        assert outcome.status == 0, outcome.err
        made = list((tiny.root / "dist" / "project").glob("x*.ttl"))
        assert len(made) == 2
        assert all(len(path.name) < 200 for path in made)
        return
    assert outcome.status in (1, 2)
    assert re.search(rf"^data/{re.escape(name)}:\d+:\d+: violation: ", outcome.err, re.MULTILINE), outcome.err
    assert "Traceback" not in outcome.err
    assert fingerprint(tmp_path) == before


@pytest.mark.parametrize("slugs", SLUGS.values(), ids=SLUGS)
def test_where_the_shapes_allow_them_each_has_a_file_of_its_own_within_the_release(
    slugs: tuple[str, ...], tiny: Workspace, tmp_path: Path
) -> None:
    (tiny.data / "projects.ttl").write_text(turtle(slugs), encoding="utf-8")
    shapes = tiny.shapes
    shutil.rmtree(shapes)
    shapes.mkdir()
    (shapes / "lenient.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<https://example.org/lenient> a sh:NodeShape ; sh:targetClass <https://example.org/Nothing> ;\n"
        "    sh:nodeKind sh:IRI .\n"
    )
    made = {tiny.root / "dist", tiny.root / ".eugraph"}

    def others() -> set[Path]:
        return {path for path in tmp_path.rglob("*") if made.isdisjoint({path, *path.parents})}

    before = others()
    outcome = run(tiny.root, "build")
    if slugs == SLUGS["NUL"]:  # no IRI has it
        assert outcome.status == 2
        assert "data/projects.ttl:1:" in outcome.err
        return
    assert outcome.status == 0, outcome.err
    assert others() == before
    files = list((tiny.root / "dist").rglob("*.ttl"))
    dump = gzip.decompress((tiny.root / "dist" / "dump" / "all.nq.gz").read_bytes()).decode()
    documents = "".join(path.read_text(encoding="utf-8") for path in files)
    for subject, number in re.findall(r'^<(.*?)> .*prefLabel> "N(\d)"@en', dump, re.MULTILINE):
        assert f'"N{number}"@en' in documents or not subject.startswith(tiny.base_iri)
    assert dump.count('prefLabel> "N') == len(slugs)
    names = [path.relative_to(tiny.root / "dist").as_posix() for path in files]
    assert len({name.casefold() for name in names}) == len(names)
    for part in {part for name in names for part in name.split("/")}:
        assert not re.match(r"(con|nul|prn|aux)(\.|$)", part, re.IGNORECASE)
