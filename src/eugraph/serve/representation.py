"""What an address answers with: one thing in one or several forms, or another address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eugraph.serve.profiles import Profile

if TYPE_CHECKING:
    from eugraph.serve.served import Served

HTML, TURTLE, JSONLD = "text/html; charset=utf-8", "text/turtle; charset=utf-8", "application/ld+json"
NTRIPLES, RDFXML, JSON = "application/n-triples", "application/rdf+xml", "application/json"
CSV, PLAIN = "text/csv; charset=utf-8", "text/plain; charset=utf-8"

# The endings of files, those that end in another one first; in the order of preference.
MEDIA_TYPES: Mapping[str, str] = {
    ".html": HTML,
    ".ttl": TURTLE,
    ".jsonld": JSONLD,
    ".csv": f"{CSV}; header=present",
    ".json": JSON,
    ".txt": PLAIN,
    ".rq": "application/sparql-query",
    ".css": "text/css; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".nt": NTRIPLES,
    ".rdf": RDFXML,
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".gz": "application/gzip",
}
_RESULTS = "application/sparql-results+json"


def media_type_of_file(path: str) -> str:
    """Return the media type of a file of a release."""
    ending = path[path.rfind(".") :]
    if ending == ".json" and path.startswith("query/"):
        return _RESULTS
    return MEDIA_TYPES.get(ending, "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Representation:
    """One form of what an address answers with: a file of the release, or what is made when it is asked for."""

    path: str  # its own address, below the server's root
    media_type: str
    profile: Profile | None = None
    file: str = ""  # of the release; empty where it is made
    make: Callable[[Served], Awaitable[bytes]] | None = None

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
