"""The sitemaps of a site, as robots.txt names them or at the usual place, and the documents that they list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from eugraph.exchange.doctor.reading.sitemap import Entry, Sitemap, read_sitemap
from eugraph.exchange.doctor.site.address import resolved
from eugraph.exchange.doctor.site.answer import Answer
from eugraph.exchange.doctor.visit import Visit

_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Read:
    """One file of a sitemap."""

    address: str
    answer: Answer
    sitemap: Sitemap  # empty where there is no whole answer


@dataclass(slots=True)
class Sitemaps:
    """All files of a site's sitemaps."""

    named: list[str] = field(default_factory=list)  # by robots.txt
    files: list[Read] = field(default_factory=list)
    left: int = 0  # files of an index that were not read

    @property
    def entries(self) -> list[tuple[str, Entry]]:
        """The documents with the file that lists them."""
        return [
            (read.address, entry) for read in self.files if not read.sitemap.is_index for entry in read.sitemap.entries
        ]


def robots_address(visit: Visit) -> str:
    """Return where robots.txt counts: at the root of the host; for a folder or a copy, beside the first page."""
    site = visit.site
    if site.is_served and site.names.base == site.names.root:
        return resolved("/robots.txt", site.names.base)
    return site.names.base + "robots.txt"


def find_sitemaps(visit: Visit) -> Sitemaps:
    """Return the sitemaps that robots.txt names; where it names none, those at sitemap.xml."""
    found = Sitemaps()
    robots = visit.get(robots_address(visit))
    if robots.is_good:
        found.named = [resolved(name, robots.url) for name in _LINE.findall(robots.body.decode("utf-8", "replace"))]
    waiting = list(found.named)
    usual = visit.site.names.base + "sitemap.xml"
    if usual not in waiting and (not waiting or not any(map(visit.site.holds, waiting))):
        waiting.append(usual)
    seen: set[str] = set()
    while waiting:
        address = waiting.pop(0)
        if address in seen or not visit.site.holds(address):
            continue
        if len(seen) >= visit.site.limits.sitemaps:
            found.left += 1
            continue
        seen.add(address)
        answer = visit.get(address)
        if not answer.is_good and address == usual and address not in found.named:
            continue
        sitemap = read_sitemap(answer.body) if answer.is_good else Sitemap()
        found.files.append(Read(address, answer, sitemap))
        if sitemap.is_index:
            waiting += [entry.location for entry in sitemap.entries]
    return found
