"""What Google's dataset search misses in the JSON-LD of pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from eugraph.exchange.doctor.dcat import google
from eugraph.exchange.doctor.dcat.google.forms import is_period
from eugraph.findings import Severity

PAGE = "https://data.example.org/trees"
GOOD: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "Dataset",
    "@id": f"{PAGE}#it",
    "name": "Trees of the town",
    "description": "Each tree that the town has planted, with its kind, its height and the year.",
    "url": PAGE,
    "identifier": "https://doi.org/10.1234/5678",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "creator": {"@type": "Organization", "name": "Parks"},
    "keywords": ["trees", "town"],
    "isAccessibleForFree": True,
    "temporalCoverage": "2014-01-01/..",
    "spatialCoverage": {"@type": "Place", "geo": {"@type": "GeoCoordinates", "latitude": 1, "longitude": 2}},
    "includedInDataCatalog": {"@type": "DataCatalog", "name": "Open data"},
    "distribution": [{"@type": "DataDownload", "contentUrl": f"{PAGE}.csv", "encodingFormat": "text/csv"}],
}


def told(*documents: object) -> list[tuple[str, Severity, str]]:
    """Code, severity and the message's first three words of what is found."""
    found = list(google(((PAGE, document) for document in documents), each=True))
    assert all(each.where == PAGE for each in found)
    assert all(each.check == "google" for each in found)
    return [(each.code, each.severity, each.message) for each in found]


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    document = deepcopy(GOOD)
    change(document)
    return document


def test_of_a_good_dataset_nothing_is_told() -> None:
    assert told(GOOD) == []


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("name", Severity.VIOLATION),
        ("description", Severity.VIOLATION),
        *((name, Severity.WARNING) for name in ("creator", "license", "distribution")),
        *((name, Severity.INFO) for name in ("identifier", "keywords", "url", "temporalCoverage", "spatialCoverage", "isAccessibleForFree", "includedInDataCatalog")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("how", ["absent", "empty", "null"])
def test_what_is_missing_is_told(name: str, severity: Severity, how: str) -> None:
    def take_out(document: dict[str, Any]) -> None:
        document[name] = {"absent": None, "empty": "  ", "null": []}[how]
        if how == "absent":
            del document[name]

    ((code, found, message),) = told(changed(take_out))
    assert code == ("google-required" if severity == Severity.VIOLATION else "google-recommended")
    assert (found, f"has no {name}," in message) == (severity, True)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("description", "Too short.", "has 10 characters"),
        ("description", "x" * 5001, "has 5001 characters"),
        ("temporalCoverage", "from 2014 to 2020", "ISO 8601"),
        ("license", "CC BY", "by its address"),
        ("license", {"@type": "CreativeWork", "name": "CC BY"}, "without url or @id"),
        ("creator", "Parks", "Person or an Organization"),
        ("creator", {"@type": "Organization"}, "without name"),
        ("publisher", {"@type": "Organization"}, "without name"),
        ("url", "/trees", "absolute address"),
        ("sameAs", "trees", "absolute address"),
        ("identifier", {"@type": "PropertyValue", "propertyID": "doi"}, "without value"),
        ("spatialCoverage", {"@type": "Place"}, "without name or geo"),
        ("isAccessibleForFree", "perhaps", "true or false"),
        ("distribution", ["trees.csv"], "DataDownload"),
        ("distribution", {"contentUrl": "trees.csv", "encodingFormat": "text/csv"}, "contentUrl is “trees.csv”"),
    ],
)
def test_a_value_of_wrong_form_is_told(name: str, value: object, words: str) -> None:
    ((code, severity, message),) = told(changed(lambda document: document.update({name: value})))
    assert (code, severity) == ("google-form", Severity.WARNING)
    assert message.startswith(("The description", name, "contentUrl"))
    assert words in message


def test_a_file_needs_an_address_and_should_have_a_format() -> None:
    found = told(changed(lambda document: document.update(distribution=[{"@type": "DataDownload"}])))
    assert [(code, severity) for code, severity, _ in found] == [
        ("google-required", Severity.VIOLATION),
        ("google-recommended", Severity.WARNING),
    ]


