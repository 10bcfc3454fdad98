"""Texts in XML. What the standard library has for this brings its HTTP client along, which no build needs.

Spec: XML 1.0 §2.4 and §3.3.3, <https://www.w3.org/TR/xml/#syntax>: without references the white space of a value of an
attribute would become spaces.
"""

from __future__ import annotations

from html import escape

_SPACE = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escaped(text: str) -> str:
    """Return a text as the content of an element."""
    return escape(text, quote=False).replace("\r", "&#13;")


def quoted(text: str) -> str:
    """Return a text as the value of an attribute, with its quotation marks."""
    return f'"{escape(text).translate(_SPACE)}"'
