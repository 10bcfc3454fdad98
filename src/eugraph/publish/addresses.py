"""`addresses.tsv`: where the addresses of things lead that are no document by themselves, for web servers.

A line holds an address below the base, the status that a web server answers, and what it leads to, with tabs between
them. Lines are sorted by their bytes, so that one is found without reading all.

- 303: a thing that stands in the document of another one, or whose path does not tell its address: the path of the
  document, without an ending;
- 301: a thing that got another address: the new one below the base, or an IRI where that is elsewhere;
- 410: a thing whose description was withdrawn; its document says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from eugraph.publish import entries
from eugraph.publish.documents import Outline
from eugraph.publish.gone import Former
from eugraph.publish.paths import is_cut

FILE = "addresses.tsv"
_FEW = 25  # needles that are looked for one after the other more quickly than each line is
_FORMER = (b"\t301\t", b"\t410\t")


class Address(NamedTuple):
    """Where an address leads."""

    status: int
    target: str


def addresses(living: Iterable[Outline], former: Iterable[Former], base_iri: str) -> bytes:
    """Return the file for all documents, and all addresses that are no longer used."""
    return b"".join(sorted(_lines(living, former, base_iri)))


def difference(
    old: Addresses,
    paths: Collection[str],
    things: Iterable[str],
    living: Iterable[Outline],
    former: Iterable[Former],
    base_iri: str,
) -> tuple[set[bytes], set[bytes]]:
    """Return the lines that are no more, and those that are new, where some documents have changed.

    Args:
        old: the file as it was.
        paths: of all documents that may have changed, or are no more.
        things: IRIs of all that stood in them; there may be others among them.
        living: those of the documents that there are.
        former: all addresses that are no longer used.
        base_iri: what the IRIs of things begin with.
    """
    known = ((rest, old.get(rest)) for rest in {iri.removeprefix(base_iri) for iri in things})
    gone = [(rest, at) for rest, at in known if at and at.status == 303 and at.target in paths]
    before = {_line(rest, *at) for rest, at in (*gone, *old.former())}
    now = set(_lines(living, former, base_iri))
    return before - now, now - before


def _lines(living: Iterable[Outline], former: Iterable[Former], base_iri: str) -> list[bytes]:
    start = len(base_iri)
    found = [
        (thing[start:], 303, outline.path)
        for outline in living
        for thing in outline.things
        if thing != outline.iri or is_cut(outline.path)
    ]
    found += [(address.outline.iri[start:], *address_of(address, base_iri)) for address in former]
    return [_line(*line) for line in found]


def _line(rest: str, status: int, target: str) -> bytes:
    return f"{rest}\t{status}\t{target}\n".encode()


def address_of(former: Former, base_iri: str) -> Address:
    """Return where an address leads that is no longer used."""
    successor = former.successor
    new = successor.removeprefix(base_iri)
    return Address(301 if successor else 410, new)


class Addresses:
    """The file as it is read: a line is looked for by halving."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @classmethod
    def read(cls, release: Path) -> Addresses:
        """Read the file of a release; one that has none has no such addresses.

        Raises:
            OSError: it cannot be read.
        """
        try:
            return cls((release / FILE).read_bytes())
        except FileNotFoundError:
            return cls(b"")

    def get(self, rest: str) -> Address | None:
        """Return where an address leads, for what follows the base; None for one that is not in the file."""
        wanted = f"{rest}\t".encode("utf-8", "surrogatepass")
        line = entries.line_at(self.data, wanted)
        return _address(line[len(wanted) :]) if line else None

    def former(self) -> Iterator[tuple[str, Address]]:
        """Yield the addresses that are no longer used, of which there are few."""
        for line in chain.from_iterable(map(self._lines_with, _FORMER)):
            yield entry_of(line)

    def leading_to(self, path: str) -> list[str]:
        """Return the addresses that lead to a document, given by its path without an ending."""
        return [line.partition(b"\t")[0].decode() for line in self._lines_with(f"\t303\t{path}\n".encode())]

    def _lines_with(self, needle: bytes) -> Iterator[bytes]:
        """Yield the lines that hold some bytes: to look for these is quicker than to look at each line."""
        place = self.data.find(needle)
        while place >= 0:
            end = self.data.find(b"\n", place + 1) + 1 or len(self.data)
            yield self.data[self.data.rfind(b"\n", 0, place) + 1 : end]
            place = self.data.find(needle, end - 1)

    def standing_in(self, paths: Collection[str]) -> dict[str, list[str]]:
        """Return the addresses that lead to each of some documents, given by their paths without an ending."""
        if len(paths) < _FEW:
            return {path: rests for path in paths if (rests := self.leading_to(path))}
        wanted = {f"303\t{path}".encode(): path for path in paths}
        found: dict[str, list[str]] = {}
        for line in self.data.split(b"\n") if wanted else ():
            rest, _, more = line.partition(b"\t")
            if path := wanted.get(more):
                found.setdefault(path, []).append(rest.decode())
        return found

    def beginning_with(self, start: str) -> Iterator[tuple[str, Address]]:
        """Yield every address that begins with a text, with what it leads to."""
        begin = start.encode("utf-8", "surrogatepass")
        place = entries.place(self.data, begin)
        while place < len(self.data) and self.data.startswith(begin, place):
            end = self.data.find(b"\n", place) + 1 or len(self.data)
            yield entry_of(self.data[place:end])
            place = end

    def __iter__(self) -> Iterator[tuple[str, Address]]:
        """Yield every address with what it leads to, in their order."""
        yield from map(entry_of, self.data.splitlines())


def entry_of(line: bytes) -> tuple[str, Address]:
    """Return the address that a line of the file holds, and what it leads to."""
    rest, _, more = line.partition(b"\t")
    return rest.decode(), _address(more)


def _address(fields: bytes) -> Address:
    status, _, target = fields.strip(b"\n").partition(b"\t")
    return Address(int(status), target.decode())
