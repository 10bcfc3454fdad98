"""Any RDF to any, as a stream: statements go through one by one, so that memory does not grow with the input.

Lexical forms and blank nodes stay as they are. Two formats lie outside of a stream: `pretty` sorts, so it holds all
statements; JSON-LD is written expanded, one object for each run of statements with the same subject.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import PurePath
from typing import BinaryIO, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuadParser, RdfFormat, parse, serialize

from eugraph.errors import (
    CompressionError,
    EncodingError,
    FormatLimitError,
    InputError,
    SyntaxFaultError,
    UnknownFormatError,
    UnreachableFileError,
)
from eugraph.rdf.nquads import sorted_lines
from eugraph.rdf.read import FORMATS, fault
from eugraph.rdf.turtle import write_turtle
from eugraph.rdf.xml_limits import CarriageReturns, XmlLines, writable
from eugraph.vocab import PREFIXES

GZIP = ".gz"
FORMAT_NAMES = tuple(ending[1:] for ending in FORMATS)
PRETTY = ("ttl", "nt", "nq", "jsonld")  # formats that have a sorted form

_BLOCK = 1 << 20  # bytes read or written at a time
_HEAD = 1 << 16  # bytes kept of the beginning, where prefixes are declared
_STEP = 10_000  # statements between two reports of progress, and those looked at before the first is written
_LEVEL = 6  # of gzip: the best trade of time for size
_STRING = f"{PREFIXES['xsd']}string"  # which is never written
_MAGIC = b"\x1f\x8b"  # RFC 1952 §2.3.1
_BOM = b"\xef\xbb\xbf"
_DECLARATION = re.compile(rb'@prefix [^\n]*\n| xmlns[^=]*="[^"]*"')
_DECLARATIONS = re.compile(rb'((?:@prefix [^\n]*\n)+)|<\?xml[^>]*>\s*<rdf:RDF((?: xmlns[^=]*="[^"]*")*)')
_SAFE_PREFIX = re.compile(r"(?!xml|rdf\Z|its\Z)[A-Za-z][A-Za-z0-9_-]*\Z|\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """An RDF format by the ending that names it, perhaps packed by gzip."""

    name: str  # one of FORMAT_NAMES
    packed: bool

    @property
    def rdf_format(self) -> RdfFormat:
        """The engine's format."""
        return FORMATS[f".{self.name}"]


def form_named(text: str) -> Form | None:
    """Return the form that an option names, such as `ttl` or `nt.gz`; None where there is no such format."""
    name = text.lower().removeprefix(".")
    form = Form(name.removesuffix(GZIP), name.endswith(GZIP))
    return form if form.name in FORMAT_NAMES else None


