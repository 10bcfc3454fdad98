"""Grants: what was signed and paid for a project, from the row of the project."""

from __future__ import annotations

from typing import Protocol

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.identifiers import doi, doi_address
from eugraph.sources.cordis.ledger import Kind
from eugraph.sources.cordis.mapping.call import Calls
from eugraph.sources.cordis.mapping.context import Context
from eugraph.sources.cordis.mapping.known_projects import KnownProject
from eugraph.sources.cordis.mapping.programme import Programmes
from eugraph.sources.cordis.mapping.scheme import Schemes
from eugraph.sources.cordis.nquads_text import DATE, DECIMAL, escaped, one_line, predicate
from eugraph.vocab import term

FUNDER = "organisation/european-commission"

_TYPE = f"{predicate('rdf:type')}{term('eug:Grant')}"
_LABEL = predicate("skos:prefLabel")
_NUMBER = predicate("eug:grantNumber")
_DOI = predicate("eug:doi")
_IDENTIFIER = predicate("dcterms:identifier")
_SCHEME = predicate("eug:fundingScheme")
_FUNDER = predicate("eug:funder")
_EU = predicate("eug:euContribution")
_COST = predicate("eug:totalCost")
_CURRENCY = f'{predicate("eug:currency")}"EUR"'
_SIGNED = predicate("eug:signatureDate")
_SOURCE = predicate("dcterms:source")


class Enter(Protocol):
    """What enters a fault of the row at hand."""

    def __call__(self, kind: Kind, column: str = "", value: str = "", became: str = "", note: str = "") -> None: ...


class Grants:
    """Maps what a row of a project says of its grant."""

    def __init__(self, context: Context, calls: Calls, programmes: Programmes, schemes: Schemes) -> None:
        self._context, self._calls, self._programmes, self._schemes = context, calls, programmes, schemes
        self.sums = {"totalCost": 0, "ecMaxContribution": 0}  # cents

    def map(self, file: str, line: int, row: dict[str, str], acronym: str, project: KnownProject) -> None:
        """Write the grant of a project."""
        context = self._context
        number = row["id"]

        def enter(kind: Kind, column: str = "", value: str = "", became: str = "", note: str = "") -> None:
            context.ledger.add(kind, file, line, about=number, column=column, value=value, became=became, note=note)

        end = context.end
        here = f"<{context.base}grant/{number}>"
        name = f"Grant agreement {number}" + (f" ({one_line(acronym)})" if acronym else "")
        lines = [self._core(here, number, name)]
        if not row["grantDoi"]:
            enter(kinds.NO_GRANT_DOI, "grantDoi", note=row["status"])
        elif found := doi(row["grantDoi"]):
            if found != f"10.3030/{number}":
                enter(kinds.GRANT_DOI_OF_ANOTHER, "grantDoi", row["grantDoi"])
            lines.append(f"{here}{_DOI}<{doi_address(found)}>{end}")
        else:
            enter(kinds.WRONG_DOI, "grantDoi", row["grantDoi"])
            lines.append(f'{here}{_IDENTIFIER}"{escaped(row["grantDoi"])}"{end}')
        if signed := context.day(row["ecSignatureDate"], file, line, number, "ecSignatureDate"):
            lines.append(f'{here}{_SIGNED}"{signed}{DATE}{end}')
        elif not row["ecSignatureDate"]:
            enter(kinds.NO_SIGNATURE_DATE, "ecSignatureDate")
        if concept := self._schemes.concept(row["fundingScheme"], file, line):
            lines.append(f"{here}{_SCHEME}{concept}{end}")
        lines += self._money(file, line, row, project, enter)
        context.write("".join(lines))
        self._belongs(file, line, row, enter)

    def bare(self, number: str) -> None:
        """Write the grant of a project that is known by its number only."""
        here = f"<{self._context.base}grant/{number}>"
        self._context.write(self._core(here, number, f"Grant agreement {number}"))

    def _core(self, here: str, number: str, name: str) -> str:
        context, end = self._context, self._context.end
        context.count("grant")
        return (
            f'{here}{_TYPE}{end}{here}{_LABEL}"{escaped(name)}"@en{end}{here}{_NUMBER}"{number}"{end}'
            f"{here}{_FUNDER}<{context.base}{FUNDER}>{end}{here}{_SOURCE}{context.source}{end}"
        )

    def _money(self, file: str, line: int, row: dict[str, str], project: KnownProject, enter: Enter) -> list[str]:
        context, end = self._context, self._context.end
        here = f"<{context.base}grant/{row['id']}>"
        paid, cost = (
            context.amount(row[column], file, line, row["id"], column) for column in ("ecMaxContribution", "totalCost")
        )
        lines = []
        if paid:
            project.whole = paid[1]
            self.sums["ecMaxContribution"] += paid[1]
            lines.append(f'{here}{_EU}"{paid[0]}{DECIMAL}{end}')
        if not paid or not paid[1]:
            enter(kinds.NO_EU_MONEY, "ecMaxContribution", row["ecMaxContribution"])
        if cost and cost[1]:
            self.sums["totalCost"] += cost[1]
            lines.append(f'{here}{_COST}"{cost[0]}{DECIMAL}{end}')
            if paid and paid[1] > cost[1]:
                enter(kinds.MORE_THAN_COST, "ecMaxContribution", paid[0], note=f"totalCost {cost[0]}")
        elif cost:
            enter(kinds.TOTAL_NOT_STATED, "totalCost", row["totalCost"], note=row["fundingScheme"])
        if lines:
            lines.append(f"{here}{_CURRENCY}{end}")
        return lines

    def _belongs(self, file: str, line: int, row: dict[str, str], enter: Enter) -> None:
        number, framework = row["id"], row["frameworkProgramme"]
        bases = [code.strip() for code in row["legalBasis"].split(";") if code.strip()]
        parts = [self._programmes.belongs(code, file, line, framework=framework) for code in bases or [framework]]
        calls = [
            self._calls.add(row[column], file, line) if row[column] else "" for column in ("masterCall", "subCall")
        ]
        if calls[1] and calls[1] != calls[0]:
            enter(kinds.SUBCALL_DIFFERS, "subCall", row["subCall"], note=f"masterCall {row['masterCall']}")
            if calls[0]:
                self._calls.part_of(calls[1], f"call/{calls[0]}")
        call = calls[1] or calls[0]
        topics = [self._calls.add(code.strip(), file, line) for code in row["topics"].split(";") if code.strip()]
        for topic in topics:
            if call and topic != calls[0]:
                self._calls.part_of(topic, f"call/{call}")
        top = calls[0] or calls[1]
        for part in filter(None, parts):
            self._programmes.link(number, part)
            for each in [top] if top else topics:
                self._calls.part_of(each, f"programme/{part}")
        for each in dict.fromkeys(filter(None, [*calls, *topics])):
            self._calls.link(number, each)

