"""Each value of each property that DCAT-AP speaks of, judged by its kind, its class and its vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eugraph.exchange.doctor.dcat.concepts import concept_of
from eugraph.exchange.doctor.dcat.fault import Fault
from eugraph.exchange.doctor.dcat.kinds import kind_of
from eugraph.exchange.doctor.dcat.properties import PROPERTIES, Property
from eugraph.exchange.doctor.dcat.ranges import range_of
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.vocabularies import VOCABULARIES
from eugraph.exchange.doctor.dcat.wrong import VALUE, Wrong
from eugraph.findings import Severity
from eugraph.validate.words.names import shown


def values(said: Statements) -> Iterator[Fault]:
    """Yield what is wrong with values; each is judged once, however many have it."""
    for kind, properties in PROPERTIES.items():
        nodes = said.of_class(kind)
        for asked in properties:
            step = said.step(asked.name)
            judged: dict[int, tuple[Wrong, ...]] = {}
            for node in nodes if step else ():
                for value in step.get(node, ()):
                    if value not in judged:
                        judged[value] = tuple(_judge(said, asked, value))
                    for code, severity, message, _ in judged[value]:
                        mild = code == "concept-foreign" and _has_another(said, asked, step[node])
                        name = shown(said.terms[value]) if VALUE in message else ""
                        yield Fault(node, code, Severity.INFO if mild else severity, message, name)


def _judge(said: Statements, asked: Property, value: int) -> Iterator[Wrong]:
    kind = tuple(kind_of(said, asked, value))
    yield from kind
    if not any(wrong.code == "value-kind" for wrong in kind):
        yield from range_of(said, asked, value)
        yield from concept_of(said, asked, value)


def _has_another(said: Statements, asked: Property, values: Sequence[int]) -> bool:
    """Whether one of the values is of the vocabulary, where that is enough."""
    table = VOCABULARIES[asked.vocabulary]
    return table.one_is_enough and any(table.space(said.iri(value)) for value in values)
