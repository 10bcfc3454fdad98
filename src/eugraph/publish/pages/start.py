"""The start page: key figures, and a way in for each of those who come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from eugraph.publish.figures import Figures
from eugraph.publish.pages import words
from eugraph.publish.pages.overview import Overview
from eugraph.vocab import term

_GRANT = term("eug:Grant").value


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number with what it counts."""

    value: str  # exact, for machines
    shown: str
    label: str
    path: str  # the page that tells more, "" where there is none
    unit: str = ""


@dataclass(slots=True)
class Tally:
    """What the whole graph adds up to."""

    countries: Counter[str]  # country -> things that are there
    given: Decimal  # EU contributions that grants state in EUR
    grants: int  # that state one

    @classmethod
    def of(cls, overview: Overview) -> Tally:
        """Add up what was looked over."""
        counted = [
            value
            for subject, value in overview.given.items()
            if subject in overview.in_euro and overview.classes.get(subject) == _GRANT
        ]
        return cls(Counter(overview.countries.values()), sum(counted, Decimal(0)), len(counted))

    def changed(self, before: Tally, after: Tally) -> Tally:
        """Return the tally where some things that added up to `before` now add up to `after`."""
        countries = Counter(self.countries)
        countries.subtract(before.countries)
        countries.update(after.countries)
        return Tally(+countries, self.given - before.given + after.given, self.grants - before.grants + after.grants)


def key_figures(figures: Figures, tally: Tally, reports: Container[str]) -> list[KeyFigure]:
    """Return the figures at the top of the start page; those that are zero are left out.

    Args:
        figures: what the release counts.
        tally: what the graph adds up to.
        reports: names of the reports that the release has, to which a figure may lead.
    """
    found = [
        _count(figures.things.get("project", 0), "projects", "project/index.html"),
        _count(figures.things.get("organisation", 0), "organisations", "organisation/index.html"),
        _count(len(tally.countries), "countries", _report("participations-by-country", reports)),
    ]
    if tally.grants:
        label = f"EU contributions, stated for {words.plural(tally.grants, 'grant')}"
        shown = words.amount(tally.given)
        found.append(KeyFigure(f"{tally.given.normalize():f}", shown, label, _report("projects", reports), "EUR"))
    found.append(_count(figures.things.get("source", 0), "sources", "source/index.html"))
    found.append(_count(figures.quads, "statements", "release.json"))
    return [figure for figure in found if figure.value != "0"]


def _report(name: str, reports: Container[str]) -> str:
    return f"query/{name}.html" if name in reports else ""


def _count(number: int, label: str, path: str) -> KeyFigure:
    return KeyFigure(str(number), words.number(str(number)), label, path)


@dataclass(frozen=True, slots=True)
class Browse:
    """A kind of thing, on the start page."""

    label: str
    about: str
    count: Markup
    path: str
