"""Pages of graphs that lack what others have, and of addresses that are awkward."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from eugraph.publish import ReleaseInput, publish
from eugraph.publish.pages import lists
from eugraph.vocab import PREFIXES
from pages.checking import broken_links, read_pages
from pages.reading import Page

BASE = "https://w3id.org/eugraph/id/"
HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())


def made(folder: Path, text: str, ontology: str = "", graph: str = "graph/g") -> dict[str, Page]:
    """Publish a graph, follow all links, and return the pages."""
    name = NamedNode(BASE + graph)
    quads = [Quad(q.subject, q.predicate, q.object, name) for q in parse(HEAD + text, format=RdfFormat.TURTLE)]
    words = {"eugraph": [q.triple for q in parse(HEAD + ontology, format=RdfFormat.TURTLE)]} if ontology else {}
    publish(
        ReleaseInput(
            quads=quads,
            ontology=words,
            shapes={},
            reports={},
            validation={},
            title="T",
            description="D",
            base_iri=BASE,
            moved=None,
            date=dt.date(2026, 11, 23),
            version="1",
            publisher="P",
            licence="https://creativecommons.org/publicdomain/zero/1.0/",
        ),
        folder / "dist",
    )
    pages = read_pages(folder / "dist")
    assert broken_links(folder / "dist", pages) == []
    return pages


def test_an_empty_graph_has_pages_all_the_same(tmp_path: Path) -> None:
    pages = made(tmp_path, "")
    assert {"index.html", "query/index.html", "ontology/index.html", "shapes/index.html"} <= pages.keys()


def test_a_thing_of_which_nothing_is_said_but_its_class_has_a_page(tmp_path: Path) -> None:
    page = made(tmp_path, "<project/a> a eug:Project .")["project/a.html"]
    assert page.title == "project/a – T"


def test_awkward_addresses_have_pages_that_are_linked(tmp_path: Path) -> None:
    text = "".join(
        f'<{BASE}{rest}> a eug:Project ; skos:prefLabel "N"@en ; eug:relatedTo <{BASE}project/index> .\n'
        for rest in ("project/index", "project/A.b", "index", "licence/x", "style", "project/%41", "a/b/c/d", "con")
    )
    pages = made(tmp_path, text)
    assert {"project/~69ndex.html", "project/~41~2eb.html", "a/b/c/d.html", "~6cicence/x.html"} <= pages.keys()


def test_participations_stand_in_the_order_of_the_source_and_without_one_coordinators_first(tmp_path: Path) -> None:
    people = "".join(
        f'<organisation/{n}> a eug:Organisation ; skos:prefLabel "Org {n}"@en .\n'
        f"<participation/{p}/{n}> eug:participatesIn <project/{p}> ; eug:organisation <organisation/{n}> ; "
        f"eug:role role:{role} {order} .\n"
        for p, n, role, order in (
            ("a", "x", "participant", "; eug:order 2"),
            ("a", "y", "participant", "; eug:order 10"),
            ("a", "z", "coordinator", "; eug:order 3"),
            ("b", "x", "participant", ""),
            ("b", "y", "coordinator", ""),
        )
    )
    pages = made(tmp_path, f"<project/a> a eug:Project . <project/b> a eug:Project . {people}")

    def order(path: str) -> list[str]:
        rows = [i for i in pages[path].ids if i.startswith("participation/")]
        return [row.rpartition("/")[2] for row in rows]

    assert order("project/a.html") == ["x", "z", "y"]
    assert order("project/b.html") == ["y", "x"]


def test_a_list_too_long_for_one_page_has_several_that_name_everything(tmp_path: Path) -> None:
    count = lists.ROWS_A_PAGE + 1
    text = "".join(
        f'<organisation/o{n:04}> a eug:Organisation ; skos:prefLabel "O {n:04}"@en .\n' for n in range(count)
    )
    pages = made(tmp_path, text)
    found = {a for name in ("index", "index.2") for _, _, a in pages[f"organisation/{name}.html"].links}
    assert {f"../organisation/o{n:04}.html" for n in range(count)} <= found
    assert "1001 in all, here 1001 to 1001" in pages["organisation/index.2.html"].text


def test_what_follows_from_elsewhere_is_not_given_a_source_of_this_thing(tmp_path: Path) -> None:
    pages = made(
        tmp_path,
        "<project/a> a eug:Project ; dcterms:hasPart <project/b> ; dcterms:source <source/s> .",
        graph="graph/derived",
    )
    part = pages["project/a.html"].text
    assert "Follows from statements about other things." in part


def test_an_unknown_property_is_shown_by_its_name(tmp_path: Path) -> None:
    ontology = 'eug:colour a owl:DatatypeProperty ; rdfs:label "colour"@en .'
    pages = made(tmp_path, '<project/a> a eug:Project ; eug:colour "red"@en ; schema:slogan "Go" .', ontology)
    text = pages["project/a.html"].text
    assert "Colour" in text
    assert "red" in text
    assert "schema:slogan" in text.lower()


def test_a_former_address_leads_on_and_a_withdrawn_one_says_so(tmp_path: Path) -> None:
    text = """
    <project/new> a eug:Project ; skos:prefLabel "New"@en .
    <project/old> eug:withdrawn "2026-11-23"^^xsd:date ; dcterms:isReplacedBy <project/new> ; skos:prefLabel "Old <b>"@en .
    <project/away> eug:withdrawn "2026-11-23"^^xsd:date ; dcterms:isReplacedBy <https://example.net/x> .
    <project/nowhere> eug:withdrawn "2026-11-23"^^xsd:date ; dcterms:isReplacedBy <urn:x> .
    <project/gone> eug:withdrawn "2026-11-23"^^xsd:date ; eug:note "Described by mistake."@en .
    """
    pages = made(tmp_path, text)
    old = pages["project/old.html"]
    assert ("meta", {"http-equiv": "refresh", "content": "0; url=../project/new.html"}) in old.tags
    assert ("a", "href", "../project/new.html") in old.links
    assert "This has another address now: New." in old.text
    away = pages["project/away.html"]
    assert ("meta", {"http-equiv": "refresh", "content": "0; url=https://example.net/x"}) in away.tags
    assert ("a", "href", "https://example.net/x") in away.links
    nowhere = pages["project/nowhere.html"]
    assert "This has another address now: urn:x." in nowhere.text
    assert not [attributes for tag, attributes in nowhere.tags if attributes.get("http-equiv")]
    gone = pages["project/gone.html"]
    assert "Described by mistake." in gone.text
    assert not [attributes for tag, attributes in gone.tags if attributes.get("http-equiv")]
    assert "../project/old.html" not in {address for _, _, address in pages["project/index.html"].links}
