"""Where a site has its catalogue, and which addresses it goes by.

The address that the user named is asked first; then what its page links as its description, the addresses by which
catalogues go, VoID, and what other pages link. The first that describes a dcat:Catalog is the one, else the first that
describes datasets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Quad

from eugraph.errors import InputError
from eugraph.exchange.doctor.reading.graph import DCAT, Statements
from eugraph.exchange.doctor.reading.links import header_links
from eugraph.exchange.doctor.reading.media import ACCEPT_RDF, JSON_LD, stem_of
from eugraph.exchange.doctor.reading.statements import rdf_type, statements
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import without_fragment
from eugraph.exchange.doctor.site.answer import Answer
from eugraph.exchange.doctor.site.site import Names, Site
from eugraph.exchange.doctor.visit import CataloguePage, Visit

PLACES = (
    "catalog",
    "catalog.ttl",
    "catalog.jsonld",
    "catalog.rdf",
    "catalog.xml",
    "catalogue.ttl",
    "catalogue.jsonld",
    "catalogue.rdf",
    "dcat.ttl",
    "dcat.jsonld",
    "dcat.rdf",
)
_MOST_PAGES = 20  # whose links are followed where nothing nearer is the catalogue
_LINKS = (DCAT + "landingPage", DCAT + "downloadURL", DCAT + "accessURL", "http://xmlns.com/foaf/0.1/homepage")
_SITEMAP_LINE = re.compile(rb"^\s*sitemap:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def published_names(site: Site) -> Names:
    """Return the addresses that a site says it goes by: where it stands, if it says nothing.

    A catalogue at <root>/catalog.ttl that calls itself <x>/catalog has identifiers below <x>/. Its documents are
    published there too, or where robots.txt has a sitemap that stands here, if the catalogue links there.
    """
    root = site.names.root
    ids, links = _named_by_the_catalogue(site)
    robots = site.get(root + "robots.txt")
    for line in _SITEMAP_LINE.findall(robots.body) if robots.is_good else ():
        address = str(line, "utf-8", "replace")
        name = address.rpartition("/")[2]
        base = address.removesuffix(name)
        is_likely = not links or any(link.startswith(base) for link in links)
        if name and "://" in base and is_likely and site.head(root + name).is_good:
            return Names(root, base, ids or base)
    return Names(root, ids or root, ids or root)


def _named_by_the_catalogue(site: Site) -> tuple[str, list[str]]:
    """Return what the identifiers of a catalogue at a usual place begin with, and what it links to."""
    for place in PLACES:
        answer = site.get(site.names.root + place, ACCEPT_RDF)
        known = Statements(_quads_of(answer)) if answer.is_good else Statements([])
        stem = stem_of(place)
        for catalogue in known.of_type(DCAT + "Catalog"):
            named = stem_of(catalogue.partition("#")[0])
            if named.endswith(f"/{stem}") and "://" in named:
                return named.removesuffix(stem), [target for _, target in known.links(*_LINKS)]
    return "", []


def find_catalogue(visit: Visit, section: Section) -> CataloguePage | None:
    """Return the first page of the catalogue, and note where it was looked for."""
    second: CataloguePage | None = None
    for answer in _candidates(visit, section):
        quads = _told(answer, visit, section)
        known = Statements(quads)
        page = page_of(answer, quads)
        if known.of_type(DCAT + "Catalog"):
            return page
        if second is None and known.of_type(DCAT + "Dataset"):
            second = page
    if second is None:
        section.violation(
            "catalogue-not-found",
            visit.start,
            "No description of a dcat:Catalog or dcat:Dataset was found here, in what its page links by "
            "rel=describedby or alternate, or at catalog.ttl, .jsonld or .rdf. Publish one, or name its address.",
        )
    return second


def page_of(answer: Answer, quads: list[Quad]) -> CataloguePage:
    """Return the page of a catalogue that an answer is."""
    links = header_links(answer.headers.get("link", ""), answer.url)
    following = next((without_fragment(link.target) for link in links if link.rel == "next"), "")
    return CataloguePage(address=answer.url, media_type=rdf_type(answer), quads=quads, following=following)


def _candidates(visit: Visit, section: Section) -> Iterator[Answer]:
    """Yield the answers that may be the catalogue, each once."""
    first = visit.get(visit.start, ACCEPT_RDF)
    if not first.is_good:
        section.violation(
            "start-unreachable",
            visit.start,
            f"{first.fault[:1].upper()}{first.fault[1:]}. Check the address, and the server behind it.",
        )
    known: set[str] = set()
    for address in _places(visit):
        answer = visit.get(address, ACCEPT_RDF)
        if answer.is_good and answer.url not in known and rdf_type(answer):
            known.add(answer.url)
            yield answer
        if address == visit.start:
            yield from _embedded(visit)


def _places(visit: Visit) -> Iterator[str]:
    """Yield the addresses to look at, what is nearest to the one that the user named first."""
    yield visit.start
    described = [link.target for link in visit.described_by(visit.start)]
    usual = [visit.site.names.base + place for place in (*PLACES, ".well-known/void")]
    yield from filter(visit.site.holds, dict.fromkeys([*described, *usual]))
    for page in visit.chosen(visit.documents, _MOST_PAGES):
        yield from (link.target for link in visit.described_by(page) if visit.site.holds(link.target))


def _embedded(visit: Visit) -> Iterator[Answer]:
    """Yield what the first page embeds as JSON-LD and what may speak of DCAT."""
    page = visit.visited(visit.start).page
    for text in page.json_ld if page else ():
        body = text.encode("utf-8", "surrogatepass")
        if b"dcat" in body:
            told = {"content-type": JSON_LD}
            yield Answer(address=visit.start, url=visit.start, status=200, headers=told, body=body)


def _told(answer: Answer, visit: Visit, section: Section) -> list[Quad]:
    try:
        return statements(answer, visit.get)
    except InputError as error:
        section.violation(
            "catalogue-unreadable", answer.url, f"What may be the catalogue cannot be read: {place_and_fault(error)}"
        )
        return []


def _quads_of(answer: Answer) -> list[Quad]:
    try:
        return statements(answer)
    except InputError:
        return []


def place_and_fault(error: InputError) -> str:
    """Return what is wrong in an answer, with the line, as the end of a message."""
    where = f"line {error.line}, " * bool(error.line)
    return f"{where}{error.fault}"
