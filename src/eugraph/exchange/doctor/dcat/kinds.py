"""What kind of value stands under a property: a node or a literal, and of which datatype."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal

from eugraph.exchange.doctor.dcat.properties import DATE, DATES, TEXT, Property
from eugraph.exchange.doctor.dcat.remedies import wanted
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.terms import short
from eugraph.exchange.doctor.dcat.vocabularies import VOCABULARIES
from eugraph.exchange.doctor.dcat.wrong import VALUE, Wrong
from eugraph.findings import Severity

GEOMETRY = ("dcat:bbox", "dcat:centroid", "locn:geometry")  # what shows a place that no table has


def kind_of(said: Statements, asked: Property, value: int) -> Iterator[Wrong]:
    """Yield what is wrong with the kind of a value."""
    term = said.terms[value]
    datatypes = DATES if asked.value == DATE else (asked.value,) if asked.value.startswith("xsd:") else ()
    literal = bool(datatypes) or asked.value == TEXT
    if isinstance(term, Literal) != literal:
        what = "a text" if isinstance(term, Literal) else "a node"
        message = f"{asked.name} has {what} for a value, {VALUE}. Give {wanted(asked)}."
        yield Wrong("value-kind", Severity.VIOLATION, message)
    elif isinstance(term, Literal):
        if datatypes and short(term.datatype.value) not in datatypes:
            message = f"{asked.name} is {VALUE} of {short(term.datatype.value)}. Give {wanted(asked)}."
            yield Wrong("value-datatype", Severity.VIOLATION, message)
    elif isinstance(term, BlankNode) and (asked.iri or asked.vocabulary):
        located = any(said.values(value, each) for each in GEOMETRY)
        grave = asked.iri or VOCABULARIES[asked.vocabulary].foreign
        message = (
            f"{asked.name} has a node without an IRI for a value, which nobody can recognise. Give {wanted(asked)}."
        )
        yield Wrong("value-blank", Severity.INFO if located else grave, message)
