"""The release as linked data: every document, every form, every address, and what is asked in odd ways."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import socket
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote, urljoin

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple, parse

from eugraph.errors import InputError, UnreachableFileError
from eugraph.publish.paths import path_of
from eugraph.serve.limits import Limits
from eugraph.serve.released import mark_of
from eugraph.serve.served import open_served
from eugraph.serve.site import Site
from serve.collections_of import ODD, ORGANISATIONS, PROJECTS, make_collections, organisation, project
from serve.running import BASE, Server, serving, until

FORMS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
}

FOR_SERVERS = (".htaccess", "nginx.conf", "_redirects", "_headers")
VOID = ".well-known/void"  # has more to say where there is an endpoint


@pytest.fixture(scope="module")
def client(many: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=many.root, timeout=60) as client:
        yield client


def statements(data: bytes, form: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in parse(data, format=form)}


def test_every_document_comes_in_every_form_as_released_and_says_the_same(
    client: httpx.Client, many_release: Path
) -> None:
    """More than 1,000 documents, by negotiation; what the release holds comes byte by byte."""
    files = json.loads((many_release / "release.json").read_bytes())["files"]
    stems = [*map(project, range(PROJECTS)), *map(organisation, range(ORGANISATIONS)), *map(path_of, ODD.values())]
    assert len(stems) > 1000
    for stem in stems:
        said = statements((many_release / f"{stem}.ttl").read_bytes(), RdfFormat.TURTLE)
        for ending, (media_type, form) in FORMS.items():
            answer = client.get(f"/{stem}", headers={"Accept": media_type, "Accept-Encoding": "identity"})
            assert (answer.status_code, answer.headers["content-location"]) == (200, f"/{stem}.{ending}")
            assert answer.headers["content-type"].partition(";")[0] == media_type
            assert statements(answer.content, form) == said
            if file := files.get(f"{stem}.{ending}"):
                assert answer.content == (many_release / f"{stem}.{ending}").read_bytes()
                assert answer.headers["etag"] == f'"{file["sha256"]}"'
        page = client.get(f"/{stem}", headers={"Accept": "text/html"})
        assert page.content == (many_release / f"{stem}.html").read_bytes()


def test_every_file_of_the_release_is_at_its_path(client: httpx.Client, many_release: Path) -> None:
    files = json.loads((many_release / "release.json").read_bytes())["files"].keys() - {*FOR_SERVERS, VOID}
    gone = {"project/old", "project/moved", "project/into", "project/withdrawn"}
    for path in files:
        if path.rpartition("/")[0] == "project" and path.partition(".")[0] not in gone and not path.endswith(".html"):
            continue  # asked above
        if path.startswith("query/"):
            continue  # the reports over HTTP are there
        answer = client.get(f"/{path}", headers={"Accept-Encoding": "identity"})
        if path.partition(".")[0] not in gone:
            assert answer.content == (many_release / path).read_bytes(), path
            assert answer.headers["vary"] == "Accept-Encoding"
    assert client.get("/release.json").content == (many_release / "release.json").read_bytes()


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("dump/all.nq.gz", "application/gzip"),
        ("style.css", "text/css; charset=utf-8"),
        ("context.jsonld", "application/ld+json"),
        ("validation.txt", "text/plain; charset=utf-8"),
        ("validation.json", "application/json"),
        ("addresses.tsv", "text/tab-separated-values; charset=utf-8"),
        ("release.json", "application/json"),
    ],
)
def test_files_have_their_media_types(client: httpx.Client, path: str, media_type: str) -> None:
    assert client.get(f"/{path}").headers["content-type"] == media_type


def test_a_dump_is_a_packed_file_and_not_an_encoded_one(client: httpx.Client) -> None:
    answer = client.get("/dump/all.nq.gz", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert gzip.decompress(answer.content).startswith(b"<")


def test_a_thing_leads_to_its_document(client: httpx.Client) -> None:
    answer = client.get(f"/id/{project(7)}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{project(7)}")


def test_a_thing_keeps_what_was_asked_on_its_way(client: httpx.Client) -> None:
    answer = client.get(f"/id/{project(7)}?_profile=native")
    assert answer.headers["location"] == f"/{project(7)}?_profile=native"


def test_a_participation_leads_to_the_document_that_it_stands_in(client: httpx.Client) -> None:
    answer = client.get("/id/participation/p0001/o0001?a=b", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{project(1)}?a=b#participation/p0001/o0001"


@pytest.mark.parametrize(("asked", "iri"), ODD.items())
def test_odd_addresses_lead_to_their_documents(client: httpx.Client, asked: str, iri: str) -> None:
    answer = client.get(f"/id/{asked}", headers={"Accept": "application/n-triples"}, follow_redirects=True)
    assert answer.status_code == 200
    assert f"<{BASE}{iri}> ".encode() in answer.content


def test_a_base_elsewhere_works_by_its_path_and_below_id(tmp_path: Path) -> None:
    folder = make_collections(tmp_path / "dist", projects=2, base_iri="https://data.example/our/id/")
    with serving(folder, "--log", "none", "--workers", "1") as server:
        for path in ("/our/id/", "/id/"):
            assert server.get(f"{path}{project(1)}").headers["location"] == f"/{project(1)}"
            assert server.get(f"{path}project/old").headers["location"] == f"{path}{project(1)}"


def test_where_things_and_documents_share_addresses_a_thing_leads_to_a_form(tmp_path: Path) -> None:
    folder = make_collections(tmp_path / "dist", projects=2, base_iri="https://data.example/")
    with serving(folder, "--log", "none", "--workers", "1") as server:
        answer = server.get(f"/{project(1)}", headers={"Accept": "text/turtle"})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{project(1)}.ttl")
        assert "Accept" in answer.headers["vary"]
        assert server.get(f"/{project(1)}.ttl").status_code == 200
        assert server.get("/ontology/eugraph", headers={"Accept": "text/turtle"}).status_code == 200


def test_a_renamed_thing_is_moved_for_good(client: httpx.Client) -> None:
    for asked, expected in {
        "/id/project/old": f"/id/{project(1)}",
        "/project/old": f"/{project(1)}",
        "/project/old.ttl": f"/{project(1)}.ttl",
        "/project/old.html": f"/{project(1)}.html",
        "/id/project/moved": "https://elsewhere.example/m",
        "/project/moved": "https://elsewhere.example/m",
        "/id/project/into": "/id/participation/p0001/o0001",
        "/project/into": f"/{project(1)}",
    }.items():
        answer = client.get(asked)
        assert (answer.status_code, answer.headers["location"]) == (301, expected), asked


@pytest.mark.parametrize("path", ["/id/project/withdrawn", "/project/withdrawn", "/project/withdrawn.ttl"])
def test_a_withdrawn_thing_is_gone_and_says_why(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/turtle"})
    assert answer.status_code == 410
    assert "It was never funded." in answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 410
    page = client.get("/id/project/withdrawn", headers={"Accept": "text/html", "If-None-Match": "*"})
    assert (page.status_code, page.headers["content-type"]) == (410, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ontology", "/ontology/"),
        ("/shapes", "/shapes/"),
        ("/project", "/project/"),
        ("/scheme/role", "/ontology/schemes/role"),
    ],
)
def test_terms_and_kinds_lead_to_what_describes_them(client: httpx.Client, path: str, expected: str) -> None:
    assert client.get(path).headers["location"] == expected
    answer = client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/turtle; charset=utf-8")


def test_the_ontology_and_all_shapes_can_be_had_as_graphs(client: httpx.Client, many_release: Path) -> None:
    assert client.get("/ontology/index.ttl").content == (many_release / "ontology/eugraph.ttl").read_bytes()
    shapes = client.get("/shapes/", headers={"Accept": "application/ld+json"})
    assert client.get("/shapes/index.jsonld").content == shapes.content
    found = {str(t.subject) for t in statements(shapes.content, RdfFormat.JSON_LD)}
    assert {"<https://w3id.org/eugraph/shapes#Project>", "<https://w3id.org/eugraph/shapes#Grant>"} <= found


def test_a_vocabulary_page_works_from_the_address_that_it_is_shown_at(client: httpx.Client) -> None:
    for path in ("/ontology", f"/{project(1)}", "/scheme/role", "/"):
        answer = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        sheet = answer.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert client.get(urljoin(str(answer.url), sheet)).headers["content-type"].startswith("text/css"), path


def test_who_asks_for_the_catalogue_and_says_nothing_gets_rdf(client: httpx.Client) -> None:
    with httpx.Client(base_url=client.base_url) as silent:
        del silent.headers["accept"]
        answer = silent.get("/catalog")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert answer.headers["content-profile"] == "<http://data.europa.eu/r5r/>"
    assert (
        client.get("/catalog", headers={"Accept": "text/html, */*;q=0.8"})
        .headers["content-type"]
        .startswith("text/html")
    )
    assert client.get("/catalog", headers={"Accept": FORMS["rdf"][0]}).headers["content-location"] == "/catalog.rdf"
    assert client.get("/dataset/all?_profile=dcat-ap").headers["content-type"].startswith("text/turtle")
    assert client.get("/catalog?_profile=schema").headers["content-location"] == "/catalog.schema.jsonld"
    assert client.get("/catalog?_profile=eurio").status_code == httpx.codes.NOT_ACCEPTABLE


@pytest.mark.parametrize("path", FOR_SERVERS)
def test_what_other_servers_are_told_is_not_served(client: httpx.Client, path: str) -> None:
    assert client.get(f"/{path}").status_code == httpx.codes.NOT_FOUND


def test_the_dataset_is_described_at_its_well_known_address(client: httpx.Client) -> None:
    void = client.get("/.well-known/void")
    said = statements(void.content, RdfFormat.TURTLE)
    assert {str(t.object) for t in said if str(t.predicate).endswith("#triples>")} != set()
    assert any("dump/all.nq.gz" in str(t.object) for t in said)
    assert [str(t.object) for t in said if str(t.predicate).endswith("#sparqlEndpoint>")] == [
        f"<{BASE.removesuffix('id/')}sparql>"
    ]
    for form, (media_type, name) in FORMS.items():
        answer = client.get("/.well-known/void", headers={"Accept": media_type})
        assert statements(answer.content, name) == said
        assert client.get(f"/.well-known/void.{form}").content == answer.content
        assert statements(client.get("/", headers={"Accept": media_type}).content, name) == said
    assert client.get("/", headers={"Accept": "text/html"}).headers["content-location"] == "/index.html"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "html"),
        ("*/*", "html"),
        ("text/turtle;q=0.5, application/ld+json", "jsonld"),
        ("APPLICATION/LD+JSON", "jsonld"),
        ("application/rdf+xml, text/turtle;q=0.9", "rdf"),
        ("text/*;q=0.1, text/html;q=0, */*;q=0.01", "ttl"),
        ("application/*", "jsonld"),
        ("image/png, */*;q=0.1", "html"),
        ("text/html;q=0.1, text/turtle;q=0.11", "ttl"),
    ],
)
def test_the_form_that_is_liked_best_is_answered(client: httpx.Client, accept: str | None, expected: str) -> None:
    request = client.build_request("GET", f"/{project(3)}")
    del request.headers["Accept"]
    if accept is not None:
        request.headers["Accept"] = accept
    answer = client.send(request)
    assert answer.headers["content-location"] == f"/{project(3)}.{expected}"
    assert {"accept", "accept-profile", "accept-encoding"} == {
        name.strip().lower() for name in answer.headers["vary"].split(",")
    }


def test_json_is_answered_as_json(client: httpx.Client) -> None:
    answer = client.get(f"/{project(3)}", headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["id"] == project(3)


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0", "text/plain"])
def test_what_cannot_be_had_is_not_acceptable_and_says_what_can(client: httpx.Client, accept: str) -> None:
    answer = client.get(f"/{project(3)}", headers={"Accept": accept})
    assert answer.status_code == 406
    assert f"/{project(3)}.ttl  text/turtle, profile native" in answer.text
    assert f'</{project(3)}.ttl>; rel="alternate"; type="text/turtle"' in answer.headers["link"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_an_address_with_an_ending_is_one_form_whatever_is_accepted(client: httpx.Client) -> None:
    for ending, (media_type, _) in FORMS.items():
        answer = client.get(f"/{project(3)}.{ending}", headers={"Accept": "image/png"})
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert f'</{project(3)}>; rel="alternate"' in answer.headers["link"]


def test_the_media_type_in_the_address_goes_before_the_header(client: httpx.Client) -> None:
    answer = client.get(f"/{project(3)}?_mediatype=text/turtle", headers={"Accept": "application/ld+json"})
    assert answer.headers["content-location"] == f"/{project(3)}.ttl"
    assert client.get(f"/{project(3)}?_mediatype=image/png").status_code == 406


def test_links_name_the_other_forms_the_profile_the_dataset_and_the_licence(client: httpx.Client) -> None:
    found = client.get(f"/{project(3)}", headers={"Accept": "text/turtle"}).headers["link"]
    for link in (
        f'</{project(3)}.html>; rel="canonical"; type="text/html"; profile="https://w3id.org/eugraph/ontology"',
        f'</{project(3)}.jsonld>; rel="alternate"; type="application/ld+json"',
        '<https://w3id.org/eugraph/ontology>; rel="profile"',
        '</.well-known/void>; rel="describedby"',
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
        '<http://www.w3.org/ns/dx/prof/Profile>; rel="type"; token="native"',
    ):
        assert link in found


def test_an_answer_is_packed_only_for_who_asks_and_has_a_tag_of_its_own(client: httpx.Client) -> None:
    plain = client.get(f"/{project(3)}.html", headers={"Accept-Encoding": "identity"})
    packed = client.get(f"/{project(3)}.html", headers={"Accept-Encoding": "gzip"})
    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, "gzip")
    assert plain.content == packed.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert plain.headers["etag"] != packed.headers["etag"]
    refused = client.get(f"/{project(3)}.html", headers={"Accept-Encoding": "identity;q=0, br"})
    assert refused.status_code == 406
    for tag, coding, expected in (
        (plain.headers["etag"], "gzip", 200),
        (packed.headers["etag"], "gzip", 304),
        (packed.headers["etag"], "identity", 200),
    ):
        answer = client.get(f"/{project(3)}.html", headers={"If-None-Match": tag, "Accept-Encoding": coding})
        assert answer.status_code == expected


def test_a_condition_is_answered_as_the_specification_says(client: httpx.Client) -> None:
    path = f"/{project(3)}.ttl"
    first = client.get(path, headers={"Accept-Encoding": "identity"})
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    assert not tag.startswith("W/")
    assert modified == "Fri, 02 Jan 2026 00:00:00 GMT"
    cases: list[tuple[dict[str, str], int]] = [
        ({"If-None-Match": tag}, 304),
        ({"If-None-Match": f"W/{tag}"}, 304),
        ({"If-None-Match": f'"a", W/"b,c" ,{tag}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-None-Match": tag.strip('"')}, 200),  # no entity tag: says nothing
        ({"If-None-Match": ""}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": modified}, 200),  # the tag goes before the date
        ({"If-Modified-Since": modified}, 304),
        ({"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "Sat, 03 Jan 2026 00:00:00 GMT"}, 304),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-Modified-Since": "Fri, 99 Foo 2026 00:00:00 GMT"}, 200),
        ({"If-Match": tag}, 200),
        ({"If-Match": f"W/{tag}"}, 412),
        ({"If-Match": '"other"'}, 412),
        ({"If-Match": "*"}, 200),
        ({"If-Unmodified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"}, 412),
        ({"If-Unmodified-Since": modified}, 200),
    ]
    for headers, expected in cases:
        for method in ("GET", "HEAD"):
            answer = client.request(method, path, headers={"Accept-Encoding": "identity", **headers})
            assert answer.status_code == expected, headers
            if expected == 304:
                assert answer.content == b""
                kept = ("etag", "last-modified", "cache-control", "vary")
                assert [answer.headers[name] for name in kept] == [first.headers[name] for name in kept]


def test_an_answer_that_was_given_before_is_open_counted_logged_and_limited_like_the_first(many_release: Path) -> None:
    path = f"/{project(3)}.ttl"
    with serving(many_release, rate=0.01, burst=4) as server:
        first, *more = [server.get(path) for _ in range(6)]
        assert [answer.status_code for answer in more] == [200, 200, 200, 429, 429]
        for answer in (first, *more[:3]):
            del answer.headers["date"]
            assert (answer.headers, answer.content) == (first.headers, first.content)
            assert answer.headers["access-control-allow-origin"] == "*"
        assert server.value('requests_total{method="GET",status="200"}') == 4
        lines = [event for event in server.events() if event.get("path") == path]
        assert [line["bytes"] for line in lines[:4]] == [len(first.content)] * 4


@pytest.mark.parametrize(
    "path", [f"/{project(3)}", f"/{project(3)}.html", "/project/", "/", "/id/project/p0003", "/project/old", "/nothing"]
)
def test_head_is_get_without_the_body(client: httpx.Client, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert head.content == b""
    assert head.status_code == got.status_code
    for answer in (got, head):
        del answer.headers["date"]
    assert head.headers == got.headers


@pytest.mark.parametrize("path", [f"/{project(3)}", "/id/project/p0003", "/nothing", "/project/withdrawn", "/%00"])
def test_every_answer_may_be_read_by_pages_elsewhere(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    preflight = client.options(path, headers={"Origin": "https://e.example", "Access-Control-Request-Method": "GET"})
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (204, "*")
    assert preflight.headers["allow"] == "GET, HEAD, OPTIONS"
    assert client.options("/sparql").headers["allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_a_release_is_read_only(client: httpx.Client, method: str) -> None:
    answer = client.request(method, f"/{project(3)}")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_page_runs_no_script_and_asks_nobody_else(client: httpx.Client) -> None:
    policy = client.get(f"/{project(3)}.html").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy


BAD = [
    *("/../etc/passwd", "/project/../../etc/passwd", "/%2e%2e/etc/passwd", "/project/%2e%2e/%2e%2e/etc/passwd"),
    *("/..%2fetc/passwd", "/project%2fp0003", "/project/p0003.ttl%00", "/%00", "/\\..\\..\\etc\\passwd", "/%5c%5c"),
    *("/project/%ff", "/%c0%ae%c0%ae/", "/%ed%a0%80", "/project/p0003.ttl/", "/project/p0003.", "/project/p0003.ttl."),
    *("//project/p0003", "/project//p0003", "/project/p0003//", "/./project/p0003", "/project/p0003/.", "/~"),
    *("/release.json/", "/release.json/x", "/.git/config", "/.env", "/id/", "/id", "/id//", "/id/~", "/id/%20"),
    *("/project/p0003.exe", "/project/P0003", "/PROJECT/p0003", "/project/p0003%20", "/index", "/project/index"),
    *("/%", "/%zz", "/%u0041", "/project/p0003%3f", "/project/p0003;a=b", "/project/*", "/" + "a/" * 500, "/é"),
    *("/project/old.exe", "/project/withdrawn.exe", "/scheme/", "/scheme/nothing", "/scheme/../ontology"),
]


def raw(server: Server, path: str) -> tuple[int, bytes]:
    """Ask for a path as it is, which clients would put in order."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode("utf-8"))
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    return int(answer.split(b" ", 2)[1]), answer


