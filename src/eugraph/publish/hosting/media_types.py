"""The media type of each kind of file in a release, by its ending."""

from __future__ import annotations

MEDIA_TYPES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nq": "application/n-quads",
    "json": "application/json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "md": "text/markdown",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "xml": "application/xml",
    "atom": "application/atom+xml",
    "rq": "application/sparql-query",
    "gz": "application/gzip",
}
NEGOTIATED = ("html", "ttl", "jsonld")  # the forms of a document, what is preferred first
WITH_CHARSET = ("html", "ttl", "csv", "tsv", "txt", "md", "css", "js", "rq")  # endings of text that is all UTF-8
VOID = ".well-known/void"  # has no ending, and is Turtle
