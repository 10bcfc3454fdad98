"""The formats of answers: the name that each goes by, and its media type. The first of a kind is the default.

Spec: SPARQL 1.1 Protocol §2.1.5, <https://www.w3.org/TR/sparql11-protocol/#query-bindings-http-examples>.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Kind = Literal["rows", "boolean", "graph"]

ROWS: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8; header=present",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
BOOLEAN: Mapping[str, str] = {name: ROWS[name] for name in ("json", "xml")}
GRAPH: Mapping[str, str] = {
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
KINDS: Mapping[Kind, Mapping[str, str]] = {"rows": ROWS, "boolean": BOOLEAN, "graph": GRAPH}
