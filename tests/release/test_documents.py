"""Every document of the reference release: its two forms agree, it has no blank node, and everything is in the dump."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox
import pytest
import rdflib
from pyld import jsonld
from rdflib.compare import isomorphic

ENTRIES_OF_NO_THING = ("ontology/", "shapes/", "dump/", "query/", "feed/", "frame/")


@pytest.fixture(scope="session")
def documents(release: Path) -> list[Path]:
    names = sorted(
        path
        for path in release.rglob("*.jsonld")
        if not path.name.endswith(".schema.jsonld") and path.name.partition(".")[0] != "index"
    )
    found = [
        p
        for p in names
        if not p.relative_to(release).as_posix().startswith(ENTRIES_OF_NO_THING) and p.parent != release
    ]
    assert len(found) > 600
    return found


def by_oxigraph(data: bytes, rdf_format: ox.RdfFormat) -> set[ox.Triple]:
    quads = list(ox.parse(data, format=rdf_format))
    assert all(isinstance(quad.graph_name, ox.DefaultGraph) for quad in quads)
    return {quad.triple for quad in quads}


def refuse(url: str, options: object) -> NoReturn:
    raise AssertionError(f"the document asks for {url}")


def by_pyld(data: bytes) -> set[ox.Triple]:
    lines = jsonld.to_rdf(json.loads(data), {"format": "application/n-quads", "documentLoader": refuse})
    return by_oxigraph(lines.encode(), ox.RdfFormat.N_QUADS)


def by_rdflib(data: bytes, form: str) -> set[ox.Triple]:
    graph = rdflib.Graph()
    normalise, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False  # "1.50" is to stay "1.50"
    try:
        graph.parse(data=data, format=form)
    finally:
        rdflib.NORMALIZE_LITERALS = normalise
    return by_oxigraph(graph.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES)


def test_each_document_is_the_same_graph_in_both_forms_for_three_parsers(documents: list[Path]) -> None:
    faults = []
    for path in documents:
        expected = by_oxigraph(path.with_suffix(".ttl").read_bytes(), ox.RdfFormat.TURTLE)
        data = path.read_bytes()
        readings = {
            "pyoxigraph": by_oxigraph(data, ox.RdfFormat.JSON_LD),
            "PyLD": by_pyld(data),
            "rdflib": by_rdflib(data, "json-ld"),
            "rdflib, Turtle": by_rdflib(path.with_suffix(".ttl").read_bytes(), "turtle"),
        }
        faults += [f"{path.name}: {parser}" for parser, graph in readings.items() if graph != expected]
    assert not faults


def test_ontology_and_shapes_are_the_same_graph_in_both_forms(release: Path) -> None:
    paths = [*sorted((release / "ontology").rglob("*.jsonld")), *sorted((release / "shapes").rglob("*.jsonld"))]
    assert len(paths) > 20
    for path in paths:
        one, other = rdflib.Graph(), rdflib.Graph()
        one.parse(path.with_suffix(".ttl"))
        other.parse(path, format="json-ld")
        assert isomorphic(one, other), path.name


def test_no_document_has_a_blank_node(documents: list[Path]) -> None:
    for path in documents:
        for triple in by_oxigraph(path.with_suffix(".ttl").read_bytes(), ox.RdfFormat.TURTLE):
            assert not isinstance(triple.subject, ox.BlankNode)
            assert not isinstance(triple.object, ox.BlankNode)


def quads_of(path: Path) -> Iterator[ox.Quad]:
    yield from ox.parse(gzip.decompress(path.read_bytes()), format=ox.RdfFormat.N_QUADS)


def test_the_dump_holds_what_the_documents_hold_and_has_no_blank_node(release: Path, documents: list[Path]) -> None:
    dump = gzip.decompress((release / "dump" / "all.nq.gz").read_bytes())
    assert b"_:" not in b" ".join(part for line in dump.splitlines() for part in line.split(b" ")[:1])
    whole = {quad.triple for quad in quads_of(release / "dump" / "all.nq.gz")}
    written = {t for p in documents for t in by_oxigraph(p.with_suffix(".ttl").read_bytes(), ox.RdfFormat.TURTLE)}
    assert whole <= written  # and the names of concepts besides


def test_the_shards_of_the_dump_are_the_dump(release: Path) -> None:
    everything = set(quads_of(release / "dump" / "all.nq.gz"))
    shards = [p for p in (release / "dump").rglob("*.nq.gz") if p.name != "all.nq.gz"]
    assert len(shards) > 20
    assert {quad for path in shards for quad in quads_of(path)} == everything


def test_the_dump_is_sorted(release: Path) -> None:
    lines = gzip.decompress((release / "dump" / "all.nq.gz").read_bytes()).splitlines()
    assert lines == sorted(set(lines))


def test_release_json_names_every_file_with_its_digest(release: Path) -> None:
    import hashlib

    listed = json.loads((release / "release.json").read_bytes())["files"]
    found = {
        path.relative_to(release).as_posix(): {
            "size": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in release.rglob("*")
        if path.is_file() and path.name != "release.json"
    }
    assert listed == found


def test_every_report_is_answered(release: Path, repository: Path) -> None:
    names = {path.stem for path in (repository / "queries").glob("*.rq")}
    assert len(names) >= 14
    for name in names:
        rows = (release / "query" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        bindings = json.loads((release / "query" / f"{name}.json").read_bytes())["results"]["bindings"]
        assert len(rows) >= 2, f"{name} has no rows"
        assert bindings
