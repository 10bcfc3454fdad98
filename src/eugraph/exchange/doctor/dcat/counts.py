"""How many values a property has: none of a mandatory or recommended one, or several where there may be one."""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.exchange.doctor.dcat.fault import Fault
from eugraph.exchange.doctor.dcat.properties import PROPERTIES, Property
from eugraph.exchange.doctor.dcat.remedies import remedy
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.terms import an
from eugraph.exchange.doctor.dcat.vocabularies import VOCABULARIES, is_of_a_table
from eugraph.findings import Severity

_OF_CONCEPTS = ("skos:Concept", "skos:ConceptScheme")  # whose names every portal has, where they are of a known table


def counts(said: Statements) -> Iterator[Fault]:
    """Yield what is said too seldom or too often.

    Spec: DCAT-AP 3.0.1 §4, "mandatory", "recommended" and the cardinalities of each property,
    <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#terminology>.
    """
    for kind, properties in PROPERTIES.items():
        nodes = said.of_class(kind)
        for asked in properties:
            if not (asked.least or asked.single or asked.recommended):
                continue
            step = said.step(asked.name)
            for node in nodes:
                number = len(step.get(node, ()))
                if number == 0:
                    yield from _none(said, kind, asked, node)
                elif number > 1 and asked.single:
                    message = f"{_an(kind)} has {number} values of {asked.name}, and may have one. Keep one."
                    yield Fault(node, "property-repeated", Severity.VIOLATION, message)


def _none(said: Statements, kind: str, asked: Property, node: int) -> Iterator[Fault]:
    if asked.least:
        if kind in _OF_CONCEPTS and is_of_a_table(said.iri(node)):
            message = f"{asked.name} of the concept is not said here; checks without its table need it. {remedy(asked)}"
            yield Fault(node, "concept-unexplained", Severity.INFO, message)
        else:
            message = f"{_an(kind)} has no {asked.name}, which is mandatory. {remedy(asked)}"
            yield Fault(node, "property-missing", Severity.VIOLATION, message)
    elif asked.recommended and not (kind == "dcterms:Location" and _is_place(said.iri(node))):
        message = f"{_an(kind)} has no {asked.name}, which is recommended. {remedy(asked)}"
        yield Fault(node, "property-recommended", asked.recommended, message)


def _an(kind: str) -> str:
    return f"A{an(kind)[1:]}"


def _is_place(iri: str) -> bool:
    return VOCABULARIES["place"].space(iri) is not None
