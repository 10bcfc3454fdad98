"""What comes back when a site is asked: an `Answer`, whole or with the reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Failure(StrEnum):
    """Why there is no whole answer, as a message says it after an address."""

    UNREACHABLE = "no connection can be made"
    CERTIFICATE = "its certificate cannot be verified"
    TIMEOUT = "no whole answer comes in time"
    BROKEN = "the answer breaks the rules of HTTP or is cut short"
    TOO_LARGE = "the answer is larger than harvesters read"
    DAMAGED = "the answer says that it is packed by gzip, and cannot be unpacked"
    CIRCLE = "the redirects never end"
    ELSEWHERE = "it redirects to another host, which is not asked"
    REFUSED_SCHEME = "it redirects to what is no http or https address"
    PRIVATE = "it leads to an address of a private network, which is not asked"
    UNREADABLE = "the file cannot be read"


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect."""

    status: int
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address gave. Addresses are those that the site is published under."""

    address: str  # that was asked for
    url: str  # that answered, after redirects
    status: int = 0  # 0 where there is no answer
    headers: Mapping[str, str] = field(default_factory=dict)  # names in small letters, several of one joined by commas
    body: bytes = b""  # without its content coding
    hops: tuple[Hop, ...] = ()
    failure: Failure | None = None

    @property
    def is_good(self) -> bool:
        """Tell whether there is a whole answer with status 200."""
        return self.failure is None and self.status == 200

    @property
    def media_type(self) -> str:
        """The media type without parameters, in small letters; "" where there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def fault(self) -> str:
        """What is wrong, as a message says it after the address; "" where nothing is."""
        if self.failure is not None:
            return str(self.failure)
        return "" if self.is_good else f"the answer is {self.status}"
