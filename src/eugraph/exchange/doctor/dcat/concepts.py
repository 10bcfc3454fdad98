"""Whether a value is of the controlled vocabulary that its property asks for."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from eugraph.errors import did_you_mean
from eugraph.exchange.doctor.dcat.fault import Fault
from eugraph.exchange.doctor.dcat.kinds import GEOMETRY
from eugraph.exchange.doctor.dcat.properties import Property
from eugraph.exchange.doctor.dcat.ranges import unexplained
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.vocabularies import VOCABULARIES, Vocabulary
from eugraph.exchange.doctor.dcat.wrong import Wrong
from eugraph.findings import Severity
from eugraph.validate.words.names import shown

_PUBLISHED = ("dcat:Catalog", "dcat:Dataset", "dcat:DatasetSeries", "dcat:DataService")
_TYPES = VOCABULARIES["publisher-type"]


def concept_of(said: Statements, asked: Property, value: int) -> Iterator[Wrong]:
    """Yield what is wrong with a value as a concept of a controlled vocabulary.

    Spec: DCAT-AP 3.0.1 §A, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#controlled-vocs>.
    """
    table = VOCABULARIES.get(asked.vocabulary)
    if table is None or not isinstance(said.terms[value], NamedNode):
        return
    iri, name = said.iri(value), shown(said.terms[value])
    space = table.space(iri)
    if space is None:
        if not is_explained(said, table, value):
            mild = iri.startswith(table.aliases) or any(said.values(value, each) for each in GEOMETRY)
            message = f"{asked.name} names {name}, which is not of {table.title}. Choose {_instead(table, iri)}."
            yield Wrong("concept-foreign", Severity.INFO if mild else table.foreign, message)
        return
    code = iri.removeprefix(space)
    if not table.knows(code):
        meant = did_you_mean(code, table.codes) or "."
        message = f"{asked.name} names {name}, and {table.title} has no code {code!r}{meant} Choose one that it has."
        yield Wrong("concept-unknown", Severity.WARNING, message)
    if table.spaces[space] and not is_explained(said, table, value):
        yield unexplained(asked)


def _instead(table: Vocabulary, iri: str) -> str:
    """What to write in place of an IRI: the same with http, where it is of the vocabulary but for that."""
    plain = iri.replace("https://", "http://", 1)
    return (
        f"<{plain}>, with http" if plain != iri and table.space(plain) else f"a value of it, such as <{table.example}>"
    )


def is_explained(said: Statements, table: Vocabulary, value: int) -> bool:
    """Tell whether the statements say that a node is of a vocabulary, as a check without the tables needs it."""
    schemes = said.values(value, "skos:inScheme")
    iris = {said.iri(scheme) for scheme in schemes}
    typed = set(schemes) <= said.members("skos:ConceptScheme")
    return "" not in iris and any(
        scheme in iris and (typed or scheme not in table.typed_schemes)
        for scheme in filter(None, table.spaces.values())
    )


def publisher_types(said: Statements) -> Iterator[Fault]:
    """Yield where the publisher has a type that a portal cannot sort by."""
    known: dict[int, str] = {}
    for kind in _PUBLISHED:
        step = said.step("dcterms:publisher")
        for node in said.of_class(kind):
            for publisher in step.get(node, ()):
                if publisher not in known:
                    known[publisher] = _of_publisher(said, publisher)
                if known[publisher]:
                    yield Fault(node, "publisher-type", Severity.INFO, known[publisher])


def _of_publisher(said: Statements, publisher: int) -> str:
    for value in said.values(publisher, "dcterms:type"):
        if not said.iri(value) or not is_explained(said, _TYPES, value):
            what = f"dcterms:publisher is {shown(said.terms[publisher])}, of the type {shown(said.terms[value])}"
            why = f"which is not said to be in a scheme of {_TYPES.title}"
            return f"{what}, {why}. Choose one of them, such as <{_TYPES.example}>, and say its scheme."
    return ""
