"""A dump, read statement by statement: how many there are, and of what they speak."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, Quad

from eugraph.errors import InputError
from eugraph.exchange.doctor.reading.media import RDF_ENDINGS
from eugraph.exchange.doctor.reading.statements import rdf_type
from eugraph.exchange.doctor.site.answer import Answer
from eugraph.exchange.doctor.site.limits import Limits
from eugraph.rdf.refused import check_depth
from eugraph.rdf.stream import FORMAT_NAMES, Form, StatementReader

_GZIP = b"\x1f\x8b"


class TooMuchError(Exception):
    """A dump is larger than what is counted."""


@dataclass(slots=True)
class Dump:
    """What a dump holds."""

    statements: int = 0  # triples; one that stands in two graphs, or twice, counts once
    quads: int = 0  # statements with their graphs
    subjects: set[str] = field(default_factory=set)  # IRIs


def form_of_dump(answer: Answer) -> Form | None:
    """Return how a dump is written; None where nothing tells."""
    names = [part.lower() for part in PurePosixPath(urlsplit(answer.url).path).suffixes]
    packed = answer.body.startswith(_GZIP)
    endings = [name[1:] for name in names if name[1:] in FORMAT_NAMES]
    if endings:
        return Form(endings[-1], packed)
    media_type = "" if packed else rdf_type(answer)
    return Form(RDF_ENDINGS[media_type], packed) if media_type else None


def read_dump(answer: Answer, form: Form, limits: Limits) -> Dump:
    """Return what a dump holds.

    Raises:
        InputError: it is malformed, or damaged.
        TooMuchError: it is larger than `limits` let it be.
    """
    found = Dump()
    seen: set[int] = set()
    seen_in_graph: set[int] = set()
    for quad in _quads(answer, form, limits):
        seen.add(hash(quad.triple))
        seen_in_graph.add(hash(quad))
        if len(seen_in_graph) > limits.statements:
            raise TooMuchError
        if isinstance(quad.subject, NamedNode):
            found.subjects.add(quad.subject.value)
    found.statements, found.quads = len(seen), len(seen_in_graph)
    return found


def _quads(answer: Answer, form: Form, limits: Limits) -> Iterator[Quad]:
    name = PurePosixPath(PurePosixPath(urlsplit(answer.url).path).name or "dump")
    source: BinaryIO = io.BytesIO(answer.body)
    if form.packed:
        import gzip

        source = cast("BinaryIO", gzip.GzipFile(fileobj=source))
    bounded = cast("BinaryIO", _Bounded(source, limits.unpacked_bytes))
    if form.name in ("jsonld", "ttl", "trig"):  # their parsers nest as the text does
        try:
            whole = bounded.read()
        except (OSError, EOFError) as error:
            raise InputError(name, f"the gzip is damaged: {error}") from None
        check_depth(whole.decode("utf-8", "replace"), name, form.rdf_format)
        bounded = cast("BinaryIO", io.BytesIO(whole))
    yield from StatementReader(bounded, name, Form(form.name, packed=False), base_iri=answer.url)


class _Bounded(io.RawIOBase):
    """Reads so much and no more."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._left = file, most

    def readable(self) -> bool:
        """Tell that it is for reading."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # all that is handed in
        """Fill the buffer.

        Raises:
            TooMuchError: there is more than may be read.
        """
        data = self._file.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise TooMuchError
        buffer[: len(data)] = data
        return len(data)
