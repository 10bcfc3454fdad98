"""Which statements stand in which document.

Every thing with an IRI below the base has a document at the path of its IRI, with all statements about it, except:

- a participation stands in the document of what it is in (eug:participatesIn),
- a grant in that of its project (which points to it by eug:grant),
- a claim in that of what it is about (eug:subject), or where that one stands.

Besides, a document holds the names (skos:prefLabel) of everything that its statements point to, so that people can
read it. Of a participation that stands elsewhere it holds as well what it is in, who takes part and in which role, with
their names: so the document of an organisation tells in which projects it has which role. Nothing else is repeated.

Statements about things elsewhere on the web have no document; they are in the dump.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from eugraph.publish.paths import path_of
from eugraph.vocab import EUG, PREF_LABEL

_LABEL = PREF_LABEL.value
_GRANT, _IN, _ABOUT = f"{EUG}grant", f"{EUG}participatesIn", f"{EUG}subject"
_ORDER = {_GRANT: 1, _IN: 2, _ABOUT: 3}  # of what stands with a thing
_OF_A_PARTICIPATION = (_IN, f"{EUG}organisation", f"{EUG}role")

_BySubject = Mapping[str, Sequence[Triple]]


@dataclass(frozen=True, slots=True)
class Document:
    """The statements that are published at one address."""

    iri: NamedNode  # the thing that it is about
    path: str  # below the release, without an ending: project/harmony
    things: Sequence[NamedNode]  # all that stand in it: itself, grants, participations, claims
    triples: Sequence[Triple]

    @property
    def kind(self) -> str:
        """The first segment of the path, such as project or organisation."""
        return self.path.partition("/")[0]

    def name(self) -> str:
        """Return the English name of the thing, else another one, else its path."""
        names = [t.object for t in self.triples if t.subject == self.iri and t.predicate == PREF_LABEL]
        literals = sorted(names, key=lambda name: (getattr(name, "language", None) != "en", str(name)))
        return str(getattr(literals[0], "value", self.path)) if literals else self.path


def documents(quads: Iterable[Quad], base_iri: str, vocabulary: Iterable[Triple] = ()) -> list[Document]:
    """Return all documents of a graph, in order of their IRIs.

    Args:
        quads: statements about things, curated and derived; one that stands in two graphs is published once.
        base_iri: what the IRIs of things begin with; ends in "/".
        vocabulary: ontology and concept schemes, for the names of concepts.
    """
    about: dict[str, list[Triple]] = {}
    labels: dict[str, list[Triple]] = {}
    hosts: dict[str, str] = {}  # thing -> what it stands with
    ranks: dict[str, int] = {}
    for triple in _distinct(quads):
        subject, predicate = triple.subject, triple.predicate.value
        if not isinstance(subject, NamedNode):
            continue
        iri = subject.value
        about.setdefault(iri, []).append(triple)
        if predicate == _LABEL:
            labels.setdefault(iri, []).append(triple)
        elif predicate in _ORDER and isinstance(triple.object, NamedNode):
            guest, host = (triple.object.value, iri) if predicate == _GRANT else (iri, triple.object.value)
            hosts[guest] = min(host, hosts.get(guest, host))
            ranks[guest] = _ORDER[predicate]
    for triple in vocabulary:
        if triple.predicate == PREF_LABEL and isinstance(triple.subject, NamedNode):
            labels.setdefault(triple.subject.value, []).append(triple)
    homes: dict[str, list[str]] = {}
    for iri in about:
        if iri.startswith(base_iri):
            homes.setdefault(_home(iri, hosts, base_iri), []).append(iri)
    found = []
    for home, things in sorted(homes.items()):
        things.sort(key=lambda iri: (iri != home, ranks.get(iri, 0), iri))
        triples = _statements(things, about, labels)
        found.append(Document(NamedNode(home), path_of(home[len(base_iri) :]), [*map(NamedNode, things)], triples))
    return found


def _distinct(quads: Iterable[Quad]) -> Iterable[Triple]:
    return dict.fromkeys(quad.triple for quad in quads)


def _home(iri: str, hosts: Mapping[str, str], base_iri: str) -> str:
    """Return the thing in whose document `iri` stands."""
    seen = {iri}
    home = iri
    while (host := hosts.get(home)) is not None and host.startswith(base_iri):
        if host in seen:  # hosts in a circle: everything stays at home
            return iri
        seen.add(host)
        home = host
    return home


def _statements(things: Sequence[str], about: _BySubject, labels: _BySubject) -> list[Triple]:
    """Return the statements about some things, and the names of what they point to."""
    triples = [triple for thing in things for triple in about[thing]]
    own = set(things)
    mentioned: dict[str, None] = {}
    for triple in triples:
        value = triple.object
        if isinstance(value, NamedNode):
            mentioned[value.value] = None
    more: dict[str, None] = {}
    for iri in mentioned:
        if iri in own:
            continue
        triples += labels.get(iri, ())
        found = about.get(iri, ())
        if any(triple.predicate.value == _IN for triple in found):
            for triple in found:
                if triple.predicate.value in _OF_A_PARTICIPATION and isinstance(triple.object, NamedNode):
                    triples.append(triple)
                    more[triple.object.value] = None
    for iri in more:
        if iri not in own and iri not in mentioned:
            triples += labels.get(iri, ())
    return triples
