"""What a client likes best of what there is: media types, content codings, profiles.

Values in, values out. Headers of any content are read: a part that is no preference says nothing, and a header without
any preference is as good as none. A server may refuse such a header, but gains nothing by it, and clients that are
widely used send some (`*; q=.2`).

Spec: RFC 9110 §12, <https://www.rfc-editor.org/rfc/rfc9110#section-12>.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PARAMETER = re.compile(rf"[ \t]*;[ \t]*(?:({_TOKEN})=({_TOKEN}|{_QUOTED})?)?", re.DOTALL)
_WHOLE = re.compile(rf"[ \t]*({_TOKEN})(?:/({_TOKEN}))?", re.DOTALL)
_PROFILE = re.compile(rf"[ \t]*(?:<([^<>\s]*)>|({_TOKEN}))")
_WEIGHT = re.compile(r"[01](?:\.[0-9]*)?|\.[0-9]+")
_MARK = re.compile(r'[,"<]')
_CLOSING = {'"': re.compile(r'(?:[^"\\]|\\.)*"', re.DOTALL), "<": re.compile(r"[^>]*>")}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LONGEST = 1000  # characters of a header that is remembered

GZIP, IDENTITY = "gzip", "identity"
Parameters = frozenset[tuple[str, str]]


class MediaRange(NamedTuple):
    """An element of `Accept`."""

    type: str  # "*" for any
    subtype: str  # "*" for any
    parameters: Parameters
    quality: float  # from 0, not acceptable, to 1

    def specificity(self, type_: str, subtype: str, parameters: Parameters) -> int:
        """Return how closely it fits a media type: 0 not at all, 1 `*/*`, 2 `text/*`, 3 and more by name."""
        if self.type == "*":
            return 1 if self.parameters <= parameters else 0
        if self.type != type_ or self.subtype not in ("*", subtype) or not self.parameters <= parameters:
            return 0
        return 2 if self.subtype == "*" else 3 + len(self.parameters)


def negotiate(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the one of `offers` that a client likes best, or None where it takes none: status 406.

    What it likes equally is decided by how closely it named it, then by the order of `offers`. All offers count as
    UTF-8, whether they say so or not.

    Args:
        accept: the value of `Accept`, several ones joined by commas; None where the request has none.
        offers: media types, perhaps with parameters; what comes first is preferred.

    Spec: RFC 9110 §12.5.1, <https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1>.
    """
    ranges = _ranges(accept)
    best, found = (0.0, 0), None
    for offer in offers:
        rank = _rank(ranges, offer)
        if rank[0] > 0 and rank > best:
            best, found = rank, offer
    return found


def is_acceptable(accept: str | None, offer: str) -> bool:
    """Say whether a client takes a media type at all."""
    return negotiate(accept, [offer]) is not None


def negotiate_coding(accept_encoding: str | None, offers: Sequence[str] = (GZIP, IDENTITY)) -> str | None:
    """Return the content coding that a client likes best, or None where it refuses all: status 406.

    A client that says nothing gets `identity`, which every client understands and which is only refused by name or by
    `*;q=0`. What is liked equally is decided by the order of `offers`.

    Spec: RFC 9110 §12.5.3, <https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3>.
    """
    said = _codings(accept_encoding)
    best, found = 0.0, None
    for offer in offers:
        quality = _coding_quality(said, offer)
        if quality > best:
            best, found = quality, offer
    return found


def negotiate_profile(accept_profile: str | None, offers: Mapping[str, str]) -> str | None:
    """Return the profile that a client likes best, else the first one that it does not refuse.

    Args:
        accept_profile: the value of `Accept-Profile`; None where the request has none.
        offers: IRI -> token of each profile that there is; what comes first is the default.

    Returns:
        The IRI of a profile; the default one where there is none that the client names; None where it refuses all.

    Spec: Content Negotiation by Profile §7.2, <https://www.w3.org/TR/dx-prof-conneg/#http>.
    """
    said = _profiles(accept_profile)
    best, found = 0.0, None
    for iri, token in offers.items():
        quality = said.get(iri, said.get(token, said.get("*", -1.0)))
        if quality > best:
            best, found = quality, iri
    if found is None:
        return next((iri for iri, token in offers.items() if said.get(iri, said.get(token, 1.0)) > 0), None)
    return found


