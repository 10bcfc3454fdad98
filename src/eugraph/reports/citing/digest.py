"""The hash of an answer: the same for the same rows, in whatever order and by whichever engine they come.

What is hashed are lines: the names of the columns, then a line for each row with its terms as N-Triples writes them, a
tab between two, nothing where a variable is unbound; the rows sorted by code point, a line feed behind each line.
Numbers are written by their value, as engines differ in that: `0.50` and `0.5` are one. Of a graph it is the hash of
its canonical N-Triples, of yes and no that of the word.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal

from eugraph.rdf.hashing import canonical_nquads
from eugraph.reports.answer import Cell
from eugraph.store import Graph, Solutions
from eugraph.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
_EXACT = frozenset(
    _XSD + name for name in ("integer", "decimal", "int", "long", "nonNegativeInteger", "positiveInteger")
)
_FLOATING = frozenset(_XSD + name for name in ("double", "float"))
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?\Z")
MOST_LINES = 1000  # rows of an answer up to which each is told apart
_SHORT = 12  # hexadecimal digits that stand for a row: 48 bits, for some thousand rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What stands for an answer."""

    sha256: str  # of all of it
    rows: int  # or statements, or 1 for yes and no
    lines: Sequence[str]  # what stands for each row or statement, in the order of the answer; none where too many


def digest_of(result: Solutions | Graph | bool) -> Digest:
    """Return what stands for an answer.

    Raises:
        CanonicalisationTimeoutError: a graph has blank nodes that could not be named in time.
    """
    if isinstance(result, bool):
        head, lines = "", [str(result).lower()]
    elif isinstance(result, Graph):
        head, lines = "", [line.rstrip("\n") for line in canonical_nquads(result.triples)]
    else:
        head = "\t".join(f"?{column}" for column in result.columns)
        lines = ["\t".join(map(_written, row)) for row in result.rows]
    whole = "".join(f"{line}\n" for line in (head, *sorted(lines)))
    return Digest(
        sha256=hashlib.sha256(whole.encode()).hexdigest(),
        rows=len(lines),
        lines=[hashlib.sha256(line.encode()).hexdigest()[:_SHORT] for line in lines]
        if len(lines) <= MOST_LINES
        else [],
    )


def text_hash(text: str) -> str:
    """Return the SHA-256 of the text of a query."""
    return hashlib.sha256(text.encode()).hexdigest()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Literal):
        datatype = cell.datatype.value
        if datatype in _EXACT or datatype in _FLOATING:
            return str(Literal(_number(cell.value, datatype), datatype=cell.datatype))
    return str(cell)


def _number(text: str, datatype: str) -> str:
    """Return a number by its value; what is none as it is."""
    if datatype in _FLOATING:
        with contextlib.suppress(ValueError):
            return repr(float(text))
    if not (found := _DECIMAL.match(text)):
        return text
    sign, whole, fraction = found[1].replace("+", ""), found[2].lstrip("0"), (found[3] or "").rstrip("0")
    digits = f"{whole or '0'}.{fraction}" if fraction else whole or "0"
    return digits if digits == "0" else sign + digits
