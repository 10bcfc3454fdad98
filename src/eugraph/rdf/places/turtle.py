"""Places in Turtle and TriG.

Tokens are enough: which of them are subject, predicate and object follows from where they stand, not from what they
mean. The parser gives the statements in the order in which it reads their last tokens. A text without a language or a
datatype ends only with the token that follows it; and of what one token completes together the last comes first.

Spec: Turtle §6.5, <https://www.w3.org/TR/turtle/#sec-grammar-grammar>; TriG §4.5, <https://www.w3.org/TR/trig/>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from eugraph.rdf.places.spot import Spot

_SKIPPED = r"(?:[ \t\r\n]+|\#[^\r\n]*)*+"
_IRI = r"<[^>]*>"
_APART = r"\s,;()\[\]{}<>\"'\#\\"  # what ends a name
_NAME = rf"(?:[^{_APART}:@^]*[^{_APART}:@^.])?:[^{_APART}]*(?:\\.[^{_APART}]*)*(?<!(?<!\\)\.)"
_NUMBER = r"[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)(?![\w:])"
_TERM = rf"{_NAME}|{_IRI}|a\b|{_NUMBER}|true\b|false\b"
_STRING = (
    r"(?:\"(?!\"\")[^\"\\\n\r]*(?:\\.[^\"\\\n\r]*)*\"|'(?!'')[^'\\\n\r]*(?:\\.[^'\\\n\r]*)*'"
    r"|\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*''')"
)
_SUFFIX = rf"{_SKIPPED}(?:@[A-Za-z][A-Za-z0-9-]*|\^\^{_SKIPPED}(?:{_IRI}|{_NAME}))"
_TOKEN = re.compile(
    rf"{_SKIPPED}(?:(?P<term>{_TERM})|(?P<mark>[.;,()\[\]{{}}])|(?P<string>{_STRING}(?P<suffix>{_SUFFIX})?)"
    r"|(?P<graph>(?i:graph))|(?P<directive>@prefix|@base|@version|(?i:prefix|base|version)))",
    re.DOTALL,
)
# A predicate and an object without brackets, or such an object alone, up to the mark behind it: most of any text.
_PLAIN = rf"{_SKIPPED}(?P<object>{_TERM}|{_STRING}(?:{_SUFFIX})?){_SKIPPED}(?P<mark>[.;,])"
_OBJECT = re.compile(_PLAIN, re.DOTALL)
_PAIR = re.compile(rf"{_SKIPPED}(?P<predicate>{_TERM}){_PLAIN}", re.DOTALL)


class _At(Enum):
    """What the next term is."""

    SUBJECT = auto()
    PREDICATE = auto()
    OBJECT = auto()
    ITEM = auto()  # of a list
    AFTER = auto()  # an object: a mark follows


_AFTER_MARK = {",": _At.OBJECT, ";": _At.PREDICATE}  # all others end a statement, or begin or end a graph


class _Open(NamedTuple):
    """A bracket that is open, and what was being read around it."""

    at: _At
    subject: int
    predicate: int
    offset: int
    is_list: bool


def turtle_spots(text: str) -> Iterator[Spot]:
    """Yield a spot for each statement of a text that the parser has accepted, in the parser's order."""
    return _Scanner(text).spots()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._end = 0  # of what has been read
        self._at = _At.SUBJECT
        self._subject = self._predicate = 0  # offsets; in a list they are those of the cell and of its item
        self._open: list[_Open] = []
        self._is_fresh = False  # a bracket was opened by the token before
        self._text_waits = -1  # the offset of a text whose end only the next token tells
        self._batch: list[Spot] = []

    def spots(self) -> Iterator[Spot]:
        """See `turtle_spots`."""
        skip = 0
        while token := _TOKEN.match(self._text, self._end):
            self._end = token.end()
            kind = token.lastgroup
            if skip:  # the name and the IRI of a directive
                skip -= 1
            elif kind == "directive":
                skip = 2 if token[kind].lower().endswith("prefix") else 1
            elif kind != "graph":
                self._end_text()
                if kind == "mark":
                    self._mark(token["mark"], token.start("mark"))
                else:
                    self._term(token.start(kind or 0), waits=kind == "string")
                yield from self._told()
                if token["suffix"] is not None:
                    self._end_text()
                    yield from self._told()
                yield from self._plain()

    def _told(self) -> Iterator[Spot]:
        """What the last token has made."""
        if self._batch:
            yield from reversed(self._batch)
            self._batch.clear()

    def _end_text(self) -> None:
        if self._text_waits >= 0:
            self._value(self._text_waits)
            self._text_waits = -1

    def _plain(self) -> Iterator[Spot]:
        """Go on for as long as no bracket is met."""
        while not self._is_fresh:
            if self._at is _At.PREDICATE:
                found = _PAIR.match(self._text, self._end)
                if found:
                    self._predicate = found.start("predicate")
            elif self._at is _At.OBJECT:
                found = _OBJECT.match(self._text, self._end)
            else:
                return
            if not found:
                return
            yield Spot(self._subject, self._predicate, found.start("object"))
            self._end = found.end()
            self._at = _AFTER_MARK.get(found["mark"], _At.SUBJECT)

    def _term(self, offset: int, *, waits: bool) -> None:
        if self._is_fresh:
            self._enter()
        if self._at is _At.ITEM:
            self._cell(offset)
        if waits:
            self._text_waits = offset
        else:
            self._value(offset)

    def _value(self, offset: int) -> None:
        """Take a term that is whole."""
        if self._at is _At.OBJECT:
            self._batch.append(Spot(self._subject, self._predicate, offset))
            self._at = _At.AFTER
        elif self._at is _At.ITEM:
            self._batch.append(Spot(self._subject, offset, offset))
        elif self._at is _At.PREDICATE:
            self._predicate, self._at = offset, _At.OBJECT
        else:
            self._subject, self._at = offset, _At.PREDICATE

    def _mark(self, mark: str, offset: int) -> None:
        if mark in "])":
            if self._open:
                self._close(offset)
            return
        if self._is_fresh:
            self._enter()
        if mark in "[(":
            if self._at is _At.ITEM:
                self._cell(offset)
            self._open.append(_Open(self._at, self._subject, self._predicate, offset, mark == "("))
            self._is_fresh = True
        else:
            self._at = _AFTER_MARK.get(mark, _At.SUBJECT)

    def _enter(self) -> None:
        """Begin what is inside of a bracket: it holds something."""
        self._is_fresh = False
        opened = self._open[-1]
        self._subject = opened.offset
        if not opened.is_list:
            self._at = _At.PREDICATE
            return
        if opened.at is _At.OBJECT:
            self._batch.append(Spot(opened.subject, opened.predicate, opened.offset))
        elif opened.at is _At.ITEM:
            self._batch.append(Spot(opened.subject, opened.offset, opened.offset))
        self._predicate = -1  # no item so far
        self._at = _At.ITEM

    def _cell(self, offset: int) -> None:
        """Begin the cell of an item; all but the first are the rest of another."""
        if self._predicate >= 0:
            self._batch.append(Spot(self._subject, offset, offset))
            self._subject = offset
        self._predicate = offset

    def _close(self, offset: int) -> None:
        opened = self._open.pop()
        was_empty, self._is_fresh = self._is_fresh, False
        if opened.is_list and not was_empty:
            self._batch.append(Spot(self._subject, offset, offset))  # nothing is left of it
        self._at, self._subject, self._predicate = opened.at, opened.subject, opened.predicate
        if not opened.is_list or was_empty or opened.at is _At.SUBJECT:
            self._value(opened.offset)
        elif opened.at is _At.OBJECT:
            self._at = _At.AFTER
