"""The harvester of ckanext-dcat gathers 500 datasets page by page, from files and from `eugraph serve`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harvest.running import PYTHON, WITHOUT, check, run, served
from hosting.servers import free_port
from publish.catalogues import ADDRESS, EVERYTHING, tiny_release
from serve.running import serving

pytestmark = pytest.mark.skipif(not PYTHON, reason=WITHOUT)
PROGRAMMES = range(470)
PAGES = 6  # the first, and one for each hundred of 471 programmes
STARTS = {"files": ("catalog.ttl", "catalog.rdf", "catalog.jsonld"), "serve": ("catalog", "catalog.rdf")}


@pytest.fixture(scope="module", params=STARTS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a release that says it lies there, and its folder."""
    folder = tmp_path_factory.mktemp(kind)
    if kind == "files":
        with served(folder / "dist") as address:
            yield address, tiny_release(folder, EVERYTHING.replace(ADDRESS, address), programmes=PROGRAMMES)
    else:
        port = free_port()
        address = f"http://127.0.0.1:{port}/"
        release = tiny_release(folder, EVERYTHING.replace(ADDRESS, address), programmes=PROGRAMMES)
        with serving(release, "--rate", "0", "--log", "none", "--port", str(port)):
            yield address, release


@pytest.fixture(scope="module")
def gathered(kind: str, site: tuple[str, Path]) -> dict[str, Any]:
    """Start of harvesting -> what was gathered from there."""
    address, _ = site
    found = run("gathering.py", *(address + start for start in STARTS[kind]))
    return {url.removeprefix(address): one for url, one in found.items()}


def test_every_dataset_is_gathered_once_over_all_pages(gathered: dict[str, Any], site: tuple[str, Path]) -> None:
    address, release = site
    datasets = {path.relative_to(release).with_suffix("").as_posix() for path in (release / "dataset").rglob("*.ttl")}
    assert len(datasets) > 500
    for start, found in gathered.items():
        assert found["errors"] == []
        ending = Path(start).suffix or ".ttl"
        further = [f"{address}catalog-{number}{ending}" for number in range(2, PAGES + 1)]
        assert found["pages"] == [address + start, *further]
        uris = Counter(
            extra["value"] for dataset in found["datasets"] for extra in dataset["extras"] if extra["key"] == "uri"
        )
        assert {uri.removeprefix("https://w3id.org/eugraph/id/") for uri in uris} == datasets
        assert {*uris.values()} == {1}
        names = [dataset["name"] for dataset in found["datasets"]]
        assert len(names) == len({*names}) == len(datasets)


def test_every_dataset_has_all_that_a_portal_shows(gathered: dict[str, Any], site: tuple[str, Path]) -> None:
    for found in gathered.values():
        for dataset in found["datasets"]:
            check(dataset, site[0])


def test_every_start_gives_the_same(gathered: dict[str, Any]) -> None:
    def plain(found: dict[str, Any]) -> list[str]:
        shown = ("title", "notes", "url", "version")
        resources = ("name", "url", "format", "license", "size", "hash")
        return sorted(
            json.dumps(
                [
                    [d.get(key) for key in shown],
                    sorted(map(str, ([r.get(k) for k in resources] for r in d["resources"]))),
                ]
            )
            for d in found["datasets"]
        )

    first, *others = map(plain, gathered.values())
    for other in others:
        assert other == first
