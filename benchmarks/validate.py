"""Validating the workspace: the whole command beside pySHACL's own on the same graph and shapes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from benchmarks.cost import Budget, Line
from benchmarks.effort import Effort
from benchmarks.material import Material
from benchmarks.timing import SCRIPTS, compare_commands, median_peak, median_time
from eugraph.config import Workspace

WHOLE = Budget(plus=0.5)  # ours reads, derives, checks and finds places besides
PEER = "pyshacl"

_NONCONFORMING = 1


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Compare whole processes, in which pySHACL has nothing to read but two files of N-Triples."""
    with tempfile.TemporaryDirectory(prefix="eugraph-bench-") as folder:
        data, shapes = _write(workspace, Path(folder))
        commands = {
            "ours": [str(SCRIPTS / "eugraph"), "-C", str(workspace.root), "validate", "--fail-on", "violation"],
            PEER: [str(SCRIPTS / PEER), "-i", "none", "-df", "nt", "-sf", "nt", "-s", str(shapes), str(data)],
        }
        runs = compare_commands(
            commands, rounds=effort.long_rounds, limit_s=effort.long_limit_s, expected=(0, _NONCONFORMING)
        )
    ours, peer = median_time(runs["ours"]), median_time(runs[PEER])
    return [
        Line(what="eugraph validate", ours=ours, peer_name=PEER, peer=peer, budget=WHOLE),
        Line(
            what="eugraph validate, peak memory",
            ours=median_peak(runs["ours"]),
            peer_name=PEER,
            peer=median_peak(runs[PEER]),
        ),
    ]


def _write(workspace: Workspace, folder: Path) -> tuple[Path, Path]:
    """Write data (with what is derived, and the ontology) and shapes for the peer."""
    material = Material(workspace)
    data, shapes = folder / "data.nt", folder / "shapes.nt"
    ox.serialize(material.everything, data, format=ox.RdfFormat.N_TRIPLES)
    ox.serialize((q.triple for q in material.loaded.shapes.quads), shapes, format=ox.RdfFormat.N_TRIPLES)
    return data, shapes
