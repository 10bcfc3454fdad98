"""Reading a text of any format as a file of a workspace, for the tests of the formats."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import Triple

from conftest import ROOT
from eugraph.rdf.jsonld_context import Context
from eugraph.sources import Reading, read_files, read_folder

BASE = "https://w3id.org/eugraph/id/"
FORMATS = ROOT / "tests" / "sources" / "formats"


@cache
def ontology() -> Reading:
    return read_folder(ROOT / "ontology", base_iri=BASE, shown_from=ROOT, keep_blank_nodes=True)


@cache
def context() -> Context:
    return Context.from_ontology(ontology().quads)


def read_bytes(data: bytes, path: Path) -> Reading:
    """Write a file and read it."""
    path.write_bytes(data)
    return read_files([path], base_iri=BASE, graphs_from=path.parent, shown_from=path.parent, vocabulary=context())


def read_format(name: str) -> Reading:
    """The project delta in one format."""
    return read_folder(FORMATS / name, base_iri=BASE, shown_from=FORMATS, vocabulary=context())


def triples(reading: Reading) -> set[Triple]:
    return {quad.triple for quad in reading.quads}


def said(reading: Reading) -> list[str]:
    """The findings as lines: place, code, message."""
    return [f"{finding.place}: {finding.code}: {finding.message}" for finding in reading.findings]
