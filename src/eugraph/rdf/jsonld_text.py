"""Texts on the way to JSON-LD: literals taken apart, and lines of JSON put together where they are short."""

from __future__ import annotations

import re
from collections.abc import Callable

import orjson

from eugraph.rdf.jsonld_context import Json
from eugraph.rdf.turtle_terms import unescape
from eugraph.vocab import PREFIXES

_STRING = PREFIXES["xsd"] + "string"
_TEXT = rb'"(?:[^"\\\n]*+"|(?=[^"\\\n]*+\\)(?:[^"\\\n]|\\.)*")'  # the quick way first: most texts have no escape
_SHORT_TEXT = rb'"(?:[^"\\\n]{0,90}+"|(?=[^"\\\n]{0,90}+\\)(?:[^"\\\n]|\\.){0,90}")'
_ON_ONE_LINE: tuple[tuple[bytes, re.Pattern[bytes], Callable[[re.Match[bytes]], bytes]], ...] = (  # first a sign of it
    (b"{", re.compile(rb"\{\n +(" + _TEXT + rb": " + _SHORT_TEXT + rb")\n +\}"), lambda m: b"{" + m[1] + b"}"),
    (
        b'"name"',
        re.compile(rb'\{\n +("id": ' + _TEXT + rb'),\n +("name": \{[^\n]{0,90}\})\n +\}'),
        lambda m: b"{" + m[1] + b", " + m[2] + b"}",
    ),
    (
        b'"@value"',
        re.compile(rb'\{\n +("@value": ' + _TEXT + rb'),\n +("(?:type|@language)": ' + _TEXT + rb")\n +\}"),
        lambda m: b"{" + m[1] + b", " + m[2] + b"}",
    ),
    (b"[", re.compile(rb"\[\n +([^\n]{0,120}[^\n\[{])\n +\]"), lambda m: b"[" + m[1] + b"]"),
    (b"[", re.compile(rb"\{\n +(" + _TEXT + rb": \[[^\n]{0,120}\])\n +\}"), lambda m: b"{" + m[1] + b"}"),
)


def indented(node: Json) -> bytes:
    """Return a node as it stands in a list of the document."""
    return shorten(orjson.dumps(node, option=orjson.OPT_INDENT_2).replace(b"\n", b"\n    "))


def shorten(text: bytes) -> bytes:
    """Put small objects and lists of one on one line. A text in JSON holds no line break, so lines are structure."""
    for sign, pattern, line in _ON_ONE_LINE:
        if sign in text:
            text = pattern.sub(line, text)
    return text


def parts_of(text: str) -> tuple[str, str, str]:
    """Return value, datatype IRI and language of a literal; the datatype of a text in a language is "@language"."""
    quote = text.rindex('"')
    value = unescape(text[1:quote]) if "\\" in text else text[1:quote]
    tail = text[quote + 1 :]
    if not tail:
        return value, _STRING, ""
    if tail[0] == "^":
        return value, tail[3:-1], ""
    if "--" in tail:
        raise ValueError(f"JSON-LD 1.1 as most read it cannot say the direction of a text: {tail}")
    return value, "@language", tail[1:]
