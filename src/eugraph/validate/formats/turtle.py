"""The SHACL validation report as Turtle, in the house layout, the results in the order of files and lines."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Triple

from eugraph.rdf.turtle import write_turtle_parts
from eugraph.rdf.turtle_blanks import Grouped, grouped_part
from eugraph.validate.formats.shacl_report import about, report_node, result_nodes, results
from eugraph.validate.listing import Listing
from eugraph.vocab import PREFIXES, term

_RESULT = term("sh:result")


def write(listing: Listing) -> Iterator[str]:
    """Yield the document."""
    yield from write_turtle_parts(_parts(listing), PREFIXES, listing.base_iri, moved=listing.moved)


def _parts(listing: Listing) -> Iterator[Grouped]:
    report = report_node(listing)
    yield grouped_part([*about(listing), *(Triple(report, _RESULT, node) for node in result_nodes(listing) if node)])
    for node, triples in results(listing):
        nested = [Triple(report, _RESULT, node)] if isinstance(node, BlankNode) else []
        yield grouped_part([*nested, *triples])
