"""One bad value in a good file of a workspace, in YAML or CSV: the finding names the line and the column of that value."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

from conftest import ROOT
from eugraph.findings import Finding, Severity
from eugraph.shacl import Plan, compile_shapes
from eugraph.sources import Reading, read_folder
from eugraph.validate.shape_finding import shape_finding
from eugraph.validate.words import Words
from places.drafts import Draft, Slot
from places.record_writers import csv, yaml
from places.test_mutations import MUTATIONS
from sources.reading import BASE, ontology, read_bytes

_PER_TEXT = 8
_SEED = 20261125
_WRITERS: dict[str, tuple[str, Callable[[random.Random], Draft]]] = {
    "yaml": ("things.yaml", yaml),
    "csv": ("organisations.csv", csv),
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    shapes = read_folder(ROOT / "shapes", base_iri=BASE, shown_from=ROOT, keep_blank_nodes=True)
    return compile_shapes(shapes.quads)


@pytest.fixture(scope="module")
def others() -> Reading:
    return read_folder(ROOT / "tests" / "workspaces" / "tiny" / "data", base_iri=BASE, shown_from=ROOT)


@pytest.mark.parametrize("form", _WRITERS)
def test_a_finding_names_the_place_of_the_value_that_was_made_bad(
    form: str, tmp_path: Path, plan: Plan, others: Reading
) -> None:
    name, writer = _WRITERS[form]
    path = tmp_path / name

    def found(text: str) -> list[Finding]:
        reading = read_bytes(text.encode(), path)
        assert reading.findings == [], text
        graph = plan.graph(chain(reading.quads, others.quads, ontology().quads))
        results = [shape_finding(result, reading.place, Words(), graph) for result in plan.run(graph)]
        return [finding for finding in results if finding.place and finding.severity > Severity.INFO]

    chance = random.Random(f"{form} {_SEED}")
    seen: Counter[str] = Counter()
    while seen.total() < MUTATIONS:
        draft = writer(chance)
        assert found(draft.text()[0]) == []
        slots = [slot for slot in draft.slots() if slot.component]
        for slot in chance.sample(slots, min(len(slots), _PER_TEXT, MUTATIONS - seen.total())):
            text, _ = draft.text(slot)
            check(draft, slot, name, found(text))
            seen[slot.component] += 1
    assert seen.total() == MUTATIONS
    print(form, dict(sorted(seen.items())))  # noqa: T201 - shown by `make mutations`


def check(draft: Draft, slot: Slot, name: str, findings: list[Finding]) -> None:
    text, offset = draft.text(slot)
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    places = [(finding.code, str(finding.place)) for finding in findings]
    assert places == [(slot.component, f"{name}:{line}:{column}")], f"{findings}\n{text}"
    assert findings[0].place
    assert findings[0].place.written == text.split("\n")[line - 1].rstrip("\r")
