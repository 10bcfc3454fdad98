"""A text where an IRI is wanted, and the text is one: written in full, or the path of a thing that is described."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from eugraph.mend.change import Candidate
from eugraph.mend.knowledge import Knowledge
from eugraph.mend.wanted import Wanted
from eugraph.rdf.locate import Term

_ABSOLUTE = re.compile(
    r"(?:https?://[^\s<>\"{}|\\^`\x00-\x20/]+[^\s<>\"{}|\\^`\x00-\x20]*|urn:[^\s<>\"{}|\\^`\x00-\x20]+)\Z"
)


def candidates(old: Term, wanted: Wanted, known: Knowledge) -> Iterator[Candidate]:
    """Yield the IRI that a literal holds as its text."""
    if not isinstance(old, Literal) or not wanted.is_node:
        return
    text = old.value.strip().removeprefix("<").removesuffix(">")
    if _ABSOLUTE.match(text):
        yield Candidate(NamedNode(text), "the text is a whole address, and an address is wanted")
    elif re.fullmatch(r"[a-z]+/[a-z0-9/-]+", text) and known.is_described(thing := NamedNode(known.base_iri + text)):
        yield Candidate(thing, "the text is the path of a thing that is described, and an address is wanted")
