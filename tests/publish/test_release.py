"""A whole release of a tiny graph."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from eugraph.publish import AnsweredReport, ReleaseInput, publish
from eugraph.rdf.nquads import BaseMove
from eugraph.vocab import PREFIXES

BASE = "https://w3id.org/eugraph/id/"
HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
DATA = """
<project/a> a eug:Project ; skos:prefLabel "A <script>alert(1)</script> & \\"b\\""@en ; eug:totalCost 1.50 ;
    eug:grant <grant/a> ; eug:startDate "2017-01"^^xsd:gYearMonth .
<grant/a> a eug:Grant ; eug:funder <organisation/x> ; eug:grantNumber "1" .
<organisation/x> a eug:Organisation ; skos:prefLabel "X"@en .
"""
ONTOLOGY = """
<https://w3id.org/eugraph/ontology> a owl:Ontology .
eug:Project a owl:Class . [] a owl:AllDisjointClasses ; owl:members ( eug:Project eug:Grant ) .
"""


def triples(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


def given(text: str = DATA, moved: BaseMove | None = None) -> ReleaseInput:
    graph = NamedNode(f"{BASE}graph/projects/a")
    report = AnsweredReport(
        title="Partners <b>",
        asks="Who & with whom?",
        columns="partner",
        params={"organisation": "organisation/x"},
        query="SELECT * {}",
        csv=b"partner\r\n",
        json=b"{}",
    )
    return ReleaseInput(
        quads=[Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples(text)],
        ontology={"eugraph": triples(ONTOLOGY)},
        shapes={"project": triples("eugsh:S a sh:NodeShape ; sh:property [ sh:path eug:a ; sh:in ( 1 2 ) ] .")},
        reports={"partners": report},
        validation={"json": b'{"counts": {"warning": 2}}', "text": b"fine", "ttl": b""},
        title="Projects <of> us",
        description="All & more.",
        base_iri=BASE,
        moved=moved,
        date=dt.date(2026, 11, 23),
        version="1.0",
        publisher="Us",
        licence="https://creativecommons.org/licenses/by/4.0/",
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def made(tmp_path: Path) -> dict[str, bytes]:
    publish(given(), tmp_path / "dist")
    return snapshot(tmp_path / "dist")


def test_a_release_holds_what_it_should(made: dict[str, bytes]) -> None:
    documents = ["organisation/x", "project/a", "ontology/eugraph", "shapes/project"]
    assert sorted(made) == sorted(
        [f"{name}.{ending}" for name in documents for ending in ("ttl", "jsonld")]
        + [
            f"{name}.html"
            for name in ("organisation/x", "project/a", "index", "validation", "licence", "query/partners")
        ]
        + [f"{name}/index.html" for name in ("organisation", "project", "query", "ontology", "shapes")]
        + [f"{name}/index.{ending}" for name in ("organisation", "project") for ending in ("ttl", "jsonld")]
        + ["style.css", "frame/graph.jsonld", "frame/project.jsonld"]
        + ["dump/projects/a.nq.gz", "dump/all.nq.gz", "dump/all.ttl.gz", "dump/all.jsonld.gz", "context.jsonld"]
        + ["query/partners.csv", "query/partners.json", "query/partners.rq", "release.json"]
        + ["addresses.tsv", ".htaccess", "nginx.conf", "_headers", "_redirects"]
        + ["validation.json", "validation.ttl", "validation.txt"]
        + [
            f"{name}.{ending}"
            for name in ("catalog", "dataset/all", "dataset/ontology", "dataset/query/partners")
            for ending in ("html", "ttl", "jsonld", "schema.jsonld")
        ]
        + ["catalog.rdf", ".well-known/void", "void.ttl", "linkset.json"]
        + ["sitemap.xml", "sitemap/1.xml", "robots.txt"]
    )


def test_both_forms_of_a_document_say_the_same(made: dict[str, bytes]) -> None:
    for path in ("project/a", "organisation/x"):
        turtle = {q.triple for q in parse(made[f"{path}.ttl"], format=RdfFormat.TURTLE)}
        assert turtle == {q.triple for q in parse(made[f"{path}.jsonld"], format=RdfFormat.JSON_LD)}


def test_the_dumps_hold_the_whole_graph(made: dict[str, bytes]) -> None:
    quads = set(given().quads)
    assert set(parse(gzip.decompress(made["dump/all.nq.gz"]), format=RdfFormat.N_QUADS)) == quads
    assert set(parse(gzip.decompress(made["dump/projects/a.nq.gz"]), format=RdfFormat.N_QUADS)) == quads
    union = {quad.triple for quad in quads}
    assert {q.triple for q in parse(gzip.decompress(made["dump/all.ttl.gz"]), format=RdfFormat.TURTLE)} == union
    assert {q.triple for q in parse(gzip.decompress(made["dump/all.jsonld.gz"]), format=RdfFormat.JSON_LD)} == union


def test_the_manifest_tells_the_truth(made: dict[str, bytes]) -> None:
    manifest = json.loads(made["release.json"])
    assert manifest["counts"]["things"] == {"organisation": 1, "project": 1}
    assert manifest["counts"]["findings"] == {"warning": 2}
    assert manifest["files"] == {
        path: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for path, data in sorted(made.items())
        if path != "release.json"
    }


def test_equal_input_gives_equal_bytes(made: dict[str, bytes], tmp_path: Path) -> None:
    again = given()
    quads = [*again.quads]
    publish(replace(again, quads=[*quads[::-1], quads[0]]), tmp_path / "other")
    assert snapshot(tmp_path / "other") == made


def test_one_edit_changes_its_document_and_what_sums_up(made: dict[str, bytes], tmp_path: Path) -> None:
    publish(given(DATA.replace('"1"', '"2"')), tmp_path / "dist")
    after = snapshot(tmp_path / "dist")
    assert {path for path in after if after[path] != made[path]} == {
        *("project/a.ttl", "project/a.jsonld", "project/a.html", "release.json"),
        *("dump/projects/a.nq.gz", "dump/all.nq.gz", "dump/all.ttl.gz", "dump/all.jsonld.gz"),
        *("catalog.ttl", "catalog.jsonld", "catalog.rdf"),  # sizes and checksums of the dumps
        *(f"dataset/all.{ending}" for ending in ("ttl", "jsonld", "schema.jsonld", "html")),
    }


def test_a_release_under_another_base_is_the_same_after_putting_the_old_base_back(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    move = BaseMove(BASE, "https://data.example.net/kg/")
    publish(given(moved=move), tmp_path / "moved")

    def plain(path: str, data: bytes) -> bytes:
        data = gzip.decompress(data) if path.endswith(".gz") else data
        return data.replace(move.new.encode(), move.old.encode())

    moved = snapshot(tmp_path / "moved")
    assert moved.keys() == made.keys()
    for path in moved.keys() - {"release.json"}:
        if path.startswith(("catalog.", "dataset/")):  # sizes and checksums are those of the moved files
            continue
        assert plain(path, moved[path]) == plain(path, made[path])
    assert b"w3id.org/eugraph/id/" not in b"".join(moved[f"project/a.{ending}"] for ending in ("ttl", "jsonld"))
