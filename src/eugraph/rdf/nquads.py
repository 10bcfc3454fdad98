"""Sorted N-Quads and N-Triples: one statement a line, in the canonical form of the specification.

pyoxigraph prints a term exactly in that form (only the escapes that must be, upper-case hexadecimal), so that the
text of a term serves as its sort key everywhere in this package. Code points sort as their UTF-8 bytes do.

Spec: RDF 1.2 N-Quads, canonical form, <https://www.w3.org/TR/rdf12-n-quads/#canonical-quads>.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple


@dataclass(frozen=True, slots=True)
class BaseMove:
    """Another home for the things of a graph: IRIs that start with `old` are printed with `new` in its place.

    Writers sort by the old IRIs and print the new ones, so that the output is the same after putting the old base
    back. Literals keep their text; their datatype IRIs move, and so do graph names.
    """

    old: str
    new: str

    def __post_init__(self) -> None:
        """Refuse a base that relative IRIs cannot be resolved against.

        Raises:
            ValueError: a base is not an absolute IRI that ends in "/", or has a query or a fragment.
        """
        for base in (self.old, self.new):
            NamedNode(base)
            if not base.endswith("/") or "?" in base or "#" in base:
                raise ValueError(f"a base IRI ends with '/' and has no '?' or '#': {base!r}")

    def iri(self, iri: str) -> str:
        """Return `iri` in its new home, or as it is when it does not start with the old base."""
        return self.new + iri[len(self.old) :] if iri.startswith(self.old) else iri

    def text(self, term: str) -> str:
        """Return the N-Triples text of a term (no triple term) with its IRI or datatype IRI moved."""
        start = 1 if term[0] == "<" else term.rfind('"^^<') + 4 if term[-1] == ">" else 0
        return term[:start] + self.iri(term[start:]) if start else term


def split_line(statement: Triple | Quad) -> tuple[str, str, str]:
    """Return the N-Triples text of subject, predicate and object (with the graph name of a quad after the object)."""
    subject, predicate, rest = str(statement).split(" ", 2)
    if (subject[-1] == ">" or subject[0] == "_") and predicate[-1] == ">":
        return subject, predicate, rest
    rest = " ".join(str(term) for term in list(statement)[2:] if not isinstance(term, DefaultGraph))
    return str(statement.subject), str(statement.predicate), rest  # an IRI with a space in it: the slow, sure way


def sorted_lines(statements: Iterable[Triple | Quad], *, moved: BaseMove | None = None) -> Iterator[str]:
    """Yield the distinct statements as lines, each with its line feed, in code point order of their unmoved text."""
    if moved is None:
        yield from sorted({f"{statement} .\n" for statement in statements})
        return
    lines = {f"{statement} .\n": statement for statement in statements}
    for _, statement in sorted(lines.items(), key=lambda item: item[0]):
        yield " ".join(_moved_terms(statement, moved)) + " .\n"


def _moved_terms(statement: Triple | Quad, moved: BaseMove) -> Iterator[str]:
    for term in statement:
        if isinstance(term, Triple):
            yield f"<<( {' '.join(_moved_terms(term, moved))} )>>"
        elif not isinstance(term, DefaultGraph):
            yield moved.text(str(term))


def write_nquads(statements: Iterable[Triple | Quad], *, moved: BaseMove | None = None) -> bytes:
    """Return quads as sorted N-Quads, or triples as sorted N-Triples, in UTF-8."""
    return "".join(sorted_lines(statements, moved=moved)).encode()


@contextmanager
def packed_text(path: Path) -> Iterator[Callable[[str | bytes], None]]:
    """Give what compresses text (UTF-8) into a file, one piece after the other; see `gzipped`."""
    with path.open("wb") as sink:
        yield from _packing(sink)


def gzipped(data: bytes) -> bytes:
    """Return `data` compressed, without clock or file name, so that equal input gives equal bytes."""
    sink = io.BytesIO()
    for write in _packing(sink):
        write(data)
    return sink.getvalue()


def _packing(sink: IO[bytes]) -> Iterator[Callable[[str | bytes], None]]:
    import gzip  # what writes a release needs it

    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=sink, mtime=0) as packed:
        block: list[bytes] = []
        size = 0

        def write(text: str | bytes) -> None:
            nonlocal size
            block.append(text.encode() if isinstance(text, str) else text)
            size += len(block[-1])
            if size >= io.DEFAULT_BUFFER_SIZE * 16:
                packed.write(b"".join(block))
                block.clear()
                size = 0

        yield write
        packed.write(b"".join(block))