@pytest.mark.parametrize("path", BAD)
def test_an_odd_path_is_not_found_or_refused(many: Server, path: str) -> None:
    status, answer = raw(many, path)
    assert status in (400, 404), answer[:200]
    assert b"root:" not in answer
    assert b"Traceback" not in answer


def test_only_what_was_released_is_served(tmp_path: Path) -> None:
    """A file more, a changed one, a link out, a pipe, one that is missing: none is answered, and the server goes on."""
    folder = make_collections(tmp_path / "dist", projects=8)
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (folder / "more.txt").write_text("secret")
    (folder / "link.txt").symlink_to(secret)
    for number, do in enumerate(("link", "pipe", "folder", "change", "shorten", "remove")):
        file = folder / f"{project(number)}.ttl"
        data = file.read_bytes()
        file.unlink()
        if do == "link":
            file.symlink_to(secret)
        elif do == "pipe":
            os.mkfifo(file)
        elif do == "folder":
            file.mkdir()
        elif do in ("change", "shorten"):
            file.write_bytes(data.replace(b"Project", b"Subject") if do == "change" else data[:-1])
    with serving(folder, "--log", "none", "--workers", "1") as server:
        for number in range(6):
            for path in (f"/{project(number)}.ttl", f"/{project(number)}.nt"):
                answer = server.get(path)
                assert (answer.status_code, answer.headers["retry-after"]) == (503, "5"), path
                assert "secret" not in answer.text
        for path in ("/more.txt", "/link.txt"):
            assert server.get(path).status_code == 404
        assert server.get(f"/{project(6)}.ttl").status_code == 200


