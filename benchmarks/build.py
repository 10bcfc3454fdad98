"""The release: the whole command, and the step that writes it beside plain writes of the same bytes."""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cost import Line
from benchmarks.effort import Effort
from benchmarks.material import Material
from benchmarks.timing import SCRIPTS, compare, run
from benchmarks.write import PLAIN, write_plainly
from eugraph.config import Workspace
from eugraph.loading import Loaded
from eugraph.publish import ReleaseInput, publish

_DAY = dt.date(2026, 1, 1)


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Run the command once, most of which is `validate`, and compare the writing."""
    material = Material(workspace)
    documents = len(material.documents)
    with tempfile.TemporaryDirectory(prefix="eugraph-bench-") as name:
        folder = Path(name)
        command = [str(SCRIPTS / "eugraph"), "-C", str(workspace.root), "build", "--out", str(folder / "dist")]
        whole = run(command, limit_s=effort.long_limit_s)
        release = release_of(material.loaded)
        first = publish(release, folder / "first").folder
        files = [(p.relative_to(first).as_posix(), p.read_bytes()) for p in sorted(first.rglob("*")) if p.is_file()]
        fresh = (folder / str(number) for number in itertools.count())
        costs = compare(
            {"ours": lambda: publish(release, next(fresh)), PLAIN: lambda: write_plainly(files, next(fresh))},
            rounds=2 * effort.rounds,
        )
        again = compare({"ours": lambda: publish(release, first)}, rounds=1)["ours"]
    return [
        Line(what="eugraph build", ours=whole.time, amount=documents, things="documents"),
        Line(what="eugraph build, peak memory", ours=whole.peak),
        Line(
            what=f"publish alone, {len(files)} files",
            ours=costs["ours"],
            peer_name=f"{PLAIN} the same bytes",
            peer=costs[PLAIN],
            amount=documents,
            things="documents",
        ),
        Line(what="publish again, nothing changed", ours=again, amount=documents, things="documents"),
    ]


def release_of(loaded: Loaded) -> ReleaseInput:
    """A release without reports: asking them is no part of writing."""
    workspace = loaded.workspace
    return ReleaseInput(
        quads=[*loaded.quads, *loaded.matches],
        ontology={"all": [quad.triple for quad in loaded.ontology.quads]},
        shapes={"all": [quad.triple for quad in loaded.shapes.quads]},
        reports={},
        validation={"json": b"{}"},
        title=workspace.title,
        description=workspace.description,
        base_iri=workspace.base_iri,
        moved=None,
        date=_DAY,
        version=workspace.version,
        publisher=workspace.publisher,
        licence=workspace.licence,
        imported=loaded.imported,
    )
