"""RDF Patch: what is to be deleted from a store, and added to it, so that it holds the new state.

Spec: RDF Patch, <https://afs.github.io/rdf-delta/rdf-patch.html>.
"""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.changes.statements import Difference
from eugraph.errors import FormatLimitError
from eugraph.rdf.hashing import hash_of_lines


def write_patch(difference: Difference) -> Iterator[str]:
    """Yield the lines of a patch, one transaction; its id is made of its content.

    Raises:
        FormatLimitError: a statement with a blank node differs. A patch would name it by a label that stores lose.
    """
    lines = [*(f"D {line}" for line in difference.gone), *(f"A {line}" for line in difference.come)]
    if blank := next((line for line in lines if " _:" in line), None):
        raise FormatLimitError(
            f"{blank[2:].strip()[:200]}: a patch cannot speak of a blank node. Give it an IRI, or use another format."
        )
    yield f"H id <urn:sha256:{hash_of_lines(lines)}> .\n"
    yield "TX .\n"
    yield from lines
    yield "TC .\n"
