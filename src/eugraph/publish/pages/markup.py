"""HTML that is made often: what markupsafe does for any text, without asking again what is known to be HTML.

`Markup(text)`, `Markup.format` and `Markup.join` look at each value in Python; a page has some hundred of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

NOTHING = Markup("")
_SHORT = 60  # characters of a text that is likely to come again: labels, classes, addresses
_new = str.__new__
_kept = lru_cache(maxsize=5000)(escape)


def safe(html: str) -> Markup:
    """Return a text that is HTML already: put together from literals of ours and of what `escape` returned."""
    return _new(Markup, html)


def joined(separator: str, parts: Iterable[Markup]) -> Markup:
    """Return pieces of HTML in a row; the separator is HTML as well."""
    return _new(Markup, separator.join(parts))


def escaped(value: object) -> str:
    """Return what stands for a value in HTML, as `escape` does; what is HTML already comes back at once."""
    if type(value) is Markup:
        return value
    return _kept(value) if type(value) is str and len(value) < _SHORT else escape(value)
