"""What all mappings write to, and what they share: addresses, the graph, the ledger, tallies."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from eugraph.sources.cordis.identifiers import address
from eugraph.sources.cordis.kinds import (
    COLUMN_NOT_TAKEN,
    CONTROL_CHARACTER,
    DECIMAL_COMMA,
    MARKUP,
    MENDED_ADDRESS,
    NEGATIVE_AMOUNT,
    TABLE_NOT_TAKEN,
    TALLY,
    WRONG_ADDRESS,
    WRONG_AMOUNT,
    WRONG_DATE,
)
from eugraph.sources.cordis.ledger import Ledger
from eugraph.sources.cordis.values import amount, day

_ENTITY = re.compile(r"&(?:[A-Za-z]+|#[0-9]+|#x[0-9A-Fa-f]+);")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Rows = Iterable[tuple[int, Sequence[str]]]


@dataclass(slots=True)
class Tallies:
    """How often a value stands in a column, and where it stood first."""

    _found: dict[tuple[str, str, str], tuple[int, str, int]] = field(default_factory=dict)

    def add(self, table: str, column: str, counting: Counting, file: str) -> None:
        """Add what was counted in one file."""
        for value, count in counting.counts.items():
            before = self._found.get((table, column, value), (0, file, counting.firsts[value]))
            self._found[table, column, value] = (before[0] + count, *before[1:])

    def add_one(self, table: str, column: str, value: str, file: str, line: int) -> None:
        """Count a value once."""
        before = self._found.get((table, column, value), (0, file, line))
        self._found[table, column, value] = (before[0] + 1, *before[1:])

    def enter(self, ledger: Ledger) -> None:
        """Enter each value with its count."""
        for (table, column, value), (count, file, line) in sorted(self._found.items()):
            ledger.add(TALLY, file, line, about=table, column=column, value=value, note=str(count))


class Counting:
    """Counts the values of one column in one file."""

    __slots__ = ("counts", "firsts")

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.firsts: dict[str, int] = {}

    @classmethod
    def of(cls, together: dict[tuple[str, ...], list[int]], at: int) -> Counting:
        """Return the counts of one of several columns that were counted together, with count and first line of each."""
        counting = cls()
        for values, (count, line) in together.items():
            value = values[at]
            counting.counts[value] = counting.counts.get(value, 0) + count
            counting.firsts[value] = min(counting.firsts.get(value, line), line)
        return counting

    def add(self, value: str, line: int) -> None:
        """Count a value on a line."""
        try:
            self.counts[value] += 1
        except KeyError:
            self.counts[value] = 1
            self.firsts[value] = line


@dataclass(slots=True)
class Context:
    """Where a mapping writes, and what it says of everything.

    Args:
        base: what the addresses of things begin with.
        name: name of the source, the last part of the names of its graph and of its own description.
        ledger: takes what was dropped, mended, doubted, noted.
        write: takes lines of N-Quads, each with its line feed.
    """

    base: str
    name: str
    ledger: Ledger
    write: Callable[[str], None]
    tallies: Tallies = field(default_factory=Tallies)
    newest: str = ""  # the newest day on which a record was updated
    things: dict[str, int] = field(default_factory=dict)  # how many of each kind were described
    _left_out: dict[tuple[str, str], tuple[int, tuple[str, int]]] = field(default_factory=dict)
    end: str = field(init=False)  # what ends a line: the graph, a full stop, a line feed
    source: str = field(init=False)  # the address of the source, in angle brackets

    def __post_init__(self) -> None:
        """Put together what every line needs."""
        self.end = f" <{self.base}graph/{self.name}> .\n"
        self.source = f"<{self.base}source/{self.name}>"

    def count(self, kind: str, number: int = 1) -> None:
        """Count things that were described."""
        self.things[kind] = self.things.get(kind, 0) + number

    def not_taken(self, table: str, column: str, place: tuple[str, int], count: int) -> None:
        """Count rows of a table that is not in the graph, or that fill a column that is not; `place` is the first."""
        before = self._left_out.get((table, column), (0, place))
        self._left_out[table, column] = (before[0] + count, before[1])

    def not_taken_column(self, table: str, column: str, counting: Counting, file: str) -> None:
        """Count the rows of one file that fill a column which is not in the graph."""
        filled = {value: count for value, count in counting.counts.items() if value}
        if filled:
            first = min(counting.firsts[value] for value in filled)
            self.not_taken(table, column, (file, first), sum(filled.values()))

    def enter_counts(self) -> None:
        """Enter what was counted over all files."""
        for (table, column), (count, place) in sorted(self._left_out.items()):
            kind = COLUMN_NOT_TAKEN if column else TABLE_NOT_TAKEN
            self.ledger.add(kind, *place, about=table, column=column, note=f"{count} rows")
        self.tallies.enter(self.ledger)

    def update(self, text: str) -> None:
        """Take notice of the day on which a record was updated."""
        found = day(text)
        if found and found > self.newest:
            self.newest = found

    def day(self, text: str, file: str, line: int, about: str, column: str) -> str | None:
        """Return the day that a cell gives; what is no day is entered."""
        if not text:
            return None
        found = day(text)
        if found is None:
            self.ledger.add(WRONG_DATE, file, line, about=about, column=column, value=text)
        return found

    def amount(self, text: str, file: str, line: int, about: str, column: str) -> tuple[str, int] | None:
        """Return the amount that a cell gives, as written and in cents; what is none is entered."""
        if not text:
            return None
        found = amount(text)
        if found is None:
            self.ledger.add(WRONG_AMOUNT, file, line, about=about, column=column, value=text)
        elif found[1] < 0:
            self.ledger.add(NEGATIVE_AMOUNT, file, line, about=about, column=column, value=text)
            return None
        elif "," in text:
            self.ledger.add(DECIMAL_COMMA, file, line, about=about, column=column, value=text, became=found[0])
        return found

    def address(self, text: str, file: str, line: int, about: str, column: str) -> str | None:
        """Return the web address that a cell gives; what is none, or was mended, is entered."""
        found = address(text)
        if found is None:
            self.ledger.add(WRONG_ADDRESS, file, line, about=about, column=column, value=text)
        elif found != text:
            self.ledger.add(MENDED_ADDRESS, file, line, about=about, column=column, value=text, became=found)
        return found

    def text(self, text: str, file: str, line: int, about: str, column: str) -> str:
        """Return a text without control characters; that there were some is entered."""
        if not _CONTROL.search(text):
            return text
        plain = _CONTROL.sub("", text)
        self.ledger.add(CONTROL_CHARACTER, file, line, about=about, column=column, value=text, became=plain)
        return plain

    def plain(self, text: str, file: str, line: int, about: str, column: str) -> str:
        """Return a text without control characters, and with characters in the place of entities of HTML."""
        if "&" in text and _ENTITY.search(text) and (plain := html.unescape(text)) != text:
            self.ledger.add(MARKUP, file, line, about=about, column=column, value=text, became=plain)
            text = plain
        return self.text(text, file, line, about, column)
