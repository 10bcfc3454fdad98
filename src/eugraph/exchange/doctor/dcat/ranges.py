"""Of which class a value is: what DCAT-AP calls the range of a property.

How grave it is that the class is not said depends on what follows. A dataset or distribution without a class is not
harvested; a licence or a page without one is. Where a portal knows the class by itself, it is worth a remark.
"""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.exchange.doctor.dcat.properties import IMPLIED, Property
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.terms import an, short
from eugraph.exchange.doctor.dcat.vocabularies import VOCABULARIES
from eugraph.exchange.doctor.dcat.wrong import VALUE, Wrong
from eugraph.findings import Severity
from eugraph.validate.words.names import listed

_HARVESTED = frozenset(
    ("dcat:dataset", "dcat:distribution", "dcat:service", "dcat:record", "dcat:catalog", "foaf:primaryTopic")
)


def range_of(said: Statements, asked: Property, value: int) -> Iterator[Wrong]:
    """Yield what is wrong with the class of a value that is a node.

    Spec: DCAT-AP 3.0.1 §4, the ranges, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#overview-of-dcat-ap>.
    """
    if not asked.classes or any(value in said.members(name) for name in asked.classes):
        return
    wanted = listed([an(name) for name in asked.classes])
    remedy = f"Say that it is {wanted}."
    types = [short(said.iri(each)) for each in said.values(value, "rdf:type")]
    below = [an(each) for each in types if any(each in IMPLIED.get(above, ()) for above in asked.classes)]
    grave = asked.name in _HARVESTED
    if asked.vocabulary and VOCABULARIES[asked.vocabulary].space(said.iri(value)) is not None:
        yield unexplained(asked)
    elif below:
        message = f"A value of {asked.name} is {listed(below, 'and')}, and by that {wanted}. {remedy}"
        yield Wrong("class-implied", Severity.INFO, message)
    elif value not in said.described and not grave:
        message = f"Of a value of {asked.name} nothing is said here. {remedy}"
        yield Wrong("class-unsaid", Severity.INFO, message)
    elif value not in said.described:
        message = f"{asked.name} names {VALUE}, of which nothing is said here. Describe it as {wanted}."
        yield Wrong("node-missing", Severity.VIOLATION, message)
    else:
        what = listed([an(each) for each in types], "and") or "of no class"
        message = f"{asked.name} names {VALUE}, which is said to be {what}, and not {wanted}. {remedy}"
        yield Wrong("class-missing", Severity.VIOLATION if grave else Severity.WARNING, message)


def unexplained(asked: Property) -> Wrong:
    """What to say of a known concept whose class or scheme is not beside it."""
    table = VOCABULARIES[asked.vocabulary]
    what = f"its class {listed(asked.classes)}"
    if any(table.spaces.values()):
        what = f"all of {what}, its skos:inScheme and the class of the scheme"
    remedy = "Say it beside: a check that has no tables needs it."
    message = f"{asked.name} has a value of {table.title}, and not {what} is said here. {remedy}"
    return Wrong("concept-unexplained", Severity.INFO, message)
