"""What a check of a catalogue finds, and the diagnoses that are made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from eugraph.exchange.doctor.dcat.codes import CODES
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.findings import Severity

WHOLE = -1  # the node of a fault that is of no node
_NAMED = 3  # places that a message names besides the first


class Fault(NamedTuple):
    """One fault at one node."""

    node: int  # or WHOLE
    code: str  # see `codes`
    severity: Severity
    message: str  # says what and how to mend it, and not where: equal faults have equal messages


def diagnoses(faults: Iterable[Fault], said: Statements, where: str) -> Iterator[Diagnosis]:
    """Yield a diagnosis for each fault; a node without IRI that nothing leads to stands for `where`."""
    for node, code, severity, message in faults:
        place = said.address(node) if node != WHOLE else where
        yield Diagnosis(check=CODES[code].check, code=code, severity=severity, where=place or where, message=message)


def gathered(found: Iterable[Diagnosis]) -> list[Diagnosis]:
    """Tell what is said of many places once: at the first of them, with the number and the names of others."""
    places: dict[tuple[str, str, Severity, str], list[str]] = {}
    for each in found:
        places.setdefault((each.check, each.code, each.severity, each.message), []).append(each.where)
    told = []
    for (check, code, severity, message), several in places.items():
        first, *others = sorted(set(several))
        more = f" The same at {_others(others)}." if others else ""
        told.append(Diagnosis(check=check, code=code, severity=severity, where=first, message=message + more))
    return sorted(told, key=Diagnosis.sort_key)


def _others(places: list[str]) -> str:
    if len(places) <= _NAMED:
        return " and ".join(places)
    return f"{len(places)} others, such as {' and '.join(places[:2])}"
