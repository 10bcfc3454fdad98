"""Files of YAML and CSV that cannot be read, as a key is misspelt or a value is not spelt as its key asks for.

These faults are found before there are statements, so the words of the file itself are mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from eugraph.errors import UnknownKeyError, WrongValueError
from eugraph.findings import Finding, Place
from eugraph.mend.change import Edit, Fix
from eugraph.mend.kinds.datatypes import XSD, respelled
from eugraph.mend.kinds.names import is_near
from eugraph.mend.record_text import inside_quotes
from eugraph.rdf.jsonld_context import Context
from eugraph.sources.csv_cells import rows
from eugraph.vocab import term

_WORD = re.compile(r"[A-Za-z][\w-]*")
_KEY = re.compile(r"[ ]*(?:- +)*[\"']?([A-Za-z][\w-]*)[\"']?[ ]*:[ ]+[\[\"']?")
_PLAIN = re.compile(r"[^\s\"'#&*!|>{\[][^\r\n#]*?(?=[ ]*(?:[ ]#|\r?\n|\Z))")
_QUOTED = re.compile(r"([\"'])([^\"'\\\r\n]*)\1")


def patches(finding: Finding, texts: dict[PurePath, str], context: Context) -> Iterator[Fix]:
    """Yield the one patch that may make a file readable as far as a finding goes, or nothing.

    Args:
        finding: what was wrong with a file.
        texts: what the files hold.
        context: what keys mean.
    """
    place = finding.place
    if place is None or not place.column or place.path not in texts:
        return
    whole = texts[place.path]
    text = whole.removeprefix("\ufeff")  # places do not count a byte order mark, edits do
    mark = len(whole) - len(text)
    offset = _offset(text, place)
    if place.path.suffix.lower() == ".csv" and text.startswith('"', offset):
        offset = inside_quotes(text, offset)
    if finding.code == UnknownKeyError.code:
        yield from _patch(finding, mark + offset, _names(text, offset, place, context), "one name is spelt nearly so")
    elif finding.code == WrongValueError.code:
        yield from _patch(finding, mark + offset, _values(text, offset, place, context), "this is how it is written")


def _offset(text: str, place: Place) -> int:
    start = 0
    for _ in range(place.line - 1):
        start = text.index("\n", start) + 1
    return start + place.column - 1


def _patch(finding: Finding, offset: int, found: tuple[str, set[str]], why: str) -> Iterator[Fix]:
    old, meant = found
    if len(meant) == 1 and finding.place:
        (new,) = meant
        edit = Edit(finding.place.path, offset, offset + len(old), new)
        kind = "term" if finding.code == UnknownKeyError.code else "datatype"
        yield Fix(findings=(finding,), kind=kind, edits=(edit,), why=f"{why}, {new}", place=finding.place)


def _names(text: str, offset: int, place: Place, context: Context) -> tuple[str, set[str]]:
    """The word that stands at a place, and the names that it may be meant to be: keys, or classes after `type`."""
    word = _WORD.match(text, offset)
    if word is None:
        return "", set()
    known = {"id", "type", *(name for name, each in context.terms.items() if each.kind != "@class")}
    if _key(text, offset, place) == "type":
        known = {each.name for each in context.classes.values()}
    return word[0], {name for name in known if is_near(word[0], name)}


def _key(text: str, offset: int, place: Place) -> str:
    """The key whose value stands at a place; "" where a key does."""
    if place.path.suffix.lower() == ".csv":
        return _cell(text, place)[0]
    found = _KEY.match(text[text.rfind("\n", 0, offset) + 1 : offset])
    return found[1] if found else ""


def _values(text: str, offset: int, place: Place, context: Context) -> tuple[str, set[str]]:
    """The value that stands at a place, and the one that it means by the datatype of its key."""
    if place.path.suffix.lower() == ".csv":
        key, old = _cell(text, place)
    else:
        value = _QUOTED.match(text, offset) or _PLAIN.match(text, offset)
        key, old = (_key(text, offset, place), value[0]) if value else ("", "")
    datatype = context.terms[key].kind if key in context.terms else ""
    if not datatype.startswith(XSD) or not text.startswith(old, offset):
        return "", set()
    quoted = _QUOTED.fullmatch(old)
    meant = respelled(quoted[2] if quoted else old, term(f"xsd:{datatype.removeprefix(XSD)}"))
    return old, {f"{quoted[1]}{each}{quoted[1]}" if quoted else each for each in meant}


def _cell(text: str, place: Place) -> tuple[str, str]:
    """The key of the column, and the text of the cell without quotation marks, at a place of a table."""
    table = rows(text, place.path)
    header = next(table)
    for row in table:
        for index, cell in enumerate(row):
            if (
                (place.line, place.column) in (cell.spot, cell.spot_of(0))
                and index < len(header)
                and '"' not in cell.text
            ):
                return header[index].text.partition("@")[0], cell.text
    return "", ""
