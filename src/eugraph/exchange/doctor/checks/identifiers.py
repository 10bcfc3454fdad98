"""Identifiers: stable from release to release, and resolved."""

from __future__ import annotations

from collections.abc import Iterable

from eugraph.exchange.doctor.reading.graph import DCAT, DCT, Statements
from eugraph.exchange.doctor.reading.media import ACCEPT_RDF
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import is_web, without_fragment
from eugraph.exchange.doctor.site.answer import Failure
from eugraph.exchange.doctor.visit import Catalogue, Visit

_LISTED = (DCAT + "Catalog", DCAT + "Dataset", DCAT + "DatasetSeries", DCAT + "DataService")
_KEYS = (DCT + "identifier", "http://www.w3.org/ns/adms#identifier", DCT + "title")
_GONE = 410


def check(visit: Visit, section: Section, previous: Visit | None) -> None:
    """Look at the identifiers of the catalogue, and at those that the previous release had."""
    if visit.catalogue is None:
        section.skip("Identifiers: there is no catalogue.")
    else:
        _blank(section, visit.catalogue)
        _resolved(visit, section, visit.catalogue.statements)
    if previous is None:
        section.skip("Changes since the previous release: name it with --previous.")
    else:
        _compared(visit, section, previous)


def _blank(section: Section, catalogue: Catalogue) -> None:
    for thing in catalogue.statements.of_type(*_LISTED):
        if thing.startswith("_:"):
            title = next(iter(catalogue.statements.values(thing, DCT + "title")), "")
            section.warning(
                "identifier-blank",
                catalogue.address,
                f"{title or 'A dataset'!r} is a blank node: at each harvest it is taken for a new one. Give it an IRI.",
            )


def _resolved(visit: Visit, section: Section, known: Statements) -> None:
    """Ask for the identifiers that are addresses of the site."""
    named = [thing for thing in known.of_type(*_LISTED) if is_web(thing)]
    own = visit.chosen(thing for thing in named if visit.site.holds(thing))
    for thing in own:
        answer = visit.get(thing, ACCEPT_RDF)
        if not answer.is_good and answer.failure is not Failure.TOO_LARGE:
            section.warning(
                "identifier-dead",
                thing,
                f"The identifier leads nowhere: {answer.fault}. Have it answer with its description.",
            )
    section.saw(len(own), "identifier")
    if elsewhere := len({without_fragment(thing) for thing in named if not visit.site.holds(thing)}):
        section.skip(f"{elsewhere:,} identifiers on other hosts.")


def _compared(visit: Visit, section: Section, previous: Visit) -> None:
    """Find what the previous release named and this one does not."""
    with_things = bool(visit.things)
    if previous.things and not with_things:
        section.skip("What the dump of the previous release names: this one has no dump that was counted.")
    old, new = _named(previous, with_things=with_things), _named(visit)
    gone = [thing for thing in old if thing not in new]
    moved_base = previous.site.names.ids != visit.site.names.ids
    if moved_base and gone and all(_moved(thing, previous, visit) in new for thing in gone):
        section.violation(
            "base-changed",
            visit.site.names.base,
            f"All {len(gone):,} identifiers began with {previous.site.names.ids} and now with {visit.site.names.ids}: "
            "a portal holds both as different. Keep the old ones, or redirect them and say dcterms:isReplacedBy.",
        )
        return
    section.saw(len(old), "identifier of the previous release", "identifiers of the previous release")
    replaced = _keys(visit)
    for thing in visit.chosen(gone):
        now = next((replaced[key] for key in (thing, *old[thing]) if replaced.get(key, thing) not in old), "")
        if now:
            section.violation(
                "identifier-changed",
                now,
                f"This was <{thing}> in the previous release: a portal makes a second one of it, and drops the first "
                "with all that links to it. Keep the identifier.",
            )
        elif not _is_explained(visit, thing):
            section.violation(
                "identifier-vanished",
                thing,
                "The previous release had this, and now it is gone without a word. Keep it, redirect it to what took "
                "its place, or answer 410.",
            )
    if len(gone) > visit.sample:
        section.skip(f"{len(gone) - visit.sample:,} more identifiers that are gone: see --sample.")


def _named(visit: Visit, *, with_things: bool = True) -> dict[str, tuple[str, ...]]:
    """Return the identifiers of a release, each with what else tells who it is."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(visit.documents, ())
    found.update(dict.fromkeys(visit.things if with_things else (), ()))
    if visit.catalogue is not None:
        known = visit.catalogue.statements
        found.update({thing: _told(known, thing) for thing in known.of_type(*_LISTED) if not thing.startswith("_:")})
    return found


def _keys(visit: Visit) -> dict[str, str]:
    return {key: thing for thing, keys in _named(visit).items() for key in keys}


def _told(known: Statements, thing: str) -> tuple[str, ...]:
    values: Iterable[str] = (value for key in _KEYS for value in known.values(thing, key))
    return tuple(dict.fromkeys(values))


def _moved(thing: str, previous: Visit, visit: Visit) -> str:
    return visit.site.names.ids + thing.removeprefix(previous.site.names.ids)


def _is_explained(visit: Visit, thing: str) -> bool:
    """Tell whether the site still answers for an identifier: with a redirect, a tombstone, or something else."""
    if not visit.site.holds(thing):
        return False
    answer = visit.get(thing, ACCEPT_RDF)
    return answer.is_good or answer.status == _GONE
