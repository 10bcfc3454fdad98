"""Where things stand in the files of CORDIS: looked up for those that something is to be said of, and not kept.

The files are mapped once more, and what is written while a row is read belongs to that row. So no address is made in a
second way.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from eugraph.sources.cordis.importing import tables_of
from eugraph.sources.cordis.ledger import Ledger
from eugraph.sources.cordis.mapping import Mapping as CordisMapping
from eugraph.sources.cordis.mapping.context import Context, Rows
from eugraph.sources.cordis.opening import Opening


def locate(
    paths: Sequence[str | Path], things: Collection[str], *, base_iri: str, name: str, shown_from: Path
) -> Mapping[str, tuple[str, int]]:
    """Return file and line of the row that describes a thing, else of the first that speaks of it.

    Args:
        paths: what was imported.
        things: the addresses of the things; what no row speaks of is not in the answer.
        base_iri: what the addresses of things begin with.
        name: name of the source.
        shown_from: the folder from which files are named.

    Raises:
        InputError: a file cannot be read.
    """
    wanted = frozenset(things)
    described: dict[str, tuple[str, int]] = {}
    spoken_of: dict[str, tuple[str, int]] = {}
    here = ("", 0)
    address = re.compile(f"(^|)<({re.escape(base_iri)}[^>]*)>", re.MULTILINE)

    def note(text: str) -> None:
        if not here[1]:
            return
        for starts, iri in address.findall(text):
            if iri in wanted:
                (described if starts else spoken_of).setdefault(iri, here)

    def following(file: str, rows: Rows) -> Iterator[tuple[int, Sequence[str]]]:
        nonlocal here
        for line, values in rows:
            here = (file, line)
            yield line, values
        here = ("", 0)

    with Path(os.devnull).open("wb") as nowhere:
        ledger = Ledger(nowhere)
        mapping = CordisMapping(Context(base_iri, name, ledger, note))
        for member in Opening(paths, ledger, shown_from=shown_from).members():
            for table, rows in tables_of(member, ledger):
                mapping.read(table, member.name, following(member.name, rows))
    return spoken_of | described
