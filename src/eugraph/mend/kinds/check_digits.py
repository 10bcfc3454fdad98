"""An ORCID or ROR identifier whose check digits do not fit, where the right one is certain.

A wrong digit may be any of them, so a fitting check digit proves nothing by itself. It is certain where letters stand
for the digits that they look like and the check digits then fit; or where the thing itself names, elsewhere, one
identifier that fits and differs in one character or in two that changed places.

Spec: ISO 7064 mod 11-2, <https://support.orcid.org/hc/en-us/articles/360006897674>; ISO 7064 mod 97-10 over Crockford's
base 32, <https://ror.readme.io/docs/identifier>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.mend.change import Candidate
from eugraph.mend.knowledge import Knowledge
from eugraph.rdf.locate import Term

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o, u
_LOOKS_LIKE = str.maketrans("OoIil", "00111")
_WRITTEN = re.compile(r"https://(?:orcid\.org/([0-9A-Za-z-]{19})|ror\.org/([0-9A-Za-z]{9}))\Z")
_NAMED = re.compile(
    r"(?<![0-9A-Za-z-])(?:[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]|0[0-9a-hj-km-np-tv-z]{6}[0-9]{2})(?![0-9A-Za-z-])"
)


def orcid_fits(number: str) -> bool:
    """Tell whether 0000-0000-0000-000X is an ORCID with the right check digit."""
    if not re.fullmatch(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]", number):
        return False
    total = 0
    for digit in number.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == number[-1]


def ror_fits(number: str) -> bool:
    """Tell whether nine characters are a ROR identifier with the right check digits."""
    if not re.fullmatch(r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}", number):
        return False
    value = 0
    for digit in number[1:7]:
        value = value * 32 + _DIGITS.index(digit)
    return 98 - value * 100 % 97 == int(number[7:])


def candidates(old: Term, known: Knowledge, quad: Quad) -> Iterator[Candidate]:
    """Yield the identifiers that are certainly meant by one that does not fit."""
    found = _WRITTEN.match(old.value) if isinstance(old, NamedNode) else None
    if found is None:
        return
    number = found[1] or found[2]
    fits = orcid_fits if found[1] else ror_fits
    start = old.value[: -len(number)]
    if fits(number):
        return
    alike = number.translate(_LOOKS_LIKE)
    alike = alike.upper() if found[1] else alike.lower()
    if fits(alike):
        yield Candidate(NamedNode(start + alike), "letters stand for digits that they look like; with these it fits")
        return
    for other in sorted(_named_by(known, quad)):
        if len(other) == len(number) and fits(other) and _differ_little(number, other):
            yield Candidate(NamedNode(start + other), f"the thing names {other} elsewhere, whose check digits fit")


def _named_by(known: Knowledge, quad: Quad) -> set[str]:
    """The identifiers in what else is said of the thing, in texts and addresses."""
    others = (said.object for said in known.said_of(quad.subject) if said != quad)
    texts = [each.value for each in others if isinstance(each, Literal | NamedNode)]
    return {number for text in texts for number in _NAMED.findall(text)}


def _differ_little(one: str, other: str) -> bool:
    at = [index for index, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(at) == 1:
        return True
    digits = [(a, b) for a, b in zip(one.replace("-", ""), other.replace("-", ""), strict=True)]
    apart = [index for index, (a, b) in enumerate(digits) if a != b]
    return len(apart) == 2 and apart[1] == apart[0] + 1 and digits[apart[0]] == digits[apart[1]][::-1]
