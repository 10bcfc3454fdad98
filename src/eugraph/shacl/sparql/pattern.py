"""The triple patterns of a query, group by group: enough of SPARQL's grammar to know what a query can reach.

What it does not know for certain it gives up on: the query is then asked of the whole graph.

Spec: SPARQL 1.1 §19.8, <https://www.w3.org/TR/sparql11-query/#sparqlGrammar>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from eugraph.shacl.path import Alternative, Chain, Inverse, Path, Predicate, Repeated
from eugraph.store.tokens import Token
from eugraph.vocab import RDF_TYPE, term

_ESCAPED = re.compile(r"\\(.)")
_DEEPEST = 60


class UnfollowedError(Exception):
    """A part of the grammar that is not followed here."""


@dataclass(frozen=True)
class Variable:
    """A variable, or a blank node, which is one."""

    name: str


Node = Variable | NamedNode | Literal


@dataclass(frozen=True)
class TriplePattern:
    """Subject, way, object; the way is a path or a variable."""

    subject: Node
    way: Path | Variable
    value: Node


@dataclass(frozen=True)
class Joined:
    """Groups of which one must match: one for a group in a group, several for UNION."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Optional:
    """A group that may match."""

    group: Group


@dataclass(frozen=True)
class SubSelect:
    """A SELECT in a group."""

    returned: frozenset[str]
    group: Group


@dataclass(frozen=True)
class Bind:
    """What a BIND asks for with EXISTS: it knows what stands before it, and not what comes after."""

    exists: tuple[Group, ...]


@dataclass
class Group:
    """One `{ … }`: its parts as they stand one after the other, and the groups that its filters ask for."""

    parts: list[TriplePattern | Joined | Optional | SubSelect | Bind] = field(default_factory=list)
    exists: list[Group] = field(default_factory=list)
    filters: list[tuple[int, int]] = field(default_factory=list)  # where they stand, as places of tokens
    computes: bool = False  # it has a BIND

    def patterns(self) -> Iterator[TriplePattern]:
        """All triple patterns in it, at whatever depth."""
        for part in self.parts:
            match part:
                case TriplePattern():
                    yield part
                case Joined(groups) | Bind(groups):
                    for group in groups:
                        yield from group.patterns()
                case Optional(group) | SubSelect(_, group):
                    yield from group.patterns()
        for group in self.exists:
            yield from group.patterns()


def read_groups(solid: Sequence[Token], prefixes: Mapping[str, str]) -> Group:
    """Return the outermost group of a query.

    Args:
        solid: the query's tokens without spaces and comments.
        prefixes: what prefixes stand for that the query does not declare itself.

    Raises:
        UnfollowedError: the query holds what is not followed here.
    """
    return _Reader(solid, prefixes).query()


class _Reader:
    def __init__(self, solid: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self._solid, self._prefixes = solid, dict(prefixes)
        self.at = 0
        self._blanks = 0

    @property
    def token(self) -> Token:
        if self.at >= len(self._solid):
            raise UnfollowedError
        return self._solid[self.at]

    @property
    def text(self) -> str:
        return self.token.text

    def _take(self) -> Token:
        token = self.token
        self.at += 1
        return token

    def _expect(self, text: str) -> None:
        if self._take().text.upper() != text:
            raise UnfollowedError

    def query(self) -> Group:
        """Read a whole query. What it asks for with EXISTS outside of its group is not followed."""
        while self.text != "{":
            word = self._take().text.upper()
            if word == "PREFIX":
                name, iri = self._take(), self._take()
                if name.kind != "name" or iri.kind != "iri":
                    raise UnfollowedError
                self._prefixes[name.text.removesuffix(":")] = self._iri(iri).value
            elif word in ("BASE", "EXISTS"):
                raise UnfollowedError
        group = self.group(0)
        if any(token.text == "{" for token in self._solid[self.at :]):
            raise UnfollowedError
        return group

    def group(self, depth: int) -> Group:
        if depth > _DEEPEST:
            raise UnfollowedError
        self._expect("{")
        group = Group()
        if self.token.kind == "word" and self.text.upper() == "SELECT":
            self._select(group, depth)
            self._expect("}")
            return group
        while self.text != "}":
            self._part(group, depth)
        self._expect("}")
        return group

    def _part(self, group: Group, depth: int) -> None:
        word = self.text.upper() if self.token.kind == "word" else ""
        if self.text == ".":
            self.at += 1
        elif self.text == "{":
            branches = [self.group(depth + 1)]
            while self.token.kind == "word" and self.text.upper() == "UNION":
                self.at += 1
                branches.append(self.group(depth + 1))
            group.parts.append(Joined(tuple(branches)))
        elif word == "OPTIONAL":
            self.at += 1
            group.parts.append(Optional(self.group(depth + 1)))
        elif word == "FILTER":
            start = self.at
            self.at += 1
            self._constraint(group, depth)
            group.filters.append((start, self.at))
        elif word == "BIND":
            self.at += 1
            asked = Group()
            self._brackets(asked, depth)
            group.parts.append(Bind(tuple(asked.exists)))
            group.computes = True
        elif word not in ("", "A", "TRUE", "FALSE"):
            raise UnfollowedError  # GRAPH and what else there may be
        else:
            self._triples(group)

    def _constraint(self, group: Group, depth: int) -> None:
        if self.text != "(":
            word = self._take()
            if word.text.upper() == "NOT":
                word = self._take()
            if word.text.upper() == "EXISTS":
                group.exists.append(self.group(depth + 1))
                return
            if word.kind not in ("word", "name", "iri"):
                raise UnfollowedError
        self._brackets(group, depth)

    def _brackets(self, group: Group, depth: int) -> None:
        """Go past ( … ), looking into the groups of EXISTS."""
        self._expect("(")
        level = 1
        while level:
            if self.text == "{" and self.token.kind == "other":
                group.exists.append(self.group(depth + 1))
                continue
            piece = self._take()
            if piece.kind == "other":
                level += (piece.text == "(") - (piece.text == ")")

    def _select(self, group: Group, depth: int) -> None:
        """Read a sub-select up to the brace that ends its group."""
        self._expect("SELECT")
        returned: set[str] = set()
        level = 0
        while self.text != "{":
            piece = self._take()
            level += (piece.text == "(") - (piece.text == ")")
            if piece.text == "*" and level == 0:
                raise UnfollowedError
            if piece.kind == "variable" and level == 0:
                returned.add(piece.text[1:])
        group.parts.append(SubSelect(frozenset(returned), self.group(depth + 1)))
        while self.text != "}":  # GROUP BY, HAVING, ORDER BY
            if self.text == "{":
                raise UnfollowedError
            self.at += 1

    # Triples

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
