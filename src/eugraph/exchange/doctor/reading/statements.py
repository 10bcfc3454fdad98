"""Statements of an answer, exactly as parsed. Nothing but the answer is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from pyoxigraph import Quad

from eugraph.errors import EmptyFileError, InputError
from eugraph.exchange.doctor.reading.contexts import with_contexts
from eugraph.exchange.doctor.reading.media import JSON_LD, RDF_ENDINGS, RDF_XML, TURTLE, ending_of, registered
from eugraph.exchange.doctor.site.answer import Answer
from eugraph.rdf.read import FORMATS, read


def rdf_type(answer: Answer) -> str:
    """Return the media type by which an answer is to be parsed; "" where nothing says that it is RDF.

    The header decides; where it says nothing of use, the ending of the address does, then how the text begins.
    """
    told = registered(answer.media_type)
    if told in RDF_ENDINGS:
        return told
    named = FORMATS.get(f".{ending_of(answer.url)}")
    by_name = next((t for t, ending in RDF_ENDINGS.items() if named and FORMATS[f".{ending}"] == named), "")
    if by_name:
        return by_name
    start = answer.body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{") and b"@context" in answer.body:
        return JSON_LD
    if start.startswith(b"<") and b"rdf:RDF" in start:
        return RDF_XML
    if told in ("", "text/plain", "application/octet-stream") and start[:7].lower() in (
        b"@prefix",
        b"prefix ",
        b"@base <",
    ):
        return TURTLE
    return ""


def statements(answer: Answer, fetch: Callable[[str], Answer] | None = None, *, media_type: str = "") -> list[Quad]:
    """Return the quads that an answer states; none where it is empty.

    Args:
        answer: a whole one.
        fetch: gets JSON-LD contexts that lie elsewhere on the site; None where there are to be none.
        media_type: what the answer is parsed as; "" for what `rdf_type` says.

    Raises:
        InputError: the answer is no RDF, malformed, or asks for something from outside.
    """
    found = media_type or rdf_type(answer)
    name = PurePosixPath(PurePosixPath(urlsplit(answer.url).path).name or "document")
    if not found:
        raise InputError(name, "this is no RDF: neither its media type nor its name says so.")
    path = name.with_suffix(f".{RDF_ENDINGS[found]}")
    body = answer.body
    if found == JSON_LD and fetch is not None:
        body = with_contexts(body, answer.url, fetch)
    try:
        return read(body, path, base_iri=answer.url)
    except EmptyFileError:
        return []
