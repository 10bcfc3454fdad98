"""Whatever stands in the data comes out as text, laid out, in a page that is whole."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from eugraph.publish import AnsweredReport, ReleaseInput, publish
from eugraph.vocab import PREFIXES
from pages.checking import broken_links, read_pages

BASE = "https://w3id.org/eugraph/id/"
XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>"
BREAKOUT = "\"'><svg onload=alert(3)></title></script><!-- {{ 7 * 7 }} {% raw %}"
TURNED = "abc \u202egnp.exe\u202c \u05d0\u05d1\u05d2 \u0627\u0644\u0639\u0631\u0628\u064a\u0629"
LONG = "x" * 10_000
LINES = "first\nsecond\r\n\r\nthird\x00\x07\x1b[31m"
HOSTILE = (XSS, BREAKOUT, TURNED, LONG, LINES)

# Every property of these things gets every hostile text.
DATA = """
<project/a> a eug:Project ; eug:grant <grant/a> ; eug:studies <disease/d> ; dcterms:source <source/s> ;
    eug:fieldOfScience <field/f> ; eug:preferredClaim <claim/1> ; eug:startDate "2017"^^xsd:gYear .
<grant/a> a eug:Grant ; eug:programme <programme/p> ; eug:funder <organisation/o> ; eug:euContribution 1.5 .
<organisation/o> a eug:Organisation ; eug:country country:DEU .
<participation/a/o> a eug:Participation ; eug:participatesIn <project/a> ; eug:organisation <organisation/o> ;
    eug:role role:participant .
<person/x> a eug:Person . <programme/p> a eug:FundingProgramme . <disease/d> a eug:Disease . <field/f> a eug:FieldOfScience .
<network/n> a eug:Network . <result/r> a eug:Result . <platform/q> a eug:Platform . <activity/v> a eug:Activity .
<source/s> a eug:Source . <unheard-of/u> a eug:Project .
<claim/1> a eug:Claim ; eug:subject <project/a> ; eug:property eug:acronym ; eug:value "one" ; dcterms:source <source/s> .
<claim/2> a eug:Claim ; eug:subject <project/a> ; eug:property eug:acronym ; eug:value "two" ; dcterms:source <source/s> ;
    eug:disputes <claim/1> .
