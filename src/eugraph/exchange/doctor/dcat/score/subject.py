"""A dataset or a distribution, as metrics ask of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eugraph.exchange.doctor.dcat.statements import Statements

_FROM_THE_DATASET = ("dcterms:issued", "dcterms:modified")  # which count for its distributions too


@dataclass(frozen=True, slots=True)
class Subject:
    """What metrics ask."""

    said: Statements
    node: int
    status: Callable[[str], int | None] | None  # of an address: the HTTP status in the end; None where nobody asked
    conforms: bool = True  # to DCAT-AP
    dataset: int | None = None  # of a distribution

    def says(self, *names: str) -> bool:
        """Whether one of the properties has a value."""
        return any(self._values(name) for name in names)

    def iris(self, name: str) -> list[str]:
        """The values of a property that are IRIs."""
        return [iri for value in self._values(name) if (iri := self.said.iri(value))]

    def answers(self, name: str) -> bool | None:
        """Whether one of the addresses under a property answers with 2xx; None where none was asked."""
        if self.status is None:
            return None
        addresses = self.iris(name)
        if not addresses:
            return False
        found = [status for iri in addresses if (status := self.status(iri)) is not None]
        return any(200 <= status < 300 for status in found) if found else None

    def _values(self, name: str) -> tuple[int, ...]:
        values = tuple(self.said.values(self.node, name))
        if not values and self.dataset is not None and name in _FROM_THE_DATASET:
            return tuple(self.said.values(self.dataset, name))
        return values
