"""Lists of the things of a kind, in pages: the files of the release, and any page between them.

A page is asked for by the thing that it comes after, which may be one that is not there any more: a walk that a new
release overtakes finds each thing that is in both releases once, and never comes back; see
`eugraph.publish.paging`.

Spec: RFC 8288 §3.3 (`rel=next`), <https://www.rfc-editor.org/rfc/rfc8288#section-3.3>.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from eugraph.publish.collections import Filled, member_of
from eugraph.publish.paging import ENDINGS, Page, page_of
from eugraph.serve.headers import link
from eugraph.serve.released import Released
from eugraph.serve.representation import JSON, MEDIA_TYPES, Representation, Resource

if TYPE_CHECKING:
    from eugraph.serve.served import Served

_RELATIONS = {"previous": "prev"}  # where RFC 8288 has another name than Hydra


def list_resource(
    stems: Sequence[str], kind: str, after: str, files: Released, base_iri: str, html: Sequence[Representation]
) -> Resource:
    """Return a page of a list as what is at an address; the first one has the page for people beside it."""
    page = page_of(stems, kind, after)
    forms = [_form(page, ending, files, base_iri, MEDIA_TYPES[f".{ending}"]) for ending in ENDINGS]
    forms.append(_form(page, "jsonld", files, base_iri, JSON))
    return Resource(representations=[*([] if after else html), *forms])


def _form(page: Page, ending: str, files: Released, base_iri: str, media_type: str) -> Representation:
    path = page.file(ending)
    links = [link(f"/{page.kind}/{name}", _RELATIONS.get(step, step)) for step, name in page.steps(ending).items()]
    if path in files:
        return Representation(path, media_type, file=path, links=links)
    return Representation(path, media_type, make=partial(_made, page, ending, files, base_iri), links=links)


async def _made(page: Page, ending: str, files: Released, base_iri: str, _: Served) -> bytes:
    def write() -> bytes:
        members = [member_of(files.read(f"{stem}.jsonld"), base_iri) for stem in page.stems]
        return Filled(page, members).write(ending)

    return await asyncio.to_thread(write)
