"""Participations, from the table `organization`; what it says of organisations themselves goes to `Organisations`."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.identifiers import is_pic
from eugraph.sources.cordis.lists import ROLES
from eugraph.sources.cordis.mapping.context import Context, Counting, Rows
from eugraph.sources.cordis.mapping.known_projects import KnownProject, KnownProjects
from eugraph.sources.cordis.mapping.organisation import COLUMNS, Organisations
from eugraph.sources.cordis.nquads_text import BOOLEAN, DECIMAL, INTEGER, predicate, slug
from eugraph.sources.cordis.tables import ORGANIZATION
from eugraph.sources.cordis.values import decimals, euros, truth
from eugraph.vocab import PREFIXES, term

_TALLIED = ("role", "activityType", "country", "SME", "endOfParticipation")
_AMOUNTS = ("ecContribution", "netEcContribution", "totalCost")
_NOT_TAKEN = ("active", "contactForm", "departmentName", "postBox")
_PUBLIC = ("HES", "PUB")

_TYPE = f"{predicate('rdf:type')}{term('eug:Participation')}"
_IN = predicate("eug:participatesIn")
_OF = predicate("eug:organisation")
_ORDER = predicate("eug:order")
_EU = predicate("eug:euContribution")
_NET = predicate("eug:netEuContribution")
_COST = predicate("eug:totalCost")
_CURRENCY = f'{predicate("eug:currency")}"EUR"'
_LEFT = f'{predicate("eug:endedEarly")}"true{BOOLEAN}'
_STATED = f"{predicate('eug:confidence')}{term('confidence:stated')}"
_SOURCE = predicate("dcterms:source")
_ROLE = f"{predicate('eug:role')}<{PREFIXES['role']}"


class Row(NamedTuple):
    """The cells of a row that are looked at here, under the names of their columns."""

    projectID: str  # noqa: N815 - the names of the columns
    organisationID: str  # noqa: N815
    order: str
    role: str
    ecContribution: str  # noqa: N815
    netEcContribution: str  # noqa: N815
    totalCost: str  # noqa: N815
    endOfParticipation: str  # noqa: N815
    contentUpdateDate: str  # noqa: N815
    SME: str
    activityType: str  # noqa: N815
    country: str
    nutsCode: str  # noqa: N815
    geolocation: str


class Participations:
    """Maps the rows of participants; at the end enters what the participants of one project tell together."""

    def __init__(self, context: Context, known: KnownProjects, organisations: Organisations) -> None:
        self._context, self._known, self._organisations = context, known, organisations
        self._seen: dict[str, int] = {}  # <project>/<organisation>/<role>-<order> -> hash of the row
        self.sums = {"ecContribution": 0, "netEcContribution": 0, "totalCost": 0}  # cents

    def read(self, file: str, rows: Rows) -> None:
        """Map the rows of one file."""
        context = self._context
        own, tallied_of, amounts_of, left_out_of, of_organisation = (
            itemgetter(*map(ORGANIZATION.columns.index, columns))
            for columns in (Row._fields, _TALLIED, _AMOUNTS, _NOT_TAKEN, COLUMNS)
        )
        together: dict[tuple[str, ...], list[int]] = {}  # values of the tallied columns -> count, first line
        left_out = [Counting() for _ in _NOT_TAKEN]
        for line, raw in rows:
            values = list(map(str.strip, raw))
            row = Row._make(own(values))
            key = self._key(row, hash(tuple(values)), file, line)
            if not key:
                continue
            tallied = (*tallied_of(values), str(len(row.nutsCode)), *map(decimals, amounts_of(values)))
            if tallied in together:
                together[tallied][0] += 1
            else:
                together[tallied] = [1, line]
            if any(left_out_of(values)):
                for value, counting in zip(left_out_of(values), left_out, strict=True):
                    counting.add(value, line)
            context.update(row.contentUpdateDate)
            self._write(key, row, file, line)
            self._look(key, row, file, line)
            self._organisations.add(key.split("/")[1], of_organisation(values), key, file, line)
        for at, column in enumerate(
            (*_TALLIED, "length of nutsCode", *(f"decimals of {amount}" for amount in _AMOUNTS))
        ):
            context.tallies.add("organization", column, Counting.of(together, at), file)
        for counting, column in zip(left_out, _NOT_TAKEN, strict=True):
            context.not_taken_column("organization", column, counting, file)

    def _key(self, row: Row, mark: int, file: str, line: int) -> str:
        """Return the end of the participation's address; "" of a row that has none, or that came before."""
        add, number, order = self._context.ledger.add, row.projectID, row.order
        if not number.isdecimal():
            add(kinds.NO_PROJECT_NUMBER, file, line, column="projectID", value=number)
            return ""
        organisation = row.organisationID if is_pic(row.organisationID) else slug(row.organisationID)
        if not organisation:
            add(kinds.NO_IDENTIFIER, file, line, about=number, column="organisationID", value=row.organisationID)
            return ""
        if row.role not in ROLES:
            add(kinds.UNKNOWN_ROLE, file, line, about=number, column="role", value=row.role, became="participant")
        key = f"{number}/{organisation}/{_SLUGS.get(row.role, 'participant')}"
        if order.isdecimal():
            key = f"{key}-{int(order)}"
        elif order:
            add(kinds.WRONG_ORDER, file, line, about=number, column="order", value=order)
        if key in self._seen:
            same = self._seen[key] == mark
            add(kinds.REPEATED_ROW if same else kinds.CONTRADICTING_ROW, file, line, about=key)
            return ""
        self._seen[key] = mark
        return key

    def _write(self, key: str, row: Row, file: str, line: int) -> None:
        context, base, end = self._context, self._context.base, self._context.end
        project = self._known.get(row.projectID, file, line)
        project.coordinators += row.role == "coordinator"
        here = f"<{base}participation/{key}>"
        number, organisation, _ = key.split("/")
        text = (
            f"{here}{_TYPE}{end}{here}{_IN}<{base}project/{number}>{end}"
            f"{here}{_OF}<{base}organisation/{organisation}>{end}"
            f"{here}{_ROLE}{ROLES.get(row.role, 'participant')}>{end}"
            f"{here}{_STATED}{end}{here}{_SOURCE}{context.source}{end}"
        )
        if row.order.isdecimal():
            text += f'{here}{_ORDER}"{int(row.order)}{INTEGER}{end}'
        if money := self._money(here, key, row, project, file, line):
            text += f"{money}{here}{_CURRENCY}{end}"
        left = truth(row.endOfParticipation)
        if left == "true":
            text += f"{here}{_LEFT}{end}"
        elif not left and row.endOfParticipation:
            context.ledger.add(
                kinds.WRONG_TRUTH_VALUE,
                file,
                line,
                about=key,
                column="endOfParticipation",
                value=row.endOfParticipation,
            )
        context.write(text)

    def _money(self, here: str, key: str, row: Row, project: KnownProject, file: str, line: int) -> str:
        context, add, end, sums = self._context, self._context.ledger.add, self._context.end, self.sums
        text = ""
        if paid := context.amount(row.ecContribution, file, line, key, "ecContribution"):
            text = f'{here}{_EU}"{paid[0]}{DECIMAL}{end}'
            sums["ecContribution"] += paid[1]
            project.parts = (project.parts or 0) + paid[1]
        elif not row.ecContribution:
            add(kinds.NO_CONTRIBUTION, file, line, about=key, column="ecContribution", note=row.role)
        if net := context.amount(row.netEcContribution, file, line, key, "netEcContribution"):
            text += f'{here}{_NET}"{net[0]}{DECIMAL}{end}'
            sums["netEcContribution"] += net[1]
            project.net = (project.net or 0) + net[1]
        elif not row.netEcContribution:
            add(kinds.NO_NET_CONTRIBUTION, file, line, about=key, column="netEcContribution", note=row.role)
        cost = context.amount(row.totalCost, file, line, key, "totalCost")
        if cost and cost[1]:
            text += f'{here}{_COST}"{cost[0]}{DECIMAL}{end}'
            sums["totalCost"] += cost[1]
        elif cost:
            add(kinds.COST_NOT_STATED, file, line, about=key, column="totalCost", value=row.totalCost)
        elif not row.totalCost:
            add(kinds.NO_COST, file, line, about=key, column="totalCost", note=row.role)
        return text

    def _look(self, key: str, row: Row, file: str, line: int) -> None:
        """Enter what a row does not say of the organisation, or says oddly; what it says is gathered elsewhere."""
        add = self._context.ledger.add
        if not (row.SME and row.country and row.nutsCode and row.geolocation):
            for column, kind in _MISSED.items():
                if not getattr(row, column):
                    add(kind, file, line, about=key, column=column)
        if row.activityType in _PUBLIC and truth(row.SME) == "true":
            add(kinds.SME_PUBLIC, file, line, about=key, column="SME", note=row.activityType)
        if " " in row.geolocation:
            point = row.geolocation
            became = "".join(point.split())
            add(kinds.GEOLOCATION_SPACES, file, line, about=key, column="geolocation", value=point, became=became)

    def finish(self) -> None:
        """Enter sums that differ, organisations and places that come twice, and projects without one coordinator."""
        self._context.count("participation", len(self._seen))
        for number, keys in groupby(sorted(self._seen), key=lambda key: key.partition("/")[0]):
            project, parted = self._known.by_number[number], [key.split("/")[1:] for key in keys]
            self._context.tallies.add_one(
                "organization", "participants of a project", str(len(parted)), project.file, project.line
            )
            self._enter_sums(number, project)
            self._enter_twice(number, project, parted)

    def _enter_sums(self, number: str, project: KnownProject) -> None:
        add, file, line = self._context.ledger.add, project.file, project.line
        if project.coordinators != 1 and project.has_row:
            note = f"{project.coordinators} coordinators"
            add(kinds.NOT_ONE_COORDINATOR, file, line, about=number, note=note)
        if project.whole is None:
            return
        for kind, column, parts in (
            (kinds.PARTS_DO_NOT_ADD_UP, "ecContribution", project.parts),
            (kinds.NET_DOES_NOT_ADD_UP, "netEcContribution", project.net),
        ):
            if parts is not None and parts != project.whole:
                note = f"ecMaxContribution {euros(project.whole)}"
                add(kind, file, line, about=number, column=column, value=euros(parts), note=note)

    def _enter_twice(self, number: str, project: KnownProject, keys: list[list[str]]) -> None:
        add, file, line = self._context.ledger.add, project.file, project.line
        split = [(organisation, *_parted(role)) for organisation, role in keys]
        for kind, column, found in (
            (kinds.ORGANISATION_TWICE, "organisationID", [organisation for organisation, _, _ in split]),
            (kinds.ROLE_TWICE, "role", [f"{organisation} {role}" for organisation, role, _ in split]),
            (kinds.ORDER_REPEATS, "order", [place for _, _, place in split if place]),
        ):
            if len(found) != len(set(found)):
                twice = sorted({value for value in found if found.count(value) > 1})
                add(kind, file, line, about=number, column=column, value=" | ".join(twice))


def _parted(role: str) -> tuple[str, str]:
    """Return the role and the place in the list, "" where there is none, of the end of an address."""
    name, _, place = role.rpartition("-")
    return (name, place) if place.isdecimal() else (role, "")


def _slug(concept: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in concept)


_SLUGS = {code: _slug(concept) for code, concept in ROLES.items()}  # `associated-partner`, as curated files have it
_MISSED = {
    "SME": kinds.NO_SME_FLAG,
    "country": kinds.NO_COUNTRY,
    "nutsCode": kinds.NO_NUTS,
    "geolocation": kinds.NO_GEOLOCATION,
}
