"""Where in a file a statement stands: parsers tell statements without places, so findings look them up here.

Turtle, TriG, N-Triples and N-Quads are scanned statement by statement; RDF/XML and JSON-LD are searched for the text of
the subject and then of the value. Only files that have a finding are ever scanned.

Spec: Turtle §6.5, <https://www.w3.org/TR/turtle/#sec-grammar-grammar>; TriG §4.5, <https://www.w3.org/TR/trig/>.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import urljoin

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat

from eugraph.findings import Place
from eugraph.vocab import PREFIXES, RDF_TYPE

Term = NamedNode | BlankNode | Literal
Naming = Callable[[Iterable[tuple[Term, Term, Term]]], Mapping[BlankNode, NamedNode] | None]

_TOKENS = re.compile(
    r"""(?P<space>[ \t\r\n]+|\#[^\r\n]*)
    |(?P<iri><[^<>\"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]+[^<>\"{}|^`\\\x00-\x20]*)*>)
    |(?P<long>\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"|'''(?:(?:'|'')?(?:[^'\\]|\\.))*''')
    |(?P<string>\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<directive>@prefix\b|@base\b|PREFIX\b|BASE\b|GRAPH\b)
    |(?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<datatype>\^\^)
    |(?P<number>[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)(?![\w:]))
    |(?P<blank>_:[^\s,;()\[\]{}<>"']*[^\s,;()\[\]{}<>"'.])
    |(?P<name>(?:[^\s,;()\[\]{}<>"'\#:@^\\]*[^\s,;()\[\]{}<>"'\#:@^\\.])?:(?:(?:[^\s,;()\[\]{}<>"'\#\\]|\\.)*(?:[^\s,;()\[\]{}<>"'\#\\.]|\\.))?)
    |(?P<word>true\b|false\b|a\b)
    |(?P<mark>[.;,()\[\]{}])
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LOCAL_PREFIX = re.compile(r'"([^":@\\]+)"\s*:\s*(?:\{\s*"@id"\s*:\s*)?"([A-Za-z][A-Za-z0-9+.-]*:[^"\\]*[/#:?=_-])"')
_LOCAL_BASE = re.compile(r'"@base"\s*:\s*"([^"\\]+)"|xml:base\s*=\s*["\']([^"\']+)["\']')
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FIRST, _REST, _NIL = (NamedNode(PREFIXES["rdf"] + name) for name in ("first", "rest", "nil"))
_CONTROL = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Statement(NamedTuple):
    """One statement and the offset of its object in the text."""

    subject: Term
    predicate: Term
    value: Term
    offset: int


class Locator:
    """Finds places in the text of one file."""

    def __init__(
        self, text: str, path: PurePath, rdf_format: RdfFormat, base_iri: str, naming: Naming | None = None
    ) -> None:
        """Take a text that a parser has accepted.

        Args:
            text: what the file holds.
            path: how messages call it.
            rdf_format: how it is written.
            base_iri: what relative IRIs are resolved against where the file sets no base.
            naming: gives the names under which the file's blank nodes are known outside of it.
        """
        self._text, self._path, self._base = text, path, base_iri
        self._exact: dict[tuple[Term, Term, Term], int] = {}
        self._predicate: dict[tuple[Term, Term], int] = {}
        self._subject: dict[Term, int] = {}
        self._scanned = rdf_format not in (RdfFormat.RDF_XML, RdfFormat.JSON_LD)
        self._prefixes: Mapping[str, str] = PREFIXES
        if not self._scanned:
            self._prefixes = PREFIXES | dict(_LOCAL_PREFIX.findall(text))
            if base := _LOCAL_BASE.search(text):
                self._base = urljoin(base_iri, base[1] or base[2])
        else:
            found = list(_Scanner(text, base_iri).statements())
            names = (naming(statement[:3] for statement, _ in found) if naming else None) or {}
            for (said_of, predicate, said, offset), subject_offset in found:
                subject, value = _named(said_of, names), _named(said, names)
                self._exact.setdefault((subject, predicate, value), offset)
                self._predicate.setdefault((subject, predicate), offset)
                self._subject.setdefault(subject, subject_offset)

    def find(self, subject: Term, predicate: Term | None = None, value: Term | None = None) -> Place | None:
        """Return where the statement stands, else the predicate, else the subject; None where it is not here."""
        offset = self._find_scanned(subject, predicate, value) if self._scanned else self._search(subject, value)
        if offset is None:
            return None
        line = self._text.count("\n", 0, offset) + 1
        return Place(self._path, line, offset - (self._text.rfind("\n", 0, offset) + 1) + 1)

    def is_exact(self, subject: Term, predicate: Term | None, value: Term | None) -> bool:
        """Tell whether the very statement stands here, as far as it was given."""
        if not self._scanned or predicate is None:
            return True
        return (subject, predicate, value) in self._exact if value else (subject, predicate) in self._predicate

    def _find_scanned(self, subject: Term, predicate: Term | None, value: Term | None) -> int | None:
        if predicate is not None:
            if value is not None and (offset := self._exact.get((subject, predicate, value))) is not None:
                return offset
            if (offset := self._predicate.get((subject, predicate))) is not None:
                return offset
        return self._subject.get(subject)

    def _search(self, subject: Term, value: Term | None) -> int | None:
        start = self._search_text(self._written(subject), 0)
        if start is None or value is None:
            return start
        inside = self._search_text(self._written(value), start)
        return start if inside is None else inside

    def _search_text(self, forms: list[str], start: int) -> int | None:
        found = [at for form in forms if (at := self._text.find(f'"{form}"', start)) >= 0]
        found += [at for form in forms if (at := self._text.find(f">{form}<", start)) >= 0]
        return min(found) if found else None

    def _written(self, term: Term) -> list[str]:
        """The ways in which JSON-LD or RDF/XML may write a term between quotes."""
        if not isinstance(term, NamedNode):
            return [term.value]
        iri = term.value
        forms = [iri, iri.removeprefix(self._base), "#" + iri.rpartition("#")[2]]
        forms += [f"{name}:{iri[len(space) :]}" for name, space in self._prefixes.items() if iri.startswith(space)]
        return forms


def _named(term: Term, names: Mapping[BlankNode, NamedNode]) -> Term:
    return names.get(term, term) if isinstance(term, BlankNode) else term


class _Scanner:
    """Walks the tokens of Turtle and its family. It expects text that a parser has accepted."""

    def __init__(self, text: str, base_iri: str) -> None:
        self._base = base_iri
        self._prefixes: dict[str, str] = {}
        self._blanks = 0
        self._text = text
        self._at = 0
        self._kind = self._token = ""
        self._offset = 0
        self._found: list[tuple[Statement, int]] = []
        self._next()

    def _next(self) -> None:
        while match := _TOKENS.match(self._text, self._at):
            self._kind, self._token, self._offset = str(match.lastgroup), match[0], match.start()
            self._at = match.end()
            if self._kind != "space":
                return
        self._kind, self._token, self._offset = "end", "", len(self._text)

    def _take(self) -> str:
        token = self._token
        self._next()
        return token

    def statements(self) -> Iterator[tuple[Statement, int]]:
        """Yield every statement with the offset of its subject."""
        while self._kind != "end":
            before = self._at
            self._block()
            yield from self._found
            self._found.clear()
            if self._at == before:  # not Turtle after all: leave rather than turn in a circle
                return

    def _block(self) -> None:
        if self._kind == "directive":
            word = self._take().lower().lstrip("@")
            if word == "prefix":
                prefix = self._take()[:-1]
                self._prefixes[prefix] = self._resolve(self._take()[1:-1])
            elif word == "base":
                self._base = self._resolve(self._take()[1:-1])
            else:
                self._term()
            return
        if self._token in (".", "{", "}"):
            self._next()
            return
        offset = self._offset
        subject = self._term()
        if self._token == "{":  # the subject was the name of a graph
            self._next()
            return
        if self._token not in (".", "}"):
            self._predicates(subject, offset)

    def _predicates(self, subject: Term, subject_offset: int) -> None:
        while self._token not in (".", "]", "}") and self._kind != "end":
            if self._token == ";":
                self._next()
                continue
            predicate = self._term()
            while True:
                offset = self._offset
                before = self._at
                value = self._term()
                self._found.append((Statement(subject, predicate, value, offset), subject_offset))
                if self._token != "," or self._at == before:
                    break
                self._next()
            if self._token not in (";", ".", "]", "}"):  # N-Quads: the graph's name follows
                if self._kind == "end":
                    return
                self._term()

    def _term(self) -> Term:
        kind, offset = self._kind, self._offset
        token = self._take()
        if kind == "iri":
            return NamedNode(self._resolve(_unescape(token[1:-1])))
        if kind == "name":
            prefix, _, local = token.partition(":")
            return NamedNode(self._prefixes.get(prefix, "urn:prefix:") + re.sub(r"\\(.)", r"\1", local))
        if kind in ("string", "long"):
            return self._literal(_unescape(token[3:-3] if kind == "long" else token[1:-1]))
        if kind == "number":
            name = "double" if "e" in token.lower() else "decimal" if "." in token else "integer"
            return Literal(token, datatype=NamedNode(PREFIXES["xsd"] + name))
        if kind == "word":
            return RDF_TYPE if token == "a" else Literal(token, datatype=NamedNode(PREFIXES["xsd"] + "boolean"))
        if kind == "blank":
            return BlankNode("named" + token[2:].encode().hex())
        if token == "[":
            node = self._new_blank()
            self._predicates(node, offset)
            self._next()
            return node
        return self._list(offset) if token == "(" else self._new_blank()

    def _list(self, offset: int) -> Term:
        """Read the items of a list and return what it begins with."""
        items: list[tuple[Term, int]] = []
        while self._token != ")" and self._kind != "end":
            at = self._offset
            items.append((self._term(), at))
        self._next()
        head: Term = _NIL
        for item, at in reversed(items):
            node = self._new_blank()
            self._found.append((Statement(node, _FIRST, item, at), offset))
            self._found.append((Statement(node, _REST, head, at), offset))
            head = node
        return head

    def _resolve(self, iri: str) -> str:
        return iri if _ABSOLUTE.match(iri) else urljoin(self._base, iri)  # urljoin drops an empty fragment

    def _literal(self, value: str) -> Literal:
        if self._kind == "lang":
            return Literal(value, language=self._take()[1:].lower())
        if self._kind == "datatype":
            self._next()
            datatype = self._term()
            if isinstance(datatype, NamedNode):
                return Literal(value, datatype=datatype)
        return Literal(value)

    def _new_blank(self) -> BlankNode:
        self._blanks += 1
        return BlankNode(f"unnamed{self._blanks}")


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _CONTROL.get(m[3], m[3]), text)
