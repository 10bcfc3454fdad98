"""The SHACL validation report as JSON-LD: the report, and the results included."""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.jsonld_context import Context
from eugraph.validate.formats.shacl_report import report_node, statements
from eugraph.validate.listing import Listing


def write(listing: Listing) -> Iterator[str]:
    """Yield the document."""
    context = Context.from_ontology(())
    document = write_jsonld(statements(listing), report_node(listing), context, listing.base_iri, moved=listing.moved)
    yield document.decode()
