"""Places in N-Triples and N-Quads: a statement a line.

Spec: N-Triples §7, <https://www.w3.org/TR/n-triples/#n-triples-grammar>; N-Quads §4, <https://www.w3.org/TR/n-quads/>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from eugraph.rdf.places.spot import Spot

_LINE = re.compile(r"(?:^|\r)[ \t]*(?P<subject><[^>]*>|_:[^\s<]+)[ \t]*(?P<predicate><[^>]*>)[ \t]*", re.MULTILINE)


def line_spots(text: str) -> Iterator[Spot]:
    """Yield a spot for each statement of a text that the parser has accepted, in the parser's order."""
    for found in _LINE.finditer(text):
        yield Spot(found.start("subject"), found.start("predicate"), found.end())
