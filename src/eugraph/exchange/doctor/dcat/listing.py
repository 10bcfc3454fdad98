"""What hangs together: each dataset in a catalogue, each distribution at a dataset, and nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from eugraph.exchange.doctor.dcat.fault import WHOLE, Fault
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.wrong import VALUE
from eugraph.findings import Severity
from eugraph.validate.words.names import shown

_LISTED = ("dcat:dataset", "dcat:service", "dcat:catalog")


class _Reach(NamedTuple):
    """What must lead to the members of a class."""

    kind: str
    links: tuple[str, ...]  # properties, one of which leads to it
    apart: tuple[str, ...]  # classes whose members need not be listed
    code: str
    message: str


_REACHES = (
    _Reach(
        "dcat:Dataset",
        ("dcat:dataset",),
        ("dcat:Catalog", "dcat:DatasetSeries"),
        "dataset-unlisted",
        "No catalogue lists the dataset with dcat:dataset, so a harvester does not find it. List it.",
    ),
    _Reach(
        "dcat:Distribution",
        ("dcat:distribution", "adms:sample"),
        (),
        "distribution-unlisted",
        "No dataset has the distribution, so a harvester does not find it. Name it with dcat:distribution.",
    ),
    _Reach(
        "dcat:DataService",
        ("dcat:service", "dcat:accessService"),
        (),
        "service-unlisted",
        "No catalogue lists the data service with dcat:service, so a harvester does not find it. List it.",
    ),
)


def catalogues(said: Statements) -> Iterator[Fault]:
    """Yield that there is no catalogue, or that one lists nothing."""
    found = said.of_class("dcat:Catalog")
    if not found:
        message = "Nothing is said to be a dcat:Catalog, so a harvester finds nothing. Describe the catalogue."
        yield Fault(WHOLE, "catalogue-missing", Severity.VIOLATION, message)
    for node in found:
        listed = [name for name in _LISTED if said.values(node, name)]
        if not listed or listed == ["dcat:catalog"]:
            severity = Severity.INFO if listed else Severity.WARNING
            message = (
                "The catalogue lists neither datasets nor data services. List them with dcat:dataset, dcat:service."
            )
            yield Fault(node, "catalogue-empty", severity, message)


def unlisted(said: Statements) -> Iterator[Fault]:
    """Yield what nothing leads to."""
    if not said.of_class("dcat:Catalog"):
        return
    for reach in _REACHES:
        reached = {value for name in reach.links for values in said.step(name).values() for value in values}
        reached.update(node for name in reach.apart for node in said.of_class(name))
        for node in said.of_class(reach.kind):
            if node not in reached:
                yield Fault(node, reach.code, Severity.WARNING, reach.message)


def series(said: Statements) -> Iterator[Fault]:
    """Yield series without members, and members that are no datasets."""
    name = "dcat:inSeries"
    within: dict[int, list[int]] = {}
    for node, values in said.step(name).items():
        for value in values:
            within.setdefault(value, []).append(node)
    for node in said.of_class("dcat:DatasetSeries"):
        if node not in within:
            message = "No dataset is in the series. Name it with dcat:inSeries at each dataset that belongs to it."
            yield Fault(node, "series-empty", Severity.WARNING, message)
        for member in within.get(node, ()):
            if member not in said.members("dcat:Dataset"):
                message = f"{VALUE} is in the series by dcat:inSeries, and no dcat:Dataset. Say that it is one."
                yield Fault(node, "class-missing", Severity.WARNING, message, shown(said.terms[member]))


def shared(said: Statements) -> Iterator[Fault]:
    """Yield datasets with one title or identifier, and distributions of one dataset that are one file."""
    datasets = said.of_class("dcat:Dataset")
    for name, code, severity, message in (
        ("dcterms:title", "title-shared", Severity.WARNING, "tell them apart in the title"),
        (
            "dcterms:identifier",
            "identifier-shared",
            Severity.VIOLATION,
            "a portal keeps one of them: give each its own",
        ),
    ):
        step = said.step(name)
        number = Counter(value for node in datasets for value in step.get(node, ()))
        for node in datasets if step else ():
            for value in step.get(node, ()):
                if number[value] > 1:
                    what = f"{number[value]} datasets have the {name} {shown(said.terms[value])}"
                    yield Fault(node, code, severity, f"{what}; {message}.")
    urls = said.step("dcat:downloadURL")
    for node in datasets if urls else ():
        number = Counter(url for file in said.values(node, "dcat:distribution") for url in urls.get(file, ()))
        for url in sorted(url for url, times in number.items() if times > 1):
            message = (
                f"{number[url]} distributions of a dataset have the download URL {shown(said.terms[url])}. Keep one."
            )
            yield Fault(node, "file-repeated", Severity.WARNING, message)
