"""The reading half of the Graph Store Protocol."""

from __future__ import annotations

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from serve.conftest import THINGS
from serve.running import BASE, Server

EVEN = f"{BASE}graph/even"


def statements(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    form = {"text/turtle": RdfFormat.TURTLE, "application/n-triples": RdfFormat.N_TRIPLES}
    return {
        str(quad.triple)
        for quad in parse(answer.content, format=form[answer.headers["content-type"].partition(";")[0]])
    }


def test_a_graph_is_the_same_by_its_name_and_at_its_own_address(server: Server) -> None:
    indirect = server.get("/graph-store", params={"graph": EVEN})
    direct = server.get("/graph-store/even", headers={"Accept": "application/n-triples"})
    assert len(statements(indirect)) == THINGS
    assert statements(indirect) == statements(direct)


def test_the_default_graph_is_the_union(server: Server) -> None:
    assert len(statements(server.get("/graph-store?default"))) == 2 * THINGS
    assert len(statements(server.get("/graph-store?default="))) == 2 * THINGS


def test_a_graph_within_the_limit_has_its_hash_and_a_larger_one_streams(server: Server) -> None:
    small, large = server.get("/graph-store/even"), server.get("/graph-store?default")
    assert (small.headers["eugraph-rows"], small.headers["eugraph-truncated"]) == (str(THINGS), "no")
    assert "repr-digest" in small.headers
    assert "content-length" not in large.headers
    assert "repr-digest" not in large.headers


def test_head_tells_that_a_graph_is_there(server: Server) -> None:
    there = httpx.head(f"{server.root}/graph-store", params={"graph": EVEN})
    assert (there.status_code, there.content) == (200, b"")
    assert httpx.head(f"{server.root}/graph-store/none").status_code == 404
    assert httpx.head(f"{server.root}/graph-store?default").status_code == 200


def test_a_graph_that_is_not_here_is_not_found(server: Server) -> None:
    answer = server.get("/graph-store", params={"graph": f"{BASE}graph/evem"})
    assert (answer.status_code, answer.headers["eugraph-problem"]) == (404, "unknown-graph")
    assert "did you mean" in answer.text


@pytest.mark.parametrize("query", ["", "?graph=a:b&default", "?graph=a:b&graph=a:c", "/even?default"])
def test_a_request_that_names_not_one_graph_is_refused(server: Server, query: str) -> None:
    assert server.get(f"/graph-store{query}").status_code == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_writing_is_refused(server: Server, method: str) -> None:
    for path in ("/graph-store/even", "/graph-store?default", f"/graph-store?graph={EVEN}"):
        answer = httpx.request(method, server.root + path, content="<a:b> <a:c> <a:d> .")
        assert answer.status_code == 405
        assert set(answer.headers["allow"].split(", ")) - {"OPTIONS"} == {"GET", "HEAD"}


def test_a_format_that_no_graph_has_is_refused(server: Server) -> None:
    assert server.get("/graph-store/even", headers={"Accept": "text/csv"}).status_code == 406
