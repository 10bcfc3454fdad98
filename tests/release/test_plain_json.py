"""The documents of the reference release as a program without RDF reads them: plain JSON of one form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from eugraph.loading import Loaded
from eugraph.vocab import EUG, PREFIXES

Node = dict[str, Any]
SINGLE = {f"{EUG}SingleValuedProperty", f"{PREFIXES['owl']}FunctionalProperty"}


@pytest.fixture(scope="module")
def read(release: Path) -> dict[str, Node]:
    paths = [path for path in release.glob("*/**/*.jsonld") if not path.name.endswith(".schema.jsonld")]
    others = ("ontology", "shapes", "frame", "dataset", "query", "feed")
    found = {path.relative_to(release).as_posix(): path for path in paths if path.name.partition(".")[0] != "index"}
    return {name: json.loads(path.read_text()) for name, path in found.items() if not name.startswith(others)}


def nodes(value: Any, context: Node) -> Iterator[Node]:
    """Every node of a document: no values with a type or a language, and no texts by language."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and "@value" not in item:
            yield item
            for key, inner in item.items():
                if key != "@context" and "@language" not in container(context.get(key)):
                    yield from nodes(inner, context)


def container(said: Any) -> list[str]:
    found = said.get("@container", []) if isinstance(said, dict) else []
    return [found] if isinstance(found, str) else found


def test_every_node_has_an_address(read: dict[str, Node]) -> None:
    assert len(read) > 600
    for name, document in read.items():
        for node in nodes(document, document["@context"]):
            assert isinstance(node.get("id"), str), (name, node)


def test_a_list_stands_where_there_may_be_many_and_nowhere_else(read: dict[str, Node]) -> None:
    for name, document in read.items():
        context = document["@context"]
        for node in nodes(document, context):
            for key, value in node.items():
                if key in ("@context", "type"):
                    continue
                found = container(context.get(key))
                if "@language" in found:
                    assert all(isinstance(text, list) == ("@set" in found) for text in value.values()), (name, key)
                else:
                    assert isinstance(value, list) == ("@set" in found), (name, key)


def test_where_there_may_be_many_is_what_the_ontology_says(release: Path, loaded: Loaded) -> None:
    types: dict[str, set[str]] = {}
    for quad in loaded.ontology.quads:
        if quad.predicate.value == f"{PREFIXES['rdf']}type" and str(quad.subject).startswith(f"<{EUG}"):
            types.setdefault(str(quad.subject)[1:-1], set()).add(quad.object.value)  # type: ignore[union-attr]  # a class
    context = json.loads((release / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    seen = 0
    for name, said in context.items():
        iri = said.get("@id", "") if isinstance(said, dict) else said
        prefix, _, local = iri.partition(":")
        kinds = types.get(EUG + local, set())
        if prefix == "eug" and any(kind.endswith("Property") for kind in kinds):
            assert ("@set" in container(said)) == SINGLE.isdisjoint(kinds), name
            seen += 1
    assert seen > 80


def test_keys_stand_in_one_order_everywhere(read: dict[str, Node]) -> None:
    before: set[tuple[str, str]] = set()
    for document in read.values():
        for node in nodes(document, document["@context"]):
            before.update(combinations(node, 2))
    assert not {(first, second) for first, second in before if (second, first) in before}


def test_things_in_a_list_stand_in_order_of_their_addresses(read: dict[str, Node]) -> None:
    def address(item: Any) -> str:
        return str(item["id"] if isinstance(item, dict) else item)

    for name, document in read.items():
        for node in nodes(document, document["@context"]):
            for key, value in node.items():
                of_things = isinstance(value, list) and key not in ("type", "hasParticipation", "value")
                if of_things and all(isinstance(item, dict) and "id" in item for item in value):
                    assert [*map(address, value)] == sorted(map(address, value)), (name, key)
