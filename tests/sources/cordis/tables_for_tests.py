"""Small tables of CORDIS, in the layouts of its bulk files; everything in them is made up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import orjson

from eugraph.errors import ArchiveError
from eugraph.sources.cordis.csv_rows import read_table
from eugraph.sources.cordis.ledger import Ledger
from eugraph.sources.cordis.opening import TRUNCATED, Form, Opening
from eugraph.sources.cordis.tables import TOPICS

TOPIC_HEADER = list(TOPICS.columns)
TOPIC_ROWS = [
    ["101000001", "HORIZON-A-01", "Blood, sweat; and tears", "1"],
    ["101000002", "HORIZON-A-02", 'Called "red" and\nbroken', "2"],
    ["101000003", "HORIZON-A-03", "Thalassämie – ß", "3"],
    ["101000004", "HORIZON-A-04", "", ""],
]


def as_csv(
    rows: Iterable[Sequence[str]], *, delimiter: str = ";", quoting: int = csv.QUOTE_ALL, end: str = "\n"
) -> str:
    """Return rows as Python's own writer has them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


TOPIC_CSV = as_csv([TOPIC_HEADER, *TOPIC_ROWS])


@dataclass
class Outcome:
    """What was read: the tables, their rows, and the ledger."""

    tables: dict[str, str] = field(default_factory=dict)  # file -> name of its table
    rows: dict[str, list[tuple[int, list[str]]]] = field(default_factory=dict)  # by file
    records: dict[str, bytes] = field(default_factory=dict)  # file -> XML
    entries: list[dict[str, str | int]] = field(default_factory=list)
    errors: int = 0

    @property
    def all_rows(self) -> list[tuple[int, list[str]]]:
        return [row for rows in self.rows.values() for row in rows]

    @property
    def values(self) -> list[list[str]]:
        return [values for _, values in self.all_rows]

    @property
    def kinds(self) -> list[str]:
        return [str(entry["kind"]) for entry in self.entries]


def read_csv(data: bytes | str, file: str = "topics.csv") -> Outcome:
    """Read one table."""
    stream = io.BytesIO()
    ledger = Ledger(stream)
    outcome = Outcome()
    raw = data.encode() if isinstance(data, str) else data
    _take(outcome, io.BufferedReader(io.BytesIO(raw)), file, ledger)
    return _done(outcome, ledger, stream)


def read_paths(*paths: object, stdin: bytes = b"") -> Outcome:
    """Read all that the paths lead to."""
    stream = io.BytesIO()
    ledger = Ledger(stream)
    outcome = Outcome()
    opening = Opening([str(path) for path in paths], ledger, io.BytesIO(stdin))
    for member in opening.members():
        if member.form is Form.CSV:
            _take(outcome, member.stream, member.name, ledger)
        else:
            try:
                outcome.records[member.name] = member.stream.read()
            except ArchiveError:
                ledger.add(TRUNCATED, member.name, 1)
    assert opening.position == opening.size
    return _done(outcome, ledger, stream)


def _take(outcome: Outcome, stream: io.BufferedReader, file: str, ledger: Ledger) -> None:
    if found := read_table(stream, file, ledger):
        table, rows = found
        outcome.tables[file] = table.name
        outcome.rows[file] = []
        for line, values in rows:
            outcome.rows[file].append((line, list(values)))


def _done(outcome: Outcome, ledger: Ledger, stream: io.BytesIO) -> Outcome:
    outcome.entries = [orjson.loads(line) for line in stream.getvalue().splitlines()]
    outcome.errors = ledger.errors
    return outcome
