"""The triples of a query: terms, and paths between them.

Spec: SPARQL 1.1 §19.8, <https://www.w3.org/TR/sparql11-query/#sparqlGrammar>.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from eugraph.shacl.path import Alternative, Chain, Inverse, Path, Predicate, Repeated
from eugraph.shacl.sparql.pattern import Group, Node, TriplePattern, Variable
from eugraph.store.tokens import Token
from eugraph.vocab import RDF_TYPE, term

_ESCAPED = re.compile(r"\\(.)")


class UnfollowedError(Exception):
    """A part of the grammar that is not followed here."""


class TripleReader:
    """Reads tokens one after the other."""

    def __init__(self, solid: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self._solid, self._prefixes = solid, dict(prefixes)
        self.at = 0
        self._blanks = 0

    @property
    def token(self) -> Token:
        """The next token."""
        if self.at >= len(self._solid):
            raise UnfollowedError
        return self._solid[self.at]

    @property
    def text(self) -> str:
        """The next token as it is written."""
        return self.token.text

    def _take(self) -> Token:
        token = self.token
        self.at += 1
        return token

    def _expect(self, text: str) -> None:
        if self._take().text.upper() != text:
            raise UnfollowedError

    def prologue(self) -> None:
        """Read prefixes, up to what is asked."""
        while self.text.upper() == "PREFIX":
            self.at += 1
            name, iri = self._take(), self._take()
            if name.kind != "name" or iri.kind != "iri":
                raise UnfollowedError
            self._prefixes[name.text.removesuffix(":")] = self._iri(iri).value
        if self.text.upper() == "BASE":
            raise UnfollowedError

    def _triples(self, group: Group) -> None:
        if self.text == "[":
            subject = self._blank(group)
            if self.text in (".", "}"):
                return
        else:
            subject = self._node(group)
        self._predicates(group, subject)

    def _predicates(self, group: Group, subject: Node) -> None:
        while True:
            way = self._way()
            while True:
                group.parts.append(TriplePattern(subject, way, self._node(group)))
                if self.text != ",":
                    break
                self.at += 1
            if self.text != ";":
                return
            while self.text == ";":
                self.at += 1
            if self.text in (".", "}", "]"):
                return

    def _node(self, group: Group) -> Node:
        if self.text == "[":
            return self._blank(group)
        token = self._take()
        if token.kind == "variable":
            return Variable(token.text[1:])
        if token.kind == "name" and token.text.startswith("_:"):
            return Variable(token.text)
        if token.kind in ("iri", "name"):
            return self._iri(token)
        return self._literal(token)

    def _literal(self, token: Token) -> Literal:
        """Read a literal; numbers are not followed, nor those with a datatype, which a store may write otherwise."""
        if token.kind == "word" and token.text in ("true", "false"):
            return Literal(token.text, datatype=term("xsd:boolean"))
        if token.kind != "string" or self.text == "^":
            raise UnfollowedError
        language = self._take().text if self.token.kind == "lang" else ""
        (quad,) = parse(f"<a:a> <a:a> {token.text}{language} .", format=RdfFormat.TURTLE)
        assert isinstance(quad.object, Literal)
        return quad.object

    def _blank(self, group: Group) -> Node:
        self._expect("[")
        self._blanks += 1
        node = Variable(f"[{self._blanks}]")
        if self.text != "]":
            self._predicates(group, node)
        self._expect("]")
        return node

    def _iri(self, token: Token) -> NamedNode:
        if token.kind == "iri":
            if ":" not in token.text or "\\" in token.text:
                raise UnfollowedError
            return NamedNode(token.text[1:-1])
        prefix, _, local = token.text.partition(":")
        if prefix not in self._prefixes:
            raise UnfollowedError
        return NamedNode(self._prefixes[prefix] + _ESCAPED.sub(r"\1", local))

    # Paths

    def _way(self) -> Path | Variable:
        if self.token.kind == "variable":
            return Variable(self._take().text[1:])
        return self._alternative()

    def _alternative(self) -> Path:
        paths = [self._sequence()]
        while self.text == "|":
            self.at += 1
            paths.append(self._sequence())
        return paths[0] if len(paths) == 1 else Alternative(tuple(paths))

    def _sequence(self) -> Path:
        paths = [self._step()]
        while self.text == "/":
            self.at += 1
            paths.append(self._step())
        return paths[0] if len(paths) == 1 else Chain(tuple(paths))

    def _step(self) -> Path:
        inverse = self.text == "^"
        if inverse:
            self.at += 1
        path = self._primary()
        if self.text in ("*", "+", "?"):
            path = Repeated(path, int(self.text == "+"), at_most_once=self.text == "?")
            self.at += 1
        return Inverse(path) if inverse else path

    def _primary(self) -> Path:
        token = self._take()
        if token.text == "(":
            path = self._alternative()
            self._expect(")")
            return path
        if token.kind == "word" and token.text == "a":
            return Predicate(RDF_TYPE)
        if token.kind in ("iri", "name"):
            return Predicate(self._iri(token))
        raise UnfollowedError  # a negated property set
