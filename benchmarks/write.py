"""Writing documents: as Turtle, as JSON-LD, and both to disk."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import orjson
import pyoxigraph as ox
from pyld import jsonld
from rdflib import Graph

from benchmarks.cost import Budget, Cost, Line
from benchmarks.effort import Effort
from benchmarks.material import Material
from benchmarks.timing import compare
from eugraph.config import Workspace
from eugraph.publish.staging import Staging
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.turtle import write_turtle
from eugraph.rdf.turtle_blanks import grouped
from eugraph.vocab import PREFIXES

NOT_SLOWER = Budget(times=1)
HALF_THE_SPEED = Budget(times=2)
FRAMED = "PyLD from_rdf, frame"
PLAIN = "open and write"

Files = Sequence[tuple[str, bytes]]


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Compare the writing of all documents of a workspace."""
    material = Material(workspace)
    turtle, json = _turtle(material, effort), _jsonld(material, effort)
    composed, staged = _to_disk(material, effort)
    number = len(material.documents)
    return [
        *_lines("Turtle", turtle, {"rdflib": NOT_SLOWER, "pyoxigraph": None}, number),
        *_lines("JSON-LD", json, {"rdflib": NOT_SLOWER, FRAMED: NOT_SLOWER}, number),
        *_lines("Turtle and JSON-LD composed and written", composed, {PLAIN: HALF_THE_SPEED}, number),
        *_lines("the same bytes written, as a release does", staged, {PLAIN: HALF_THE_SPEED}, number),
    ]


def _lines(what: str, costs: Mapping[str, Cost], peers: Mapping[str, Budget | None], number: int) -> Iterator[Line]:
    for peer, budget in peers.items():
        yield Line(
            what=what,
            ours=costs["ours"],
            peer_name=peer,
            peer=costs[peer],
            budget=budget,
            amount=number,
            things="documents",
        )


def _turtle(material: Material, effort: Effort) -> dict[str, Cost]:
    documents, base = material.documents, material.workspace.base_iri
    graphs = _rdflib_graphs(material)
    return compare(
        {
            "ours": lambda: [write_turtle(d.triples, PREFIXES, base, first=d.things) for d in documents],
            "rdflib": lambda: [graph.serialize(format="turtle", base=base) for graph in graphs],
            "pyoxigraph": lambda: [
                ox.serialize(d.triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES, base_iri=base) for d in documents
            ],
        },
        rounds=effort.rounds,
    )


def _jsonld(material: Material, effort: Effort) -> dict[str, Cost]:
    documents, context, base = material.documents, material.context, material.workspace.base_iri
    names = orjson.loads(context.whole(base))["@context"]
    graphs = _rdflib_graphs(material)
    datasets = [jsonld.parse_nquads("".join(f"{t} .\n" for t in dict.fromkeys(d.triples))) for d in documents]
    frames = [{"@context": names, "@id": document.iri.value, "@embed": "@once"} for document in documents]
    return compare(
        {
            "ours": lambda: [write_jsonld(d.triples, d.iri, context, base) for d in documents],
            "rdflib": lambda: [graph.serialize(format="json-ld", context=names) for graph in graphs],
            FRAMED: lambda: [
                orjson.dumps(jsonld.frame(jsonld.from_rdf(dataset), frame))
                for dataset, frame in zip(datasets, frames, strict=True)
            ],
        },
        rounds=effort.rounds,
    )


def _rdflib_graphs(material: Material) -> list[Graph]:
    """The documents as rdflib holds them: what it takes to fill its graphs is not counted."""
    graphs = []
    for document in material.documents:
        graph = Graph(bind_namespaces="none")
        for prefix, space in PREFIXES.items():
            graph.bind(prefix, space)
        graph.parse(data="".join(f"{triple} .\n" for triple in document.triples), format="nt")
        graphs.append(graph)
    return graphs


def _to_disk(material: Material, effort: Effort) -> tuple[dict[str, Cost], dict[str, Cost]]:
    """Return what it costs to compose and write all documents, and what to write them once they are composed."""
    files = list(_composed(material))
    with tempfile.TemporaryDirectory(prefix="eugraph-bench-") as root:
        fresh = (Path(root) / str(number) for number in itertools.count())
        costs = compare(
            {
                "composed": lambda: _stage(_composed(material), next(fresh)),
                PLAIN: lambda: write_plainly(files, next(fresh)),
                "staged": lambda: _stage(files, next(fresh)),
            },
            rounds=3 * effort.rounds,  # disks are moody
        )
    plain = costs[PLAIN]
    return {"ours": costs["composed"], PLAIN: plain}, {"ours": costs["staged"], PLAIN: plain}


def _composed(material: Material) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the forms of every document, made as `publish` makes them."""
    base = material.workspace.base_iri
    for document in material.documents:
        graph = grouped(document.triples)
        yield f"{document.path}.ttl", write_turtle(graph, PREFIXES, base, first=document.things).encode()
        yield f"{document.path}.jsonld", write_jsonld(graph, document.iri, material.context, base)


def _stage(files: Files | Iterator[tuple[str, bytes]], folder: Path) -> None:
    folder.mkdir()
    staging = Staging(folder, None)
    for path, data in files:
        staging.write(path, data)


def write_plainly(files: Files, folder: Path) -> None:
    """Write files into a new folder, as quickly as Python can."""
    for name in {path.rpartition("/")[0] for path, _ in files}:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path, data in files:
        with open(f"{folder}/{path}", "wb") as file:  # noqa: PTH123 - half the time of Path.open
            file.write(data)
