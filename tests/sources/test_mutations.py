"""Five hundred random changes to valid files of each format: none crashes, and what is wrong is told where it is.

A change gives the same statements, other valid ones, or findings. How near the nearest finding is to the line that was
changed is counted apart for changes whose effect may show elsewhere: a mark that opens or closes something (a text runs
on to the next one), and in Turtle a line that declares a prefix (it matters where the prefix is used).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conftest import ROOT
from eugraph.findings import Finding
from eugraph.sources import read_folder
from eugraph.validate.checks import check
from eugraph.validate.declared import Vocabulary
from sources.mutations import Mutation, mutations
from sources.reading import BASE, FORMATS, ontology, read_bytes, triples

SEED = 20261123
FILES = {
    "turtle": {FORMATS / "turtle" / "delta.ttl": 500},
    "yaml": {FORMATS / "yaml" / "delta.yaml": 350, ROOT / "data" / "projects" / "e-enerca.yaml": 150},
    "csv": {
        ROOT / "data" / "fields.csv": 200,
        **{FORMATS / "csv" / f"{name}.csv": 75 for name in ("projects", "grants", "participations", "claims")},
    },
}
# Shares of the changes that made a file unreadable and touched nothing that acts elsewhere.
WITHIN_ONE_LINE = {"turtle": 0.95, "yaml": 0.95, "csv": 0.99}
ON_THE_LINE = {"turtle": 0.88, "yaml": 0.85, "csv": 0.93}
WITHIN_FEW_LINES = 3


@dataclass
class Tally:
    """What became of the changes to files of one format."""

    outcomes: Counter[str] = field(default_factory=Counter)
    distances: Counter[int] = field(default_factory=Counter)  # of unreadable files, without what acts elsewhere
    far: list[str] = field(default_factory=list)

    def share(self, lines: int) -> float:
        return sum(n for distance, n in self.distances.items() if distance <= lines) / self.distances.total()


@pytest.mark.parametrize("form", FILES)
def test_a_random_change_is_told_where_it_is_or_does_no_harm(form: str, tmp_path: Path) -> None:
    vocabulary = Vocabulary(ontology().quads)
    others = read_folder(ROOT / "tests" / "workspaces" / "tiny" / "data", base_iri=BASE, shown_from=ROOT)
    tally = Tally()
    for file, count in FILES[form].items():
        text = file.read_text(encoding="utf-8")
        path = tmp_path / file.name
        before = triples(read_bytes(text.encode(), path))
        for change in mutations(text, count, SEED):
            reading = read_bytes(change.text.encode(), path)
            findings, kind = reading.findings, "unreadable"
            if not findings:
                after = triples(reading)
                reading.add(others)
                findings = [f for f in check(reading, vocabulary) if f.place and f.place.path.name == file.name]
                kind = "found" if findings else "same" if after == before else "other"
            tally.outcomes[kind] += 1
            for finding in findings:
                check_inside(finding, change)
            if kind == "unreadable":
                count_distance(tally, change, findings, declares=form == "turtle")
    assert tally.outcomes.total() == 500
    assert all(tally.outcomes[kind] for kind in ("unreadable", "same", "other"))
    said = f"{tally.outcomes}, {sorted(tally.distances.items())}\n" + "\n".join(tally.far)
    assert tally.share(0) >= ON_THE_LINE[form], said
    assert tally.share(1) >= WITHIN_ONE_LINE[form], said
    assert tally.share(WITHIN_FEW_LINES) >= 0.99, said


def check_inside(finding: Finding, change: Mutation) -> None:
    """The place is one of the file. Where a base of Turtle is broken, only the file is known."""
    assert finding.place is not None
    if not finding.place.line and change.text.split("\n")[0].startswith("@base") and change.line == 1:
        return
    lines = re.split(r"\r\n|\n|\r", change.text)
    assert 1 <= finding.place.line <= len(lines), (finding, change)
    assert 1 <= finding.place.column <= len(lines[finding.place.line - 1]) + 1, (finding, change)


def count_distance(tally: Tally, change: Mutation, findings: list[Finding], *, declares: bool) -> None:
    line = change.before.split("\n")[change.line - 1]
    if change.opens or (declares and line.startswith("@")):
        return
    distance = min(abs(f.place.line - change.line) for f in findings if f.place)
    tally.distances[distance] += 1
    if distance > 1:
        tally.far.append(f"{change.deed} in line {change.line}: {line!r}, told at {findings[0].place}")


def test_every_kind_of_change_is_made() -> None:
    text = (FORMATS / "yaml" / "delta.yaml").read_text(encoding="utf-8")
    made = mutations(text, 200, SEED)
    assert len({change.deed for change in made}) == 9
    assert all(change.text != text for change in made)
    assert made == mutations(text, 200, SEED)
