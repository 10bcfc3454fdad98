"""The whole graph in files: one of sorted N-Quads for each named graph, and everything in one file of each format.

Everything is written subject by subject: no list of all statements is made, nor of all lines.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import RdfFormat, parse

from eugraph.publish.paths import path_of
from eugraph.publish.statements import Statements
from eugraph.rdf.jsonld import write_jsonld_parts
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.nquads import BaseMove, sorted_lines, write_gzip
from eugraph.rdf.turtle import write_turtle_parts
from eugraph.rdf.turtle_blanks import Grouped, Properties, grouped_lines
from eugraph.vocab import PREFIXES

_TAKEN = frozenset({"all"})
_KEPT = 2000  # subjects that are kept taken apart


def dumps(
    statements: Statements, context: Context, base_iri: str, moved: BaseMove | None
) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of every dump file.

    dump/<path of the graph>.nq.gz are the statements of one graph. dump/all.nq.gz holds every quad in code point
    order of its unmoved text; all.ttl.gz and all.jsonld.gz hold the union of the graphs.
    """
    graphs: dict[str, list[tuple[str, str]]] = {}  # name -> subjects with what the graph says of them
    for subject, graph, text in statements.in_graphs():
        graphs.setdefault(graph, []).append((subject, text))
    for graph, found in sorted(graphs.items()):
        blocks = ([(subject, graph, text)] for subject, text in sorted(found))
        yield f"dump/{shard_path(graph[1:-1], base_iri)}.nq.gz", _packed(_lines(blocks, moved))
    subjects = sorted(statements)
    yield "dump/all.nq.gz", _packed(_lines(map(statements.about, subjects), moved))
    union = _Union(statements)
    parts = [grouped_lines(dict(statements.items()))] if union.has_blanks else _parts(union)
    yield "dump/all.ttl.gz", _packed(write_turtle_parts(parts, PREFIXES, base_iri, moved=moved))
    whole = parts[0] if isinstance(parts, list) else Grouped(union)
    yield "dump/all.jsonld.gz", _packed(write_jsonld_parts(whole, context, base_iri, moved=moved))


def shard_path(graph: str, base_iri: str) -> str:
    """Return where the statements of a graph lie below dump/, without the ending."""
    if graph.startswith(f"{base_iri}graph/"):
        return path_of(graph[len(base_iri) + len("graph/") :], _TAKEN)
    return "~~" + hashlib.sha256(graph.encode()).hexdigest()[:40]


def _lines(blocks: Iterable[list[tuple[str, str, str]]], moved: BaseMove | None) -> Iterator[str]:
    """Yield the sorted lines of blocks, each with all that is to be written of one subject: subject, graph, text.

    Blocks come in the order of their subjects, which is that of the lines, as no IRI begins with another one's `<…>`.
    """
    for block in blocks:
        lines = [f"{s} {line}{graph and ' '}{graph} .\n" for s, graph, text in block for line in text.split("\n")]
        if moved is None:
            lines.sort()
            yield from lines
        else:
            yield from sorted_lines(parse("".join(lines), format=RdfFormat.N_QUADS, lenient=True), moved=moved)


class _Union(Mapping[str, Properties]):
    """The union of the graphs as the writers work on it: a subject is taken apart when it is asked for."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._kept: dict[str, Properties] = {}
        self.has_blanks = any(subject[0] == "_" or "_:" in text for subject, text in statements.items())

    def __getitem__(self, subject: str) -> Properties:
        found = self._kept.get(subject)
        if found is None:
            text = self._statements.of(subject)
            if not text:
                raise KeyError(subject)
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[subject] = dict(grouped_lines({subject: text}).subjects[subject])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._statements)

    def __len__(self) -> int:
        return len(self._statements)

    def __contains__(self, subject: object) -> bool:
        return subject in self._statements


def _parts(union: _Union) -> Iterator[Grouped]:
    """Yield the subjects one by one, in the order of their IRIs."""
    return (Grouped({subject: union[subject]}) for subject in sorted(union, key=lambda subject: subject[1:-1]))


def _packed(lines: Iterable[str | bytes]) -> bytes:
    sink = io.BytesIO()
    write_gzip(lines, sink)
    return sink.getvalue()
