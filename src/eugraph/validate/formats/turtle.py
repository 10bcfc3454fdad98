"""The SHACL validation report as Turtle, in the house layout."""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.rdf.turtle import write_turtle
from eugraph.validate.formats.shacl_report import statements
from eugraph.validate.listing import Listing
from eugraph.vocab import PREFIXES


def write(listing: Listing) -> Iterator[str]:
    """Yield the document."""
    yield write_turtle(statements(listing), PREFIXES, listing.base_iri, moved=listing.moved)
