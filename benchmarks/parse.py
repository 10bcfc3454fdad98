"""Reading curated files: to quads in named graphs, each of which can be found again in its file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from benchmarks.cost import Budget, Line
from benchmarks.effort import Effort
from benchmarks.timing import compare
from eugraph.config import Workspace
from eugraph.sources import Reading, rdf_files, read_folder

NOT_SLOWER = Budget(times=1)


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Compare the reading of all files of a workspace's data."""
    files = rdf_files(workspace.data)
    base = workspace.base_iri
    costs = compare(
        {
            "ours": partial(read, workspace),
            "pyoxigraph": partial(by_pyoxigraph, files, base),
            "rdflib": partial(by_rdflib, files, base),
        },
        rounds=effort.rounds,
    )
    statements = len(read(workspace).quads)
    return [
        Line(
            what=f"read data/, {len(files)} files",
            ours=costs["ours"],
            peer_name=f"{peer} parse",
            peer=costs[peer],
            budget=budget,
            amount=statements,
            things="statements",
        )
        for peer, budget in (("rdflib", NOT_SLOWER), ("pyoxigraph", None))
    ]


def read(workspace: Workspace) -> Reading:
    """Read the data as every command does."""
    return read_folder(workspace.data, base_iri=workspace.base_iri, shown_from=workspace.root)


def by_pyoxigraph(files: Sequence[Path], base_iri: str) -> list[ox.Quad]:
    """Parse alone."""
    return [quad for file in files for quad in ox.parse(path=file, base_iri=base_iri)]


def by_rdflib(files: Sequence[Path], base_iri: str) -> Graph:
    """Parse into one graph, which costs less than a graph a file."""
    graph = Graph()
    for file in files:
        graph.parse(file, publicID=base_iri)
    return graph
