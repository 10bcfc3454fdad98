"""The ledger of an import: nothing is dropped, mended or doubted in silence.

An entry is one JSON object on a line of `ledger.jsonl`; how many there are of each kind stands in the summary.
"""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

import orjson

from eugraph.errors import TooManyFaultsError


class Outcome(enum.StrEnum):
    """What was done about a row or a field."""

    DROPPED = "dropped"  # it is not in the graph
    MENDED = "mended"  # it is in the graph, written as it must be
    DOUBTED = "doubted"  # it is in the graph as the file has it, and looks wrong
    NOTED = "noted"  # it is in the graph as the file has it; whoever counts has to know of it


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each: its identity is quick to look up
class Kind:
    """A kind of entry. `name` is short and lasts; `reason` is a sentence for people, the same for every entry.

    `malformed` is for faults of the file itself, of which an import bears only so many.
    """

    name: str
    outcome: Outcome
    reason: str
    malformed: bool = False


@dataclass(slots=True)
class Ledger:
    """Writes entries as they come, and counts them by kind.

    Args:
        stream: open for writing.
        max_malformed: how many entries of malformed rows and files are borne; any number where it is None.
    """

    stream: BinaryIO
    max_malformed: int | None = None
    counts: Counter[Kind] = field(default_factory=Counter)

    def add(
        self,
        kind: Kind,
        file: str,
        line: int,
        *,
        about: str = "",
        column: str = "",
        value: str = "",
        became: str = "",
        note: str = "",
    ) -> None:
        """Enter one row or field.

        Args:
            kind: what was done, and why.
            file: the file as named to the user; of an archive's member `archive.zip!member.csv`.
            line: where the row begins in it, from 1; 0 is the file as a whole.
            about: what it is about: a grant number, a PIC, the id of a result.
            column: the column, where it is about one field.
            value: what the file has.
            became: what the graph has in its place.
            note: what only this entry has to say.

        Raises:
            TooManyFaultsError: more is malformed than is borne.
        """
        self.counts[kind] += 1
        entry: dict[str, str | int] = {"kind": kind.name, "outcome": kind.outcome, "file": file, "line": line}
        if about:
            entry["about"] = about
        if column:
            entry["column"] = column
        if value:
            entry["value"] = value
        if became:
            entry["became"] = became
        if note:
            entry["note"] = note
        self.stream.write(orjson.dumps(entry) + b"\n")
        if kind.malformed and self.max_malformed is not None and self.errors > self.max_malformed:
            raise TooManyFaultsError(PurePath(file), line, kind.reason, self.max_malformed)

    @property
    def errors(self) -> int:
        """How many entries are of malformed rows and files."""
        return sum(count for kind, count in self.counts.items() if kind.malformed)
