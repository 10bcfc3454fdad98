"""What a catalogue has to know of the graph: how far it reaches, and the programmes that pay for projects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eugraph.publish.catalogue.extent import END, IS_PROJECT, START, Extent, days
from eugraph.publish.catalogue.model import Period
from eugraph.publish.pages.terms import literal
from eugraph.publish.statements import Statements
from eugraph.vocab import EUG, PREF_LABEL, PREFIXES, RDF_TYPE

_GRANT, _PROGRAMME = f"<{EUG}grant> <", f"<{EUG}programme> <"
_PART_OF = f"<{PREFIXES['dcterms']}isPartOf> <"
_IS_PROGRAMME = f"<{RDF_TYPE.value}> <{EUG}FundingProgramme>"
_LABEL = f"<{PREF_LABEL.value}> "


@dataclass(frozen=True, slots=True)
class Survey:
    """See the module. Everything is an IRI."""

    statements: Statements
    extent: Extent
    programmes: Mapping[str, list[str]]  # outermost programme -> projects described here

    def period(self) -> Period | None:
        """Return the period of all projects; None where no day is known."""
        return _period(self.extent.starts, self.extent.ends)

    def period_of(self, projects: Iterable[str]) -> Period | None:
        """Return the period of some projects; None where no day is known."""
        found = [_lines(self.statements, project) for project in projects]
        starts = [day for lines in found for day in days(lines, START)[:1]]
        return _period(starts, [day for lines in found for day in days(lines, END)[-1:]])


def survey(statements: Statements, extent: Extent, imported: frozenset[str]) -> Survey:
    """Look for the programmes of what is described here.

    Args:
        statements: all of them.
        extent: how far they reach.
        imported: names of the graphs whose statements nobody curates here, as N-Triples text.
    """
    programmes: dict[str, list[str]] = {}
    curated = (subject for subject, texts in statements.taken() if _is_curated(texts, imported))
    for project in sorted(subject[1:-1] for subject in curated if subject[0] == "<"):
        grants = _values(statements, project, _GRANT)
        under = {programme for grant in grants for programme in _values(statements, grant, _PROGRAMME)}
        for programme in sorted({_outermost(statements, one) for one in under}):
            programmes.setdefault(programme, []).append(project)
    return Survey(statements, extent, programmes)


def _is_curated(texts: Mapping[str, str], imported: frozenset[str]) -> bool:
    """Say whether a graph that is curated here says that something is a project."""
    return any(IS_PROJECT in text.split("\n") for graph, text in texts.items() if graph not in imported)


def _outermost(statements: Statements, programme: str) -> str:
    """Return the programme that a programme is a part of, and that is part of no other."""
    seen = {programme}
    while above := [
        one
        for one in sorted(_values(statements, programme, _PART_OF) - seen)
        if _IS_PROGRAMME in _lines(statements, one)
    ]:
        programme = above[0]
        seen.add(programme)
    return programme


def _values(statements: Statements, iri: str, start: str) -> set[str]:
    """Return the things that a thing points to by a property; lines with it begin with `start`."""
    return {line[len(start) : -1] for line in _lines(statements, iri) if line.startswith(start)}


def _lines(statements: Statements, iri: str) -> set[str]:
    return {*statements.of(f"<{iri}>").split("\n")}


def _period(starts: Iterable[str], ends: Iterable[str]) -> Period | None:
    start, end = min(starts, default=""), max(ends, default="")
    return Period(start=start, end=end) if start and end and start <= end else None


def name_of(statements: Statements, iri: str) -> str:
    """Return the English name of a thing; else any name, else the end of its IRI."""
    names = [line.removeprefix(_LABEL) for line in statements.of(f"<{iri}>").split("\n") if line.startswith(_LABEL)]
    names.sort(key=lambda name: (not name.endswith('"@en'), name))
    return literal(names[0]).value if names else iri.rpartition("/")[2]
