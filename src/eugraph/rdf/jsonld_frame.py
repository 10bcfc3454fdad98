"""Frames: what makes the documents of a class out of any JSON-LD of the graph, such as a dump.

A frame says what the writer of documents does: parts and claims stand in what they belong to, everything else is
mentioned by address, class and name, a source by its licence and rights too. Which properties a class may have, and
whether their values are things, is what ontology and shapes say. A property that a frame does not name is written with
all that the input says of its values.

Every value is matched (`"id": {}`), as a frame in a frame would leave out what it does not fit. A text is named by
`prefix:name`: under its plain name the context would read the frame as texts by language.

Spec: JSON-LD 1.1 Framing §2 and §4, <https://www.w3.org/TR/json-ld11-framing/>.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Triple

from eugraph.rdf.jsonld_context import Context, Json, Term
from eugraph.rdf.jsonld_writer import ADDRESSES, PARTS
from eugraph.rdf.turtle_terms import Names
from eugraph.vocab import EUG, PREFIXES, term

Frame = Mapping[str, Json]

_DOMAIN, _RANGE, _ABOVE = (PREFIXES["rdfs"] + name for name in ("domain", "range", "subClassOf"))
_TARGET, _SHAPE, _PATH = (PREFIXES["sh"] + name for name in ("targetClass", "property", "path"))
_NAME, _SOURCE = f"{PREFIXES['skos']}prefLabel", f"{PREFIXES['dcterms']}source"
_LICENCE, _RIGHTS = (PREFIXES["dcterms"] + name for name in ("license", "rights"))
_CLAIM, _VALUE = f"{EUG}Claim", f"{EUG}value"
_HELD = f"{EUG}holdsParticipation"  # in what, as whom and in which role an organisation takes part
_OF_ONE_HELD = tuple(EUG + name for name in ("participatesIn", "organisation", "role"))

_OPTIONAL: Frame = {"@omitDefault": True}
_WHOLE: Frame = {"id": {}, "@embed": "@always", **_OPTIONAL}
_ADDRESS: Frame = {"@embed": "@never", **_OPTIONAL}
_DOMAINS_OF_REUSED = {  # as their vocabularies say
    "skos:Concept": "broader narrower exactMatch closeMatch relatedMatch broadMatch narrowMatch topConceptOf",
    "skos:ConceptScheme": "hasTopConcept",
    "prov:Entity": "wasDerivedFrom wasGeneratedBy hadPrimarySource",
    "owl:Ontology": "isDefinedBy",
}
_ON_A_LINE = 400  # characters of a frame that is written on one line


class Frames:
    """Makes the frames of the classes of an ontology."""

    def __init__(self, context: Context, vocabulary: Iterable[Triple]) -> None:
        """Take the names of properties and classes, and what ontology and shapes say of them."""
        self._context = context
        self._said: dict[tuple[str, str], set[str]] = {}  # (subject, predicate) -> objects
        for subject, predicate, value in vocabulary:
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode):
                self._said.setdefault((subject.value, predicate.value), set()).add(value.value)
        for class_, names in _DOMAINS_OF_REUSED.items():
            for name in names.split():
                self._said[context.terms[name].iri, _DOMAIN] = {term(class_).value}
        self._shaped: dict[str, set[str]] = {}  # class -> properties that shapes speak of
        for (shape, predicate), classes in self._said.items():
            for class_ in classes if predicate == _TARGET else ():
                self._shaped.setdefault(class_, set()).update(self._follow(self._follow({shape}, _SHAPE), _PATH))
        self._mention: Frame = {**_WHOLE, "@explicit": True, self._word(_NAME): {**_OPTIONAL}}
        self._source = {**self._mention, self._word(_LICENCE): {**_ADDRESS}, self._word(_RIGHTS): {**_OPTIONAL}}

    def document(self, class_: str, base: str) -> bytes:
        """Return the frame of a class as a document, with the whole context.

        Args:
            class_: its IRI.
            base: addresses of things are relative to it.
        """
        name = self._context.classes[class_].name if class_ in self._context.classes else self._word(class_)
        frame = {"type": name, "@embed": "@always", **self._inside(class_, is_part=False)}
        head = self._context.whole(base).removesuffix(b"\n}\n")
        return head + ",\n".join(["", *_lines(frame, "  ")]).encode() + b"\n}\n"

    def _inside(self, class_: str, *, is_part: bool) -> Frame:
        """Return the frames of the properties of a class whose values may be things, in the order of a document."""
        terms = [t for t in self._context.terms.values() if _is_of_things(t) and self._is_of(t.iri, class_, is_part)]
        plans = self._context.plans_of(tuple(sorted({f"<{t.iri}>" for t in terms})))
        found = {plan.main.name: {**self._values(plan.main, is_part)} for plan in plans if plan.main}
        return found if class_ == _CLAIM else {**found, "claims": {**_WHOLE, **self._inside(_CLAIM, is_part=True)}}

    def _values(self, named: Term, is_part: bool) -> Frame:
        if named.kind == "@vocab" or f"<{named.iri}>" in ADDRESSES:
            return _ADDRESS
        if named.iri == _HELD:
            names = (self._context.plan_of(f"<{iri}>").name for iri in _OF_ONE_HELD)
            return {**_WHOLE, "@explicit": True, **{name: {**self._mention} for name in names}}
        if f"<{named.iri}>" in PARTS and not is_part:
            return {**_WHOLE, **self._inside(min(self._said[named.iri, _RANGE]), is_part=True)}
        return self._source if named.iri == _SOURCE else self._mention

    def _is_of(self, prop: str, class_: str, is_part: bool) -> bool:
        """Tell whether things of a class may have a property: a part has what is said to be of it and no more."""
        domains = self._said.get((prop, _DOMAIN))
        if domains or not is_part:
            return not domains or not domains.isdisjoint(self._classes(class_))
        return prop in self._shaped.get(class_, ()) or f"<{prop}>" in ADDRESSES

    def _classes(self, class_: str) -> set[str]:
        """Return a class and those above it."""
        classes, new = {class_}, {class_}
        while new:
            new = self._follow(new, _ABOVE) - classes
            classes |= new
        return classes

    def _follow(self, subjects: Iterable[str], predicate: str) -> set[str]:
        return {value for subject in subjects for value in self._said.get((subject, predicate), ())}

    def _word(self, iri: str) -> str:
        return Names(self._context.prefixes).node(f"<{iri}>").strip("<>")


def _is_of_things(term: Term) -> bool:
    return term.kind in ("@id", "@vocab") or term.iri == _VALUE


def _lines(frame: Frame, indent: str) -> Iterator[str]:
    """Yield the entries of an object, the short ones on one line."""
    for key, value in frame.items():
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict) and len(text) > _ON_A_LINE:
            text = "{\n" + ",\n".join(_lines(value, indent + "  ")) + f"\n{indent}}}"
        yield f"{indent}{json.dumps(key)}: {text}"
