"""Every bundled report, worked out from the model in plain Python, its rows as SPARQL's CSV format shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from itertools import combinations, product

from independent import researchers
from independent.model import (
    BASE,
    BROADER,
    COUNTRY,
    DESCRIPTION,
    EUG,
    HOMEPAGE,
    MATCH,
    PAGE,
    PART_OF,
    SOURCE,
    TITLE,
    Model,
    Term,
    number,
)

Row = tuple[str, ...]

UNDERTAKINGS = ("Activity", "Network", "Partnership", "Platform", "Project")
RULE = (
    "best confidence, then best rank of the source, then latest date, then an exact value, then first in the alphabet; "
    "never an unverified value or an amount that is not in EUR"
)


def projects(model: Model, within: str = "", since: str = "", until: str = "9999-12-31") -> list[Row]:
    rows: list[Row] = []
    for project in model.things("Project"):
        grant = model.cell(project, "grant")
        named = model.iris(grant, "programme")
        if within and not any(_iri(within) in _above(model, programme, PART_OF) for programme in named):
            continue
        if not _is_begun(model, project, since, until):
            continue
        upper = {above for programme in named for above in _above(model, programme, PART_OF) - {programme}}
        programmes = [programme for programme in named if programme not in upper]
        rows.append(
            (
                project,
                model.cell(project, "acronym"),
                model.name(project),
                model.cell(project, "startDate"),
                model.cell(project, "endDate"),
                model.cell(grant, "euContribution"),
                model.cell(grant, "totalCost"),
                model.cell(grant, "currency"),
                min(_rough(model, grant, ("euContribution", "totalCost")), default=""),
                min((model.name(programme) for programme in programmes), default=""),
                model.cell(grant, "grantNumber"),
            )
        )
    return sorted(rows, key=lambda row: (row[2], row[0]))


def _rough(model: Model, grant: str, kinds: tuple[str, ...]) -> set[str]:
    """How rough the shown amounts of a grant are: "about", "over"…; nothing where they are exact."""
    shown = set(model.iris(grant, "preferredClaim"))
    claims = [
        claim for claim in model.claims if claim.iri in shown and claim.property in {EUG + kind for kind in kinds}
    ]
    return {claim.comparator for claim in claims} - {"exactly"}


def project_card(model: Model, project: str) -> list[Row]:
    project = _iri(project)
    grant = model.cell(project, "grant")
    rows: list[tuple[int, str, str, str]] = []

    def literals(line: int, label: str, thing: str, prop: str) -> None:
        for value in model.values(thing, prop):
            if value.language in ("", "en"):
                rows.append((line, label, value.cell, ""))

    def things(line: int, label: str, thing: str, prop: str) -> None:
        rows.extend((line, label, model.name(value), value) for value in model.iris(thing, prop))

    def pages(line: int, label: str, thing: str, prop: str) -> None:
        rows.extend((line, label, value, value) for value in model.iris(thing, prop))

    if model.name(project) != project:
        rows.append((1, "Name", model.name(project), ""))
    literals(2, "Acronym", project, "acronym")
    literals(3, "Official title", project, TITLE)
    literals(4, "Description", project, DESCRIPTION)
    things(5, "Status", project, "status")
    literals(6, "Start", project, "startDate")
    literals(7, "End", project, "endDate")
    literals(8, "Duration (months)", project, "durationMonths")
    things(9, "Coordinator", project, "coordinator")
    members = {organisation for _, undertaking, organisation in model.participations if undertaking == project}
    countries = {country for organisation in members for country in model.iris(organisation, "country")}
    rows += [(10, "Organisations taking part", str(len(members)), "")] if members else []
    rows += [(11, "Countries taking part", str(len(countries)), "")] if countries else []
    money = ("EU contribution", "In-kind contribution", "Other contribution", "Total cost", "Budget")
    kinds = ("euContribution", "inKindContribution", "otherContribution", "totalCost", "budget")
    for line, (label, kind) in enumerate(zip(money, kinds, strict=True), 12):
        amount, currency = model.cell(grant, kind), model.cell(grant, "currency")
        rows += [(line, label, f"{amount} {currency}", "")] if amount and currency else []
    literals(17, "Grant number", grant, "grantNumber")
    literals(18, "Signed", grant, "signatureDate")
    things(19, "Programme", grant, "programme")
    things(20, "Call", grant, "call")
    things(21, "Funding scheme", grant, "fundingScheme")
    things(22, "Funder", grant, "funder")
    pages(23, "DOI of the grant", grant, "doi")
    things(24, "Disease", project, "studies")
    things(25, "Field of science", project, "fieldOfScience")
    things(26, "Part of", project, PART_OF)
    things(27, "Predecessor", project, "predecessor")
    things(28, "Successor", project, "successor")
    pages(29, "Website", project, HOMEPAGE)
    pages(30, "Other page", project, PAGE)
    return [(str(line), *rest) for line, *rest in sorted(rows, key=lambda row: (row[0], row[2], row[3]))]


def partners(model: Model, organisation: str, since: str = "") -> list[Row]:
    mine = {u for u in _taken_part(model)[_iri(organisation)] if (model.cell(u, "endLatest") or "9999-12-31") >= since}
    rows: list[tuple[int, Row]] = []
    for partner, theirs in _taken_part(model).items():
        if partner != _iri(organisation) and (shared := mine & theirs):
            inside = len(shared & set(model.things("Project")))
            years = sorted(start[:4] for u in shared if (start := model.cell(u, "startEarliest")))
            period = (years[0], years[-1]) if years else ("", "")
            row = (partner, model.name(partner), model.country(partner), str(len(shared)), str(inside), *period)
            rows.append((-len(shared), row))
    return [row for _, row in sorted(rows, key=lambda item: (item[0], item[1][1], item[1][0]))]


def shared_undertakings(model: Model, organisation: str, partner: str = "") -> list[Row]:
    me = _iri(organisation)
    rows = [
        (other, model.name(other), u, model.name(u), model.cell(u, "startDate"), model.cell(u, "endDate"))
        for other, theirs in _taken_part(model).items()
        if other != me and (not partner or other == _iri(partner))
        for u in theirs & _taken_part(model)[me]
    ]
    return sorted(rows, key=lambda row: (row[1], row[0], row[3], row[2]))


def collaborations(model: Model, min: str = "0") -> list[Row]:  # noqa: A002  the query's own name for it
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for members in _members(model).values():
        for pair in combinations(sorted(members), 2):
            shared[pair] += 1
    rows = [
        (-count, model.name(first), first, model.name(second), second)
        for (first, second), count in shared.items()
        if count >= int(min)
    ]
    return [(first, one, second, two, str(-count)) for count, one, first, two, second in sorted(rows)]


def participations_by_country(model: Model) -> list[Row]:
    groups: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for participation in model.participations:
        groups[model.cell(participation[2], "country")].append(participation)
    rows: list[tuple[int, Row]] = []
    for country, group in groups.items():
        name = model.english(country) or country.rpartition("/")[2] or "(not known)"
        amounts = [
            Decimal(model.cell(participation, "euContribution"))
            for participation in {p for p, _, _ in group}
            if model.cell(participation, "euContribution") and model.cell(participation, "currency") == "EUR"
        ]
        organisations = {organisation for _, _, organisation in group}
        counts = (len(organisations), len({p for p, _, _ in group}), len({u for _, u, _ in group}))
        row = (country, name, *map(str, counts), number(sum(amounts, Decimal())) if amounts else "")
        rows.append((-len(organisations), row))
    return [row for _, row in sorted(rows, key=lambda item: (item[0], item[1][1], item[1][0]))]


def funding_by_programme_and_year(model: Model) -> list[Row]:
    grants: dict[tuple[str, str], set[str]] = defaultdict(set)
    counted: dict[tuple[str, str], set[str]] = defaultdict(set)
    programmes = set(model.things("FundingProgramme"))
    for project in model.having("grant"):
        year = model.cell(project, "startEarliest")[:4] or "unknown"
        for grant in model.iris(project, "grant"):
            for named in model.iris(grant, "programme"):
                for programme in _above(model, named, PART_OF) & programmes:
                    grants[programme, year].add(grant)
                    counted[programme, year].add(project)
    rows: list[Row] = []
    for (programme, year), inside in grants.items():
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for grant in inside:
            if (amount := model.cell(grant, "euContribution")) and (currency := model.cell(grant, "currency")):
                sums[currency] += Decimal(amount)
        projects_ = str(len(counted[programme, year]))
        for currency, total in sums.items():
            rows.append((programme, model.name(programme), year, projects_, number(total), currency))
        if not sums:
            rows.append((programme, model.name(programme), year, projects_, "", ""))
    return sorted(rows, key=lambda row: (row[1], row[0], row[2], row[5]))


def coordinators(model: Model, since: str = "", until: str = "9999-12-31") -> list[Row]:
    items: dict[tuple[str, str], list[str]] = defaultdict(list)
    for participation, undertaking, organisation in model.participations:
        if any(role.endswith("/role#coordinator") for role in model.iris(participation, "role")):
            items[undertaking, organisation].append(participation)
    for claim in model.claims:
        if claim.property == EUG + "coordinator":
            for value in claim.values:
                items[claim.subject, value.text].append(claim.iri)
    order = ("stated", "derived", "unverified", "")
    rows = [
        (
            undertaking,
            model.name(undertaking),
            organisation,
            model.name(organisation),
            model.country(organisation),
            min((model.confidence(item) for item in found), key=order.index),
            str(len({source for item in found for source in model.iris(item, SOURCE)})),
        )
        for (undertaking, organisation), found in items.items()
        if _is_begun(model, undertaking, since, until)
    ]
    return sorted(rows, key=lambda row: (row[1], row[0], row[3], row[2]))


def _is_begun(model: Model, thing: str, since: str, until: str) -> bool:
    """Tell whether a thing started in between; what has no known start did not, unless no limit is given."""
    start = model.cell(thing, "startEarliest")
    return since <= start <= until if start else not since and until == "9999-12-31"


def projects_by_disease(model: Model, disease: str = "") -> list[Row]:
    rows: list[Row] = []
    for undertaking in model.things(*UNDERTAKINGS):
        direct = set(model.iris(undertaking, "studies"))
        for topic in {above for studied in direct for above in _above(model, studied, BROADER)}:
            if not disease or topic == _iri(disease):
                named = "true" if topic in direct else "false"
                rows.append((topic, model.name(topic), undertaking, model.name(undertaking), named))
    return sorted(rows, key=lambda row: (row[1], row[0], row[3], row[2]))


def diseases(model: Model) -> list[Row]:
    direct: dict[str, int] = defaultdict(int)
    rolled_up: dict[str, int] = defaultdict(int)
    for topic, _, _, _, named in projects_by_disease(model):
        rolled_up[topic] += 1
        direct[topic] += named == "true"
    rows = [(-rolled_up[d], -direct[d], model.name(d), d) for d in model.things("Disease")]
    return [(disease, name, str(-named), str(-all_)) for all_, named, name, disease in sorted(rows)]


def organisations_by_projects(model: Model, country: str = "") -> list[Row]:
    known = set(model.things("Project"))
    rows: list[tuple[int, int, str, str, Row]] = []
    for organisation, taken in _taken_part(model).items():
        place = model.cell(organisation, "country")
        if country and place != COUNTRY + country:
            continue
        inside = taken & known
        led = [project for project in inside if organisation in model.iris(project, "coordinator")]
        name = model.name(organisation)
        counts = (str(len(inside)), str(len(led)), str(len(taken)))
        row = (organisation, name, model.country(organisation), *counts)
        rows.append((-len(inside), -len(taken), name, organisation, row))
    return [row for *_, row in sorted(rows)]


def timeline(model: Model, since: str = "", until: str = "9999-12-31") -> list[Row]:
    rows: list[Row] = []
    for kind in (*UNDERTAKINGS, "Call", "FundingProgramme"):
        for thing in model.things(kind):
            start, end, first, last = (
                model.cell(thing, p) for p in ("startDate", "endDate", "startEarliest", "endLatest")
            )
            if (start or end) and (last or "9999-12-31") >= since and (first or "0001-01-01") <= until:
                shown = kind.removeprefix("Funding")
                rows.append((thing, model.name(thing), shown, start, end, first, last))
    return sorted(rows, key=lambda row: (row[5], row[6], row[1], row[0]))


def networks(model: Model, on: str = "") -> list[Row]:
    rows: set[Row] = set()
    for network in model.things("Network", "Partnership"):
        members = [
            (organisation, participation, model.english(role) or role.rpartition("#")[2])
            for participation, undertaking, organisation in model.participations
            if undertaking == network
            for role in model.iris(participation, "role") or [""]
        ]
        members += [(part, part, "part") for part in model.things("Network") if network in model.iris(part, PART_OF)]
        for member, membership, role in members:
            first, last = model.cell(membership, "startEarliest"), model.cell(membership, "endLatest")
            if not on or (first or "0001-01-01") <= on <= (last or "9999-12-31"):
                period = (model.cell(membership, "startDate"), model.cell(membership, "endDate"))
                country = model.country(member)
                rows.add((network, model.name(network), member, model.name(member), country, role, *period))
    return sorted(rows, key=lambda row: (row[1], row[0], row[3], row[2], row[5:]))


def network_size(model: Model) -> list[Row]:
    rows: list[tuple[tuple[str, str, str, str, Decimal, str, str], Row]] = []
    known = set(model.things("Network", "Partnership"))
    for claim in model.claims:
        if claim.subject not in known or not claim.property.startswith(EUG + "numberOf"):
            continue
        name, (network, counted, iri) = model.name(claim.subject), (claim.subject, claim.property, claim.iri)
        first = model.cell(iri, "dateEarliest")
        for value, source in product(claim.values, claim.sources or ("",)):
            said = (claim.date_text, value.cell, claim.comparator, source, claim.confidence)
            key = (name, network, counted, first, Decimal(value.text), iri, source)
            rows.append((key, (network, name, counted, *said, iri)))
    return [row for _, row in sorted(rows)]


def disputed_claims(model: Model) -> list[Row]:
    disputed = {(claim.subject, claim.property) for claim in model.claims if model.iris(claim.iri, "disputes")}
    rows: list[tuple[tuple[str, str, str, bool, str, str], Row]] = []
    for claim in model.claims:
        if (claim.subject, claim.property) not in disputed:
            continue
        name, (subject, prop, iri) = model.name(claim.subject), (claim.subject, claim.property, claim.iri)
        preferred = iri in model.iris(subject, "preferredClaim")
        for value, source in product(claim.values, claim.sources or ("",)):
            said = (value.cell, claim.comparator, claim.currency, source, claim.date_text, claim.confidence)
            key = (name, subject, prop, not preferred, iri, source)
            rows.append((key, (subject, name, prop, *said, _boolean(preferred), RULE, iri)))
    return [row for _, row in sorted(rows)]


def missing(model: Model) -> list[Row]:
    expected: list[tuple[str, str, tuple[str, ...]]] = [
        ("Project", "coordinator", ("coordinator",)),
        ("Project", "start date", ("startDate",)),
        ("Project", "end date", ("endDate",)),
        ("Project", "grant", ("grant",)),
        ("Grant", "grant number", ("grantNumber",)),
        ("Grant", "EU contribution", ("euContribution",)),
        ("Grant", "programme", ("programme",)),
        ("Network", "start date", ("startDate",)),
        ("Organisation", "country", ("country",)),
        ("Organisation", "identifier (ROR, PIC or VAT)", ("ror", "pic", "vat")),
        ("Disease", "identifier in another vocabulary", (MATCH,)),
        ("Source", "page", (PAGE,)),
    ]
    rows = [
        (thing, kind, model.name(thing), gap)
        for kind, gap, properties in expected
        for thing in model.things(kind)
        if not any(model.values(thing, prop) for prop in properties)
    ]
    return sorted(rows, key=lambda row: (row[1], row[3], row[2], row[0]))


def provenance(model: Model, thing: str) -> list[Row]:
    thing = _iri(thing)
    rows: list[tuple[tuple[str, ...], Row]] = []

    def add(prop: str, value: Term, basis: str, confidence: str, preferred: str, source: str, rest: Row) -> None:
        key = (prop, value.cell, value.language, basis, rest[1], source)
        name = model.name(source) if source else ""
        rows.append((key, (prop, value.cell, basis, confidence, preferred, source, name, *rest)))

    for claim in model.claims:
        if claim.subject == thing:
            preferred = _boolean(claim.iri in model.iris(thing, "preferredClaim"))
            rest = (claim.date_text, claim.iri)
            for value, source in product(claim.values, claim.sources or ("",)):
                add(claim.property, value, "claim", claim.confidence, preferred, source, rest)
    for statement in model.curated:
        if statement.subject == thing and statement.property != SOURCE:
            for source in model.iris(thing, SOURCE) or [""]:
                confidence = model.confidence(thing) or ("stated" if source else "")
                add(statement.property, statement.value, "statement", confidence, "", source, ("", ""))
    return [row for _, row in sorted(rows)]


def unnamed_projects(model: Model, organisation: str, page: str) -> list[Row]:
    source = _iri(page)
    named = set(model.subjects(SOURCE, source))
    named |= {u for participation, u, _ in model.participations if source in model.iris(participation, SOURCE)}
    for claim in model.claims:
        if source in claim.sources:
            named |= {claim.subject, *(value.text for value in claim.values)}
    unnamed = _taken_part(model)[_iri(organisation)] & set(model.things("Project")) - named
    rows = [
        (p, model.cell(p, "acronym"), model.name(p), model.cell(p, "startDate"), model.cell(p, "endDate"))
        for p in unnamed
    ]
    return sorted(rows, key=lambda row: (row[2], row[0]))


def sources(model: Model) -> list[Row]:
    chosen = {iri for claim in model.claims for iri in model.iris(claim.subject, "preferredClaim")}
    participations_ = set(model.things("Participation"))
    claims = {claim.iri for claim in model.claims}
    rows: list[tuple[tuple[int, int, str, str], Row]] = []
    for source in model.things("Source"):
        resting = set(model.subjects(SOURCE, source))
        stated, kind = resting & claims, model.cell(source, "sourceKind")
        rank, name = model.cell(kind, "rank"), model.name(source)
        counts = (str(len(stated)), str(len(stated & chosen)), str(len(resting & participations_)))
        described = (model.english(kind) or kind.rpartition("#")[2], rank)
        for page in model.iris(source, PAGE) or [""]:
            row = (source, name, *described, page, model.cell(source, "retrieved"), *counts)
            rows.append(((int(rank or 99), -len(stated), name, source), row))
    return [row for _, row in sorted(rows)]


def money_by_kind(model: Model) -> list[Row]:
    kinds = {
        "budget": "budget",
        "euContribution": "EU contribution",
        "inKindContribution": "in-kind contribution",
        "netEuContribution": "net EU contribution",
        "otherContribution": "other contribution",
        "totalCost": "total cost",
    }
    amounts: dict[Row, list[Decimal]] = defaultdict(list)
    for of in (*UNDERTAKINGS, "Call", "FundingProgramme", "Grant", "Participation"):
        for thing in model.things(of):
            for prop, kind in kinds.items():
                for amount in model.values(thing, prop):
                    key = (of.removeprefix("Funding"), kind, model.cell(thing, "currency"), prop)
                    amounts[key].append(Decimal(amount.text))
    return [
        (of, kind, EUG + prop, str(len(a)), number(min(a)), number(max(a)), number(sum(a, Decimal())), currency)
        for (of, kind, currency, prop), a in sorted(amounts.items())
    ]


def roles(model: Model) -> list[Row]:
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for participation in model.participations:
        for role in model.iris(participation[0], "role"):
            found[role].append(participation)
    rows = [
        (-len(set(p)), model.english(role) or role.rpartition("#")[2], role, str(len(set(o))), str(len(set(u))))
        for role, group in found.items()
        for p, u, o in [zip(*group, strict=True)]
    ]
    return [(role, name, str(-count), *rest) for count, name, role, *rest in sorted(rows)]


def unverified(model: Model) -> list[Row]:
    claims = {claim.iri: claim for claim in model.claims}
    held = {
        participation: (undertaking, organisation) for participation, undertaking, organisation in model.participations
    }
    rows: list[Row] = []
    for item in model.having("confidence"):
        confidence = model.confidence(item)
        if confidence not in ("derived", "unverified"):
            continue
        doubts: list[tuple[str, str, str]] = [(item, "", "")]
        if item in claims:
            doubts = [(claims[item].subject, claims[item].property, value.cell) for value in claims[item].values]
        elif item in held:
            doubts = [(held[item][1], EUG + "participatesIn", held[item][0])]
        notes = [note.text for note in model.values(item, "note") if note.language == "en"]
        rows += [
            (item, confidence, subject, model.name(subject), prop, value, source, why)
            for subject, prop, value in doubts
            for source in model.iris(item, SOURCE) or [""]
            for why in notes or [""]
        ]
    return sorted(rows, key=lambda row: (row[1] == "derived", row[0], row[5], row[6], row[7]))


def project_members(model: Model, project: str) -> list[Row]:
    rows: list[tuple[tuple[int, str, str, str, str], Row]] = []
    for participation, undertaking, organisation in model.participations:
        if undertaking != _iri(project):
            continue
        cells = tuple(
            model.cell(participation, prop)
            for prop in ("euContribution", "netEuContribution", "currency", "printedName")
        )
        for code in model.iris(participation, "role") or [""]:
            role, name = model.english(code) or code.rpartition("#")[2], model.name(organisation)
            order = int(model.cell(participation, "order") or 1_000_000)
            described = (organisation, name, model.country(organisation), role)
            row = (*described, *cells, model.confidence(participation), participation)
            rows.append(((order, name, organisation, role, participation), row))
    return [row for _, row in sorted(rows)]


REPORTS: dict[str, Callable[..., list[Row]]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        collaborations,
        coordinators,
        diseases,
        disputed_claims,
        funding_by_programme_and_year,
        missing,
        money_by_kind,
        network_size,
        networks,
        organisations_by_projects,
        participations_by_country,
        partners,
        project_card,
        project_members,
        projects,
        projects_by_disease,
        provenance,
        roles,
        shared_undertakings,
        sources,
        timeline,
        unnamed_projects,
        unverified,
        *researchers.REPORTS,
    )
}


def _iri(text: str) -> str:
    return text if ":" in text else BASE + text


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _members(model: Model) -> dict[str, set[str]]:
    """Undertaking -> organisations that take part."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, undertaking, organisation in model.participations:
        found[undertaking].add(organisation)
    return found


def _taken_part(model: Model) -> dict[str, set[str]]:
    """Organisation -> what it takes part in."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, undertaking, organisation in model.participations:
        found[organisation].add(undertaking)
    return found


def _above(model: Model, thing: str, prop: str) -> set[str]:
    """A thing and all that stand above it by a property."""
    found: set[str] = set()
    waiting = [thing]
    while waiting:
        if (current := waiting.pop()) not in found:
            found.add(current)
            waiting += model.iris(current, prop)
    return found
