"""VoID: numbers are those of the dump, and what it names is there."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from publish.catalogues import ADDRESS, kinds, read, tiny_release, values

BASE = "https://w3id.org/eugraph/id/"
VOID = "http://rdfs.org/ns/void#"
WHOLE = f"{BASE}dataset/all"


@pytest.fixture(scope="module")
def union(release: Path) -> set[Triple]:
    data = gzip.decompress((release / "dump/all.nq.gz").read_bytes())
    return {quad.triple for quad in parse(data, format=RdfFormat.N_QUADS)}


@pytest.fixture(scope="module")
def void(release: Path) -> set[Triple]:
    return read(release / "void.ttl")


def test_both_places_hold_the_same(release: Path) -> None:
    assert (release / ".well-known/void").read_bytes() == (release / "void.ttl").read_bytes()


def test_statements_and_things_are_those_of_the_dump(void: set[Triple], union: set[Triple]) -> None:
    assert values(void, WHOLE, f"{VOID}triples") == [str(len(union))]
    assert values(void, WHOLE, f"{VOID}distinctSubjects") == [str(len({t.subject for t in union}))]
    assert values(void, WHOLE, f"{VOID}properties") == [str(len({t.predicate for t in union}))]


@pytest.mark.parametrize(
    ("part", "names", "counts"), [("property", "property", "triples"), ("class", "class", "entities")]
)
def test_partitions_are_counted_as_a_query_counts_them(
    void: set[Triple], union: set[Triple], part: str, names: str, counts: str
) -> None:
    told = {}
    for iri in values(void, WHOLE, f"{VOID}{part}Partition"):
        (name,), (count,) = values(void, iri, f"{VOID}{names}"), values(void, iri, f"{VOID}{counts}")
        told[name] = int(count)
    if part == "property":
        assert told == Counter(t.predicate.value for t in union)
    else:
        assert told == {class_: len(things) for class_, things in kinds(union).items()}


def test_links_to_other_datasets_are_counted(void: set[Triple], union: set[Triple]) -> None:
    told: Counter[str] = Counter()
    for iri in kinds(void)[f"{VOID}Linkset"]:
        (target,) = values(void, iri, f"{VOID}objectsTarget")
        told[target.rpartition("#")[2]] += int(values(void, iri, f"{VOID}triples")[0])
    starts = {
        "ror": "https://ror.org/",
        "doi": "https://doi.org/",
        "orpha": "http://www.orpha.net/ORDO/",
        "eu-authority": "http://publications.europa.eu/resource/authority/",
        "cordis": "https://cordis.europa.eu/",
    }
    for name, start in starts.items():
        links = [
            t
            for t in union
            if isinstance(t.object, NamedNode)
            and t.object.value.startswith(start)
            and not t.predicate.value.endswith("#type")
        ]
        assert told[name] == len(links) > 0, name


def test_what_it_names_is_in_the_release(tmp_path: Path) -> None:
    folder = tiny_release(tmp_path)
    void = read(folder / "void.ttl")
    for url in values(void, WHOLE, f"{VOID}dataDump"):
        assert (folder / url.removeprefix(ADDRESS)).is_file()
    for iri in values(void, WHOLE, f"{VOID}exampleResource"):
        assert (folder / f"{iri.removeprefix(BASE)}.ttl").is_file()
    assert values(void, WHOLE, f"{VOID}sparqlEndpoint") == ["https://data.example.org/sparql"]