def test_a_dataset_without_the_context_of_schema_org_is_told() -> None:
    document = changed(lambda document: document.update({"@context": {"@vocab": "https://example.org/"}}))
    assert [code for code, _, _ in told(document)] == ["google-context"]


def test_prefixes_full_names_graphs_and_references_are_understood() -> None:
    prefixed = {f"schema:{key}" if key[0] != "@" else key: value for key, value in GOOD.items()}
    prefixed |= {"@context": {"schema": "http://schema.org/"}, "@type": "schema:Dataset"}
    assert told(prefixed) == []
    full = {f"https://schema.org/{key}" if key[0] != "@" else key: value for key, value in GOOD.items()}
    assert told({**full, "@type": ["https://schema.org/Dataset"]}) == []
    person = {"@id": "#parks", "@type": "Organization", "name": {"@value": "Parks", "@language": "en"}}
    graph = [{key: value for key, value in GOOD.items() if key != "@context"} | {"creator": {"@id": "#parks"}}, person]
    assert told({"@context": "https://schema.org", "@graph": graph}) == []
    assert told([GOOD, {"@context": "https://schema.org", "@type": "WebPage", "name": "Trees"}]) == []


def test_of_a_dataset_that_a_catalogue_only_mentions_no_more_is_asked_than_is_required() -> None:
    mention = {key: GOOD[key] for key in ("@type", "@id", "name", "description")}
    catalogue = {"@context": "https://schema.org", "@type": "DataCatalog", "dataset": [mention]}
    assert told(catalogue) == []
    del mention["description"]
    assert [code for code, _, _ in told(catalogue)] == ["google-required"]
    alone = {"@context": "https://schema.org", "@type": "DataCatalog", "dataset": {"@type": "Dataset", "name": "X"}}
    assert len(told(alone)) == 11  # it is described nowhere else


def test_pages_without_a_dataset_are_passed_over() -> None:
    assert told({"@context": "https://schema.org", "@type": "Organization"}, [], {}, None, "text", 7) == []


def test_two_datasets_of_one_name_are_told_and_one_on_two_pages_is_not() -> None:
    other = changed(lambda document: document.update({"@id": "https://data.example.org/other"}))
    assert [code for code, _, _ in told(GOOD, other)] == ["google-name-shared"]
    assert told(GOOD, GOOD) == []


def test_what_many_pages_lack_is_told_once() -> None:
    bare = {"@context": "https://schema.org", "@type": "Dataset", "description": "Too short."}
    pages = [(f"{PAGE}/{number}", bare | {"name": f"Trees {number}"}) for number in range(10)]
    found = list(google(pages))
    (told_once,) = [each for each in found if "creator" in each.message]
    assert told_once.where == f"{PAGE}/0"
    assert told_once.message.endswith(f"The same at 9 others, such as {PAGE}/1 and {PAGE}/2.")
    assert len(found) == 11


def test_deep_and_wide_documents_end() -> None:
    deep: dict[str, Any] = {"@context": "https://schema.org"}
    for _ in range(50_000):
        deep = {"hasPart": [deep]}
    assert told(deep) == []
    assert told([{"x": number} for number in range(200_000)]) == []
    assert (
        told(changed(lambda document: document.update(creator={"@type": "Person", "name": "X", "knows": deep}))) == []
    )
    assert "google-context" not in {code for code, _, _ in told({"@context": deep, "@type": "Dataset"})}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        *((text, True) for text in ("2014", "2014-05", "2014-05-06", "2014-05-06T10:00:00Z", "2014/2016", "2014-01-01/..")),
        *((text, True) for text in ("../2016-01-01", "2014-01/P3M", "P1Y/2016", "2014-01-01/")),
        *((text, False) for text in ("", "14", "2014-13", "2014-01-32", "2014 - 2016", "2014/16", "P1Y", "/", "..", "2014/x")),
    ],
)  # fmt: skip
def test_periods(text: str, right: bool) -> None:
    assert is_period(text) is right


def test_the_reference_release_gives_what_is_asked(release: Path) -> None:
    documents = [
        (path.as_posix(), json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(release.rglob("*.schema.jsonld"))
    ]
    assert len(documents) > 100
    assert list(google(documents, each=True)) == []
