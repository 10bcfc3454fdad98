"""The reports that researchers ask of much data, worked out in plain Python where nothing is described twice."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_FLOOR, Decimal
from itertools import combinations

from independent.model import (
    BASE,
    BROADER,
    COUNTRY,
    LABEL,
    NOTATION,
    PAGE,
    PART_OF,
    PUBLISHER,
    SOURCE,
    TITLE,
    Model,
    number,
)

Row = tuple[str, ...]
KEYWORD = "http://www.w3.org/ns/dcat#keyword"
ISSUED = "http://purl.org/dc/terms/issued"
PUBLICATION = "https://w3id.org/eugraph/scheme/result-kind#publication"


def partner_search(model: Model, topic: str, country: str = "") -> list[Row]:
    on_topic = {project for project in model.things("Project") if _is_on(model, project, topic.lower())}
    found: dict[str, list[str]] = defaultdict(list)
    for participation, project, organisation in model.participations:
        if project in on_topic and _is_in(model, organisation, country):
            found[organisation].append(participation)
    rows: list[tuple[int, Decimal, Row]] = []
    for organisation, held in found.items():
        projects = {p for one in held for p in model.iris(one, "participatesIn")}
        led = {p for one in held for p in model.iris(one, "participatesIn") if _leads(model, one)}
        amounts = [amount for one in held if (amount := _net(model, one)) is not None]
        last = max((model.cell(project, "startEarliest") for project in projects), default="")
        row = (
            *_named(model, organisation),
            str(len(projects)),
            str(len(led)),
            number(sum(amounts, Decimal(0))) if amounts else "",
            last,
        )
        rows.append((-len(projects), -sum(amounts, Decimal(0)), row))
    return [row for *_, row in sorted(rows, key=lambda item: (item[0], item[1], item[2][1], item[2][0]))]


def _is_on(model: Model, project: str, topic: str) -> bool:
    texts = [*model.values(project, KEYWORD), *model.values(project, TITLE)]
    above = {upper for field in model.iris(project, "fieldOfScience") for upper in _above(model, field, BROADER)}
    texts += [label for field in above for label in model.values(field, LABEL)]
    calls = {call for grant in model.iris(project, "grant") for call in model.iris(grant, "call")}
    codes = [code for call in calls for code in (*model.values(call, LABEL), *model.values(call, NOTATION))]
    return any(topic in text.text.lower() for text in texts) or any(c.text.lower().startswith(topic) for c in codes)


def partner_network(model: Model, organisation: str, min: str = "0") -> list[Row]:  # noqa: A002  the query's name for it
    mine = {u for _, u, o in model.participations if o == _iri(organisation)}
    members: dict[str, set[str]] = defaultdict(set)
    for _, undertaking, other in model.participations:
        if undertaking in mine:
            members[undertaking].add(other)
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for undertaking, present in members.items():
        for pair in combinations(sorted(present), 2):
            shared[pair].add(undertaking)
    rows = []
    for (first, second), together in shared.items():
        years = sorted(start[:4] for u in together if (start := model.cell(u, "startEarliest")))
        if len(together) >= int(min):
            period = (years[0], years[-1]) if years else ("", "")
            row = (first, model.name(first), second, model.name(second), str(len(together)), *period)
            rows.append((-len(together), row))
    return [row for _, row in sorted(rows, key=lambda item: (item[0], item[1][1], item[1][0], item[1][3], item[1][2]))]


def money_by_country_and_year(model: Model, country: str = "") -> list[Row]:
    found: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for participation, undertaking, organisation in model.participations:
        if (amount := _net(model, participation)) is not None and _is_in(model, organisation, country):
            year = model.cell(undertaking, "startEarliest")[:4] or "unknown"
            found[model.cell(organisation, "country"), year].append(amount)
    rows = [
        (place, _place(model, place), year, str(len(amounts)), number(sum(amounts, Decimal(0))))
        for (place, year), amounts in found.items()
    ]
    return sorted(rows, key=lambda row: (row[1], row[0], row[2]))


def coordinators_by_field(model: Model, field: str, country: str = "") -> list[Row]:
    found: dict[str, set[str]] = defaultdict(set)
    for project in model.things("Project"):
        above = {upper for tag in model.iris(project, "fieldOfScience") for upper in _above(model, tag, BROADER)}
        for organisation in model.iris(project, "coordinator") if _iri(field) in above else ():
            if _is_in(model, organisation, country):
                found[organisation].add(project)
    rows: list[tuple[int, Decimal, Row]] = []
    for organisation, projects in found.items():
        grants = {grant for project in projects for grant in model.iris(project, "grant")}
        amounts = [
            Decimal(amount.text)
            for grant in grants
            for amount in model.values(grant, "euContribution")
            if model.cell(grant, "currency") in ("", "EUR")
        ]
        starts = sorted(start for project in projects if (start := model.cell(project, "startEarliest")))
        total = sum(amounts, Decimal(0))
        period = (starts[0], starts[-1]) if starts else ("", "")
        row = (*_named(model, organisation), str(len(projects)), number(total) if amounts else "", *period)
        rows.append((-len(projects), -total, row))
    return [row for *_, row in sorted(rows, key=lambda item: (item[0], item[1], item[2][1], item[2][0]))]


def publications(model: Model, project: str) -> list[Row]:
    rows: list[Row] = []
    for result in model.iris(_iri(project), "result"):
        kinds = model.iris(result, "resultKind")
        if not any(PUBLICATION in _above(model, kind, BROADER) for kind in kinds) and (
            kinds or not model.values(result, "doi")
        ):
            continue
        titles = sorted((title.language != "en", title.text) for title in model.values(result, TITLE))
        kind = min((_english_or_code(model, kind) for kind in kinds), default="")
        cells = (model.cell(result, prop) for prop in ("authors", "journal", ISSUED, "doi"))
        page = min((page.text for page in model.values(result, PAGE)), default="")
        rows.append((result, titles[0][1] if titles else model.name(result), kind, *cells, page))
    rows.sort(key=lambda row: (row[1], row[0]))
    return sorted(rows, key=lambda row: row[5], reverse=True)


def _english_or_code(model: Model, concept: str) -> str:
    return model.english(concept) or concept.partition("#")[2]


def new_entrants(model: Model, year: str, within: str = "", country: str = "") -> list[Row]:
    counted = {p for p in model.things("Project") if model.cell(p, "startEarliest") and _is_paid(model, p, within)}
    taken: dict[str, set[str]] = defaultdict(set)
    for _, project, organisation in model.participations:
        if project in counted:
            taken[organisation].add(project)
    rows: list[tuple[int, Row]] = []
    for organisation, projects in taken.items():
        first = min(model.cell(project, "startEarliest") for project in projects)
        if first[:4] == year and _is_in(model, organisation, country):
            led = [project for project in projects if organisation in model.iris(project, "coordinator")]
            row = (*_named(model, organisation), first, str(len(projects)), str(len(led)))
            rows.append((-len(projects), row))
    return [row for _, row in sorted(rows, key=lambda item: (item[0], item[1][3], item[1][1], item[1][0]))]


def funding_concentration(model: Model, within: str = "") -> list[Row]:
    money: dict[str, Decimal] = defaultdict(Decimal)
    for participation, undertaking, organisation in model.participations:
        amount = _net(model, participation)
        if amount is not None and _is_paid(model, undertaking, within):
            money[organisation] += amount
    by_place: dict[str, list[Decimal]] = defaultdict(list)
    for organisation, amount in money.items():
        if amount > 0:
            by_place[model.cell(organisation, "country")].append(amount)
    rows: list[tuple[Decimal, Row]] = []
    for place, amounts in by_place.items():
        total, squares = sum(amounts, Decimal(0)), sum((amount * amount for amount in amounts), Decimal(0))
        shares = (_rounded(max(amounts) / total, 4), _rounded(squares / (total * total), 4))
        equals = _rounded(total * total / squares, 1)
        rows.append((-total, (place, _place(model, place), str(len(amounts)), number(total), *shares, equals)))
    return [row for _, row in sorted(rows, key=lambda item: (item[0], item[1][1], item[1][0]))]


def unlisted_projects(model: Model, organisation: str) -> list[Row]:
    mine, own = _iri(organisation), set()
    for page in model.having(PUBLISHER):
        if mine in model.iris(page, PUBLISHER):
            for statement in model.subjects(SOURCE, page):
                own |= {
                    statement,
                    *(v for p in ("participatesIn", "subject", "value") for v in model.iris(statement, p)),
                }
    rows: list[Row] = []
    for participation, project, member in model.participations:
        if member != mine or project in own or project not in model.things("Project"):
            continue
        grant = model.cell(project, "grant")
        roles = [_english_or_code(model, role) for role in model.iris(participation, "role")] or [""]
        cells = (model.cell(grant, "grantNumber"), model.cell(project, "acronym"), model.name(project))
        period = (model.cell(project, "startDate"), model.cell(project, "endDate"))
        rows += [
            (project, *cells, *period, role, source, "false")
            for role in roles
            for source in model.iris(participation, SOURCE) or [""]
        ]
    return sorted(rows, key=lambda row: (row[3], row[0], row[6], row[7]))


def _iri(text: str) -> str:
    return text if ":" in text else BASE + text


def _named(model: Model, organisation: str) -> tuple[str, str, str]:
    return organisation, model.name(organisation), model.country(organisation)


def _place(model: Model, place: str) -> str:
    return model.english(place) or place.rpartition("/")[2] or "(not known)"


def _is_in(model: Model, organisation: str, country: str) -> bool:
    return not country or model.cell(organisation, "country") == COUNTRY + country


def _leads(model: Model, participation: str) -> bool:
    return any(role.endswith("/role#coordinator") for role in model.iris(participation, "role"))


def _net(model: Model, participation: str) -> Decimal | None:
    """What was kept of the EU money, in euros; None where none is stated."""
    amount = model.one(participation, "netEuContribution")
    return Decimal(amount.text) if amount and model.cell(participation, "currency") in ("", "EUR") else None


def _is_paid(model: Model, project: str, within: str) -> bool:
    """Tell whether a programme, or a part of it, paid a project; true where no programme is asked for."""
    paying = {payer for grant in model.iris(project, "grant") for payer in model.iris(grant, "programme")}
    return not within or any(_iri(within) in _above(model, payer, PART_OF) for payer in paying)


def _above(model: Model, thing: str, prop: str) -> set[str]:
    """A thing and all that stand above it by a property."""
    found: set[str] = set()
    waiting: list[str] = [thing]
    while waiting:
        if (current := waiting.pop()) not in found:
            found.add(current)
            waiting += model.iris(current, prop)
    return found


def _rounded(value: Decimal, digits: int) -> str:
    """Round as SPARQL does: a half goes up.

    Spec: XPath and XQuery Functions 3.1 §4.4.4, <https://www.w3.org/TR/xpath-functions-31/#func-round>.
    """
    scale = Decimal(10) ** digits
    return number((value * scale + Decimal("0.5")).to_integral_value(ROUND_FLOOR) / scale)


REPORTS = (
    coordinators_by_field,
    funding_concentration,
    money_by_country_and_year,
    new_entrants,
    partner_network,
    partner_search,
    publications,
    unlisted_projects,
)
