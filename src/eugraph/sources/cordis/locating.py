"""Where things stand in the files of CORDIS: looked up in an import for those that something is to be said of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from eugraph.sources.cordis.row_places import Row, parts_by_row
from eugraph.vocab import RDF_TYPE

_CLASS = str(RDF_TYPE).encode()


def locate(folder: Path, things: Collection[str]) -> Mapping[str, Row]:
    """Return file and line of the row that says what a thing is, else of the first that speaks of it.

    Args:
        folder: of the import.
        things: the addresses of the things; what no row speaks of is not in the answer.

    Raises:
        OSError: the folder cannot be read.
    """
    wanted = {f"<{iri}>".encode(): iri for iri in things}
    described: dict[str, Row] = {}
    spoken_of: dict[str, Row] = {}
    for row, part in parts_by_row(folder):
        for statement in part.splitlines():
            subject, predicate, rest = statement.split(b" ", 2)
            if (iri := wanted.get(subject)) is not None:
                (described if predicate == _CLASS else spoken_of).setdefault(iri, row)
            if rest.startswith(b"<") and (iri := wanted.get(rest[: rest.index(b"> ") + 1])) is not None:
                spoken_of.setdefault(iri, row)
    return spoken_of | described
