"""What to make of a row whose letters or quotation marks are not as they should be; each change is in the ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eugraph.sources.cordis.csv_header import Layout
from eugraph.sources.cordis.csv_lines import is_odd
from eugraph.sources.cordis.ledger import Kind, Ledger, Outcome

ENCODING = Kind(
    "encoding",
    Outcome.MENDED,
    "Bytes that are not UTF-8 were read as Windows-1252, letter by letter.",
    malformed=True,
)
NULL_BYTE = Kind(
    "null-byte", Outcome.MENDED, "The field has null bytes, which no text has. They are left out.", malformed=True
)
STRAY_QUOTE = Kind(
    "stray-quote",
    Outcome.MENDED,
    "Quotation marks are missing or too many. Those that are there tell where the fields end.",
    malformed=True,
)
QUOTE_IN_FIELD = Kind(
    "quote-in-field",
    Outcome.DOUBTED,
    "A quotation mark without a second one stands in a field that has none around it. It is taken for text.",
    malformed=True,
)

_WINDOWS: dict[int, str | None] = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)
}
_NO_NULL: dict[int, str | None] = {0: None}
_ESCAPED, _NULL = re.compile("[\udc80-\udcff]"), re.compile("\0")
_AROUND = 40  # characters before and behind a wrong letter that the ledger shows
_SHOWN = 300  # characters of a whole row that it shows


class Mender:
    """Mends rows of one file."""

    def __init__(self, layout: Layout, file: str, ledger: Ledger) -> None:
        self._layout, self._file, self._ledger = layout, file, ledger
        self._separator = f'"{layout.delimiter}"'
        field = rf'(?:"[^"]*(?:""[^"]*)*"|[^"\r\n{layout.delimiter}]*)'
        self._is_sound = re.compile(rf"{field}(?:{layout.delimiter}{field})*[\r\n]*").fullmatch

    def add(self, kind: Kind, line: int, text: str, note: str = "") -> None:
        """Enter a row, of which `text` is all that the file has."""
        self._ledger.add(kind, self._file, line, value=shown(text), note=note)

    def is_row(self, row: Sequence[str]) -> bool:
        """Tell whether these are the fields of a row, as far as their number and that of the project can tell."""
        key = self._layout.key
        return len(row) == len(self._layout.names) and (key is None or row[key].strip().isdecimal())

    def split(self, line: int, text: str) -> list[str] | None:
        """Return the fields of a row whose fields are all quoted, and well separated; None where that makes no row."""
        body = text.rstrip("\r\n").removeprefix('"')
        for fields in (body.removesuffix('"'), body):  # the mark at the end may be one that opens an empty field
            row = [field.replace('""', '"') for field in fields.split(self._separator)]
            if self.is_row(row):
                break
        else:
            return None
        if not self._is_sound(text):
            self.add(STRAY_QUOTE, line, text)
        return self._cleaned(line, row)

    def checked(self, line: int, row: list[str], text: str) -> list[str]:
        """Return a row with what it should have: `text` is what the file has."""
        if any(field.count('"') % 2 for field in row) and not self._is_sound(text):
            if mended := self.split(line, text):
                return mended
            row = [self._unquoted(line, row, index, text) for index in range(len(row))]
        return self._cleaned(line, row)

    def _unquoted(self, line: int, row: Sequence[str], index: int, text: str) -> str:
        """Return a field of an unsound row without the mark at its end, if the one before it is missing."""
        field = row[index]
        written = field.replace('"', '""')
        if field.count('"') % 2 == 0 or f'"{written}"' in text:
            return field
        kind, became = QUOTE_IN_FIELD, ""
        if field.endswith('"') and text.startswith('"'):
            kind, became = STRAY_QUOTE, field.removesuffix('"')
        self._ledger.add(
            kind,
            self._file,
            line,
            about=self._about(row),
            column=self._layout.names[index],
            value=shown(field),
            became=shown(became),
        )
        return became if kind is STRAY_QUOTE else field

    def _cleaned(self, line: int, row: Sequence[str]) -> list[str]:
        return [self._clean(line, row, index) if is_odd(field) else field for index, field in enumerate(row)]

    def _clean(self, line: int, row: Sequence[str], index: int) -> str:
        field = row[index]
        odd = is_odd(field)
        at = odd.start() if odd else 0
        part = field[max(0, at - _AROUND) : at + _AROUND]
        for kind, found, becomes in ((ENCODING, _ESCAPED, _WINDOWS), (NULL_BYTE, _NULL, _NO_NULL)):
            if found.search(field):
                self._ledger.add(
                    kind,
                    self._file,
                    line,
                    about=self._about(row),
                    column=self._layout.names[index],
                    value=_ESCAPED.sub("\N{REPLACEMENT CHARACTER}", part),
                    became=part.translate(_WINDOWS | _NO_NULL),
                )
                field = field.translate(becomes)
        return field

    def _about(self, row: Sequence[str]) -> str:
        return "" if self._layout.key is None else as_windows(row[self._layout.key])


def shown(text: str) -> str:
    """Return the beginning of what a file has, as the ledger shows it."""
    return as_windows(text[:_SHOWN])


def as_windows(text: str) -> str:
    """Return `text` with the bytes in it that are not UTF-8 read as Windows-1252."""
    return text.translate(_WINDOWS)
