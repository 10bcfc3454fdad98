"""Statements that are sent while they are read, in blocks of bytes: no answer of the whole graph is held in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO, cast

import pyoxigraph as ox

from eugraph.errors import FormatLimitError
from eugraph.rdf.xml_limits import CarriageReturns, writable

_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
_BLOCK = 1 << 16  # bytes


def write_blocks(triples: Iterable[ox.Triple], form: str, send: Callable[[bytes], object]) -> None:
    """Write statements in the order in which they come.

    Args:
        triples: the statements.
        form: a format of graphs, as in `eugraph.serve.forms`.
        send: takes a block; none is empty.

    Raises:
        FormatLimitError: the format cannot hold a statement.
    """
    sink = _Blocks(send)
    try:
        if form == "rdf":
            quads = writable(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
            ox.serialize(quads, cast("BinaryIO", CarriageReturns(cast("BinaryIO", sink))), format=_FORMATS[form])
        else:
            ox.serialize(triples, cast("BinaryIO", sink), format=_FORMATS[form])
    except OSError as error:
        if error.errno is not None:
            raise
        raise FormatLimitError(f"{error} ({form}). Accept another format.") from error
    sink.end()


class _Blocks:
    def __init__(self, send: Callable[[bytes], object]) -> None:
        self._send = send
        self._block = bytearray()

    def write(self, data: bytes) -> int:
        """Take what the engine writes."""
        self._block += data
        if len(self._block) >= _BLOCK:
            self.end()
        return len(data)

    def flush(self) -> None:
        """Do nothing: the size of a block decides."""

    def end(self) -> None:
        """Send what waits."""
        if self._block:
            self._send(bytes(self._block))
            self._block.clear()
