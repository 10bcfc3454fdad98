"""Rows of an answer as Python values, and as frames of pandas and polars, which are loaded when they are asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, overload

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.errors import NotInstalledError
from eugraph.rdf.lexical import expected_form
from eugraph.reports.answer import Answer
from eugraph.store import Row, Solutions
from eugraph.vocab import PREFIXES

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Value = str | int | float | bool | Decimal | dt.date | dt.datetime | None

_XSD = PREFIXES["xsd"]
_INTEGERS = frozenset(_XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "int", "long"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?\Z")
_LONGEST_NUMBER = 4000  # digits; Python refuses to read longer ones as int
_INT64 = 2**63
_SHOWN = 20  # rows that repr shows


class Rows(Sequence[tuple[Value, ...]]):
    """The answer to a SELECT query: a sequence of tuples, one value a column.

    IRIs and texts are `str`; xsd:integer is `int`, xsd:decimal `Decimal`, xsd:double and xsd:float `float`, xsd:boolean
    `bool`, xsd:date `date`, xsd:dateTime `datetime`. What such a value cannot hold without loss stays the text as
    written: a year or a month, a date with a time zone, an ill-typed literal. An unbound variable is `None`.
    """

    def __init__(self, solutions: Solutions, base_iri: str, *, more: str = "") -> None:
        """Take rows of terms, what the IRIs of things begin with, and a sentence that says so if rows were cut."""
        self.more = more  # "" where these are all
        self.columns = solutions.columns
        self.terms: Sequence[Row] = solutions.rows  # with languages and datatypes
        self._base = base_iri
        self.rows: list[tuple[Value, ...]] = [tuple(map(value_of, row)) for row in solutions.rows]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    @overload
    def __getitem__(self, index: int) -> tuple[Value, ...]: ...

    @overload
    def __getitem__(self, index: slice) -> list[tuple[Value, ...]]: ...

    def __getitem__(self, index: int | slice) -> tuple[Value, ...] | list[tuple[Value, ...]]:
        return self.rows[index]

    def __repr__(self) -> str:
        """The first rows as a table, with IRIs shortened."""
        shown = Solutions(self.columns, self.terms[:_SHOWN])
        table = Answer(result=shown, base_iri=self._base).write("table")
        more = len(self) - _SHOWN
        count = f"… and {more} more rows" if more > 0 else f"({_counted(len(self))})" if self.rows else ""
        return f"{table}{count}\n({self.more})" if self.more else table + count

    def dicts(self) -> list[dict[str, Value]]:
        """Return a dict for each row, column -> value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> list[Value]:
        """Return the values of one column.

        Raises:
            KeyError: there is no such column.
        """
        if name not in self.columns:
            raise KeyError(f"{name!r} is none of the columns {', '.join(self.columns)}")
        index = self.columns.index(name)
        return [row[index] for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas data frame.

        Columns are Int64, Float64, boolean, string or datetime64, all of which may miss values. Decimals stay `Decimal`
        in columns of objects, and so does what is of more than one kind.

        Raises:
            NotInstalledError: pandas is not installed.
        """
        pandas = _package("pandas", "Rows.to_pandas")
        frame: pd.DataFrame = pandas.DataFrame(index=range(len(self)))
        for name in self.columns:
            frame[name] = _pandas_column(pandas, self.column(name))
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Return a polars data frame.

        Columns are Int64, Float64, Boolean, Decimal, Date, Datetime or String. A column whose values are of more than
        one kind becomes String, each value as in CSV.

        Raises:
            NotInstalledError: polars is not installed.
        """
        polars = _package("polars", "Rows.to_polars")
        series = [_polars_column(polars, name, self.column(name)) for name in self.columns]
        frame: pl.DataFrame = polars.DataFrame(series)
        return frame


def value_of(cell: NamedNode | BlankNode | Literal | Triple | None) -> Value:
    """Return the Python value of a term; see `Rows`."""
    if cell is None:
        return None
    if not isinstance(cell, Literal):
        return cell.value if isinstance(cell, NamedNode) else str(cell)
    text, datatype = cell.value, cell.datatype.value
    if not datatype.startswith(_XSD) or expected_form(text, datatype) is not None or len(text) > _LONGEST_NUMBER:
        return text
    return _number(text, datatype.removeprefix(_XSD), datatype in _INTEGERS)


def _number(text: str, kind: str, is_integer: bool) -> Value:
    """The value of a text that is known to be in the lexical space of its type, else the text."""
    try:
        if is_integer:
            return int(text)
        if kind == "boolean":
            return text in ("true", "1")
        if kind == "decimal":
            return Decimal(text)
        if kind in ("double", "float"):
            return float(text)
        if kind == "date" and _DAY.match(text):
            return dt.date.fromisoformat(text)
        if kind == "dateTime" and _MOMENT.match(text):
            return dt.datetime.fromisoformat(text)
    except ValueError:
        return text  # such as 24:00:00, or the year 0
    return text


def _package(name: str, purpose: str) -> ModuleType:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise NotInstalledError(name, purpose) from None


def _kind(values: Sequence[Value]) -> type | None:
    """The one type of all values that are there, else None."""
    kinds = {type(value) for value in values if value is not None}
    return kinds.pop() if len(kinds) == 1 else None


def _pandas_column(pandas: ModuleType, values: Sequence[Value]) -> pd.Series:
    kind = _kind(values)
    names = {int: "Int64", float: "Float64", bool: "boolean", str: "string"}
    if kind is int and any(abs(v) >= _INT64 for v in values if isinstance(v, int)):
        kind = None
    if kind in (dt.date, dt.datetime) and not any(isinstance(v, dt.datetime) and v.tzinfo for v in values):
        return pandas.Series([pandas.NaT if v is None else v for v in values], dtype="datetime64[us]")
    return pandas.Series(values, dtype=names.get(kind, "object") if kind else "object")


def _polars_column(polars: ModuleType, name: str, values: Sequence[Value]) -> pl.Series:
    kind = _kind(values)
    types = {int: polars.Int64, float: polars.Float64, bool: polars.Boolean, dt.date: polars.Date}
    found: pl.Series
    if kind is Decimal and (scale := _scale(values)) is not None:
        found = polars.Series(name, values, dtype=polars.Decimal(38, scale))
    elif kind is dt.datetime and not any(isinstance(v, dt.datetime) and v.tzinfo for v in values):
        found = polars.Series(name, values, dtype=polars.Datetime("us"))
    elif kind in types and not (kind is int and any(abs(v) >= _INT64 for v in values if isinstance(v, int))):
        found = polars.Series(name, values, dtype=types[kind])
    else:
        found = polars.Series(name, [None if v is None else _as_text(v) for v in values], dtype=polars.String)
    return found


def _scale(values: Sequence[Value]) -> int | None:
    """Digits behind the point that hold every decimal; None where one has more digits than polars takes."""
    scale = whole = 0
    for value in values:
        if isinstance(value, Decimal):
            _, digits, exponent = value.as_tuple()
            assert isinstance(exponent, int)
            scale, whole = max(scale, -exponent), max(whole, len(digits) + exponent)
    return scale if scale + max(whole, 1) <= 38 else None


def _as_text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date):  # and datetime, which is one
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _counted(number: int) -> str:
    return f"{number} row" if number == 1 else f"{number} rows"
