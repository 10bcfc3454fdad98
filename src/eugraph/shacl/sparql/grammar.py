"""Enough of SPARQL's grammar to know what a query can reach: its triple patterns, group by group.

What it does not know for certain it gives up on: the query is then asked of the whole graph.

Spec: SPARQL 1.1 §19.8, <https://www.w3.org/TR/sparql11-query/#sparqlGrammar>.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from eugraph.shacl.path import Alternative, Chain, Inverse, Path, Predicate, Repeated
from eugraph.shacl.sparql.pattern import (
    Bind,
    Group,
    Joined,
    Minus,
    Node,
    Optional,
    SubSelect,
    TriplePattern,
    Values,
    Variable,
)
from eugraph.store.tokens import Token
from eugraph.vocab import RDF_TYPE, term

_ESCAPED = re.compile(r"\\(.)")
_DEEPEST = 60
_AGGREGATES = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))


class UnfollowedError(Exception):
    """A part of the grammar that is not followed here."""


def read_groups(solid: Sequence[Token], prefixes: Mapping[str, str]) -> Group:
    """Return the outermost group of a query.

    Args:
        solid: the query's tokens without spaces and comments.
        prefixes: what prefixes stand for that the query does not declare itself.

    Raises:
        UnfollowedError: the query holds what is not followed here.
    """
    reader = _Reader(solid, prefixes)
    reader.prologue()
    return reader.last_group()


def read_select(solid: Sequence[Token]) -> SubSelect:
    """Return a whole SELECT query, with its MINUS and VALUES, and with the variables that expressions name.

    A filter `!BOUND(?x) || …` names none where nothing binds ?x, as it lets everything through.

    Args:
        solid: the query's tokens without spaces and comments.

    Raises:
        UnfollowedError: the query holds what is not followed here, or is no SELECT.
    """
    reader = _Reader(solid, {}, whole=True)
    reader.prologue()
    query = reader.select(0)
    if reader.at < len(solid):
        raise UnfollowedError
    groups = [*query.group.groups()]
    bound = {token.text[1:] for before, token in pairwise(solid) if before.text.upper() == "AS"}
    bound |= {name for pattern in query.group.patterns() for name in pattern.names()}
    bound |= {name for group in groups for part in group.parts if isinstance(part, Values) for name in part.names}
    for group in groups:
        said = (solid[start:end] for start, end in group.filters)
        group.asked = frozenset().union(*(_variables(tokens) for tokens in said if not _is_open(tokens, bound)))
    return query


def _is_open(said: Sequence[Token], bound: Collection[str]) -> bool:
    """Say whether a filter is `!BOUND(?x) || …` of what nothing binds."""
    texts = [token.text.upper() for token in said[:9]]
    is_so = len(texts) == 9 and texts == ["FILTER", "(", "!", "BOUND", "(", texts[5], ")", "|", "|"]
    return is_so and said[5].text[1:] not in bound


_Cell = TypeVar("_Cell")


class _Reader:
    def __init__(self, solid: Sequence[Token], prefixes: Mapping[str, str], *, whole: bool = False) -> None:
        self._solid, self._prefixes, self._whole = solid, dict(prefixes), whole
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

    def last_group(self) -> Group:
        """Read what is asked, and its group. What it asks for with EXISTS outside of its group is not followed."""
        while self.text != "{":
            if self._take().text.upper() in ("BASE", "EXISTS"):
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
            group.parts.append(self.select(depth))
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
        elif word == "MINUS" and self._whole:
            self.at += 1
            group.parts.append(Minus(self.group(depth + 1)))
        elif word == "VALUES" and self._whole:
            self.at += 1
            group.parts.append(self._values())
        elif word == "FILTER":
            start = self.at
            self.at += 1
            self._constraint(group, depth)
            group.filters.append((start, self.at))
        elif word == "BIND":
            self.at += 1
            group.parts.append(self._bind(depth))
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

    def _bind(self, depth: int) -> Bind:
        """Read what stands behind BIND: an expression and a variable."""
        start, asked = self.at + 1, Group()
        self._brackets(asked, depth)
        inside = self._solid[start : self.at - 1]
        if len(inside) < 3 or inside[-2].text.upper() != "AS":
            raise UnfollowedError
        name, expression = inside[-1].text[1:], inside[:-2]
        if not self._whole:
            return Bind(tuple(asked.exists), name)
        items = [expression[0]] if len(expression) == 1 else []
        if expression[0].text.upper() == "COALESCE":
            items = [*expression[2:-1:2]]
            if any(comma.text != "," for comma in expression[3:-1:2]):
                items = []
        nodes = [self._simple(item) for item in items]
        of = tuple(node for node in nodes if node is not None)
        return Bind(tuple(asked.exists), name, of if len(of) == len(nodes) else (), _variables(expression))

    def _simple(self, token: Token) -> Node | None:
        """Return a variable or an IRI; None for another expression."""
        if token.kind == "variable":
            return Variable(token.text[1:])
        return self._iri(token) if token.kind in ("iri", "name") and not token.text.startswith("_:") else None

    def _values(self) -> Values:
        """Read what stands behind VALUES: variables and rows."""
        names = [self._take().text[1:]] if self.token.kind == "variable" else self._row(lambda token: token.text[1:])
        terms: dict[str, set[NamedNode]] = {name: set() for name in names}
        left = set(names)
        is_list = self._solid[self.at - 1].text == ")"
        self._expect("{")
        while self.text != "}":
            row = self._row(self._cell) if is_list else [self._cell(self._take())]
            if len(row) != len(names):
                raise UnfollowedError
            for name, cell in zip(names, row, strict=True):
                if isinstance(cell, NamedNode):
                    terms[name].add(cell)
                elif cell is None:
                    left.discard(name)
        self._expect("}")
        return Values(frozenset(names), {name: frozenset(terms[name]) for name in left})

    def _row(self, read: Callable[[Token], _Cell]) -> list[_Cell]:
        self._expect("(")
        found = []
        while self.text != ")":
            found.append(read(self._take()))
        self._expect(")")
        return found

    def _cell(self, token: Token) -> NamedNode | Literal | None:
        """Read a value of VALUES; None is UNDEF."""
        if token.kind in ("iri", "name"):
            return self._iri(token)
        if token.kind == "word" and token.text.upper() == "UNDEF":
            return None
        return self._literal(token)

    def select(self, depth: int) -> SubSelect:
        """Read a SELECT, in a group up to the brace that ends it."""
        self._expect("SELECT")
        head = self.at
        while self.text != "{":
            self.at += 1
        said = self._solid[head : self.at]
        returned: set[str] = set()
        level = 0
        for piece in said:
            level += (piece.text == "(") - (piece.text == ")")
            if (piece.text == "*" and level == 0) or piece.text.upper() == "FROM":
                raise UnfollowedError
            if piece.kind == "variable" and level == 0:
                returned.add(piece.text[1:])
        group = self.group(depth + 1)
        tail = self.at
        while self.at < len(self._solid) and self.text != "}":  # GROUP BY, HAVING, ORDER BY
            if self.text == "{":
                raise UnfollowedError
            self.at += 1
        rest = self._solid[tail : self.at]
        words = {token.text.upper() for token in rest if token.kind == "word"}
        sums = any(token.kind == "word" and token.text.upper() in _AGGREGATES for token in (*said, *rest))
        return SubSelect(
            frozenset(returned),
            group,
            asked=(_variables(said) - returned) | _variables(rest),
            distinct=bool(said) and said[0].text.upper() == "DISTINCT",
            summed=sums or "GROUP" in words,
            is_one=sums and "GROUP" not in words,
            picks="HAVING" in words,
            cut=not words.isdisjoint(("LIMIT", "OFFSET")),
        )

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


def _variables(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(token.text[1:] for token in tokens if token.kind == "variable")