"""
TEXTS = (
    *("skos:prefLabel", "skos:altLabel", "dcterms:title", "dcterms:description", "eug:acronym", "eug:remark"),
    *("eug:note", "eug:printedName", "eug:legalName", "eug:street", "eug:city", "eug:postalCode", "dcat:keyword"),
    *("eug:currency", "eug:grantNumber", "eug:startDate", "eug:endDate", "eug:numberOfPartners", "eug:order"),
    *("eug:euContribution", "eug:totalCost", "eug:governingBody", "skos:notation", "skos:definition", "eug:value"),
    *("eug:comparator", "eug:date", "eug:dateLatest", "eug:durationMonths", "eug:pic", "schema:slogan"),
)
ADDRESSES = ("foaf:homepage", "foaf:page", "eug:doi", "skos:exactMatch", "dcterms:source", "eug:country", "eug:role")
BAD_ADDRESSES = ("javascript:alert(1)", "data:text/html,%3Cscript%3E", "vbscript:x", "file:///etc/passwd", "urn:x:1")


def term(curie: str) -> NamedNode:
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def hostile_quads() -> list[Quad]:
    head = f"@base <{BASE}> .\n" + "".join(f"@prefix {p}: <{space}> .\n" for p, space in PREFIXES.items())
    graph = NamedNode(f"{BASE}graph/g")
    triples = [quad.triple for quad in parse(head + DATA, format=RdfFormat.TURTLE)]
    for subject in sorted({triple.subject for triple in triples}, key=str):
        assert isinstance(subject, NamedNode)
        for number, text in enumerate(HOSTILE):
            for curie in TEXTS:
                triples.append(Triple(subject, term(curie), Literal(text, language=("en", "de", "ar")[number % 3])))
                triples.append(Triple(subject, term(curie), Literal(text)))
                triples.append(Triple(subject, term(curie), Literal(text, datatype=term("xsd:integer"))))
                triples.append(Triple(subject, term(curie), Literal(text, datatype=term("xsd:date"))))
        for curie in ADDRESSES:
            triples += [Triple(subject, term(curie), NamedNode(address)) for address in BAD_ADDRESSES]
    return [Quad(t.subject, t.predicate, t.object, graph) for t in triples]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "dist"
    everything = " ".join(HOSTILE)
    cells = [{"thing": {"type": "uri", "value": address}} for address in (*BAD_ADDRESSES, f"{BASE}project/a")]
    cells += [{"thing": {"type": "literal", "value": text, "xml:lang": "ar"}} for text in HOSTILE]
    cells.append({"thing": {"type": "bnode", "value": XSS}})
    report = AnsweredReport(
        title=everything,
        asks=everything,
        columns=f"thing: {XSS}; more {BREAKOUT}",
        params={XSS: everything, "thing": "project/a"},
        query=f"# {XSS}\nSELECT * {{ ?s ?p '''{BREAKOUT}''' }} # {LINES}",
        csv=b"",
        json=json.dumps({"head": {"vars": ["thing"]}, "results": {"bindings": cells}}).encode(),
        more=everything,
    )
    finding = {
        "severity": "violation",
        "code": XSS,
        "message": everything,
        "file": f"data/{XSS}.ttl",
        "line": 1,
        "column": 2,
        "focus": "<javascript:alert(1)>",
        "path": XSS,
        "value": json.dumps(everything),
        "shape": XSS,
    }
    words = [
        Triple(term("eug:Project"), term("rdf:type"), term("owl:Class")),
        Triple(term("eug:Project"), term("rdfs:label"), Literal(everything)),
        Triple(term("eug:Project"), term("skos:definition"), Literal(everything, language="en")),
        Triple(term("eug:Project"), term("skos:example"), Literal(everything)),
        Triple(term("role:participant"), term("rdf:type"), term("skos:Concept")),
        Triple(term("role:participant"), term("skos:prefLabel"), Literal(everything, language="ar")),
    ]
    shapes = [
        Triple(term("eugsh:S"), term("rdf:type"), term("sh:NodeShape")),
        Triple(term("eugsh:S"), term("sh:message"), Literal(everything, language="en")),
        Triple(term("eugsh:S"), term("sh:name"), Literal(everything)),
        Triple(term("eugsh:S"), term("sh:targetClass"), NamedNode("javascript:alert(1)")),
    ]
    profile = [
        Triple(NamedNode(f"{BASE}project/a"), term("rdf:type"), term("schema:Project")),
        *(Triple(NamedNode(f"{BASE}project/a"), term("schema:name"), Literal(text)) for text in HOSTILE),
    ]
    publish(
        ReleaseInput(
            quads=hostile_quads(),
            ontology={"eugraph": words},
            shapes={"all": shapes},
            reports={"hostile": report, XSS: report, "index": report},
            validation={"json": json.dumps({"counts": {XSS: 1}, "findings": [finding]}).encode()},
            title=everything,
            description=everything,
            base_iri=BASE,
            moved=None,
            date=dt.date(2026, 11, 23),
            version=BREAKOUT,
            publisher=everything,
            licence="javascript:alert(1)",
            profile=profile,
        ),
        folder,
    )
    return folder


def test_every_page_is_whole_and_every_link_harmless(made: Path) -> None:
    pages = read_pages(made)
    assert len(pages) > 20
    assert broken_links(made, pages) == []


def test_no_text_of_the_data_becomes_markup(made: Path) -> None:
    for name, page in read_pages(made).items():
        for tag, attributes in page.tags:
            assert tag not in ("img", "iframe"), name
            assert not [key for key in attributes if key.startswith("on")], name
            assert tag != "svg" or attributes.get("class") == "classes", name
        assert len(page.scripts) <= 1, name
        assert "49" not in page.title, name


def test_the_texts_are_there_to_be_read(made: Path) -> None:
    page = read_pages(made)["project/a.html"]
    for text in (XSS, BREAKOUT, TURNED, LONG):
        assert text in page.text
    assert "first\nsecond\n\nthird\N{REPLACEMENT CHARACTER}" in page.text


def test_no_page_holds_a_character_that_html_forbids(made: Path) -> None:
    for path in made.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not {c for c in text if c < " " and c not in "\n\t"}, path.name


def test_texts_find_their_own_direction_and_cannot_turn_their_surroundings(made: Path) -> None:
    pages = read_pages(made)
    for name, page in pages.items():
        assert not set(page.title) & set("\u202e\u202d\u2066\u2067"), name
    tags = pages["project/a.html"].tags
    assert ("bdi", {"lang": "ar", "dir": "auto"}) in tags or ("bdi", {"dir": "auto", "lang": "ar"}) in tags
    for tag, attributes in tags:
        if "lang" in attributes and tag != "html":
            assert attributes.get("dir") == "auto", (tag, attributes)


def test_an_embedded_document_cannot_end_its_script(made: Path) -> None:
    page = read_pages(made)["project/a.html"]
    (document,) = page.json_ld
    assert set(document["name"]) == set(HOSTILE)
    assert "<" not in page.scripts[0]


def test_a_long_word_may_be_broken(made: Path) -> None:
    tags = read_pages(made)["project/a.html"].tags
    assert any(tag == "bdi" and attributes.get("class") == "long" for tag, attributes in tags)


def test_a_report_called_index_does_not_stand_in_the_way_of_the_list(made: Path) -> None:
    pages = read_pages(made)
    assert {"query/index.html", "query/~69ndex.html"} <= pages.keys()
