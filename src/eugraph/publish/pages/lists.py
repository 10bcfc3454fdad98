"""The lists of all things of a kind: name and a few facts each, in order of names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eugraph.publish.documents import Document
from eugraph.publish.pages.kinds import ORDER, Kind, kind_of
from eugraph.publish.pages.markup import NOTHING, joined
from eugraph.publish.pages.overview import Overview
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.summary import Told
from eugraph.publish.pages.terms import first, values
from eugraph.publish.pages.usage import uses_in
from eugraph.rdf.turtle_blanks import Properties, Subjects

ROWS_A_PAGE = 1000
_COLUMNS = {  # what a list shows beside the name
    "project": ("Period", "Coordinator", "Organisations"),
    "partnership": ("Begun", "Country", "Members"),
    "network": ("Part of", "Begun", "Members"),
    "organisation": ("Country", "Type", "Takes part in"),
    "person": ("Affiliation",),
    "programme": ("Period", "Part of"),
    "call": ("Part of",),
    "platform": ("Period", "Part of"),
    "activity": ("Kind", "Period", "Part of"),
    "result": ("Result of", "Published"),
    "disease": ("Codes", "Belongs to"),
    "field": ("Code", "Belongs to"),
    "source": ("Kind", "Publisher", "Read on"),
}
NUMERIC = frozenset({"Organisations", "Members", "Takes part in"})
# On a narrow screen a list has no heading; these do not say by themselves what they are.
NAMED = NUMERIC | {"Begun", "Coordinator", "Part of", "Belongs to", "Result of", "Published", "Read on"}


Telling = Callable[[Iterable[str]], Sequence[Told]]  # what is told of documents, by path


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in a list."""

    name: Markup
    cells: Sequence[Markup]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list."""

    kind: Kind
    segment: str
    path: str
    columns: Sequence[str]
    entries: Mapping[str, str]  # path of each document on it -> digest of its entry
    told: Telling
    total: int
    start: int  # number of the first row, from 1
    pages: Sequence[tuple[str, str]]  # path, first and last name; empty where one page holds all

    @property
    def rows(self) -> list[Row]:
        """What stands in it."""
        return [Row(*told.row) for told in self.told(self.entries)]

    @property
    def digest(self) -> str:
        """Another one whenever something on the page is."""
        said = repr(([*self.entries.values()], self.total, self.pages))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


class Lister:
    """Makes the entries of lists, one for each document."""

    def __init__(self, pen: Pen, overview: Overview) -> None:
        self._pen, self._overview = pen, overview

    def told(self, document: Document, subjects: Subjects) -> Told:
        """Return the entry of a document's thing, and how its things are described."""
        iri, kind = document.iri.value, document.kind
        own = subjects.get(f"<{iri}>", {})
        cells = [str(self._cell(column, iri, own)) for column in _COLUMNS.get(kind, ())]
        name = self._pen.names.label(iri)
        uses = uses_in(document, subjects, self._overview.classes)
        return Told(kind, name.casefold(), iri, name, str(self._pen.iri(iri)), cells, uses)

    def _cell(self, column: str, iri: str, own: Properties) -> Markup:
        pen, overview = self._pen, self._overview
        match column:
            case "Period":
                return pen.period(first(own, "eug:startDate"), first(own, "eug:endDate"))
            case "Begun":
                return pen.day(start) if (start := first(own, "eug:startDate")) else NOTHING
            case "Country":
                return pen.iri(country) if (country := overview.countries.get(iri)) else NOTHING
            case "Organisations" | "Members":
                return _count(len(overview.members.get(iri, ())), pen)
            case "Takes part in":
                return _count(len({taking.within for taking in overview.by_organisation.get(iri, ())}), pen)
            case "Result of":
                return pen.list(overview.makers.get(iri, ()))
            case "Codes":
                wanted = [c for vocabulary, c in overview.codes.get(iri, ()) if vocabulary in ("Orphanet", "MONDO")]
                return Markup(", ").join(reversed(wanted))
            case _:
                return self._values(column, own)

    def _values(self, column: str, own: Properties) -> Markup:
        curie = {
            "Coordinator": "eug:coordinator",
            "Type": "eug:organisationType",
            "Affiliation": "eug:affiliation",
            "Part of": "dcterms:isPartOf",
            "Kind": "eug:sourceKind",
            "Published": "dcterms:issued",
            "Belongs to": "skos:broader",
            "Code": "skos:notation",
            "Publisher": "dcterms:publisher",
            "Read on": "eug:retrieved",
        }[column]
        found = values(own, curie) or (values(own, "eug:activityKind") if column == "Kind" else [])
        return joined(", ", map(self._pen.term, found))


def in_order(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return (kind, number of things), in the order of the start page."""
    return sorted(counts.items(), key=lambda item: (ORDER.get(item[0], len(ORDER)), item[0]))


def listings(segment: str, entries: Mapping[str, str], told: Telling) -> Iterator[Listing]:
    """Yield every page of the list of a kind.

    Args:
        segment: of the paths of its documents.
        entries: path of each document -> digest of its entry, in the order of the list.
        told: gives what is told of documents.
    """
    found = [*entries.items()]
    parts = [found[i : i + ROWS_A_PAGE] for i in range(0, len(found), ROWS_A_PAGE)]
    pages = [
        (list_path(segment, number), " – ".join(one.name for one in told([part[0][0], part[-1][0]])))
        for number, part in enumerate(parts, 1)
    ]
    for number, part in enumerate(parts, 1):
        yield Listing(
            kind=kind_of(segment),
            segment=segment,
            path=list_path(segment, number),
            columns=_COLUMNS.get(segment, ()),
            entries=dict(part),
            told=told,
            total=len(found),
            start=(number - 1) * ROWS_A_PAGE + 1,
            pages=pages if len(pages) > 1 else (),
        )


def list_path(segment: str, number: int = 1) -> str:
    """Return where a page of a list lies. No document's path holds a ".", so none is in its way."""
    return f"{segment}/index.html" if number == 1 else f"{segment}/index.{number}.html"


def _count(number: int, pen: Pen) -> Markup:
    return pen.number(str(number)) if number else NOTHING
