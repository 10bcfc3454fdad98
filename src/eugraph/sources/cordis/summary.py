"""What came of an import, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from eugraph.sources.cordis.ledger import Kind, Outcome
from eugraph.sources.cordis.values import euros

_THINGS = {
    "project": "projects",
    "grant": "grants",
    "participation": "participations",
    "organisation": "organisations",
    "result": "results",
    "call": "calls and topics",
    "programme": "programmes and parts of them",
    "field": "fields of science",
}
_MONEY = {
    "project.ecMaxContribution": "EU contribution of the grants",
    "project.totalCost": "total cost of the grants, where stated",
    "organization.ecContribution": "EU contribution of the participants",
    "organization.netEcContribution": "net EU contribution of the participants",
    "organization.totalCost": "cost of the participants, where stated",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The counts of an import.

    `things` are how many of each kind were described, `money` what columns add up to, in cents, `rows` how many rows
    each file gave of each table, `ledger` how many entries there are of each kind.
    """

    name: str
    date: str
    statements: int
    things: Mapping[str, int]
    money: Mapping[str, int]
    rows: Mapping[tuple[str, str], int]
    ledger: Mapping[Kind, int]

    @property
    def malformed(self) -> int:
        """How many rows and files were malformed."""
        return sum(count for kind, count in self.ledger.items() if kind.malformed)

    def as_json(self) -> bytes:
        """Return the summary as it is written into the folder of an import; amounts are texts, in EUR."""
        tables: dict[str, int] = Counter()
        for (_, table), count in self.rows.items():
            tables[table] += count
        said = {
            "name": self.name,
            "date": self.date,
            "statements": self.statements,
            "things": self.things,
            "money": {column: euros(cents) for column, cents in self.money.items()},
            "rows": tables,
            "files": len({file for file, _ in self.rows}),
            "ledger": {
                kind.name: {"outcome": kind.outcome.value, "count": count} for kind, count in self.ledger.items()
            },
        }
        return orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)

    def as_text(self) -> str:
        """Return the summary in words, for a terminal."""
        files = len({file for file, _ in self.rows})
        rows = sum(self.rows.values())
        lines = [f"{_counted(rows, 'row')} of {_counted(files, 'file')} became {self.statements:,} statements"]
        lines += [f"  {self.things[thing]:>11,}  {words}" for thing, words in _THINGS.items() if self.things.get(thing)]
        if any(self.money.values()):
            lines.append("money, in EUR")
            lines += [
                f"  {_grouped(self.money[column]):>20}  {words}"
                for column, words in _MONEY.items()
                if column in self.money
            ]
        for outcome in Outcome:
            entries = {kind: count for kind, count in self.ledger.items() if kind.outcome is outcome}
            if not entries:
                continue
            lines.append(f"{outcome.value}: {_counted(sum(entries.values()), 'entry', 'entries')} in the ledger")
            lines += [
                f"  {count:>7,}  {kind.name:<22} {kind.reason}"
                for kind, count in sorted(entries.items(), key=lambda entry: (-entry[1], entry[0].name))
            ]
        return "\n".join(lines)


def _grouped(cents: int) -> str:
    whole, _, decimals = euros(cents).partition(".")
    return f"{int(whole):,}.{decimals}"


def _counted(number: int, word: str, plural: str = "") -> str:
    return f"{number:,} {word if number == 1 else plural or f'{word}s'}"
