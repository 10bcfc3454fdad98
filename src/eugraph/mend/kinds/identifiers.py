"""DOI, ORCID and ROR written without scheme or host, under another host, or in the wrong case; http for https.

Only what then matches the pattern of the shape is offered.

Spec: <https://www.doi.org/the-identifier/resources/handbook/2_numbering>,
<https://support.orcid.org/hc/en-us/articles/360006897674>, <https://ror.readme.io/docs/identifier>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from eugraph.mend.change import Candidate
from eugraph.mend.kinds.check_digits import orcid_fits, ror_fits
from eugraph.mend.knowledge import Knowledge
from eugraph.mend.wanted import Wanted
from eugraph.rdf.locate import Term

_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|(?:urn:)?doi:\s*|info:doi/)?(10\.[0-9]{4,9}/[^\s<>\"{}|\\^`]+)\Z",
    re.IGNORECASE,
)
_ORCID = re.compile(
    r"(?:(?:https?://)?(?:www\.)?orcid\.org/|orcid:\s*)?([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9X])/?\Z",
    re.IGNORECASE,
)
_ROR = re.compile(r"(?:(?:https?://)?(?:www\.)?ror\.org/|ror:\s*)?(0[a-z0-9]{6}[0-9]{2})/?\Z", re.IGNORECASE)
_WEB = re.compile(r"(https?)://[^\s<>\"{}|\\^`]+\Z")


def candidates(old: Term, wanted: Wanted, known: Knowledge) -> Iterator[Candidate]:
    """Yield the addresses of the identifiers that a value may be."""
    if not wanted.patterns or not wanted.is_node:
        return
    if isinstance(old, NamedNode):
        text = old.value.removeprefix(known.base_iri)  # <10.3030/1> is read as a path below the base
    elif isinstance(old, Literal):
        text = old.value.strip()
    else:
        return
    for iri, why in _identifiers(text):
        yield Candidate(NamedNode(iri), why)
    if (found := _WEB.match(text)) and not wanted.fits(NamedNode(text)):
        other = {"http": "https", "https": "http"}[found[1]]
        yield Candidate(NamedNode(f"{other}{text[found.end(1) :]}"), f"the pattern of the shape asks for {other}")


def _identifiers(text: str) -> Iterator[tuple[str, str]]:
    if found := _DOI.match(text):
        yield f"https://doi.org/{found[1]}", "a DOI is written as an address of doi.org"
    if (found := _ORCID.match(text)) and orcid_fits(number := "-".join(found.groups()).upper()):
        yield f"https://orcid.org/{number}", "an ORCID is written as an address of orcid.org, and its check digit fits"
    if (found := _ROR.match(text)) and ror_fits(number := found[1].lower()):
        yield f"https://ror.org/{number}", "a ROR identifier is written as an address of ror.org, and its digits fit"
