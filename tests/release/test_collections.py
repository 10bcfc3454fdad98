"""The collections of a release, read as a harvester reads them from plain files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from pyoxigraph import NamedNode, RdfFormat, parse

from benchmarks.pyld_framing import refuse
from pages.reading import Page

BASE = "https://w3id.org/eugraph/id/"
HYDRA = "http://www.w3.org/ns/hydra/core#"
LARGEST = 200_000  # bytes of a page


def kinds_of(release: Path) -> list[str]:
    return sorted(path.parent.name for path in release.glob("*/index.jsonld"))


def stems_of(release: Path, kind: str) -> list[str]:
    paths = (path.relative_to(release).as_posix() for path in (release / kind).rglob("*.schema.jsonld"))
    plain = (path.relative_to(release).as_posix() for path in (release / kind).rglob("*.ttl"))
    stems = {path.removesuffix(".schema.jsonld") for path in paths} | {path.removesuffix(".ttl") for path in plain}
    return sorted(stem for stem in stems if stem.rpartition("/")[2].partition(".")[0] != "index")


def walked(folder: Path) -> list[dict[str, Any]]:
    """The pages in order, each found by what the one before says of the next."""
    pages: list[dict[str, Any]] = []
    name = "index.jsonld"
    while name:
        data = (folder / name).read_bytes()
        assert len(data) < LARGEST
        pages.append(json.loads(data))
        assert pages[-1]["view"]["id"] == name
        name = pages[-1]["view"].get("next", "")
    return pages


def test_every_kind_has_a_collection(release: Path) -> None:
    kinds = {path.parent.name for path in release.glob("*/index.html")} - {"query", "ontology", "shapes"}
    assert set(kinds_of(release)) == kinds
    assert len(kinds) == 14


def test_a_walk_from_file_to_file_finds_each_document_once_in_order(release: Path) -> None:
    for kind in kinds_of(release):
        pages, stems = walked(release / kind), stems_of(release, kind)
        members = [member for page in pages for member in page["member"]]
        assert [f"{kind}/{member['document']}" for member in members] == [f"{stem}.jsonld" for stem in stems]
        assert {page["totalItems"] for page in pages} == {len(stems)}
        assert all(len(page["member"]) == 100 for page in pages[:-1])
        assert [page["view"].get("previous") for page in pages] == [
            None,
            *(page["view"]["id"] for page in pages[:-1]),
        ]
        assert {page["view"]["last"] for page in pages} == {pages[-1]["view"]["id"]}
        assert len(list((release / kind).glob("index*.jsonld"))) == len(pages)


def test_a_member_says_what_its_document_says(release: Path) -> None:
    seen: set[str] = set()
    for kind in kinds_of(release):
        for member in (member for page in walked(release / kind) for member in page["member"]):
            document = json.loads((release / kind / member.pop("document")).read_text(encoding="utf-8"))
            assert member.pop("id") == BASE + document["id"]
            assert member == {key: document[key] for key in member}
            assert {"type", "name"} <= member.keys() or kind == "graph"
            seen |= member.keys()
    assert {"acronym", "startMonth", "endDate", "issuedYear", "modified"} <= seen


def test_the_keys_of_a_page_mean_what_they_mean_in_documents(release: Path) -> None:
    whole = json.loads((release / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    for kind in kinds_of(release):
        context = walked(release / kind)[0]["@context"]
        for key in context.keys() & whole.keys() - {"member"}:
            assert context[key] == whole[key], key


@pytest.mark.parametrize("kind", ["organisation", "graph", "disease"])
def test_both_forms_hold_the_same_members_for_others_too(release: Path, kind: str) -> None:
    url = f"https://host.example/some/folder/{kind}/"
    for page in walked(release / kind):
        name = page["view"]["id"]
        text = jsonld.to_rdf(page, {"base": url + name, "format": "application/n-quads", "documentLoader": refuse})
        ours = {quad.triple for quad in parse(text, format=RdfFormat.N_QUADS)}
        turtle = (release / kind / name).with_suffix(".ttl").read_bytes()
        theirs = {quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE, base_iri=url + name)}
        assert {str(triple).replace(".ttl>", ".jsonld>") for triple in theirs} == {str(triple) for triple in ours}
        members = [t.object for t in ours if t.predicate == NamedNode(f"{HYDRA}member")]
        assert len(members) == len(page["member"])
        assert {str(t.subject) for t in ours if t.predicate == NamedNode(f"{HYDRA}member")} == {f"<{url}>"}


def test_the_page_for_people_leads_to_the_collection(release: Path) -> None:
    for kind in kinds_of(release):
        page = Page((release / kind / "index.html").read_text(encoding="utf-8"))
        links = {tag["type"]: tag["href"] for name, tag in page.tags if name == "link" and tag["rel"] == "alternate"}
        assert links == {
            "text/turtle": f"../{kind}/index.ttl",
            "application/ld+json": f"../{kind}/index.jsonld",
        }
