"""The XML record of one project, read safely, with the lines of what its rows are made of.

A record is small and stands or falls as a whole, so it is read into memory, up to a limit, and parsed to a tree by
expat in C. That tree knows no lines: they are found by a scan for start tags.

Source: the XML files that CORDIS publishes beside the CSV, <https://cordis.europa.eu/about/services>.
Spec: XML 1.0, <https://www.w3.org/TR/xml/>.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from xml.parsers import expat

from eugraph.errors import ArchiveError, RemoteReferenceError, SyntaxFaultError
from eugraph.rdf.xml_limits import refuse_dtd
from eugraph.sources.cordis.ledger import Kind, Ledger, Outcome
from eugraph.sources.cordis.opening import TRUNCATED
from eugraph.sources.cordis.xml_rows import ROW_TAGS, Record, TableRow

NOT_WELL_FORMED = Kind(
    "xml-not-well-formed",
    Outcome.DROPPED,
    "The XML is not well formed, so the whole record is left out. Fetch it anew.",
    malformed=True,
)
DTD_REFUSED = Kind(
    "xml-dtd-refused",
    Outcome.DROPPED,
    "The XML has a DTD, which is never read, as it can lead to other files and grow.",
    malformed=True,
)
NOT_A_PROJECT = Kind("xml-not-a-project", Outcome.DROPPED, "The XML is not the record of a project of CORDIS.")
TOO_LARGE = Kind(
    "xml-too-large", Outcome.DROPPED, "The XML is larger than the record of a project can be.", malformed=True
)
SURPLUS = Kind(
    "xml-surplus", Outcome.DROPPED, "The XML has several values where a row has room for one. The first was taken."
)

MAX_BYTES = 1 << 24
MAX_TAGS = 1 << 20  # start and end tags: it is they that fill memory, more than bytes

_NAMESPACES = ("", "{http://cordis.europa.eu")  # as ElementTree writes them
_START_TAGS = re.compile(  # what is no element, or the start tag of one that makes a row
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?:[^\s<>/:]+:)?(" + "|".join(ROW_TAGS).encode() + rb")(?=[\s/>])",
    re.DOTALL,
)
_PROLOG_STEP = 1024  # bytes


def read_record(stream: BinaryIO, file: str, ledger: Ledger) -> Iterator[TableRow]:
    """Yield the rows of the project that an XML document describes.

    Of a record that cannot be read no row is yielded, and the ledger says why.

    Args:
        stream: the document, open for reading.
        file: its name, as shown to the user.
        ledger: where it is entered if it cannot be read.

    Yields:
        The table, the line on which the element begins that the row is made of, from 1, and the values in the order
        of the table's columns, as the CSV files have them. The project comes first.
    """
    try:
        data = stream.read(MAX_BYTES + 1)
    except ArchiveError as error:
        ledger.add(TRUNCATED, file, 0, note=f"{error.fault} The whole record is left out.")
        return
    if len(data) > MAX_BYTES or data.count(b"<") > MAX_TAGS:
        ledger.add(TOO_LARGE, file, 0, note=f"A record has at most {MAX_BYTES:,} bytes and {MAX_TAGS:,} tags.")
        return
    try:
        root, data = _tree(data, PurePath(file))
    except RemoteReferenceError as error:
        ledger.add(DTD_REFUSED, file, error.line)
    except SyntaxFaultError as error:
        ledger.add(NOT_WELL_FORMED, file, error.line, note=error.fault)
    else:
        if fault := _not_a_project(root):
            ledger.add(NOT_A_PROJECT, file, 0, note=fault)
            return
        if b"xmlns" in data:
            for element in root.iter():
                element.tag = element.tag.rpartition("}")[2]
        record = Record(root, _lines(root, data))
        yield from record.rows()
        for line, name, value in record.surplus:
            ledger.add(SURPLUS, file, line, about=root.findtext("id", ""), column=name, value=value)


def _tree(data: bytes, path: PurePath) -> tuple[Element, bytes]:
    """Return the root, and the data in an encoding in which tags and line ends are those of ASCII.

    Raises:
        RemoteReferenceError: there is a DTD.
        SyntaxFaultError: the XML is not well formed, or in an encoding that expat does not read.
    """
    try:
        data = _as_ascii_has_it(data)
        _check_prolog(data, path)
        return ET.fromstring(data), data  # noqa: S314 - what has a DTD does not come here
    except ET.ParseError as error:
        line, column = error.position
        raise SyntaxFaultError(path, _fault(error.code, column, data), line=line) from None
    except expat.ExpatError as error:
        raise SyntaxFaultError(path, _fault(error.code, error.offset, data), line=error.lineno) from None
    except (LookupError, ValueError) as error:
        raise SyntaxFaultError(path, f"the encoding is not read: {error}", line=1) from None


def _not_a_project(root: Element) -> str:
    """What is wrong with the root, if it is not that of a record."""
    namespace, _, name = root.tag.rpartition("}")
    if name != "project" or namespace not in _NAMESPACES:
        return f"Its root is <{name}>{' in the namespace ' + namespace[1:] if namespace else ''}."
    return "" if root.findtext("{*}id") else "It has no <id>."


def _check_prolog(data: bytes, path: PurePath) -> None:
    """Look at what comes before the root, where alone a DTD can stand."""
    started = list[str]()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: started.append(name)
    refuse_dtd(parser, path)
    for begin in range(0, len(data), _PROLOG_STEP):
        parser.Parse(data[begin : begin + _PROLOG_STEP])
        if started:
            return


def _as_ascii_has_it(data: bytes) -> bytes:
    """UTF-16 as UTF-8: of all that expat reads it alone writes tags and line ends otherwise than ASCII."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in data[:2]:
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    else:
        return data
    return re.sub(r"^<\?xml.*?\?>", "", data.decode(encoding), count=1).encode()


def _lines(root: Element, data: bytes) -> dict[Element, int]:
    """The lines of the elements that make rows: the n-th of a name in the tree has the n-th start tag of it."""
    found: dict[str, list[int]] = {tag: [] for tag in ROW_TAGS}
    line, seen = 1, 0
    for match in _START_TAGS.finditer(data):
        line += data.count(b"\n", seen, match.start())
        seen = match.start()
        if tag := match[1]:
            found[tag.decode()].append(line)
    return {
        element: line for tag, of_tag in found.items() for element, line in zip(root.iter(tag), of_tag, strict=True)
    }


def _fault(code: int, column: int, data: bytes) -> str:
    said = f"{expat.ErrorString(code)}, at column {column + 1}"
    try:
        data.decode()
    except UnicodeDecodeError as error:
        said += f"; byte {error.start + 1} of the file is not UTF-8"
    return said
