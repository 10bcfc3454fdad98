"""A release of many documents, with all kinds of addresses that there are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from eugraph.publish import ReleaseInput, publish
from eugraph.vocab import PREFIXES
from serve.running import BASE

PROJECTS, ORGANISATIONS = 500, 600
ODD = {  # the address as it is asked for -> the IRI, both below the base
    "project/gr%C3%BCn": "project/grün",
    "project/gr%C3%BCn%20alt": "project/grün%20alt",
    "project/a%27b": "project/a'b",
    "project/UPPER": "project/UPPER",
    "project/con": "project/con",
    "project/%F0%9F%98%80": "project/\U0001f600",
    "project/" + "x" * 300: "project/" + "x" * 300,
}
_HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
_GONE = """
<project/old> dcterms:isReplacedBy <project/p0001> ; eug:withdrawn "2026-01-01"^^xsd:date .
<project/moved> dcterms:isReplacedBy <https://elsewhere.example/m> ; eug:withdrawn "2026-01-01"^^xsd:date .
<project/into> dcterms:isReplacedBy <participation/p0001/o0001> ; eug:withdrawn "2026-01-01"^^xsd:date .
<project/withdrawn> skos:prefLabel "Withdrawn"@en ; eug:note "It was never funded."@en ;
    eug:withdrawn "2026-02-03"^^xsd:date .
"""
ONTOLOGY = "<https://w3id.org/eugraph/ontology> a owl:Ontology . eug:Project a owl:Class ."
_ROLES = "<https://w3id.org/eugraph/scheme/role> a skos:ConceptScheme . role:partner a skos:Concept ."
_SHAPES = {
    "project": "eugsh:Project a sh:NodeShape ; sh:property [ sh:path eug:acronym ; sh:maxCount 1 ] .",
    "grant": "eugsh:Grant a sh:NodeShape ; sh:property [ sh:path eug:grantNumber ; sh:in ( 1 2 ) ] .",
}


def project(number: int) -> str:
    return f"project/p{number:04}"


def organisation(number: int) -> str:
    return f"organisation/o{number:04}"


def make_collections(folder: Path, *, projects: int = PROJECTS, base_iri: str = BASE) -> Path:
    """A release with 500 projects, 600 organisations and more."""
    lines = [
        f'<{project(n)}> a eug:Project ; skos:prefLabel "Project {n} \\"<b>\\""@en , "Projekt {n}"@de .'
        for n in range(projects)
    ]
    lines += [
        f'<{organisation(n)}> a eug:Organisation ; skos:prefLabel "Organisation {n}"@en .' for n in range(ORGANISATIONS)
    ]
    lines += [f'<{iri}> a eug:Project ; skos:prefLabel "Odd"@en .' for iri in ODD.values()]
    lines.append(
        f"<participation/p0001/o0001> a eug:Participation ; eug:participatesIn <{project(1)}> ; "
        f"eug:organisation <{organisation(1)}> ; eug:role role:partner ."
    )
    head = _HEAD.replace(BASE, base_iri)
    graph = NamedNode(f"{base_iri}graph/all")
    publish(
        ReleaseInput(
            quads=[
                Quad(triple.subject, triple.predicate, triple.object, graph)
                for triple in _triples("\n".join(lines) + _GONE, head)
            ],
            ontology={"eugraph": _triples(ONTOLOGY, head), "schemes/role": _triples(_ROLES, head)},
            shapes={name: _triples(text, head) for name, text in _SHAPES.items()},
            reports={},
            validation={"json": b'{"counts": {}}', "text": b"fine", "ttl": b""},
            title="Many",
            description="Many things.",
            base_iri=base_iri,
            moved=None,
            date=dt.date(2026, 1, 2),
            version="1.0",
            publisher="Us",
            licence="https://creativecommons.org/licenses/by/4.0/",
        ),
        folder,
        jobs=1,
    )
    return folder


def _triples(text: str, head: str) -> list[Triple]:
    return [quad.triple for quad in parse(head + text, format=RdfFormat.TURTLE)]
