"""How single terms are written in house Turtle: in the shortest form that every reader reads back the same.

Short forms of numbers are used for canonical numbers only: some readers (rdflib) turn a bare `0042` into 42.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from eugraph.rdf.nquads import BaseMove

_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = {
    f"{_XSD}integer": re.compile(r"0|-?[1-9][0-9]*"),
    f"{_XSD}decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_SEGMENT = r"(?!\.\.?(?:/|\Z))[^/?#:;]+"
_RELATIVE = re.compile(rf"(?!@){_SEGMENT}(?:/{_SEGMENT})*/?")
_PLAIN_BASE = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]+/(?:{_SEGMENT}/)*")
_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|(.))")
_MOST_KEPT = 50_000  # IRIs
_CONTROL = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
# Invisible or line-breaking in some editors: C1 controls, line separators, bidirectional controls, byte order mark.
_UNSEEN = re.compile("[\x80-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_LONG_ESCAPES = re.compile(r'[\x00-\x08\x0b-\x1f\\\x7f\ufffe\uffff]|"(?="|\Z)')
_NO_LONG_FORM = re.compile(r"[ \t]\n")  # editors strip blanks at the end of a line


def relative(iri: str, base: str) -> str | None:
    """Return `iri` relative to `base` where every reader resolves it to `iri` again, else None.

    `base` ends in "/". Refused are an empty path, segments that are empty, "." or "..", and what some reader trips
    over: a colon (looks like a scheme or a prefix), a leading "@" (like a JSON-LD keyword), ";", "?" and "#" (Python's
    urljoin drops some of them at the end).

    Spec: RFC 3986 §4.2 and §5.2, <https://www.rfc-editor.org/rfc/rfc3986#section-5.2>.
    """
    if not iri.startswith(base):
        return None
    rest = iri[len(base) :]
    return rest if _RELATIVE.fullmatch(rest) and _is_plain(base) else None


@functools.lru_cache(maxsize=16)
def _is_plain(base: str) -> bool:
    """Say whether resolving against a base keeps all of it."""
    return _PLAIN_BASE.fullmatch(base) is not None


def object_key(value: str) -> tuple[int, int, str, str]:
    """Return the sort key of an object: IRIs, plain and typed literals, texts by language (English first), others."""
    if value[0] == "<":
        return 0, 0, "", value[1:-1]
    if value[0] != '"':
        return 3, 0, "", value
    quote = value.rindex('"')
    if value[quote + 1 : quote + 2] == "@":
        language = value[quote + 2 :]
        return 2, language != "en", language, value
    return 1, 0, "", value


class Prefixes:
    """Namespaces by prefix, made ready for many documents."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.spaces = dict(prefixes)
        self._by_space = {space: prefix for prefix, space in sorted(prefixes.items(), reverse=True)}
        self._odd = sorted((space for space in self._by_space if space[-1:] not in ("#", "/")), key=len, reverse=True)

    def split(self, iri: str) -> tuple[str, str] | None:
        """Return (prefix, local name) for an IRI that has a prefixed name without escapes, else None."""
        at = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._by_space.get(iri[:at])
        if prefix is not None and _LOCAL.fullmatch(iri, at):
            return prefix, iri[at:]
        for space in self._odd:
            if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
                return self._by_space[space], iri[len(space) :]
        return None


@functools.lru_cache(maxsize=8)
def _prepared(prefixes: tuple[tuple[str, str], ...]) -> Prefixes:
    return Prefixes(dict(prefixes))


@functools.lru_cache(maxsize=8)
def _kept(prefixes: Prefixes, base: str | None, moved: BaseMove | None) -> dict[str, tuple[str, str, str]]:  # noqa: ARG001
    """Return where all documents with these prefixes and this base keep how IRIs are written."""
    return {}


class Names:
    """Writes the IRIs and literals of one document, and remembers which prefixes that took.

    An IRI is `<in angle brackets>`, relative to the base or in full, or a prefixed name.
    """

    def __init__(
        self, prefixes: Mapping[str, str] | Prefixes, base: str | None = None, moved: BaseMove | None = None
    ) -> None:
        self._prefixes = prefixes if isinstance(prefixes, Prefixes) else _prepared(tuple(prefixes.items()))
        self._base, self._moved = base, moved
        self._kept = _kept(self._prefixes, base, moved)
        self.used: set[str] = set()  # prefixes
        self.schemes: set[str] = set()  # of IRIs written in full
        self.base_used = False
        self._known: dict[str, str] = {}

    def head(self) -> str:
        """Return the @base and @prefix lines of what has been written so far, each with its line feed."""
        lines = []
        if self._base is not None and self.base_used:
            lines.append(f"@base <{self.moved(self._base)}> .\n")
        lines += [f"@prefix {prefix}: <{self.space(prefix)}> .\n" for prefix in sorted(self.used)]
        return "".join(lines)

    def space(self, prefix: str) -> str:
        """Return the namespace of a prefix, in its new home."""
        return self.moved(self._prefixes.spaces[prefix])

    def moved(self, iri: str) -> str:
        """Return an IRI in its new home."""
        return self._moved.iri(iri) if self._moved else iri

    def node(self, text: str) -> str:
        """Return how to write `<iri>`: relative to the base, as a prefixed name, or in full."""
        name = self._known.get(text)
        if name is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            name = self._known[text] = self._name(text[1:-1]) if text[1] != "<" else text
        return name

    def _name(self, iri: str) -> str:
        found = self._kept.get(iri)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[iri] = self._found(iri)
        name, prefix, scheme = found
        if prefix:
            self.used.add(prefix)
        elif scheme:
            self.schemes.add(scheme)
        else:
            self.base_used = True
        return name

    def _found(self, iri: str) -> tuple[str, str, str]:
        """Return how to write an IRI, and the prefix or the scheme that this uses; neither where it uses the base."""
        if self._base is not None and (path := relative(iri, self._base)) is not None:
            return f"<{path}>", "", ""
        if parts := self._prefixes.split(iri):
            return f"{parts[0]}:{parts[1]}", parts[0], ""
        iri = self.moved(iri)
        return f"<{iri}>", "", iri.partition(":")[0]

    def literal(self, text: str) -> str:
        """Return how to write a literal, given as N-Triples text."""
        if text[-1] == '"':
            return _quoted(text)
        quote = text.rindex('"')
        tail = text[quote + 1 :]
        if tail[0] == "^":
            datatype = tail[3:-1]
            if (bare := _BARE.get(datatype)) and bare.fullmatch(text, 1, quote):
                return text[1:quote]
            tail = f"^^{self.node(tail[2:])}"
        return _quoted(text[: quote + 1]) + tail


def unescape(text: str) -> str:
    """Return the value of an N-Triples string without its quotes."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _CONTROL.get(m[2], m[2]), text)


def _quoted(text: str) -> str:
    r"""Return an N-Triples string for Turtle: over several lines where it holds \n."""
    if "\\n" in text:
        value = unescape(text[1:-1])
        if "\n" in value and not _NO_LONG_FORM.search(value):
            text = f'"""{_LONG_ESCAPES.sub(_escaped, value)}"""'
    return text if text.isascii() else _UNSEEN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    return f"\\{character}" if character in '"\\' else f"\\u{ord(character):04X}"
