"""Statements of any RDF format as a stream: one by one, so that memory does not grow with the input."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

from pyoxigraph import Quad, QuadParser, RdfFormat, parse

from eugraph.errors import (
    CompressionError,
    EncodingError,
    InputError,
    SyntaxFaultError,
    UnknownFormatError,
    UnreachableFileError,
)
from eugraph.rdf.read import FORMATS, fault

if TYPE_CHECKING:
    from eugraph.rdf.xml_limits import XmlLines

GZIP = ".gz"
FORMAT_NAMES = tuple(ending[1:] for ending in FORMATS)

_BLOCK = 1 << 20  # bytes read at a time
_HEAD = 1 << 16  # bytes kept of the beginning, where prefixes are declared
_MAGIC = b"\x1f\x8b"  # RFC 1952 §2.3.1
_BOM = b"\xef\xbb\xbf"


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


class StatementReader:
    """Yields the quads of a source; every fault becomes one of our errors, with its line.

    Raises:
        InputError: while it is read: the source is not what its form says.
    """

    def __init__(self, source: BinaryIO, origin: PurePath, form: Form, base_iri: str | None = None) -> None:
        """Begin to read.

        Args:
            source: open for reading; packed if its form says so.
            origin: the source as messages shall show it.
            form: how it is written.
            base_iri: what relative IRIs are resolved against where the source sets no base.
        """
        self._origin = origin
        unpacked = cast("BinaryIO", gzip.GzipFile(fileobj=source)) if form.packed else source
        self._head = _Head(unpacked, origin)
        file = cast("BinaryIO", io.BufferedReader(self._head, _BLOCK))
        self._lines: XmlLines | None = None
        if form.rdf_format == RdfFormat.RDF_XML:
            from eugraph.rdf.xml_limits import XmlLines  # its expressions take long to be compiled

            self._lines = XmlLines(file, origin)
        file = cast("BinaryIO", self._lines) if self._lines else file
        self._parser: QuadParser = parse(file, format=form.rdf_format, base_iri=base_iri)
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
        origin = self._origin
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
