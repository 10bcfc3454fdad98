"""The media type of each kind of file in a release, by its ending; what is preferred comes first."""

from __future__ import annotations

MEDIA_TYPES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
    "json": "application/json",
    "txt": "text/plain",
    "rq": "application/sparql-query",
    "css": "text/css",
    "tsv": "text/tab-separated-values",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "rdfp": "application/rdf-patch",
    "rdf": "application/rdf+xml",
    "xml": "application/xml",
    "atom": "application/atom+xml",
    "md": "text/markdown",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "gz": "application/gzip",
}
NEGOTIATED = ("html", "ttl", "jsonld")  # the forms of a document, what is preferred first
WITH_CHARSET = ("html", "ttl", "csv", "txt", "css", "tsv", "md", "js")  # endings of text that is all UTF-8
FOR_EVER = "public, max-age=31536000, immutable"  # Cache-Control of what never changes (RFC 8246)
FRAMES = "frame/"  # the folder of JSON-LD frames, whose ending does not tell what they are
FRAME = f'{MEDIA_TYPES["jsonld"]};profile="http://www.w3.org/ns/json-ld#frame"'
LINKSET = "linkset.json"  # so named, as most servers know this ending and not that of RFC 9264
LINKSET_TYPE = "application/linkset+json"
VOID = ".well-known/void"  # has no ending, and is Turtle


def with_charset(ending: str) -> str:
    """Return the media type of files with an ending, with the charset where they are text."""
    return MEDIA_TYPES[ending] + "; charset=utf-8" * (ending in WITH_CHARSET)
