"""One row at hand: its cells by column, and what enters their faults."""

from __future__ import annotations

from collections.abc import Mapping

from eugraph.sources.cordis.ledger import Kind
from eugraph.sources.cordis.mapping.context import Context


class Cells:
    """The cells of a row.

    Args:
        context: what is written to.
        row: the cells by column, without white space around them.
        file: the file that has the row.
        line: the line on which it begins.
        about: what it is about, for the ledger.
    """

    __slots__ = ("about", "context", "place", "row")

    def __init__(self, context: Context, row: Mapping[str, str], file: str, line: int, about: str) -> None:
        self.context, self.row, self.about = context, row, about
        self.place = (file, line)

    def __getitem__(self, column: str) -> str:
        return self.row[column]

    def enter(self, kind: Kind, column: str, became: str = "", note: str = "", value: str | None = None) -> None:
        """Enter a fault of a cell; `value` is the cell, where nothing else is given."""
        said = self.row[column] if value is None else value
        self.context.ledger.add(
            kind, *self.place, about=self.about, column=column, value=said, became=became, note=note
        )

    def day(self, column: str) -> str | None:
        """Return the day of a cell; what is no day is entered."""
        return self.context.day(self.row[column], *self.place, self.about, column)

    def amount(self, column: str) -> tuple[str, int] | None:
        """Return the amount of a cell, as written and in cents; what is none is entered."""
        return self.context.amount(self.row[column], *self.place, self.about, column)

    def address(self, column: str) -> str | None:
        """Return the web address of a cell, None of an empty one; what is none, or was mended, is entered."""
        text = self.row[column]
        return self.context.address(text, *self.place, self.about, column) if text else None

    def text(self, column: str) -> str:
        """Return the text of a cell without control characters; that there were some is entered."""
        return self.context.text(self.row[column], *self.place, self.about, column)
