"""What is stated of a publication as such: DOI, ISSN, ISBN, authors, journal, year, publisher."""

from __future__ import annotations

from typing import Protocol

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.identifiers import doi, doi_address, isbn, issn, issn_fits
from eugraph.sources.cordis.mapping.context import Context
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


class Plain(Protocol):
    """What makes plain text of a cell, and enters what it mended."""

    def text(self, text: str, file: str, line: int, about: str, column: str) -> str:
        """Return the plain text."""
        ...


class Bibliography:
    """Writes what a row says of a publication."""

    COLUMNS = ("doi", "isbn", "issn", "publishedYear", "authors", "journalTitle", "journalNumber", "publisher")

    def __init__(self, context: Context) -> None:
        self._context = context
        self._dois: dict[str, int] = {}

    def lines(self, here: str, cells: tuple[str, ...], file: str, line: int, about: str, plain: Plain) -> str:
        """Return the lines for one row; `cells` are those of COLUMNS."""
        if not any(cells):
            return ""
        end, add = self._context.end, self._context.ledger.add
        number, book, serial, year, *texts = cells
        found = ""
        if number:
            found += self._doi(here, number, file, line, about)
        if book:
            digits = isbn(book)
            if not digits:
                add(kinds.WRONG_ISBN, file, line, about=about, column="isbn", value=book)
            found += f'{here}{_ISBN}"{escaped(digits or book)}"{end}'
        if serial:
            digits = issn(serial)
            if not digits:
                add(kinds.WRONG_ISSN, file, line, about=about, column="issn", value=serial)
            elif not issn_fits(digits):
                add(kinds.ISSN_CHECK_DIGIT, file, line, about=about, column="issn", value=serial)
            found += f'{here}{_ISSN}"{escaped(digits or serial)}"{end}'
        if year.isdecimal() and len(year) == 4:  # noqa: PLR2004 - digits of a year
            found += f'{here}{_ISSUED}"{year}{YEAR}{end}'
        elif year:
            add(kinds.WRONG_YEAR, file, line, about=about, column="publishedYear", value=year)
        for (column, said), text in zip(_TEXTS.items(), texts, strict=True):
            if text:
                found += f'{here}{said}"{escaped(plain.text(text, file, line, about, column))}"{end}'
        return found

    def _doi(self, here: str, number: str, file: str, line: int, about: str) -> str:
        end, add = self._context.end, self._context.ledger.add
        found = doi(number)
        if not found:
            add(kinds.WRONG_DOI, file, line, about=about, column="doi", value=number)
            return f'{here}{_IDENTIFIER}"{escaped(number)}"{end}'
        self._dois[found] = self._dois.get(found, 0) + 1
        where = doi_address(found)
        if "%" in where:
            add(kinds.DOI_SIGNS, file, line, about=about, column="doi", value=number, became=where)
        if found != number:
            add(kinds.DOI_CASE, file, line, about=about, column="doi", value=number, became=found)
        return f"{here}{_DOI}<{where}>{end}"

    def finish(self) -> None:
        """Enter the DOIs that several results share."""
        for number, count in sorted(self._dois.items()):
            if count > 1:
                self._context.ledger.add(kinds.DOI_SHARED, "", 0, column="doi", value=number, note=f"{count} results")
