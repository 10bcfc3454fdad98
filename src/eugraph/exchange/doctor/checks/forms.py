"""Whether Turtle, JSON-LD and RDF/XML of one document are the same graph.

Spec: RDF Dataset Canonicalization, <https://www.w3.org/TR/rdf-canon/>, by which blank nodes are compared.
"""

from __future__ import annotations

import re

from eugraph.errors import CanonicalisationTimeoutError, InputError
from eugraph.exchange.doctor.discovery import place_and_fault
from eugraph.exchange.doctor.reading.media import RDF_ENDINGS, ending_of, is_rdf, stem_of
from eugraph.exchange.doctor.reading.statements import statements
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.visit import Visit
from eugraph.rdf.hashing import canonical_nquads

_LONGEST_S = 3  # that blank nodes of one document are told apart
_MOST_SHOWN = 200  # characters of a statement


def check(visit: Visit, section: Section) -> None:
    """Compare the forms of the catalogue and of documents."""
    groups: dict[str, list[str]] = {}
    if visit.catalogue is not None:
        for page in visit.chosen(page.address for page in visit.catalogue.pages):
            stem = stem_of(page)
            groups[stem] = [page, *_beside(visit, stem, page)]
    for document in visit.chosen(visit.documents):
        for link in visit.described_by(document):
            if visit.site.holds(link.target):
                known = groups.setdefault(stem_of(link.target), [])
                if link.target not in known:
                    known.append(link.target)
    compared = {stem: forms for stem, forms in groups.items() if len(forms) > 1}
    for forms in compared.values():
        _compare(visit, section, forms)
    section.saw(len(compared), "document")


def _beside(visit: Visit, stem: str, page: str) -> list[str]:
    """Return the other forms of a page of the catalogue that stand beside it."""
    found = []
    for media_type, ending in {**RDF_ENDINGS, "application/xml": "xml"}.items():
        address = f"{stem}.{ending}"
        if address != page and media_type not in ("application/n-quads", "application/trig"):
            answer = visit.head(address)
            if answer.is_good and is_rdf(answer.media_type):
                found.append(address)
    return found


def _compare(visit: Visit, section: Section, forms: list[str]) -> None:
    """Compare each form with the first that can be read."""
    first: tuple[str, set[str]] | None = None
    for address in forms:
        lines = _lines(visit, section, address)
        if lines is None:
            continue
        if first is None:
            first = (address, lines)
        elif lines != first[1]:
            more, less = _in_any_form(lines - first[1], address), _in_any_form(first[1] - lines, first[0])
            if more != less:
                _differ(section, address, first[0], sorted(more - less), sorted(less - more))


def _in_any_form(lines: set[str], address: str) -> set[str]:
    """Return statements with a mark in place of the ending of their own form.

    What leads to other documents, such as from page to page, leads to those in the same form.
    """
    own = re.compile(rf"\.{re.escape(ending_of(address))}(?=[>?#])")
    return {own.sub(".*", line) for line in lines}


def _differ(section: Section, address: str, first: str, more: list[str], less: list[str]) -> None:
    example = (less or more)[0].strip()[:_MOST_SHOWN]
    section.violation(
        "forms-differ",
        address,
        f"This lacks {len(less):,} statements that {first} has, and has {len(more):,} others: {example} "
        "Write both from one graph.",
    )


def _lines(visit: Visit, section: Section, address: str) -> set[str] | None:
    """Return the canonical statements of a form; None where there are none to be had."""
    answer = visit.get(address, "")
    if not answer.is_good:
        return None  # it is told where the links are looked at
    try:
        quads = statements(answer, visit.get)
    except InputError as error:
        section.violation(
            "form-unreadable", address, f"This cannot be read as what it says it is: {place_and_fault(error)}"
        )
        return None
    try:
        return set(canonical_nquads((quad.triple for quad in quads), timeout_s=_LONGEST_S))
    except CanonicalisationTimeoutError:
        section.skip(f"{address}: its blank nodes cannot be told apart in time.")
        return None
