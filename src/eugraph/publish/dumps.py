"""The whole graph in files: one of sorted N-Quads for each named graph, and everything in one file of each format.

A dump is made of parts: what is curated, and what is imported. Each is packed by itself in a folder, and they stand one
behind the other, which a file of gzip allows: the part that is imported, and may be large, is packed once an import.

Spec: RFC 1952 §2.2, <https://www.rfc-editor.org/rfc/rfc1952#section-2.2>.
"""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Iterator, Sequence
from functools import partial, reduce
from operator import or_
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from eugraph.publish.calls import Run, here
from eugraph.publish.given import Imports
from eugraph.publish.packing import ALL, GRAPHS, HEADS, NODES, TURTLE, pack_quads, pack_union
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
        taken = dict(statements.taken())
        pack_quads(taken, moved, Path(own))
        pack_union(taken, context, base_iri, moved, Path(own))
        parts = [Path(own)]
        if imported is not None:
            parts.append(packed_imports(imported, context, base_iri, moved))
        heads = [orjson.loads((part / HEADS).read_bytes()) for part in parts]
        used = reduce(or_, (Used(**head["jsonld"]) for head in heads))
        begin, clash = head_of_nodes(used, context, base_iri, moved=moved)
        if clash:  # an IRI such as <role:x>, which the prefix would change
            yield from dumps(statements, context.without(clash), base_iri, moved, imported)
            return
        graphs: dict[str, list[Path]] = {}
        for part in parts:
            for graph, name in orjson.loads((part / GRAPHS).read_bytes()).items():
                graphs.setdefault(graph, []).append(part / name)
        for graph, members in sorted(graphs.items()):
            yield f"dump/{shard_path(graph[1:-1], base_iri)}.nq.gz", [_bytes(member) for member in members]
        yield "dump/all.nq.gz", [_bytes(part / ALL) for part in parts]
        names = Names(PREFIXES, base_iri, moved)
        names.used.update(*(head["prefixes"] for head in heads))
        names.base_used = any(head["base"] for head in heads)
        yield "dump/all.ttl.gz", [gzipped(names.head().encode()), *(_bytes(part / TURTLE) for part in parts)]
        filled = [part / NODES for part, head in zip(parts, heads, strict=True) if head["nodes"]]
        between = gzipped(b",\n    ")
        nodes: list[Piece] = [piece for part in filled for piece in (between, _bytes(part))][1:]
        yield "dump/all.jsonld.gz", [gzipped(begin), *nodes, gzipped(b"\n  ]\n}\n")]


def _bytes(file: Path) -> Piece:
    """Return what is in a file; a large one is not read before its bytes are needed."""
    with file.open("rb") as stream:
        if file.stat().st_size < _LARGE:
            return stream.read()
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def packed_imports(imported: Imports, context: Context, base_iri: str, moved: BaseMove | None, run: Run = here) -> Path:
    """Return the folder with the part of the dumps that is imported; it is packed unless that was done before."""

    def pack(folder: Path) -> None:
        union = partial(pack_union, imported.said, context, base_iri, moved, folder)
        run([union, partial(pack_quads, imported.said, moved, folder)])

    return imported.kept("dumps", f"{base_iri} {moved} {context.whole(base_iri).decode()}", pack)


def shard_path(graph: str, base_iri: str) -> str:
    """Return where the statements of a graph lie below dump/, without the ending."""
    if graph.startswith(f"{base_iri}graph/"):
        return path_of(graph[len(base_iri) + len("graph/") :], _TAKEN)
    return "~~" + hashlib.sha256(graph.encode()).hexdigest()[:40]
