"""Bytes to numbered lines of text, a block at a time, with those at hand from which a row may have to be read anew."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from eugraph.errors import ArchiveError

_BLOCK = 1 << 20
_MAX_LINE = 1 << 24  # a longer one is cut, so that memory has a bound
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

is_odd = re.compile("[\0\udc80-\udcff]").search


class Lines:
    """The lines of a stream, each with its ending: a line feed, a carriage return or both. They count from 1.

    They have lone surrogates in place of bytes that are not UTF-8 (PEP 383); `is_odd` finds these, and null bytes.
    Where the stream breaks, the lines before come, and the one that is cut does not.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._blocks = self._split()
        self._held: list[str] = []
        self._first = 1  # number of the first that is held
        self.begin = 1  # number of the line from which they are kept at hand
        self.has_odd = False  # `is_odd` finds something in what came so far
        self.is_utf_16 = False
        self.fault: ArchiveError | None = None  # why they end before the end

    def feed(self) -> Iterator[list[str]]:
        """Yield all lines from `begin` on, many at a time."""
        yield self._held[self.begin - self._first :]
        while block := self._more():
            yield block

    def read_from(self, number: int) -> Iterator[str]:
        """Yield all lines from one on that is not before `begin`, and keep them at hand."""
        while True:
            if number - self._first < len(self._held):
                yield self._held[number - self._first]
                number += 1
            elif not self._more():
                return

    def text(self, end: int) -> str:
        """Return what stands from `begin` to before the line `end`."""
        return "".join(self._held[self.begin - self._first : end - self._first])

    def _more(self) -> list[str]:
        """Return the next block, none at the end; from now on the lines before `begin` are forgotten."""
        block = next(self._blocks, [])
        if block:
            self._held = self._held[self.begin - self._first :] + block
            self._first = self.begin
        return block

    def _split(self) -> Iterator[list[str]]:
        rest = b""
        for data in self._read():
            rest += data
            cut = rest.rfind(b"\n") + 1 or rest.rfind(b"\r", 0, -1) + 1
            if not cut and len(rest) > _MAX_LINE:
                cut = len(rest)
            if cut:
                yield self._decoded(rest[:cut])
                rest = rest[cut:]
        if rest and self.fault is None:
            yield self._decoded(rest)

    def _decoded(self, data: bytes) -> list[str]:
        self.has_odd = self.has_odd or b"\0" in data
        lines = data.splitlines(keepends=True)  # of text, it would split at more than line feeds and returns
        try:
            return list(map(bytes.decode, lines))
        except UnicodeDecodeError:
            self.has_odd = True
            return [line.decode(errors="surrogateescape") for line in lines]

    def _read(self) -> Iterator[bytes]:
        """Yield what is UTF-8, or should be."""
        try:
            data = self._stream.read1(_BLOCK)
            if data.startswith(_UTF_16):
                self.is_utf_16 = True
                decoder = codecs.getincrementaldecoder("utf-16")("replace")
                while data:
                    yield decoder.decode(data).encode("utf-8", "replace")
                    data = self._stream.read1(_BLOCK)
                return
            data = data.removeprefix(codecs.BOM_UTF8)
            while data:
                yield data
                data = self._stream.read1(_BLOCK)
        except ArchiveError as error:
            self.fault = error
