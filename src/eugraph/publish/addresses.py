"""`addresses.tsv`: where the addresses of things lead that are no document by themselves, for web servers.

A line holds an address below the base, the status that a web server answers, and what it leads to, with tabs between
them. Lines are sorted by their bytes, so that one is found without reading all.

- 303: a thing that stands in the document of another one, or whose path does not tell its address: the path of the
  document, without an ending;
- 301: a thing that got another address: the new one below the base, or an IRI where that is elsewhere;
- 410: a thing whose description was withdrawn; its document says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from eugraph.publish.documents import Outline
from eugraph.publish.gone import Former
from eugraph.publish.paths import is_cut

FILE = "addresses.tsv"
_FORMER = re.compile(rb"^([^\t\n]*)\t((?:301|410)\t[^\n]*)", re.MULTILINE)


class Address(NamedTuple):
    """Where an address leads."""

    status: int
    target: str


def addresses(living: Iterable[Outline], former: Iterable[Former], base_iri: str) -> bytes:
    """Return the file for all documents, and all addresses that are no longer used."""
    start = len(base_iri)
    found = [
        (thing[start:], 303, outline.path)
        for outline in living
        for thing in outline.things
        if thing != outline.iri or is_cut(outline.path)
    ]
    found += [(address.outline.iri[start:], *address_of(address, base_iri)) for address in former]
    lines = sorted("\t".join(map(str, line)).encode() for line in found)
    return b"".join(line + b"\n" for line in lines)


def address_of(former: Former, base_iri: str) -> Address:
    """Return where an address leads that is no longer used."""
    successor = former.successor
    new = successor.removeprefix(base_iri)
    return Address(301 if successor else 410, new)


class Addresses:
    """The file as it is read: a line is looked for by halving."""

    def __init__(self, data: bytes) -> None:
        self._data = data

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
        low, high = 0, len(self._data)
        while low < high:  # both are where lines begin
            start = self._data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._data.find(b"\n", start) + 1 or len(self._data)
            if self._data.startswith(wanted, start):
                return _address(self._data[start + len(wanted) : end])
            if self._data[start:end] < wanted:
                low = end
            else:
                high = start
        return None

    def former(self) -> Iterator[tuple[str, Address]]:
        """Yield the addresses that are no longer used, of which there are few."""
        for match in _FORMER.finditer(self._data):
            yield match[1].decode(), _address(match[2])

    def leading_to(self, path: str) -> list[str]:
        """Return the addresses that lead to a document, given by its path without an ending."""
        needle, found, place = f"\t303\t{path}\n".encode(), [], -1
        while (place := self._data.find(needle, place + 1)) >= 0:
            found.append(self._data[self._data.rfind(b"\n", 0, place) + 1 : place].decode())
        return found

    def __iter__(self) -> Iterator[tuple[str, Address]]:
        """Yield every address with what it leads to, in their order."""
        for line in self._data.splitlines():
            rest, _, more = line.partition(b"\t")
            yield rest.decode(), _address(more)


def _address(fields: bytes) -> Address:
    status, _, target = fields.strip(b"\n").partition(b"\t")
    return Address(int(status), target.decode())
