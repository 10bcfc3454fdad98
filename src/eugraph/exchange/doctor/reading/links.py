"""Typed links of a `Link` header.

Spec: RFC 8288 §3, <https://www.rfc-editor.org/rfc/rfc8288#section-3>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eugraph.exchange.doctor.site.address import resolved

_TARGET = re.compile(r"[\s,]*<([^>]*)>")
_PARAMETER = re.compile(r'\s*;\s*([!#$&+.^_`|~0-9A-Za-z*-]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of one relation, from what was asked for to another address."""

    rel: str  # in small letters
    target: str  # absolute
    type: str = ""  # the media type that it says of its target, in small letters and without parameters
    profile: str = ""


def header_links(value: str, base: str) -> Iterator[Link]:
    """Yield the links of a header, one for each relation; those with another anchor are left out.

    Args:
        value: the header's value, several ones joined by commas.
        base: the address that relative targets are resolved against.
    """
    place = 0
    while match := _TARGET.match(value, place):
        place = match.end()
        said: dict[str, str] = {}
        while parameter := _PARAMETER.match(value, place):
            place = parameter.end()
            quoted = parameter[2]
            text = _ESCAPE.sub(r"\1", quoted) if quoted is not None else parameter[3] or ""
            said.setdefault(parameter[1].lower(), text)
        target = resolved(match[1], base)
        if target and "anchor" not in said:
            media_type = said.get("type", "").partition(";")[0].strip().lower()
            for rel in said.get("rel", "").lower().split():
                yield Link(rel, target, media_type, said.get("profile", ""))
