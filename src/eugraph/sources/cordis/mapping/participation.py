"""Participations, from the table `organization`; what it says of the organisations themselves goes to `Organisations`."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.identifiers import is_pic
from eugraph.sources.cordis.lists import ROLES
from eugraph.sources.cordis.mapping.context import Context, Counting, Rows
from eugraph.sources.cordis.mapping.known_projects import KnownProject, KnownProjects
from eugraph.sources.cordis.mapping.organisation import COLUMNS, Organisations
from eugraph.sources.cordis.nquads_text import BOOLEAN, DECIMAL, INTEGER, predicate, slug
from eugraph.sources.cordis.tables import ORGANIZATION
from eugraph.sources.cordis.values import euros, truth
from eugraph.vocab import PREFIXES, term

_TALLIED = ("role", "activityType", "country", "SME", "endOfParticipation")
_NOT_TAKEN = ("active", "contactForm", "departmentName", "postBox")
_OWN = ("projectID", "organisationID", "order", "role", "ecContribution", "netEcContribution", "totalCost")
_MISSED = {
    "SME": kinds.NO_SME_FLAG,
    "country": kinds.NO_COUNTRY,
    "nutsCode": kinds.NO_NUTS,
    "geolocation": kinds.NO_GEOLOCATION,
}
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
_ROLE = predicate("eug:role")


class Participations:
    """Maps the rows of participants; at the end enters what the participants of one project tell together."""

    def __init__(self, context: Context, known: KnownProjects, organisations: Organisations) -> None:
        self._context, self._known, self._organisations = context, known, organisations
        self._seen: dict[str, int] = {}  # <project>/<organisation>/<role>-<order> -> hash of the row
        self.sums = {"ecContribution": 0, "netEcContribution": 0, "totalCost": 0}  # cents

    def read(self, file: str, rows: Rows) -> None:
        """Map the rows of one file."""
        context, ledger, base, end = self._context, self._context.ledger, self._context.base, self._context.end
        seen, sums, known = self._seen, self.sums, self._known
        own = itemgetter(*map(ORGANIZATION.columns.index, _OWN))
        of_organisation = itemgetter(*map(ORGANIZATION.columns.index, COLUMNS))
        tallied_of = itemgetter(*map(ORGANIZATION.columns.index, _TALLIED))
        left_out_of = itemgetter(*map(ORGANIZATION.columns.index, _NOT_TAKEN))
        together: dict[tuple[str, ...], list[int]] = {}  # values of the tallied columns -> count, first line
        left_out = [Counting() for _ in _NOT_TAKEN]
        ended_at = ORGANIZATION.columns.index("endOfParticipation")
        missed = itemgetter(*map(ORGANIZATION.columns.index, _MISSED))
        small_and_kind = itemgetter(*map(ORGANIZATION.columns.index, ("SME", "activityType", "geolocation")))
        updated_at = ORGANIZATION.columns.index("contentUpdateDate")
        roles = {code: (slug_of(code), f"{_ROLE}<{PREFIXES['role']}{concept}>") for code, concept in ROLES.items()}
        common = f"{_STATED}{end}", f"{_SOURCE}{context.source}{end}"
        for line, raw in rows:
            values = list(map(str.strip, raw))
            number, pic, order, role_code, paid_text, net_text, cost_text = own(values)
            if not number.isdecimal():
                ledger.add(kinds.NO_PROJECT_NUMBER, file, line, column="projectID", value=number)
                continue
            organisation = pic if is_pic(pic) else slug(pic)
            if not organisation:
                ledger.add(kinds.NO_IDENTIFIER, file, line, about=number, column="organisationID", value=pic)
                continue
            role = roles.get(role_code)
            if role is None:
                ledger.add(kinds.UNKNOWN_CODE, file, line, about=number, column="role", value=role_code)
                role = roles["participant"]
            place = order.lstrip("0") or "0" if order.isdecimal() else ""
            if not place and order:
                ledger.add(kinds.WRONG_ORDER, file, line, about=number, column="order", value=order)
            key = f"{number}/{organisation}/{role[0]}" + (f"-{place}" if place else "")
            mark = hash(tuple(values))
            if key in seen:
                kind = kinds.REPEATED_ROW if seen[key] == mark else kinds.CONTRADICTING_ROW
                ledger.add(kind, file, line, about=key)
                continue
            seen[key] = mark
            tallied = tallied_of(values)
            try:
                together[tallied][0] += 1
            except KeyError:
                together[tallied] = [1, line]
            if any(left_out_of(values)):
                for value, counting in zip(left_out_of(values), left_out, strict=True):
                    counting.add(value, line)
            if values[updated_at]:
                context.update(values[updated_at])
            project = known.get(number, file, line)
            here = f"<{base}participation/{key}>"
            text = (
                f"{here}{_TYPE}{end}{here}{_IN}<{base}project/{number}>{end}"
                f"{here}{_OF}<{base}organisation/{organisation}>{end}{here}{role[1]}{end}"
                f"{here}{common[0]}{here}{common[1]}"
            )
            if place:
                text += f'{here}{_ORDER}"{place}{INTEGER}{end}'
            money = ""
            paid = context.amount(paid_text, file, line, key, "ecContribution")
            if paid:
                money = f'{here}{_EU}"{paid[0]}{DECIMAL}{end}'
                sums["ecContribution"] += paid[1]
                project.parts = (project.parts or 0) + paid[1]
            elif not paid_text:
                ledger.add(kinds.NO_CONTRIBUTION, file, line, about=key, column="ecContribution", note=role_code)
            net = context.amount(net_text, file, line, key, "netEcContribution")
            if net:
                money += f'{here}{_NET}"{net[0]}{DECIMAL}{end}'
                sums["netEcContribution"] += net[1]
                project.net = (project.net or 0) + net[1]
            elif not net_text:
                ledger.add(kinds.NO_NET_CONTRIBUTION, file, line, about=key, column="netEcContribution", note=role_code)
            cost = context.amount(cost_text, file, line, key, "totalCost")
            if cost and cost[1]:
                money += f'{here}{_COST}"{cost[0]}{DECIMAL}{end}'
                sums["totalCost"] += cost[1]
            elif cost:
                ledger.add(kinds.COST_NOT_STATED, file, line, about=key, column="totalCost", value=cost_text)
            elif not cost_text:
                ledger.add(kinds.NO_COST, file, line, about=key, column="totalCost", note=role_code)
            if money:
                text += f"{money}{here}{_CURRENCY}{end}"
            if role_code == "coordinator":
                project.coordinators += 1
            left = values[ended_at]
            if left and (truth_of := truth(left)) != "false":
                if truth_of:
                    text += f"{here}{_LEFT}{end}"
                else:
                    ledger.add(kinds.WRONG_TRUTH_VALUE, file, line, about=key, column="endOfParticipation", value=left)
            if not all(missed(values)):
                for column, value in zip(_MISSED, missed(values), strict=True):
                    if not value:
                        ledger.add(_MISSED[column], file, line, about=key, column=column)
            small, activity, point = small_and_kind(values)
            if activity in _PUBLIC and truth(small) == "true":
                ledger.add(kinds.SME_PUBLIC, file, line, about=key, column="SME", note=activity)
            if " " in point:
                became = point.replace(" ", "")
                ledger.add(
                    kinds.GEOLOCATION_SPACES, file, line, about=key, column="geolocation", value=point, became=became
                )
            context.write(text)
            self._organisations.add(organisation, of_organisation(values), key, file, line)
        for at, column in enumerate(_TALLIED):
            context.tallies.add("organization", column, Counting.of(together, at), file)
        for counting, column in zip(left_out, _NOT_TAKEN, strict=True):
            context.not_taken_column("organization", column, counting, file)

    def finish(self) -> None:
        """Enter sums that differ, organisations and places that come twice, and projects without one coordinator."""
        context = self._context
        context.count("participation", len(self._seen))
        for number, keys in groupby(sorted(self._seen), key=lambda key: key.partition("/")[0]):
            project = self._known.by_number[number]
            self._enter_sums(number, project)
            self._enter_twice(number, project, [key.split("/")[1:] for key in keys])

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
        split = [(organisation, *role.rpartition("-")[::2]) for organisation, role in keys]
        for kind, column, found in (
            (kinds.ORGANISATION_TWICE, "organisationID", [organisation for organisation, _, _ in split]),
            (kinds.ROLE_TWICE, "role", [f"{organisation} {role}" for organisation, role, _ in split]),
            (kinds.ORDER_REPEATS, "order", [place for _, _, place in split]),
        ):
            if len(found) != len(set(found)):
                twice = sorted({value for value in found if found.count(value) > 1})
                add(kind, file, line, about=number, column=column, value=" | ".join(twice))


def slug_of(role: str) -> str:
    """Return the last part of the address for a role: `associated-partner`, as curated files have it."""
    concept = ROLES[role]
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in concept)
