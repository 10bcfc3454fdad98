"""Real harvesters read a release from a web server: CKAN's parser of DCAT, signposting, extruct.

`make harvest` installs them and says where they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from harvest.running import PYTHON, WITHOUT, check, run, served
from publish.catalogues import ADDRESS, EVERYTHING, tiny_release

pytestmark = pytest.mark.skipif(not PYTHON, reason=WITHOUT)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a release that says it lies there."""
    folder = tmp_path_factory.mktemp("harvest")
    with served(folder / "dist") as address:
        tiny_release(folder, EVERYTHING.replace(ADDRESS, address))
        yield address


@pytest.fixture(scope="module")
def understood(site: str) -> dict[str, Any]:
    return run("harvesters.py", site)


@pytest.mark.parametrize("ending", ["ttl", "rdf", "jsonld"])
def test_ckan_takes_every_dataset_with_all_that_it_shows(understood: dict[str, Any], site: str, ending: str) -> None:
    datasets = understood["datasets"][ending]
    assert len(datasets) > 25
    names = [dataset["title"] for dataset in datasets]
    assert len(names) == len(set(names))
    for dataset in datasets:
        check(dataset, site)


def test_ckan_makes_the_same_of_each_format(understood: dict[str, Any]) -> None:
    def plain(ending: str) -> list[tuple[str, list[str]]]:
        return sorted(
            (dataset["title"], sorted(resource["url"] for resource in dataset["resources"]))
            for dataset in understood["datasets"][ending]
        )

    assert plain("ttl") == plain("rdf") == plain("jsonld")


def test_signposts_lead_from_a_thing_to_its_data(understood: dict[str, Any], site: str) -> None:
    found = understood["signposts"]["project/alpha.html"]
    targets = {(one["rel"], one["target"]) for one in found}
    assert ("cite-as", "https://w3id.org/eugraph/id/project/alpha") in targets
    assert ("type", "https://schema.org/AboutPage") in targets
    assert ("type", "https://schema.org/ResearchProject") in targets
    assert ("license", "https://creativecommons.org/licenses/by/4.0/") in targets
    assert ("collection", f"{site}dataset/all.html") in targets
    described = {one["type"] for one in found if one["rel"] == "describedby"}
    assert described == {"text/turtle", "application/ld+json"}


def test_the_linkset_says_what_the_pages_say(understood: dict[str, Any], site: str) -> None:
    for page in ("catalog.html", "dataset/all.html"):
        of_page = {(one["rel"], one["target"]) for one in understood["signposts"][page] if one["rel"] != "linkset"}
        of_linkset = {(one["rel"], one["target"]) for one in understood["linkset"][site + page]}
        assert of_page == of_linkset
        assert ("linkset", f"{site}linkset.json") in {
            (one["rel"], one["target"]) for one in understood["signposts"][page]
        }


def test_structured_data_is_found_where_search_engines_look(understood: dict[str, Any]) -> None:
    pages = understood["structured"]
    (dataset,) = pages["dataset/all.html"]["json-ld"]
    assert dataset["@type"] == "Dataset"
    assert {download["encodingFormat"][0] for download in dataset["distribution"]} == {
        *("application/n-quads", "text/turtle", "application/ld+json"),
    }
    (catalogue,) = pages["catalog.html"]["json-ld"]
    assert catalogue["@type"] == "DataCatalog"
    for found in pages.values():
        (crumbs,) = found["microdata"]
        assert crumbs["type"] == "https://schema.org/BreadcrumbList"
