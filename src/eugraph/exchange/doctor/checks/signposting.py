"""Signposts for machines on pages: what to cite, what describes it, where the set of all links is.

Spec: FAIR Signposting Profile, <https://signposting.org/FAIR/>; RFC 9264 (linksets), RFC 8574 (cite-as).
"""

from __future__ import annotations

from typing import Any

import orjson

from eugraph.exchange.doctor.reading.graph import DCAT
from eugraph.exchange.doctor.reading.links import Link
from eugraph.exchange.doctor.reading.media import agree, is_wider
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import is_web, resolved, without_fragment
from eugraph.exchange.doctor.site.answer import Failure
from eugraph.exchange.doctor.visit import Visit

_LINKSET = "application/linkset+json"
_TYPED = ("describedby", "item", "collection", "linkset", "cite-as", "author", "license")


def check(visit: Visit, section: Section) -> None:
    """Look at the signposts of pages, and at the sets of links that they name."""
    linksets: dict[str, Link] = {}
    pages = [page for page in visit.chosen(visit.documents) if visit.visited(page).page is not None]
    signposts = {page: [link for link in visit.visited(page).links if link.rel in _TYPED] for page in pages}
    rels = {link.rel for links in signposts.values() for link in links}
    for page, links in signposts.items():
        _cite_as(visit, section, page, links, is_usual="cite-as" in rels)
        for link in links:
            if link.rel == "linkset":
                linksets.setdefault(link.target, link)
            elif link.rel in ("describedby", "item", "cite-as") and visit.site.holds(link.target):
                _target(visit, section, page, link)
    for link in linksets.values():
        if visit.site.holds(link.target):
            _linkset(visit, section, link)
    section.saw(len(pages), "page")
    section.saw(len(linksets), "linkset")
    if pages and not rels & {"cite-as", "describedby"}:
        where = _landing(visit) or pages[0]
        section.info(
            "no-signposts",
            where,
            "No page tells by rel=cite-as and rel=describedby what to cite and where its description is. Add links.",
        )


def _landing(visit: Visit) -> str:
    known = visit.catalogue.statements if visit.catalogue else None
    return next((target for _, target in known.links(DCAT + "landingPage")), "") if known else ""


def _cite_as(visit: Visit, section: Section, page: str, links: list[Link], *, is_usual: bool) -> None:
    """See that a page tells one thing to cite; `is_usual` says whether pages of the site do that at all."""
    targets = list(dict.fromkeys(link.target for link in links if link.rel == "cite-as"))
    if len(targets) > 1:
        section.warning(
            "cite-as-disagrees", page, f"The page says to cite {targets[0]}, and {targets[1]}. Leave one of them."
        )
    if not targets and any(link.rel == "describedby" for link in _in_page(visit, page)):
        note = section.warning if is_usual else section.info
        note(
            "cite-as-missing",
            page,
            "The page links its description, and no rel=cite-as tells the identifier to cite. Add it.",
        )


def _in_page(visit: Visit, page: str) -> list[Link]:
    """Return the links of the HTML itself: those of the header are often the same for a whole site."""
    seen = visit.visited(page).page
    return seen.links if seen else []


def _target(visit: Visit, section: Section, page: str, link: Link) -> None:
    """See that a signpost leads somewhere, and to the type that it says."""
    answer = visit.head(link.target, link.type) if link.type else visit.head(link.target)
    if answer.failure is Failure.TOO_LARGE:
        return
    if not answer.is_good:
        section.violation(
            "signpost-dead",
            page,
            f"rel={link.rel} leads to {link.target}, and {answer.fault}. Correct the link, or publish the document.",
        )
    elif link.type and answer.media_type and not _fits(link.type, answer.media_type):
        section.warning(
            "signpost-type-differs",
            page,
            f"rel={link.rel} says that {link.target} is {link.type}, and the server says {answer.media_type}. "
            "Make them one.",
        )


def _fits(told: str, sent: str) -> bool:
    return agree(told, sent) or is_wider(told, sent)


def _linkset(visit: Visit, section: Section, link: Link) -> None:
    answer = visit.get(link.target)
    if not answer.is_good:
        section.violation(
            "linkset-dead", link.target, f"A page names this as its linkset, but {answer.fault}. Publish it."
        )
        return
    if visit.site.is_served and answer.media_type not in (_LINKSET, "application/linkset"):
        section.info(
            "linkset-type",
            link.target,
            f"The linkset is sent as {answer.media_type}; clients look for {_LINKSET}. Set it where you can.",
        )
    if answer.media_type == "application/linkset":
        section.skip(f"{link.target}: a linkset in the form of a header is not read.")
        return
    try:
        document = orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        section.violation("linkset-broken", link.target, f"The linkset is no JSON: {error}. Write it anew.")
        return
    fault, targets = _targets(document, answer.url)
    if fault:
        section.violation("linkset-broken", link.target, f"The linkset breaks RFC 9264: {fault}. Correct it.")
    own = [target for target in targets if is_web(target) and visit.site.holds(target)]
    for target in visit.chosen(own):
        found = visit.head(target)
        if not found.is_good and found.failure is not Failure.TOO_LARGE:
            section.violation(
                "linkset-target-dead", link.target, f"The linkset leads to {target}, and {found.fault}. Correct it."
            )


def _targets(document: Any, base: str) -> tuple[str, list[str]]:  # noqa: ANN401 - JSON
    """Return what is wrong with a linkset, "" for nothing, and the addresses that its links lead to.

    Spec: RFC 9264 §4.2, <https://www.rfc-editor.org/rfc/rfc9264#section-4.2>.
    """
    contexts = document.get("linkset") if isinstance(document, dict) else None
    if not isinstance(contexts, list):
        return 'there is no "linkset" with a list', []
    targets: dict[str, None] = {}
    for context in contexts:
        if not isinstance(context, dict):
            return "a member of the list is no object", list(targets)
        for relation, links in context.items():
            if relation == "anchor":
                continue
            if not isinstance(links, list) or not all(isinstance(link, dict) for link in links):
                return f"{relation!r} has no list of objects", list(targets)
            for link in links:
                href = link.get("href")
                if not isinstance(href, str):
                    return f"a link of {relation!r} has no href", list(targets)
                if relation in _TYPED:
                    targets.setdefault(without_fragment(resolved(href, base)))
    return "", list(targets)
