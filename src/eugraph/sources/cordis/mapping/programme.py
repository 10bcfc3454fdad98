"""Funding programmes and their parts, from the table `legalBasis` and the legal bases that projects name."""

from __future__ import annotations

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.mapping.coded import Coded
from eugraph.sources.cordis.mapping.context import Context, Counting, Rows
from eugraph.sources.cordis.mapping.known_projects import KnownProjects
from eugraph.sources.cordis.tables import LEGAL_BASIS

# The whole programmes, whose addresses have names of their own, and what they are called.
_WHOLE = {
    "FP7": ("fp7", "Seventh Framework Programme"),
    "H2020": ("h2020", "Horizon 2020"),
    "H2020-EU": ("h2020", "Horizon 2020"),
    "HORIZON": ("horizon-europe", "Horizon Europe"),
}


def wider(code: str) -> str:
    """Return the code of the programme part that a part belongs to by its points; "" of one without.

    HORIZON.2.5.1 belongs to HORIZON.2.5, and H2020-EU.1.3. with its full stop to H2020-EU.1. with one.
    """
    stop = "." if code.endswith(".") else ""
    whole, point, _ = code.rstrip(".").rpartition(".")
    return whole + (stop if "." in whole else "") if point else ""


class Programmes(Coded):
    """Programmes, and their parts as a chain up to the whole."""

    def __init__(self, context: Context, known: KnownProjects) -> None:
        super().__init__(context, "programme", "eug:FundingProgramme", "eug:programme", "legalBasis", by_title=True)
        self._known = known

    def add(self, code: str, file: str, line: int, name: str = "") -> str:
        """Remember a code, and return the last part of its address; the whole programmes have names of their own."""
        whole, title = _WHOLE.get(code, (name, ""))
        found = super().add(code, file, line, whole)
        if title:
            self.titled(found, title, file, line)
        return found

    def belongs(self, code: str, file: str, line: int, chain: list[str] | None = None, framework: str = "") -> str:
        """Remember a code with what it belongs to, step by step, and return the last part of its address.

        Args:
            code: the code of a part.
            file: the file that names it.
            line: the line that names it.
            chain: codes of what it belongs to, the nearest first; by the points of the code where there is none.
            framework: the code of the whole programme, where the points do not lead to it.
        """
        here = found = self.add(code, file, line)
        if chain is None:
            chain = []
            while code := wider(code):
                chain.append(code)
            if framework and not (_WHOLE.keys() & chain) and found not in {name for name, _ in _WHOLE.values()}:
                chain.append(framework)
        for part in chain:
            if (above := self.add(part, file, line)) and here:
                self.part_of(here, f"programme/{above}")
            here = above
        return found

    def read(self, file: str, rows: Rows) -> None:
        """Map the rows of one file of legal bases."""
        ledger = self._context.ledger
        tallied = {"legalBasis": Counting(), "uniqueProgrammePart": Counting()}
        for line, values in rows:
            row = dict(zip(LEGAL_BASIS.columns, map(str.strip, values), strict=True))
            number, code = row["projectID"], row["legalBasis"]
            for column, counting in tallied.items():
                counting.add(row[column], line)
            chain = [part for part in row["parent"].split(">") if part] or None
            if not number.isdecimal():
                ledger.add(kinds.NO_PROJECT_NUMBER, file, line, column="projectID", value=number)
            elif self.told_before(number, code):
                ledger.add(kinds.REPEATED_ROW, file, line, about=number, column="legalBasis", value=code)
            elif programme := self.belongs(code, file, line, chain):
                self._known.get(number, file, line)
                self.link(number, programme)
                self.titled(programme, row["title"], file, line, row["rcn"])
            else:
                ledger.add(kinds.NO_IDENTIFIER, file, line, about=number, column="legalBasis", value=code)
        for column, counting in tallied.items():
            self._context.tallies.add("legalBasis", column, counting, file)
