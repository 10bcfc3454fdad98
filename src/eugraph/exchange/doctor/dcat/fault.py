"""What a check finds at a node of a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.wrong import Wrong
from eugraph.findings import Severity

WHOLE = -1  # the node of a fault that is of no node


class Fault(NamedTuple):
    """One fault at one node. What it says is that of a `Wrong`."""

    node: int  # or WHOLE
    code: str
    severity: Severity
    message: str
    value: str = ""


def placed(faults: Iterable[Fault], said: Statements, where: str) -> Iterator[tuple[str, Wrong]]:
    """Yield the place of each fault, and what is wrong.

    Args:
        faults: what was found.
        said: the statements that the faults are of.
        where: the address of the whole, also for a node without IRI that nothing with one leads to.
    """
    for node, code, severity, message, value in faults:
        yield (said.address(node) if node != WHOLE else "") or where, Wrong(code, severity, message, value)
