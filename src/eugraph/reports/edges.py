"""Rows as the edges of a graph, and such a graph in GraphML, for Gephi, networkx, yEd and their kind.

Spec: GraphML Primer, <http://graphml.graphdrawing.org/primer/graphml-primer.html>; its schema,
<http://graphml.graphdrawing.org/specification/xsd.html>.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.errors import QueryError
from eugraph.store import Solutions
from eugraph.vocab import PREFIXES
from eugraph.xml_text import escaped, quoted

_Cell = NamedNode | BlankNode | Literal | Triple | None

_NEEDED = ("source", "target")
_KNOWN = (*_NEEDED, "weight", "sourceName", "targetName")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TYPES = {
    **dict.fromkeys(("integer", "nonNegativeInteger", "positiveInteger", "int", "long"), "long"),
    **dict.fromkeys(("decimal", "double", "float"), "double"),
    "boolean": "boolean",
}  # of XML Schema, as GraphML calls them; all else is a string
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


@dataclass(frozen=True, slots=True)
class Edges:
    """Which columns of rows make edges. An edge has no direction; the other columns are facts about it."""

    source: str
    target: str
    weight: str = ""
    source_name: str = ""
    target_name: str = ""

    @classmethod
    def read(cls, line: str) -> Edges:
        """Read `source=… target=… weight=… sourceName=… targetName=…`, each a column; the last three may miss.

        Raises:
            ValueError: it is not of that form.
        """
        given: dict[str, str] = {}
        for word in line.split():
            key, equals, column = word.partition("=")
            if not equals or not column or key not in _KNOWN or key in given:
                raise ValueError(f"{word!r} is none of {', '.join(f'{key}=…' for key in _KNOWN)}, each once")
            given[key] = column
        if missing := [key for key in _NEEDED if key not in given]:
            raise ValueError(f"it lacks {missing[0]}=…")
        return cls(*(given.get(key, "") for key in _KNOWN))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are named."""
        return tuple(filter(None, (self.source, self.target, self.weight, self.source_name, self.target_name)))


def write_graphml(solutions: Solutions, edges: Edges) -> str:
    """Return rows as an undirected graph: a node for each thing at an end, a named one where rows name it.

    Nodes are sorted by their address, edges stand in the order of the rows. Equal rows give equal text.

    Raises:
        QueryError: a column is missing, a row has no end, or a text holds a character that XML cannot hold.
    """
    for column in edges.columns:
        if column not in solutions.columns:
            raise QueryError(f"the rows have no column {column}, which the header of the report names as its graph.")
    rows = [dict(zip(solutions.columns, row, strict=True)) for row in solutions.rows]
    nodes: dict[str, str] = {}
    for row in rows:
        for end, name in ((edges.source, edges.source_name), (edges.target, edges.target_name)):
            if row[end] is None:
                raise QueryError(f"a row has no ?{end}, so there is an edge without an end. Leave such rows out.")
            nodes[_text(row[end])] = _text(row.get(name)) if name else ""
    ends = {edges.source, edges.target, edges.source_name, edges.target_name}
    facts = [column for column in solutions.columns if column not in ends]
    named = {column: "weight" if column == edges.weight else column for column in facts}
    types = {column: _type([row[column] for row in rows]) for column in facts}
    out = [_HEAD, '  <key id="label" for="node" attr.name="label" attr.type="string"/>\n']
    out += (
        f'  <key id={quoted(column)} for="edge" attr.name={quoted(named[column])} attr.type="{types[column]}"/>\n'
        for column in facts
    )
    out.append('  <graph id="rows" edgedefault="undirected">\n')
    for node, name in sorted(nodes.items()):
        label = f'<data key="label">{_escaped(name)}</data>' if name else ""
        out.append(f"    <node id={_quoted(node)}>{label}</node>\n")
    for number, row in enumerate(rows):
        ends_of = f"source={_quoted(_text(row[edges.source]))} target={_quoted(_text(row[edges.target]))}"
        data = "".join(_data(column, row) for column in facts)
        out.append(f'    <edge id="e{number}" {ends_of}>{data}</edge>\n')
    return "".join([*out, "  </graph>\n", "</graphml>\n"])


def _data(column: str, row: Mapping[str, _Cell]) -> str:
    cell = row[column]
    return "" if cell is None else f"<data key={quoted(column)}>{_escaped(_text(cell))}</data>"


def _type(cells: Sequence[_Cell]) -> str:
    """The type of GraphML that holds all cells of a column."""
    found = {_type_of(cell) for cell in cells if cell is not None}
    if found == {"long", "double"}:
        return "double"
    return found.pop() if len(found) == 1 else "string"


def _type_of(cell: _Cell) -> str:
    if not isinstance(cell, Literal):
        return "string"
    return _TYPES.get(cell.datatype.value.removeprefix(PREFIXES["xsd"]), "string")


def _text(cell: _Cell) -> str:
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, Triple | BlankNode) else cell.value


def _escaped(text: str) -> str:
    return escaped(_held(text))


def _quoted(text: str) -> str:
    return quoted(_held(text))


def _held(text: str) -> str:
    if bad := _NO_XML.search(text):
        raise QueryError(f"a text holds the character U+{ord(bad[0]):04X}, which XML cannot hold. Use csv.")
    return text
