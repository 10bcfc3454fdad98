"""A report as a page: its answer with names instead of addresses, and the query itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from markupsafe import Markup, escape

from eugraph.publish.given import AnsweredReport
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import STRING, Text
from eugraph.publish.pages.words import capital, label_of
from eugraph.store.tokens import tokens
from eugraph.vocab import PREFIXES

_WORDY_NAME = "wordy"
_ROOMY, _WORDY = 24, 90  # characters; longer ones get a wider column
FEW_COLUMNS = 5  # with more, a narrow screen shows the table as it is, and one moves it sideways
LONGEST_TABLE = 1000  # rows; the page says how many there are
_NUMERIC = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "double")}
_CLASSES = {"comment": "c", "iri": "i", "string": "s", "variable": "v", "name": "n"}
_COLUMN = re.compile(r"\s*([A-Za-z_]\w*):\s*(.*)", re.DOTALL)
_Cell = dict[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its name in the query, its heading, and what the report's header says of it."""

    name: str
    label: str
    meaning: str
    is_number: bool
    room: str  # what the stylesheet calls the width that its texts need: "", roomy, wordy


@dataclass(frozen=True, slots=True)
class Table:
    """The answer: rows of cells, how many rows there are in all, and long texts that are the same in every row."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Markup]]
    total: int
    constant: Sequence[tuple[Column, Markup]]


def table(report: AnsweredReport, pen: Pen) -> Table:
    """Return the answer as people read it. A column that only repeats the names of another one is left out."""
    answer: Mapping[str, Any] = orjson.loads(report.json or b"{}")
    names: list[str] = list(answer.get("head", {}).get("vars", ()))
    rows: list[dict[str, _Cell]] = list(answer.get("results", {}).get("bindings", ()))
    meanings = column_meanings(report.columns)
    shown = [name for place, name in enumerate(names) if not _repeats(name, names[:place], rows, pen)]
    cells = [[_cell(row.get(name), pen) for name in shown] for row in rows[:LONGEST_TABLE]]
    columns = [
        Column(name, capital(label_of(name)), meanings.get(name, ""), _is_number(name, rows), _room(cells, place))
        for place, name in enumerate(shown)
    ]
    same = {p for p, column in enumerate(columns) if column.room == _WORDY_NAME and len({row[p] for row in cells}) == 1}
    same = same if len(cells) > 1 else set()
    return Table(
        columns=[column for place, column in enumerate(columns) if place not in same],
        rows=[[cell for place, cell in enumerate(row) if place not in same] for row in cells],
        total=len(rows),
        constant=[(columns[place], cells[0][place]) for place in sorted(same)],
    )


def column_meanings(header: str) -> dict[str, str]:
    """Read the line `columns` of a report's header: "thing: what ran; name: its name in English"."""
    meanings: dict[str, str] = {}
    last = ""
    for part in header.split(";"):
        found = _COLUMN.fullmatch(part)
        if found:
            last = found[1]
            meanings[last] = found[2].strip()
        elif last:
            meanings[last] += f";{part}"
    return meanings


def _repeats(name: str, before: Sequence[str], rows: Sequence[dict[str, _Cell]], pen: Pen) -> bool:
    """Say whether a column holds nothing but the names of what an earlier column holds."""
    if not any(name in row for row in rows):
        return False
    return any(all(_is_name(row.get(name), row.get(earlier), pen) for row in rows) for earlier in before)


def _is_name(cell: _Cell | None, other: _Cell | None, pen: Pen) -> bool:
    if cell is None or other is None:
        return cell is other
    if cell["type"] != "literal" or other["type"] != "uri":
        return False
    return pen.names.label(pen.names.unmoved(other["value"])) == cell["value"]


def _is_number(name: str, rows: Sequence[dict[str, _Cell]]) -> bool:
    cells = [row[name] for row in rows if name in row]
    return bool(cells) and all(cell.get("datatype", "") in _NUMERIC for cell in cells)


def _room(cells: Sequence[Sequence[Markup]], place: int) -> str:
    longest = max((len(row[place].striptags()) for row in cells), default=0)
    return _WORDY_NAME if longest > _WORDY else "roomy" if longest > _ROOMY else ""


def _cell(cell: _Cell | None, pen: Pen) -> Markup:
    if cell is None:
        return Markup("")
    value = cell["value"]
    if cell["type"] == "uri":
        return pen.iri(pen.names.unmoved(cell["value"]))
    if cell["type"] == "bnode":
        return escape(value)
    return pen.literal(Text(value, cell.get("xml:lang", ""), cell.get("datatype", STRING)))


def parameters(report: AnsweredReport, pen: Pen) -> list[tuple[str, Markup]]:
    """Return (name, value) of what the report was answered for; a thing by its name."""
    shown = []
    for name, value in sorted(report.params.items()):
        thing = pen.names.base + value
        shown.append((name, pen.iri(thing) if thing in pen.names else pen.text(value)))
    return shown


def highlighted(query: str) -> Markup:
    """Return a query with its comments, keywords, variables, texts and names marked, for the stylesheet to colour."""
    parts = []
    for token in tokens(query):
        text = escape(token.text)
        class_ = _CLASSES.get(token.kind, "")
        if (token.kind == "word" and token.text.isupper()) or token.text == "a":
            class_ = "k"
        parts.append(Markup('<span class="{}">{}</span>').format(class_, text) if class_ else text)
    return Markup("").join(parts)
