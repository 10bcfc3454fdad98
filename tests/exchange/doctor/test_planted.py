"""Each planted fault is found by its code and where it is, and nothing else is said to be wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from eugraph.exchange.doctor import Report, doctor
from eugraph.findings import Severity
from exchange.doctor.conftest import released
from exchange.doctor.planted import BASE, IN_A_FOLDER, catalogue, change
from exchange.doctor.sites import Answering, Given, but, files, hosted, with_headers


def found(report: Report, least: Severity = Severity.WARNING) -> set[tuple[str, str]]:
    return {(each.code, each.where) for each in report.diagnoses if each.severity >= least}


def changed(folder: Path, to: Path, plant: Callable[[Path], object]) -> Path:
    """A copy of a folder with a fault in it."""
    plant(shutil.copytree(folder, to))
    return to


@pytest.mark.parametrize("name", IN_A_FOLDER)
def test_a_fault_in_a_folder_is_found_where_it_is(name: str, small: Path, tmp_path: Path) -> None:
    fault = IN_A_FOLDER[name]
    assert found(doctor(changed(small, tmp_path / "dist", fault.plant), sample=10_000)) == fault.found


# What only a server can get wrong


def plain_type(given: Given) -> Given:
    return with_headers(content_type="text/plain")(given)


def first_form(answering: Answering) -> Answering:
    """Take the first form that is named, whatever its weight."""
    return lambda path, headers: answering(
        path, {**headers, "accept": headers.get("accept", "*/*").partition(",")[0].partition(";")[0]}
    )


def only_pages(answering: Answering) -> Answering:
    return lambda path, headers: answering(
        path, {**headers, "accept": "text/html"} if path == "/dataset/all" else headers
    )


SERVED: dict[str, tuple[Callable[[Answering], Answering], set[tuple[str, str]]]] = {
    "Turtle as plain text": (
        lambda good: but(good, "/project/alpha.ttl", plain_type),
        {("media-type-wrong", f"{BASE}project/alpha.ttl"), ("signpost-type-differs", f"{BASE}project/alpha.html")},
    ),
    "JSON-LD as octets": (
        lambda good: but(good, "/project/beta.jsonld", with_headers(content_type="application/octet-stream")),
        {("media-type-wrong", f"{BASE}project/beta.jsonld"), ("signpost-type-differs", f"{BASE}project/beta.html")},
    ),
    "no media type": (
        lambda good: but(good, "/query/roles.csv", with_headers(content_type="")),
        {("media-type-missing", f"{BASE}query/roles.csv")},
    ),
    "Turtle in Latin-1": (
        lambda good: but(good, "/project/alpha.ttl", with_headers(content_type="text/turtle; charset=iso-8859-1")),
        {("charset-wrong", f"{BASE}project/alpha.ttl")},
    ),
    "no Vary": (
        lambda good: but(good, "/dataset/all", with_headers(vary="")),
        {("vary-missing", f"{BASE}dataset/all")},
    ),
    "only pages": (only_pages, {("no-rdf-by-negotiation", f"{BASE}dataset/all")}),
    "a failing form": (
        lambda good: (
            lambda path, headers: (
                Given(status=500)
                if path == "/dataset/all" and headers.get("accept", "").startswith("application/ld+json")
                else good(path, headers)
            )
        ),
        {("negotiation-fails", f"{BASE}dataset/all")},
    ),
    "a server that fails over unknown types": (
        lambda good: (
            lambda path, headers: (
                Given(status=500)
                if path == "/dataset/all" and "nothing" in headers.get("accept", "")
                else good(path, headers)
            )
        ),
        {("unacceptable-unanswered", f"{BASE}dataset/all")},
    ),
    "conditions that are not heeded": (
        lambda good: (
            lambda path, headers: good(
                path, {n: v for n, v in headers.items() if n != "if-none-match" or path != "/dataset/all"}
            )
        ),
        {("condition-ignored", f"{BASE}dataset/all")},
    ),
    "a file that is gone for the host": (
        lambda good: but(good, "/query/roles.csv", lambda _: Given(status=410)),
        {
            ("link-dead", f"{BASE}dataset/query/roles#roles-csv"),
            ("signpost-dead", f"{BASE}dataset/query/roles.html"),
            ("linkset-target-dead", f"{BASE}linkset.json"),
        },
    ),
    "robots.txt that fails": (
        lambda good: but(good, "/robots.txt", lambda _: Given(status=500)),
        {("robots-fails", f"{BASE}robots.txt")},
    ),
    "robots.txt that is a page": (
        lambda good: but(good, "/robots.txt", with_headers(content_type="text/html")),
        {("robots-type", f"{BASE}robots.txt"), ("media-type-wrong", f"{BASE}robots.txt")},
    ),
    "a packed file that is unpacked on the way": (
        lambda good: but(good, "/dump/all.nq.gz", with_headers(content_encoding="gzip")),
        {("size-differs", f"{BASE}dump/all.nq.gz"), ("checksum-differs", f"{BASE}dump/all.nq.gz")},
    ),
}


@pytest.mark.parametrize("name", SERVED)
def test_a_fault_of_a_server_is_found_where_it_is(name: str, small: Path) -> None:
    plant, expected = SERVED[name]
    with hosted(plant(files(small))) as host:
        assert found(doctor(host.root, sample=10_000)) == expected


def test_a_server_that_does_not_weigh_is_told(small: Path) -> None:
    with hosted(first_form(files(small))) as host:
        assert {code for code, _ in found(doctor(host.root))} == {"weights-ignored"}


def test_a_server_that_answers_head_otherwise_is_told(small: Path) -> None:
    good = files(small)

    def tags(path: str, headers: object) -> Given | None:
        given = good(path, headers)  # type: ignore[arg-type]  # as the server hands them in
        counted.append(path)
        return given and with_headers(etag=f'"{len(counted)}"')(given) if path == "/dataset/all" else given

    counted: list[str] = []
    with hosted(tags) as host:
        assert ("head-differs", f"{BASE}dataset/all") in found(doctor(host.root))


def test_a_link_that_has_moved_for_good_is_told_mildly(small: Path) -> None:
    good = files(small)
    with hosted(but(good, "/licence.html", lambda _: Given(status=301, headers={"Location": "/index.html"}))) as host:
        report = doctor(host.root)
    assert {("link-moved"), ("sitemap-page-moved")} <= {each.code for each in report.diagnoses}
    assert not found(report)


# Against the previous release


def test_equal_releases_keep_their_identifiers(small: Path) -> None:
    assert not found(doctor(small, previous=small))


def test_an_identifier_that_vanished_is_told(small: Path, tmp_path: Path) -> None:
    def plant(folder: Path) -> None:
        for file in folder.glob("query/roles*"):
            file.unlink()
        for file in folder.glob("dataset/query/roles*"):
            file.unlink()

    newer = changed(small, tmp_path / "dist", plant)
    told = found(doctor(newer, previous=small))
    assert ("identifier-vanished", f"{BASE}query/roles.html") not in told  # the sitemap still lists it
    assert ("sitemap-page-dead", f"{BASE}sitemap/1.xml") in told


def test_a_thing_that_is_no_longer_described_is_told(small: Path, tmp_path: Path) -> None:
    entry = f"<url><loc>{BASE}project/omega.html</loc></url>\n</urlset>"
    older = changed(small, tmp_path / "older", change("sitemap/1.xml", "</urlset>", entry))
    assert found(doctor(small, previous=older)) == {("identifier-vanished", f"{BASE}project/omega.html")}


def test_an_identifier_that_changed_is_told_with_the_new_one(small: Path, tmp_path: Path) -> None:
    newer = changed(
        small,
        tmp_path / "dist",
        catalogue("<https://w3id.org/eugraph/id/dataset/query/roles>", f"<{BASE}dataset/all#roles>"),
    )
    assert ("identifier-changed", f"{BASE}dataset/all#roles") not in found(doctor(newer))
    assert ("identifier-changed", f"{BASE}dataset/all#roles") in found(doctor(newer, previous=small))


def test_a_base_that_changed_is_told_once(small: Path, tmp_path: Path) -> None:
    newer = released(tmp_path, tmp_path / "dist", base_iri="https://data.example.org/id/")
    told = [each for each in doctor(newer, previous=small).diagnoses if each.check == "identifiers"]
    assert [(each.code, each.where) for each in told] == [("base-changed", "https://data.example.org/id/")]
