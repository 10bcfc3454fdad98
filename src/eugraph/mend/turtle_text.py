"""The characters of a term in Turtle, TriG, N-Triples and N-Quads, and how another term is written in their place.

What stands at a place is read again by the parser: unless it is the term that is to be replaced, nothing is.

Spec: Turtle §6.5, <https://www.w3.org/TR/turtle/#sec-grammar-grammar>; TriG §4.5, <https://www.w3.org/TR/trig/>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from eugraph.rdf.layout_tokens import Token, token_at
from eugraph.rdf.locate import Term
from eugraph.rdf.turtle_terms import Names
from eugraph.vocab import PREFIXES

_XSD_STRING = NamedNode(f"{PREFIXES['xsd']}string")
_BASE = re.compile(r"(?:^|[\s.])@?base\s*<", re.IGNORECASE)
_MARK = "\ufeff"  # of byte order
_OPEN, _CLOSE = "[(", "])"


class TurtleText:
    """One file of the Turtle family. It expects text that a parser has accepted."""

    def __init__(self, text: str, rdf_format: RdfFormat, base_iri: str) -> None:
        self._text = text
        self._format = rdf_format
        parser = parse(text.removeprefix(_MARK), format=rdf_format, base_iri=base_iri)
        for _ in parser:
            pass
        self._prefixes = dict(parser.prefixes)
        self._base = parser.base_iri or base_iri
        self._is_plain = rdf_format in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
        self._has_base = not self._is_plain and _BASE.search(text) is not None

    def value(self, offset: int, old: Term, new: Term) -> tuple[int, int, str] | None:
        """Return start, end and new text that put one term in the place of another; None where `old` is not there.

        Args:
            offset: where the term begins.
            old: the term that stands there.
            new: the term to be.
        """
        tokens = self._term(offset)
        if not tokens or self._read(offset, _end(tokens)) != old:
            return None
        written = self._written(tokens, old, new)
        start, end = offset, _end(tokens)
        head = tokens[0].text
        if len(tokens) > 1 and written.startswith(head):  # the text stays as it is
            start, written = start + len(head), written[len(head) :]
        return start, end, written

    def predicate(self, offset: int, old: NamedNode, new: NamedNode) -> tuple[int, int, str] | None:
        """Return start, end and new text for the predicate of the statement whose object begins at an offset."""
        token = self._predicate_of(offset)
        if token is None or self._read(token.offset, token.offset + len(token.text)) != old:
            return None
        return token.offset, token.offset + len(token.text), self._node(token, new)

    # Reading

    def _term(self, offset: int) -> list[Token]:
        """The tokens of a literal or an IRI."""
        first = token_at(self._text, offset)
        if first is None or first.kind not in ("iri", "name", "string", "number", "word"):
            return []
        tokens = [first]
        if first.kind == "string":
            follow = self._next(_end(tokens))
            if follow and follow.kind == "language":
                tokens.append(follow)
            elif follow and follow.kind == "datatype":
                name = self._next(follow.offset + 2)
                tokens += [follow, name] if name else []
        return tokens

    def _next(self, offset: int) -> Token | None:
        while (token := token_at(self._text, offset)) and token.kind in ("space", "newline", "comment"):
            offset += len(token.text)
        return token

    def _read(self, start: int, end: int) -> NamedNode | Literal | None:
        """The term that a piece of the text stands for."""
        head = "".join(f"PREFIX {name}: <{space}>\n" for name, space in self._prefixes.items())
        piece = self._text[start:end]
        try:
            (said,) = parse(f"{head}<x:s> <x:p> {piece} .", format=RdfFormat.TURTLE, base_iri=self._base)
        except (SyntaxError, ValueError):
            return None
        return said.object if isinstance(said.object, NamedNode | Literal) else None

    def _tokens_before(self, offset: int) -> Iterator[Token]:
        at = int(self._text.startswith(_MARK))
        while at < offset:
            token = token_at(self._text, at)
            if token is None:  # a brace, or the word GRAPH of TriG
                yield Token("brace" if self._text[at] in "{}" else "other", self._text[at], at)
                at += 1
                continue
            if token.kind not in ("space", "newline", "comment"):
                yield token
            at += len(token.text)

    def _predicate_of(self, offset: int) -> Token | None:
        """Return the token of the predicate whose object begins at an offset."""
        stack: list[list[Token]] = [[]]  # what stands in each open bracket since the last mark, a group as its bracket
        after_mark = [False]  # whether that mark was ; so that no subject comes first
        for token in self._tokens_before(offset):
            if token.kind == "mark" and token.text in _OPEN:
                stack[-1].append(token)
                stack.append([])
                after_mark.append(token.text == "[")
            elif token.kind == "mark" and token.text in _CLOSE and len(stack) > 1:
                stack.pop()
                after_mark.pop()
            elif token.text in (".", ";") and token.kind == "mark":
                stack[-1], after_mark[-1] = [], token.text == ";"
            elif token.kind == "brace":
                stack, after_mark = [[]], [False]
            elif token.kind == "directive":  # of SPARQL's kind too, which no full stop ends
                stack, after_mark = [[token]], [False]
            else:
                stack[-1].append(token)
        found = _without_directive(stack[-1])
        at = 0 if after_mark[-1] else 1
        return found[at] if len(found) > at and found[at].kind in ("iri", "name") else None

    # Writing

    def _names(self, old: Token | None) -> Names:
        relative = old is not None and old.kind == "iri" and ":" not in old.text
        return Names(self._prefixes, self._base if self._has_base or relative else None)

    def _node(self, old: Token | None, new: NamedNode) -> str:
        return str(new) if self._is_plain else self._names(old).node(str(new))

    def _written(self, tokens: list[Token], old: Term, new: Term) -> str:
        if isinstance(new, NamedNode):
            return self._node(tokens[0], new)
        assert isinstance(new, Literal)
        if self._is_plain:
            return str(new)
        if tokens[0].kind != "string":
            return self._names(None).literal(str(new))
        if new.value != old.value:
            return self._names(None).literal(str(new))
        quoted = tokens[0].text
        if new.language:
            return f"{quoted}@{new.language}"
        return quoted if new.datatype == _XSD_STRING else f"{quoted}^^{self._node(None, new.datatype)}"


def _end(tokens: list[Token]) -> int:
    return tokens[-1].offset + len(tokens[-1].text)


def _without_directive(tokens: list[Token]) -> list[Token]:
    if tokens and tokens[0].kind == "directive":
        return tokens[3 if "prefix" in tokens[0].text.lower() else 2 :]
    return tokens
