"""The validation of a graph at an endpoint: the shapes alone, as what else is checked looks at files."""

from __future__ import annotations

from eugraph.errors import ShapesError
from eugraph.findings import Finding, Severity
from eugraph.shacl import beyond, compile_shapes
from eugraph.shacl.remote import Endpoint, Unasked, run_remote
from eugraph.sources import Reading
from eugraph.store import Store
from eugraph.validate.report import Report
from eugraph.validate.shape_finding import FindPlace, shape_finding
from eugraph.validate.words import Names, Words
from eugraph.vocab import shorten


def validate_store(store: Store, shapes: Reading, find_place: FindPlace) -> Report:
    """Return what the shapes find in the default graph of a store.

    Args:
        store: the endpoint.
        shapes: the shapes graph.
        find_place: where (focus node, property, value) stands in files, if it does.

    Raises:
        ShapesError: the shapes cannot be run, or ask for what is beyond SHACL Core and SHACL-SPARQL.
        EndpointError: the endpoint did not answer as it should.
    """
    if more := beyond(shapes.quads):
        raise ShapesError(
            f"the shapes ask for {', '.join(more)}, which is beyond SHACL Core and SHACL-SPARQL. "
            "Validate without --endpoint, by pySHACL."
        )
    plan = compile_shapes(shapes.quads, lambda shape: str(shapes.place(shape) or ""))
    endpoint = Endpoint(store)
    results = run_remote(plan, endpoint)
    words = Words(Names(shapes.quads))
    findings = {shape_finding(result, find_place, words) for result in results}
    every = [*findings, *(_not_asked(shapes, unasked) for unasked in endpoint.unasked)]
    return Report(tuple(sorted(every, key=Finding.sort_key)), tuple(endpoint.notes))


def _not_asked(shapes: Reading, unasked: Unasked) -> Finding:
    """A constraint of which nothing is known is no finding on data, but neither is all well."""
    name = shorten(unasked.component.value)
    return Finding(
        code="not-asked",
        severity=Severity.VIOLATION,
        message=f"{name} of this shape could not be checked at the endpoint: {unasked.reason}",
        place=shapes.place(unasked.shape),
        focus=str(unasked.shape),
        component=unasked.component.value,
        unreadable=True,
    )
