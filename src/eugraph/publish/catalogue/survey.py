"""What a catalogue has to know of the graph: one look over all statements.

Projects with their periods, the programmes that pay for them, the countries of those who take part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from eugraph.publish.catalogue.model import Period
from eugraph.publish.pages.terms import literal
from eugraph.publish.statements import Statements, split
from eugraph.vocab import COUNTRY, EUG, PREF_LABEL, PREFIXES, RDF_TYPE

_TYPE = f"<{RDF_TYPE.value}>"
_GRANT, _PROGRAMME, _COUNTRY = f"<{EUG}grant>", f"<{EUG}programme>", f"<{EUG}country>"
_START, _END, _PART_OF = f"<{EUG}startEarliest>", f"<{EUG}endLatest>", f"<{PREFIXES['dcterms']}isPartOf>"
_PROJECT, _FUNDING_PROGRAMME = f"<{EUG}Project>", f"<{EUG}FundingProgramme>"
_SEEN = tuple(f"{p} " for p in (_TYPE, _GRANT, _PROGRAMME, _COUNTRY, _START, _END, _PART_OF))
_LABEL = f"<{PREF_LABEL.value}> "


@dataclass(slots=True)
class Survey:
    """See the module. Everything is an IRI unless said otherwise."""

    starts: dict[str, str] = field(default_factory=dict)  # project -> first day
    ends: dict[str, str] = field(default_factory=dict)  # project -> last day
    countries: set[str] = field(default_factory=set)  # codes
    programmes: dict[str, list[str]] = field(default_factory=dict)  # outermost programme -> projects described here

    def period(self, projects: Iterable[str] | None = None) -> Period | None:
        """Return the period of some projects, or of all; None where no day is known."""
        wanted = None if projects is None else set(projects)
        starts = [day for iri, day in self.starts.items() if wanted is None or iri in wanted]
        ends = [day for iri, day in self.ends.items() if wanted is None or iri in wanted]
        return Period(start=min(starts), end=max(ends)) if starts and ends and min(starts) <= max(ends) else None


def survey(statements: Statements, imported: frozenset[str]) -> Survey:
    """Look over all statements.

    Args:
        statements: all of them.
        imported: names of the graphs whose statements nobody curates here, as N-Triples text.
    """
    found, values = Survey(), _Values()
    for subject, graph, text in statements.in_graphs():
        if subject[0] == "<":
            values.take(subject[1:-1], text, is_curated=graph not in imported)
    found.countries = {iri[len(COUNTRY) :] for iri in values.countries if iri.startswith(COUNTRY)}
    found.starts = {iri: min(days) for iri, days in values.starts.items() if iri in values.projects}
    found.ends = {iri: max(days) for iri, days in values.ends.items() if iri in values.projects}
    for project in sorted(values.curated):
        for programme in sorted({values.outermost(one) for one in values.paid_by(project)}):
            found.programmes.setdefault(programme, []).append(project)
    return found


class _Values:
    """What the statements that matter say, by predicate."""

    def __init__(self) -> None:
        self.projects: set[str] = set()
        self.curated: set[str] = set()  # projects described here
        self.countries: set[str] = set()
        self.starts: dict[str, list[str]] = {}
        self.ends: dict[str, list[str]] = {}
        self._programmes: set[str] = set()
        self._grants: dict[str, set[str]] = {}
        self._under: dict[str, set[str]] = {}
        self._parts: dict[str, set[str]] = {}

    def take(self, subject: str, text: str, *, is_curated: bool) -> None:
        """Take what one graph says of a subject."""
        for line in text.split("\n"):
            if not line.startswith(_SEEN):
                continue
            predicate, value = split(line)
            match predicate:
                case _ if predicate == _TYPE:
                    self._class(subject, value, is_curated=is_curated)
                case _ if predicate == _COUNTRY:
                    self.countries.add(value[1:-1])
                case _ if predicate == _START:
                    self.starts.setdefault(subject, []).append(_day(value))
                case _ if predicate == _END:
                    self.ends.setdefault(subject, []).append(_day(value))
                case _:
                    tables = {_GRANT: self._grants, _PROGRAMME: self._under, _PART_OF: self._parts}
                    tables[predicate].setdefault(subject, set()).add(value[1:-1])

    def _class(self, subject: str, value: str, *, is_curated: bool) -> None:
        if value == _PROJECT:
            self.projects.add(subject)
            if is_curated:
                self.curated.add(subject)
        elif value == _FUNDING_PROGRAMME:
            self._programmes.add(subject)

    def paid_by(self, project: str) -> Iterator[str]:
        """Yield the programmes of a project's grants."""
        for grant in self._grants.get(project, ()):
            yield from self._under.get(grant, ())

    def outermost(self, programme: str) -> str:
        """Return the programme that a programme is a part of, and that is part of no other."""
        seen = {programme}
        while above := sorted(self._parts.get(programme, set()) & self._programmes - seen):
            programme = above[0]
            seen.add(programme)
        return programme


def _day(value: str) -> str:
    return value[1:11]  # of "2017-01-01"^^<…>


def name_of(statements: Statements, iri: str) -> str:
    """Return the English name of a thing; else any name, else the end of its IRI."""
    names = [line.removeprefix(_LABEL) for line in statements.of(f"<{iri}>").split("\n") if line.startswith(_LABEL)]
    names.sort(key=lambda name: (not name.endswith('"@en'), name))
    return literal(names[0]).value if names else iri.rpartition("/")[2]
