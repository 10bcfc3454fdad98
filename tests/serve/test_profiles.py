"""Documents in the words of other vocabularies, by the draft on content negotiation by profile."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse

from eugraph.reports import Library, ask, prepare
from eugraph.store import EmbeddedStore, Graph
from serve.running import Server

BASE = "https://w3id.org/eugraph/id/"
NATIVE, SCHEMA, EURIO = "https://w3id.org/eugraph/ontology", "https://schema.org/", "http://data.europa.eu/s66#"
HARMONY = "/project/harmony"


@pytest.fixture(scope="module")
def client(reference: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=reference.root, timeout=60) as client:
        yield client


@pytest.mark.parametrize(
    ("accept_profile", "expected"),
    [
        (None, NATIVE),
        (f"<{NATIVE}>", NATIVE),
        (f"<{SCHEMA}>", SCHEMA),
        (f"<{EURIO}>", EURIO),
        (f"<urn:unknown>, <{SCHEMA}>;q=0.5", SCHEMA),
        (f"<{SCHEMA}>;q=0.4, <{EURIO}>;q=0.5", EURIO),
        ("schema", SCHEMA),
        ("<urn:unknown>", NATIVE),
        (f"<{NATIVE}>;q=0", SCHEMA),
    ],
)
def test_the_profile_that_is_liked_best_is_answered(
    client: httpx.Client, accept_profile: str | None, expected: str
) -> None:
    headers = {"Accept": "application/ld+json"} | ({"Accept-Profile": accept_profile} if accept_profile else {})
    for path in (HARMONY, f"/id{HARMONY}"):
        answer = client.get(path, headers=headers, follow_redirects=True)
        assert answer.headers["content-profile"] == f"<{expected}>"
        assert f'<{expected}>; rel="profile"' in answer.headers["link"]
        assert "Accept-Profile" in answer.headers["vary"]


@pytest.mark.parametrize(("token", "iri"), [("native", NATIVE), ("schema", SCHEMA), ("eurio", EURIO), (SCHEMA, SCHEMA)])
def test_the_profile_in_the_address_goes_before_the_header(client: httpx.Client, token: str, iri: str) -> None:
    asked = {"_profile": token, "_mediatype": "application/ld+json"}
    answer = client.get(HARMONY, params=asked, headers={"Accept-Profile": f"<{NATIVE}>", "Accept": "text/html"})
    assert answer.headers["content-profile"] == f"<{iri}>"


def test_a_profile_goes_before_a_media_type(client: httpx.Client) -> None:
    headers = {"Accept": "text/html, application/ld+json;q=0.1", "Accept-Profile": f"<{SCHEMA}>"}
    answer = client.get(HARMONY, headers=headers)
    assert answer.headers["content-location"] == f"{HARMONY}.schema.jsonld"
    assert client.get(HARMONY, headers={**headers, "Accept": "text/html"}).status_code == 406


@pytest.mark.parametrize("token", ["nothing", "dcat", "", "<b>"])
def test_an_unknown_profile_in_the_address_is_not_acceptable(client: httpx.Client, token: str) -> None:
    answer = client.get(HARMONY, params={"_profile": token})
    assert answer.status_code == 406
    assert "profile schema" in answer.text


def test_profiles_can_be_listed(client: httpx.Client) -> None:
    answer = client.get(HARMONY, params={"_profile": "all"})
    assert {entry["profile"] for entry in answer.json()} == {NATIVE, SCHEMA, EURIO}
    for entry in answer.json():
        found = client.get(entry["address"])
        assert found.status_code == 200
        assert found.headers["content-profile"] == f"<{entry['profile']}>"
    for token, iri in (("native", NATIVE), ("schema", SCHEMA), ("eurio", EURIO)):
        assert (
            f'<http://www.w3.org/ns/dx/prof/Profile>; rel="type"; token="{token}"; anchor="{iri}"'
            in (answer.headers["link"])
        )


def test_the_schema_org_document_is_the_one_in_the_release(client: httpx.Client, release: Path) -> None:
    answer = client.get(HARMONY, params={"_profile": "schema"})
    assert answer.content == (release / "project/harmony.schema.jsonld").read_bytes()


@pytest.fixture(scope="module")
def whole(release: Path) -> dict[str, set[Triple]]:
    """What the profile says over the whole graph, by the thing that each node is or belongs to."""
    store = Store()
    packed = (release / "dump/all.nq.gz").read_bytes()
    store.bulk_load(gzip.decompress(packed), format=RdfFormat.N_QUADS, lenient=True)
    for file in sorted(release.glob("ontology/**/*.ttl")):
        store.bulk_load(path=str(file), format=RdfFormat.TURTLE, to_graph=NamedNode(f"urn:file:{file.stem}"))
    text = prepare(Library.open(release / "query")["profiles/eurio"].text, {}, base_iri=BASE)
    result = ask(EmbeddedStore(store=store), text, base_iri=BASE).result
    assert isinstance(result, Graph)
    found: dict[str, set[Triple]] = {}
    for triple in result.triples:
        assert isinstance(triple.subject, NamedNode)
        found.setdefault(triple.subject.value.partition("#")[0], set()).add(triple)
    return found


def test_each_document_in_eurio_says_what_the_whole_profile_says_of_its_things(
    client: httpx.Client, release: Path, whole: dict[str, set[Triple]]
) -> None:
    paths = [path for kind in ("project", "person", "partnership") for path in (release / kind).glob("*.ttl")]
    paths += sorted((release / "organisation").glob("*.ttl"))[::25] + sorted((release / "result").glob("*.ttl"))[::25]
    paths += [release / f"organisation/{name}.ttl" for name in ("eha", "hulafe", "ku-leuven", "ec")]
    seen = 0
    for path in filter(Path.is_file, paths):
        if path.name.partition(".")[0] == "index":
            continue
        stem = path.relative_to(release).as_posix().removesuffix(".ttl")
        answer = client.get(f"/{stem}.eurio.ttl")
        assert answer.status_code == 200, answer.text
        said = {quad.triple for quad in parse(answer.content, format=RdfFormat.TURTLE)}
        things = {BASE + stem} | {str(t.subject)[1:-1].partition("#")[0] for t in said}
        assert said == set().union(*(whole.get(thing, set()) for thing in things)), stem
        seen += len(said)
    assert seen > 2000


def test_a_document_in_eurio_is_the_same_whenever_it_is_made(client: httpx.Client) -> None:
    once = client.get(f"{HARMONY}.eurio.jsonld", headers={"Accept-Encoding": "identity"})
    other = client.get(HARMONY, params={"_profile": "eurio", "_mediatype": "application/ld+json", "again": "1"})
    assert once.content == other.content
    again = {"If-None-Match": once.headers["etag"], "Accept-Encoding": "identity"}
    assert client.get(f"{HARMONY}.eurio.jsonld", headers=again).status_code == 304
