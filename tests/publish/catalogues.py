"""Catalogues for tests: a small release whose settings say everything, and checks of any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from conftest import copy_tiny
from eugraph.config import open_workspace
from eugraph.pipeline import build

FORMATS = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "rdf": RdfFormat.RDF_XML}
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


def tiny_release(folder: Path, settings: str = EVERYTHING, **options: str) -> Path:
    """Build the tiny workspace with more settings, and return the folder of the release."""
    workspace = copy_tiny(folder / "tiny")
    path = workspace.root / "eugraph.toml"
    path.write_text(path.read_text(encoding="utf-8") + settings, encoding="utf-8")
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
