"""The code lists of the import are the concept schemes, and every concept that it can point to is described."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SKOS

from eugraph.sources.cordis.lists import (
    ACTIVITY_TYPES,
    COLLECTIONS,
    COUNTRIES,
    FUNDING_SCHEMES,
    RESULT_KINDS,
    ROLES,
    STATUSES,
)
from eugraph.sources.cordis.nquads_text import slug
from eugraph.vocab import COUNTRY, EUG, PREFIXES


def concepts(repository: Path, scheme: str) -> Graph:
    return Graph().parse(repository / "ontology" / "schemes" / f"{scheme}.ttl")


def names(graph: Graph, prefix: str) -> set[str]:
    return {str(concept).removeprefix(prefix) for concept in graph.subjects(RDF.type, SKOS.Concept)}


def test_countries_are_those_of_the_scheme_by_both_codes(repository: Path) -> None:
    graph = concepts(repository, "country")
    codes = {
        str(code): str(country).removeprefix(COUNTRY)
        for predicate in (SKOS.notation, URIRef(f"{EUG}euCode"))
        for country, code in graph.subject_objects(predicate)
    }
    assert codes == COUNTRIES


def test_funding_schemes_are_those_of_the_scheme_and_named_after_their_codes(repository: Path) -> None:
    graph = concepts(repository, "funding-scheme")
    assert names(graph, PREFIXES["fscheme"]) == FUNDING_SCHEMES
    for concept, code in graph.subject_objects(SKOS.notation):
        assert str(concept).removeprefix(PREFIXES["fscheme"]) == slug(str(code))


def test_roles_statuses_and_activity_types_are_concepts_with_these_codes(repository: Path) -> None:
    for scheme, prefix, known in (
        ("role", "role", ROLES),
        ("status", "status", STATUSES),
        ("activity-type", "acttype", {code: code for code in ACTIVITY_TYPES}),
    ):
        graph = concepts(repository, scheme)
        codes = {str(o): str(s).removeprefix(PREFIXES[prefix]) for s, o in graph.subject_objects(SKOS.notation)}
        assert codes == known


def test_kinds_of_result_are_those_of_the_scheme(repository: Path) -> None:
    told = {*COLLECTIONS.values(), *(concept for kinds in RESULT_KINDS.values() for concept in kinds.values())}
    assert told == names(concepts(repository, "result-kind"), PREFIXES["reskind"])
