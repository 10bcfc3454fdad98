"""Enough of SPARQL's grammar to know what a query can reach: its triple patterns, group by group.

What it does not know for certain it gives up on: the query is then asked of the whole graph.

Spec: SPARQL 1.1 §19.8, <https://www.w3.org/TR/sparql11-query/#sparqlGrammar>.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from pyoxigraph import Literal, NamedNode

from eugraph.shacl.sparql.pattern import Bind, Group, Joined, Minus, Node, Optional, SubSelect, Values, Variable
from eugraph.shacl.sparql.triples import TripleReader, UnfollowedError
from eugraph.store.tokens import Token

_DEEPEST = 60
_AGGREGATES = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))
_Cell = TypeVar("_Cell")


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


class _Reader(TripleReader):
    """Reads groups."""

    def __init__(self, solid: Sequence[Token], prefixes: Mapping[str, str], *, whole: bool = False) -> None:
        super().__init__(solid, prefixes)
        self._whole = whole

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


def _variables(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(token.text[1:] for token in tokens if token.kind == "variable")
