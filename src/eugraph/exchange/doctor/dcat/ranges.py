"""Of which class a value is: what DCAT-AP calls the range of a property.

How grave it is that the class is not said depends on what follows. A dataset or distribution that is not typed is not
harvested. A licence or a page that is not typed loses nothing but the check.
"""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.exchange.doctor.dcat.properties import IMPLIED, Property
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.terms import short
from eugraph.exchange.doctor.dcat.vocabularies import VOCABULARIES
from eugraph.exchange.doctor.dcat.wrong import Wrong
from eugraph.findings import Severity
from eugraph.validate.words.names import listed, shown

_HARVESTED = frozenset(
    ("dcat:dataset", "dcat:distribution", "dcat:service", "dcat:record", "dcat:catalog", "foaf:primaryTopic")
)


def range_of(said: Statements, asked: Property, value: int) -> Iterator[Wrong]:
    """Yield what is wrong with the class of a value that is a node.

    Spec: DCAT-AP 3.0.1 §4, the ranges, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#overview-of-dcat-ap>.
    """
    if not asked.classes or any(value in said.members(name) for name in asked.classes):
        return
    name, wanted = shown(said.terms[value]), listed(asked.classes)
    remedy = f"Say that it is a {wanted}."
    types = [short(said.iri(each)) for each in said.values(value, "rdf:type")]
    below = [each for each in types if any(each in IMPLIED.get(wanted, ()) for wanted in asked.classes)]
    if asked.vocabulary and VOCABULARIES[asked.vocabulary].space(said.iri(value)) is not None:
        message = f"{asked.name} names {name}, whose class {wanted} is not said here. {remedy}"
        yield Wrong("concept-unexplained", Severity.INFO, message)
    elif below:
        message = f"{asked.name} names {name}, which is a {listed(below, 'and')} and by that a {wanted}. {remedy}"
        yield Wrong("class-implied", Severity.INFO, message)
    elif value not in said.described:
        grave = asked.name in _HARVESTED
        message = (
            f"{asked.name} names {name}, of which nothing is said here. {'Describe it' if grave else remedy[:-1]}."
        )
        yield Wrong(*(("node-missing", Severity.VIOLATION) if grave else ("class-unsaid", Severity.INFO)), message)
    else:
        grave = asked.name in _HARVESTED
        what = f"a {listed(types, 'and')}" if types else "of no class"
        message = f"{asked.name} names {name}, which is said to be {what}, and not a {wanted}. {remedy}"
        yield Wrong("class-missing", Severity.VIOLATION if grave else Severity.WARNING, message)
