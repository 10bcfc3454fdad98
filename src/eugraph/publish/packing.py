"""A part of the dumps, packed in a folder: files of gzip that may stand one behind the other.

Everything is written subject by subject: no list of all statements is made, nor of all lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import orjson
from pyoxigraph import RdfFormat, parse

from eugraph.publish.statements import Said
from eugraph.publish.union import Texts, Union, by_iri, by_line, look_ahead
from eugraph.rdf.jsonld import Nodes
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.nquads import BaseMove, packed_text, sorted_lines
from eugraph.rdf.turtle import Blocks
from eugraph.rdf.turtle_blanks import Grouped, grouped_lines
from eugraph.rdf.turtle_terms import Names
from eugraph.vocab import PREFIXES

ALL, TURTLE, NODES = "all.nq.gz", "all.ttl.gz", "all.jsonld.gz"  # the last two without what stands around them
GRAPHS = "graphs.json"  # graph -> file of its statements
HEADS = "heads.json"  # prefixes and terms that Turtle and JSON-LD need at their heads


def pack_quads(said: Said | Mapping[str, Texts], moved: BaseMove | None, folder: Path) -> None:
    """Pack statements as N-Quads: of each graph, and of all.

    Args:
        said: the statements by subject. A mapping may be in any order, and have blank nodes.
        moved: print things under another base.
        folder: where to.
    """
    graphs: dict[str, str] = {}
    with ExitStack() as stack:
        everything = stack.enter_context(packed_text(folder / ALL))
        files = {}
        for subject, texts in by_line(by_iri(said)):
            lines: list[str] = []
            for graph, text in texts.items():
                if graph not in files:
                    graphs[graph] = f"{len(graphs)}.nq.gz"
                    files[graph] = stack.enter_context(packed_text(folder / graphs[graph]))
                found = [f"{subject} {line}{graph and ' '}{graph} .\n" for line in text.split("\n")]
                files[graph](_in_order(found, moved))
                lines += found
            everything(_in_order(lines, moved))
    (folder / GRAPHS).write_bytes(orjson.dumps(graphs))


def _in_order(lines: list[str], moved: BaseMove | None) -> str:
    """Return the lines of one subject in order: all lines are, as no IRI begins with another one's `<…>`."""
    if moved is not None:
        return "".join(sorted_lines(parse("".join(lines), format=RdfFormat.N_QUADS, lenient=True), moved=moved))
    return "".join(sorted(lines))


def pack_union(
    said: Said | Mapping[str, Texts], context: Context, base_iri: str, moved: BaseMove | None, folder: Path
) -> None:
    """Pack the union of the graphs as Turtle and as JSON-LD.

    Args:
        said: the statements by subject. A mapping may be in any order, and have blank nodes.
        context: the JSON-LD context.
        base_iri: what things are relative to.
        moved: print things under another base.
        folder: where to.
    """
    union = Union(said)
    graph, parts = Grouped(union), union.subjects()
    if isinstance(said, Mapping) and _has_blanks(said):  # these are written as the whole graph makes them
        graph = grouped_lines({subject: "\n".join(texts.values()) for subject, texts in by_iri(said)})
        parts = iter([graph])
    names, written = Names(PREFIXES, base_iri, moved), 0
    blocks, nodes = Blocks(names), Nodes(graph, look_ahead(said), context, base_iri, moved=moved)
    with packed_text(folder / TURTLE) as turtle, packed_text(folder / NODES) as jsonld:
        for part in parts:
            for block in blocks.of(part):
                turtle(f"\n{block}")
            for node in nodes.of(part):
                jsonld(b",\n    " + node if written else node)
                written += 1
    heads = {"prefixes": sorted(names.used), "base": names.base_used, "nodes": written, "jsonld": asdict(nodes.used())}
    (folder / HEADS).write_bytes(orjson.dumps(heads))


def _has_blanks(said: Mapping[str, Texts]) -> bool:
    return any(s[0] == "_" or "_:" in text for s, texts in said.items() for text in texts.values())
