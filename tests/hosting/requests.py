"""Forty requests that a release is asked, and what a server's answer to each comes to."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


class Request(NamedTuple):
    """A path, and the media types that are accepted; None where the header is not sent."""

    path: str
    accept: str | None = None


WITHOUT_WEIGHTS = (
    Request("/project/harmony"),
    Request("/project/harmony", "*/*"),
    Request("/project/harmony", "text/html"),
    Request("/project/harmony", "text/turtle"),
    Request("/project/harmony", "application/ld+json"),
    Request("/project/harmony", "TEXT/TURTLE"),
    Request("/project/harmony", "text/turtle, */*"),
    Request("/project/harmony", "application/ld+json, */*"),
    Request("/project/harmony", "text/html, text/turtle, application/ld+json"),
    Request("/project/harmony", "image/png"),
    Request("/project/harmony", "text/turtle;charset=utf-8"),
    Request("/project/harmony.ttl"),
    Request("/project/harmony.ttl", "text/html"),
    Request("/project/harmony.jsonld", "text/turtle"),
    Request("/project/harmony.schema.jsonld"),
    Request("/project/no-such-project", "text/turtle"),
    Request("/project/harmony.doc"),
    Request("/id/project/harmony", "text/turtle"),
    Request("/id/grant/harmony", "text/turtle"),
    Request("/id/participation/harmony/eha/participant", "text/turtle"),
    Request("/id/claim/project/harmony/numberOfPartners/scientific-networks-eha", "text/turtle"),
    Request("/index.html"),
    Request("/style.css"),
    Request("/validation.json"),
    Request("/dump/all.nq.gz"),
)
WITH_WEIGHTS = (
    Request("/project/harmony", BROWSER),
    Request("/project/harmony", "text/turtle;q=0.9, application/ld+json;q=0.8"),
    Request("/project/harmony", "text/turtle;q=0.8, application/ld+json;q=0.9"),
    Request("/project/harmony", "text/html;q=0.5, text/turtle"),
    Request("/project/harmony", "text/html;q=0.1, */*;q=0.2"),
    Request("/project/harmony", "text/turtle;q=0, text/html"),
    Request("/project/harmony", "text/turtle;q=0"),
    Request("/project/harmony", "*/*;q=0"),
    Request("/project/harmony", "text/*;q=0.4, application/ld+json;q=0.6"),
    Request("/project/harmony", "text/turtle;q=1.0, text/html;q=0.7"),
    Request("/organisation/eha", "text/turtle, text/html;q=0.9"),
    Request("/organisation/eha", "application/ld+json;q=0.3, text/turtle;q=0.2, text/html;q=0.1"),
    Request("/network/eurobloodnet", "text/turtle;q=0.999, text/html;q=0.5"),
    Request("/network/eurobloodnet", "image/png;q=0.9, text/turtle;q=0.1"),
    Request("/network/eurobloodnet", "image/png;q=0.9, */*;q=0.1"),
)


class Answer(NamedTuple):
    """What matters of an answer."""

    status: int
    media_type: str
    leads_to: str  # path of the form that was chosen, or of a redirect
    is_open: bool  # to the pages of other sites
    varies: bool  # with what is accepted


def asked(root: str, request: Request) -> Answer:
    """Ask a server. What an answer that is no document says of its own form is left out."""
    headers = {"Accept": request.accept} if request.accept is not None else {}
    with httpx.Client() as client:
        client.headers.clear()
        got = client.get(root + request.path, headers=headers)
    there = urljoin(root + request.path, got.headers.get("Location") or got.headers.get("Content-Location") or "")
    found = got.status_code == httpx.codes.OK
    return Answer(
        got.status_code,
        got.headers["Content-Type"].partition(";")[0] if found else "",
        urlsplit(there).path if there else "",
        got.headers.get("Access-Control-Allow-Origin") == "*",
        "accept" in got.headers.get("Vary", "").lower().replace("accept-", "") if found else False,
    )
