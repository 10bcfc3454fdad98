"""Lists of the things of a kind, in pages: each thing stands on exactly one, and the last page has no next one.

A page is asked for by the thing that it comes after, in the order of the documents' paths. So a walk that a new release
overtakes goes on where it was: it finds each thing that is in both releases once, and never comes back.

Addresses within a page are relative, so that it is right behind any proxy and under any name of the server.

Spec: Hydra Core Vocabulary §5.2, <https://www.hydra-cg.com/spec/latest/core/#collections>; RFC 8288 (`rel=next`).
"""

from __future__ import annotations

import asyncio
import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

import orjson
from pyoxigraph import Literal, NamedNode

from eugraph.publish.pages.kinds import kind_of
from eugraph.serve.headers import link
from eugraph.serve.released import Released
from eugraph.serve.representation import JSON, JSONLD, TURTLE, Representation, Resource
from eugraph.vocab import PREFIXES

if TYPE_CHECKING:
    from eugraph.serve.served import Served

PAGE = 100  # things on a page
_HYDRA = "http://www.w3.org/ns/hydra/core#"
_RELATIONS = {"previous": "prev"}  # where RFC 8288 has another name than Hydra
_FORMS = (("ttl", TURTLE), ("jsonld", JSONLD), ("jsonld", JSON))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a list. Its neighbours are told by the thing that they come after; None where there is none."""

    kind: str  # first segment of the paths
    stems: Sequence[str]  # paths of the documents on it, without ending
    total: int  # things on all pages
    after: str  # the last thing of what comes before, without the kind; "" on the first page
    previous: str | None
    next: str | None
    last: str

    @property
    def query(self) -> str:
        """What stands after the path in its address."""
        return query_of(self.after)

    @property
    def steps(self) -> dict[str, str]:
        """The query strings of the pages that one can go to, by Hydra's names."""
        steps = {"first": "", "previous": self.previous, "next": self.next, "last": self.last}
        return {name: query_of(after) for name, after in steps.items() if after is not None}


def query_of(after: str) -> str:
    """Return the query string of the page that comes after a thing."""
    return f"?after={quote(after, safe='/~')}" if after else ""


def page_of(members: Sequence[str], kind: str, after: str) -> Page:
    """Return the page of a list that comes after a thing, which may be one that is not in it.

    Args:
        members: paths of all documents of the kind, sorted.
        kind: first segment of these paths.
        after: the path of a thing without the kind; "" for the first page.
    """
    start = bisect.bisect_right(members, f"{kind}/{after}") if after else 0
    end = start + PAGE

    def after_what(place: int) -> str:
        return members[place - 1].partition("/")[2] if place > 0 else ""

    return Page(
        kind=kind,
        stems=members[start:end],
        total=len(members),
        after=after,
        previous=after_what(start - PAGE) if start else None,
        next=after_what(end) if end < len(members) else None,
        last=after_what((len(members) - 1) // PAGE * PAGE),
    )


def list_resource(
    members: Sequence[str], kind: str, after: str, files: Released, base_iri: str, html: Sequence[Representation]
) -> Resource:
    """Return a page of a list as what is at an address; the first one has the page for people beside it."""
    page = page_of(members, kind, after)
    forms = [
        Representation(
            f"{kind}/index.{ending}{page.query}", media_type, None, "", partial(_made, page, ending, files, base_iri)
        )
        for ending, media_type in _FORMS
    ]
    return Resource(representations=[*([] if after else html), *forms], links=_links(page))


def _links(page: Page) -> list[str]:
    return [link(f"/{page.kind}/{query}", _RELATIONS.get(step, step)) for step, query in page.steps.items()]


async def _made(page: Page, ending: str, files: Released, base_iri: str, _: Served) -> bytes:
    things = await asyncio.to_thread(lambda: [_thing(files, stem, base_iri) for stem in page.stems])
    return _turtle(page, things) if ending == "ttl" else _jsonld(page, things)


Thing = tuple[str, dict[str, str]]  # IRI, names by language


def _thing(files: Released, stem: str, base_iri: str) -> Thing:
    document = orjson.loads(files.read(f"{stem}.jsonld"))
    names = document.get("name")
    return f"{base_iri}{document['id']}", names if isinstance(names, dict) else {}


def _turtle(page: Page, things: Sequence[Thing]) -> bytes:
    view = f"<./{page.query}>"
    lines = [
        f"@prefix dcterms: <{PREFIXES['dcterms']}> .",
        f"@prefix hydra: <{_HYDRA}> .",
        f"@prefix skos: <{PREFIXES['skos']}> .",
        "",
        "<./>",
        "    a hydra:Collection ;",
        f"    dcterms:title {Literal(kind_of(page.kind).many, language='en')} ;",
        f"    hydra:totalItems {page.total} ;",
        *(f"    hydra:member {NamedNode(iri)} ;" for iri, _ in things),
        f"    hydra:view {view} .",
        "",
        f"{view}",
        "    a hydra:PartialCollectionView ;",
        *(f"    hydra:{step} <./{query}> ;" for step, query in page.steps.items()),
        "    .",
    ]
    for iri, names in things:
        for language, name in sorted(names.items()):
            lines += ["", f"{NamedNode(iri)} skos:prefLabel {Literal(name, language=language)} ."]
    return ("\n".join(lines) + "\n").encode()


def _jsonld(page: Page, things: Sequence[Thing]) -> bytes:
    document = {
        "@context": {
            "id": "@id",
            "type": "@type",
            "hydra": _HYDRA,
            "title": {"@id": f"{PREFIXES['dcterms']}title", "@container": "@language"},
            "name": {"@id": f"{PREFIXES['skos']}prefLabel", "@container": "@language"},
            "totalItems": "hydra:totalItems",
            "member": {"@id": "hydra:member", "@container": "@set"},
            "view": "hydra:view",
            **{step: {"@id": f"hydra:{step}", "@type": "@id"} for step in page.steps},
        },
        "id": "./",
        "type": "hydra:Collection",
        "title": {"en": kind_of(page.kind).many},
        "totalItems": page.total,
        "member": [{"id": iri, **({"name": names} if names else {})} for iri, names in things],
        "view": {
            "id": f"./{page.query}",
            "type": "hydra:PartialCollectionView",
            **{step: f"./{query}" for step, query in page.steps.items()},
        },
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
