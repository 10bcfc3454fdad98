"""The whole graph in files: one of sorted N-Quads for each named graph, and everything in one file of each format.

A dump is made of parts: what is curated, and what is imported. Each is packed by itself in a folder, and they stand one
behind the other, which a file of gzip allows: the part that is imported, and may be large, is packed once an import.

Spec: RFC 1952 §2.2, <https://www.rfc-editor.org/rfc/rfc1952#section-2.2>.
"""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from eugraph.publish.given import Imports
from eugraph.publish.packing import ABOUT, ALL, NODES, TURTLE, pack
from eugraph.publish.paths import path_of
from eugraph.publish.staging import Piece
from eugraph.publish.statements import Statements
from eugraph.rdf.jsonld import head_of_nodes
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.jsonld_writer import Used
from eugraph.rdf.nquads import BaseMove, gzipped
from eugraph.rdf.turtle_terms import Names
from eugraph.vocab import PREFIXES

_TAKEN = frozenset({"all"})
_LARGE = 1 << 20  # bytes


def dumps(
    statements: Statements,
    context: Context,
    base_iri: str,
    moved: BaseMove | None,
    imported: Imports | None = None,
) -> Iterator[tuple[str, Sequence[Piece]]]:
    """Yield (path, content, in pieces) of every dump file.

    dump/<path of the graph>.nq.gz are the statements of one graph. dump/all.nq.gz holds every quad in code point
    order of its unmoved text; all.ttl.gz and all.jsonld.gz hold the union of the graphs. Where something is imported,
    that comes after what is curated, each in this order.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as own:
        pack(dict(statements.taken()), context, base_iri, moved, Path(own))
        parts = [Path(own)]
        if imported is not None:
            said, key = imported.said, f"{base_iri} {moved} {context.whole(base_iri).decode()}"
            parts.append(imported.kept("dumps", key, lambda folder: pack(said, context, base_iri, moved, folder)))
        abouts = [orjson.loads((part / ABOUT).read_bytes()) for part in parts]
        used = reduce(or_, (Used(**about["jsonld"]) for about in abouts))
        head, clash = head_of_nodes(used, context, base_iri, moved=moved)
        if clash:  # an IRI such as <role:x>, which the prefix would change
            yield from dumps(statements, context.without(clash), base_iri, moved, imported)
            return
        graphs: dict[str, list[Path]] = {}
        for part, about in zip(parts, abouts, strict=True):
            for graph, name in about["graphs"].items():
                graphs.setdefault(graph, []).append(part / name)
        for graph, members in sorted(graphs.items()):
            yield f"dump/{shard_path(graph[1:-1], base_iri)}.nq.gz", [_bytes(member) for member in members]
        yield "dump/all.nq.gz", [_bytes(part / ALL) for part in parts]
        names = Names(PREFIXES, base_iri, moved)
        names.used.update(*(about["prefixes"] for about in abouts))
        names.base_used = any(about["base"] for about in abouts)
        yield "dump/all.ttl.gz", [gzipped(names.head().encode()), *(_bytes(part / TURTLE) for part in parts)]
        filled = [part / NODES for part, about in zip(parts, abouts, strict=True) if about["nodes"]]
        between = gzipped(b",\n    ")
        nodes: list[Piece] = [piece for part in filled for piece in (between, _bytes(part))][1:]
        yield "dump/all.jsonld.gz", [gzipped(head), *nodes, gzipped(b"\n  ]\n}\n")]


def _bytes(file: Path) -> Piece:
    """Return what is in a file; a large one is not read before its bytes are needed."""
    with file.open("rb") as stream:
        if file.stat().st_size < _LARGE:
            return stream.read()
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def shard_path(graph: str, base_iri: str) -> str:
    """Return where the statements of a graph lie below dump/, without the ending."""
    if graph.startswith(f"{base_iri}graph/"):
        return path_of(graph[len(base_iri) + len("graph/") :], _TAKEN)
    return "~~" + hashlib.sha256(graph.encode()).hexdigest()[:40]
