"""The whole graph in files: one of sorted N-Quads for each named graph, and everything in one file of each format."""

from __future__ import annotations

import hashlib
import heapq
import io
from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Quad

from eugraph.publish.paths import path_of
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.nquads import BaseMove, gzipped, sorted_lines, write_gzip
from eugraph.rdf.turtle import write_turtle
from eugraph.vocab import PREFIXES

_TAKEN = frozenset({"all"})


def dumps(
    quads: Sequence[Quad], context: Context, base_iri: str, moved: BaseMove | None
) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of every dump file.

    dump/<path of the graph>.nq.gz are the statements of one graph. dump/all.nq.gz holds every quad in code point
    order of its unmoved text; all.ttl.gz and all.jsonld.gz hold the union of the graphs.
    """
    shards: dict[str, list[Quad]] = {}
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        shards.setdefault(name, []).append(quad)
    for name, shard in sorted(shards.items()):
        yield f"dump/{shard_path(name, base_iri)}.nq.gz", _packed(sorted_lines(shard, moved=moved))
    if moved is None:  # sorted shards need only be merged
        lines: Iterator[str] = heapq.merge(*(sorted_lines(shard) for shard in shards.values()))
    else:
        lines = sorted_lines(quads, moved=moved)
    yield "dump/all.nq.gz", _packed(lines)
    triples = [quad.triple for quad in quads]
    yield "dump/all.ttl.gz", gzipped(write_turtle(triples, PREFIXES, base_iri, moved=moved).encode())
    yield "dump/all.jsonld.gz", gzipped(write_jsonld(triples, None, context, base_iri, moved=moved))


def shard_path(graph: str, base_iri: str) -> str:
    """Return where the statements of a graph lie below dump/, without the ending."""
    if graph.startswith(f"{base_iri}graph/"):
        return path_of(graph[len(base_iri) + len("graph/") :], _TAKEN)
    return "~~" + hashlib.sha256(graph.encode()).hexdigest()[:40]


def _packed(lines: Iterator[str]) -> bytes:
    sink = io.BytesIO()
    write_gzip(lines, sink)
    return sink.getvalue()
