"""Bytes of a file to quads exactly as written, or one error with line, column and remedy.

Nothing outside the bytes is ever read: a remote JSON-LD context and a DTD are refused, `owl:imports` is a statement
like any other.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath
from xml.parsers import expat

from pyoxigraph import Quad, RdfFormat, parse

from eugraph.errors import (
    BinaryFileError,
    EmptyFileError,
    EncodingError,
    InputError,
    RemoteReferenceError,
    SyntaxFaultError,
    UnknownFormatError,
    UnknownPrefixError,
    did_you_mean,
)
from eugraph.rdf.refused import check_depth
from eugraph.vocab import PREFIXES

FORMATS: dict[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}

_PARSER_POSITION = re.compile(r"Parser error (?:at|between) line \d+[^:]*: ")
_UNDECLARED = re.compile(r"The prefix (.*): has not been declared")
_DECLARED = re.compile(r"^\s*@?prefix\s+([^\s:]*):", re.IGNORECASE | re.MULTILINE)
_CONTROL = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r\f")


def format_of(path: PurePath) -> RdfFormat:
    """Return the format that a file's name tells.

    Raises:
        UnknownFormatError: its ending is none of `FORMATS`.
    """
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        raise UnknownFormatError(path, FORMATS) from None


def read(data: bytes, path: PurePath, *, base_iri: str) -> list[Quad]:
    """Return the quads that `data` states, in the order written and with the lexical forms written.

    Args:
        data: the file's bytes, UTF-8.
        path: the file's name as messages shall show it; its ending tells the format.
        base_iri: what relative IRIs are resolved against where the file sets no base.

    Raises:
        InputError: `data` is empty, binary, wrongly encoded, malformed, or asks for something from outside.
    """
    rdf_format = format_of(path)
    text = decode(data, path)
    if rdf_format == RdfFormat.RDF_XML:
        _check_xml(data, path)
    check_depth(text, path, rdf_format)
    try:
        quads = list(parse(text, format=rdf_format, base_iri=base_iri))
    except SyntaxError as error:
        raise fault(error, text, path) from None
    if not quads:
        raise EmptyFileError(path, "the file states nothing. Describe something in it, or delete it.")
    return quads


def decode(data: bytes, path: PurePath) -> str:
    """Return the text of a file, without a byte order mark.

    Raises:
        InputError: `data` is binary, not UTF-8, or says nothing.
    """
    if len(data.translate(None, _CONTROL)) < len(data):
        _refuse_stray(set(data) & set(_CONTROL), data, path)
        kind = "UTF-16 text" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "binary data"
        raise BinaryFileError(path, f"this is {kind}, not a text in UTF-8. Save it as UTF-8, or remove it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _position(data, error.start)
        fault = (
            f"byte 0x{data[error.start]:02x} is not UTF-8. Save the file as UTF-8; it may be Latin-1 or Windows-1252."
        )
        raise EncodingError(path, fault, line=line, column=column) from None
    if not text.strip():
        raise EmptyFileError(path, "the file is empty. Describe something in it, or delete it.")
    return text


def _refuse_stray(controls: Collection[int], data: bytes, path: PurePath) -> None:
    """Raise BinaryFileError with a place where a text holds but a few control characters."""
    most = len(data) // 20  # more of them are no slip
    if sum(data.count(byte) for byte in controls) > most:
        return
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    at = min(data.find(byte) for byte in controls)
    line, column = _position(data, at)
    fault = f"the character U+{data[at]:04X} stands here, which no text has. Delete it."
    raise BinaryFileError(path, fault, line=line, column=column)


def _position(data: bytes, offset: int) -> tuple[int, int]:
    before = data[: max(offset, 0)]
    line = before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", "replace")  # columns are characters, not bytes
    return before.count(b"\n") + 1, len(line) + 1


def _check_xml(data: bytes, path: PurePath) -> None:
    """Find the faults of XML with their place, and refuse a DTD before an RDF parser sees it."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        line, column = _position(data, data.find(b"<!DOCTYPE"))
        fault = "a DTD is not read. Remove the DOCTYPE and write its entities out."
        raise RemoteReferenceError(path, fault, line=line, column=column)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - "this is all", by position only
    except expat.ExpatError as error:
        fault = f"this is no well-formed XML: {expat.ErrorString(error.code)}. Mend the element here or just before."
        raise SyntaxFaultError(path, fault, line=error.lineno, column=error.offset + 1) from None
    except (LookupError, ValueError) as error:  # of the encoding that the first line names
        fault = f"the encoding that the XML declares cannot be read: {error}. Write UTF-8, or leave it out."
        raise EncodingError(path, fault, line=1) from None


def fault(error: SyntaxError, text: str, path: PurePath) -> InputError:
    """Return what the engine's `error` means, with its place and a remedy; `text` is the file, or how it begins."""
    said = _PARSER_POSITION.sub("", str(error.msg))
    line, column = error.lineno or 0, error.offset or 0
    if undeclared := _UNDECLARED.search(said):
        prefix = undeclared[1]
        declared = set(_DECLARED.findall(text))
        if prefix in PREFIXES:
            remedy = f"Add the line @prefix {prefix}: <{PREFIXES[prefix]}> ."
        else:
            remedy = "Declare it with @prefix, or correct it."
        near = did_you_mean(prefix, declared - {""})
        return UnknownPrefixError(
            path, f"the prefix {prefix!r} is not declared{near or '.'} {remedy}", line=line, column=column
        )
    if "LoadDocumentCallback" in said:
        line = next((n for n, row in enumerate(text.splitlines(), 1) if "@context" in row), 0)
        return RemoteReferenceError(
            path, "the JSON-LD context lies elsewhere and is not fetched. Write the context into the file.", line=line
        )
    what = f"the syntax is broken: {said.rstrip('.')}. Mend this line or the end of the one before."
    return SyntaxFaultError(path, what, line=line, column=column)
