"""One bad value in a good file: the finding names the line and the column of that value, in every format.

Texts come from writers of their own, which know where each value stands because they put it there.
`EUGRAPH_MUTATIONS` sets how many values are made bad for each format; `make mutations` takes 500.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from eugraph.checking import check_files
from eugraph.validate import Engine
from places.drafts import Draft, Slot
from places.json_writer import jsonld
from places.things import SHAPES, Thing, things
from places.turtle_writer import nquads, ntriples, trig, turtle
from places.xml_writer import rdf_xml

MUTATIONS = int(os.environ.get("EUGRAPH_MUTATIONS", "60"))
_PER_TEXT = 20
_SEED = 20261125
_WRITERS: dict[str, Callable[[Sequence[Thing], random.Random], Draft]] = {
    "ttl": turtle,
    "trig": trig,
    "nt": ntriples,
    "nq": nquads,
    "jsonld": jsonld,
    "rdf": rdf_xml,
}


@pytest.mark.parametrize("form", _WRITERS)
def test_a_finding_names_the_place_of_the_value_that_was_made_bad(form: str, tmp_path: Path) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / f"data.{form}"
    shapes.write_text(SHAPES, encoding="utf-8")
    chance = random.Random(f"{form} {_SEED}")
    seen: Counter[str] = Counter()
    while seen.total() < MUTATIONS:
        draft = _WRITERS[form](things(chance, 4), chance)
        check(draft, None, shapes, data)
        slots = [slot for slot in draft.slots() if slot.component]
        for slot in chance.sample(slots, min(len(slots), _PER_TEXT, MUTATIONS - seen.total())):
            check(draft, slot, shapes, data)
            seen[slot.component] += 1
    assert seen.total() == MUTATIONS
    print(form, dict(sorted(seen.items())))  # noqa: T201 - shown by `make mutations`


def check(draft: Draft, slot: Slot | None, shapes: Path, data: Path) -> None:
    """Exactly one finding, of the constraint that is broken, at the place where it is; none for a good text."""
    text, offset = draft.text(slot)
    data.write_bytes(text.encode())
    report = check_files([data], [shapes], Engine.COMPILED)
    found = [
        (finding.component.rpartition("#")[2].removesuffix("ConstraintComponent"), str(finding.place))
        for finding in report.findings
    ]
    if slot is None:
        assert found == [], f"{report.findings}\n{text}"
        return
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    assert found == [(slot.component, f"{data}:{line}:{column}")], f"{report.findings}\n{text}"
    (finding,) = report.findings
    assert finding.place
    assert text.split("\n")[line - 1].rstrip("\r")[column - 1 : column + 60] in finding.place.written
