"""The change feed, a Linked Data Event Stream: its pages end, its members are whole, their times are in order.

Spec: Linked Data Event Streams, <https://w3id.org/ldes/specification>; TREE, <https://w3id.org/tree/specification>.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Quad

from eugraph.errors import InputError
from eugraph.exchange.doctor.discovery import place_and_fault
from eugraph.exchange.doctor.reading.graph import DCAT, DCT, LDES, TREE, Statements, name_of
from eugraph.exchange.doctor.reading.media import ACCEPT_RDF
from eugraph.exchange.doctor.reading.statements import statements
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import is_local, without_fragment
from eugraph.exchange.doctor.site.answer import Failure
from eugraph.exchange.doctor.visit import Visit

PLACES = ("feed/", "feed", "feed/index.ttl", "feed/index.trig", "feed/index.jsonld", "feed.ttl", "feed.trig", "ldes")
ACCEPT = f"application/trig, {ACCEPT_RDF}"
_RELATIONS = {  # what the time of a member on the page behind it must be, seen from the relation's value
    TREE + "GreaterThanRelation": lambda time, value: time > value,
    TREE + "GreaterThanOrEqualToRelation": lambda time, value: time >= value,
    TREE + "LessThanRelation": lambda time, value: time < value,
    TREE + "LessThanOrEqualToRelation": lambda time, value: time <= value,
    TREE + "EqualToRelation": lambda time, value: time == value,
}


@dataclass(slots=True)
class _Walk:
    """What was met on the way through the pages."""

    pages: dict[str, frozenset[str]] = field(default_factory=dict)  # address -> members
    members: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)  # member -> (page, its statements)
    time_path: str = ""


def check(visit: Visit, section: Section) -> None:
    """Find the feed, and walk it from its first page."""
    start = _find(visit)
    if start is None:
        section.info(
            "feed-missing",
            visit.site.names.base,
            "No ldes:EventStream is named in the catalogue or found at feed/: portals have to fetch everything again. "
            "Publish one.",
        )
        return
    walk = _Walk()
    waiting: list[tuple[str, tuple[tuple[str, str], ...], bool]] = [(start, (), False)]
    path: dict[str, None] = {}  # the pages above the one at hand
    while waiting:
        address, bounds, is_done = waiting.pop()
        above = next(reversed(path), "")
        if is_done:
            del path[address]
        elif address in path:
            section.violation(
                "feed-cycle",
                above,
                f"A tree:relation leads back to {address}: a client goes round for ever. Let pages lead onwards only.",
            )
        elif len(walk.pages) >= visit.site.limits.pages:
            section.warning(
                "feed-endless", address, f"There are more than {len(walk.pages):,} pages. Put more members on a page."
            )
            section.skip("The pages of the feed after these: there are too many.")
            break
        elif address not in walk.pages:
            path[address] = None
            waiting.append((address, (), True))
            waiting += _read(visit, section, walk, address, above, bounds)
    section.saw(len(walk.pages), "page")
    section.saw(len(walk.members), "member")


def _read(
    visit: Visit, section: Section, walk: _Walk, address: str, above: str, bounds: tuple[tuple[str, str], ...]
) -> list[tuple[str, tuple[tuple[str, str], ...], bool]]:
    """Read one page; return those that it leads to, each with what the relation promises of it."""
    quads = _page(visit, section, address, above)
    if quads is None:
        walk.pages[address] = frozenset()
        return []
    known = Statements(quads)
    walk.time_path = walk.time_path or next((target for _, target in known.links(LDES + "timestampPath")), "")
    _members(section, walk, address, quads, known, bounds)
    onwards = []
    for node, relation in _onwards(known):
        there = without_fragment(node)
        if visit.site.holds(there):
            onwards.append((there, _bounds(known, relation, walk.time_path), False))
        else:
            note = "only the publisher's machine reaches" if is_local(there) else "is on another host"
            section.violation("feed-elsewhere", address, f"A tree:node is {there}, which {note}. Keep pages here.")
    return onwards[::-1]


def _find(visit: Visit) -> str | None:
    """Return the first page of the feed."""
    named: list[str] = []
    if visit.catalogue is not None:
        known = visit.catalogue.statements
        named += [
            target for stream in known.of_type(LDES + "EventStream") for target in known.values(stream, TREE + "view")
        ]
        named += known.of_type(LDES + "EventStream")
        for thing, target in known.links(DCT + "conformsTo"):
            if target.startswith(("https://w3id.org/ldes", "https://w3id.org/tree")):
                named += known.values(thing, DCAT + "downloadURL", DCAT + "accessURL", DCAT + "endpointURL")
    places = [visit.site.names.base + place for place in PLACES]
    for address in dict.fromkeys(map(without_fragment, [*named, *places])):
        if not visit.site.holds(address):
            continue
        answer = visit.get(address, ACCEPT)
        if not answer.is_good:
            continue
        try:
            known = Statements(statements(answer, visit.get))
        except InputError:
            continue
        views = [target for _, target in known.links(TREE + "view")]
        if views or known.of_type(LDES + "EventStream", TREE + "Collection", TREE + "Node"):
            own = known.links(TREE + "relation", TREE + "member") or answer.url in map(without_fragment, views)
            return answer.url if own or not views else without_fragment(views[0])
    return None


def _page(visit: Visit, section: Section, address: str, above: str) -> list[Quad] | None:
    answer = visit.get(address, ACCEPT)
    if answer.failure is Failure.TOO_LARGE:
        section.violation("feed-page-too-large", address, "The page is larger than clients read. Put less on a page.")
        return None
    if not answer.is_good:
        section.violation(
            "feed-page-dead", above or address, f"It leads to {address}, and {answer.fault}. Publish the page."
        )
        return None
    try:
        return statements(answer, visit.get)
    except InputError as error:
        section.violation("feed-page-unreadable", address, f"This page cannot be read: {place_and_fault(error)}")
        return None


def _onwards(known: Statements) -> list[tuple[str, str]]:
    """Return the pages that a page leads to, each with its relation."""
    relations = [relation for s in known.subjects for relation in known.values(s, TREE + "relation")]
    return [(node, relation) for relation in dict.fromkeys(relations) for node in known.values(relation, TREE + "node")]


def _bounds(known: Statements, relation: str, time_path: str) -> tuple[tuple[str, str], ...]:
    """Return what a relation promises of the times on the page behind it, as (class, value)."""
    paths = known.values(relation, TREE + "path")
    kinds = [kind for kind in _RELATIONS if relation in known.of_type(kind)]
    values = known.values(relation, TREE + "value")
    return tuple((kind, values[0]) for kind in kinds) if values and time_path in paths else ()


def _members(
    section: Section,
    walk: _Walk,
    address: str,
    quads: list[Quad],
    known: Statements,
    bounds: tuple[tuple[str, str], ...],
) -> None:
    """Look at the members of a page."""
    members = list(dict.fromkeys(m for s in known.subjects for m in known.values(s, TREE + "member")))
    if members and frozenset(members) in walk.pages.values():
        section.violation(
            "feed-page-repeated", address, "This page has the same members as another. Give each page its own."
        )
    walk.pages[address] = frozenset(members)
    graphs = {name_of(quad.graph_name) for quad in quads}
    about: dict[str, set[str]] = {}
    for quad in quads:
        about.setdefault(name_of(quad.subject), set()).add(f"{quad.predicate.value} {_told(quad)}")
    for member in members:
        own = about.get(member, set())
        if not own and member not in graphs:
            section.violation(
                "member-empty",
                address,
                f"The member {member} is named here, and nothing is stated of it. Put what it says on the page.",
            )
            continue
        there = walk.members.setdefault(member, (address, frozenset(own)))
        if there[0] != address and there[1] != own:
            section.violation(
                "member-changed",
                address,
                f"The member {member} says something else than at {there[0]}. A version never changes: make a new one.",
            )
        _time(section, walk, address, member, known, bounds)


def _time(
    section: Section, walk: _Walk, address: str, member: str, known: Statements, bounds: tuple[tuple[str, str], ...]
) -> None:
    if not walk.time_path:
        return
    told = known.values(member, walk.time_path)
    moment = _moment(told[0]) if len(told) == 1 else None
    if moment is None:
        section.violation(
            "member-time",
            address,
            f"The member {member} has no one date as its <{walk.time_path}>. Give it an xsd:dateTime.",
        )
        return
    for kind, value in bounds:
        bound = _moment(value)
        if bound is not None and not _RELATIONS[kind](moment, bound):
            section.violation(
                "feed-out-of-order",
                address,
                f"The member {member} of {told[0]} stands behind a {kind.removeprefix(TREE)} of {value}: clients that "
                "read from a moment on miss it. Write the relation anew.",
            )


def _told(quad: Quad) -> str:
    """Return the value of a statement; blank nodes are named anew each time that they are read."""
    return "_:" if isinstance(quad.object, BlankNode) else name_of(quad.object)


def _moment(text: str) -> dt.datetime | None:
    """Return a moment as xsd:dateTime or xsd:date has it; UTC where no zone is told."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
