"""What differs between two states of a graph, for people and for stores.

- side: one of the two: sorted lines, vocabulary, findings
- statements: the statements that went and came
- surroundings: what is said of the things that these are about, before and after
- things: what changed of each thing, told with the thing that a person knows
- words: the same in words, and as JSON
- patch: the same as RDF Patch, for a store
"""

from eugraph.changes.patch import write_patch
from eugraph.changes.side import Side, release_side, side_in, side_of_quads
from eugraph.changes.statements import Difference, differing
from eugraph.changes.things import Changes, Kind, changes
from eugraph.changes.words import FORMATS, Words

__all__ = [
    "FORMATS",
    "Changes",
    "Difference",
    "Kind",
    "Side",
    "Words",
    "changes",
    "differing",
    "release_side",
    "side_in",
    "side_of_quads",
    "write_patch",
]
