"""Running an import in a test, and looking at what came of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from eugraph.sources.cordis.importing import import_cordis
from eugraph.vocab import shorten

BASE = "https://w3id.org/eugraph/id/"
INVENTED = Path(__file__).parent / "invented"
DAY = "2025-12-06"

Said = dict[str, set[str]]


class Imported:
    """An import: its statements, its ledger, its summary."""

    def __init__(self, paths: Sequence[Path | str], out: Path, **options: Any) -> None:
        self.summary = import_cordis(paths, out, **({"base_iri": BASE, "date": DAY} | options))
        self.out = out
        self.quads: list[Quad] = list(parse(path=str(out / "quads.nq"), format=RdfFormat.N_QUADS))
        self.ledger = [json.loads(line) for line in (out / "ledger.jsonl").read_bytes().splitlines()]
        self.lines = (out / "quads.nq").read_bytes().splitlines()

    def said(self, thing: str) -> Said:
        """What is said of a thing: short property -> short values, texts with their language or datatype."""
        found: Said = {}
        for quad in self.quads:
            if quad.subject == NamedNode(BASE + thing):
                found.setdefault(shorten(quad.predicate.value), set()).add(_short(quad.object))
        return found

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """The entries of one kind, in their order."""
        return [entry for entry in self.ledger if entry["kind"] == kind]

    def counts(self) -> Counter[str]:
        """How many entries there are of each kind, counted in the ledger itself."""
        return Counter(entry["kind"] for entry in self.ledger)

    def tally(self, table: str, column: str) -> dict[str, int]:
        """How often each value stands in a column."""
        return {
            entry.get("value", ""): int(entry["note"])
            for entry in self.entries("tally")
            if (entry["about"], entry["column"]) == (table, column)
        }


def _short(term: object) -> str:
    if isinstance(term, NamedNode):
        return term.value.removeprefix(BASE) if term.value.startswith(BASE) else shorten(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return f"{term.value}@{term.language}"
    kind = shorten(term.datatype.value)
    return term.value if kind == "xsd:string" else f"{term.value}^{kind}"