def form_of(path: PurePath, named: Form | None = None) -> Form:
    """Return the form of a file: by its name, or as `named`; a name that ends in .gz is packed in either case.

    Raises:
        UnknownFormatError: the name tells no format and none was named.
    """
    packed = path.suffix.lower() == GZIP
    if named:
        return Form(named.name, packed or named.packed)
    ending = (path.with_suffix("") if packed else path).suffix.lower()
    if ending not in FORMATS:
        raise UnknownFormatError(path, FORMATS, ", each with .gz behind it or not, or name the format with an option")
    return Form(ending[1:], packed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What is to be made of what."""

    origin: PurePath  # the source as messages shall show it
    source: Form
    target: Form
    base_iri: str | None = None  # what relative IRIs are resolved against where the source sets no base
    union: bool = False  # put the statements of all named graphs together, where the target has none
    pretty: bool = False  # sorted and laid out for reading; holds all statements in memory


def convert(
    source: BinaryIO, sink: BinaryIO, work: Conversion, advance: Callable[[int], object] = lambda _: None
) -> int:
    """Write what `source` states to `sink` and return the number of statements.

    Args:
        source: open for reading; packed if the source's form says so.
        sink: open for writing; what it holds after an error is not whole.
        work: what is to be made of what.
        advance: is called now and then with the number of statements so far.

    Raises:
        InputError: the source is not what its form says.
        FormatLimitError: the target's format cannot hold a statement.
        OSError: the sink cannot be written.
    """
    reader = _Reader(source, work)
    statements = _counted(reader, advance)
    if work.target.packed:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=sink, mtime=0) as packed:
            _write(statements, reader, cast("BinaryIO", packed), work)
    else:
        _write(statements, reader, sink, work)
    return reader.count


class _Reader:
    """Yields the quads of a source; every fault becomes one of our errors, with its line."""

    def __init__(self, source: BinaryIO, work: Conversion) -> None:
        self._work = work
        unpacked = cast("BinaryIO", gzip.GzipFile(fileobj=source)) if work.source.packed else source
        self._head = _Head(unpacked, work.origin)
        file = cast("BinaryIO", io.BufferedReader(self._head, _BLOCK))
        self._lines = XmlLines(file, work.origin) if work.source.rdf_format == RdfFormat.RDF_XML else None
        file = cast("BinaryIO", self._lines) if self._lines else file
        self._parser: QuadParser = parse(file, format=work.source.rdf_format, base_iri=work.base_iri)
        self.count = 0

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes that the source has declared so far."""
        return self._parser.prefixes

    def __iter__(self) -> Iterator[Quad]:
        try:
            for quad in self._parser:
                self.count += 1
                yield quad
        except SyntaxError as error:
            raise self._fault(error) from None

    def _fault(self, error: SyntaxError) -> InputError:
        origin = self._work.origin
        error.lineno = error.lineno or (self._lines.line if self._lines else 0)
        if self._head.is_packed:
            return CompressionError(origin, "this is gzip. Put .gz behind its format, as in --from nq.gz.")
        if "utf-8" in error.msg.lower():
            what = "a byte here is not UTF-8. Save the file as UTF-8; it may be Latin-1 or Windows-1252."
            return EncodingError(origin, what, line=error.lineno, column=error.offset or 0)
        found = fault(error, self._head.text, origin)
        if "No scheme found" in error.msg:
            what = f"{found.fault} Where IRIs are relative, name a base with --base-iri."
            return SyntaxFaultError(origin, what, line=found.line, column=found.column)
        return found


class _Head(io.RawIOBase):
    """Reads on from behind a byte order mark, keeps how the text begins, and tells damaged gzip by its name."""

    def __init__(self, file: BinaryIO, path: PurePath) -> None:
        self._file, self._path = file, path
        self._kept = b""

    @property
    def text(self) -> str:
        """The beginning of the file."""
        return self._kept.decode("utf-8", "replace")

    @property
    def is_packed(self) -> bool:
        """Tell whether what was read begins as gzip does."""
        return self._kept.startswith(_MAGIC)

    def readable(self) -> bool:
        """Tell that it is for reading."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # all that BufferedReader hands in
        """Fill the buffer.

        Raises:
            CompressionError: what comes is no gzip, and should be.
            UnreachableFileError: the system does not let us read on.
        """
        try:
            data = self._file.read(len(buffer))
            if not self._kept:
                data = data.removeprefix(_BOM) or self._file.read(len(buffer))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            what = f"the gzip is damaged, cut short or none: {str(error).rstrip('.')}. Fetch or pack the file again."
            raise CompressionError(self._path, what) from None
        except OSError as error:
            what = f"the file cannot be read: {error.strerror or error}. Check it, and run again."
            raise UnreachableFileError(self._path, what) from error
        self._kept += data[: _HEAD - len(self._kept)]
        buffer[: len(data)] = data
        return len(data)


def _counted(reader: _Reader, advance: Callable[[int], object]) -> Iterator[Quad]:
    for quad in reader:
        if reader.count % _STEP == 0:
            advance(reader.count)
        yield quad


def _write(quads: Iterator[Quad], reader: _Reader, sink: BinaryIO, work: Conversion) -> None:
    first = list(islice(quads, _STEP))
    quads, prefixes = chain(first, quads), _prefixes(reader, first)
    if not work.target.rdf_format.supports_datasets:
        quads = _of_one_graph(quads, work)
    if work.target.rdf_format == RdfFormat.RDF_XML:
        quads, sink = writable(quads), cast("BinaryIO", CarriageReturns(sink))
    try:
        if work.pretty:
            sink.write(_pretty(quads, work.target.name, prefixes))
        else:
            tidy = _Tidy(sink)
            serialize(quads, cast("BinaryIO", tidy), format=work.target.rdf_format, prefixes=prefixes)
            tidy.end(b"\n" if work.target.name in ("rdf", "jsonld") else b"")  # the engine ends these without one
    except OSError as error:
        if error.errno is not None:
            raise
        raise FormatLimitError(f"{error} ({work.target.name}). Convert to another format.") from error


def _prefixes(reader: _Reader, first: Iterable[Quad]) -> dict[str, str]:
    """The prefixes to declare: those of the source; where it has none, those of ours that its first statements use."""
    declared = {name: space for name, space in reader.prefixes.items() if _SAFE_PREFIX.match(name)}
    if declared:
        return declared
    iris = {term.value for quad in first for term in quad if isinstance(term, NamedNode)}
    iris |= {quad.object.datatype.value for quad in first if isinstance(quad.object, Literal)} - {_STRING}
    used = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in iris}
    return {name: space for name, space in PREFIXES.items() if space in used and _SAFE_PREFIX.match(name)}


class _Tidy:
    """Writes on, with the prefixes in order, which the engine declares in a new one each time."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        """Take what the engine writes."""
        if self._head is None:
            self._sink.write(data)
        else:
            self._head += data
            if len(self._head) >= _HEAD:
                self._begin()
        return len(data)

    def flush(self) -> None:
        """Do nothing: the end decides."""

    def end(self, last: bytes) -> None:
        """Write what was kept back, and `last`."""
        if self._head is not None:
            self._begin()
        self._sink.write(last)

    def _begin(self) -> None:
        head, self._head = self._head or b"", None
        if declarations := _DECLARATIONS.match(head):
            group = declarations.lastindex or 0
            found = sorted(_DECLARATION.findall(declarations[group]))
            head = head[: declarations.start(group)] + b"".join(found) + head[declarations.end(group) :]
        self._sink.write(head)


def _of_one_graph(quads: Iterator[Quad], work: Conversion) -> Iterator[Quad]:
    """Yield the quads without the names of their graphs.

    Raises:
        FormatLimitError: one stands in a named graph, and no union of them is wanted.
    """
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            yield quad
        elif work.union:
            yield Quad(quad.subject, quad.predicate, quad.object)
        else:
            raise FormatLimitError(
                f"{work.origin.as_posix()}: statements stand in the named graph {quad.graph_name}, and "
                f"{work.target.name} has no named graphs. Convert to trig, nq or jsonld, or put all graphs together "
                "with --union."
            )


def _pretty(quads: Iterator[Quad], name: str, prefixes: Mapping[str, str]) -> bytes:
    """The statements sorted, for reading and for comparing."""
    if name == "ttl":
        return write_turtle((quad.triple for quad in quads), prefixes).encode()
    if name == "jsonld":
        written = serialize(sorted(set(quads), key=str), format=RdfFormat.JSON_LD)
        return (json.dumps(json.loads(written or b"[]"), ensure_ascii=False, indent=2) + "\n").encode()
    return "".join(sorted_lines(quads)).encode()
