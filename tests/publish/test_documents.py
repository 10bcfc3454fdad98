"""Which statements stand in which document."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from eugraph.publish.documents import Document, documents
from eugraph.vocab import PREFIXES

BASE = "https://w3id.org/eugraph/id/"
HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
DATA = """
<project/a> a eug:Project ; skos:prefLabel "A"@en ; eug:grant <grant/a> ; eug:hasParticipation <participation/a/x/p> .
<grant/a> a eug:Grant ; eug:funder <organisation/x> .
<participation/a/x/p> eug:participatesIn <project/a> ; eug:organisation <organisation/x> ; eug:role role:participant ;
    eug:note "Only in the project's document."@en .
<organisation/x> skos:prefLabel "Iks"@nl, "X"@en ; eug:acronym "X" ; eug:holdsParticipation <participation/a/x/p> .
<claim/1> eug:subject <project/a> . <claim/2> eug:subject <grant/a> . <claim/3> eug:subject <participation/a/x/p> .
<https://elsewhere.example/> skos:prefLabel "Not ours"@en .
"""
VOCABULARY = 'role:participant skos:prefLabel "participant"@en ; skos:definition "Not a name."@en .'


def quads(text: str, graph: str = "graph/g") -> list[Quad]:
    name = NamedNode(BASE + graph)
    return [Quad(q.subject, q.predicate, q.object, name) for q in parse(HEAD + text, format=RdfFormat.TURTLE)]


def made(text: str = DATA) -> dict[str, Document]:
    vocabulary = [quad.triple for quad in quads(VOCABULARY)]
    return {document.path: document for document in documents(quads(text), BASE, vocabulary)}


def told(document: Document) -> set[str]:
    """Subject and predicate of each statement, without their namespaces."""

    def short(iri: str) -> str:
        return iri.removeprefix(BASE).rpartition("#")[2]

    return {f"{short(str(t.subject.value))} {short(t.predicate.value)}" for t in document.triples}  # type: ignore[union-attr]


def test_participations_grants_and_claims_stand_with_their_project() -> None:
    found = made()
    assert set(found) == {"project/a", "organisation/x"}
    assert [thing.value.removeprefix(BASE) for thing in found["project/a"].things] == [
        *("project/a", "grant/a", "participation/a/x/p", "claim/1", "claim/2", "claim/3")
    ]


def test_every_statement_about_a_thing_of_ours_stands_in_its_document() -> None:
    union = {triple for document in made().values() for triple in document.triples}
    own = {quad.triple for quad in quads(DATA) if str(quad.subject).startswith(f"<{BASE}")}
    assert own <= union


def test_a_document_names_what_it_mentions_and_says_nothing_else_of_it() -> None:
    project = made()["project/a"]
    about_x = [t for t in project.triples if t.subject == NamedNode(f"{BASE}organisation/x")]
    assert {t.predicate.value for t in about_x} == {f"{PREFIXES['skos']}prefLabel"}
    assert len(about_x) == 2
    assert "participant prefLabel" in told(project)
    assert "participant definition" not in told(project)


def test_the_document_of_an_organisation_tells_its_roles() -> None:
    assert told(made()["organisation/x"]) == {
        "organisation/x prefLabel",
        "organisation/x acronym",
        "organisation/x holdsParticipation",
        "participation/a/x/p participatesIn",
        "participation/a/x/p organisation",
        "participation/a/x/p role",
        "project/a prefLabel",
        "participant prefLabel",
    }


def test_a_statement_in_two_graphs_stands_once() -> None:
    both = [*quads(DATA), *quads(DATA, "graph/h")]
    for document in documents(both, BASE):
        assert len(document.triples) == len(set(document.triples))


def test_hosts_in_a_circle_stay_at_home() -> None:
    assert set(made("<claim/a> eug:subject <claim/b> . <claim/b> eug:subject <claim/a> .")) == {"claim/a", "claim/b"}


def test_the_order_of_statements_does_not_matter() -> None:
    def shown(found: list[Document]) -> list[tuple[str, set[Triple]]]:
        return [(document.path, set(document.triples)) for document in found]

    assert shown(documents(quads(DATA), BASE)) == shown(documents(quads(DATA)[::-1], BASE))


def test_a_result_stands_with_its_project_where_an_imported_source_says_so() -> None:
    text = '<project/a> eug:result <result/r> . <result/r> a eug:Result ; skos:prefLabel "R"@en .'
    assert set(made(text)) == {"project/a", "result/r"}
    imported = [str(NamedNode(f"{BASE}graph/g"))]
    [project] = documents(quads(text), BASE, imported=imported)
    assert [thing.value.removeprefix(BASE) for thing in project.things] == ["project/a", "result/r"]


def test_licence_and_rights_of_its_sources_go_along_with_a_document() -> None:
    text = """
    <project/a> dcterms:source <source/s> ; eug:relatedTo <source/t> .
    <source/s> dcterms:license <https://l.example/> ; dcterms:rights "© S"@en ; dcterms:issued "2020" .
    <source/t> dcterms:license <https://l.example/> .
    """
    assert told(made(text)["project/a"]) == {
        "project/a http://purl.org/dc/terms/source",
        "project/a relatedTo",
        "source/s http://purl.org/dc/terms/license",
        "source/s http://purl.org/dc/terms/rights",
    }