def test_no_request_is_dropped_while_releases_take_the_place_of_each_other(tmp_path: Path) -> None:
    folder = make_collections(tmp_path / "dist", projects=3)
    seen: set[str] = set()
    with serving(folder, "--rate", "0", "--log", "none", "--workers", "1") as server:
        made = threading.Thread(target=lambda: [make_collections(folder, projects=n) for n in (4, 5, 6)])
        made.start()
        with httpx.Client(base_url=server.root, timeout=60) as client:
            number = 0
            while made.is_alive() or len(seen) < 2:
                number += 1
                answer = client.get(f"/release.json?n={number}")
                assert answer.status_code == 200, answer.text
                answer = client.get(f"/{organisation(number % ORGANISATIONS)}.ttl?n={number}")
                assert answer.status_code == 200, answer.text
                assert client.get(f"/project/?n={number}", headers={"Accept": "text/turtle"}).status_code == 200
                seen.add(answer.headers["eugraph-release"])
        made.join()


def test_a_release_that_is_replaced_while_it_is_read_is_never_mixed_with_the_other_one(tmp_path: Path) -> None:
    """The other release comes while the store is filled, when release.json was read and the addresses were not."""
    folder = make_collections(tmp_path / "dist", projects=3)
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        if len(lines) == 1:
            make_collections(folder, projects=4)

    served = open_served(folder, Limits(workers=1), say=say)
    with served.kept:
        assert lines[0].startswith("storing")
        assert served.manifest == json.loads((folder / "release.json").read_bytes())
        assert not served.site.files.is_replaced()
        assert served.site.resolve(project(3), project(3).encode()) is not None


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_release_whose_dump_is_not_the_released_one_is_not_served(tmp_path: Path, is_damaged: bool) -> None:
    folder = make_collections(tmp_path / "dist", projects=3)
    dump = folder / "dump" / "all.nq.gz"
    other = make_collections(tmp_path / "other") / "dump" / "all.nq.gz"
    dump.write_bytes(dump.read_bytes() + b"x" if is_damaged else other.read_bytes())
    with pytest.raises(InputError, match=r"dump/all\.nq\.gz: this is not what release\.json names"):
        open_served(folder, Limits(workers=1))


