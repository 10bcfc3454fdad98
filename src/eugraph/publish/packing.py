"""A part of the dumps, packed in a folder: files of gzip that may stand one behind the other.

Everything is written subject by subject: no list of all statements is made, nor of all lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import orjson
from pyoxigraph import RdfFormat, parse

from eugraph.publish.statements import Said
from eugraph.rdf.jsonld import Nodes
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.nquads import BaseMove, packed_text, sorted_lines
from eugraph.rdf.turtle import turtle_blocks
from eugraph.rdf.turtle_blanks import Grouped, Properties, grouped_lines
from eugraph.rdf.turtle_terms import Names
from eugraph.vocab import PREFIXES

ALL, TURTLE, NODES = "all.nq.gz", "all.ttl.gz", "all.jsonld.gz"  # the last two without what stands around them
ABOUT = "about.json"  # names of the files of graphs; prefixes and terms that Turtle and JSON-LD need at their heads
_KEPT = 2000  # subjects that are kept taken apart


def pack(
    said: Said | Mapping[str, Mapping[str, str]],
    context: Context,
    base_iri: str,
    moved: BaseMove | None,
    folder: Path,
) -> None:
    """Pack statements.

    Args:
        said: the statements by subject: graph -> text. A mapping may be in any order, and have blank nodes.
        context: the JSON-LD context.
        base_iri: what things are relative to.
        moved: print things under another base.
        folder: where to, an empty one.
    """
    whole = dict(sorted(said.items())) if isinstance(said, Mapping) else None
    union = _Union(said)
    graphs: dict[str, str] = {}
    with ExitStack() as stack:
        everything = stack.enter_context(packed_text(folder / ALL))
        files = {}
        for subject, texts in whole.items() if whole is not None else said.items():
            lines: list[str] = []
            for graph, text in texts.items():
                if graph not in files:
                    graphs[graph] = f"{len(graphs)}.nq.gz"
                    files[graph] = stack.enter_context(packed_text(folder / graphs[graph]))
                found = [f"{subject} {line}{graph and ' '}{graph} .\n" for line in text.split("\n")]
                files[graph](_in_order(found, moved))
                lines += found
            everything(_in_order(lines, moved))
    names = Names(PREFIXES, base_iri, moved)
    blanks = whole is not None and any(s[0] == "_" or "_:" in text for s, ts in whole.items() for text in ts.values())
    parts = [grouped_lines({s: "\n".join(texts.values()) for s, texts in whole.items()})] if blanks and whole else None
    with packed_text(folder / TURTLE) as turtle:
        for block in turtle_blocks(parts or _parts(union), names):
            turtle([f"\n{block}"])
    nodes, number = Nodes(parts[0] if parts else Grouped(union), context, base_iri, moved=moved), 0
    with packed_text(folder / NODES) as jsonld:
        for number, node in enumerate(nodes, 1):
            jsonld([b",\n    " if number > 1 else b"", node])
    about = {
        "graphs": graphs,
        "prefixes": sorted(names.used),
        "base": names.base_used,
        "nodes": number,
        "jsonld": asdict(nodes.used()),
    }
    (folder / ABOUT).write_bytes(orjson.dumps(about))


def _in_order(lines: list[str], moved: BaseMove | None) -> Iterable[str]:
    """Return the lines of one subject in order: all lines are, as no IRI begins with another one's `<…>`."""
    if moved is None:
        return sorted(lines)
    return sorted_lines(parse("".join(lines), format=RdfFormat.N_QUADS, lenient=True), moved=moved)


class _Union(Mapping[str, Properties]):
    """The union of the graphs as the writers work on it: a subject is taken apart when it is asked for."""

    def __init__(self, said: Said | Mapping[str, Mapping[str, str]]) -> None:
        self._said, self._about = said, said.get if isinstance(said, Mapping) else said.about
        self._kept: dict[str, Properties] = {}

    def __getitem__(self, subject: str) -> Properties:
        found = self._kept.get(subject)
        if found is None:
            texts = self._about(subject)
            if not texts:
                raise KeyError(subject)
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[subject] = _apart(subject, texts)
        return found

    def items(self) -> Iterator[tuple[str, Properties]]:  # type: ignore[override]  # a view would know its length
        """Yield each subject taken apart, without keeping it."""
        return ((subject, _apart(subject, texts)) for subject, texts in self._said.items())

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return sum(1 for _ in self._said)

    def __contains__(self, subject: object) -> bool:
        return subject in self._said


def _apart(subject: str, texts: Mapping[str, str]) -> Properties:
    return dict(grouped_lines({subject: "\n".join(texts.values())}).subjects[subject])


def _parts(union: _Union) -> Iterator[Grouped]:
    """Yield the subjects one by one, in the order of their IRIs."""
    return (Grouped({subject: union[subject]}) for subject in sorted(union, key=lambda subject: subject[1:-1]))
