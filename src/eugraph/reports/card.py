"""A description as text: aligned, wrapped to a width, with nothing in it that a terminal would obey.

Control characters and those that turn the direction of writing are shown as escapes, so that no text from the data
moves the cursor, colours the screen or hides what follows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from eugraph.errors import visible
from eugraph.reports.describe import Description, Piece, Row, Table

Paint = Callable[[str, str, str], str]  # text, tone ("title", "label", "plain", "faint"), link -> text to print

_LABEL_WIDTH = 24  # longest column of labels, in cells
_NARROWEST = 8  # column of a table, in cells
_GAP = 2  # cells between columns


def plain(text: str, tone: str, link: str) -> str:  # noqa: ARG001 - it leaves these out
    """Paint nothing."""
    return text


def write_card(description: Description, *, width: int = 80, paint: Paint = plain, place: str = "") -> str:
    """Return a description as lines, the last with its line feed.

    Args:
        description: what is told.
        width: of the terminal, in cells; a word that is longer stays whole.
        paint: gives a piece of text its look and its link; what it adds takes no room on the screen.
        place: file and line where the thing's own statements begin; empty where it has no file.
    """
    width = max(width, 40)
    kind = f" ({description.kind})" if description.kind else ""
    lines = [line.painted(paint, "title") for line in _broken([Piece(description.name + kind)], width)]
    lines += [paint(one_line(description.iri), "faint", description.iri)]
    if description.rows:
        column = min(max(cells(one_line(row.label)) for row in description.rows), _LABEL_WIDTH, width // 3)
        lines += ["", *(line for row in description.rows for line in _row(row, column, width, paint))]
    for table in description.tables:
        lines += ["", *_table(table, width, paint)]
    if place:
        lines += ["", paint(one_line(place), "faint", "")]
    return "".join(f"{line}\n" for line in lines)


def one_line(text: str) -> str:
    """Return a text on one line, with escapes in place of characters that a terminal would obey."""
    return visible(re.sub(r"[ \t\r\n]+", " ", text).strip(" "))


def cells(text: str) -> int:
    """The number of cells that a text takes on a terminal.

    Spec: Unicode Standard Annex 11, <https://www.unicode.org/reports/tr11/>.
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def _row(row: Row, column: int, width: int, paint: Paint) -> list[str]:
    label = one_line(row.label)
    room = width - column - _GAP
    if row.lines:
        lines = [line for value in row.values for line in _broken([value], room)]
    else:
        lines = _broken(row.values, room, between=",")
    body = [line.painted(paint, "plain") for line in lines] or [""]
    heads = [paint(label, "label", "") + " " * (column + _GAP - cells(label))]
    if cells(label) > column:
        body, heads = ["", *body], [paint(label, "label", "")]
    heads += [" " * (column + _GAP)] * (len(body) - len(heads))
    return [(head + text).rstrip() for head, text in zip(heads, body, strict=True)]


def _table(table: Table, width: int, paint: Paint) -> list[str]:
    heads = [[Piece(column)] for column in table.columns]
    widths = _widths([heads, *table.rows], width)
    lines = [paint(one_line(table.title), "title", "")]
    for row, tone in ((heads, "label"), *((row, "plain") for row in table.rows)):
        columns = [_broken(cell, w, between=";", cut=True) for cell, w in zip(row, widths, strict=True)]
        for n in range(max(map(len, columns), default=0)):
            parts = [column[n] if n < len(column) else _Line() for column in columns]
            gaps = [" " * (w - part.size + _GAP) for part, w in zip(parts, widths, strict=True)]
            lines.append(
                "".join(part.painted(paint, tone) + gap for part, gap in zip(parts, gaps, strict=True)).rstrip()
            )
    return lines


def _widths(grid: Sequence[Sequence[Sequence[Piece]]], width: int) -> list[int]:
    """As wide as the widest cell; where that is too much, the widest columns give way."""
    widths = [max(_length(row[n]) for row in grid) for n in range(len(grid[0]))]
    while sum(widths) + _GAP * (len(widths) - 1) > width and max(widths) > _NARROWEST:
        widest = max(widths)
        others = sum(w for w in widths if w != widest) + _GAP * (len(widths) - 1)
        share = (width - others) // widths.count(widest)  # what is left for each of the widest
        second = max((w for w in widths if w != widest), default=_NARROWEST)
        widths = [max(share, second, _NARROWEST) if w == widest else w for w in widths]
        if max(share, second, _NARROWEST) == widest:
            break
    return widths


def _length(pieces: Sequence[Piece]) -> int:
    return sum(cells(one_line(piece.text)) + 2 for piece in pieces) - 2 if pieces else 0


@dataclass(slots=True)
class _Line:
    """Words of one line, each with its link."""

    words: list[tuple[str, str]] = field(default_factory=list)
    size: int = 0  # cells

    def painted(self, paint: Paint, tone: str) -> str:
        """Join the words; neighbours with the same link are painted as one."""
        runs: list[tuple[list[str], str]] = []
        for word, link in self.words:
            if runs and runs[-1][1] == link:
                runs[-1][0].append(word)
            else:
                runs.append(([word], link))
        return " ".join(paint(" ".join(run), tone, link) for run, link in runs)


def _broken(pieces: Sequence[Piece], width: int, *, between: str = "", cut: bool = False) -> list[_Line]:
    """Break texts into lines between words; with `cut` words that are wider than a line as well.

    Args:
        pieces: some texts.
        width: of a line, in cells.
        between: what separates the texts.
        cut: whether a word may be broken.
    """
    lines = [_Line()]
    for number, piece in enumerate(pieces, 1):
        text = one_line(piece.text) + (between if number < len(pieces) else "")
        for word in text.split(" "):
            for part in _cut(word, width) if cut and cells(word) > width else (word,):
                size = cells(part) + bool(lines[-1].words)
                if lines[-1].words and lines[-1].size + size > width:
                    lines.append(_Line())
                    size -= 1
                lines[-1].words.append((part, piece.link))
                lines[-1].size += size
    return [line for line in lines if line.size]


def _cut(word: str, width: int) -> list[str]:
    parts, part, size = list[str](), "", 0
    for character in word:
        more = cells(character)
        if part and size + more > width:
            parts.append(part)
            part, size = "", 0
        part += character
        size += more
    return [*parts, part]
