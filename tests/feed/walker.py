"""A small harvester: walks a feed from its root, as the specifications say, and keeps what the members say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from eugraph.publish.feed.vocabulary import AS, PREFIXES, TREE

HOME = "https://host.example.org/some/folder/"  # where the walker thinks that a release lies
LDES = PREFIXES["ldes"]
FORMATS = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "trig": RdfFormat.TRIG}
Fetch = Callable[[str], bytes]


@dataclass(frozen=True)
class Member:
    """One version of one document."""

    iri: str
    thing: str
    happened: str  # Create, Update or Delete
    moment: str
    graph: frozenset[Triple]


@dataclass(frozen=True)
class Walked:
    """What was found."""

    stream: str
    pages: list[str]  # addresses, in the order of the root
    closed: set[str]  # those that say that they never change
    members: list[Member]


def of_release(folder: Path) -> Fetch:
    """Fetch from a folder what would lie at an address on its host."""
    return lambda url: (folder / url.removeprefix(HOME)).read_bytes()


def walk(fetch: Fetch, root: str = f"{HOME}feed/stream.ttl") -> Walked:
    """Fetch root and pages."""
    description = read(fetch, root)
    (stream,) = (str(q.subject)[1:-1] for q in description if q.predicate.value == f"{TREE}view")
    assert objects(description, stream, f"{TREE}view") == [root]
    assert objects(description, stream, f"{LDES}timestampPath") == [f"{AS}published"]
    assert objects(description, stream, f"{LDES}versionOfPath") == [f"{AS}object"]
    relations = objects(description, root, f"{TREE}relation")
    assert len(set(relations)) == len(relations)
    bounds: dict[str, list[tuple[str, str]]] = {}
    for relation in relations:
        (page,), (value,), (kind,) = (
            objects(description, relation, name) for name in (f"{TREE}node", f"{TREE}value", f"{PREFIXES['rdf']}type")
        )
        assert objects(description, relation, f"{TREE}path") == [f"{AS}published"]
        bounds.setdefault(page, []).append((kind.removeprefix(TREE), value))
    found = Walked(stream, [*bounds], set(), [])
    for page in found.pages:
        quads = read(fetch, page)
        if objects(quads, page, f"{LDES}immutable") == ["true"]:
            found.closed.add(page)
        for iri in objects(quads, stream, f"{TREE}member"):
            member = _member(quads, iri)
            assert all(_within(member.moment, bound) for bound in bounds[page]), (page, member.iri)
            found.members.append(member)
    return found


def held(members: Iterable[Member]) -> Mapping[str, frozenset[Triple]]:
    """What a harvester holds that took all members, in their order: thing -> its last version."""
    holds: dict[str, frozenset[Triple]] = {}
    for member in sorted(members, key=lambda member: member.moment):
        if member.happened == "Delete":
            del holds[member.thing]
        else:
            holds[member.thing] = member.graph
    return holds


def read(fetch: Fetch, url: str) -> list[Quad]:
    """The statements at an address."""
    form = FORMATS[url.rpartition(".")[2]]
    return list(parse(fetch(urldefrag(url)[0]), format=form, base_iri=url))


def objects(quads: Iterable[Quad], subject: str, predicate: str) -> list[str]:
    """The values of a property, in the order of the file."""
    found = (q for q in quads if q.predicate.value == predicate)
    return [str(q.object.value) for q in found if isinstance(q.subject, NamedNode) and q.subject.value == subject]  # type: ignore[union-attr]  # no triple terms


def _member(quads: Iterable[Quad], iri: str) -> Member:
    (kind,), (thing,), (moment,) = (
        objects(quads, iri, name) for name in (f"{PREFIXES['rdf']}type", f"{AS}object", f"{AS}published")
    )
    graph = frozenset(q.triple for q in quads if q.graph_name == NamedNode(iri))
    return Member(iri, thing, kind.removeprefix(AS), moment, graph)


def _within(moment: str, bound: tuple[str, str]) -> bool:
    kind, value = bound
    return {"GreaterThanOrEqualToRelation": moment >= value, "LessThanOrEqualToRelation": moment <= value}[kind]
