"""What can be asked of a site, be it a folder or on the web."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from eugraph.exchange.doctor.site.answer import Answer
from eugraph.exchange.doctor.site.limits import Limits


class OutOfTimeError(Exception):
    """The time for everything is over. It ends one check after the other, and never leaves the doctor."""


class Site(Protocol):
    """Documents behind addresses.

    A site may stand elsewhere than it is published: a folder, a copy on the own machine, a host behind w3id.org. It is
    asked for the addresses that it is published under, and answers from where it stands.
    """

    names: Names
    is_served: bool  # by a web server, so that headers say something
    limits: Limits

    def get(self, address: str, accept: str = "", *, headers: Mapping[str, str] | None = None) -> Answer:
        """Return what an address gives to one who accepts `accept`.

        Raises:
            OutOfTimeError: the time for everything is over.
        """
        ...

    def head(self, address: str, accept: str = "") -> Answer:
        """Return the same without a body.

        Raises:
            OutOfTimeError: the time for everything is over.
        """
        ...

    def open(self, address: str) -> tuple[Answer, BinaryIO]:
        """Return the answer of an address without its body, and the body to be read: of a folder, however large it is.

        Raises:
            OutOfTimeError: the time for everything is over.
        """
        ...

    def left(self) -> float:
        """Return how many seconds there are.

        Raises:
            OutOfTimeError: there are none.
        """
        ...

    def close(self) -> None:
        """Let go of what is held open."""
        ...

    def once(self, method: str, address: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer to one request as a server gives it, a redirect or not.

        Raises:
            OutOfTimeError: the time for everything is over.
        """
        ...

    def holds(self, address: str) -> bool:
        """Tell whether an address belongs to the site, so that it may be asked."""
        ...


@dataclass(frozen=True, slots=True)
class Names:
    """The addresses of one site, each with a slash at its end: they are one and the same, and often are."""

    root: str  # where it stands: what is asked
    base: str  # where its documents are published
    ids: str  # what its identifiers begin with

    def holds(self, address: str) -> bool:
        """Tell whether an address is one of the site's."""
        return address.startswith((self.base, self.ids, self.root))

    def to_root(self, address: str) -> str:
        """Return where a published address, or an identifier, stands; other addresses as they are."""
        known = next((start for start in (self.base, self.ids) if start and address.startswith(start)), "")
        return self.root + address.removeprefix(known) if known else address

    def published(self, address: str) -> str:
        """Return where a document is published that an identifier leads to; other addresses as they are."""
        return self.to_base(self.to_root(address))

    def to_base(self, address: str) -> str:
        """Return what an address where the site stands is published as."""
        return self.base + address.removeprefix(self.root) if self.root and address.startswith(self.root) else address


NOWHERE = Names("", "", "")  # names no site: every address stays as it is


class Clock:
    """Tells when the time for everything is over."""

    def __init__(self, total_s: float) -> None:
        """Begin to count."""
        self._end = time.monotonic() + total_s

    def left(self) -> float:
        """Return how many seconds there are.

        Raises:
            OutOfTimeError: there are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        return left
