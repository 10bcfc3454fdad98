"""The order of an examination: find the site and its catalogue, walk it, then one check after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from pathlib import Path

from eugraph.errors import SiteError, SiteTimeoutError
from eugraph.exchange.doctor.checks import (
    distributions,
    feed,
    forms,
    identifiers,
    links,
    media_types,
    negotiation,
    paging,
    portal,
    robots,
    signposting,
    sitemap,
    void,
)
from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.exchange.doctor.discovery import find_catalogue, published_names
from eugraph.exchange.doctor.reading.graph import DCAT
from eugraph.exchange.doctor.reading.media import HTML, expected
from eugraph.exchange.doctor.report import Report
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import is_web
from eugraph.exchange.doctor.site.caller import Strangers
from eugraph.exchange.doctor.site.folder import ROOT, FolderSite
from eugraph.exchange.doctor.site.limits import Limits
from eugraph.exchange.doctor.site.site import Clock, Names, OutOfTimeError, Site
from eugraph.exchange.doctor.site.web import WebSite
from eugraph.exchange.doctor.sitemaps import Sitemaps, find_sitemaps
from eugraph.exchange.doctor.visit import Visit
from eugraph.exchange.doctor.wishes import Wishes


def examine_site(target: str, wishes: Wishes, progress: Callable[[str], None] = lambda _: None) -> Report:
    """Return what one who harvests a site would say.

    Args:
        target: an http or https address, or a folder.
        wishes: how far to go.
        progress: is told each address that is asked.

    Raises:
        SiteError: there is no such folder, it is no address, or nothing answers there.
        SiteTimeoutError: the time is over before anything was looked at.
    """
    clock = Clock(wishes.limits.total_s)
    with ExitStack() as kept:
        strangers = kept.enter_context(closing(Strangers(wishes.limits, clock))) if wishes.external else None
        try:
            site, start = open_site(target, wishes.limits, clock, wishes.base)
            kept.callback(site.close)
            visit = Visit(
                site,
                start,
                sample=wishes.sample,
                outside=strangers.ask if strangers else None,
                progress=progress,
            )
            previous = _previous(wishes, clock, progress)
        except OutOfTimeError:
            raise SiteTimeoutError(target, wishes.limits.total_s) from None
        return _Examination(target, wishes).run(visit, previous)


def open_site(target: str, limits: Limits, clock: Clock, base: str = "") -> tuple[Site, str]:
    """Return a site and the published address to begin at.

    Raises:
        SiteError: there is no such folder, it is no address, or nothing answers there.
        OutOfTimeError: the time for everything is over.
    """
    site: FolderSite | WebSite
    if is_web(target):
        site = WebSite(target, limits, clock)
        answer = site.head(target)
        if answer.failure is not None and answer.status == 0:
            clock.left()
            raise SiteError(target, f"{answer.failure}. Check the address, and whether the server runs.")
        start = target
    elif not target or "://" in target:
        raise SiteError(
            target or "no site", "only http and https addresses and folders are examined. Name one of these."
        )
    else:
        folder = Path(target)
        if not folder.is_dir():
            raise SiteError(target, "there is no such folder. Name a folder, or an address that begins with https://.")
        if not any(folder.iterdir()):
            raise SiteError(target, "the folder is empty. Name one that holds a site, such as a release.")
        site, start = FolderSite(folder, limits, clock), ROOT
    found = published_names(site)
    site.names = Names(found.root, base or found.base, found.ids)
    return site, site.names.to_base(start)


def _previous(wishes: Wishes, clock: Clock, progress: Callable[[str], None]) -> Visit | None:
    """Return a visit to the previous release that knows its identifiers."""
    if not wishes.previous:
        return None
    site, start = open_site(wishes.previous, wishes.limits, clock)
    with closing(site):
        visit = Visit(site, start, sample=wishes.sample, progress=progress)
        _survey(visit, Section("", ""), Section("", ""))
        if visit.catalogue is None and not visit.documents:
            raise SiteError(wishes.previous, "the previous release has no catalogue and no sitemap. Name another one.")
        void.check(visit, Section("", ""))
    return visit


def _survey(visit: Visit, discovery: Section, pages: Section) -> Sitemaps:
    """Find catalogue, sitemaps and pages of a site, and note them in the visit."""
    sitemaps = find_sitemaps(visit)
    visit.documents = _own(visit, [entry.location for _, entry in sitemaps.entries])
    if not visit.documents and visit.visited(visit.start).page is not None:
        visit.documents = [visit.start, *_linked(visit)]
    first = find_catalogue(visit, discovery)
    if first is not None:
        discovery.saw(1, "catalogue")
        visit.catalogue = paging.check(visit, pages, first)
    else:
        pages.skip("Pages: there is no catalogue.")
    if visit.catalogue is not None:
        landing = [target for _, target in visit.catalogue.statements.links(DCAT + "landingPage")]
        visit.documents = list(dict.fromkeys([*_own(visit, landing), *visit.documents]))
    return sitemaps


def _own(visit: Visit, addresses: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(each for each in addresses if is_web(each) and visit.site.holds(each)))


def _linked(visit: Visit) -> list[str]:
    """Return the pages that the first page links to, for sites without a sitemap."""
    page = visit.visited(visit.start).page
    hrefs = page.hrefs if page else []
    own = [href.partition("#")[0] for href in hrefs if is_web(href) and visit.site.holds(href)]
    return [href for href in own if expected(href) in ("", HTML)]


class _Examination:
    """The sections of a report while they are filled."""

    def __init__(self, target: str, wishes: Wishes) -> None:
        self._target, self._wishes = target, wishes
        self._sections: list[Section] = []
        self._is_cut = False

    def run(self, visit: Visit, previous: Visit | None) -> Report:
        """Do one check after the other, until the time is over."""
        discovery, pages = self._section("catalogue", "where the catalogue is"), self._section("paging", "its pages")
        sitemaps = Sitemaps()
        try:
            sitemaps = _survey(visit, discovery, pages)
        except OutOfTimeError:
            self._cut(pages)
        said = {name: self._section(name, title) for name, title in portal.SECTIONS.items()}
        portal.check(visit, said)
        if self._wishes.shapes:
            shapes = self._section("dcat-ap-shapes", "the shapes that were named")
            portal.check_shapes(visit, shapes, self._wishes.shapes)
        self._check("google", "datasets in pages, as Google asks", lambda s: portal.check_pages(visit, s))
        self._check("forms", "Turtle, JSON-LD and RDF/XML say the same", lambda s: forms.check(visit, s))
        self._check("distributions", "files are as the catalogue tells", lambda s: distributions.check(visit, s))
        self._check("void", "the VoID description and its dumps", lambda s: void.check(visit, s))
        self._check("identifiers", "identifiers stay and resolve", lambda s: identifiers.check(visit, s, previous))
        self._check("links", "links lead somewhere", lambda s: links.check(visit, s))
        self._check("signposting", "signposts for machines", lambda s: signposting.check(visit, s))
        self._check("negotiation", "each client gets its form", lambda s: negotiation.check(visit, s))
        self._check("sitemap", "the sitemap", lambda s: sitemap.check(visit, s, sitemaps))
        self._check("robots", "robots.txt", lambda s: robots.check(visit, s, sitemaps))
        self._check("feed", "the change feed", lambda s: feed.check(visit, s))
        self._check("media-types", "headers say what answers are", lambda s: media_types.check(visit, s))
        return Report(
            site=self._target,
            base="" if visit.site.names.base == ROOT else visit.site.names.base,
            sections=tuple(map(_without_root, self._sections)),
            score=portal.points(visit),
            notes=tuple(self._notes(visit)),
            is_cut=self._is_cut,
        )

    def _section(self, name: str, title: str) -> Section:
        self._sections.append(Section(name, title))
        return self._sections[-1]

    def _check(self, name: str, title: str, check: Callable[[Section], None]) -> None:
        section = self._section(name, title)
        try:
            check(section)
        except OutOfTimeError:
            self._cut(section)

    def _cut(self, section: Section) -> None:
        self._is_cut = True
        section.skip(f"The rest: the {self._wishes.limits.total_s:g} s for everything were over.")

    def _notes(self, visit: Visit) -> list[str]:
        notes = []
        documents = len(visit.documents)
        if documents > visit.sample:
            notes.append(
                f"{visit.sample:,} of {documents:,} documents were looked at, chosen by their addresses: each time the "
                "same. --sample N looks at more."
            )
        names = visit.site.names
        if published := " or ".join(dict.fromkeys(each for each in (names.base, names.ids) if each != names.root)):
            notes.append(f"Addresses that begin with {published} were looked for in {self._target}.")
        if self._is_cut:
            notes.append(
                f"Not everything was looked at within {self._wishes.limits.total_s:g} s. Allow more with --within-s, "
                "or look at less with --sample."
            )
        return notes


def _without_root(section: Section) -> Section:
    """Return a section in which files of a folder that is published nowhere go by their paths."""

    def bare(text: str) -> str:
        return text.replace(ROOT, "")

    section.diagnoses = [
        Diagnosis(
            check=found.check,
            code=found.code,
            severity=found.severity,
            where=bare(found.where) or ".",
            message=bare(found.message),
        )
        for found in section.diagnoses
    ]
    section.unexamined = list(map(bare, section.unexamined))
    return section
