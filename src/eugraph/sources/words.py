"""What the words of a plain record mean: keys, classes, names of properties and addresses, all by the JSON-LD context.

Spec: JSON-LD 1.1 §3.2 and §4.1.5, <https://www.w3.org/TR/json-ld11/#iris>.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath

from pyoxigraph import NamedNode

from eugraph.errors import InputError, UnknownKeyError, UnknownPrefixError, WrongValueError, did_you_mean
from eugraph.rdf.jsonld_context import Context, Term
from eugraph.rdf.turtle_terms import relative
from eugraph.sources.records import Scalar, Spot

ID, TYPE, INCLUDED = "id", "type", "included"

_PREFIXED = re.compile(r"([^\s:/?#]*):(.*)\Z", re.DOTALL)
_SCHEMES = {"doi", "geo", "info", "mailto", "tag", "tel", "urn"}  # of addresses without "//"


class Words:
    """Gives the meaning of the words of one file.

    Every method takes a word with its place, and raises an `InputError` with that place where it means nothing.
    """

    def __init__(self, context: Context, base_iri: str, path: PurePath) -> None:
        self._context, self._base, self._path = context, base_iri, path
        self._properties = {name: term for name, term in context.terms.items() if term.kind != "@class"}
        self._classes = {term.name: term.iri for term in context.classes.values()}

    def fault(self, kind: type[InputError], spot: Spot, text: str) -> InputError:
        """Return an error at a place of the file."""
        return kind(self._path, text, line=spot.line, column=spot.column)

    def key(self, key: str, spot: Spot) -> Term:
        """Return the property that a key stands for: a name of the context, or a prefixed name that has none."""
        if term := self._properties.get(key):
            return term
        if key == "@context":
            fault = "the names in this file are those of the ontology, and it has no context of its own. Remove it."
            raise self.fault(UnknownKeyError, spot, fault)
        if (found := _PREFIXED.match(key)) and found[1] in self._context.prefixes.spaces:
            iri = self._context.prefixes.spaces[found[1]] + found[2]
            if main := self._context.plan_of(f"<{iri}>").main:
                raise self.fault(UnknownKeyError, spot, f"{key!r} has a plain name. Write {main.name!r}.")
            return Term(key, self._node(iri, key, spot).value, "", many=True)
        known = [*self._properties, ID, TYPE]
        fault = f"there is no key {key!r}{did_you_mean(key, known) or '.'} Correct the name, or declare the property."
        raise self.fault(UnknownKeyError, spot, fault)

    def type(self, word: Scalar) -> NamedNode:
        """Return the class that a word after "type" names."""
        if iri := self._classes.get(word.text):
            return NamedNode(iri)
        return self._prefixed(word) or self._unknown(word, "class", self._classes)

    def name(self, word: Scalar) -> NamedNode:
        """Return the property or class that a word names where a property is the value."""
        if iri := self._classes.get(word.text):
            return NamedNode(iri)
        if (term := self._properties.get(word.text)) and term.kind != "@reverse":
            return NamedNode(term.iri)
        return self._prefixed(word) or self._unknown(word, "property", self._properties)

    def key_of(self, word: Scalar) -> Term | None:
        """Return under which key the values of the property that a word names would stand; None where there is none."""
        term = self._properties.get(word.text) or self._context.plan_of(str(self.name(word))).main
        return term if term is not None and term.kind != "@reverse" else None

    def siblings(self, term: Term) -> Collection[Term]:
        """All keys of the property that a term stands for."""
        return self._context.plan_of(f"<{term.iri}>").terms.values()

    def class_iri(self, name: str) -> NamedNode | None:
        """Return the class of a name of the context or of a prefixed name, None where there is none."""
        try:
            return self.type(Scalar(name, Spot(0, 0)))
        except InputError:
            return None

    def address(self, word: Scalar) -> NamedNode:
        """Return the IRI that a text stands for: `kind/slug` below the base, `Prefix:name`, or a whole IRI."""
        text = word.text
        if found := self._prefixed(word):
            return found
        if not text or relative(self._base + text, self._base) != text or text.startswith("www."):
            fault = f"{text!r} is no address. Write kind/slug, such as project/harmony, or all of it with https://."
            raise self.fault(WrongValueError, word.spot, fault)
        return self._node(self._base + text, text, word.spot)

    def path_of(self, node: NamedNode) -> str:
        """The address below the base, "" for one that is not."""
        return node.value[len(self._base) :] if node.value.startswith(self._base) else ""

    def _prefixed(self, word: Scalar) -> NamedNode | None:
        """Return the IRI of a prefixed name or a whole IRI; None where the text is neither."""
        found = _PREFIXED.match(word.text)
        if not found:
            return None
        prefix, rest = found[1], found[2]
        spaces = self._context.prefixes.spaces
        if prefix in spaces and not rest.startswith("//"):
            return self._node(spaces[prefix] + rest, word.text, word.spot)
        if prefix == "_":
            fault = f"{word.text!r} is a blank node. Give the thing an address, such as project/harmony."
            raise self.fault(WrongValueError, word.spot, fault)
        if not rest.startswith("//") and prefix.lower() not in _SCHEMES:
            near = did_you_mean(prefix, spaces)
            fault = f"the prefix {prefix!r} is unknown{near or '.'} Correct it, or write the whole address."
            raise self.fault(UnknownPrefixError, word.spot, fault)
        return self._node(word.text, word.text, word.spot)

    def _node(self, iri: str, text: str, spot: Spot) -> NamedNode:
        try:
            return NamedNode(iri)
        except ValueError as error:  # a lone surrogate is one too
            reason = "it holds half a character" if isinstance(error, UnicodeError) else ascii(str(error))[1:-1]
            fault = f"{text!a} is no address: {reason}. Write it with the characters that an IRI may have."
            raise self.fault(WrongValueError, spot, fault) from None

    def _unknown(self, word: Scalar, kind: str, known: Collection[str]) -> NamedNode:
        near = did_you_mean(word.text, known)
        fault = f"the ontology has no {kind} {word.text!r}{near or '.'} Correct the name, or declare it."
        raise self.fault(UnknownKeyError, word.spot, fault)
