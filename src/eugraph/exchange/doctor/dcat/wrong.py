"""What is wrong with a value, whoever has it."""

from __future__ import annotations

from typing import NamedTuple

from eugraph.findings import Severity


class Wrong(NamedTuple):
    """One thing that is wrong with a value of a property."""

    code: str  # see `codes`
    severity: Severity
    message: str  # VALUE stands for the value, see `fault`
