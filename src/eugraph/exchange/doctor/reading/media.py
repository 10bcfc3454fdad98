"""Media types: what the ending of a file means for any host, and which types are RDF.

Spec: the registry of media types, <https://www.iana.org/assignments/media-types/media-types.xhtml>.
"""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from urllib.parse import urlsplit

HTML = "text/html"
TURTLE, JSON_LD, RDF_XML = "text/turtle", "application/ld+json", "application/rdf+xml"
GZIP = "application/gzip"
RDF_ENDINGS = {
    TURTLE: "ttl",
    JSON_LD: "jsonld",
    RDF_XML: "rdf",
    "application/n-triples": "nt",
    "application/n-quads": "nq",
    "application/trig": "trig",
}
_OTHER_NAMES = {  # widely used, and none of them registered for it
    "application/x-turtle": TURTLE,
    "text/n3": TURTLE,
    "text/rdf+n3": TURTLE,
    "application/x-gzip": GZIP,
    "application/x-trig": "application/trig",
    "text/x-nquads": "application/n-quads",
    "text/plain": "text/plain",
    "application/xhtml+xml": HTML,
}
_ENDINGS = {ending: media_type for media_type, ending in RDF_ENDINGS.items()} | {
    "html": HTML,
    "htm": HTML,
    "xhtml": HTML,
    "json": "application/json",
    "xml": "application/xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "md": "text/markdown",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "atom": "application/atom+xml",
    "rq": "application/sparql-query",
    "gz": GZIP,
    "zip": "application/zip",
}
_FORMS = {TURTLE: "ttl", JSON_LD: "jsonld", RDF_XML: "rdf", HTML: "html", "application/xml": "xml"}
ACCEPT_RDF = ", ".join(
    f"{media_type};q={quality}" for media_type, quality in zip(RDF_ENDINGS, (1, 0.9, 0.8, 0.7, 0.6, 0.6), strict=True)
)
ACCEPT_PAGE = f"{HTML}, application/xhtml+xml, */*;q=0.1"
_SAME = ({"application/xml", "text/xml"}, {"text/javascript", "application/javascript"})


def registered(media_type: str) -> str:
    """Return the registered name of a media type that goes by several."""
    return _OTHER_NAMES.get(media_type, media_type)


def ending_of(address: str) -> str:
    """Return the ending of the last segment of an address, in small letters and without dot; "" where there is none."""
    return PurePosixPath(urlsplit(address).path).suffix.lower().removeprefix(".")


def endings_for(accept: str) -> list[str]:
    """Return the endings that a document may have, those first whose media type a client names first."""
    ranked = sorted(_FORMS, key=lambda form: accept.find(form) if form in accept else len(accept))
    return [_FORMS[form] for form in ranked]


def stem_of(address: str) -> str:
    """Return an address without the ending of its file, where that is one of RDF or HTML."""
    ending = ending_of(address)
    return address[: -len(ending) - 1] if ending in (*RDF_ENDINGS.values(), "html", "xml") else address


def expected(address: str) -> str:
    """Return the media type that the ending of an address promises; "" where it promises none."""
    ending = ending_of(address)
    return _ENDINGS.get(ending) or mimetypes.types_map.get(f".{ending}", "") if ending else ""


def is_rdf(media_type: str) -> bool:
    """Tell whether statements are read from a media type."""
    return registered(media_type) in RDF_ENDINGS


def agree(one: str, other: str) -> bool:
    """Tell whether two names mean one media type, as consumers take them."""
    one, other = registered(one), registered(other)
    return one == other or any({one, other} <= same for same in _SAME)


def is_wider(told: str, sent: str) -> bool:
    """Tell whether one name says more than the one that was sent: JSON or XML of a kind, sent as any."""
    return any(told.endswith(f"+{kind}") and agree(sent, f"application/{kind}") for kind in ("json", "xml"))
