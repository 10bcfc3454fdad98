"""Literals: of the form that their datatype asks, texts with something in them, and languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pyoxigraph import Literal

from eugraph.exchange.doctor.dcat.fault import Fault
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.terms import short
from eugraph.exchange.doctor.dcat.wrong import VALUE
from eugraph.findings import Severity
from eugraph.rdf.lexical import expected_form
from eugraph.validate.words.names import shown

_RESOURCES = ("dcat:Catalog", "dcat:Dataset", "dcat:DatasetSeries", "dcat:DataService", "dcat:Distribution")
_TOLD = {  # class -> properties of which a reader wants one text a language
    **dict.fromkeys(_RESOURCES, ("dcterms:title", "dcterms:description")),
    "skos:Concept": ("skos:prefLabel",),
}


def literals(said: Statements) -> Iterator[Fault]:
    """Yield ill-formed literals and empty texts, wherever they stand."""
    wrong: dict[int, tuple[str, Severity, str]] = {}
    for number, value in enumerate(said.terms):
        if isinstance(value, Literal):
            datatype = value.datatype.value
            if form := expected_form(value.value, datatype):
                message = f"is {VALUE}, which is no {short(datatype)}. Write {form}."
                wrong[number] = ("literal-ill-formed", Severity.VIOLATION, message)
            elif not value.value.strip():
                wrong[number] = ("text-empty", Severity.WARNING, "is an empty text. Fill it in, or take it out.")
    for predicate in said.graph.predicates() if wrong else ():
        name = short(said.iri(predicate))
        for node, values in said.graph.forward(predicate).items():
            for number in values:
                if number in wrong:
                    code, severity, message = wrong[number]
                    yield Fault(node, code, severity, f"{name} {message}", shown(said.terms[number]))


def languages(said: Statements) -> Iterator[Fault]:
    """Yield titles and descriptions in no language, and those that stand several times in one."""
    for kind, names in _TOLD.items():
        for name in names:
            step = said.step(name)
            for node in said.of_class(kind) if step else ():
                tags = Counter(text.language for text in said.literals(node, name))
                if tags and set(tags) == {None}:
                    message = f"{name} has no language. Write it with one, such as @en: portals show texts by language."
                    yield Fault(node, "language-missing", Severity.INFO, message)
                for tag in sorted(tag for tag, number in tags.items() if tag and number > 1):
                    message = (
                        f"{name} has {tags[tag]} texts in @{tag}, and a portal shows one of them. Keep one a language."
                    )
                    yield Fault(node, "language-repeated", Severity.WARNING, message)
