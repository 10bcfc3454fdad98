"""RDF/XML at the edges: what is read with its line, what is refused, and what the format cannot hold.

Spec: RDF 1.1 XML Syntax, <https://www.w3.org/TR/rdf-syntax-grammar/>; XML 1.0, <https://www.w3.org/TR/xml/>.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import BinaryIO, TypeVar
from xml.parsers import expat

from pyoxigraph import BlankNode, Literal, Quad, Triple

from eugraph.errors import FormatLimitError, RemoteReferenceError, SyntaxFaultError

_NAME_START = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_IN_NAME = rf"{_NAME_START}\-.0-9\u00B7\u0300-\u036F\u203F\u2040"
_NAME_FROM_THE_END = re.compile(rf"[{_IN_NAME}]*?[{_NAME_START}]")
_NAME = re.compile(rf"(?!n-)[{_NAME_START}][{_IN_NAME}]*\Z")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_Term = TypeVar("_Term")


class XmlLines:
    """The bytes of an XML file for an engine, a line at a time, so that `line` tells where the engine stands.

    Each line goes through a parser first that knows places, and that stops before the engine sees a DTD.
    """

    def __init__(self, file: BinaryIO, path: PurePath) -> None:
        self._file, self._path = file, path
        self._left = b""
        self.line = 0
        self._check = expat.ParserCreate()
        refuse_dtd(self._check, path)

    def read(self, size: int = -1) -> bytes:
        """Return what comes next, of one line at most; nothing at the end.

        Raises:
            SyntaxFaultError: the XML is not well formed.
            RemoteReferenceError: it has a DTD.
        """
        if not self._left:
            self._left = self._file.readline()
            self.line += bool(self._left)
            try:
                self._check.Parse(self._left, not self._left)
            except expat.ExpatError as error:
                said = expat.ErrorString(error.code)
                fault = f"this is no well-formed XML: {said}. Mend the element here or just before."
                raise SyntaxFaultError(self._path, fault, line=error.lineno, column=error.offset + 1) from None
        size = len(self._left) if size < 0 else size
        now, self._left = self._left[:size], self._left[size:]
        return now


def refuse_dtd(parser: expat.XMLParserType, path: PurePath) -> None:
    """Make a parser raise RemoteReferenceError where it meets a DTD."""

    def refuse(*_: object) -> None:
        fault = "a DTD is not read. Remove the DOCTYPE and write its entities out."
        raise RemoteReferenceError(path, fault, line=parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = refuse


def writable(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the quads as RDF/XML can hold them: blank nodes whose labels are no XML names are labelled anew.

    Raises:
        FormatLimitError: a property's IRI does not end in an XML name, a text holds a control character,
            or an object is a triple term.
    """
    properties = set[str]()
    for quad in quads:
        predicate = quad.predicate.value
        if predicate not in properties:
            if not _NAME_FROM_THE_END.match(predicate[::-1]):
                raise FormatLimitError(
                    f"RDF/XML has no way to write the property <{predicate}>, whose IRI does not end in a name. "
                    "Convert to another format."
                )
            properties.add(predicate)
        value = quad.object
        if isinstance(value, Triple):
            raise FormatLimitError("RDF/XML has no triple terms. Convert to ttl, trig, nt or nq.")
        if isinstance(value, Literal) and (bad := _NO_XML.search(value.value)):
            raise FormatLimitError(
                f"RDF/XML has no way to write the control character U+{ord(bad[0]):04X}, which stands in a text of "
                f"{quad.subject} <{predicate}>. Remove it, or convert to another format."
            )
        if isinstance(quad.subject, BlankNode) or isinstance(value, BlankNode):
            quad = Quad(_named(quad.subject), quad.predicate, _named(value), quad.graph_name)  # noqa: PLW2901 - the same quad
        yield quad


def _named(term: _Term) -> _Term | BlankNode:
    """A blank node under a label that is an XML name; two labels never become one."""
    if isinstance(term, BlankNode) and not _NAME.match(term.value):
        return BlankNode(f"n-{term.value}")
    return term


class CarriageReturns(io.RawIOBase):
    """Writes XML on, with carriage returns as references: readers turn bare ones into line feeds (XML 1.0 §2.11)."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink

    def writable(self) -> bool:
        """Tell that it is for writing."""
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # the engine hands out bytes
        """Take the engine's bytes; it writes no carriage return of its own."""
        self._sink.write(data.replace(b"\r", b"&#xD;"))
        return len(data)
