"""What is wrong, wherever it is, and the diagnoses that are made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from eugraph.exchange.doctor.dcat.codes import CODES
from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.findings import Severity

VALUE = "\N{OBJECT REPLACEMENT CHARACTER}"  # for the value in a message: what differs in it alone is alike
_NAMED = 3  # places that a message names besides the first


class Wrong(NamedTuple):
    """One thing that is wrong."""

    code: str  # see `codes`
    severity: Severity
    message: str  # says what and how to mend it, and not where; VALUE stands for the value
    value: str = ""  # as people read it


def tell(found: Iterable[tuple[str, Wrong]], *, each: bool) -> Iterator[Diagnosis]:
    """Yield what is to be told of what was found at places.

    Args:
        found: places, and what is wrong there.
        each: tell all of it; else what is alike is told once, at the first of its places, the graver first.
    """
    if each:
        for place, wrong in found:
            yield _diagnosis(place, wrong)
        return
    alike: dict[tuple[str, Severity, str], dict[str, Wrong]] = {}
    for place, wrong in found:
        alike.setdefault((wrong.code, wrong.severity, wrong.message), {}).setdefault(place, wrong)
    yield from sorted(map(_together, alike.values()), key=Diagnosis.sort_key)


def _together(by_place: dict[str, Wrong]) -> Diagnosis:
    first, *others = sorted(by_place)
    if not others:
        return _diagnosis(first, by_place[first])
    same = "same" if len({wrong.value for wrong in by_place.values()}) == 1 else "like"
    named = others if len(others) <= _NAMED else [f"{len(others)} others, such as {others[0]}", others[1]]
    return _diagnosis(first, by_place[first], f" The {same} at {' and '.join(named)}.")


def _diagnosis(place: str, wrong: Wrong, more: str = "") -> Diagnosis:
    message = wrong.message.replace(VALUE, wrong.value) + more
    return Diagnosis(
        check=CODES[wrong.code].check, code=wrong.code, severity=wrong.severity, where=place, message=message
    )
