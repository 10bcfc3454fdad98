"""A dump, read statement by statement: how many there are, and of what they speak."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
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

_NESTING = ("jsonld", "ttl", "trig")  # their parsers go as deep as the text does
_OFTEN = 100_000  # statements between two looks at the clock
_GZIP = b"\x1f\x8b"


class TooMuchError(Exception):
    """A dump is larger than what is counted."""


@dataclass(slots=True)
class Dump:
    """What a dump holds."""

    quads: int = 0  # statements as they stand, with their graphs
    statements: int | None = 0  # triples, each counted once; None where there are too many to be held
    subjects: set[str] = field(default_factory=set)  # IRIs; none where there are too many statements


def form_of_dump(answer: Answer, head: bytes) -> Form | None:
    """Return how a dump is written; None where nothing tells.

    Args:
        answer: of its address.
        head: how its body begins.
    """
    names = [part.lower() for part in PurePosixPath(urlsplit(answer.url).path).suffixes]
    packed = head.startswith(_GZIP)
    endings = [name[1:] for name in names if name[1:] in FORMAT_NAMES]
    if endings:
        return Form(endings[-1], packed)
    media_type = "" if packed else rdf_type(replace(answer, body=head))
    return Form(RDF_ENDINGS[media_type], packed) if media_type else None


def read_dump(answer: Answer, body: BinaryIO, form: Form, limits: Limits, left: Callable[[], object]) -> Dump:
    """Return what a dump holds.

    Args:
        answer: of its address.
        body: to be read.
        form: how it is written.
        limits: what of it is held, and how far it may unpack.
        left: raises an error where the time is over.

    Raises:
        InputError: it is malformed, or damaged.
        TooMuchError: it unpacks to more than `limits` let it.
    """
    found = Dump()
    seen: set[int] = set()
    for quad in _quads(answer, body, form, limits):
        found.quads += 1
        if found.quads % _OFTEN == 0:
            left()
        if found.quads > limits.statements:
            found.statements = None
            seen.clear()
            found.subjects.clear()
        else:
            seen.add(hash(quad.triple))
            if isinstance(quad.subject, NamedNode):
                found.subjects.add(quad.subject.value)
    if found.statements is not None:
        found.statements = len(seen)
    return found


def _quads(answer: Answer, body: BinaryIO, form: Form, limits: Limits) -> Iterator[Quad]:
    name = PurePosixPath(PurePosixPath(urlsplit(answer.url).path).name or "dump")
    source = cast("BinaryIO", gzip.GzipFile(fileobj=body)) if form.packed else body
    nests = form.name in _NESTING
    bounded = cast("BinaryIO", _Bounded(source, limits.nested_bytes if nests else limits.unpacked_bytes))
    if nests:
        try:
            whole = bounded.read()
        except (OSError, EOFError, zlib.error) as error:
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
