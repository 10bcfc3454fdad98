"""CSV tables to statements: the header names keys of the context, each row is a thing.

Spec: RFC 4180, <https://www.rfc-editor.org/rfc/rfc4180>; after CSV on the Web, <https://www.w3.org/TR/tabular-data-primer/>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from eugraph.errors import (
    EmptyFileError,
    InputError,
    MissingKeyError,
    RaggedRowError,
    RepeatedKeyError,
    UnknownKeyError,
    WrongValueError,
)
from eugraph.rdf.jsonld_context import Context
from eugraph.sources.csv_cells import Cell, check_separator, ragged, rows
from eugraph.sources.kinds import KIND_OF_CLASS, KIND_OF_TABLE, KINDS, NAMED_BY_RULE
from eugraph.sources.literals import is_language
from eugraph.sources.records import Entry, Items, Record, Scalar, Spot, Value
from eugraph.sources.statements import Content, Statements
from eugraph.sources.words import ID, INCLUDED, TYPE
from eugraph.vocab import EUG

_BAR = re.compile(r"(?:\A|\s+)\|(?=\s|\Z)\s*")
_WRITTEN_BAR = re.compile(r"(?<=\s)\\\|(?=\s)")


def read_csv(text: str, path: PurePath, *, context: Context, base_iri: str) -> Content:
    """Return what the rows of a table state.

    Args:
        text: the file's text, without a byte order mark.
        path: the file's name as messages shall show it; `fields.csv` holds things of the kind `field`.
        context: what the columns mean.
        base_iri: what relative addresses begin with.

    Raises:
        SyntaxFaultError: the cells are not separated and quoted as CSV has it.
        EmptyFileError: there is no row.
    """
    lines = rows(text, path)
    header = next(lines, None)
    if header is None:
        raise EmptyFileError(path, "the table is empty. Write a header and rows, or delete the file.")
    check_separator(header, path)
    statements = Statements(context, base_iri, path)
    table = _Table(statements, header, KIND_OF_TABLE.get(path.stem.lower(), ""))
    records = [record for line in lines if (record := table.record(line)) is not None]
    if not table.rows:
        fault = "the table has no rows. Write one below the header, or delete the file."
        raise EmptyFileError(path, fault, line=1, column=1)
    if table.is_usable:
        statements.add_all(records)
    return statements.content()


class _Column(NamedTuple):
    """What a column holds."""

    title: str
    key: str
    language: str  # of its texts; "" where they have none
    many: bool  # a cell may hold several values


class _Table:
    """Turns rows into records."""

    def __init__(self, statements: Statements, header: Sequence[Cell], kind: str) -> None:
        self._statements, self._kind, self._width = statements, kind, len(header)
        self._seen: dict[str, tuple[int, list[str]]] = {}  # id -> line and cells of its first row
        self.rows = 0
        titles: dict[str, Spot] = {}
        self._columns: list[_Column | None] = []
        for cell in header:
            if first := titles.get(cell.text):
                fault = f"the column {cell.text!r} is there already, at column {first.column}. Delete or rename one."
                statements.fault(RepeatedKeyError, cell.spot, fault)
            titles.setdefault(cell.text, cell.spot)
            try:
                self._columns.append(self._column(cell))
            except InputError as error:
                statements.faults.append(error)
                self._columns.append(None)
        self._has_ids = ID in titles or kind in NAMED_BY_RULE
        if not self._has_ids and ID not in map(str.lower, titles):  # ID is an unknown column already
            fault = "the table has no column id. Add one with the address of each thing."
            statements.fault(MissingKeyError, header[0].spot, fault)
        self.is_usable = not statements.faults  # what a broken header makes of rows would be false

    def _column(self, cell: Cell) -> _Column:
        """Return what a title means: a key, or a key and a language as in name@en."""
        key, at, language = cell.text.partition("@")
        if key in (ID, TYPE) and not at:
            return _Column(cell.text, key, "", many=key == TYPE)
        words = self._statements.words
        if not cell.text:
            raise words.fault(
                UnknownKeyError, cell.spot, "this column has no name. Name it in the header, or delete it."
            )
        if key == INCLUDED:
            raise words.fault(
                UnknownKeyError, cell.spot, "things in things stand in no table. Give them rows of their own."
            )
        term = words.key(key, cell.spot)
        if term.kind == "@reverse":
            fault = f"{key} stand in no table of other things. Write them in a table {key}.csv."
            raise words.fault(UnknownKeyError, cell.spot, fault)
        if at and not is_language(language):
            raise words.fault(
                WrongValueError, cell.spot, f"{language!r} is no language. Write a tag, such as {key}@en."
            )
        if at and term.kind != "@language" and term.iri != f"{EUG}value":
            raise words.fault(WrongValueError, cell.spot, f"{key} has no language. Name the column {key!r}.")
        if not at and term.kind == "@language":
            raise words.fault(WrongValueError, cell.spot, f"texts need a language. Name the column {key}@en.")
        return _Column(cell.text, key, language, term.many)

    def record(self, row: Sequence[Cell]) -> Record | None:
        """Return what a row says, None for one that is empty, ragged or there before."""
        if not any(cell.text for cell in row):
            return None
        self.rows += 1
        if len(row) != self._width:
            self._ragged(row)
            return None
        found: dict[str, list[Value]] = {}
        texts: dict[str, list[Entry]] = {}
        spots: dict[str, Spot] = {}
        for column, cell in zip(self._columns, row, strict=True):
            if column is None or not cell.text:
                continue
            values = list(self._values(column, cell))
            spots.setdefault(column.key, cell.spot)
            if column.language:
                texts.setdefault(column.key, []).append(Entry(column.language, cell.spot, _together(values, cell.spot)))
            else:
                found.setdefault(column.key, []).extend(values)
        for key, entries in texts.items():
            found.setdefault(key, []).append(Record(entries, spots[key]))
        spot = row[0].spot
        if not self._has_ids or not self._identify(found, row) or self._is_repeated(found, row):
            return None
        return Record(
            [Entry(key, spots.get(key, spot), _together(v, spots.get(key, spot))) for key, v in found.items()], spot
        )

    def _values(self, column: _Column, cell: Cell) -> Iterator[Scalar]:
        """Yield the values of a cell: several where the key may have several and bars stand between them."""
        if not column.many:
            yield Scalar(cell.text, cell.spot_of(0))
            return
        begin = 0
        for bar in [*_BAR.finditer(cell.text), None]:
            part = cell.text[begin : bar.start()] if bar else cell.text[begin:]
            spot = cell.spot_of(begin)
            if part:
                yield Scalar(_WRITTEN_BAR.sub("|", part), spot)
            else:
                fault = f"there is no value at a bar in {column.title}. Write one, or delete the bar."
                self._statements.fault(WrongValueError, spot, fault)
            begin = bar.end() if bar else begin

    def _identify(self, found: dict[str, list[Value]], row: Sequence[Cell]) -> bool:
        """Complete address and type by the kind of the table or of the row; tell whether there is an address."""
        ids, types = found.get(ID, []), [value.text for value in found.get(TYPE, []) if isinstance(value, Scalar)]
        kind = next((KIND_OF_CLASS[name] for name in types if name in KIND_OF_CLASS), "") or self._kind
        if ids:
            name = ids[0]
            assert isinstance(name, Scalar)
            if "/" not in name.text and ":" not in name.text:
                if not kind:
                    fault = (
                        f"it is not said of what kind {name.text!r} is. Write kind/{name.text}, or add a column type."
                    )
                    self._statements.fault(MissingKeyError, name.spot, fault)
                    return False
                found[ID] = [Scalar(f"{kind}/{name.text}", name.spot)]
            elif not kind:
                kind = name.text.partition("/")[0]
        elif kind not in NAMED_BY_RULE:
            fault = "this row has no id. Write the address of the thing, such as project/harmony."
            self._statements.fault(MissingKeyError, row[0].spot, fault)
            return False
        if not types and kind in KINDS:
            spot = found[ID][0].spot if ids else row[0].spot
            found[TYPE] = [Scalar(name, spot) for name in KINDS[kind]]
        return True

    def _is_repeated(self, found: dict[str, list[Value]], row: Sequence[Cell]) -> bool:
        """Tell whether an earlier row has the same address; note the fault where it says something else."""
        if ID not in found:
            return False
        name = found[ID][0]
        assert isinstance(name, Scalar)
        cells = [cell.text for cell in row]
        line, first = self._seen.setdefault(name.text, (row[0].spot.line, cells))
        if first is cells:
            return False
        if first != cells:
            fault = f"<{name.text}> stands in line {line} with other values. Make one row of both."
            self._statements.fault(RepeatedKeyError, name.spot, fault)
        return True

    def _ragged(self, row: Sequence[Cell]) -> None:
        self._statements.fault(RaggedRowError, *ragged(row, self._width))


def _together(values: Sequence[Value], spot: Spot) -> Value:
    return values[0] if len(values) == 1 else Items(values, spot)
