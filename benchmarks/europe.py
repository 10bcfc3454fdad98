"""As many projects and organisations as Horizon Europe has, all invented, beside the reference workspace.

Sizes of texts and numbers of participations are about those of CORDIS: an objective of 1,800 characters, six
participations a project, most organisations in one or two projects and few in hundreds. Equal numbers give equal
output.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.derive import derived_graph
from eugraph.vocab import term

PROJECTS, ORGANISATIONS = 19_189, 30_721  # of Horizon Europe, December 2025

_SYLLABLES = (
    "ba",
    "cor",
    "di",
    "fen",
    "gra",
    "hel",
    "io",
    "kan",
    "lu",
    "mir",
    "nos",
    "pha",
    "que",
    "ral",
    "sti",
    "tor",
)
_COUNTRIES = ("DEU", "FRA", "ESP", "ITA", "NLD", "BEL", "GRC", "AUT", "PRT", "SWE", "FIN", "IRL", "POL", "NOR", "GBR")
_TYPES = ("HES", "REC", "PRC", "PUB", "OTH")
_ROLES = ("coordinator", "participant", "thirdParty", "associatedPartner")
_SCHEMES = ("HORIZON-RIA", "HORIZON-IA", "HORIZON-CSA")
_FIRST_DAY = dt.date(2021, 6, 1)
_FIRST_NUMBER, _FIRST_PIC = 101_040_000, 900_000_000

_Value = NamedNode | Literal


def europe(base_iri: str, projects: int = PROJECTS, organisations: int = ORGANISATIONS) -> Iterator[Quad]:
    """Yield the statements about all of them, stated and derived: those of an organisation, of a project, together."""
    maker = _Maker(base_iri, projects, organisations)
    taken: dict[int, list[tuple[int, str]]] = {}
    for number in range(projects):
        yield from maker.project(number, taken)
    for number in range(organisations):
        yield from maker.organisation(number, taken.get(number, ()))


class _Maker:
    def __init__(self, base_iri: str, projects: int, organisations: int) -> None:
        self._base, self._projects, self._organisations = base_iri, projects, organisations
        self._graph, self._derived = NamedNode(f"{base_iri}graph/europe"), derived_graph(base_iri)
        self._chance = random.Random(projects)
        self._words = ["".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(1, 4))) for _ in range(4000)]
        self._left = list(range(organisations))  # that take part in nothing yet
        self._source = self._iri("source/europe")
        self._day = {name: term(f"xsd:{name}") for name in ("date", "decimal", "integer")}

    def project(self, number: int, taken: dict[int, list[tuple[int, str]]]) -> Iterator[Quad]:
        """Yield what is said of a project, its grant and its participations; note who takes part."""
        chance, iri = self._chance, f"project/{_FIRST_NUMBER + number}"
        acronym = self._text(1).upper()
        start = _FIRST_DAY + dt.timedelta(days=chance.randrange(1600))
        months = chance.choice((24, 36, 48, 60))
        end = start + dt.timedelta(days=round(months * 30.4))
        members = self._members(number, iri)
        yield from self._stated(
            iri,
            ("rdf:type", term("eug:Project")),
            ("skos:prefLabel", Literal(acronym.title(), language="en")),
            ("eug:acronym", Literal(acronym)),
            ("dcterms:title", Literal(self._text(80).capitalize(), language="en")),
            ("dcterms:description", Literal(self._text(1800).capitalize() + ".", language="en")),
            *(("dcat:keyword", Literal(self._text(16), language="en")) for _ in range(5)),
            ("eug:fieldOfScience", self._iri(f"field/{chance.randrange(900)}")),
            ("eug:startDate", self._typed(start.isoformat(), "date")),
            ("eug:endDate", self._typed(end.isoformat(), "date")),
            ("eug:status", term("status:signed")),
            ("eug:rcn", Literal(str(200_000 + number))),
            ("eug:grant", self._iri(f"grant/{_FIRST_NUMBER + number}")),
        )
        yield from self._concluded(
            iri,
            *(
                (f"eug:{edge}{bound}", self._typed(day.isoformat(), "date"))
                for edge, day in (("start", start), ("end", end))
                for bound in ("Earliest", "Latest")
            ),
            ("eug:durationMonths", self._typed(str(months), "integer")),
            ("eug:coordinator", self._iri(f"organisation/{_FIRST_PIC + members[0][0]}")),
            *(("eug:hasParticipation", self._iri(node)) for _, node, _ in members),
        )
        total = chance.randrange(150_000, 9_000_000)
        yield from self._grant(number, start, total)
        for place, (organisation, node, role) in enumerate(members):
            taken.setdefault(organisation, []).append((number, node))
            share = f"{chance.randrange(1000, total)}.{chance.randrange(100):02}"
            yield from self._stated(
                node,
                ("rdf:type", term("eug:Participation")),
                ("eug:participatesIn", self._iri(iri)),
                ("eug:organisation", self._iri(f"organisation/{_FIRST_PIC + organisation}")),
                ("eug:role", term(f"role:{role}")),
                ("eug:order", self._typed(str(place + 1), "integer")),
                ("eug:currency", Literal("EUR")),
                ("eug:euContribution", self._typed(share, "decimal")),
                ("eug:netEuContribution", self._typed(share, "decimal")),
            )

    def organisation(self, number: int, taken: object) -> Iterator[Quad]:
        """Yield what is said of an organisation, and in what it takes part."""
        chance, iri = self._chance, f"organisation/{_FIRST_PIC + number}"
        name = self._text(34)
        country = _COUNTRIES[min(int(chance.expovariate(0.3)), len(_COUNTRIES) - 1)]
        yield from self._stated(
            iri,
            ("rdf:type", term("eug:Organisation")),
            ("skos:prefLabel", Literal(name.title(), language="en")),
            ("eug:legalName", Literal(name.upper())),
            ("eug:acronym", Literal(self._text(5).upper())),
            ("eug:pic", Literal(str(_FIRST_PIC + number))),
            ("eug:vat", Literal(f"{country[:2]}{chance.randrange(10**8):08}")),
            ("eug:activityType", term(f"acttype:{chance.choice(_TYPES)}")),
            ("eug:street", Literal(f"{self._text(18).title()} {chance.randrange(200)}")),
            ("eug:postalCode", Literal(f"{chance.randrange(10**5):05}")),
            ("eug:city", Literal(self._text(8).title())),
            ("eug:country", term(f"country:{country}")),
            ("eug:nuts", Literal(f"{country[:2]}{chance.randrange(1000):03}")),
            ("foaf:homepage", NamedNode(f"https://www.{self._text(1)}.example/")),
        )
        assert isinstance(taken, (list, tuple))
        yield from self._concluded(iri, *(("eug:holdsParticipation", self._iri(node)) for _, node in taken))

    def _grant(self, number: int, start: dt.date, total: int) -> Iterator[Quad]:
        given = self._typed(f"{total}.50", "decimal")
        yield from self._stated(
            f"grant/{_FIRST_NUMBER + number}",
            ("rdf:type", term("eug:Grant")),
            ("skos:prefLabel", Literal(f"Grant agreement {_FIRST_NUMBER + number}", language="en")),
            ("eug:grantNumber", Literal(str(_FIRST_NUMBER + number))),
            ("eug:doi", NamedNode(f"https://doi.org/10.3030/{_FIRST_NUMBER + number}")),
            ("eug:programme", self._iri("programme/horizon-europe")),
            ("eug:call", self._iri(f"call/{self._chance.randrange(2000)}")),
            ("eug:fundingScheme", term(f"fscheme:{self._chance.choice(_SCHEMES)}")),
            ("eug:currency", Literal("EUR")),
            ("eug:totalCost", given),
            ("eug:euContribution", given),
            ("eug:signatureDate", self._typed((start - dt.timedelta(days=30)).isoformat(), "date")),
        )

    def _members(self, number: int, project: str) -> list[tuple[int, str, str]]:
        """Return (organisation, participation, role) of those who take part; in the end everybody has."""
        chance = self._chance
        count = max(1, min(60, round(chance.lognormvariate(1.25, 1.05))))
        due = round((number + 1) / self._projects * self._organisations) - (self._organisations - len(self._left))
        found: dict[int, None] = {}
        for _ in range(min(due, len(self._left))):
            found[self._left.pop()] = None
        while len(found) < min(count, self._organisations):
            found[min(int(chance.paretovariate(0.45)) - 1, self._organisations - 1)] = None
        slug = project.partition("/")[2]
        members = []
        for place, organisation in enumerate(found):
            role = _ROLES[0] if place == 0 else chance.choices(_ROLES[1:], (80, 5, 15))[0]
            node = f"participation/{slug}/{_FIRST_PIC + organisation}/{role.lower()}/{place + 1}"
            members.append((organisation, node, role))
        return members

    def _text(self, length: int) -> str:
        """Return words of about so many characters in all."""
        words = [self._chance.choice(self._words)]
        size = len(words[0])
        while size < length:
            words.append(self._chance.choice(self._words))
            size += 1 + len(words[-1])
        return " ".join(words)

    def _stated(self, thing: str, *said: tuple[str, _Value]) -> Iterator[Quad]:
        yield from self._quads(thing, self._graph, said)
        yield Quad(self._iri(thing), term("dcterms:source"), self._source, self._graph)

    def _concluded(self, thing: str, *said: tuple[str, _Value]) -> Iterator[Quad]:
        return self._quads(thing, self._derived, said)

    def _quads(self, thing: str, graph: NamedNode, said: tuple[tuple[str, _Value], ...]) -> Iterator[Quad]:
        subject = self._iri(thing)
        for curie, value in said:
            yield Quad(subject, term(curie), value, graph)

    def _iri(self, rest: str) -> NamedNode:
        return NamedNode(self._base + rest)

    def _typed(self, text: str, name: str) -> Literal:
        return Literal(text, datatype=self._day[name])
