"""The catalogue, page by page, as a harvester walks it: an end, no circle, no page twice, each dataset once.

Spec: Hydra Core Vocabulary §5.2, <https://www.hydra-cg.com/spec/latest/core/#collections>; RFC 8288 (`rel=next`);
DCAT-AP does not say how a catalogue is paged, and harvesters follow Hydra.
"""

from __future__ import annotations

from eugraph.errors import InputError
from eugraph.exchange.doctor.discovery import page_of, place_and_fault
from eugraph.exchange.doctor.reading.graph import DCAT, HYDRA, Statements
from eugraph.exchange.doctor.reading.media import ACCEPT_RDF
from eugraph.exchange.doctor.reading.statements import statements
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import is_local, without_fragment
from eugraph.exchange.doctor.site.answer import Failure
from eugraph.exchange.doctor.visit import Catalogue, CataloguePage, Visit

_NEXT = (HYDRA + "next", HYDRA + "nextPage")
_LAST = (HYDRA + "last", HYDRA + "lastPage")


def check(visit: Visit, section: Section, first: CataloguePage) -> Catalogue:
    """Walk the catalogue from its first page, and return all of it."""
    pages = [first]
    known = Statements(first.quads)
    totals = _totals(known)
    last_named = _one(known, first.address, _LAST)
    seen_at = dict.fromkeys(_datasets(known), first.address)
    contents = {frozenset(seen_at): first.address}
    whole = True
    walked = {first.address}
    while target := _next(known, pages[-1]):
        found = _follow(visit, section, target, pages, walked)
        if found is None:
            whole = False
            break
        pages.append(found)
        walked.add(found.address)
        known = Statements(found.quads)
        totals += _totals(known)
        datasets = _datasets(known)
        same = contents.setdefault(frozenset(datasets), found.address)
        if same != found.address:
            section.violation(
                "page-repeated",
                found.address,
                f"This page has the same datasets as {same}. Give each page others, and the last one no next page.",
            )
            whole = False
            if len(pages) > 2 and not datasets:
                break
        else:
            _twice(section, datasets, seen_at, found)
    if whole:
        _complete(section, pages, len(seen_at), totals, last_named)
    section.saw(len(pages), "page")
    section.saw(len(seen_at), "dataset")
    return Catalogue(pages)


def _follow(
    visit: Visit, section: Section, target: str, pages: list[CataloguePage], walked: set[str]
) -> CataloguePage | None:
    """Return the page that is next; None where there is none to be had, which is noted."""
    here = pages[-1].address
    if is_local(target) and not (is_local(visit.site.names.base) and visit.site.holds(target)):
        section.violation(
            "page-local",
            here,
            f"The next page is {target}, which only the machine of the publisher reaches. Write its public address.",
        )
    if target in walked:
        section.violation(
            "page-cycle",
            here,
            f"The next page is {target}, where the walk has been: a harvester goes round until its memory is full. "
            "Give the last page no next one.",
        )
        return None
    if not visit.site.holds(target):
        if not is_local(target):
            section.violation(
                "page-elsewhere",
                here,
                f"The next page is {target}, on another host. Keep the pages of a catalogue together.",
            )
        return None
    if len(pages) >= visit.site.limits.pages:
        section.warning(
            "pages-endless",
            here,
            f"There are more than {len(pages):,} pages. Put more datasets on a page, or end the pages.",
        )
        section.skip(f"The pages after {here}: there are too many.")
        return None
    answer = visit.get(target, f"{pages[-1].media_type}, {ACCEPT_RDF}")
    if answer.failure is Failure.TOO_LARGE:
        limit = visit.site.limits.answer_bytes >> 20
        section.violation(
            "page-too-large", target, f"The page is larger than {limit} MiB. Put fewer datasets on a page."
        )
        return None
    if not answer.is_good:
        section.violation(
            "page-dead", target, f"{here} names this as the next page, but {answer.fault}. Publish it, or name none."
        )
        return None
    if answer.url in walked:
        section.violation(
            "page-cycle", here, f"The next page, {target}, leads back to {answer.url}. Give the last page no next one."
        )
        return None
    try:
        quads = statements(answer, visit.get)
    except InputError as error:
        section.violation(
            "page-unreadable", target, f"This page of the catalogue cannot be read: {place_and_fault(error)}"
        )
        return None
    return page_of(answer, quads)


def _next(known: Statements, page: CataloguePage) -> str:
    """Return the page that comes after one, as its statements or its header say; "" where none does."""
    return without_fragment(_one(known, page.address, _NEXT) or page.following)


def _one(known: Statements, address: str, properties: tuple[str, ...]) -> str | None:
    """Return the value for the page itself; else for the only, or the first, thing that has one."""
    links = known.links(*properties)
    own = [target for subject, target in links if without_fragment(subject) == address]
    return next(iter(own or [target for _, target in links]), None)


def _datasets(known: Statements) -> list[str]:
    return known.of_type(DCAT + "Dataset", DCAT + "DatasetSeries")


def _totals(known: Statements) -> list[str]:
    return [value for subject in known.subjects for value in known.values(subject, HYDRA + "totalItems")]


def _twice(section: Section, datasets: list[str], seen_at: dict[str, str], page: CataloguePage) -> None:
    for dataset in datasets:
        there = seen_at.setdefault(dataset, page.address)
        if there != page.address and not dataset.startswith("_:"):
            section.warning(
                "dataset-on-two-pages",
                page.address,
                f"<{dataset}> stands here and at {there}. Put each dataset on one page, in an order that stays.",
            )


def _complete(
    section: Section, pages: list[CataloguePage], datasets: int, totals: list[str], last_named: str | None
) -> None:
    """Compare what was walked with what the catalogue says of itself."""
    if len(set(totals)) > 1:
        told = ", ".join(sorted(set(totals)))
        section.warning(
            "totals-differ", pages[0].address, f"The pages tell different totals: {told}. Tell one on all of them."
        )
    elif totals and totals[0].isascii() and totals[0].isdigit() and int(totals[0]) != datasets:
        section.violation(
            "catalogue-incomplete",
            pages[0].address,
            f"hydra:totalItems says {int(totals[0]):,}, and the pages have {datasets:,} datasets. "
            "See whether a page lacks its hydra:next, or count again.",
        )
    if last_named and len(pages) > 1 and without_fragment(last_named) != pages[-1].address:
        section.warning(
            "last-page-differs",
            pages[0].address,
            f"hydra:last says {last_named}, and the walk ends at {pages[-1].address}. Make them one.",
        )
