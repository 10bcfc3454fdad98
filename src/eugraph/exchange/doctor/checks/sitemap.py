"""The sitemap: valid, of this host, of pages that exist.

Spec: <https://www.sitemaps.org/protocol.html>; dates: <https://www.w3.org/TR/NOTE-datetime>.
"""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

from eugraph.exchange.doctor.reading.sitemap import MOST
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import host_of
from eugraph.exchange.doctor.site.answer import Failure
from eugraph.exchange.doctor.sitemaps import Sitemaps
from eugraph.exchange.doctor.visit import Visit

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?")
_LONGEST = 2048  # characters of a location


def check(visit: Visit, section: Section, sitemaps: Sitemaps) -> None:
    """Look at each file, and ask for the pages that it lists."""
    if not sitemaps.files:
        section.info(
            "sitemap-missing",
            visit.site.names.base,
            "There is no sitemap.xml, and robots.txt names none: crawlers find only what is linked. Publish one.",
        )
        for name in sitemaps.named:
            section.violation(
                "sitemap-elsewhere",
                visit.site.names.base + "robots.txt",
                f"robots.txt names {name}, which is on another host. Name the sitemap of this one.",
            )
        return
    for name in sitemaps.named:
        if not visit.site.holds(name):
            section.violation(
                "sitemap-elsewhere",
                visit.site.names.base + "robots.txt",
                f"robots.txt names {name}, which is on another host. Name the sitemap of this one.",
            )
    for read in sitemaps.files:
        if not read.answer.is_good:
            section.violation(
                "sitemap-dead",
                read.address,
                f"This is named as a sitemap, but {read.answer.fault}. Publish it, or take its name out.",
            )
        elif read.sitemap.fault:
            section.violation(
                "sitemap-broken", read.address, f"Crawlers drop this sitemap: {read.sitemap.fault}. Write it anew."
            )
        elif len(read.sitemap.entries) > MOST:
            section.violation(
                "sitemap-too-long",
                read.address,
                f"{len(read.sitemap.entries):,} entries; crawlers read {MOST:,}. Split it, and make an index.",
            )
    if sitemaps.left:
        section.skip(f"{sitemaps.left:,} more files of the sitemap index.")
    _entries(visit, section, sitemaps)
    section.saw(len(sitemaps.files), "file")


def _entries(visit: Visit, section: Section, sitemaps: Sitemaps) -> None:
    listed: dict[str, str] = {}
    twice: set[str] = set()
    for read in sitemaps.files:
        for entry in read.sitemap.entries:
            _location(visit, section, sitemaps, read.address, entry.location)
            _modified(section, read.address, entry.location, entry.modified)
            if (
                not read.sitemap.is_index
                and listed.setdefault(entry.location, read.address)
                and entry.location in twice
            ):
                section.info("sitemap-repeated", read.address, f"{entry.location} is listed more than once. Leave one.")
            twice.add(entry.location)
    own = [location for location in listed if visit.site.holds(location)]
    for location in visit.chosen(own):
        answer = visit.head(location)
        if not answer.is_good and answer.failure is not Failure.TOO_LARGE:
            section.violation(
                "sitemap-page-dead",
                listed[location],
                f"It lists {location}, and {answer.fault}. Take it out, or publish the page.",
            )
        elif answer.hops:
            section.info(
                "sitemap-page-moved",
                listed[location],
                f"It lists {location}, which redirects to {answer.url}. List the page itself.",
            )
    section.saw(len(visit.chosen(own)), "page")
    if len(own) > visit.sample:
        section.skip(f"{len(own) - visit.sample:,} more pages: see --sample.")


def _location(visit: Visit, section: Section, sitemaps: Sitemaps, address: str, location: str) -> None:
    """See that a location is absolute, of the same host, and below the sitemap's folder."""
    if host_of(location) is None or len(location) > _LONGEST:
        section.violation(
            "sitemap-location",
            address,
            f"{location[:100] or 'An empty text'} is no address that a sitemap may list. Write a whole one.",
        )
    elif host_of(location) != host_of(address) and not visit.site.holds(location):
        section.violation(
            "sitemap-location",
            address,
            f"It lists {location}, on another host: crawlers drop it. List pages of this host only.",
        )
    elif not urlsplit(location).path.startswith(_above(sitemaps)):
        section.warning(
            "sitemap-location",
            address,
            f"It lists {location}, which is not below its folder. Put the sitemap at the root, or "
            "name it in robots.txt.",
        )


def _above(sitemaps: Sitemaps) -> str:
    """Return the folder that pages must be in: that of the first sitemap; any, where robots.txt vouches for it."""
    return "/" if sitemaps.named else urlsplit(sitemaps.files[0].address).path.rpartition("/")[0] + "/"


def _modified(section: Section, address: str, location: str, modified: str) -> None:
    if not modified:
        return
    match = _DATE.fullmatch(modified)
    if match is not None:
        year, month, day, hour, minute, second = (
            int(part or least) for part, least in zip(match.groups(), _LEAST, strict=True)
        )
        try:
            dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
        except ValueError:
            match = None
    if match is None:
        section.violation(
            "sitemap-lastmod",
            address,
            f"lastmod of {location} is {modified[:40]!r}, no date such as 2026-11-23. Write one, or leave it out.",
        )


_LEAST = (1, 1, 1, 0, 0, 0)