def parse_accept(value: str) -> tuple[MediaRange, ...]:
    """Return the media ranges of an `Accept` header, in their order; what is none is left out."""
    found = []
    for element in elements(value):
        match = _WHOLE.match(element)
        if match is None or match[2] is None or (match[1] == "*" and match[2] != "*"):
            continue
        parameters, quality = _rest(element, match.end())
        if quality is not None:
            found.append(MediaRange(match[1].lower(), match[2].lower(), parameters, quality))
    return tuple(found)


def elements(value: str) -> list[str]:
    """Return the elements of a list in a header: what stands between commas that are in no quotes or `<>`."""
    if '"' not in value and "<" not in value:
        return value.split(",")
    found, start, place = [], 0, 0
    while match := _MARK.search(value, place):
        place = match.end()
        if match[0] == ",":
            found.append(value[start : match.start()])
            start = place
        elif closing := _CLOSING[match[0]].match(value, place):
            place = closing.end()
        else:  # it is never closed: neither is any later one
            return [*found, *value[start:].split(",")]
    return [*found, value[start:]]


def _rank(ranges: tuple[MediaRange, ...], offer: str) -> tuple[float, int]:
    """Return the quality of an offer by the range that fits it most closely, and how closely that is."""
    if not ranges:
        return 1.0, 0
    type_, subtype, parameters = _media_type(offer)
    fit, quality = 0, 0.0
    for found in ranges:
        closeness = found.specificity(type_, subtype, parameters)
        if closeness > fit or (closeness == fit and found.quality > quality):
            fit, quality = closeness, found.quality
    return (quality, fit) if fit else (0.0, 0)


@lru_cache(maxsize=512)
def _media_type(text: str) -> tuple[str, str, Parameters]:
    match = _WHOLE.match(text)
    if match is None or match[2] is None:
        raise ValueError(f"{text!r} is no media type")
    return match[1].lower(), match[2].lower(), _rest(text, match.end())[0]


def _ranges(accept: str | None) -> tuple[MediaRange, ...]:
    if accept is None:
        return ()
    return _parsed(accept) if len(accept) <= _LONGEST else parse_accept(accept)


_parsed = lru_cache(maxsize=1024)(parse_accept)


def _rest(element: str, start: int) -> tuple[Parameters, float | None]:
    """Return parameters and weight of an element from `start` on; None for a weight that is none.

    What follows the weight was room for extensions once, and is not looked at.
    """
    parameters: set[tuple[str, str]] = set()
    while match := _PARAMETER.match(element, start):
        start = match.end()
        if match[1] is None:
            continue
        name, value = match[1].lower(), match[2] or ""
        if name == "q":
            return frozenset(parameters), _weight(value)
        if value.startswith('"'):
            value = _ESCAPE.sub(r"\1", value[1:-1])
        if name == "charset":
            value = value.lower()
            if value == "utf-8":  # all that is offered
                continue
        parameters.add((name, value))
    return frozenset(parameters), None if element[start:].strip(" \t") else 1.0


def _weight(text: str) -> float | None:
    if _WEIGHT.fullmatch(text) is None:
        return None
    weight = float(text)
    return weight if weight <= 1 else None


def _codings(value: str | None) -> dict[str, float]:
    if value is None:
        return {IDENTITY: 1.0, "*": 0.0}
    found: dict[str, float] = {}
    for element in elements(value):
        match = _WHOLE.match(element)
        if match is None or match[2] is not None:
            continue
        name, weight = match[1].lower(), _rest(element, match.end())[1]
        if weight is not None:
            found.setdefault(GZIP if name == "x-gzip" else name, weight)
    return found


def _coding_quality(said: Mapping[str, float], coding: str) -> float:
    quality = said.get(coding, said.get("*"))
    if quality is not None:
        return quality
    return 0.0001 if coding == IDENTITY else 0.0  # below the least weight of one that is named


def _profiles(value: str | None) -> dict[str, float]:
    found: dict[str, float] = {}
    for element in elements(value or ""):
        match = _PROFILE.match(element)
        if match is None:
            continue
        weight = _rest(element, match.end())[1]
        if weight is not None:
            found.setdefault(match[1] or match[2] or "", weight)
    return found