def test_a_release_whose_dump_is_gone_is_not_served(tmp_path: Path) -> None:
    folder = make_collections(tmp_path / "dist", projects=3)
    (folder / "dump" / "all.nq.gz").unlink()
    with pytest.raises(UnreachableFileError, match=r"dump/all\.nq\.gz: No such file or directory\. Make the release"):
        open_served(folder, Limits(workers=1))


def test_a_new_release_is_served_with_new_tags(tmp_path: Path) -> None:
    folder = make_collections(tmp_path / "dist", projects=3)
    with serving(folder, "--log", "none", "--workers", "1") as server:
        first = server.get("/project/")
        tag = first.headers["etag"]
        make_collections(folder, projects=4)
        until(lambda: server.get("/project/", headers={"If-None-Match": tag}).status_code == 200)
        assert server.get(f"/{project(3)}.ttl").status_code == 200


def test_addresses_in_headers_are_ascii(client: httpx.Client) -> None:
    for asked in ODD:
        answer = client.get(f"/id/{asked}")
        assert answer.headers["location"] == quote(answer.headers["location"], safe="/~%#?")


def test_a_large_file_is_sent_while_it_is_read(tmp_path: Path) -> None:
    folder = make_collections(tmp_path / "dist", projects=1)
    data = os.urandom(1 << 20) * 20
    (folder / "dump" / "large.nq.gz").write_bytes(data)
    manifest = json.loads((folder / "release.json").read_bytes())
    digest = hashlib.sha256(data).hexdigest()
    manifest["files"]["dump/large.nq.gz"] = {"size": len(data), "sha256": digest}
    (folder / "release.json").write_text(json.dumps(manifest))
    with serving(folder, "--log", "none", "--workers", "1") as server:
        answer = server.get("/dump/large.nq.gz", headers={"Accept-Encoding": "gzip"})
        assert answer.content == data
        assert answer.headers["etag"] == f'"{digest}"'
        assert server.get("/dump/large.nq.gz", headers={"If-None-Match": f'"{digest}"'}).status_code == 304
        head = httpx.head(f"{server.root}/dump/large.nq.gz")
        assert int(head.headers["content-length"]) == len(data)
        (folder / "dump" / "large.nq.gz").write_bytes(b"x" + data[1:])
        assert server.get("/dump/large.nq.gz").status_code == 503


PIECES = st.one_of(
    st.sampled_from(
        ["id", "project", "p0003", "index", ".ttl", ".html", ".schema.jsonld", "ontology", "scheme", "role"]
    ),
    st.sampled_from(
        ["..", ".", "", "%2e", "~", "~~", "~61", "%C3%BC", "ü", "\U0001f600", ".well-known", "void", "old"]
    ),
    st.text(max_size=4),
)


@given(st.lists(PIECES, max_size=6), st.sampled_from(["/", ""]), st.text(max_size=5))
def test_every_path_leads_somewhere_in_the_release_or_nowhere(
    many_release: Path, pieces: list[str], between: str, after: str
) -> None:
    site = site_of(many_release)
    path = between.join(pieces)
    found = site.resolve(path, b"/" + quote(path, errors="surrogatepass").encode(), after)
    if found is None:
        return
    assert found.status in (200, 301, 303, 410)
    assert found.location.startswith(("/", "https://elsewhere.example/")) == bool(found.location)
    for form in found.representations:
        assert form.make is not None or form.file in site.files


@cache
def site_of(release: Path) -> Site:
    return Site(release, json.loads((release / "release.json").read_bytes()), mark_of(release))
