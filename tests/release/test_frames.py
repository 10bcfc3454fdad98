"""The frames of a release make its documents, in the hands of somebody else's JSON-LD processor."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import RdfFormat, Triple, parse

from benchmarks.pyld_framing import comparable, expanded, framed, names_of_properties, refuse
from eugraph.loading import Loaded
from eugraph.publish.documents import Document, documents
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.jsonld_frame import Frames
from eugraph.vocab import EUG, term

KINDS = [
    "activity",
    "call",
    "disease",
    "field",
    "graph",
    "network",
    "organisation",
    "partnership",
    "person",
    "platform",
    "programme",
    "project",
    "result",
    "source",
]
BRIEF = {"id", "type", "name", "license", "rights"}  # what is told of a thing that is only mentioned


def documents_of(release: Path, kind: str) -> dict[str, dict[str, Any]]:
    """Every document of a kind, by its path without ending."""
    paths = sorted((release / kind).rglob("*.ttl"))
    stems = [path.with_suffix("") for path in paths if path.name.partition(".")[0] != "index"]
    return {stem.relative_to(release).as_posix(): json.loads(stem.with_suffix(".jsonld").read_text()) for stem in stems}


def frame_of(release: Path, kind: str) -> dict[str, Any]:
    frame: dict[str, Any] = json.loads((release / "frame" / f"{kind}.jsonld").read_text())
    return frame


def test_every_kind_has_a_frame(release: Path) -> None:
    assert {path.stem for path in (release / "frame").iterdir()} == set(KINDS)
    assert {path.parent.name for path in release.glob("*/index.html")} - {"query", "ontology", "shapes"} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_statements_of_a_document_are_framed_to_the_document(release: Path, kind: str) -> None:
    frame = frame_of(release, kind)
    names = names_of_properties(frame["@context"])
    found = documents_of(release, kind)
    assert found
    for path, document in found.items():
        statements = [quad.triple for quad in parse(path=release / f"{path}.ttl", format=RdfFormat.TURTLE)]
        made = framed(expanded(statements), frame)
        context = made.pop("@context")
        assert document.pop("@context").items() <= context.items(), path
        assert comparable(made, names) == comparable(document, names), path


@pytest.fixture(scope="module")
def graph(release: Path) -> list[dict[str, Any]]:
    """The dump and the names of concepts, as one graph."""
    texts = [gzip.decompress((release / "dump" / "all.jsonld.gz").read_bytes())]
    texts += [path.read_bytes() for path in sorted((release / "ontology").rglob("*.jsonld"))]
    options = {"documentLoader": refuse}
    nodes: list[dict[str, Any]] = jsonld.flatten(
        [jsonld.expand(json.loads(text), options) for text in texts], None, options
    )
    return nodes


def told_in_a_document(value: Any, key: str = "@graph") -> Any:
    """What a document tells, of what a frame makes of the whole graph.

    A document knows no classes of what it only mentions, nor of the participations of an organisation, which stand with
    their projects. A result that has a document of its own is only mentioned; a frame cannot tell which ones do.
    """
    if isinstance(value, dict):
        found = {name: told_in_a_document(item, name) for name, item in value.items()}
        if key == "result":
            found = {name: item for name, item in found.items() if name in BRIEF}
        if key != "@graph" and (found.keys() <= BRIEF or key == "holdsParticipation"):
            found.pop("type", None)
        return found if found.keys() != {"id"} else found["id"]
    return [told_in_a_document(item, key) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", KINDS)
def test_dump_and_concepts_are_framed_to_all_documents_of_a_kind(
    release: Path, graph: list[dict[str, Any]], kind: str
) -> None:
    frame = frame_of(release, kind)
    names = names_of_properties(frame["@context"])
    made = framed(graph, frame)
    nodes = {node["id"]: node for node in made.get("@graph", [made])}
    found = {document["id"]: document for document in documents_of(release, kind).values()}
    assert nodes.keys() == found.keys()
    for iri, document in found.items():
        document.pop("@context")
        ours, theirs = (comparable(told_in_a_document(one), names) for one in (document, nodes[iri]))
        assert theirs == ours, iri


STRUCTURE = {term(f"eug:{name}") for name in ("grant", "hasParticipation", "subject")}  # what parts and claims hang on


@pytest.fixture(scope="module")
def harmony(loaded: Loaded) -> tuple[Document, Context, dict[str, Any]]:
    """A document with grant, participations and claims; the context and the frame of its kind."""
    base = loaded.workspace.base_iri
    ontology, shapes = ([quad.triple for quad in part.quads] for part in (loaded.ontology, loaded.shapes))
    context = Context.from_ontology(ontology)
    found = next(d for d in documents(loaded.quads, base, ontology) if d.path == "project/harmony-plus")
    return found, context, json.loads(Frames(context, [*ontology, *shapes]).document(f"{EUG}Project", base))


@given(chance=st.randoms(use_true_random=False), share=st.floats(0, 1))
@settings(max_examples=20)
def test_whatever_is_known_of_it_a_document_is_what_its_frame_makes(
    harmony: tuple[Document, Context, dict[str, Any]], chance: Any, share: float
) -> None:
    document, context, frame = harmony
    names = names_of_properties(frame["@context"])

    def is_kept(triple: Triple) -> bool:
        is_root = triple.subject == document.iri and triple.predicate == term("rdf:type")
        return is_root or triple.predicate in STRUCTURE or chance.random() < share

    known = [triple for triple in document.triples if is_kept(triple)]
    ours = json.loads(write_jsonld(known, document.iri, context, frame["@context"]["@base"]))
    made = framed(expanded(known), frame)
    for one in (ours, made):
        one.pop("@context")
    ours.pop("included", None)  # what nothing leads to any more, and so no frame reaches
    assert comparable(made, names) == comparable(ours, names)
