"""All checks of a catalogue's statements, in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Quad, Triple

from eugraph.exchange.doctor.dcat.addresses import addresses
from eugraph.exchange.doctor.dcat.concepts import publisher_types
from eugraph.exchange.doctor.dcat.counts import counts
from eugraph.exchange.doctor.dcat.dates import dates
from eugraph.exchange.doctor.dcat.details import checksums, contacts, licences
from eugraph.exchange.doctor.dcat.fault import Fault, placed
from eugraph.exchange.doctor.dcat.judging import values
from eugraph.exchange.doctor.dcat.listing import catalogues, series, shared, unlisted
from eugraph.exchange.doctor.dcat.literals import languages, literals
from eugraph.exchange.doctor.dcat.names import deprecated, unknown
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.wrong import tell
from eugraph.exchange.doctor.diagnosis import Diagnosis

_CHECKS: tuple[Callable[[Statements], Iterator[Fault]], ...] = (
    *(catalogues, counts, values, publisher_types, deprecated, unknown),
    *(literals, languages, dates, checksums, contacts, licences),
    *(unlisted, series, shared, addresses),
)


def examine(quads: Iterable[Quad | Triple], where: str, *, each: bool = False) -> Iterator[Diagnosis]:
    """Yield what a portal would say of a catalogue.

    Args:
        quads: all that the catalogue says, as parsed; of a paged one, what all pages say.
        where: the address of the catalogue, for what is said of no node with an IRI.
        each: tell each fault at each node; else what is alike is told once, at the first node, the graver first.
    """
    said = Statements(quads)
    yield from tell(placed(faults(said), said, where), each=each)


def faults(said: Statements) -> Iterator[Fault]:
    """Yield what the checks find, at each node."""
    for check in _CHECKS:
        yield from check(said)
