"""Places in N-Triples and N-Quads: a statement a line.

Spec: N-Triples §7, <https://www.w3.org/TR/n-triples/#n-triples-grammar>; N-Quads §4, <https://www.w3.org/TR/n-quads/>.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pyoxigraph import NamedNode

from eugraph.rdf.places.spot import Spot

_LINE = re.compile(r"(?:^|\r)[ \t]*(?P<subject><[^>]*>|_:[^\s<]+)[ \t]*(?P<predicate><[^>]*>)[ \t]*", re.MULTILINE)


def line_spots(text: str) -> Iterator[Spot]:
    """Yield a spot for each statement of a text that the parser has accepted, in the parser's order."""
    for found in _LINE.finditer(text):
        yield Spot(found.start("subject"), found.start("predicate"), found.end())


def lines_on(text: str, nodes: Collection[object]) -> str:
    """Return a text with the statements on some nodes, each in its line, and few others: most lines are empty.

    Such a text is quickly parsed. All is left as it is where there may be blank nodes, whose labels depend on all that
    comes before, or line ends that are not those of most files.
    """
    if "_:" in text or "\r" in text:
        return text
    subjects = {str(node) for node in nodes if isinstance(node, NamedNode)}
    return "\n".join(
        [
            line if (iri := line[: line.find(">") + 1]) in subjects or iri[:1] != "<" or "\\" in iri else ""
            for line in text.split("\n")
        ]
    )
