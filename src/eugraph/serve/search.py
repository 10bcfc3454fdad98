"""`/search?q=`: things by their names, acronyms, identifiers and topics, as JSON and as a page; in pages.

Spec: Hydra Core Vocabulary, collections in pages, <https://www.hydra-cg.com/spec/latest/core/#collections>; RFC 8288.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from eugraph.publish.pages.frame import Frame
from eugraph.publish.pages.kinds import ORDER, kind_of
from eugraph.reports.search import Found
from eugraph.serve.answers import PlainResponse
from eugraph.serve.beside import Beside
from eugraph.serve.bodies import Pairs, pairs_of
from eugraph.serve.errors import ProblemError
from eugraph.serve.methods import address
from eugraph.serve.negotiation import negotiate
from eugraph.serve.pages import Frames, html_response
from eugraph.serve.served import Served

PATH = "/search"
A_PAGE, MOST_A_PAGE = 20, 100  # hits
_LAST_PAGE = 10_000
_OFFERS = {"application/ld+json": "json", "application/json": "json", "text/html; charset=utf-8": "html"}
_HYDRA = "http://www.w3.org/ns/hydra/core#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for, and which page of it is wanted."""

    question: str
    kind: str
    page: int  # from 1
    size: int

    def address(self, page: int) -> str:
        """Return the address of another page, relative to this one's folder."""
        said = {"q": self.question, "kind": self.kind, "page": page if page > 1 else "", "size": self._own_size}
        return f"search?{urlencode({name: value for name, value in said.items() if value}, quote_via=quote)}"

    @property
    def _own_size(self) -> int | str:
        return self.size if self.size != A_PAGE else ""


def routes(served: Callable[[], Served], frames: Beside[Frames]) -> list[BaseRoute]:
    """Return the addresses of this part."""

    async def search(request: Request) -> Response:
        now = served()
        asked, form = _read(pairs_of(request.scope["query_string"]))
        form = form or _negotiated(request.headers.get("accept"))
        if now.found is None:
            raise ProblemError(503, "no-search", "the endpoint behind this server does not tell what can be found.")
        if not asked.question.strip() and form != "html":
            raise ProblemError(400, "no-question", "nothing is asked. Give words as the parameter q.")
        found = await asyncio.to_thread(
            now.found.find,
            asked.question,
            kind=asked.kind,
            limit=asked.size,
            offset=(asked.page - 1) * asked.size,
        )
        last = max(1, -(-found.total // asked.size))
        if asked.page > last:
            raise ProblemError(404, "no-page", f"there is no page {asked.page}: the last one is {last}.")
        headers = {"Eugraph-Release": now.name, "Vary": "Accept", "Link": _links(asked, last)}
        if form == "html":
            return html_response(_page(await frames(), asked, found, last), headers)
        return PlainResponse(_json(now, asked, found, last), 200, headers, "application/ld+json")

    return [address(PATH, search)]


def _read(pairs: Pairs) -> tuple[Asked, str]:
    """Return what the parameters say.

    Raises:
        ProblemError: one is unknown, given twice, or out of its range.
    """
    given: dict[str, str] = {}
    for name, value in pairs:
        if name not in ("q", "kind", "page", "size", "format"):
            raise ProblemError(
                400, "parameter", f"the parameter {name!r} is unknown. It takes: q, kind, page, size, format."
            )
        if name in given:
            raise ProblemError(400, "parameter", f"the parameter {name} is given twice. Give it once.")
        given[name] = value
    form = given.get("format", "")
    if form not in ("", "json", "html"):
        raise ProblemError(400, "unknown-format", f"there is no format {form!r}. Use json or html.")
    return Asked(
        question=given.get("q", ""),
        kind=given.get("kind", ""),
        page=_number(given, "page", 1, _LAST_PAGE),
        size=_number(given, "size", A_PAGE, MOST_A_PAGE),
    ), form


def _number(given: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = given.get(name) or str(usual)
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and 1 <= int(text) <= most):
        raise ProblemError(400, "parameter", f"the parameter {name} is a number from 1 to {most}, not {text[:40]!r}.")
    return int(text)


def _negotiated(accept: str | None) -> str:
    media_type = negotiate(accept, list(_OFFERS))
    if media_type is None:
        raise ProblemError(406, "not-acceptable", "hits can be had as application/ld+json or text/html. Accept one.")
    return _OFFERS[media_type]


def _around(asked: Asked, last: int) -> dict[str, str]:
    """Return the addresses of the pages around one."""
    pages = {"first": 1, "previous": asked.page - 1, "next": asked.page + 1, "last": last}
    return {name: asked.address(page) for name, page in pages.items() if 1 <= page <= last}


def _links(asked: Asked, last: int) -> str:
    rels = {"previous": "prev"}
    around = [f'<{address}>; rel="{rels.get(name, name)}"' for name, address in _around(asked, last).items()]
    return ", ".join([*around, '<openapi.json>; rel="service-desc"; type="application/vnd.oai.openapi+json"'])


def _json(now: Served, asked: Asked, found: Found, last: int) -> bytes:
    return orjson.dumps(
        {
            "@context": {
                "hydra": _HYDRA,
                "label": "http://www.w3.org/2000/01/rdf-schema#label",
                "fullName": "http://purl.org/dc/terms/title",
            },
            "@id": asked.address(1),
            "@type": "hydra:Collection",
            "hydra:totalItems": found.total,
            "hydra:view": {
                "@id": asked.address(asked.page),
                "@type": "hydra:PartialCollectionView",
                **{f"hydra:{name}": {"@id": address} for name, address in _around(asked, last).items()},
            },
            "hydra:member": [
                {
                    "@id": hit.iri,
                    "path": hit.iri.removeprefix(now.base_iri),
                    "kind": hit.kind,
                    "label": hit.label,
                    **({"fullName": hit.full} if hit.full else {}),
                    **({"matched": hit.matched} if hit.matched else {}),
                }
                for hit in found.hits
            ],
            "kinds": dict(found.kinds),
            **({"didYouMean": found.instead} if found.instead else {}),
            "release": now.name,
        },
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )


def _page(frames: Frames, asked: Asked, found: Found, last: int) -> bytes:
    title = f"Search: {asked.question}" if asked.question.strip() else "Search"
    pen = frames.pen("search", [hit.iri for hit in found.hits])
    kinds = sorted(found.kinds, key=lambda item: (ORDER.get(item[0], len(ORDER)), item[0]))
    return frames.page(
        "search.html",
        Frame(path="search", title=title[:160], section="search"),
        asked=asked,
        found=found,
        rows=[(pen.iri(hit.iri), kind_of(hit.kind).one, hit) for hit in found.hits],
        kinds=[
            (
                kind_of(kind).many,
                count,
                replace(asked, kind=kind).address(1),
                kind,
            )
            for kind, count in kinds
        ],
        everything=replace(asked, kind="").address(1),
        instead=replace(asked, question=found.instead).address(1),
        other_pages=_around(asked, last),
        last=last,
    )
