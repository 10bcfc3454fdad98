"""What is curated and what is imported meet by identifier, and never by name."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.imported.matching import matches
from eugraph.store import EmbeddedStore
from eugraph.vocab import term

G = NamedNode("https://example.org/id/graph/derived")


def node(path: str) -> NamedNode:
    return NamedNode(f"https://example.org/id/{path}")


def said(subject: str, prefixed: str, value: str) -> Quad:
    return Quad(node(subject), term(prefixed), node(value) if "/" in value else Literal(value), NamedNode("a:g"))


IMPORTED = EmbeddedStore(
    [
        said("organisation/900000001", "eug:pic", "900000001"),
        said("organisation/900000001", "eug:vat", "XX1"),
        said("organisation/900000002", "eug:pic", "900000002"),
        said("organisation/900000002", "eug:vat", "XX2"),
        said("organisation/900000003", "eug:vat", "XX2"),
        said("organisation/900000003", "skos:prefLabel", "Same Name"),
        said("grant/123456", "eug:grantNumber", "123456"),
        said("project/123456", "eug:grant", "grant/123456"),
    ]
)


def pairs(*curated: Quad) -> list[tuple[str, str]]:
    found = matches(curated, IMPORTED, G)
    assert all(quad.predicate == term("owl:sameAs") and quad.graph_name == G for quad in found)
    ids = "https://example.org/id/"
    return [(str(quad.subject.value).removeprefix(ids), quad.object.value.removeprefix(ids)) for quad in found]  # type: ignore[union-attr]


def test_an_organisation_meets_by_its_pic() -> None:
    assert pairs(said("organisation/one", "eug:pic", "900000001")) == [("organisation/one", "organisation/900000001")]


def test_an_organisation_meets_by_a_vat_number_that_one_alone_has() -> None:
    assert pairs(said("organisation/one", "eug:vat", "XX1")) == [("organisation/one", "organisation/900000001")]
    assert pairs(said("organisation/two", "eug:vat", "XX2")) == []


def test_a_grant_meets_by_its_number_and_its_project_with_it() -> None:
    curated = (said("grant/alfa", "eug:grantNumber", "123456"), said("project/alfa", "eug:grant", "grant/alfa"))
    assert pairs(*curated) == [("grant/alfa", "grant/123456"), ("project/alfa", "project/123456")]


def test_a_name_joins_nothing() -> None:
    assert pairs(said("organisation/same", "skos:prefLabel", "Same Name")) == []


def test_a_thing_with_the_same_address_is_not_said_to_be_itself() -> None:
    assert pairs(said("organisation/900000001", "eug:pic", "900000001")) == []
