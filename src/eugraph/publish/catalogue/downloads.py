"""The files that hold the projects of one programme, made for the catalogue."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from pyoxigraph import RdfFormat, parse

from eugraph.publish.catalogue.model import JSON_LD, NQUADS, TURTLE, File, Form
from eugraph.publish.statements import Statements
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.nquads import BaseMove, gzipped, write_nquads
from eugraph.rdf.turtle import write_turtle
from eugraph.rdf.turtle_blanks import grouped_lines
from eugraph.vocab import PREFIXES

FORMS = (NQUADS, TURTLE, JSON_LD)


def downloads(
    statements: Statements, things: Sequence[str], context: Context, base_iri: str, moved: BaseMove | None
) -> Iterator[bytes]:
    """Yield the packed content of files with all statements about some things, one for each of `FORMS`.

    Args:
        statements: all statements.
        things: IRIs.
        context: names for JSON-LD.
        base_iri: IRIs below it are written relative to it.
        moved: print things under another base.
    """
    subjects = [f"<{thing}>" for thing in things if f"<{thing}>" in statements]
    lines = (
        f"{subject} {line}{graph and ' '}{graph} .\n"
        for subject in subjects
        for graph, text in statements.about(subject).items()
        for line in text.split("\n")
    )
    quads = parse("".join(lines), format=RdfFormat.N_QUADS, lenient=True)
    yield gzipped(write_nquads(quads, moved=moved))
    graph = grouped_lines({subject: statements.of(subject) for subject in subjects})
    yield gzipped(write_turtle(graph, PREFIXES, base_iri, moved=moved).encode())
    yield gzipped(write_jsonld(graph, None, context, base_iri, moved=moved))


def file_of(path: str, form: Form, description: str, data: bytes) -> File:
    """Return a packed file as the catalogue lists it."""
    digest = hashlib.sha256(data).hexdigest()
    return File(path=path, form=form, description=description, is_packed=True, size=len(data), sha256=digest)
