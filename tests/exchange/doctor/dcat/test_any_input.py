"""Whatever a site sends, the checks end and say something readable."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.exchange.doctor.dcat import examine, google, score
from eugraph.exchange.doctor.dcat.codes import CODES
from eugraph.exchange.doctor.dcat.properties import PROPERTIES
from eugraph.exchange.doctor.dcat.terms import term
from eugraph.exchange.doctor.dcat.vocabularies import VOCABULARIES
from eugraph.exchange.doctor.dcat.wrong import VALUE

WHERE = "https://where.example/"
NAMES = ["rdf:type", "skos:inScheme", "rdfs:subClassOf", "dcat:accessUrl", "vcard:hasEmail", "schema:startDate"]
PREDICATES = [term(name) for name in {*NAMES, *(p.name for asked in PROPERTIES.values() for p in asked)}]
CLASSES = [term(name) for name in (*PROPERTIES, "dcterms:Frequency", "foaf:Person", "dcat:DataSet")]
NODES = [
    *(NamedNode(f"https://example.org/{number}") for number in range(4)),
    *(BlankNode(f"b{number}") for number in range(3)),
    *(NamedNode(table.example) for table in VOCABULARIES.values()),
    *(
        NamedNode(iri)
        for iri in ("http://localhost/x", "file:///x", "urn:x:y", "mailto:x", "http://[::1]/", "http:", "x:")
    ),
]
DATATYPES = [
    term(f"xsd:{name}") for name in ("string", "date", "dateTime", "gYear", "decimal", "hexBinary", "duration")
]
TEXTS = st.one_of(
    st.sampled_from(["", " ", "2020", "-0044-03-15", "2020-02-30", "0", "ab", "P1D", "\u0000"]), st.text(max_size=8)
)
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(lambda text: Literal(text, language="en"), TEXTS),
    st.builds(lambda text, datatype: Literal(text, datatype=datatype), TEXTS, st.sampled_from(DATATYPES)),
)
TYPINGS = st.builds(
    lambda node, kind: Triple(node, term("rdf:type"), kind), st.sampled_from(NODES), st.sampled_from(CLASSES)
)
OTHERS = st.builds(
    Triple,
    st.sampled_from(NODES),
    st.sampled_from(PREDICATES),
    st.one_of(st.sampled_from([*NODES, *CLASSES]), LITERALS),
)
CATALOGUES = st.lists(st.one_of(TYPINGS, OTHERS), max_size=40)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just("https://schema.org/")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["@context", "@id", "@graph", "@value", "@list", "name", "description", "distribution", "creator", "license", "url"]),
            inner,
            max_size=4,
        ).map(lambda node: node | {"@type": "Dataset"}),
    ),
    max_leaves=20,
)  # fmt: skip


@given(CATALOGUES)
def test_any_statements_are_examined_and_what_is_told_once_is_all_that_is_told_of_each(data: list[Triple]) -> None:
    each = list(examine(data, WHERE, each=True))
    once = list(examine(data, WHERE))
    assert {(told.code, told.severity) for told in each} == {(told.code, told.severity) for told in once}
    assert len(once) == len({(told.code, told.message, told.where) for told in once})
    for told in each + once:
        assert told.check == CODES[told.code].check
        assert ":" in told.where
        assert VALUE not in told.message
        assert told.message.rstrip().endswith((".", "?"))


@given(CATALOGUES)
def test_the_order_of_statements_does_not_matter(data: list[Triple]) -> None:
    def told(statements: list[Triple]) -> set[tuple[str, str]]:
        return {(each.where, each.code) for each in examine(statements, WHERE, each=True)}

    assert told(data) == told(data[::-1])


@given(CATALOGUES, st.sampled_from([None, 200, 404]))
def test_any_statements_are_scored_within_bounds(data: list[Triple], status: int | None) -> None:
    got = score(data, None if status is None else lambda _: status)
    assert 0 <= got.points <= got.most <= 405
    assert abs(sum(points for points, _ in got.raises()) - (got.most - got.points)) < 1e-6


@given(JSON)
def test_any_json_is_read(document: object) -> None:
    for told in google([(WHERE, document)]):
        assert CODES[told.code].check == "google"
        assert VALUE not in told.message
