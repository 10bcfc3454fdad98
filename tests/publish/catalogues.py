"""Catalogues for tests: a small release whose settings say everything, and checks of any."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from conftest import copy_tiny
from eugraph.config import open_workspace
from eugraph.pipeline import build
from eugraph.shacl import compile_shapes

FORMATS = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "rdf": RdfFormat.RDF_XML}
SHAPES = ("shapes", "range", "mdr-vocabularies.shape", "deprecateduris", "shapes_recommended")  # of DCAT-AP
UNMET = {"bbox", "centroid"}  # what those recommend and nobody can meet who has no coordinates
ADDRESS = "https://data.example.org/tiny/"
DATE = dt.date(2026, 11, 23)
EVERYTHING = """
address = "https://data.example.org/tiny/"

[catalogue]
themes = ["HEAL"]
keywords = ["blood", "EU projects"]
languages = ["ENG"]
spatial = ["EUROPE", "NLD"]
frequency = "MONTHLY"
availability = "STABLE"
access_rights = "PUBLIC"
publisher_type = "NonProfitOrganisation"
publisher_page = "https://example.org/"
contact_name = "Data desk"
contact_email = "data@example.org"
issued = 2025-01-31
previous_version = "https://data.example.org/tiny/0.0.9/"

[catalogue.services.sparql]
kind = "sparql"
endpoint = "https://data.example.org/sparql"
title = "SPARQL endpoint"
description = "https://data.example.org/sparql"

[catalogue.services.answers]
kind = "api"
endpoint = "https://data.example.org/api/"
title = "Answers"
"""


_FUNDED = """
<programme/p{n}>
    a eug:FundingProgramme ;
    skos:prefLabel "Programme {n}"@en ;
    dcterms:description "A made-up programme."@en ;
    dcterms:source <source/record> .

<project/of-p{n}>
    a eug:Project ;
    skos:prefLabel "Project of programme {n}"@en ;
    dcterms:description "A made-up project."@en ;
    dcterms:source <source/record> ;
    eug:endDate "2023-06"^^xsd:gYearMonth ;
    eug:grant <grant/of-p{n}> ;
    eug:startDate "2021"^^xsd:gYear .

<grant/of-p{n}>
    a eug:Grant ;
    skos:prefLabel "Grant of the project of programme {n}"@en ;
    dcterms:source <source/record> ;
    eug:programme <programme/p{n}> .
"""


def tiny_release(folder: Path, settings: str = EVERYTHING, *, programmes: Iterable[int] = (), **options: str) -> Path:
    """Build the tiny workspace with more settings, and return the folder of the release.

    Each programme more is one dataset more.
    """
    workspace = copy_tiny(folder / "tiny")
    path = workspace.root / "eugraph.toml"
    path.write_text(path.read_text(encoding="utf-8") + settings, encoding="utf-8")
    with (workspace.data / "others.ttl").open("a", encoding="utf-8") as file:
        file.writelines(_FUNDED.format(n=number) for number in programmes)
    report, made = build(open_workspace(workspace.root), folder / "dist", date=DATE.isoformat(), **options)  # type: ignore[arg-type]  # base_iri only
    assert made is not None, report.write("text", "")
    return folder / "dist"


def read(path: Path) -> set[Triple]:
    """The statements of a file."""
    form = FORMATS[path.suffix.removeprefix(".")]
    return {quad.triple for quad in parse(path.read_bytes(), format=form)}


def values(triples: set[Triple], subject: str, predicate: str) -> list[str]:
    """The values of a property, sorted."""
    return sorted(
        str(getattr(t.object, "value", ""))
        for t in triples
        if getattr(t.subject, "value", "") == subject and t.predicate.value == predicate
    )


def kinds(triples: set[Triple]) -> Mapping[str, set[str]]:
    """Class -> what is of it."""
    found: dict[str, set[str]] = {}
    for triple in triples:
        if triple.predicate.value.endswith("#type"):
            found.setdefault(str(getattr(triple.object, "value", "")), set()).add(getattr(triple.subject, "value", ""))
    return found


def official_shapes(shared: Path) -> dict[str, list[Triple]]:
    """The shapes of DCAT-AP, by the name of their file."""
    folder = shared / "vocab/dcat-ap-3.0.1"
    return {name: [quad.triple for quad in parse(path=folder / f"{name}.ttl")] for name in SHAPES}


def faults(data: set[Triple], shapes: list[Triple]) -> Counter[tuple[str, str]]:
    """How often each (severity, property) is found."""
    plan = compile_shapes(shapes)
    return Counter(
        (r.severity.value.rpartition("#")[2], str(r.path).strip("<>").replace("#", "/").rpartition("/")[2])
        for r in plan.run(plan.graph(data))
    )
