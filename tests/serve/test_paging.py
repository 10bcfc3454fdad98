"""Lists in pages: complete, without a circle, and right while releases change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from eugraph.publish.collections import Filled, member_of
from eugraph.publish.paging import ENDINGS, PAGE, file_name, page_of, place_of
from eugraph.serve.released import Released, mark_of
from eugraph.serve.site import Site
from serve.collections_of import ODD, PROJECTS, make_collections, organisation, project
from serve.running import BASE, Server, serving, until

HYDRA = "http://www.w3.org/ns/hydra/core#"
ACCEPT = {"ttl": ("text/turtle", RdfFormat.TURTLE), "jsonld": ("application/ld+json", RdfFormat.JSON_LD)}
LIVING = PROJECTS + len(ODD)  # projects in the list; those that were withdrawn are not


@pytest.fixture(scope="module")
def client(many: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=many.root, timeout=60) as client:
        yield client


class Seen:
    """One page as a harvester reads it."""

    def __init__(self, answer: httpx.Response, form: RdfFormat) -> None:
        assert answer.status_code == 200
        said = [*parse(answer.content, format=form, base_iri=str(answer.url))]

        def values(name: str) -> list[str]:
            return [q.object.value for q in said if q.predicate == NamedNode(HYDRA + name)]

        self.members = values("member")
        (self.total,) = map(int, values("totalItems"))
        (self.view,) = values("view")
        (self.first,), (self.last,) = values("first"), values("last")
        self.next, self.previous = values("next"), values("previous")
        self.collections = {q.subject for q in said if q.predicate == NamedNode(f"{HYDRA}member")}
        self.linked = {link["rel"]: urljoin(str(answer.url), link["url"]) for link in answer.links.values()}


def walk(client: httpx.Client, start: str, form: str) -> list[Seen]:
    media_type, parser = ACCEPT[form]
    pages, url = [], str(client.base_url.join(start))
    while True:
        pages.append(Seen(client.get(url, headers={"Accept": media_type}), parser))
        if not pages[-1].next:
            return pages
        (url,) = pages[-1].next
        assert len(pages) < 100, "it never ends"


@pytest.mark.parametrize("form", ACCEPT)
def test_a_walk_finds_each_of_500_things_once(client: httpx.Client, form: str) -> None:
    pages = walk(client, "/project/", form)
    found = [iri for page in pages for iri in page.members]
    assert len(found) == len(set(found)) == LIVING
    assert set(found) >= {BASE + project(number) for number in range(PROJECTS)}
    assert set(found) >= {BASE + iri for iri in ODD.values()}
    assert not {f"{BASE}project/old", f"{BASE}project/withdrawn"} & set(found)
    assert {page.total for page in pages} == {LIVING}
    assert len(pages) == -(-LIVING // PAGE)
    assert len({page.view for page in pages}) == len(pages)
    assert len({collection for page in pages for collection in page.collections}) == 1


@pytest.mark.parametrize("form", ACCEPT)
def test_pages_lead_back_and_to_both_ends_as_headers_and_statements_say(client: httpx.Client, form: str) -> None:
    pages = walk(client, "/project/", form)
    for before, page in zip([None, *pages], pages, strict=False):
        assert page.first == pages[0].view
        assert page.last == pages[-1].view
        assert page.previous == ([] if before is None else [before.view])
        names = {"first": [page.first], "last": [page.last], "next": page.next, "prev": page.previous}
        assert {rel: [page.linked[rel]] for rel in names if rel in page.linked} == {
            rel: value for rel, value in names.items() if value
        }


def test_a_page_comes_as_json_with_names(client: httpx.Client) -> None:
    answer = client.get("/organisation/?after=o0010", headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["member"][0] == {
        "id": BASE + organisation(11),
        "type": "eug:Organisation",
        "name": {"en": "Organisation 11"},
        "document": "o0011.jsonld",
    }


def test_a_page_between_those_of_the_release_is_made_as_they_are(client: httpx.Client, many_release: Path) -> None:
    for form, (_, parser) in ACCEPT.items():
        (second,) = walk(client, "/organisation/", form)[0].next
        assert client.get(second).content == (many_release / urlsplit(second).path[1:]).read_bytes()
        between = f"organisation/index.after-o0010.{form}"
        assert not (many_release / between).exists()
        assert len(Seen(client.get(f"/{between}"), parser).members) == PAGE


def test_the_files_are_what_is_made_where_there_is_none(many_release: Path) -> None:
    manifest = json.loads((many_release / "release.json").read_text())
    files = Released(many_release, manifest["files"], mark_of(many_release))
    stems = Site(many_release, manifest, files.mark).members["project"]
    after: str | None = ""
    while after is not None:
        page = page_of(stems, "project", after)
        members = [member_of(files.read(f"{stem}.jsonld"), BASE) for stem in page.stems]
        for ending in ENDINGS:
            assert files.read(page.file(ending)) == Filled(page, members).write(ending)
        after = page.next


def test_each_member_leads_to_its_document(client: httpx.Client) -> None:
    page = client.get("/project/", headers={"Accept": "application/ld+json"})
    for member in page.json()["member"]:
        answer = client.get(urljoin(str(page.url), member["document"]))
        assert BASE + answer.json()["id"] == member["id"]


def test_each_form_of_a_page_has_an_address_of_its_own_and_a_tag(client: httpx.Client) -> None:
    for form, (media_type, _) in ACCEPT.items():
        page = client.get("/project/?after=p0150", headers={"Accept": media_type, "Accept-Encoding": "identity"})
        assert page.headers["content-location"] == f"/project/index.after-p0150.{form}"
        alone = client.get(page.headers["content-location"], headers={"Accept-Encoding": "identity"})
        assert (alone.content, alone.headers["etag"]) == (page.content, page.headers["etag"])
        again = client.get(page.headers["content-location"], headers={"If-None-Match": page.headers["etag"]})
        assert again.status_code in (200, 304)
        assert len(Seen(alone, ACCEPT[form][1]).members) == PAGE


def test_the_first_page_is_for_people_as_well(client: httpx.Client) -> None:
    answer = client.get("/project/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.headers["content-location"] == "/project/index.html"
    browser = client.get("/project/?after=p0100", headers={"Accept": "text/html,*/*;q=0.8"})
    assert browser.headers["content-type"] == "text/turtle; charset=utf-8"


@pytest.mark.parametrize(
    "after", ["", "p0499", "zzz", "%C3%A9", "%F0%9F%98%80", "../x", "a/b", "%22%3E%3Cb", "p0001%0A"]
)
def test_any_place_to_begin_after_gives_a_page_that_ends(client: httpx.Client, after: str) -> None:
    pages = walk(client, f"/project/?after={after}", "ttl")
    assert not pages[-1].next


def test_what_is_no_kind_has_no_list(client: httpx.Client) -> None:
    for path in ("/nothing/", "/dump/", "/participation/", "/project/index.rdf", "/project/index.exe", "/index.exe"):
        assert client.get(path).status_code == 404, path


def test_a_walk_that_a_new_release_overtakes_finds_what_is_in_both_once(tmp_path: Path) -> None:
    folder = make_collections(tmp_path / "dist", projects=250)
    with (
        serving(folder, "--rate", "0", "--log", "none", "--workers", "1") as server,
        httpx.Client(base_url=server.root, timeout=60) as client,
    ):
        first = Seen(client.get("/project/", headers={"Accept": "text/turtle"}), RdfFormat.TURTLE)
        make_collections(folder, projects=450)

        def is_new() -> bool:
            return Seen(client.get("/project/", headers={"Accept": "text/turtle"}), RdfFormat.TURTLE).total > 400

        until(is_new)
        rest = walk(client, first.next[0], "ttl")
    found = first.members + [iri for page in rest for iri in page.members]
    assert len(found) == len(set(found))
    assert set(found) >= {BASE + project(number) for number in range(250)}


@given(st.from_regex(r"[a-z0-9_~-]{1,5}(/[a-z0-9_~-]{1,5}){0,2}", fullmatch=True), st.sampled_from(["ttl", "jsonld"]))
def test_the_name_of_a_page_tells_what_it_comes_after(after: str, ending: str) -> None:
    assert place_of(file_name(after, ending)) == (after, ending)
    assert place_of(file_name(after)) == (after, "")


MEMBERS = st.lists(st.text("ab~/-", min_size=1, max_size=4), max_size=350, unique=True).map(
    lambda names: sorted(f"k/{name}" for name in names)
)


@given(MEMBERS)
def test_pages_of_any_list_hold_each_member_once_in_order(members: list[str]) -> None:
    found: list[str] = []
    page, seen = page_of(members, "k", ""), 0
    while True:
        seen += 1
        found += page.stems
        if page.next is None:
            break
        following = page_of(members, "k", page.next)
        assert following.previous is not None
        assert page_of(members, "k", following.previous).stems == page.stems
        page = following
    assert found == members
    assert page_of(members, "k", page.last).stems == page.stems
    assert seen == max(1, -(-len(members) // PAGE))
