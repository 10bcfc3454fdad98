"""Servers that several tests ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from serve.collections_of import make_collections
from serve.running import BASE, Server, make_release, serving

THINGS = 400


def things() -> list[Quad]:
    """400 things in two graphs, each with a name and the one that it comes before."""
    quads = []
    for number in range(THINGS):
        thing, graph = (
            NamedNode(f"{BASE}thing/{number}"),
            NamedNode(f"{BASE}graph/{'even' if number % 2 == 0 else 'odd'}"),
        )
        quads.append(Quad(thing, NamedNode(f"{BASE}name"), Literal(f"Thing {number}", language="en"), graph))
        following = NamedNode(f"{BASE}thing/{(number + 1) % THINGS}")
        quads.append(Quad(thing, NamedNode(f"{BASE}before"), following, graph))
    return quads


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_release(tmp_path_factory.mktemp("served") / "dist", things())


@pytest.fixture(scope="session")
def large_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release whose graph is larger than what sockets hold: 20 MB of long texts."""
    name, graph = NamedNode(f"{BASE}text"), NamedNode(f"{BASE}graph/texts")
    quads = [
        Quad(NamedNode(f"{BASE}text/{number}"), name, Literal(f"{number} " + "x" * 1000), graph)
        for number in range(20_000)
    ]
    return make_release(tmp_path_factory.mktemp("large") / "dist", quads)


@pytest.fixture(scope="session")
def server(small_release: Path) -> Iterator[Server]:
    """A server with the limits that it has by itself, but for a short time and few rows."""
    with serving(small_release, "--timeout-s", "3", "--max-rows", "500", "--rate", "0", "--log", "json") as running:
        yield running


@pytest.fixture(scope="session")
def reference(release: Path) -> Iterator[Server]:
    """A server over the release of the reference workspace."""
    with serving(release, "--rate", "0", "--log", "none") as running:
        yield running


@pytest.fixture(scope="session")
def many_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_collections(tmp_path_factory.mktemp("many") / "dist")


@pytest.fixture(scope="session")
def many(many_release: Path) -> Iterator[Server]:
    """A server over more than a thousand documents."""
    with serving(many_release, "--rate", "0", "--log", "none", "--workers", "1") as running:
        yield running
