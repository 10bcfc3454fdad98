"""Statements as lines of N-Quads, put together as text: what makes an import as quick as reading its files.

A term object for each value would take several times as long as the line itself. So a mapping fills templates, and
everything that comes from a file passes `literal` or `slug` or one of the checks in `identifiers` on its way in.

Spec: RDF 1.2 N-Quads, canonical form, <https://www.w3.org/TR/rdf12-n-quads/#canonical-quads>.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from eugraph.vocab import term

_SELDOM = re.compile("[\x00-\x09\x0b-\x1f\x7f]")
_SHORT = {"\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r"}

DATE = f'"^^{term("xsd:date")}'
DECIMAL = f'"^^{term("xsd:decimal")}'
INTEGER = f'"^^{term("xsd:integer")}'
YEAR = f'"^^{term("xsd:gYear")}'
BOOLEAN = f'"^^{term("xsd:boolean")}'

_NO_SLUG = re.compile("[^a-z0-9]+")


def escaped(text: str) -> str:
    """Return a text as it stands between the quotation marks of a literal."""
    if text.isprintable() and '"' not in text and "\\" not in text:  # most are; a pattern takes longer to say so
        return text
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return _SELDOM.sub(lambda found: _SHORT.get(found[0]) or f"\\u{ord(found[0]):04X}", text)


def predicate(curie: str) -> str:
    """Return a predicate, by `prefix:name`, with a space on either side."""
    return f" {term(curie)} "


def one_line(text: str) -> str:
    """Return a text with each run of white space as one space, and none at its ends: as names have to be."""
    return " ".join(text.split())


@lru_cache(maxsize=65536)
def slug(code: str) -> str:
    """Return a code as the last part of an address: small letters, digits and single hyphens; "" where it has none.

    Accents are taken off, and whatever else is no letter or digit becomes a hyphen. So codes that differ only in that
    have one slug; whoever uses this for codes that may differ so has to look for it.
    """
    plain = unicodedata.normalize("NFKD", code.lower()).encode("ascii", "ignore").decode()
    return _NO_SLUG.sub("-", plain).strip("-")
