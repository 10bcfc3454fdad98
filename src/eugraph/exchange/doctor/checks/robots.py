"""robots.txt: whether it forbids what the site offers to harvesters.

Spec: RFC 9309, <https://www.rfc-editor.org/rfc/rfc9309>.
"""

from __future__ import annotations

from eugraph.exchange.doctor.reading.graph import DCAT
from eugraph.exchange.doctor.robots import LARGEST, is_allowed, rules_for_all
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import is_web
from eugraph.exchange.doctor.sitemaps import Sitemaps, robots_address
from eugraph.exchange.doctor.visit import Visit


def check(visit: Visit, section: Section, sitemaps: Sitemaps) -> None:
    """Hold what the catalogue and the sitemap offer against the rules for every crawler."""
    address = robots_address(visit)
    answer = visit.get(address)
    if answer.status >= 500 or (answer.failure is not None and answer.status == 0):
        section.violation(
            "robots-fails",
            address,
            f"{str(answer.fault)[:1].upper()}{answer.fault[1:]}: crawlers then fetch nothing of the host. Mend it, or "
            "have it answer 404.",
        )
        return
    if not answer.is_good:
        section.saw(0, "rule")  # then everything is allowed
        return
    if visit.site.is_served and answer.media_type not in ("text/plain", ""):
        section.warning(
            "robots-type", address, f"robots.txt is sent as {answer.media_type}. Send text/plain; crawlers ask for it."
        )
    if len(answer.body) > LARGEST:
        section.warning("robots-too-long", address, f"Crawlers read {LARGEST:,} bytes. Shorten it.")
    rules = rules_for_all(answer.body[:LARGEST].decode("utf-8", "replace"))
    offered = _offered(visit)
    forbidden = [each for each in offered if not is_allowed(each, rules)]
    for each in forbidden:
        section.violation(
            "robots-forbids",
            each,
            f"{address} forbids what the site offers: harvesters that heed it leave this out. Allow it.",
        )
    pages = [page for page in visit.documents if not is_allowed(page, rules)]
    for page in visit.chosen(pages):
        section.warning(
            "robots-forbids-page", page, f"{address} forbids a page that the site lists. Allow it, or do not list it."
        )
    if sitemaps.files and not sitemaps.named:
        section.info(
            "robots-names-no-sitemap", address, "There is a sitemap, and no Sitemap line names it. Add the line."
        )
    section.saw(len(rules), "rule")
    section.saw(len(offered) + len(visit.documents), "address", "addresses")


def _offered(visit: Visit) -> list[str]:
    """Return the pages of the catalogue, its identifiers, and its files, as far as they are of this host."""
    if visit.catalogue is None:
        return []
    known = visit.catalogue.statements
    found = [page.address for page in visit.catalogue.pages]
    found += [target for _, target in known.links(DCAT + "downloadURL", DCAT + "accessURL")]
    found += known.of_type(DCAT + "Catalog", DCAT + "Dataset")
    own = (visit.site.names.published(each) for each in found if is_web(each) and visit.site.holds(each))
    return list(dict.fromkeys(own))
