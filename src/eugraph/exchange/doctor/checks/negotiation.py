"""Whether an identifier gives each client what it asks for, and says so to caches.

Spec: RFC 9110 §12 (negotiation), §9.3.2 (HEAD), §12.5.5 (Vary), §13 (conditions), §15.4.4 (303),
<https://www.rfc-editor.org/rfc/rfc9110>.
"""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.exchange.doctor.reading.graph import DCAT
from eugraph.exchange.doctor.reading.media import HTML, JSON_LD, TURTLE, agree, is_rdf, registered
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import without_fragment
from eugraph.exchange.doctor.site.answer import Answer
from eugraph.exchange.doctor.visit import Visit

_MOST = 20  # identifiers: a server treats its documents alike, and each is asked a dozen times
_UNKNOWN = "application/x-nothing-has-this-type"
_REDIRECTS = (301, 302, 303, 307, 308)


def check(visit: Visit, section: Section) -> None:
    """Ask some identifiers of the site in several ways."""
    if not visit.site.is_served:
        section.skip("Negotiation, conditions and HEAD: a folder does not answer; the server that publishes it will.")
        return
    asked = 0
    for address in _identifiers(visit):
        if asked == _MOST:
            break
        if visit.site.once("GET", address, {"Accept": TURTLE}).status == 404:
            section.skip("Identifiers that the site does not answer itself: the host that they name does.")
            continue
        offers = {form: visit.get(address, form) for form in (TURTLE, JSON_LD, HTML)}
        if not any(answer.is_good for answer in offers.values()):
            continue  # it is told as dead elsewhere
        asked += 1
        _forms(section, address, offers)
        good = {registered(answer.media_type) for answer in offers.values() if answer.is_good}
        if len(good) > 1:
            _weights(visit, section, address, good)
            _vary(visit, section, address)
        _refused(visit, section, address)
        for answer in {answer.url: answer for answer in offers.values() if answer.is_good}.values():
            _head(visit, section, answer)
            _condition(visit, section, answer)
    section.saw(asked, "identifier")


def _identifiers(visit: Visit) -> Iterator[str]:
    """Yield what may be asked for in several forms: catalogue, datasets, and what pages say to cite."""
    found: list[str] = []
    if visit.catalogue is not None:
        known = visit.catalogue.statements
        found += known.of_type(DCAT + "Catalog", DCAT + "Dataset")
    chosen = visit.chosen(visit.documents)
    cited = [link.target for page in chosen for link in visit.visited(page).links if link.rel == "cite-as"]
    half = [*visit.chosen(found)[: _MOST // 2], *visit.chosen(cited)]
    yield from dict.fromkeys(without_fragment(each) for each in half if visit.site.holds(each))


def _forms(section: Section, address: str, offers: dict[str, Answer]) -> None:
    """Tell whether what is asked for is what comes."""
    rdf = [form for form in (TURTLE, JSON_LD) if offers[form].is_good and is_rdf(offers[form].media_type)]
    if not rdf:
        section.warning(
            "no-rdf-by-negotiation",
            address,
            "Whoever asks this identifier for Turtle or JSON-LD gets none. Have the server choose by Accept; on a host "
            "that cannot, link the files by rel=describedby.",
        )
    for form, answer in offers.items():
        if answer.status >= 500:
            section.violation(
                "negotiation-fails", address, f"Asked for {form}, the server fails: {answer.fault}. See its log."
            )
        elif answer.is_good and not agree(answer.media_type, form) and form == HTML and is_rdf(answer.media_type):
            section.info(
                "no-page-by-negotiation", address, "A browser gets RDF here. Offer a page, or redirect to one."
            )


def _weights(visit: Visit, section: Section, address: str, good: set[str]) -> None:
    """Ask for two forms, once with each preferred."""
    one, other = sorted(good)[:2]
    for more, less in ((one, other), (other, one)):
        accept = f"{less};q=0.3, {more};q=0.9"
        answer = visit.get(address, accept)
        if answer.is_good and not agree(answer.media_type, more):
            section.warning(
                "weights-ignored",
                address,
                f"Accept: {accept} gives {answer.media_type}. Choose by the q-values; where the server cannot, say so.",
            )
            return


def _vary(visit: Visit, section: Section, address: str) -> None:
    """See that the answer that depends on Accept says so, be it a redirect or not."""
    first = visit.site.once("GET", address, {"Accept": TURTLE})
    second = visit.site.once("GET", address, {"Accept": HTML})
    same = first.status in _REDIRECTS and first.headers.get("location") == second.headers.get("location")
    vary = {name.strip().lower() for name in first.headers.get("vary", "").split(",")}
    if not same and not vary & {"accept", "*"}:
        section.violation(
            "vary-missing",
            address,
            "What comes depends on Accept, and there is no Vary: Accept: a cache hands one client what another asked "
            "for. Send it.",
        )


def _refused(visit: Visit, section: Section, address: str) -> None:
    """Ask for what no server has: 406, or something all the same; never an error of the server."""
    answer = visit.site.get(address, _UNKNOWN)
    if answer.failure is None and answer.status not in (200, 300, 406, 415):
        section.warning(
            "unacceptable-unanswered",
            address,
            f"Asked for a type that it has not, the server answers {answer.status}. Answer 406, or the usual form.",
        )


def _head(visit: Visit, section: Section, answer: Answer) -> None:
    """Compare HEAD with GET."""
    accept = {"Accept": answer.media_type}
    get, head = visit.site.once("GET", answer.url, accept), visit.site.once("HEAD", answer.url, accept)
    if head.status != get.status:
        section.warning(
            "head-differs",
            answer.url,
            f"HEAD answers {head.status or head.fault}, and GET {get.status}. Answer HEAD as GET, without the body.",
        )
        return
    for name in ("content-type", "etag", "content-length"):
        one, other = get.headers.get(name), head.headers.get(name)
        if other is not None and one is not None and one != other:
            section.warning(
                "head-differs", answer.url, f"HEAD says {name}: {other}, and GET {one}. Let both tell the same."
            )


def _condition(visit: Visit, section: Section, answer: Answer) -> None:
    """Ask again with what tells that nothing has changed."""
    accept = {"Accept": answer.media_type}
    first = visit.site.once("GET", answer.url, accept)
    if first.status != 200:
        return
    tag, day = first.headers.get("etag"), first.headers.get("last-modified")
    if not tag and not day:
        section.info(
            "no-validator",
            answer.url,
            "Neither ETag nor Last-Modified: harvesters fetch everything again each time. Send one of them.",
        )
        return
    condition = {"If-None-Match": tag} if tag else {"If-Modified-Since": day or ""}
    again = visit.site.once("GET", answer.url, accept | condition)
    if again.status == 200:
        section.warning(
            "condition-ignored",
            answer.url,
            f"Asked with {next(iter(condition))} for what it has just sent, the server sends it again. Answer 304.",
        )
