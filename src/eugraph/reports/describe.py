"""One thing as a person reads it: what it is called, when it ran, what it cost, who took part, where sources disagree.

`describe` is pure: it makes a `Description` of what a store says. How that looks on a terminal is `reports.card`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from eugraph.reports.neighbourhood import INCOMING, Neighbourhood, Term
from eugraph.reports.wording import amount_in_words, date_in_words, period_in_words, property_in_words, spaced
from eugraph.vocab import EUG, PREF_LABEL, PREFIXES, RDF_TYPE, shorten, term


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, and where it leads."""

    text: str
    link: str = ""  # IRI


@dataclass(frozen=True, slots=True)
class Row:
    """What is told, and each value of it."""

    label: str
    values: Sequence[Piece]
    lines: bool = False  # each value begins a line of its own


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under headings; a cell holds some texts."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Sequence[Piece]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """All that is shown of a thing."""

    iri: str
    name: str
    kind: str  # such as "project"
    rows: Sequence[Row]
    tables: Sequence[Table]


_BACKWARDS = {
    "affiliation": "people",
    "call": "led to",
    "contributesTo": "receives from",
    "developer": "developed",
    "funder": "funds",
    "lead": "leads",
    "operator": "operates",
    "originatesFrom": "gave rise to",
    "programme": "paid for",
    "result": "result of",
    "studies": "studied by",
    "usesPlatform": "used by",
}  # a link as it is told from its end
_MONEY = tuple(
    term(f"eug:{kind}")
    for kind in (
        "euContribution",
        "netEuContribution",
        "inKindContribution",
        "otherContribution",
        "totalCost",
        "budget",
    )
)
_FIRST = (
    *("eug:acronym", "dcterms:title", "eug:legalName", "skos:altLabel", "dcterms:description", "skos:definition"),
    *("eug:status", "period", "money", "eug:programme", "eug:call", "eug:fundingScheme", "eug:funder", "eug:funds"),
    *("eug:organisationType", "eug:activityType", "eug:sme", "eug:activityKind", "eug:sourceKind"),
    *("eug:street", "eug:postalCode", "eug:city", "eug:country", "eug:nuts"),
    *("eug:coordinator", "eug:lead", "eug:operator", "eug:developer", "dcterms:isPartOf", "dcterms:hasPart"),
    *("eug:predecessor", "eug:successor", "eug:relatedTo", "eug:studies", "eug:fieldOfScience", "dcat:keyword"),
)
_LAST = (
    *("backwards", "eug:remark", "eug:note", "eug:result", "eug:grantNumber", "eug:doi", "eug:rcn", "eug:pic"),
    *("eug:vat", "eug:ror", "skos:notation", "skos:exactMatch", "skos:closeMatch", "foaf:homepage", "foaf:page"),
    "dcterms:source",
)
_ON_LINES = frozenset(term(c) for c in ("eug:remark", "eug:note", "eug:result", "foaf:page", "dcterms:source"))
_ELSEWHERE = frozenset(
    (
        *(RDF_TYPE, PREF_LABEL, term("rdfs:label"), term("skos:inScheme"), term("skos:topConceptOf"), *_MONEY),
        *(term(f"eug:{name}") for name in ("currency", "grant", "hasParticipation", "holdsParticipation", "order")),
        *(term(f"eug:{name}") for name in ("preferredClaim", "startDate", "endDate", "durationMonths")),
        *(term(f"eug:{name}{end}") for name in ("start", "end", "date") for end in ("Earliest", "Latest")),
    )
)  # told in another way, or of no use to people
_DATES = frozenset(PREFIXES["xsd"] + name for name in ("date", "gYear", "gYearMonth"))


def describe(found: Neighbourhood, thing: NamedNode, base_iri: str) -> Description:
    """Return the description of `thing`, made of what is around it.

    Args:
        found: its neighbourhood.
        thing: what is described.
        base_iri: what the IRIs of things begin with; left out where a thing has no name.
    """
    return _Describer(found, thing, base_iri).description()


class _Describer:
    def __init__(self, found: Neighbourhood, thing: NamedNode, base_iri: str) -> None:
        self._found, self._thing, self._base = found, thing, base_iri

    def description(self) -> Description:
        """Return all of it."""
        tables = (self._participants(), self._participations(), self._disputes())
        return Description(
            iri=self._thing.value,
            name=self._piece(self._thing).text,
            kind=self._kind(self._thing),
            rows=[row for row in self._rows() if row.values],
            tables=[table for table in tables if table.rows],
        )

    # Words for terms

    def _piece(self, value: Term) -> Piece:
        if isinstance(value, NamedNode):
            return Piece(self._found.name(value) or self._path(value), value.value)
        if not isinstance(value, Literal):
            return Piece(str(value))
        if value.datatype.value in _DATES:
            return Piece(date_in_words(value.value))
        if value.datatype.value == PREFIXES["xsd"] + "boolean":
            return Piece({"true": "yes", "false": "no"}.get(value.value, value.value))
        return Piece(value.value)

    def _path(self, iri: NamedNode) -> str:
        if iri.value.startswith(self._base):
            return iri.value[len(self._base) :]
        short = shorten(iri.value)
        return short[1:-1] if short.startswith("<") else short

    def _kind(self, thing: Term) -> str:
        """The name of its class, of ours where it has one of ours."""
        kinds = [kind for kind in self._found.values(thing, RDF_TYPE) if isinstance(kind, NamedNode)]
        kinds.sort(key=lambda kind: (not kind.value.startswith(EUG), kind.value))
        return (self._found.name(kinds[0]) or spaced(kinds[0].value)) if kinds else ""

    def _label(self, predicate: NamedNode) -> str:
        return property_in_words(predicate.value, self._found.name(predicate))

    # Rows

    def _rows(self) -> Iterable[Row]:
        said = self._grouped()
        names = {shorten(predicate.value): predicate for predicate in said}
        middle = sorted(names.keys() - {*_FIRST, *_LAST}, key=lambda name: (self._label(names[name]), name))
        yield Row("in other languages", self._other_names())
        for name in (*_FIRST, *middle, *_LAST):
            if name == "period":
                yield Row("period", self._period(self._thing))
            elif name == "money":
                yield from self._money()
            elif name == "backwards":
                yield from self._backwards()
            elif name in names:
                predicate = names[name]
                lines = predicate in _ON_LINES or any(len(piece.text) > 80 for piece in said[predicate])
                yield Row(self._label(predicate), said[predicate], lines)

    def _grouped(self) -> dict[NamedNode, list[Piece]]:
        """The values of each property, of the thing itself and of its grant; texts in English where there are such."""
        said: dict[NamedNode, list[Piece]] = {}
        for node in (self._thing, *self._found.values(self._thing, term("eug:grant"))):
            for predicate, values in self._found.of(node).items():
                if predicate in _ELSEWHERE or (node != self._thing and predicate == term("eug:funds")):
                    continue
                pieces = said.setdefault(predicate, [])
                pieces += sorted(
                    {self._piece(value) for value in _in_english(values)} - {*pieces},
                    key=lambda piece: (piece.text.casefold(), piece.link),
                )
        return said

    def _other_names(self) -> list[Piece]:
        names = [name for name in self._found.values(self._thing, PREF_LABEL) if isinstance(name, Literal)]
        return [
            Piece(f"{name.value} ({name.language})")
            for name in sorted(names, key=lambda name: name.language or "")
            if name.language and name.value != self._found.name(self._thing)
        ]

    def _text(self, node: Term, name: str) -> str:
        value = self._found.value(node, term(f"eug:{name}"))
        return value.value if isinstance(value, Literal) else ""

    def _period(self, node: Term) -> list[Piece]:
        words = period_in_words(*(self._text(node, name) for name in ("startDate", "endDate", "durationMonths")))
        return [Piece(words)] if words else []

    def _money(self) -> Iterable[Row]:
        """Each amount with its kind, of the thing and of its grants."""
        for kind in _MONEY:
            nodes = (self._thing, *self._found.values(self._thing, term("eug:grant")))
            amounts = [self._amount(node, kind) for node in nodes]
            yield Row(self._label(kind), [amount for amount in amounts if amount.text])

    def _amount(self, node: Term, kind: NamedNode) -> Piece:
        value = self._found.value(node, kind)
        return Piece(amount_in_words(value.value, self._text(node, "currency")) if isinstance(value, Literal) else "")

    def _backwards(self) -> Iterable[Row]:
        """What points here; a grant stands for its project."""
        for predicate in INCOMING:
            things: dict[Term, None] = {}
            for subject in self._found.subjects(predicate, self._thing):
                things |= dict.fromkeys(self._found.values(subject, term("eug:funds")) or [subject])
            pieces = sorted({self._piece(thing) for thing in things}, key=lambda piece: piece.text.casefold())
            yield Row(_BACKWARDS[predicate.value.removeprefix(EUG)], pieces, len(pieces) > 5)

    # Tables

    def _participants(self) -> Table:
        """Who takes part in it: coordinators first, then in the order of the source."""
        rows = []
        for node in self._found.subjects(term("eug:participatesIn"), self._thing):
            for organisation in self._found.values(node, term("eug:organisation")):
                name = self._piece(organisation)
                roles = self._found.values(node, term("eug:role"))
                countries = self._found.values(organisation, term("eug:country"))
                cells = ([name], self._pieces(countries), self._pieces(roles), self._paid(node))
                order = self._text(node, "order")
                place = int(order) if order.isascii() and order.isdigit() else 1_000_000
                key = (str(term("role:coordinator") not in roles), f"{place:09}", name.text.casefold(), str(node))
                rows.append((key, cells))
        return _table("Participants", ("organisation", "country", "role", "EU contribution"), rows)

    def _participations(self) -> Table:
        """In what it takes part, if it is an organisation."""
        rows = []
        for node in self._found.subjects(term("eug:organisation"), self._thing):
            for where in self._found.values(node, term("eug:participatesIn")):
                name, kind = self._piece(where), self._kind(where)
                roles = self._pieces(self._found.values(node, term("eug:role")))
                period = self._period(node) or self._period(where)
                cells = ([name], [Piece(kind)], roles, period, self._paid(node))
                rows.append(((kind, name.text.casefold(), str(node)), cells))
        return _table("Takes part in", ("what", "kind", "role", "period", "EU contribution"), rows)

    def _paid(self, participation: Term) -> list[Piece]:
        return [self._amount(participation, term("eug:euContribution"))]

    def _pieces(self, values: Iterable[Term]) -> list[Piece]:
        return [self._piece(value) for value in values]

    def _disputes(self) -> Table:
        """The values of each property on which claims disagree, with who says so; what is shown comes first."""
        claims: dict[tuple[Term, NamedNode], list[Term]] = {}
        for claim in self._claims():
            subject, prop = (self._found.value(claim, term(f"eug:{name}")) for name in ("subject", "property"))
            if subject is not None and isinstance(prop, NamedNode):
                claims.setdefault((subject, prop), []).append(claim)
        rows = []
        for (subject, prop), rivals in claims.items():
            if not any(self._found.value(claim, term("eug:disputes")) for claim in rivals):
                continue
            preferred = self._found.values(subject, term("eug:preferredClaim"))
            said: dict[str, list[Term]] = {}
            for claim in sorted(rivals, key=lambda claim: (claim not in preferred, str(claim))):
                said.setdefault(self._claimed(claim), []).append(claim)
            for number, (value, by) in enumerate(said.items()):
                sources = [self._source(claim) for claim in by]
                shown = " (shown)" if by[0] in preferred else ""
                cells = ([Piece("" if number else self._label(prop))], [Piece(value + shown)], sources)
                rows.append(((self._label(prop), str(subject), f"{number:09}"), cells))
        return _table("Where sources disagree", ("property", "value", "sources"), rows)

    def _source(self, claim: Term) -> Piece:
        """Who makes a claim, and when."""
        sources = self._found.values(claim, term("dcterms:source"))
        date = date_in_words(self._text(claim, "date"))
        name = ", ".join(self._piece(source).text for source in sources) or "no source"
        page = self._found.value(sources[0], term("foaf:page")) if sources else None
        return Piece(f"{name} ({date})" if date else name, page.value if isinstance(page, NamedNode) else "")

    def _claims(self) -> list[Term]:
        grants = self._found.values(self._thing, term("eug:grant"))
        return [claim for node in (self._thing, *grants) for claim in self._found.subjects(term("eug:subject"), node)]

    def _claimed(self, claim: Term) -> str:
        """The values of a claim, with how they are meant: "over 50", "1,000 GBP"."""
        currency = self._text(claim, "currency")
        values = self._found.values(claim, term("eug:value"))
        words = (
            amount_in_words(value.value, currency)
            if currency and isinstance(value, Literal)
            else self._piece(value).text
            for value in values
        )
        comparator = self._found.value(claim, term("eug:comparator"))
        how = self._piece(comparator).text if comparator and comparator != term("comparator:exactly") else ""
        return f"{how} {', '.join(words)}".strip()


def _in_english(values: Sequence[Term]) -> list[Term]:
    """Leave out texts in other languages where one of them is in English."""
    if not any(isinstance(value, Literal) and value.language == "en" for value in values):
        return list(values)
    return [value for value in values if not (isinstance(value, Literal) and value.language not in (None, "en"))]


def _table(
    title: str, columns: Sequence[str], rows: Iterable[tuple[tuple[str, ...], Sequence[Sequence[Piece]]]]
) -> Table:
    """Sort the rows by their keys, and leave out columns in which nothing stands."""
    cells = [row for _, row in sorted(rows, key=lambda row: row[0])]
    used = [n for n in range(len(columns)) if any(piece.text for row in cells for piece in row[n])]
    return Table(title, [columns[n] for n in used], [[row[n] for n in used] for row in cells])
