"""JSON with the offset of every key and value.

Spec: RFC 8259, <https://www.rfc-editor.org/rfc/rfc8259>.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r'[ \t\r\n]*(?:(?P<text>"[^"\\]*(?:\\.[^"\\]*)*")|(?P<mark>[\[\]{}:,])|(?P<word>[^\s\[\]{}:,"]+))', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, number, truth value or null; numbers stay as written."""

    value: str | bool | None
    offset: int
    is_text: bool


@dataclass(frozen=True, slots=True)
class Array:
    """A list."""

    items: list[Node] = field(default_factory=list)
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Object:
    """An object: its entries as written, also those whose key comes twice."""

    entries: list[Entry] = field(default_factory=list)
    offset: int = 0

    def last(self) -> dict[str, Entry]:
        """The entry of each key; the last one counts."""
        return {entry.key: entry for entry in self.entries}


Node = Scalar | Array | Object


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: str
    offset: int  # of the key
    value: Node


def read_json(text: str) -> Node | None:
    """Return the value that a text holds; None where it is no JSON. It may be nested to any depth."""
    tokens = _tokens(text)
    open_: list[Array | Object] = []
    keys: list[tuple[str, int] | None] = []
    try:
        for kind, token, offset in tokens:
            if token in {":", ","}:
                continue
            if token in ("]", "}") and kind == "mark":
                keys.pop()
                done: Node = open_.pop()
            elif kind == "text" and open_ and isinstance(open_[-1], Object) and keys[-1] is None:
                keys[-1] = (_unescaped(token), offset)
                continue
            elif kind == "mark":
                opened = Array(offset=offset) if token == "[" else Object(offset=offset)
                open_.append(opened)
                keys.append(None)
                continue
            else:
                done = _scalar(kind, token, offset)
            if not open_:
                return done
            _put(open_[-1], keys, done)
    except (IndexError, ValueError):
        pass
    return None


def plain(node: Node) -> object:
    """The value without offsets, as `json.loads` gives it; numbers as text. For contexts, which are not deep."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Array):
        return [plain(item) for item in node.items]
    return {entry.key: plain(entry.value) for entry in node.entries}


def _put(into: Array | Object, keys: list[tuple[str, int] | None], value: Node) -> None:
    if isinstance(into, Array):
        into.items.append(value)
        return
    key = keys[-1]
    if key is None:
        raise ValueError
    into.entries.append(Entry(*key, value))
    keys[-1] = None


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    end = 0
    while found := _TOKEN.match(text, end):
        end = found.end()
        kind = found.lastgroup or ""
        yield kind, found[kind], found.start(kind)


def _scalar(kind: str, token: str, offset: int) -> Scalar:
    if kind == "text":
        return Scalar(_unescaped(token), offset, is_text=True)
    known: dict[str, bool | None] = {"true": True, "false": False, "null": None}
    return Scalar(known.get(token, token), offset, is_text=False)


def _unescaped(token: str) -> str:
    return str(json.loads(token)) if "\\" in token else token[1:-1]
