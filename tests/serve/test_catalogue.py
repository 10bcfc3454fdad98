"""The pages of a catalogue over HTTP: those of the release, byte by byte, each form leading to pages in that form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from publish.catalogues import tiny_release
from serve.running import serving

FORMS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "rdf": "application/rdf+xml", "html": "text/html"}


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_release(tmp_path_factory.mktemp("paged"), "[catalogue]\npage_size = 2\n", programmes=range(3))


@pytest.fixture(scope="module")
def client(paged: Path) -> Iterator[httpx.Client]:
    with serving(paged, "--rate", "0", "--log", "none") as server, httpx.Client(base_url=server.root) as client:
        yield client


def test_every_page_is_negotiated_and_is_that_of_the_release(client: httpx.Client, paged: Path) -> None:
    pages = sorted(path.stem for path in paged.glob("catalog*.ttl"))
    assert len(pages) == 3
    for page in pages:
        for ending, media_type in FORMS.items():
            answer = client.get(f"/{page}", headers={"Accept": media_type})
            assert answer.headers["content-location"] == f"/{page}.{ending}"
            assert answer.headers["content-type"].startswith(media_type)
            assert answer.content == (paged / f"{page}.{ending}").read_bytes()
            assert client.get(f"/{page}.{ending}").content == answer.content
        assert client.get(f"/{page}?_profile=schema").headers["content-location"] == f"/{page}.schema.jsonld"


def test_who_asks_for_a_page_and_says_nothing_gets_rdf(client: httpx.Client) -> None:
    answer = client.get("/catalog-2", headers={"Accept": "*/*"})
    assert answer.headers["content-location"] == "/catalog-2.ttl"
    assert answer.headers["content-profile"] == "<http://data.europa.eu/r5r/>"


@pytest.mark.parametrize("path", ["/catalog-99", "/catalog-99.ttl", "/catalog-2.nt", "/catalog-"])
def test_what_is_no_page_is_not_found(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == httpx.codes.NOT_FOUND


def test_n_triples_are_not_made_of_a_page_as_they_would_lead_to_other_formats(client: httpx.Client) -> None:
    answer = client.get("/catalog-2", headers={"Accept": "application/n-triples"})
    assert answer.status_code == httpx.codes.NOT_ACCEPTABLE
    assert "/catalog-2.rdf" in answer.text
