"""The profiles depart from their vocabularies only as the documentation says, and it tells what each term becomes."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import Quad, Triple

from conftest import ROOT
from docs.pages_apart import page, sections
from eugraph.loading import Loaded
from eugraph.reports import Library, ask, prepare
from eugraph.store import EmbeddedStore, Graph
from eugraph.validate.departures import departures
from eugraph.validate.vocabulary import Vocabulary
from eugraph.vocab import EUG, PREFIXES, shorten

EURIO = PREFIXES["eurio"]
LIBRARY = Library.open(ROOT / "queries")


@pytest.fixture(scope="module")
def eurio(shared: Path) -> Vocabulary:
    return Vocabulary.read(ox.parse(path=shared / "vocab/eurio/EURIO-2.4.ttl"))


@pytest.fixture(scope="module")
def schema_org(shared: Path) -> Vocabulary:
    packed = (shared / "vocab/schemaorg/current-https.nt.gz").read_bytes()
    return Vocabulary.read(ox.parse(gzip.decompress(packed), format=ox.RdfFormat.N_TRIPLES))


def made(name: str, store: EmbeddedStore, base: str) -> set[Triple]:
    result = ask(store, prepare(LIBRARY[f"profiles/{name}"].text, {}, base_iri=base), base_iri=base).result
    assert isinstance(result, Graph)
    return set(result.triples)


@pytest.fixture(scope="module")
def in_eurio(loaded: Loaded) -> set[Triple]:
    return made("eurio", loaded.store, loaded.workspace.base_iri)


def rows(heading: str) -> list[list[str]]:
    """The rows of the table below a heading of the page."""
    lines = sections(page("eurio.md"), 2)[heading].splitlines()
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| `")]


def codes(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def named(iris: set[str]) -> set[str]:
    return {shorten(iri) for iri in iris}


def test_the_eurio_profile_departs_as_the_page_says_and_in_no_other_way(
    eurio: Vocabulary, in_eurio: set[Triple]
) -> None:
    told = {tuple(cell.strip("`") for cell in row[:3]) for row in rows("Where the EURIO profile departs from EURIO")}
    found = {(d.kind.value, d.class_, d.property_): d for d in departures(in_eurio, eurio)}
    assert {key: found[key] for key in found.keys() - told} == {}
    assert not any(d.found for d in found.values())


def test_the_schema_org_profile_departs_nowhere(schema_org: Vocabulary, loaded: Loaded) -> None:
    triples = made("schema-org", loaded.store, loaded.workspace.base_iri)
    assert len(triples) > 5000
    assert departures(triples, schema_org) == []


def test_every_term_has_a_row_that_names_what_the_query_makes_of_it(loaded: Loaded) -> None:
    query = LIBRARY["profiles/eurio"].text
    table = rows("What EURIO cannot say")
    terms = [term for row in table for term in re.findall(r"`([^`]+)`", row[0])]
    ours = {q.subject.value for q in loaded.ontology.quads if isinstance(q.subject, ox.NamedNode)}
    assert sorted(terms) == sorted(named({iri for iri in ours if iri.startswith(EUG)}))
    for here, there, lost in table:
        assert there == "nothing" or codes(there), here
        assert lost or there != "nothing", here
        for term in codes(there):
            assert re.search(rf"\b{term}\b", query), (here, term)


def test_every_term_of_eurio_is_used_or_named_as_unused(eurio: Vocabulary) -> None:
    defined = {iri for iri in (*eurio.classes, *eurio.properties) if iri.startswith(EURIO)}
    unused = [term for row in rows("What EURIO has and is not used") for term in re.findall(r"`([^`]+)`", row[0])]
    used = set(re.findall(r"\beurio:\w+", LIBRARY["profiles/eurio"].text))
    assert len(unused) == len(set(unused))
    assert not used & set(unused)
    assert used | set(unused) == named(defined)


def test_nothing_is_said_under_an_address_of_eurio_and_nothing_without_one(in_eurio: set[Triple]) -> None:
    for triple in in_eurio:
        assert isinstance(triple.subject, ox.NamedNode)
        assert isinstance(triple.object, ox.NamedNode | ox.Literal)
        assert not triple.subject.value.startswith("http://data.europa.eu/s66")


CASE = Path(__file__).parent / "eurio.ttl"
EXPECTED = Path(__file__).parent / "eurio-expected.ttl"


def test_the_case_becomes_what_stands_beside_it() -> None:
    base = "https://w3id.org/eugraph/id/"
    store = EmbeddedStore(Quad(q.subject, q.predicate, q.object) for q in ox.parse(path=CASE, base_iri=base))
    expected = {quad.triple for quad in ox.parse(path=EXPECTED, base_iri=base)}
    assert made("eurio", store, base) == _as_stored(expected)


def _as_stored(triples: set[Triple]) -> set[Triple]:
    """Literals as the engine gives them back: a nonNegativeInteger is an integer to it."""
    result = EmbeddedStore(Quad(*triple) for triple in triples).query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(result, Graph)
    return set(result.triples)
