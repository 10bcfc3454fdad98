"""The results that stand in the document of their project, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from eugraph.publish.pages.markup import NOTHING
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import first, key, plain, values
from eugraph.rdf.turtle_blanks import Properties, Subjects

_RESULT = key("eug:result")
_ADDRESSES = ("eug:doi", "foaf:homepage", "foaf:page")  # the better first


class Result(NamedTuple):
    """A row: one result."""

    anchor: str
    name: Markup
    kind: Markup
    published: Markup
    address: Markup


def results_of(subjects: Subjects, things: Sequence[str], own: Properties, pen: Pen) -> list[Result]:
    """Return the results of a project that stand in its document, by kind, the latest first, and by name.

    Args:
        subjects: the statements of the document.
        things: all that stand in it.
        own: what is said of the project.
        pen: writes names.
    """
    found = []
    for iri in things if _RESULT in own else ():
        if f"<{iri}>" in own[_RESULT] and (properties := subjects.get(f"<{iri}>")):
            kind, day = first(properties, "eug:resultKind"), first(properties, "dcterms:issued")
            name = pen.names.name(iri)
            row = Result(
                anchor=pen.names.fragment(iri),
                name=pen.text(name.text, name.language),
                kind=pen.iri(kind) if kind else NOTHING,
                published=pen.day(day) if day else NOTHING,
                address=_address(properties, pen),
            )
            latest_first = [-ord(character) for character in day]
            found.append((pen.names.label(kind) if kind else "~", latest_first, name.text.casefold(), iri, row))
    return [row[-1] for row in sorted(found, key=lambda row: row[:-1])]


def _address(properties: Properties, pen: Pen) -> Markup:
    """Return the way to a result itself, as a link."""
    for curie in _ADDRESSES:
        for value in values(properties, curie):
            if value[0] == "<":
                return pen.url(plain(value))
    return NOTHING
