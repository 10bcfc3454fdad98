"""What is stated of a publication as such: DOI, ISSN, ISBN, authors, journal, year, publisher."""

from __future__ import annotations

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.identifiers import doi, doi_address, isbn, issn, issn_fits
from eugraph.sources.cordis.mapping.context import Context
from eugraph.sources.cordis.mapping.repeats import Repeats
from eugraph.sources.cordis.nquads_text import YEAR, escaped, predicate

_DOI = predicate("eug:doi")
_IDENTIFIER = predicate("dcterms:identifier")
_ISSN = predicate("eug:issn")
_ISBN = predicate("eug:isbn")
_ISSUED = predicate("dcterms:issued")
_TEXTS = {
    "authors": predicate("eug:authors"),
    "journalTitle": predicate("eug:journal"),
    "journalNumber": predicate("eug:journalNumber"),
    "publisher": predicate("eug:publisherName"),
}


CITED = ("doi", "isbn", "issn", "publishedYear", *_TEXTS)  # the columns


class Bibliography:
    """Writes what a row says of a publication."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._dois = Repeats()

    def lines(self, here: str, cells: tuple[str, ...], file: str, line: int, about: str) -> str:
        """Return the lines for one row; `cells` are those of CITED."""
        if not any(cells):
            return ""
        context, end = self._context, self._context.end
        doi_, book, serial, year, *texts = cells
        found = self._doi(here, doi_, file, line, about) if doi_ else ""
        if book:
            found += f'{here}{_ISBN}"{escaped(self._isbn(book, file, line, about))}"{end}'
        if serial:
            found += f'{here}{_ISSN}"{escaped(self._issn(serial, file, line, about))}"{end}'
        if year.isdecimal() and len(year) == len("2025"):
            found += f'{here}{_ISSUED}"{year}{YEAR}{end}'
        elif year:
            context.ledger.add(kinds.WRONG_YEAR, file, line, about=about, column="publishedYear", value=year)
        for (column, said), text in zip(_TEXTS.items(), texts, strict=True):
            if text:
                found += f'{here}{said}"{escaped(context.plain(text, file, line, about, column))}"{end}'
        return found

    def _isbn(self, number: str, file: str, line: int, about: str) -> str:
        digits = isbn(number)
        if not digits:
            self._context.ledger.add(kinds.WRONG_ISBN, file, line, about=about, column="isbn", value=number)
        return digits or number

    def _issn(self, number: str, file: str, line: int, about: str) -> str:
        digits = issn(number)
        if not digits or not issn_fits(digits):
            kind = kinds.ISSN_CHECK_DIGIT if digits else kinds.WRONG_ISSN
            self._context.ledger.add(kind, file, line, about=about, column="issn", value=number)
        return digits or number

    def _doi(self, here: str, number: str, file: str, line: int, about: str) -> str:
        end, add = self._context.end, self._context.ledger.add
        found = doi(number)
        if not found:
            add(kinds.WRONG_DOI, file, line, about=about, column="doi", value=number)
            return f'{here}{_IDENTIFIER}"{escaped(number)}"{end}'
        self._dois.add(found, file, line)
        where = doi_address(found)
        if "%" in where:
            add(kinds.DOI_SIGNS, file, line, about=about, column="doi", value=number, became=where)
        if found != number:
            add(kinds.DOI_CASE, file, line, about=about, column="doi", value=number, became=found)
        return f"{here}{_DOI}<{where}>{end}"

    def finish(self) -> None:
        """Enter the DOIs that several results share."""
        self._dois.enter(self._context.ledger, kinds.DOI_SHARED, "doi", "results")
