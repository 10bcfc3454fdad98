"""How a catalogue is counted: dataset by dataset, each with its best distribution."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import Quad, Triple

from eugraph.exchange.doctor.dcat.codes import CODES
from eugraph.exchange.doctor.dcat.examining import faults
from eugraph.exchange.doctor.dcat.score.metrics import METRICS, Answer
from eugraph.exchange.doctor.dcat.score.result import Measured, Score
from eugraph.exchange.doctor.dcat.score.subject import Subject
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.findings import Severity

Asked = Mapping[str, int] | Callable[[str], int | None]


def score(quads: Iterable[Quad | Triple], asked: Asked | None = None) -> Score:
    """Score a catalogue.

    All distributions of a dataset are taken to hold the same, as data.europa.eu does: of each dataset, the distribution
    with the most points counts. The points of a catalogue are the mean over its datasets.

    Args:
        quads: see `examine`.
        asked: the HTTP status in the end of access and download URLs, by address; a callable returns None for an
            address that was not asked. What was not asked counts neither for nor against.

    Source: data.europa.eu, "Metadata quality assessment methodology", <https://data.europa.eu/mqa/methodology>.
    """
    said = Statements(quads)
    status = _status(said, asked)
    grave = _grave(said)
    datasets = said.of_class("dcat:Dataset")
    answers = [_answers(said, node, status, grave) for node in datasets]
    columns = zip(*answers, strict=True) if answers else ((),) * len(METRICS)
    measured = tuple(
        Measured(metric, met=column.count(True), asked=len(column) - column.count(None))
        for metric, column in zip(METRICS, map(list, columns), strict=True)
    )
    return Score(measured, len(datasets))


def _status(said: Statements, asked: Asked | None) -> Callable[[str], int | None] | None:
    """What tells the status of an address; None where nobody asked for any."""
    status = asked if callable(asked) or asked is None else asked.get
    addresses = (
        said.iri(value)
        for name in ("dcat:accessURL", "dcat:downloadURL")
        for values in said.step(name).values()
        for value in values
    )
    return status if status and any(status(address) is not None for address in addresses) else None


def _answers(
    said: Statements, dataset: int, status: Callable[[str], int | None] | None, grave: frozenset[int]
) -> tuple[Answer, ...]:
    """The answer of a dataset and its best distribution to each metric."""
    files = said.values(dataset, "dcat:distribution")
    conforms = grave.isdisjoint((dataset, *files)) and grave.isdisjoint(_beside(said, (dataset, *files)))
    own = Subject(said, dataset, status, conforms=conforms)
    candidates = [
        tuple(
            metric.question(Subject(said, node, status, dataset=dataset))
            for metric in METRICS
            if metric.of != "dataset"
        )
        for node in files
    ]
    points = [metric.points for metric in METRICS if metric.of != "dataset"]
    none: tuple[Answer, ...] = (False,) * len(points)
    best = iter(
        max(candidates, key=lambda found: sum(p for p, yes in zip(points, found, strict=True) if yes), default=none)
    )
    return tuple(metric.question(own) if metric.of == "dataset" else next(best) for metric in METRICS)


def _grave(said: Statements) -> frozenset[int]:
    """The nodes that break DCAT-AP."""
    return frozenset(
        fault.node
        for fault in faults(said)
        if fault.severity == Severity.VIOLATION
        and (CODES[fault.code].check == "dcat-ap" or fault.code == "literal-ill-formed")
    )


def _beside(said: Statements, nodes: tuple[int, ...]) -> set[int]:
    """What belongs to a dataset and its distributions alone: contact points, periods, checksums."""
    names = ("dcat:contactPoint", "dcterms:temporal", "dcterms:publisher", "spdx:checksum")
    return {value for node in nodes for name in names for value in said.values(node, name)}
