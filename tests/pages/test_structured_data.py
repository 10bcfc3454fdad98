"""What pages say to search engines: schema.org on every kind of page, as the pages of the reference release embed it."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html
from pyoxigraph import NamedNode, RdfFormat, parse

from eugraph.validate.vocabulary import Vocabulary

SCHEMA = "https://schema.org/"
DCTERMS, DCAT = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#"


@pytest.fixture(scope="module")
def pages(release: Path) -> dict[str, Any]:
    """Every page, as a parser of HTML reads it."""
    paths = {path.relative_to(release).as_posix(): path for path in sorted(release.rglob("*.html"))}
    return {name: html.parse(str(path)) for name, path in paths.items()}


@pytest.fixture(scope="module")
def known(shared: Path) -> Vocabulary:
    text = gzip.decompress((shared / "vocab/schemaorg/current-https.nt.gz").read_bytes())
    return Vocabulary.read(parse(text, format=RdfFormat.N_TRIPLES))


def embedded(page: Any) -> list[Any]:
    return [json.loads(script.text) for script in page.iterfind(".//script[@type='application/ld+json']")]


def is_defined(known: Vocabulary, class_: str, name: str) -> bool:
    """Whether a property of schema.org is defined for a class or one above it."""
    (domain,) = known.properties[SCHEMA + name].domains
    return bool(known.classes[SCHEMA + class_] & domain.classes)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and "@value" not in item:
            yield item
            for key, inner in item.items():
                if key != "@context":
                    yield from nodes(inner)


def test_the_pages_of_things_datasets_and_the_catalogue_embed_their_profile(
    release: Path, pages: dict[str, Any]
) -> None:
    kinds = set()
    for name, page in pages.items():
        profile = (release / name).with_suffix(".schema.jsonld")
        documents = [json.loads(profile.read_text(encoding="utf-8"))] if profile.is_file() else []
        assert embedded(page) == documents, name
        kinds |= {name.partition("/")[0] for _ in documents}
    assert kinds >= {"catalog.html", "dataset", "project", "organisation", "disease", "person", "result", "source"}


def test_every_property_of_what_pages_embed_is_defined_for_its_class(pages: dict[str, Any], known: Vocabulary) -> None:
    wrong = set()
    for page in pages.values():
        for document in embedded(page):
            for node in nodes(document):
                classes = node.get("@type", [])
                for class_ in [classes] if isinstance(classes, str) else classes:
                    names = (name for name in node if not name.startswith("@"))
                    wrong |= {(class_, name) for name in names if not is_defined(known, class_, name)}
    assert wrong == set()


def test_the_way_to_every_page_is_a_breadcrumb_list(release: Path, pages: dict[str, Any], known: Vocabulary) -> None:
    for name, page in pages.items():
        lists = page.findall(f".//*[@itemtype='{SCHEMA}BreadcrumbList']")
        assert len(lists) == (name != "index.html"), name
        for crumbs in lists:
            items = crumbs.findall(f".//*[@itemtype='{SCHEMA}ListItem']")
            assert {item.get("itemprop") for item in items} == {"itemListElement"}
            assert is_defined(known, "BreadcrumbList", "itemListElement")
            assert len(items) >= 2, name
            for place, item in enumerate(items, 1):
                said = {found.get("itemprop"): found for found in item.iterfind(".//*[@itemprop]")}
                assert all(is_defined(known, "ListItem", prop) for prop in said)
                assert said["position"].get("content") == str(place)
                assert said["name"].text_content().strip(), name
                if place < len(items):  # the last one is the page itself, and need not lead anywhere
                    target = (release / name).parent / said["item"].get("href")
                    assert target.resolve().is_file(), (name, said["item"].get("href"))


def is_web(address: str) -> bool:
    return urlsplit(address).scheme in ("http", "https") and bool(urlsplit(address).netloc)


def test_every_dataset_page_has_what_a_dataset_search_asks_for(release: Path, pages: dict[str, Any]) -> None:
    seen = 0
    for name, page in pages.items():
        if not name.startswith("dataset/"):
            continue
        (document,) = embedded(page)
        assert document["@type"] == "Dataset"
        assert document["name"].strip()
        assert 50 <= len(document["description"]) <= 5000
        assert is_web(document["license"])
        assert is_web(document["identifier"])
        assert is_web(document["url"])
        assert document["creator"]["@type"] == "Organization"
        assert document["creator"]["name"].strip()
        assert document["isAccessibleForFree"] is True
        assert document["includedInDataCatalog"]["@type"] == "DataCatalog"
        assert document["distribution"]
        for file in document["distribution"]:
            assert file["@type"] == "DataDownload"
            assert is_web(file["contentUrl"])
            assert file["encodingFormat"]
        said = [*parse(path=release / name.replace(".html", ".ttl"), format=RdfFormat.TURTLE)]
        assert coverage(said) == (document.get("temporalCoverage"), len(document.get("spatialCoverage", ()))), name
        seen += 1
    assert seen > 30


def coverage(said: list[Any]) -> tuple[str | None, int]:
    """The period and the number of places that a dataset covers, as its description in DCAT-AP knows them."""
    (dataset,) = (q.subject for q in said if q.object == NamedNode(f"{DCAT}Dataset"))
    own = [q for q in said if q.subject == dataset]
    periods = [q.object for q in own if q.predicate == NamedNode(f"{DCTERMS}temporal")]
    places = [q.object for q in own if q.predicate == NamedNode(f"{DCTERMS}spatial")]
    days = {
        q.predicate.value: dt.date.fromisoformat(q.object.value)
        for q in said
        if q.subject in periods and "Date" in q.predicate.value
    }
    period = f"{days[f'{DCAT}startDate']}/{days.get(f'{DCAT}endDate', '..')}" if days else None
    return period, len(places)


def test_the_page_of_the_catalogue_names_every_dataset(pages: dict[str, Any]) -> None:
    (document,) = embedded(pages["catalog.html"])
    assert document["@type"] == "DataCatalog"
    named = {one["@id"] for one in document["dataset"]}
    assert named == {embedded(page)[0]["@id"] for name, page in pages.items() if name.startswith("dataset/")}
