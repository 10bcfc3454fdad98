"""Single values as HTML: names with links, texts with their language, numbers and dates with what machines read.

Whatever comes from the data passes `escape` here or in a template; nothing else makes markup of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from eugraph.publish.pages import words
from eugraph.publish.pages.links import is_web
from eugraph.publish.pages.markup import NOTHING, joined, safe
from eugraph.publish.pages.names import Names
from eugraph.publish.pages.terms import Text, literal
from eugraph.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
_DATES = {f"{_XSD}{name}" for name in ("date", "gYear", "gYearMonth")}
_NUMBERS = {f"{_XSD}{name}" for name in ("integer", "decimal", "nonNegativeInteger", "positiveInteger", "int", "long")}
_BOOLEAN = f"{_XSD}boolean"
_MOMENT = f"{_XSD}dateTime"
_URI = f"{_XSD}anyURI"
_WORDS = {"true": "yes", "1": "yes", "false": "no", "0": "no"}
_LONGEST_URL = 90
_FIGURE = re.compile(r"[0-9.+-]+")
_LONGEST_WORD = 40  # longer ones may be broken anywhere
_LONGEST_KEPT, _MOST_KEPT = 90, 20_000  # characters of a literal that is written once and kept; how many are


class Pen:
    """Writes values for pages that are equally deep in the release. Names are written once and kept."""

    def __init__(self, names: Names, root: str) -> None:
        self.names, self.root = names, root
        self._links: dict[str, Markup] = {}
        self._short: dict[str, Markup] = {}

    def href(self, target: str) -> str:
        """Return the address of a path below the release, from the pages of this pen."""
        return self.root + target

    def iri(self, iri: str) -> Markup:
        """Return the name of something as a link to its page, else to its address, else as text."""
        known = self._links.get(iri)
        if known is None:
            known = self._links[iri] = self._iri(iri)
        return known

    def _iri(self, iri: str) -> Markup:
        text, language, target = self.names.name(iri)
        inner = self.text(text, language)
        if target:
            return safe(f'<a href="{escape(self.root + target)}">{inner}</a>')
        address = self.names.moved(iri)
        if is_web(address) and not iri.startswith(self.names.base):
            if text in iri:
                return self.url(iri)
            return safe(f'<a href="{escape(address)}" rel="external">{inner}</a>')
        return inner

    def url(self, iri: str) -> Markup:
        """Return an address elsewhere as a link that shows the address; as text unless http, https or mailto."""
        shown = iri.removeprefix("https://").removeprefix("http://").removeprefix("mailto:").rstrip("/") or iri
        address = self.names.moved(iri)
        if not is_web(address):
            return safe(f'<span class="url">{escape(words.one_line(iri, _LONGEST_URL))}</span>')
        inner = escape(words.one_line(shown, _LONGEST_URL))
        return safe(f'<a class="url" href="{escape(address)}" rel="external">{inner}</a>')

    def licence(self, iri: str) -> Markup:
        """Return a licence by its usual name where it has one, as a link; else as `url` does."""
        name = words.licence_name(iri)
        if name == iri or not is_web(iri):
            return self.url(iri)
        return safe(f'<a href="{escape(iri)}" rel="external">{escape(name)}</a>')

    @staticmethod
    def text(value: str, language: str = "") -> Markup:
        """Return a text that finds its own direction, with its language where that is not the page's."""
        if len(value) > _LONGEST_WORD and max(map(len, value.split()), default=0) > _LONGEST_WORD:
            return safe(f'<bdi class="long" lang="{escape(language or "en")}" dir="auto">{escape(value)}</bdi>')
        if language in ("", "en"):
            return escape(value) if value.isascii() else safe(f'<bdi dir="auto">{escape(value)}</bdi>')
        return safe(f'<bdi lang="{escape(language)}" dir="auto">{escape(value)}</bdi>')

    @staticmethod
    def number(text: str) -> Markup:
        """Return a number in groups of three digits, with the exact one for machines."""
        shown = words.number(text)
        if not _FIGURE.fullmatch(text):
            text, shown = escape(text), escape(shown)
        return safe(f'<data value="{text}">{shown}</data>')

    @staticmethod
    def day(text: str) -> Markup:
        """Return a year, month or day; a text that is none as it is."""
        shown = words.day(text)
        if shown == text and not words.is_day(text):
            return escape(text)
        return safe(f'<time datetime="{text}">{shown}</time>')  # digits, hyphens and names of months

    def literal(self, text: Text) -> Markup:
        """Return a literal by its datatype."""
        value, language, datatype = text
        if datatype in _DATES:
            return self.day(value)
        if datatype in _NUMBERS:
            return self.number(value)
        if datatype == _MOMENT:
            return self.day(value[:10])
        if datatype == _BOOLEAN and value in _WORDS:
            return safe(f'<data value="{escape(value)}">{escape(_WORDS[value])}</data>')
        if datatype == _URI:
            return self.url(value)
        return self.text(value, language)

    def term(self, term: str) -> Markup:
        """Return a term given as N-Triples text."""
        first = term[0]
        if first == '"':
            if len(term) > _LONGEST_KEPT:
                return self.literal(literal(term))
            known = self._short.get(term)
            if known is None:
                if len(self._short) >= _MOST_KEPT:
                    self._short.clear()
                known = self._short[term] = self.literal(literal(term))
            return known
        return self.iri(term[1:-1]) if first == "<" and term[1] != "<" else escape(term)

    def list(self, iris: Iterable[str], separator: str = ", ") -> Markup:
        """Return several names in a row."""
        return joined(escape(separator), map(self.iri, iris))

    def period(self, start: str, end: str) -> Markup:
        """Return "January 2017 – June 2023", "from 1992", "until 2017", or "" where neither is known."""
        if start and end:
            return safe(f"{self.day(start)} – {self.day(end)}")
        if start:
            return safe(f"from {self.day(start)}")
        return safe(f"until {self.day(end)}") if end else NOTHING
