"""From findings to proposals: which statement is at fault, and what it may be meant to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from eugraph.findings import Finding
from eugraph.mend.change import Candidate, Change, Proposal
from eugraph.mend.kinds import (
    check_digits,
    concepts,
    datatypes,
    dates,
    identifiers,
    languages,
    listed,
    names,
    nodes,
    spaces,
)
from eugraph.mend.knowledge import Knowledge, properties_of
from eugraph.mend.wanted import Wanted
from eugraph.rdf.locate import Term
from eugraph.shacl.components.property_pair import LessThan, LessThanOrEquals
from eugraph.shacl.components.shape_based import Qualified
from eugraph.shacl.shape import Shape
from eugraph.validate.shape_finding import ShapeFinding
from eugraph.validate.workspace import BOUND_OF
from eugraph.vocab import RDF_TYPE

_OF_VALUES: dict[str, Callable[[Term, Wanted, Knowledge, Quad], Iterable[Candidate]]] = {
    "datatype": lambda old, wanted, known, quad: datatypes.candidates(old, wanted),  # noqa: ARG005 - one signature
    "language": languages.candidates,
    "address": lambda old, wanted, known, quad: nodes.candidates(old, wanted, known),  # noqa: ARG005 - as above
    "concept": lambda old, wanted, known, quad: concepts.candidates(old, wanted, known),  # noqa: ARG005 - as above
    "list": lambda old, wanted, known, quad: listed.candidates(old, wanted),  # noqa: ARG005 - as above
    "identifier": lambda old, wanted, known, quad: identifiers.candidates(old, wanted, known),  # noqa: ARG005 - as above
    "check-digit": lambda old, wanted, known, quad: check_digits.candidates(old, known, quad),  # noqa: ARG005 - as above
    "spelling": lambda old, wanted, known, quad: spaces.candidates(old, wanted),  # noqa: ARG005 - as above
}
KINDS = (*_OF_VALUES, "reference", "swap", "term")  # of mending


def propose(finding: Finding, known: Knowledge) -> Iterator[Proposal]:
    """Yield what would mend a finding. Several proposals exclude each other: then nothing is certain."""
    if finding.source:  # nobody mends here what others state
        return
    if isinstance(finding, ShapeFinding):
        yield from _of_shape(finding, known)
        return
    quad = _statement(finding, known)
    if quad is None:
        return
    value = quad.object
    if finding.code == "ill-typed-literal":
        yield from _of_value(finding, known, quad, _shapes_of(known, quad))
    elif finding.code == "unknown-term":
        yield from _unknown_term(finding, known, quad)
    elif isinstance(value, NamedNode) and finding.code in ("dangling-reference", "withdrawn-reference"):
        find = names.near_things if finding.code == "dangling-reference" else names.successors
        for candidate in find(value, known):
            yield _proposal(finding, "reference", Change.of_value(quad, candidate.value), candidate.why)
        if finding.code == "dangling-reference":  # <EL>, <10.3030/1>: read as paths below the base
            yield from _of_value(finding, known, quad, _shapes_of(known, quad))


def _proposal(finding: Finding, kind: str, change: Change, why: str) -> Proposal:
    return Proposal(finding=finding, kind=kind, changes=(change,), why=why)


def _statement(finding: Finding, known: Knowledge) -> Quad | None:
    """The curated statement that a check speaks of, in the file that it names."""
    if not finding.path or finding.focus.startswith("_:"):
        return None
    said = next(iter(parse(f"{finding.focus} {finding.path} {finding.value} .", format=RdfFormat.N_TRIPLES)))
    for quad in known.said_of(said.subject):
        if (quad.predicate, quad.object) == (said.predicate, said.object):
            name = known.file_names.get(quad.graph_name)
            if name is None or finding.place is None or name == finding.place.path:
                return quad
    return None


def _shapes_of(known: Knowledge, quad: Quad) -> Sequence[Shape]:
    return known.shapes_of(known.spoken_of(quad))


def _unknown_term(finding: Finding, known: Knowledge, quad: Quad) -> Iterator[Proposal]:
    predicate, value = quad.predicate, quad.object
    if isinstance(predicate, NamedNode) and names.is_unknown_term(predicate, known):
        for candidate in names.near_terms(predicate, known, "property"):
            assert isinstance(candidate.value, NamedNode)
            yield _proposal(finding, "term", Change.of_predicate(quad, candidate.value), candidate.why)
    elif isinstance(value, NamedNode) and names.is_unknown_term(value, known):
        roles = ("class",) if predicate == RDF_TYPE else ("property", "value")  # a claim names a property
        for candidate in chain.from_iterable(names.near_terms(value, known, role) for role in roles):
            yield _proposal(finding, "term", Change.of_value(quad, candidate.value), candidate.why)


def _of_shape(finding: ShapeFinding, known: Knowledge) -> Iterator[Proposal]:
    result = finding.result
    shape = known.shape(result.shape)
    if shape is None:
        return
    properties = properties_of(result.path)
    for component in shape.components:
        if component.iri != result.component or not properties:
            continue
        if isinstance(component, Qualified) and not component.siblings:
            yield from _missing_one(finding, known, component.shape, properties)
        elif isinstance(component, LessThan | LessThanOrEquals):
            yield from _swap(finding, known, properties[0], component.other)
    if result.value is not None:
        yield from _of_result(finding, known, shape, properties)


def _of_result(
    finding: ShapeFinding, known: Knowledge, shape: Shape, properties: Sequence[NamedNode]
) -> Iterator[Proposal]:
    """Mend the value that a shape found; of a claim as a whole, the value that it claims."""
    result = finding.result
    if properties:
        for quad in known.stated(result.focus, properties):
            if quad.object == result.value:
                also = [] if quad.subject == result.focus else list(_shapes_of(known, quad))
                yield from _of_value(finding, known, quad, [shape, *also])
    elif known.property_of_claim(result.focus):
        for quad in known.claimed(result.focus):
            yield from _of_value(finding, known, quad, _shapes_of(known, quad))


def _swap(finding: ShapeFinding, known: Knowledge, start: NamedNode, end: NamedNode) -> Iterator[Proposal]:
    found = dates.swapped(known, finding.result.focus, BOUND_OF.get(start, start), BOUND_OF.get(end, end))
    if found:
        changes, why = found
        yield Proposal(finding=finding, kind="swap", changes=changes, why=why)


def _missing_one(
    finding: Finding, known: Knowledge, wanted: Shape, properties: Sequence[NamedNode]
) -> Iterator[Proposal]:
    """A value in a language is missing, and one value could be it: the only one without a tag, or with a wrong one."""
    assert isinstance(finding, ShapeFinding)
    quads = known.stated(finding.result.focus, properties)
    bare = [quad for quad in quads if isinstance(quad.object, Literal) and not quad.object.language]
    for quad in bare if len(bare) == 1 else () if bare else quads:
        for candidate in languages.candidates(quad.object, known.wanted([wanted]), known, quad):  # type: ignore[arg-type]  # RDF 1.1: no triple terms
            why = f"there must be one, and nothing else could be it: {candidate.why}"
            yield _proposal(finding, "language", Change.of_value(quad, candidate.value), why)


def _of_value(finding: Finding, known: Knowledge, quad: Quad, shapes: Sequence[Shape]) -> Iterator[Proposal]:
    """Try every kind of mending of one value; only what fits the shapes is proposed."""
    wanted = known.wanted(shapes)
    old: Term = quad.object  # type: ignore[assignment]  # RDF 1.1: no triple terms
    if wanted.fits(old) and finding.code == "ill-typed-literal":
        return
    seen = set()
    for kind, candidates in _OF_VALUES.items():
        for candidate in candidates(old, wanted, known, quad):
            if candidate.value != old and candidate.value not in seen and wanted.fits(candidate.value):
                seen.add(candidate.value)
                yield _proposal(finding, kind, Change.of_value(quad, candidate.value), candidate.why)
