"""Grants: what was signed and paid for a project, from the row of the project."""

from __future__ import annotations

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.identifiers import doi, doi_address
from eugraph.sources.cordis.mapping.call import Calls
from eugraph.sources.cordis.mapping.cells import Cells
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


class Grants:
    """Maps what a row of a project says of its grant."""

    def __init__(self, context: Context, calls: Calls, programmes: Programmes, schemes: Schemes) -> None:
        self._context, self._calls, self._programmes, self._schemes = context, calls, programmes, schemes
        self.sums = {"totalCost": 0, "ecMaxContribution": 0}  # cents

    def map(self, cells: Cells, project: KnownProject) -> None:
        """Write the grant of a project."""
        context, end = self._context, self._context.end
        number, acronym = cells["id"], cells["acronym"]
        here = f"<{context.base}grant/{number}>"
        name = f"Grant agreement {number}" + (f" ({one_line(acronym)})" if acronym else "")
        lines = [self._core(here, number, name)]
        lines += self._doi(here, cells)
        if signed := cells.day("ecSignatureDate"):
            lines.append(f'{here}{_SIGNED}"{signed}{DATE}{end}')
        elif not cells["ecSignatureDate"]:
            cells.enter(kinds.NO_SIGNATURE_DATE, "ecSignatureDate")
        if concept := self._schemes.concept(cells):
            lines.append(f"{here}{_SCHEME}{concept}{end}")
        lines += self._money(here, cells, project)
        context.write("".join(lines))
        self._belongs(cells)

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

    def _doi(self, here: str, cells: Cells) -> list[str]:
        end = self._context.end
        if not cells["grantDoi"]:
            cells.enter(kinds.NO_GRANT_DOI, "grantDoi", note=cells["status"])
            return []
        found = doi(cells["grantDoi"])
        if not found:
            cells.enter(kinds.WRONG_DOI, "grantDoi")
            return [f'{here}{_IDENTIFIER}"{escaped(cells["grantDoi"])}"{end}']
        if found != f"10.3030/{cells['id']}":
            cells.enter(kinds.GRANT_DOI_OF_ANOTHER, "grantDoi")
        return [f"{here}{_DOI}<{doi_address(found)}>{end}"]

    def _money(self, here: str, cells: Cells, project: KnownProject) -> list[str]:
        end = self._context.end
        paid, cost = cells.amount("ecMaxContribution"), cells.amount("totalCost")
        lines = []
        if paid:
            project.whole = paid[1]
            self.sums["ecMaxContribution"] += paid[1]
            lines.append(f'{here}{_EU}"{paid[0]}{DECIMAL}{end}')
        if not paid or not paid[1]:
            cells.enter(kinds.NO_EU_MONEY, "ecMaxContribution")
        if cost and cost[1]:
            self.sums["totalCost"] += cost[1]
            lines.append(f'{here}{_COST}"{cost[0]}{DECIMAL}{end}')
            if paid and paid[1] > cost[1]:
                cells.enter(kinds.MORE_THAN_COST, "ecMaxContribution", note=f"totalCost {cost[0]}")
        elif cost:
            cells.enter(kinds.TOTAL_NOT_STATED, "totalCost", note=cells["fundingScheme"])
        if lines:
            lines.append(f"{here}{_CURRENCY}{end}")
        return lines

    def _belongs(self, cells: Cells) -> None:
        """State and remember the programmes, calls and topics of a grant, and what is part of what."""
        number, framework = cells["id"], cells["frameworkProgramme"]
        codes = _codes(cells["legalBasis"]) or [framework]
        parts = [self._programmes.belongs(code, *cells.place, framework=framework) for code in codes]
        call, sub_call = (self._calls.add(cells[column], *cells.place) for column in ("masterCall", "subCall"))
        if call and sub_call and sub_call != call:
            cells.enter(kinds.SUBCALL_DIFFERS, "subCall", note=f"masterCall {cells['masterCall']}")
            self._calls.part_of(sub_call, f"call/{call}")
        topics = [self._calls.add(code, *cells.place) for code in _codes(cells["topics"])]
        for topic in topics:
            if topic != call and (whole := sub_call or call):
                self._calls.part_of(topic, f"call/{whole}")
        top = call or sub_call
        for part in filter(None, parts):
            self._programmes.link(number, part)
            for each in [top] if top else topics:
                self._calls.part_of(each, f"programme/{part}")
        for each in dict.fromkeys(filter(None, [call, sub_call, *topics])):
            self._calls.link(number, each)


def _codes(cell: str) -> list[str]:
    return [code.strip() for code in cell.split(";") if code.strip()]
