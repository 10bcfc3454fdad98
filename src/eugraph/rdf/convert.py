"""Any RDF to any, as a stream: statements go through one by one, so that memory does not grow with the input.

Lexical forms and blank nodes stay as they are. Two formats lie outside of a stream: `pretty` sorts, so it holds all
statements; JSON-LD is written expanded, one object for each run of statements with the same subject.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import PurePath
from typing import BinaryIO, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from eugraph.errors import FormatLimitError
from eugraph.rdf.nquads import sorted_lines
from eugraph.rdf.stream import Form, StatementReader
from eugraph.rdf.turtle import write_turtle
from eugraph.rdf.xml_limits import CarriageReturns, writable
from eugraph.vocab import PREFIXES

PRETTY = ("ttl", "nt", "nq", "jsonld")  # formats that have a sorted form

_HEAD = 1 << 16  # bytes kept back of what is written, where prefixes are declared
_STEP = 10_000  # statements between two reports of progress, and those looked at before the first is written
_LEVEL = 6  # of gzip: the best trade of time for size
_STRING = f"{PREFIXES['xsd']}string"  # which is never written
_DECLARATION = re.compile(rb'@prefix [^\n]*\n| xmlns[^=]*="[^"]*"')
_DECLARATIONS = re.compile(rb'((?:@prefix [^\n]*\n)+)|<\?xml[^>]*>\s*<rdf:RDF((?: xmlns[^=]*="[^"]*")*)')
_SAFE_PREFIX = re.compile(r"(?!xml|rdf\Z|its\Z)[A-Za-z][A-Za-z0-9_-]*\Z|\Z", re.IGNORECASE)


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
    reader = StatementReader(source, work.origin, work.source, work.base_iri)
    statements = _counted(reader, advance)
    if work.target.packed:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=sink, mtime=0) as packed:
            _write(statements, reader, cast("BinaryIO", packed), work)
    else:
        _write(statements, reader, sink, work)
    return reader.count


def _counted(reader: StatementReader, advance: Callable[[int], object]) -> Iterator[Quad]:
    for quad in reader:
        if reader.count % _STEP == 0:
            advance(reader.count)
        yield quad


def _write(quads: Iterator[Quad], reader: StatementReader, sink: BinaryIO, work: Conversion) -> None:
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


def _prefixes(reader: StatementReader, first: Iterable[Quad]) -> dict[str, str]:
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
