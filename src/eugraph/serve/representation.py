"""What an address answers with: one thing in one or several forms, or another address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eugraph.publish.media_types import FRAME, FRAMES, LINKSET, LINKSET_TYPE, with_charset
from eugraph.publish.media_types import MEDIA_TYPES as BY_ENDING
from eugraph.serve.profiles import Profile

if TYPE_CHECKING:
    from eugraph.serve.served import Served

HTML, TURTLE, JSONLD, NTRIPLES, RDFXML, JSON, PLAIN = map(
    with_charset, ("html", "ttl", "jsonld", "nt", "rdf", "json", "txt")
)
CSV = f"{with_charset('csv')}; header=present"
MEDIA_TYPES: Mapping[str, str] = {f".{ending}": with_charset(ending) for ending in BY_ENDING} | {".csv": CSV}
_RESULTS = "application/sparql-results+json"


def media_type_of_file(path: str) -> str:
    """Return the media type of a file of a release."""
    ending = path[path.rfind(".") :]
    if ending == ".json" and path.startswith("query/"):
        return _RESULTS
    if ending == ".jsonld" and path.startswith(FRAMES):
        return FRAME
    if path == LINKSET:
        return LINKSET_TYPE
    return MEDIA_TYPES.get(ending, "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Representation:
    """One form of what an address answers with: a file of the release, or what is made when it is asked for."""

    path: str  # its own address, below the server's root
    media_type: str
    profile: Profile | None = None
    file: str = ""  # of the release; empty where it is made
    make: Callable[[Served], Awaitable[bytes]] | None = None
    links: Sequence[str] = ()  # of this form alone

    @property
    def short_type(self) -> str:
        """The media type without its parameters."""
        return self.media_type.partition(";")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What is at an address."""

    representations: Sequence[Representation] = ()  # what comes first is preferred
    status: int = 200
    is_one_form: bool = False  # its address names the form: nothing is negotiated
    location: str = ""  # where it leads, for a status from 301 to 303
    links: Sequence[str] = ()  # more of its `Link` header
