"""Random RDF terms and graphs, with a liking for what breaks writers."""

from __future__ import annotations

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

BASE = "https://w3id.org/eugraph/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

IRIS = st.sampled_from(
    [
        f"{BASE}project/harmony",
        f"{BASE}project/harmony-plus",
        f"{BASE}participation/harmony/eha/participant",
        BASE,
        f"{BASE}a:b",
        f"{BASE}project/a:b",
        f"{BASE}/double",
        f"{BASE}x//y",
        f"{BASE}../up",
        f"{BASE}project/./here",
        f"{BASE}project/..",
        f"{BASE}.",
        f"{BASE}?query",
        f"{BASE}#fragment",
        f"{BASE}project/x?",
        f"{BASE}project/x#",
        f"{BASE}@id",
        f"{BASE}a;",
        f"{BASE}trailing/",
        f"{BASE}with%20space",
        f"{BASE}größe",
        f"{BASE}Project",
        "https://w3id.org/eugraph/ontology#Project",
        "https://w3id.org/eugraph/ontology#startDate",
        "https://w3id.org/eugraph/ontology#",
        "https://w3id.org/eugraph/ontology",
        "https://w3id.org/eugraph/scheme/role#coordinator",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://purl.org/dc/terms/title",
        "http://purl.org/dc/terms/a.b.",
        "http://purl.org/dc/terms/-x",
        "http://purl.org/dc/terms/1x",
        f"{RDF}type",
        f"{RDF}nil",
        "urn:isbn:123",
        "mailto:a@example.org",
        "doi:10.1/x",
        "id:x",
        "eug:x",
        "dcterms:title",
        "type:x",
        "https://example.org",
        "https://example.org/?a=b&c=d#e",
        "https://example.org/%F0%9F%98%80",
    ]
).map(NamedNode)
PREDICATES = st.one_of(
    IRIS.filter(lambda node: node.value != f"{RDF}nil"),
    st.sampled_from(
        [
            f"{RDF}type",
            "http://www.w3.org/2004/02/skos/core#prefLabel",
            "http://purl.org/dc/terms/description",
            "http://purl.org/dc/terms/source",
            "https://w3id.org/eugraph/ontology#subject",
            "https://w3id.org/eugraph/ontology#property",
            "https://w3id.org/eugraph/ontology#value",
            "https://w3id.org/eugraph/ontology#grant",
            "https://w3id.org/eugraph/ontology#hasParticipation",
            "https://w3id.org/eugraph/ontology#organisation",
            "https://w3id.org/eugraph/ontology#numberOfPartners",
            "https://w3id.org/eugraph/ontology#totalCost",
        ]
    ).map(NamedNode),
)

TEXTS = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="ab\"\\\n\r\t\x00\x0b\x7f\x85\u2028\u202e\ufeff\ufffe '@:^", max_size=8),
    st.sampled_from(
        ["", "@id", "@type", '"""', 'a\n"', "a\nb", "a \nb", "a\r\nb", "\\n", "\\", "id", "_:x", "a\n\\u0041"]
    ),
)
DATATYPES = st.sampled_from(
    [
        f"{XSD}{name}"
        for name in ("integer", "decimal", "double", "boolean", "date", "gYear", "gYearMonth", "anyURI", "int")
    ]
    + [f"{RDF}JSON", f"{RDF}HTML", f"{BASE}datatype/x", "https://example.org/type"]
).map(NamedNode)
LEXICAL = st.one_of(
    st.sampled_from(["0", "-0", "+1", "51", "0042", "42433075", "99999999999999999999999999"]),
    st.sampled_from(["1.50", "1.", ".5", "-1.0", "1.0.", "1e6", "1.5E6", "NaN", "true", "1", "TRUE"]),
    st.sampled_from(["2017", "2017-01", "2017-01-10", "2017-13-45", "x", " 5", "5\n", '{"a": 1}']),
)
LANGUAGES = st.sampled_from(["en", "EN", "en-GB", "nl", "zh-Hant-tw", "x-private", "de-CH-1996"])
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, language: Literal(text, language=language), TEXTS, LANGUAGES),
    st.builds(lambda text, datatype: Literal(text, datatype=datatype), LEXICAL, DATATYPES),
)
BLANKS = st.sampled_from("abcdef").map(BlankNode)

TRIPLES = st.builds(Triple, IRIS, PREDICATES, st.one_of(IRIS, LITERALS))
LIST_PREDICATES = st.sampled_from([f"{RDF}first", f"{RDF}rest", "https://w3id.org/eugraph/ontology#p"]).map(NamedNode)
BLANK_TRIPLES = st.builds(
    Triple,
    st.one_of(BLANKS, BLANKS, IRIS),
    LIST_PREDICATES,
    st.one_of(BLANKS, BLANKS, IRIS, st.just(NamedNode(f"{RDF}nil")), LITERALS),
)


def graphs(max_size: int = 12) -> st.SearchStrategy[list[Triple]]:
    """Graphs without blank nodes."""
    return st.lists(TRIPLES, max_size=max_size)


def graphs_with_blanks(max_size: int = 10) -> st.SearchStrategy[list[Triple]]:
    """Graphs with blank nodes, lists and broken lists."""
    return st.lists(st.one_of(BLANK_TRIPLES, BLANK_TRIPLES, TRIPLES), max_size=max_size)
