"""What a check of a catalogue finds, and the diagnoses that are made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from eugraph.exchange.doctor.dcat.codes import CODES
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.findings import Severity

WHOLE = -1  # the node of a fault that is of no node
VALUE = "\N{OBJECT REPLACEMENT CHARACTER}"  # for the value in a message: what differs in it alone is alike
_NAMED = 3  # places that a message names besides the first


class Fault(NamedTuple):
    """One fault at one node."""

    node: int  # or WHOLE
    code: str  # see `codes`
    severity: Severity
    message: str  # says what and how to mend it, and not where; VALUE stands for the value
    value: str = ""  # as people read it


def diagnoses(faults: Iterable[Fault], said: Statements, where: str, *, each: bool) -> Iterator[Diagnosis]:
    """Yield what is to be told.

    Args:
        faults: what was found.
        said: the statements that the faults are of.
        where: the address of the whole, also for a node without IRI that nothing with one leads to.
        each: tell each fault; else those that are alike are told once, at the first of their places, the graver first.
    """
    if each:
        for fault in faults:
            yield _diagnosis(fault, _place(fault, said, where))
        return
    alike: dict[tuple[str, Severity, str], dict[str, Fault]] = {}
    for fault in faults:
        key = (fault.code, fault.severity, fault.message)
        alike.setdefault(key, {}).setdefault(_place(fault, said, where), fault)
    yield from sorted(map(_together, alike.values()), key=Diagnosis.sort_key)


def _together(by_place: dict[str, Fault]) -> Diagnosis:
    first, *others = sorted(by_place)
    if not others:
        return _diagnosis(by_place[first], first)
    same = "same" if len({fault.value for fault in by_place.values()}) == 1 else "like"
    named = others if len(others) <= _NAMED else [f"{len(others)} others, such as {others[0]}", others[1]]
    return _diagnosis(by_place[first], first, f" The {same} at {' and '.join(named)}.")


def _diagnosis(fault: Fault, place: str, more: str = "") -> Diagnosis:
    message = fault.message.replace(VALUE, fault.value) + more
    return Diagnosis(
        check=CODES[fault.code].check, code=fault.code, severity=fault.severity, where=place, message=message
    )


def _place(fault: Fault, said: Statements, where: str) -> str:
    return (said.address(fault.node) if fault.node != WHOLE else "") or where
