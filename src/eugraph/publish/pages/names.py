"""What everything is called and where its page is: one index of the whole graph, made once a release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from sys import intern
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from eugraph.publish.documents import Outline
from eugraph.publish.looking import Handler, Looking
from eugraph.publish.pages.labels import LABELS
from eugraph.publish.pages.links import anchor, fragment
from eugraph.publish.pages.terms import key, literal
from eugraph.publish.pages.words import one_line
from eugraph.rdf.nquads import BaseMove
from eugraph.vocab import PREFIXES, RDF_TYPE, shorten, term

_NAMING = {  # the better first
    key("skos:prefLabel"): 0,
    key("rdfs:label"): 1,
    key("dcterms:title"): 2,
    key("foaf:name"): 3,
}
_DEFINITION = key("skos:definition")
_CONCEPTS = (term("skos:Concept"), term("skos:ConceptScheme"))
_TERM_TYPES = {
    *(term(f"owl:{name}") for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")),
    *(term(f"rdf{name}") for name in (":Property", "s:Class")),
}
_GUESTS = {"claim": "on", "participation": "in"}  # how what has no name of its own belongs to its host
_HOUSE = f"{PREFIXES['eug']}SingleValuedProperty"


_Label = tuple[int, bool, str, str]  # rank of the property, not in English, language, text: the least is the name
Known = tuple[_Label | None, str, str, str]  # label, target, home, definition


class Name(NamedTuple):
    """What something is called, in which language, and where its page is; "" where there is none."""

    text: str
    language: str
    target: str  # path below the release, with fragment


class Names:
    """Names and pages of things, concepts and terms. All IRIs are those of the workspace, before any move."""

    def __init__(self, base_iri: str, moved: BaseMove | None) -> None:
        self.base, self._moved = base_iri, moved
        self._labels: dict[str, _Label] = {}
        self._targets: dict[str, str] = {}
        self._definitions: dict[str, str] = {}
        self._homes: dict[str, str] = {}
        self._known: dict[str, Name] = {}
        self.headings: dict[str, str] = {}  # what properties, as N-Triples text, are called on pages: kept by `layout`

    def watch(self, looking: Looking) -> None:
        """Ask to be shown names and definitions."""
        for predicate, handler in self._handlers().items():
            looking.on(predicate, handler)

    def learn(self, triples: Iterable[Triple]) -> None:
        """Take in the names and definitions that statements give."""
        handlers = self._handlers()
        for triple in triples:
            handler = handlers.get(str(triple.predicate))
            if handler is not None and isinstance(triple.subject, NamedNode):
                handler(triple.subject.value, str(triple.object), "")

    def _handlers(self) -> dict[str, Handler]:
        naming: dict[str, Handler] = {predicate: partial(self._label, rank) for predicate, rank in _NAMING.items()}
        return naming | {_DEFINITION: self._define}

    def _label(self, rank: int, iri: str, value: str, _graph: str) -> None:
        if value[0] == '"':
            text, language, _ = literal(value)
            found, known = (rank, language != "en", intern(language), text), self._labels.get(iri)
            if known is None or found < known:
                self._labels[iri] = found

    def _define(self, iri: str, value: str, _graph: str) -> None:
        if value[0] == '"':
            text, language, _ = literal(value)
            if language in ("", "en"):
                self._definitions[iri] = min(text, self._definitions.get(iri, text))

    def settle(self, outlines: Iterable[Outline]) -> None:
        """Learn where the things of documents have their pages."""
        start = len(self.base)
        for outline in outlines:
            home = outline.iri
            self._targets[home] = page = f"{outline.path}.html"
            for thing in outline.things:
                if thing != home:
                    self._homes[thing] = home
                    self._targets[thing] = f"{page}#{fragment(thing[start:])}"

    def known(self, iri: str) -> Known | None:
        """Return what there is to know of something, for `take`; None where that is nothing."""
        label, target, home = self._labels.get(iri), self._targets.get(iri, ""), self._homes.get(iri, "")
        definition = self._definitions.get(iri, "")
        return (label, target, home, definition) if label or target or home or definition else None

    def take(self, iri: str, known: Known) -> None:
        """Learn of something what another index knows."""
        label, target, home, definition = known
        for table, value in ((self._targets, target), (self._homes, home), (self._definitions, definition)):
            if value:
                table[iri] = value
        if label:
            self._labels[iri] = label
        self._known.pop(iri, None)
        self.headings.pop(f"<{iri}>", None)

    def settle_vocabulary(self, graphs: Mapping[str, Iterable[Triple]]) -> None:
        """Learn where terms and concepts are explained; see `vocabulary_pages`."""
        for path, triples in graphs.items():
            for triple in triples:
                if triple.predicate == RDF_TYPE and isinstance(triple.subject, NamedNode):
                    self._settle_term(triple.subject.value, triple.object, path)

    def _settle_term(self, iri: str, type_: object, path: str) -> None:
        if type_ in _CONCEPTS:
            here = f"{path}.html"
            self._targets.setdefault(iri, here if type_ == _CONCEPTS[1] else f"{here}#{anchor(iri)}")
        elif type_ in _TERM_TYPES or (isinstance(type_, NamedNode) and type_.value == _HOUSE):
            self._targets.setdefault(iri, f"ontology/index.html#{anchor(iri)}")

    def settle_shapes(self, shapes: Iterable[str]) -> None:
        """Learn that these shapes are on the page of shapes."""
        self._targets.update((iri, f"shapes/index.html#{anchor(iri)}") for iri in shapes)

    def __contains__(self, iri: str) -> bool:
        return iri in self._targets

    def name(self, iri: str) -> Name:
        """Return the name of anything.

        What has none is called by the thing in whose document it stands, else by the end of its IRI, or by
        `prefix:name`.
        """
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = self._name(iri)
        return known

    def _name(self, iri: str) -> Name:
        found = self._labels.get(iri)
        target = self._targets.get(iri, "")
        if found is not None and found[3].strip():
            return Name(one_line(found[3]), found[2], target)
        if home := self._labels.get(self._homes.get(iri, "")):
            kind = iri[len(self.base) :].partition("/")[0].replace("-", " ")
            return Name(one_line(f"{kind} {_GUESTS.get(kind, 'of')} {home[3]}"), home[2], target)
        if iri.startswith(self.base):
            return Name(one_line(iri[len(self.base) :] or iri), "", target)
        if usual := LABELS.get(iri):
            return Name(usual, "", target)
        short = shorten(iri)
        return Name(one_line(short[1:-1] if short[0] == "<" else short), "", target)

    def fragment(self, iri: str) -> str:
        """Return the id of what stands in the document of another thing, "" for what has its own."""
        return self._targets.get(iri, "").partition("#")[2]

    def home(self, iri: str) -> str:
        """Return the thing in whose document `iri` stands: itself, or the host of a grant, participation or claim."""
        return self._homes.get(iri, iri)

    def label(self, iri: str) -> str:
        """Return the name as a plain text."""
        return self.name(iri).text

    def definition(self, iri: str) -> str:
        """Return what a term means, or ""."""
        return self._definitions.get(iri, "")

    def moved(self, iri: str) -> str:
        """Return an IRI as the release publishes it."""
        return self._moved.iri(iri) if self._moved else iri

    def unmoved(self, iri: str) -> str:
        """Return the IRI that `moved` made `iri` of, if it is one that has a page."""
        if self._moved and iri.startswith(self._moved.new):
            old = self._moved.old + iri[len(self._moved.new) :]
            if old in self._targets or iri not in self._targets:
                return old
        return iri
