"""What `eugraph fix --apply` makes of random faults in the files of the reference workspace.

`make test` tries a few, `make fix-corruptions` a thousand, and prints what became of them.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from eugraph.checking import check
from eugraph.config import Workspace, open_workspace
from eugraph.findings import Finding
from eugraph.loading import Loaded, load, load_anew
from eugraph.mend import mend, write_mended
from eugraph.rdf.layout_tokens import token_at
from mend.corruption import Site, corrupted

CORRUPTIONS = int(os.environ.get("EUGRAPH_CORRUPTIONS", "60"))
TOGETHER = 20  # in one run of the command
_RESTING = ("space", "newline", "comment")


@pytest.fixture(scope="module")
def workspace(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy of the reference workspace, a file of it in N-Triples and one in TriG."""
    folder = tmp_path_factory.mktemp("corruptions")
    for name in ("data", "ontology", "shapes", "queries"):
        shutil.copytree(repository / name, folder / name)
    shutil.copy(repository / "eugraph.toml", folder)
    base = open_workspace(folder).base_iri
    for name, rdf_format in (("results", ox.RdfFormat.N_TRIPLES), ("platforms", ox.RdfFormat.TRIG)):
        path = folder / "data" / f"{name}.ttl"
        quads = list(ox.parse(path=str(path), base_iri=base))
        path.unlink()
        path.with_suffix(f".{rdf_format.file_extension}").write_bytes(ox.serialize(quads, format=rdf_format))  # type: ignore[arg-type]  # bytes, as there is no output
    return open_workspace(folder)


@pytest.fixture(scope="module")
def whole(workspace: Workspace) -> Loaded:
    return load(workspace)


def _key(finding: Finding) -> tuple[object, ...]:
    name = finding.place.path if finding.place else None
    return name, finding.code, finding.focus, finding.path, finding.value, finding.component


def _texts(workspace: Workspace) -> dict[str, str]:
    files = sorted(path for path in workspace.data.rglob("*") if path.is_file())
    return {path.relative_to(workspace.root).as_posix(): path.read_bytes().decode() for path in files}


def _write(workspace: Workspace, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = workspace.root / name
        if path.read_bytes() != text.encode():
            path.write_bytes(text.encode())


def test_only_tokens_that_a_finding_names_are_changed_and_nothing_new_comes(
    workspace: Workspace, whole: Loaded, capsys: pytest.CaptureFixture[str]
) -> None:
    good = _texts(workspace)
    tally: Counter[tuple[str, str]] = Counter()
    try:
        for number in range(-(-CORRUPTIONS // TOGETHER)):
            bad, sites = corrupted(good, random.Random(f"fix {number}"), TOGETHER)
            _write(workspace, bad)
            for site, fate in zip(sites, _mended(workspace, whole, bad, good, sites), strict=True):
                tally[site.kind, fate] += 1
            _write(workspace, good)
    finally:
        _write(workspace, good)
    with capsys.disabled():
        sys.stderr.write(f"\n{_table(tally)}")
    fates = Counter[str]()
    for (_, fate), count in tally.items():
        fates[fate] += count
    assert fates["mended"] > fates.total() / 3


def _findings_behind(
    workspace: Workspace, loaded: Loaded, bad: dict[str, str], good: dict[str, str]
) -> Sequence[Finding]:
    """What is wrong; where a file cannot be read, what would be wrong if only that file were as it was."""
    findings = check(loaded, repeats=True).findings
    hiding = {each.place.path.as_posix() for each in findings if each.unreadable and each.place}
    if not hiding:
        return findings
    instead = {workspace.root / name: (good if name in hiding else bad)[name].encode() for name in bad}
    return [*findings, *check(load_anew(loaded, instead), repeats=True).findings]


def _mended(
    workspace: Workspace, whole: Loaded, bad: dict[str, str], good: dict[str, str], sites: Sequence[Site]
) -> list[str]:
    """Mend the files and return what became of each site; every law is checked on the way."""
    loaded = load_anew(whole, {})
    before = _findings_behind(workspace, loaded, bad, good)
    mending = mend(loaded)
    write_mended(mending)
    again = mend(load_anew(whole, {}))
    assert not again.fixes
    assert not again.after
    after = again.left
    new = Counter(map(_key, after)) - Counter(map(_key, before))
    assert not new, new
    texts = _texts(workspace)
    for name, text in texts.items():
        assert _at_rest(name, text) == _at_rest(name, bad[name])  # comments and layout
    gone = {f"{f.place.path.as_posix()}" for f in before if f.place and _key(f) not in set(map(_key, after))}
    changed = {name for name, text in texts.items() if text != bad[name]}
    assert changed <= gone
    fates = []
    for name in sorted(bad):
        fates += _fates(workspace, name, bad[name], texts[name], [site for site in sites if site.file == name])
    return fates


def _at_rest(name: str, text: str) -> list[str]:
    """Everything that is no token: spaces, line ends and comments, in order."""
    if name.endswith((".yaml", ".csv")):
        return [str(text.count("\n")), *(line for line in text.splitlines() if line.lstrip().startswith("#"))]
    found, at = [], 0
    while at < len(text):
        token = token_at(text, at)
        if token is None or token.kind in _RESTING:
            found.append(text[at] if token is None else token.text)
        at += 1 if token is None else len(token.text)
    return found


def _fates(workspace: Workspace, name: str, bad: str, now: str, sites: Sequence[Site]) -> list[str]:
    """Say of each site whether it was mended or left. What lies between is untouched, and a patch says what was there."""
    fates, expected = [], ""
    starts = [bad.rfind("\n", 0, site.start) + 1 for site in sites]  # a patch may begin before the site, with a literal
    done = at = 0  # in the corrupted and in the mended text
    ends = [*starts[1:], len(bad)]
    for site, start, following in zip(sites, starts, ends, strict=False):
        assert now.startswith(bad[done:start], at), site
        at += start - done
        end = bad.find("\n", site.start + len(site.bad))
        until = now.find(bad[end:following], at) if following < len(bad) else len(now) - len(bad[end:])
        assert until >= at, site
        is_left = bad[start:end] == now[at:until]
        fates.append("left" if is_left else "mended")
        good = bad[start : site.start] + site.good + bad[site.start + len(site.bad) : end]
        expected += bad[done:start] + (bad[start:end] if is_left else good)
        done, at = end, until
    assert now[at:] == bad[done:]
    expected += bad[done:]
    assert _says(workspace, name, now) == _says(workspace, name, expected), sites
    return fates


def _says(workspace: Workspace, name: str, text: str) -> object:
    """What a file states; the text itself where it is no RDF."""
    if name.endswith((".yaml", ".csv")):
        return text
    rdf_format = ox.RdfFormat.from_extension(name.rpartition(".")[2])
    return set(ox.parse(text, format=rdf_format, base_iri=workspace.base_iri))


def _table(tally: Counter[tuple[str, str]]) -> str:
    """How many faults of each kind were mended, and how many left as they were."""
    kinds = sorted({kind for kind, _ in tally})
    rows = [(kind, tally[kind, "mended"], tally[kind, "left"]) for kind in kinds]
    sums = ("all", sum(row[1] for row in rows), sum(row[2] for row in rows))
    return "".join(
        f"{kind:32}{mended:>8}{left:>8}\n" for kind, mended, left in (("kind", "mended", "left"), *rows, sums)
    )
