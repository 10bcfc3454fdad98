"""Places in RDF/XML: what stands in an element or attribute of which role.

The parser gives the statements of an element's attributes the last first, that of a property when it ends, and those
of a collection after it. Statements about statements (`rdf:ID` on a property) have the place of what they are about.

Spec: RDF 1.1 XML Syntax §7.2, <https://www.w3.org/TR/rdf-syntax-grammar/#section-Infoset-Grammar>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

from eugraph.rdf.places.spot import Spot
from eugraph.vocab import PREFIXES

_RDF = PREFIXES["rdf"]
_XML = "http://www.w3.org/XML/1998/namespace"
_SUBJECTS = tuple(f"{_RDF} {name}" for name in ("about", "ID", "nodeID"))
_OBJECTS = tuple(f"{_RDF} {name}" for name in ("resource", "nodeID"))
_NO_PROPERTIES = {f"{_RDF} {name}" for name in ("about", "ID", "nodeID", "resource", "parseType", "datatype")}
_TYPE, _DESCRIPTION, _ROOT = f"{_RDF} type", f"{_RDF} Description", f"{_RDF} RDF"
_REIFIED = 4  # statements about a statement
_TAG = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_TAG_END = re.compile(rb"\s*/?>")


def xml_spots(text: str) -> Iterator[Spot]:
    """Yield a spot for each statement of a text that the parser has accepted, in the parser's order.

    A value has the place of its text, or of the quotation mark before it.
    """
    data = text.encode()
    found = _Walk(data).spots()
    if len(data) == len(text):
        return iter(found)
    characters = _Characters(data)
    return (Spot(*map(characters.before, spot)) for spot in found)


class _Characters:
    """Turns offsets in UTF-8 into those in characters; near ones follow each other, so the last is remembered."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self._count = data, 0, 0

    def before(self, offset: int) -> int:
        """The number of characters before the byte."""
        if offset >= self._at:
            self._count += len(self._data[self._at : offset].decode())
        else:
            self._count -= len(self._data[offset : self._at].decode())
        self._at = offset
        return self._count


@dataclass
class _Element:
    """An element that is open: of a thing, of a property, or of both, as with parseType="Resource"."""

    offset: int
    is_thing: bool
    subject: int = 0  # of the thing, or of that of which the property speaks
    value: int = 0
    parse_type: str = ""
    is_reified: bool = False
    is_done: bool = False  # the statement of the property is told
    items: list[int] = field(default_factory=list)  # of a collection


class _Walk:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._open: list[_Element] = []
        self._found: list[Spot] = []
        self._literal_depth = 0  # elements in a literal
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def spots(self) -> list[Spot]:
        """All that is found; what comes behind a fault is left out."""
        with suppress(expat.ExpatError):
            self._parser.Parse(self._data, True)  # noqa: FBT003 - "this is all", by position only
        return self._found

    def _start(self, name: str, flat: Sequence[str]) -> None:
        if self._literal_depth:
            self._literal_depth += 1
            return
        offset = self._parser.CurrentByteIndex
        if name == _ROOT and not self._open:
            return
        places, inside = self._attributes(offset)
        values = dict(zip(flat[::2], flat[1::2], strict=True))
        at = dict(zip(values, places, strict=False))
        if not self._open or not self._open[-1].is_thing:
            self._thing(name, offset, at)
        else:
            self._property(offset, inside, at, values.get(f"{_RDF} parseType", ""))

    def _attributes(self, offset: int) -> tuple[list[tuple[int, int]], int]:
        """The offsets of name and value of each attribute that is no declaration, and that behind the tag."""
        begin = _TAG.match(self._data, offset)
        end = begin.end() if begin else offset
        places = []
        while found := _ATTRIBUTE.match(self._data, end):
            end = found.end()
            if found[1] != b"xmlns" and not found[1].startswith(b"xmlns:"):
                places.append((found.start(1), found.start(2)))
        closed = _TAG_END.match(self._data, end)
        if closed and closed[0].endswith(b"/>"):
            return places, offset
        return places, closed.end() if closed else end

    def _thing(self, name: str, offset: int, at: dict[str, tuple[int, int]]) -> None:
        subject = next((at[key][1] for key in _SUBJECTS if key in at), offset)
        if self._open:
            self._open[-1].value = subject
            self._open[-1].items.append(subject)
        self._open.append(_Element(offset, is_thing=True, subject=subject))
        if name != _DESCRIPTION:
            self._found.append(Spot(subject, offset + 1, offset + 1))
        self._of_attributes(subject, at)

    def _of_attributes(self, subject: int, at: dict[str, tuple[int, int]]) -> None:
        """The statements that attributes make: the type first, the others backwards."""
        if _TYPE in at:
            self._found.append(Spot(subject, *at[_TYPE]))
        for key in reversed(list(_properties(at))):
            self._found.append(Spot(subject, *at[key]))

    def _property(self, offset: int, inside: int, at: dict[str, tuple[int, int]], parse_type: str) -> None:
        about = self._open[-1].subject
        element = _Element(offset, is_thing=False, subject=about, value=inside, parse_type=parse_type)
        element.is_reified = f"{_RDF} ID" in at
        self._open.append(element)
        if parse_type == "Resource":
            element.value = offset
            self._tell(element)
            element.is_thing, element.subject = True, offset
        elif parse_type and parse_type != "Collection":
            self._literal_depth = 1
            element.is_done = parse_type != "Literal"  # the parser passes over what it does not know
        elif not parse_type:
            named = next((at[key][1] for key in _OBJECTS if key in at), None)
            if named is not None or _TYPE in at or any(_properties(at)):
                element.value = offset if named is None else named
                self._of_attributes(element.value, at)
                self._tell(element)

    def _tell(self, element: _Element) -> None:
        """Note the statement of a property, and those about it."""
        spot = Spot(element.subject, element.offset + 1, element.value)
        self._found += [spot] * (1 + _REIFIED * element.is_reified)
        element.is_done = True

    def _end(self, _: str) -> None:
        if self._literal_depth > 1:
            self._literal_depth -= 1
            return
        self._literal_depth = 0
        if not self._open:  # the root
            return
        element = self._open.pop()
        if element.is_thing or element.is_done:
            return
        if element.parse_type == "Collection":
            element.value = element.offset
        self._tell(element)
        if element.parse_type == "Collection":
            for number, item in enumerate(element.items):
                cell = item if number else element.offset
                rest = element.items[number + 1] if number + 1 < len(element.items) else cell
                self._found += [Spot(cell, item, rest), Spot(cell, item, item)]


def _properties(at: dict[str, tuple[int, int]]) -> Iterator[str]:
    """The attributes that make statements, but for the type."""
    for key in at:
        if key != _TYPE and key not in _NO_PROPERTIES and " " in key and not key.startswith(_XML):
            yield key
