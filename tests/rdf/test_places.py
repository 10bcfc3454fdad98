"""Every statement of a text has a spot of its own, whatever its terms are."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from eugraph.rdf.locate import Locator
from eugraph.rdf.places.excerpt import excerpt, line_at
from eugraph.rdf.places.json_ld import json_spots
from eugraph.rdf.places.json_tokens import Array, Object, Scalar, read_json
from eugraph.rdf.places.lines import lines_on
from eugraph.rdf.places.rdf_xml import xml_spots
from eugraph.rdf.places.spot import Spot
from eugraph.rdf.places.turtle import turtle_spots
from eugraph.rdf.turtle import write_turtle
from eugraph.vocab import PREFIXES
from rdf.rdf_strategies import graphs

BASE = "http://e.org/"
HEAD = "@prefix : <http://e.org/> .\n"
RDF = PREFIXES["rdf"]


def paired(text: str, form: RdfFormat = RdfFormat.TURTLE) -> list[tuple[Quad, Spot]]:
    quads = list(parse(text, format=form, base_iri=BASE))
    if form == RdfFormat.JSON_LD:
        found = json_spots(text, BASE, quads)
        assert None not in found, [quad for quad, spot in zip(quads, found, strict=True) if spot is None]
        spots = [spot for spot in found if spot]
    else:
        spots = list(xml_spots(text) if form == RdfFormat.RDF_XML else turtle_spots(text))
    return list(zip(quads, spots, strict=True))


def values(text: str, form: RdfFormat = RdfFormat.TURTLE) -> dict[str, str]:
    """What stands at the object of each statement, by its value, one that comes once."""
    return {
        quad.object.value: text[spot.object :]
        for quad, spot in paired(text, form)
        if isinstance(quad.object, (Literal, NamedNode))
    }


@pytest.mark.parametrize(
    "text",
    [
        ":a :p [ :q '1' ; :r [ :s '2' ] , '3' ] , '4' .",
        "[ :q '1' ; :r [ :s '2' ] ] :p '3' .",
        "[ :q '1' ] .",
        ":a :p ( '1' [ :q '2' ] ( '3' '4' ) () ) ; :z '5' .",
        "( '1' ( '2' ) ) :p ( '3' ) .",
        ":a :p ('1'@en '2'^^:d '3') , '4' # '9'\n ^^ :d , \"\"\"5\"\"\" .",
        ":a :p [ :q ( '1' ) ] , [] , [ ] ;; . [] :p '2' .",
        "PREFIX x: <http://x/>\nBASE <http://y/>\n<a> x:p <b#1>, '2' ;; . # x:p '3'",
        ":a.b :p\\,q '1' . _:b.c a :T , :U; :p true , 1.5 , -1e3, 2.:x :y 3 .",
    ],
)
def test_the_spots_of_turtle_are_in_the_order_of_the_parser(text: str) -> None:
    text = HEAD + text
    for quad, spot in paired(text):
        at = text[spot.object :]
        if isinstance(quad.object, Literal):
            assert at.lstrip("\"'").startswith(quad.object.value), (quad, at)
        if isinstance(quad.object, BlankNode) and quad.predicate.value not in (RDF + "rest", RDF + "first"):
            assert at.startswith(("[", "(", "_:"))
        if isinstance(quad.subject, NamedNode):
            assert text[spot.subject :].startswith((f":{quad.subject.value[len(BASE) :]}", "<"))


def test_the_spots_of_trig_know_graphs_from_subjects() -> None:
    text = (
        HEAD
        + ":g { :a :p '1' . :b :p [ :q '2' ] } GRAPH [] { :c :p '3' } [ :q '4' ] :p '5' . { :d :p '6' } graph<x>{:a :p '7'}"
    )
    pairs = paired(text, RdfFormat.TRIG)
    assert [text[spot.object + 1] for quad, spot in pairs if isinstance(quad.object, Literal)] == [*"1234567"]


def test_the_spots_of_rdf_xml_are_in_the_order_of_the_parser() -> None:
    text = f'''<?xml version="1.0"?><!-- <ü> --><rdf:RDF xmlns:rdf="{RDF}" xmlns:e="{BASE}">
<e:T rdf:about="a" rdf:type="http://e.org/U" e:x="1" e:y='2'><e:p>3</e:p><e:q><e:V e:z="4"><e:r>5</e:r></e:V></e:q>
<e:s rdf:resource="b" e:w="6" e:v = "7"/><e:t rdf:parseType="Resource"><e:u>8</e:u></e:t><e:i rdf:ID="st">9</e:i><rdf:li>10</rdf:li>
<e:l rdf:parseType="Collection"><rdf:Description rdf:about="c"><e:in>11</e:in></rdf:Description><e:W rdf:about='d'/></e:l>
<e:xl rdf:parseType="Literal">12<b>x</b></e:xl><e:é xml:lang="de">13</e:é><e:n rdf:nodeID="q"/><e:empty></e:empty></e:T>
<rdf:Description rdf:nodeID="q" e:k="14"/></rdf:RDF>'''
    found = values(text, RdfFormat.RDF_XML)
    for value, at in found.items():
        if value.isdigit():
            assert at.lstrip("\"'").startswith(value)
    assert found[f"{BASE}b"].startswith('"b"')
    assert found[f"{BASE}U"].startswith('"http://e.org/U"')
    assert found[f"{BASE}T"].startswith("e:T ")
    assert {quad.object.value for quad, _ in paired(text, RdfFormat.RDF_XML) if isinstance(quad.object, Literal)} > {
        str(n) for n in range(1, 12)
    }


def test_the_spots_of_json_ld_follow_the_contexts() -> None:
    text = """{"@context": [{"@vocab": "http://v/", "ex": "http://e.org/", "name": {"@id": "ex:name", "@language": "en"},
 "d": {"@id": "ex:d", "@type": "xsd:date"}, "xsd": "http://www.w3.org/2001/XMLSchema#", "id": "@id", "type": "@type",
 "byid": {"@id": "ex:byid", "@container": "@id"}, "ix": {"@id": "ex:ix", "@container": "@index"}, "l": {"@container": "@list"},
 "lang": {"@container": "@language"}, "P": {"@id": "ex:P", "@context": {"inner": "ex:inner"}}, "nest": "@nest",
 "rev": {"@reverse": "ex:r"}, "v": {"@id": "ex:v", "@type": "@vocab"}, "b": {"@id": "ex:b", "@type": "@id"}}, {"more": "ex:more"}],
"id": "ex:a", "type": ["P", "ex:Q"], "name": "Ann", "d": "2020-01-01", "inner": "I", "more": [101, 2.5, true, null, "c\\"d"],
"byid": {"ex:k1": {"more": "x1"}, "ex:k2": {"more": "x2"}}, "ix": {"one": {"more": "x3"}, "two": "x4"}, "nest": {"more": "x5"},
"v": "ex:thing", "b": ["rel", "../up"], "w": {"@value": "x6", "@language": "de"}, "l": ["x7", ["x8", {"more": "x9"}], []],
"l2": {"@list": [["y1"], "y2"]}, "lang": {"en": "y3", "de": ["y4", "y5"]}, "rev": {"id": "ex:z", "more": "y6"},
"self": {"id": "_:q", "more": "y7"}, "r": {"id": "_:q"}, "dropped": null, "j": {"@value": {"k": 1}, "@type": "@json"},
"@graph": [{"more": "y8"}, {"more": "y8"}], "@reverse": {"ex:back": {"more": "y9"}}, "@included": [{"id": "c", "more": "z1"}]}"""
    found = values(text, RdfFormat.JSON_LD)
    for value, at in found.items():
        if len(value) == 2:
            assert at.startswith(f'"{value}"')
    assert found["101"].startswith("101,")
    assert found["2.5E0"].startswith("2.5,")
    assert found['c"d'].startswith('"c\\"d"')
    assert found["http://e.org/up"].startswith('"../up"')
    assert found["http://e.org/thing"].startswith('"ex:thing"')
    assert found["http://e.org/P"].startswith('"P"')
    twice = [spot for quad, spot in paired(text, RdfFormat.JSON_LD) if quad.object == Literal("y8")]
    assert twice[0].object < twice[1].object
    assert twice[0].subject < twice[0].object < twice[1].subject < twice[1].object


@given(graphs())
@settings(deadline=None)
def test_every_statement_of_any_graph_in_any_format_is_found(graph: set[Triple]) -> None:
    triples = sorted(graph, key=str)
    texts = {RdfFormat.TURTLE: write_turtle(graph, PREFIXES, BASE).encode()}
    for form in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD):
        text = (texts.get(form) or serialize(triples, format=form) or b"").decode()
        quads = list(parse(text, format=form, base_iri=BASE))
        locator = Locator(text, PurePath("x"), form, BASE, quads)
        for quad in quads:
            place = locator.find(quad.subject, quad.predicate, quad.object)
            assert place, (form, quad)
            if form == RdfFormat.N_TRIPLES:
                assert quad.predicate.value in place.written


def test_every_statement_of_the_repository_has_a_spot(repository: Path) -> None:
    for folder in ("data", "ontology", "shapes"):
        for path in (repository / folder).rglob("*.ttl"):
            text = path.read_text(encoding="utf-8")
            for quad, spot in paired(text):
                at = text[spot.object :]
                assert (
                    at.startswith(('"', "'")) or not isinstance(quad.object, Literal) or at[0] in "+-.0123456789tf"
                ), (path, quad)


@given(graphs(), st.data())
@settings(deadline=None)
def test_what_is_left_of_lines_has_the_statements_on_some_nodes_at_their_places(
    graph: set[Triple], data: st.DataObject
) -> None:
    text = (serialize(graph, format=RdfFormat.N_TRIPLES) or b"").decode()
    nodes = {triple.subject for triple in graph if data.draw(st.booleans())}
    whole, left = (
        Locator(it, PurePath("a.nt"), RdfFormat.N_TRIPLES, BASE, None, nodes) for it in (text, lines_on(text, nodes))
    )
    for quad in parse(text, format=RdfFormat.N_TRIPLES):
        place = left.find(quad.subject, quad.predicate, quad.object)
        assert place == whole.find(quad.subject, quad.predicate, quad.object)
        assert (place is not None) == (quad.subject in nodes)


@pytest.mark.parametrize(
    "line",
    [
        '<http://e.org/é> <http://e.org/p> "x" .',
        '<http://e.org/\\u00e9><http://e.org/p>"x".',
        ' \t<http://e.org/é>\t<http://e.org/p> "x" . # <http://e.org/other>',
    ],
)
def test_a_line_is_left_however_it_writes_its_subject(line: str) -> None:
    other = '<http://e.org/other> <http://e.org/é> "<http://e.org/é> \\" " .\n'
    text = lines_on(f"# <http://e.org/é>\n\n{other}{line}\n{other}", {NamedNode("http://e.org/é")})
    assert [it.subject.value for it in parse(text, format=RdfFormat.N_TRIPLES)] == ["http://e.org/é"]
    assert text.split("\n")[3] == line


@pytest.mark.parametrize("more", ["_:b <http://e.org/p> <http://e.org/o> .\n", "\r"])
def test_lines_are_left_whole_where_a_part_may_mean_another_thing(more: str) -> None:
    text = f'<http://e.org/a> <http://e.org/p> "x" .\n{more}'
    assert lines_on(text, set()) == text


@pytest.mark.parametrize("text", ["", "[", '{"a"', '{"a": }', "]", '{"a" "b"}', "nonsense \x00", '"' * 3, "{]"])
def test_a_text_that_is_no_json_has_no_value_or_any_but_ends(text: str) -> None:
    read_json(text)


def test_json_keeps_offsets_at_any_depth() -> None:
    text = '{"a\\u0062": [1.50, "x", {"k": null, "k": true}]}'
    found = read_json(text)
    assert isinstance(found, Object)
    (entry,) = found.entries
    assert (entry.key, entry.offset) == ("ab", 1)
    assert isinstance(entry.value, Array)
    number, word, inner = entry.value.items
    assert number == Scalar("1.50", text.index("1.50"), is_text=False)
    assert word == Scalar("x", text.index('"x"'), is_text=True)
    assert isinstance(inner, Object)
    assert inner.last()["k"].value == Scalar(value=True, offset=text.index("true"), is_text=False)
    assert read_json("[" * 100_000 + "]" * 100_000) is not None


def test_long_lines_are_cut_around_the_place() -> None:
    text = "short\n" + "a" * 500 + "HERE" + "b" * 500 + "\r\nlast"
    shown = line_at(text, 2, 501)
    assert shown.startswith("…aaa")
    assert "HERE" in shown
    assert shown.endswith("b…")
    assert len(shown) < 250
    assert (line_at(text, 1), line_at(text, 3), line_at(text, 9), line_at(text, 0)) == ("short", "last", "", "")
    assert excerpt("a\r\nb", 0) == "a"


def test_of_a_long_statement_the_ends_are_shown() -> None:
    text = HEAD + ":a :p '1' ,\n '2' ,\n '3' ,\n '4' ,\n '5' ."
    place = Locator(text, PurePath("x"), RdfFormat.TURTLE, BASE).find(
        NamedNode(f"{BASE}a"), NamedNode(f"{BASE}p"), Literal("5")
    )
    assert place
    assert (place.line, place.column) == (6, 2)
    assert place.written == ":a :p '1' ,\n…\n '5' ."


def test_a_text_that_does_not_go_with_its_statements_gives_no_place_rather_than_a_wrong_one() -> None:
    quads = list(parse(HEAD + ":a :p 1 , 2 .", format=RdfFormat.TURTLE))
    locator = Locator(HEAD + ":a :p 1 .", PurePath("x"), RdfFormat.TURTLE, BASE, quads)
    assert locator.find(NamedNode(f"{BASE}a")) is None
