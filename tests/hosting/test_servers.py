"""Real Apache and real nginx over the release, beside `eugraph serve`: `make hosts`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from conftest import copy_tiny
from eugraph.pipeline import build
from eugraph.publish.addresses import Addresses
from eugraph.publish.feed.vocabulary import closed_pages
from hosting.requests import BROWSER, WITH_WEIGHTS, WITHOUT_WEIGHTS, Request, asked
from hosting.servers import apache, nginx
from publish.catalogues import tiny_release
from serve.running import serving

pytestmark = pytest.mark.skipif(
    os.environ.get("EUGRAPH_HOSTS") != "1", reason="needs Apache and nginx, which `make hosts` installs"
)
WITHDRAWN = """
<project/gone>
    eug:withdrawn "2026-01-05"^^xsd:date ;
    skos:prefLabel "Gone"@en .

<project/alfa>
    eug:withdrawn "2026-01-05"^^xsd:date ;
    dcterms:isReplacedBy <project/alpha> .
"""


@pytest.fixture(scope="module")
def apache_root(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with apache(release, tmp_path_factory.mktemp("apache") / "home") as root:
        yield root


@pytest.fixture(scope="module")
def nginx_root(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    conf = (release / "nginx.conf").read_text(encoding="utf-8")
    with nginx(release, conf, tmp_path_factory.mktemp("nginx") / "home") as root:
        yield root


@pytest.fixture(scope="module")
def our_root(release: Path) -> Iterator[str]:
    with serving(release, "--rate", "0", "--log", "none") as server:
        yield server.root


def test_there_are_forty_requests() -> None:
    assert len({*WITHOUT_WEIGHTS, *WITH_WEIGHTS}) == 40
    assert len(WITHOUT_WEIGHTS) == 25
    assert not any("q=" in (request.accept or "") for request in WITHOUT_WEIGHTS)


@pytest.mark.parametrize("request_", [*WITHOUT_WEIGHTS, *WITH_WEIGHTS], ids=str)
def test_apache_answers_as_our_server_does(apache_root: str, our_root: str, request_: Request) -> None:
    assert asked(apache_root, request_) == asked(our_root, request_)


@pytest.mark.parametrize("request_", WITHOUT_WEIGHTS, ids=str)
def test_nginx_answers_as_our_server_does(nginx_root: str, our_root: str, request_: Request) -> None:
    assert asked(nginx_root, request_) == asked(our_root, request_)


def test_frames_and_pages_of_collections_are_sent_as_what_they_are(
    release: Path, apache_root: str, nginx_root: str, our_root: str
) -> None:
    page = next(path.name for path in (release / "organisation").glob("index.after-*.jsonld"))
    types = {
        "frame/project.jsonld": 'application/ld+json;profile="http://www.w3.org/ns/json-ld#frame"',
        "linkset.json": "application/linkset+json",
        "organisation/index.jsonld": "application/ld+json",
        "organisation/index.ttl": "text/turtle; charset=utf-8",
        f"organisation/{page}": "application/ld+json",
    }
    for path, media_type in types.items():
        for root in (apache_root, nginx_root, our_root):
            answer = httpx.get(f"{root}/{path}")
            assert answer.headers["content-type"].replace("; ", ";") == media_type.replace("; ", ";"), (root, path)
            assert answer.content == (release / path).read_bytes()


@pytest.mark.parametrize("accept", [None, "*/*", "text/html", "application/ld+json", BROWSER, "application/rdf+xml"])
def test_who_asks_for_the_catalogue_and_says_nothing_gets_rdf(
    apache_root: str, nginx_root: str, our_root: str, accept: str | None
) -> None:
    wanted = asked(our_root, Request("/catalog", accept))
    assert wanted.leads_to == {None: "/catalog.ttl", "*/*": "/catalog.ttl"}.get(accept, wanted.leads_to)
    assert asked(apache_root, Request("/catalog", accept)) == wanted
    assert asked(nginx_root, Request("/catalog", accept)) == wanted


def test_pages_of_the_catalogue_are_answered_alike(tmp_path: Path) -> None:
    release = tiny_release(tmp_path, "[catalogue]\npage_size = 2\n", programmes=range(3))
    conf = (release / "nginx.conf").read_text(encoding="utf-8")
    accepts = [None, "*/*", "text/html", "text/turtle", "application/ld+json", "application/rdf+xml"]
    with (
        apache(release, tmp_path / "apache") as apache_root,
        nginx(release, conf, tmp_path / "nginx") as nginx_root,
        serving(release, "--rate", "0", "--log", "none") as server,
    ):
        for path in ("/catalog", "/catalog-2", "/catalog-3", "/catalog-2.rdf", "/catalog-99"):
            for accept in (*accepts, "image/png", BROWSER, "text/turtle;q=0.5, application/rdf+xml"):
                wanted = asked(server.root, Request(path, accept))
                assert asked(apache_root, Request(path, accept)) == wanted, (path, accept)
                if accept in accepts:
                    assert asked(nginx_root, Request(path, accept)) == wanted, (path, accept)
        for accept, ending in ((None, "ttl"), ("application/rdf+xml", "rdf"), ("text/html", "html")):
            assert asked(server.root, Request("/catalog-2", accept)).leads_to == f"/catalog-2.{ending}"


@pytest.mark.parametrize("start", ["apache", "nginx"])
def test_pages_of_the_change_feed_that_are_full_may_be_kept_for_ever(
    apache_root: str, nginx_root: str, our_root: str, release: Path, start: str
) -> None:
    root = apache_root if start == "apache" else nginx_root
    pages = [path.relative_to(release).as_posix() for path in release.glob("feed/*/*.trig")]
    assert len(pages) > 5
    full = {page for page in pages if "immutable" in httpx.get(f"{root}/{page}").headers.get("Cache-Control", "")}
    assert full == closed_pages(pages)
    for path in (*pages, "feed/stream.ttl", "feed/stream.jsonld"):
        got, ours = (httpx.get(f"{each}/{path}") for each in (root, our_root))
        assert got.content == ours.content
        for name in ("Content-Type", "Access-Control-Allow-Origin"):
            assert got.headers[name] == ours.headers[name], (path, name)
    led = httpx.get(f"{root}/id/feed/stream", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert led.content == (release / "feed/stream.ttl").read_bytes()


@pytest.mark.parametrize("start", ["apache", "nginx"])
def test_every_thing_leads_to_the_document_that_it_stands_in(
    apache_root: str, nginx_root: str, release: Path, start: str
) -> None:
    root = apache_root if start == "apache" else nginx_root
    homes = {rest: address.target for rest, address in Addresses.read(release)}
    documents = [path.relative_to(release).with_suffix("").as_posix() for path in release.rglob("*.ttl")]
    homes |= {path: path for path in documents if (release / f"{path}.schema.jsonld").exists()}
    assert len(homes) > 1000
    with httpx.Client() as client:
        for rest, home in homes.items():
            got = client.get(f"{root}/id/{rest}")
            assert (got.status_code, got.headers["Location"].removeprefix(root)) == (303, f"/{home}"), rest


def test_apache_serves_it_from_a_folder_as_well(release: Path, tmp_path: Path) -> None:
    shutil.copytree(release, tmp_path / "www" / "some" / "folder")
    with apache(tmp_path / "www", tmp_path / "home") as root:
        got = httpx.get(
            f"{root}/some/folder/id/grant/harmony", headers={"Accept": "text/turtle"}, follow_redirects=True
        )
    assert got.status_code == httpx.codes.OK
    assert got.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert b"<project/harmony>" in got.content


@pytest.mark.parametrize("kind", ["apache", "nginx", "serve"])
def test_what_was_renamed_or_withdrawn(tmp_path: Path, kind: str) -> None:
    workspace = copy_tiny(tmp_path / "tiny")
    with (workspace.data / "others.ttl").open("a", encoding="utf-8") as file:
        file.write(WITHDRAWN)
    dist = tmp_path / "dist"
    report, made = build(workspace, dist)
    assert made is not None, report.write("text", "")
    starters: dict[str, Callable[[], object]] = {
        "apache": lambda: apache(dist, tmp_path / "home"),
        "nginx": lambda: nginx(dist, (dist / "nginx.conf").read_text(encoding="utf-8"), tmp_path / "home"),
        "serve": lambda: serving(dist, "--rate", "0", "--log", "none"),
    }
    with starters[kind]() as running:  # type: ignore[attr-defined]  # all are context managers
        root = running if isinstance(running, str) else running.root
        for path in ("/id/project/gone", "/project/gone", "/project/gone.ttl"):
            assert httpx.get(root + path).status_code == httpx.codes.GONE, path
        for path in ("/id/project/alfa", "/project/alfa"):
            got = httpx.get(root + path, headers={"Accept": "text/turtle"}, follow_redirects=True)
            assert got.history[0].status_code == httpx.codes.MOVED_PERMANENTLY, path
            assert got.status_code == httpx.codes.OK
            assert b"<project/alpha>" in got.content


def test_identifiers_lead_from_their_host_to_the_documents(tmp_path: Path, release: Path, apache_root: str) -> None:
    from eugraph.publish.hosting import w3id
    from eugraph.publish.hosting.rules import rules

    homes = dict(Addresses.read(release))
    documents = [path.relative_to(release).with_suffix("").as_posix() for path in release.rglob("*.schema.jsonld")]
    homes |= {
        path.removesuffix(".schema"): homes["grant/harmony"]._replace(target=path.removesuffix(".schema"))
        for path in documents
    }
    text = w3id.write(rules(homes.items(), []), "https://w3id.org/eugraph/id/", f"{apache_root}/")
    (tmp_path / "www" / "eugraph").mkdir(parents=True)
    (tmp_path / "www" / "eugraph" / ".htaccess").write_text(text, encoding="utf-8")
    with apache(tmp_path / "www", tmp_path / "home") as root, httpx.Client() as client:
        for rest, address in homes.items():
            got = client.get(f"{root}/eugraph/id/{rest}")
            assert (got.status_code, got.headers["Location"]) == (303, f"{apache_root}/{address.target}"), rest
        for term in ("ontology", "shapes", "scheme/role"):
            got = client.get(f"{root}/eugraph/{term}", headers={"Accept": "text/turtle"}, follow_redirects=True)
            assert got.status_code == httpx.codes.OK, term
