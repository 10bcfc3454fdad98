"""Whether links lead somewhere: those of the catalogue, then those of pages."""

from __future__ import annotations

from eugraph.exchange.doctor.reading.graph import DCAT, DCT
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import is_local, is_web, without_fragment
from eugraph.exchange.doctor.site.answer import Answer, Failure
from eugraph.exchange.doctor.visit import Visit

_FOAF = "http://xmlns.com/foaf/0.1/"
_GRAVE = (DCAT + "downloadURL", DCAT + "accessURL", DCAT + "endpointURL")
_OTHERS = (
    DCAT + "landingPage",
    DCAT + "endpointDescription",
    _FOAF + "page",
    _FOAF + "homepage",
    DCT + "license",
    "http://data.europa.eu/r5r/applicableLegislation",
)
_A_PAGE = 5  # links that are asked for each document that is looked at
_MOVED = (301, 308)
_BARRED = (401, 403, 405, 406, 429)  # there is something, and it does not talk to strangers


def check(visit: Visit, section: Section) -> None:
    """Ask for what the catalogue and the pages link to."""
    asked: dict[str, tuple[str, bool]] = {}  # address -> where it stands, and whether a harvester needs it
    if visit.catalogue is not None:
        known = visit.catalogue.statements
        for subject, target in known.links(*_GRAVE):
            asked.setdefault(without_fragment(target), (subject, True))
        for subject, target in known.links(*_OTHERS):
            asked.setdefault(without_fragment(target), (subject, False))
    for document in visit.chosen(visit.documents):
        seen = visit.visited(document)
        if seen.page is None:
            continue
        if not seen.page.is_utf_8:
            section.warning(
                "page-not-utf-8",
                document,
                "The bytes of this page are not in the charset that it tells, or not UTF-8. Save it as UTF-8.",
            )
        _mixed(section, document, seen.page.loaded)
        for target in (*seen.page.hrefs, *seen.page.loaded):
            asked.setdefault(without_fragment(target), (document, False))
    web = [address for address in asked if is_web(address)]
    own = [address for address in web if visit.site.holds(address)]
    chosen = visit.chosen(own, _A_PAGE * visit.sample) if visit.site.is_served else own
    for address in chosen:
        where, is_needed = asked[address]
        _judge(section, visit.head(address), where, is_needed=is_needed)
    section.saw(len(chosen), "link within the site", "links within the site")
    if len(own) > len(chosen):
        section.skip(f"{len(own) - len(chosen):,} more links within the site: see --sample.")
    _outside(visit, section, [address for address in web if not visit.site.holds(address)], asked)


def _outside(visit: Visit, section: Section, others: list[str], asked: dict[str, tuple[str, bool]]) -> None:
    """Ask other hosts, where the user wants it."""
    told = visit.catalogue.statements if visit.catalogue else ()  # of these it is told among the addresses
    for address in filter(is_local, others):
        where = asked[address][0]
        if where not in told:
            section.warning(
                "link-local",
                where,
                f"{address} is reached by the publisher's machine only. Write the public address.",
            )
    public = [address for address in others if not is_local(address)]
    chosen = visit.chosen(public)
    answers = [(address, visit.ask_outside(address)) for address in chosen]
    for address, answer in answers:
        if answer is not None:
            where, is_needed = asked[address]
            _judge(section, answer, where, is_needed=is_needed)
    number = sum(answer is not None for _, answer in answers)
    if number:
        section.saw(number, "link to other hosts", "links to other hosts")
    elif public:
        section.skip(f"{len(public):,} links to other hosts: they are asked with --external.")


def _judge(section: Section, answer: Answer, where: str, *, is_needed: bool) -> None:
    address = answer.address
    if answer.failure is Failure.TOO_LARGE or answer.status in _BARRED:
        return
    if not answer.is_good:
        note = section.violation if is_needed else section.warning
        note("link-dead", where, f"{address}: {answer.fault}. Correct the link, or publish what it leads to.")
    elif any(hop.status in _MOVED for hop in answer.hops):
        section.info("link-moved", where, f"{address} has moved for good to {answer.url}. Write the new address.")


def _mixed(section: Section, document: str, loaded: list[str]) -> None:
    if not document.startswith("https:"):
        return
    for target in loaded:
        if target.startswith("http:"):
            section.warning(
                "content-mixed",
                document,
                f"The page is https and loads {target} by http, which browsers block. Load it by https.",
            )
