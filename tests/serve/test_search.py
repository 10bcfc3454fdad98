"""Search over HTTP: ranked hits, in pages that hold each once."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serve.running import Server, serving
from store.oxigraph import serving as endpoint

HTML = {"Accept": "text/html"}


def test_the_thing_that_is_meant_comes_first(reference: Server) -> None:
    said = reference.get("/search?q=harmony").json()
    assert said["hydra:member"][0]["@id"] == "https://w3id.org/eugraph/id/project/harmony"
    assert said["hydra:member"][0]["path"] == "project/harmony"
    assert said["hydra:totalItems"] == sum(said["kinds"].values())


@pytest.mark.parametrize("size", [1, 7, 100])
def test_a_walk_over_the_pages_meets_each_hit_once(reference: Server, size: int) -> None:
    address = f"search?q=eu&kind=organisation&size={size}"
    met: list[str] = []
    pages = 0
    while address:
        answer = reference.get(f"/{address}")
        said = answer.json()
        met += [hit["@id"] for hit in said["hydra:member"]]
        view = said["hydra:view"]
        assert view["@id"] == address
        following = answer.links.get("next", {}).get("url", "")
        assert following == view.get("hydra:next", {"@id": ""})["@id"]
        address, pages = following, pages + 1
        assert pages < 200
    assert len(met) == len(set(met)) == said["hydra:totalItems"]
    assert pages == -(-len(met) // size)


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("", 400, "nothing is asked"),
        ("q=", 400, "nothing is asked"),
        ("q=a&q=b", 400, "q is given twice"),
        ("q=a&page=0", 400, "page is a number from 1"),
        ("q=a&page=x", 400, "page is a number from 1"),
        ("q=a&page=99999999999", 400, "page is a number from 1"),
        ("q=harmony&page=9999", 404, "there is no page 9999"),
        ("q=a&size=101", 400, "size is a number from 1 to 100"),
        ("q=a&nonsense=1", 400, "'nonsense' is unknown"),
        ("q=a&format=pdf", 400, "there is no format 'pdf'"),
        ("q=%ff", 400, ""),
    ],
)
def test_what_is_wrong_is_told(reference: Server, query: str, status: int, told: str) -> None:
    answer = reference.get(f"/search?{query}", headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert told in answer.json()["detail"]


def test_where_nothing_is_found_a_similar_question_is_told(reference: Server) -> None:
    assert reference.get("/search?q=leukemua").json()["didYouMean"] == "leukemia"
    page = reference.get("/search?q=leukemua", headers=HTML).text
    assert 'Did you mean <a href="search?q=leukemia">leukemia</a>?' in page


def test_the_page_lists_hits_with_links_and_kinds(reference: Server) -> None:
    page = reference.get("/search?q=harmony", headers=HTML).text
    assert '<a href="project/harmony.html">HARMONY</a>' in page
    assert 'href="search?q=harmony&amp;kind=project"' in page
    assert 'rel="next"' in page
    assert reference.get("/search", headers=HTML).status_code == 200


@settings(max_examples=60)
@given(st.text(max_size=250), st.text(max_size=20), st.sampled_from(["json", "html"]))
def test_whatever_is_asked_is_answered_or_refused(reference: Server, question: str, kind: str, form: str) -> None:
    params = {"q": question, "kind": kind, "format": form}
    answer = httpx.get(f"{reference.root}/search", params=params, timeout=60)
    assert answer.status_code in (200, 400), answer.text


def test_a_server_before_an_endpoint_finds_and_reports_the_same(
    reference: Server, release: Path, tmp_path: Path
) -> None:
    files = [release / "dump" / "all.nq.gz"], sorted((release / "ontology").rglob("*.ttl"))
    with (
        endpoint(*files, store=tmp_path / "store") as address,
        serving(release, "--endpoint", address, "--rate", "0", "--log", "none") as facade,
    ):
        assert facade.get("/search?q=harmony").json() == reference.get("/search?q=harmony").json()
        for path in ("/query/partners?organisation=eha", "/query/roles", "/query/diseases"):
            there, here = facade.get(path), reference.get(path)
            assert there.headers["eugraph-result-sha256"] == here.headers["eugraph-result-sha256"]
