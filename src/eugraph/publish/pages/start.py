"""The start page: key figures, and a way in for each of those who come."""

from __future__ import annotations

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


def key_figures(figures: Figures, overview: Overview, reports: Container[str]) -> list[KeyFigure]:
    """Return the figures at the top of the start page; those that are zero are left out.

    Args:
        figures: what the release counts.
        overview: the look over the whole graph.
        reports: names of the reports that the release has, to which a figure may lead.
    """
    found = [
        _count(figures.things.get("project", 0), "projects", "project/index.html"),
        _count(figures.things.get("organisation", 0), "organisations", "organisation/index.html"),
        _count(len(set(overview.countries.values())), "countries", _report("participations-by-country", reports)),
    ]
    total, grants = eu_contribution(overview)
    if grants:
        label = f"EU contributions, stated for {words.plural(grants, 'grant')}"
        found.append(KeyFigure(str(total), words.amount(total), label, _report("projects", reports), "EUR"))
    found.append(_count(figures.things.get("source", 0), "sources", "source/index.html"))
    found.append(_count(figures.quads, "statements", "release.json"))
    return [figure for figure in found if figure.value != "0"]


def eu_contribution(overview: Overview) -> tuple[Decimal, int]:
    """Return the sum of the EU contributions that grants state in EUR, and how many grants do."""
    counted = [
        value
        for subject, value in overview.given.items()
        if subject in overview.in_euro and overview.classes.get(subject) == _GRANT and value.is_finite()
    ]
    return sum(counted, Decimal(0)), len(counted)


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
