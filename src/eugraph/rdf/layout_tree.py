"""The tokens of Turtle as a tree of statements, in which every comment has its place.

A comment that stands before a mark (`;` `,` `.`) goes with what follows the mark, one on the line of a mark with what
the mark ends: marks are written anew, so nothing hangs on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from eugraph.rdf.layout_tokens import Comment, Token, UnknownTokenError, tokens

DEEPEST = 50  # brackets in brackets

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@dataclass(slots=True)
class Node:
    """A term, or what stands in brackets."""

    text: str = ""  # of a term; the opening bracket else
    kind: str = ""  # of a term's first token; "[" or "(" else
    names: list[str] = field(default_factory=list)  # prefixed names in a term
    before: list[Comment] = field(default_factory=list)
    after: str = ""
    spaced: bool = False
    inner: str = ""  # the comment right after the opening bracket
    pairs: list[Pair] = field(default_factory=list)  # in [ ]
    items: list[Node] = field(default_factory=list)  # in ( )
    dangling: list[Comment] = field(default_factory=list)  # before the closing bracket


@dataclass(slots=True)
class Pair:
    """A predicate and its objects."""

    verb: Node
    objects: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Statement:
    """A subject and what is said of it."""

    subject: Node
    pairs: list[Pair] = field(default_factory=list)
    dangling: list[Comment] = field(default_factory=list)  # before the full stop
    after: str = ""  # on the line of a full stop of its own


@dataclass(slots=True)
class Directive:
    """A prefix or, with `name` None, the base."""

    name: str | None
    iri: str
    before: list[Comment]
    after: str

    @property
    def line(self) -> str:
        """How it is written."""
        return f"@base {self.iri} ." if self.name is None else f"@prefix {self.name} {self.iri} ."


@dataclass(slots=True)
class Document:
    """A whole file. `end` are the comments after the last statement."""

    parts: list[Directive | Statement]
    end: list[Comment]


def tree(text: str) -> Document:
    """Return the tree of a text that a Turtle parser has accepted.

    Raises:
        UnknownTokenError: the text is not Turtle 1.1, or nests deeper than `DEEPEST`.
    """
    return _Parser(tokens(text)).document()


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0
        self._carried: list[Comment] = []  # for what follows

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> Token:
        token = self._token
        if token.kind == "end" or (texts and token.text not in texts):
            raise UnknownTokenError(token.offset)
        self._at += 1
        return token

    def _before(self, token: Token) -> list[Comment]:
        """Return the comments that stand before a token, with those carried to it."""
        carried, self._carried = self._carried, []
        return carried + token.before

    def document(self) -> Document:
        parts: list[Directive | Statement] = []
        while self._token.kind != "end":
            parts.append(self._directive() if self._token.kind == "directive" else self._statement())
        return Document(parts, self._before(self._token))

    def _directive(self) -> Directive:
        word = self._take()
        before = self._before(word)
        found = [word]
        name = None
        if word.text.lower().lstrip("@") == "prefix":
            found.append(self._take())
            name = found[-1].text
        found.append(self._take())
        iri = found[-1].text
        if word.text[0] == "@":
            found.append(self._take("."))
        before += [comment for token in found[1:] for comment in token.before]
        before += [Comment(token.after) for token in found[:-1] if token.after]
        return Directive(name, iri, before, found[-1].after)

    def _statement(self) -> Statement:
        statement = Statement(self._node())
        if self._token.text != ".":
            statement.pairs = self._pairs(".")
        last = statement.pairs[-1].objects[-1] if statement.pairs else statement.subject
        stop = self._take(".")
        statement.dangling = self._before(stop)
        if stop.after:
            if statement.dangling:
                statement.after = stop.after
            elif not last.after:
                last.after = stop.after
            else:
                self._carried.append(Comment(stop.after))
        return statement

    def _pairs(self, closing: str) -> list[Pair]:
        pairs: list[Pair] = []
        while self._token.text != closing:
            if pairs:
                self._mark(";", pairs[-1].objects[-1])
                if self._token.text in (";", closing):
                    continue
            pair = Pair(self._node())
            pairs.append(pair)
            pair.objects.append(self._node())
            while self._token.text == ",":
                self._mark(",", pair.objects[-1])
                pair.objects.append(self._node())
        return pairs

    def _mark(self, text: str, ended: Node) -> None:
        """Pass over a mark, and give its comments to the node that it ends or to what follows."""
        mark = self._take(text)
        self._carried += mark.before
        if mark.after and not ended.after and not self._carried:
            ended.after = mark.after
        elif mark.after:
            self._carried.append(Comment(mark.after))

    def _node(self) -> Node:
        token = self._take()
        node = Node(token.text, token.kind, before=self._before(token), after=token.after, spaced=token.spaced)
        if token.text in ("[", "("):
            self._bracket(node)
        elif token.kind == "string":
            self._literal(node)
        elif token.kind == "name":
            node.names.append(token.text)
        elif token.kind not in ("iri", "blank", "number", "word"):
            raise UnknownTokenError(token.offset)
        return node

    def _bracket(self, node: Node) -> None:
        node.kind, node.inner, node.after = node.text, node.after, ""
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnknownTokenError(self._token.offset)
        if node.kind == "[":
            node.pairs = self._pairs("]")
        else:
            while self._token.text != ")":
                node.items.append(self._node())
        self._depth -= 1
        closing = self._take()
        node.dangling, node.after = self._before(closing), closing.after

    def _literal(self, node: Node) -> None:
        """Add language or datatype to a string, and take comments in between out of it."""
        rest = []
        if self._token.kind == "language":
            rest.append(self._take())
        elif self._token.kind == "datatype":
            rest += [self._take(), self._take()]
            if rest[1].kind == "name":
                node.names.append(rest[1].text)
        for token in rest:
            if node.after:
                node.before.append(Comment(node.after))
            node.before += token.before
            node.text += token.text
            node.after = token.after


def pairs_of(document: Document) -> Iterator[Pair]:
    """Yield every predicate with its objects, at whatever depth."""
    for node in nodes_of(document):
        yield from node.pairs
    for part in document.parts:
        if isinstance(part, Statement):
            yield from part.pairs


def nodes_of(document: Document) -> Iterator[Node]:
    """Yield every term and bracket: subjects, predicates, objects and items."""
    statements = [part for part in document.parts if isinstance(part, Statement)]
    waiting = [statement.subject for statement in statements]
    waiting += [node for statement in statements for pair in statement.pairs for node in (pair.verb, *pair.objects)]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.items
        for pair in node.pairs:
            waiting += (pair.verb, *pair.objects)


def write_types_short(document: Document, spaces: Mapping[str, str]) -> None:
    """Write the predicate rdf:type as `a`. `spaces` is what each prefix stands for, both as written."""
    for pair in pairs_of(document):
        verb = pair.verb
        prefix, colon, local = verb.text.partition(":")
        short = verb.kind == "name" and spaces.get(prefix + colon) == f"<{_RDF}>" and local == "type"
        if short or verb.text == f"<{_RDF}type>":
            verb.text, verb.kind, verb.names = "a", "word", []
