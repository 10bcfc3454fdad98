"""What is added to files: house layout, what stands kept, and the same statements in Turtle and in YAML."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from conftest import ROOT
from eugraph.authoring.texts import appended, turtle_of
from eugraph.authoring.yaml_text import yaml_of
from eugraph.config import open_workspace
from eugraph.errors import AnswerError
from eugraph.loading import load
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.layout import lay_out
from eugraph.rdf.layout_yaml import lay_out_yaml
from eugraph.sources.yaml_ld import read_yaml
from eugraph.vocab import PREF_LABEL, RDF_TYPE, term

BASE = "https://w3id.org/eugraph/id/"
NODE = NamedNode(f"{BASE}source/new")
NEW = [Triple(NODE, RDF_TYPE, term("eug:Source")), Triple(NODE, PREF_LABEL, Literal('"New"', language="en"))]
BLOCK = '<source/new>\n    a eug:Source ;\n    skos:prefLabel "\\"New\\""@en .\n'
HEAD = "@prefix eug: <https://w3id.org/eugraph/ontology#> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"


def triples(text: str) -> set[str]:
    return {str(quad.triple) for quad in parse(text, format=RdfFormat.TURTLE, base_iri=BASE)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"@base <{BASE}> .\n{HEAD}\n{BLOCK}"),
        (
            f"# Head.\n\n@base <{BASE}> .\n@prefix x: <x:> .\n\n<a>\n    a x:A . # why\n\n# end\n",
            f"# Head.\n\n@base <{BASE}> .\n{HEAD}@prefix x: <x:> .\n\n<a>\n    a x:A . # why\n\n# end\n\n{BLOCK}",
        ),
        ("<a>\n    <p> <o> .\n", f"{HEAD}\n<a>\n    <p> <o> .\n\n{BLOCK}"),
        ("<a> <p>   <o> .", f"<a> <p>   <o> .\n\n{HEAD}\n{BLOCK}"),
        (
            "@base <https://elsewhere.org/> .\n\n<a>\n    <p> <o> .\n",
            f"@base <https://elsewhere.org/> .\n\n<a>\n    <p> <o> .\n\n@base <{BASE}> .\n{HEAD}\n{BLOCK}",
        ),
        (
            "@prefix eug: <other:> .\n\neug:a\n    a eug:A .\n",
            f"@prefix eug: <other:> .\n\neug:a\n    a eug:A .\n\n{HEAD}\n{BLOCK}",
        ),
    ],
)
def test_statements_are_added_at_the_end_and_what_stands_is_kept(before: str, after: str) -> None:
    out = appended(before, NEW, BASE)
    assert out == after
    assert triples(out) == (triples(before) if before else set()) | {str(triple) for triple in NEW}


@cache
def context() -> Context:
    return Context.from_ontology(load(open_workspace(ROOT)).ontology.quads)


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: text.isprintable() or "\n" in text
)
ODD = st.sampled_from(
    [
        "NO",
        "~",
        "null",
        "1.50",
        "0x1F",
        "2024-01-01",
        "a: b",
        "a #b",
        "- a",
        "*x",
        "&x",
        "!x",
        "'",
        '"',
        "\\n",
        "a\nb",
        "[x]",
        "{x}",
        "yes",
        "x:",
        "x :y",
        "@x",
        "`x",
        "%x",
        "? x",
        "| x",
        "> x",
        "é",
        "\u2028",
        "\x85",
        "\ufeff",
        "a  b",
        " a",
        "a ",
    ]
)


@given(st.lists(st.one_of(TEXTS, ODD), min_size=5, max_size=5), st.sampled_from(["date", "gYear", "gYearMonth"]))
@settings(max_examples=200, deadline=None)
def test_yaml_and_turtle_say_the_same(texts: list[str], kind: str) -> None:
    node, grant = NamedNode(f"{BASE}project/new"), NamedNode(f"{BASE}grant/new")
    part = NamedNode(f"{BASE}participation/new/eha/coordinator")
    day = {"date": "2024-02-29", "gYear": "2024", "gYearMonth": "2024-02"}[kind]
    said = [
        Triple(node, RDF_TYPE, term("eug:Project")),
        Triple(node, PREF_LABEL, Literal(texts[0], language="en")),
        Triple(node, term("eug:acronym"), Literal(texts[1])),
        Triple(node, term("dcterms:description"), Literal(texts[2], language="en")),
        Triple(node, term("eug:startDate"), Literal(day, datatype=term(f"xsd:{kind}"))),
        Triple(node, term("dcterms:source"), NamedNode(f"{BASE}source/a")),
        Triple(node, term("foaf:homepage"), NamedNode("https://example.org/?a=b#c")),
        Triple(node, term("eug:status"), term("status:running")),
        Triple(node, term("eug:grant"), grant),
        Triple(grant, RDF_TYPE, term("eug:Grant")),
        Triple(grant, term("eug:grantNumber"), Literal(texts[3])),
        Triple(grant, term("eug:euContribution"), Literal("1.50", datatype=term("xsd:decimal"))),
        Triple(part, RDF_TYPE, term("eug:Participation")),
        Triple(part, term("eug:participatesIn"), node),
        Triple(part, term("eug:organisation"), NamedNode(f"{BASE}organisation/eha")),
        Triple(part, term("eug:role"), term("role:coordinator")),
        Triple(part, term("eug:acronym"), Literal(texts[4])),
    ]
    said += [
        Triple(node, NamedNode("http://purl.org/dc/terms/rights"), Literal(texts[4])),
        Triple(node, NamedNode("http://purl.org/dc/terms/rightsHolder"), Literal(texts[3], language="de")),
        Triple(node, NamedNode("http://purl.org/dc/terms/relation"), grant),
    ]
    wanted = {str(triple) for triple in said}
    turtle = turtle_of(said, BASE, [node])
    assert triples(turtle) == wanted
    assert lay_out(turtle) == turtle
    yaml = yaml_of(said, node, context(), BASE)
    content = read_yaml(yaml, PurePath("x.yaml"), context=context(), base_iri=BASE)
    assert not content.faults, (yaml, content.faults)
    assert {str(quad.triple) for quad in content.quads} == wanted
    assert lay_out_yaml(yaml.encode(), PurePath("x.yaml")) == yaml


def test_what_yaml_has_no_key_for_is_told() -> None:
    said = [Triple(NODE, RDF_TYPE, term("eug:Source")), Triple(NODE, NamedNode("https://example.org/p"), Literal("x"))]
    with pytest.raises(AnswerError, match=r"YAML has no key for <https://example\.org/p>"):
        yaml_of(said, NODE, context(), BASE)
