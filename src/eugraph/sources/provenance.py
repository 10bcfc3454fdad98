"""Where each named graph came from, when, and under which licence.

Spec: PROV-O, <https://www.w3.org/TR/prov-o/>.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Quad, Triple

from eugraph.sources.reading import Reading
from eugraph.vocab import PREF_LABEL, RDF_TYPE, term


def provenance(reading: Reading, derived: NamedNode, *, date: dt.date, licence: str) -> list[Quad]:
    """Return what is to be said of the graphs of `reading` and of the graph of derived statements.

    Args:
        reading: the curated files, each a graph.
        derived: the graph that was derived from them.
        date: the day of the release.
        licence: IRI of the licence that the workspace's data has.
    """
    home = NamedNode(derived.value.rpartition("/")[0] + "/provenance")
    cited: dict[object, set[NamedNode]] = {}
    for quad in reading.quads:
        if quad.predicate == term("dcterms:source") and isinstance(quad.object, NamedNode):
            cited.setdefault(quad.graph_name, set()).add(quad.object)
    triples: list[Triple] = []
    for file in reading.files:
        triples += _entity(file.graph, file.name.as_posix(), date, licence)
        triples += (Triple(file.graph, term("prov:hadPrimarySource"), source) for source in cited.get(file.graph, ()))
    triples += _entity(derived, "statements that eugraph derived", date, licence)
    triples += (Triple(derived, term("prov:wasDerivedFrom"), file.graph) for file in reading.files)
    return [Quad(t.subject, t.predicate, t.object, home) for t in sorted(triples, key=str)]


def provenance_of_import(graph: NamedNode, source: NamedNode, *, date: dt.date, licence: str) -> list[Quad]:
    """Return what is to be said of the graph of an imported source.

    Args:
        graph: the graph.
        source: what it was imported from, an eug:Source.
        date: the day of the release.
        licence: IRI of the source's licence.
    """
    home = NamedNode(graph.value.rpartition("/")[0] + "/provenance")
    name = f"statements imported from {graph.value.rpartition('/')[2]}"
    triples = [*_entity(graph, name, date, licence), Triple(graph, term("prov:hadPrimarySource"), source)]
    return [Quad(t.subject, t.predicate, t.object, home) for t in sorted(triples, key=str)]


def _entity(graph: NamedNode, name: str, date: dt.date, licence: str) -> Sequence[Triple]:
    moment = Literal(f"{date.isoformat()}T00:00:00Z", datatype=term("xsd:dateTime"))
    return (
        Triple(graph, RDF_TYPE, term("prov:Entity")),
        Triple(graph, PREF_LABEL, Literal(name, language="en")),
        Triple(graph, term("prov:generatedAtTime"), moment),
        Triple(graph, term("dcterms:license"), NamedNode(licence)),
    )
