"""Places of statements: every statement of a file is found where it stands."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest
from hypothesis import given
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from eugraph.rdf.locate import Locator
from eugraph.rdf.turtle import write_turtle
from eugraph.vocab import PREFIXES
from rdf.rdf_strategies import graphs

BASE = "https://w3id.org/eugraph/id/"
PATH = PurePath("data/x.ttl")


def lines(text: str, form: RdfFormat = RdfFormat.TURTLE) -> dict[str, int]:
    """The line at which each statement is found, by its object."""
    locator = Locator(text, PATH, form, BASE)
    found = {}
    for quad in parse(text, format=form, base_iri=BASE):
        place = locator.find(quad.subject, quad.predicate, quad.object)
        assert place is not None
        found[quad.object.value if not isinstance(quad.object, Triple) else ""] = place.line
    return found


def test_every_kind_of_term_is_found_on_its_line() -> None:
    text = '''@prefix ex: <https://example.org/> .
PREFIX b: <https://example.org/b#>
@base <https://example.org/base/> .
ex:a a ex:Type ; # a comment with "quotes" and <brackets>
    ex:p "one" , 'two'@EN-gb ,
        """three
        lines""" ,
        42 ,
        -1.5 , 1e3 ;
    ex:q true ;;
    ex:p\\,q <relative> , ex:local.name , b: .
<https://example.org/s>
    ex:date "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .'''
    found = lines(text)
    assert found["https://example.org/Type"] == 4
    assert found["one"] == found["two"] == 5
    assert found["three\n        lines"] == 6
    assert (found["42"], found["-1.5"], found["1e3"], found["true"]) == (8, 9, 9, 10)
    assert found["https://example.org/base/relative"] == found["https://example.org/local.name"] == 11
    assert found["https://example.org/b#"] == 11
    assert found["2020-01-01"] == 13


def test_statements_inside_of_brackets_and_graphs_are_found() -> None:
    text = "@prefix ex: <https://example.org/> .\nGRAPH ex:g {\n ex:a ex:p [ ex:q\n  'inner' ] , ( 'item'\n 'next' ) .\n ex:b ex:p 'outer' }\nex:h { ex:c ex:p\n 'other' . }"
    locator = Locator(text, PATH, RdfFormat.TRIG, BASE)
    b, c, p = (NamedNode(f"https://example.org/{name}") for name in "bcp")
    assert str(locator.find(b, p, Literal("outer"))) == "data/x.ttl:6:12"
    assert str(locator.find(c, p, Literal("other"))) == "data/x.ttl:8:2"


def test_lines_of_n_quads_are_found() -> None:
    text = '<https://e.org/a> <https://e.org/p> "1" <https://e.org/g> .\n<https://e.org/a> <https://e.org/p> "2" <https://e.org/g> .\n'
    assert lines(text, RdfFormat.N_QUADS) == {"1": 1, "2": 2}


def test_what_is_not_stated_is_found_at_its_predicate_else_its_subject_else_not() -> None:
    text = "<a>\n <p> 1 ;\n <q> 2 ."
    locator = Locator(text, PATH, RdfFormat.TURTLE, BASE)
    a, p, x = (NamedNode(BASE + name) for name in "apx")
    assert str(locator.find(a, p, Literal("9"))) == "data/x.ttl:2:6"
    assert str(locator.find(a, x)) == "data/x.ttl:1:1"
    assert locator.find(x) is None


def test_json_ld_is_found_by_the_text_of_subject_and_value() -> None:
    text = '{"@context": {"@base": "https://w3id.org/eugraph/id/", "p": "https://e.org/p"},\n "@id": "project/x",\n "p":\n "the value"}'
    locator = Locator(text, PurePath("x.jsonld"), RdfFormat.JSON_LD, BASE)
    assert str(locator.find(NamedNode(BASE + "project/x"))) == "x.jsonld:2:9"
    assert str(locator.find(NamedNode(BASE + "project/x"), None, Literal("the value"))) == "x.jsonld:4:2"


@given(graphs())
def test_every_statement_of_any_turtle_is_found(graph: set[Triple]) -> None:
    text = write_turtle(graph, PREFIXES, BASE)
    locator = Locator(text, PATH, RdfFormat.TURTLE, BASE)
    for quad in parse(text, format=RdfFormat.TURTLE):
        if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode):
            assert locator.is_exact(quad.subject, quad.predicate, quad.object), quad


@pytest.mark.parametrize("text", ["<a> <b", "][", "@prefix", '"""', "<a> <b> (", "{{{{", "a a a a", "\x00", "<a> [[[["])
def test_text_that_is_no_turtle_ends_the_search_without_a_place(text: str) -> None:
    assert Locator(text, PATH, RdfFormat.TURTLE, BASE).find(NamedNode(BASE + "x")) is None


def test_every_curated_statement_has_a_line_of_its_own_file(repository: Path) -> None:
    path = repository / "data" / "projects" / "harmony.ttl"
    text = path.read_text(encoding="utf-8")
    locator = Locator(text, PATH, RdfFormat.TURTLE, BASE)
    for quad in parse(text, format=RdfFormat.TURTLE):
        assert locator.is_exact(quad.subject, quad.predicate, quad.object)
