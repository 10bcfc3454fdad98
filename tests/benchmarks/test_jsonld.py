"""The comparison with PyLD, once, on an invented import."""

from __future__ import annotations

from pathlib import Path

from benchmarks.effort import Effort
from benchmarks.jsonld import lines, with_tables
from eugraph.config import Workspace
from sources.cordis.importing import INVENTED

QUICK = Effort(rounds=1, long_rounds=1, replicas=(), limit_s=20, long_limit_s=60)


def test_every_document_of_the_sample_is_what_pyld_makes_of_its_frame(tiny: Workspace, tmp_path: Path) -> None:
    framed, *others = lines(with_tables(tiny, INVENTED, tmp_path / "home"), tmp_path, QUICK)
    assert framed.amount > 0
    assert framed.note == f"{framed.amount} of {framed.amount} documents are equal as JSON"
    assert all(line.ours.value > 0 for line in others)
