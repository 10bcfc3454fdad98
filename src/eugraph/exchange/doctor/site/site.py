"""What can be asked of a site, be it a folder or on the web."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Protocol

from eugraph.exchange.doctor.site.answer import Answer
from eugraph.exchange.doctor.site.limits import Limits


class OutOfTimeError(Exception):
    """The time for everything is over. It ends one check after the other, and never leaves the doctor."""


class Site(Protocol):
    """Documents behind addresses.

    A site may stand elsewhere than it is published: a folder, a copy on the own machine, a host behind w3id.org. It is
    asked for the addresses that it is published under, and answers from where it stands.
    """

    root: str  # the address where it stands, with the slash at its end
    base: str  # the address that it is published under, with the slash at its end
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

    def once(self, method: str, address: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer to one request as a server gives it, a redirect or not.

        Raises:
            OutOfTimeError: the time for everything is over.
        """
        ...

    def holds(self, address: str) -> bool:
        """Tell whether an address belongs to the site, so that it may be asked."""
        ...


class Names:
    """Two names of one site: where it stands, and what it is published under."""

    def __init__(self, root: str, base: str) -> None:
        """Take both; each ends in a slash."""
        self.root, self.base = root, base

    def to_root(self, address: str) -> str:
        """Return where a published address stands."""
        return self.root + address.removeprefix(self.base) if address.startswith(self.base) else address

    def to_base(self, address: str) -> str:
        """Return what an address of the site is published as."""
        return self.base + address.removeprefix(self.root) if address.startswith(self.root) else address


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
