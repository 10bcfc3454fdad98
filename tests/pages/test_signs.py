"""Links in the head of a page, for machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pages.checking import read_pages, resolved
from pages.reading import Page
from publish.catalogues import ADDRESS, tiny_release

BASE = "https://w3id.org/eugraph/id/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_release(tmp_path_factory.mktemp("signs"))


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Page]:
    return read_pages(folder)


def links(page: Page, relation: str) -> list[str]:
    return [found["href"] for tag, found in page.tags if tag == "link" and found["rel"] == relation]


def test_every_page_names_its_licence(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert links(page, "license") == ["https://creativecommons.org/licenses/by/4.0/"], name


def test_every_page_of_a_thing_leads_to_its_address_its_data_and_its_class(
    folder: Path, pages: dict[str, Page]
) -> None:
    seen = 0
    for name, page in pages.items():
        is_of_a_thing = (folder / name).with_suffix(".ttl").is_file() and not name.endswith("/index.html")
        if not is_of_a_thing or name.startswith(("ontology/", "validation")):
            assert not links(page, "cite-as"), name
            continue
        path = name.removesuffix(".html")
        assert links(page, "cite-as") == [f"{BASE}{path}"]
        described = {resolved(name, found) for found in links(page, "describedby")}
        assert {f"{path}.ttl", f"{path}.jsonld"} <= described
        for target in described:
            assert (folder / target).is_file()
        profile = folder / f"{path}.schema.jsonld"
        classes = [f"https://schema.org/{json.loads(profile.read_text('utf-8'))['@type']}"] if profile.is_file() else []
        assert links(page, "type") == ["https://schema.org/AboutPage", *classes]
        seen += 1
    assert seen > 10


def test_catalogue_and_datasets_lead_to_their_parts_and_back(folder: Path, pages: dict[str, Page]) -> None:
    datasets = {resolved("catalog.html", found) for found in links(pages["catalog.html"], "item")}
    assert datasets == {name for name in pages if name.startswith("dataset/")}
    for name in datasets:
        files = [resolved(name, found) for found in links(pages[name], "item")]
        assert files
        assert all((folder / path).is_file() for path in files)
        assert [resolved(name, found) for found in links(pages[name], "collection")] == ["catalog.html"]


def test_the_linkset_is_on_every_dataset_and_file(folder: Path) -> None:
    document = json.loads((folder / "linkset.json").read_text(encoding="utf-8"))
    contexts = [context for context in document["linkset"] if "alternate" not in context]
    anchors = [context["anchor"].removeprefix(ADDRESS) for context in contexts]
    assert anchors[0] == "catalog.html"
    assert all((folder / anchor).is_file() for anchor in anchors)
    items = {link["href"] for context in document["linkset"] for link in context.get("item", ())}
    assert items == {f"{ADDRESS}{anchor}" for anchor in anchors[1:]}


def test_the_linkset_tells_of_every_list_what_its_page_does(folder: Path, pages: dict[str, Page]) -> None:
    document = json.loads((folder / "linkset.json").read_text(encoding="utf-8"))
    lists = {
        context["anchor"].removeprefix(ADDRESS): [link["href"].removeprefix(ADDRESS) for link in context["alternate"]]
        for context in document["linkset"]
        if "alternate" in context
    }
    assert {"project/index.html", "organisation/index.html", "graph/index.html"} <= lists.keys()
    for name, targets in lists.items():
        assert targets == [resolved(name, found) for found in links(pages[name], "alternate")]
        assert all((folder / target).is_file() for target in targets)
