"""Decisions on proposed matches as statements.

Each decision becomes a claim on `owl:sameAs` or `owl:differentFrom`; its source is who decided, its date is when. A row
without a decision states nothing. Docs: docs/match.md.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePath

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.errors import InputError
from eugraph.findings import Finding, unreadable
from eugraph.sources.cordis.nquads_text import one_line, slug
from eugraph.sources.csv_cells import Cell
from eugraph.sources.decisions import (
    BY,
    DECISION,
    DIFFERENT,
    IMPORTED,
    NOTE,
    ON,
    SAME,
    THING,
    Decisions,
    Row,
    read_decisions,
)
from eugraph.sources.folders import content, shown
from eugraph.sources.graphs import graph_of, refused_name
from eugraph.sources.places import PlaceIndex
from eugraph.sources.reading import Reading, SourceFile, line_of
from eugraph.sources.records import Spot
from eugraph.vocab import PREF_LABEL, RDF_TYPE, term

_ORCID = re.compile(r"https://orcid\.org/[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]\Z")
_PROPERTIES = {SAME: term("owl:sameAs"), DIFFERENT: term("owl:differentFrom")}


def read_matches(
    path: Path,
    *,
    base_iri: str,
    shown_from: Path,
    taken: Mapping[NamedNode, PurePath],
    instead: Mapping[Path, bytes] | None = None,
) -> Reading:
    """Read the table as a curated file that is a graph of its own. One with faults states nothing.

    Args:
        path: the table.
        base_iri: what addresses begin with.
        shown_from: the folder from which messages show names.
        taken: the graphs of other files.
        instead: bytes to read in place of those of some files.
    """
    reading, name = Reading(base_iri=base_iri), shown(path, shown_from)
    file = SourceFile(path, name, graph_of(PurePath(path.name), base_iri))
    try:
        data = instead[path] if instead and path in instead else content(path, name)
    except InputError as error:
        reading.findings.append(unreadable(error))
        return reading
    decisions = read_decisions(data, name)
    reading.findings += (_unreadable(fault, data) for fault in decisions.faults)
    if clash := refused_name(file.graph, name, taken, base_iri):
        reading.findings.append(clash)
    said = _Said(file, base_iri)
    said.all(decisions)
    reading.keep_places(file, said.places)
    reading.take(file, data, said.quads, ())
    return reading


def _unreadable(fault: InputError, data: bytes) -> Finding:
    return unreadable(fault, line_of(data, fault.line, fault.column))


class _Said:
    """Collects the statements of a table."""

    def __init__(self, file: SourceFile, base_iri: str) -> None:
        self._base, self._graph = base_iri, file.graph
        self.quads: list[Quad] = []
        self.places = PlaceIndex(file.name)
        self._deciders: dict[NamedNode, tuple[str, str, Spot]] = {}  # source -> name, last day, where it stands

    def all(self, decisions: Decisions) -> None:
        """Say all decisions, and who has made them."""
        for row in () if decisions.faults else decisions.rows:
            if row.is_decided:
                self._claim(row)
        self._sources()

    def _claim(self, row: Row) -> None:
        property_, by = _PROPERTIES[row[DECISION]], one_line(row[BY])
        name = property_.value.rpartition("#")[2]
        claim = self._node(f"claim/{row[THING]}/{name}/{row[IMPORTED].partition('/')[2]}")
        source = self._node(f"source/decided-by-{slug(by) or hashlib.sha256(by.encode()).hexdigest()[:12]}")
        known, last, spot = self._deciders.get(source, (by, row[ON], row.cells[BY].spot))
        self._deciders[source] = min(known, by), max(last, row[ON]), spot
        cells = row.cells
        self._say(claim, RDF_TYPE, term("eug:Claim"), cells[DECISION])
        self._say(claim, term("eug:subject"), self._node(row[THING]), cells[THING])
        self._say(claim, term("eug:property"), property_, cells[DECISION])
        self._say(claim, term("eug:value"), self._node(row[IMPORTED]), cells[IMPORTED])
        self._say(claim, term("eug:confidence"), term("confidence:stated"), cells[DECISION])
        self._say(claim, term("eug:date"), Literal(row[ON], datatype=term("xsd:date")), cells[ON])
        self._say(claim, term("dcterms:source"), source, cells[BY])
        if row[NOTE]:
            self._say(claim, term("eug:note"), Literal(row[NOTE], language="en"), cells[NOTE])

    def _sources(self) -> None:
        for source, (by, last, spot) in sorted(self._deciders.items(), key=lambda item: item[0].value):
            cell = Cell(by, spot, by)
            self._say(source, RDF_TYPE, term("eug:Source"), cell)
            self._say(source, PREF_LABEL, Literal(f"Decided by {by}", language="en"), cell)
            self._say(source, term("eug:sourceKind"), term("srckind:curator"), cell)
            self._say(source, term("eug:retrieved"), Literal(last, datatype=term("xsd:date")), cell)
            if _ORCID.match(by):
                self._say(source, term("foaf:page"), NamedNode(by), cell)

    def _node(self, path: str) -> NamedNode:
        return NamedNode(f"{self._base}{path}")

    def _say(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal, cell: Cell) -> None:
        self.quads.append(Quad(subject, predicate, value, self._graph))
        self.places.note_subject(subject, cell.spot)
        self.places.note(subject, predicate, value, cell.spot)
