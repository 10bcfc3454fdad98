"""Pairs that are proposed: what is compared, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from eugraph.likeness import proposals
from eugraph.store import EmbeddedStore
from eugraph.vocab import COUNTRY, RDF_TYPE, term

BASE = "https://example.org/id/"


def thing(path: str, **said: str) -> Iterable[Quad]:
    node = NamedNode(BASE + path)
    kind = path.partition("/")[0]
    yield Quad(node, RDF_TYPE, term("eug:Organisation" if kind == "organisation" else "eug:Project"))
    for name, value in said.items():
        if name == "country":
            yield Quad(node, term("eug:country"), NamedNode(COUNTRY + value))
        elif name == "grant":
            yield Quad(node, term("eug:grant"), NamedNode(f"{node.value}/grant"))
            yield Quad(NamedNode(f"{node.value}/grant"), term("eug:grantNumber"), Literal(value))
        else:
            prefix = {"prefLabel": "skos", "title": "dcterms", "homepage": "foaf"}.get(name, "eug")
            literal = NamedNode(value) if name == "homepage" else Literal(value)
            yield Quad(node, term(f"{prefix}:{name}"), literal)


def store(*things: Iterable[Quad]) -> EmbeddedStore:
    return EmbeddedStore([quad for each in things for quad in each])


def pairs(
    curated: EmbeddedStore,
    imported: EmbeddedStore,
    joined: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
    least: float = 0.6,
) -> list[tuple[str, str, float]]:
    there = [{(BASE + a, BASE + b) for a, b in some} for some in (joined, apart)]
    found = proposals(curated, imported, joined=there[0], apart=there[1], least=least)
    return [(p.one.iri.removeprefix(BASE), p.other.iri.removeprefix(BASE), p.score) for p in found]


WORKS = store(thing("organisation/works", prefLabel="Works Renamed", country="GBR"))
IMPORTED = store(
    thing("organisation/1", prefLabel="WORKS RENAMED LTD", country="GBR"),
    thing("organisation/2", prefLabel="Works Renamed", country="DEU"),
    thing("organisation/3", prefLabel="Something else", country="GBR"),
)


def test_a_like_name_in_the_same_country_is_proposed_and_one_in_another_is_not() -> None:
    assert pairs(WORKS, IMPORTED) == [("organisation/works", "organisation/1", 0.91)]


def test_what_is_joined_is_not_compared_on_either_side() -> None:
    assert pairs(WORKS, IMPORTED, joined=[("organisation/works", "organisation/3")]) == []
    assert len(pairs(WORKS, IMPORTED, joined=[("organisation/works", "organisation/gone")])) == 1
    assert pairs(WORKS, IMPORTED, joined=[("organisation/other", "organisation/1")]) == []


def test_what_was_decided_is_not_proposed_again() -> None:
    assert pairs(WORKS, IMPORTED, apart=[("organisation/works", "organisation/1")]) == []


def test_only_pairs_with_the_least_score_are_proposed() -> None:
    assert pairs(WORKS, IMPORTED, least=0.92) == []


def test_a_thing_at_the_same_address_is_no_proposal() -> None:
    assert pairs(store(thing("organisation/1", prefLabel="Works Renamed")), IMPORTED) == []


def test_the_country_of_a_vat_number_counts_where_none_is_stated() -> None:
    found = pairs(store(thing("organisation/works", prefLabel="Works Renamed", vat="DE811335517")), IMPORTED)
    assert [other for _, other, _ in found] == ["organisation/2"]


def test_an_organisation_without_a_like_name_is_found_by_its_homepage_and_acronym() -> None:
    curated = store(thing("organisation/vib", prefLabel="Flemish Institute", acronym="VIB", homepage="https://vib.be/"))
    imported = store(thing("organisation/5", prefLabel="Zwijnaarde", acronym="VIB", homepage="http://www.vib.be"))
    assert pairs(curated, imported) == [("organisation/vib", "organisation/5", 0.76)]


def test_a_project_is_told_by_its_title_and_not_by_its_acronym() -> None:
    curated = store(thing("project/tulip", prefLabel="TULIP", acronym="TULIP", title="Tulips under pressure"))
    imported = store(
        thing(
            "project/900000001", prefLabel="TULIP", acronym="TULIP", title="Tulips under pressure", grant="900000001"
        ),
        thing("project/900000002", prefLabel="TULIP", acronym="TULIP", title="Two lips", grant="900000002"),
    )
    assert pairs(curated, imported) == [("project/tulip", "project/900000001", 0.94)]


def test_a_project_with_another_grant_number_or_start_is_none() -> None:
    title = "Tulips under pressure"
    imported = store(thing("project/900000001", title=title, grant="900000001", startDate="2022-01-01"))
    assert pairs(store(thing("project/tulip", title=title, grant="900000005")), imported) == []
    assert pairs(store(thing("project/tulip", title=title, startDate="2017")), imported) == []
    assert pairs(store(thing("project/tulip", title=title, startDate="2022-03")), imported) == [
        ("project/tulip", "project/900000001", 0.93)
    ]


def test_organisations_that_take_part_in_both_are_evidence() -> None:
    def takes_part(organisation: str, project: str) -> Quad:
        return Quad(NamedNode(BASE + organisation), term("eug:takesPartIn"), NamedNode(BASE + project))

    curated = store(
        thing("project/tulip", prefLabel="TULIP", acronym="TULIP"),
        [takes_part("organisation/a", "project/tulip"), takes_part("organisation/b", "project/tulip")],
    )
    imported = store(
        thing("project/900000001", title="Tulips under pressure", acronym="TULIP"),
        thing("project/900000002", title="Two lips", acronym="TULIP"),
        [takes_part("organisation/1", "project/900000001"), takes_part("organisation/2", "project/900000001")],
    )
    joined = [("organisation/a", "organisation/1"), ("organisation/b", "organisation/2")]
    assert pairs(curated, imported, joined=joined) == [("project/tulip", "project/900000001", 0.76)]


def test_a_broken_homepage_is_passed_over() -> None:
    homepage = f"<{BASE}organisation/works> {term('foaf:homepage')} <http://[broken> ."
    broken = parse(homepage, format=RdfFormat.N_TRIPLES, lenient=True)  # as files may have it
    curated = store(thing("organisation/works", prefLabel="Works Renamed"), broken)
    assert [other for _, other, _ in pairs(curated, IMPORTED)] == ["organisation/1", "organisation/2"]


def test_the_order_of_statements_does_not_matter() -> None:
    quads = [*thing("organisation/1", prefLabel="Works A"), *thing("organisation/2", prefLabel="Works B")]
    curated = store(thing("organisation/works", prefLabel="Works"))
    assert pairs(curated, EmbeddedStore(quads), least=0.1) == pairs(curated, EmbeddedStore(quads[::-1]), least=0.1)
