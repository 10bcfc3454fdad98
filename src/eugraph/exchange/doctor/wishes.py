"""What a user wants of an examination."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from eugraph.exchange.doctor.site.limits import Limits

SAMPLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user wants of an examination."""

    shapes: tuple[Path, ...] = ()  # files or folders of SHACL shapes for the catalogue
    base: str = ""  # the address that the site is, or will be, published under; "" for what the site itself says
    previous: str = ""  # folder or address of the previous release; "" for none
    external: bool = False  # whether other hosts are asked
    sample: int = SAMPLE  # how many documents of a kind are looked at, where there are more (> 0)
    limits: Limits = field(default_factory=Limits)
