"""Start tags of HTML, in time that grows with the text, whatever is in it.

Not a parser of documents: what matters here are attributes of tags and the text of scripts, and those are read as
browsers do. The library's parser takes for ever over tags that are never closed.

Spec: HTML §13.2.5, <https://html.spec.whatwg.org/multipage/parsing.html#tokenization>.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")
_END = re.compile(r"[\s/]*>")
_RAW = {name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
_LONGEST = 4096  # characters of a value in which references are resolved


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag."""

    name: str  # in small letters
    attributes: dict[str, str]  # names in small letters; of a name that comes twice the first
    text: str = ""  # what a script, style or title holds


def tags(text: str) -> Iterator[Tag]:
    """Yield the start tags of a page, in its order."""
    place = 0
    while (start := text.find("<", place)) >= 0:
        if text.startswith("<!--", start):
            place = _behind(text, "-->", start + 4)
        elif text[start + 1 : start + 2] in ("!", "?", "/"):
            place = _behind(text, ">", start + 2)
        elif name := _NAME.match(text, start + 1):
            attributes, place = _attributes(text, name.end())
            kind = name[0].lower()
            inside = ""
            if kind in _RAW:
                end = _RAW[kind].search(text, place)
                inside = text[place : end.start() if end else len(text)]
                place = end.start() if end else len(text)
            yield Tag(kind, attributes, inside)
        else:
            place = start + 1


def _behind(text: str, mark: str, place: int) -> int:
    found = text.find(mark, place)
    return len(text) if found < 0 else found + len(mark)


def _attributes(text: str, place: int) -> tuple[dict[str, str], int]:
    """Return the attributes from a place on, and the place behind their tag."""
    said: dict[str, str] = {}
    while not (end := _END.match(text, place)):
        match = _ATTRIBUTE.match(text, place)
        if match is None:
            return said, max(place, text.find(">", place) + 1) or len(text)
        place = match.end()
        value = next((group for group in match.groups()[1:] if group is not None), "")
        said.setdefault(match[1].lower(), html.unescape(value) if len(value) < _LONGEST else value)
    return said, end.end()
