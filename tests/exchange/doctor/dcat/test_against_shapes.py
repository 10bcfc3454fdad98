"""Whatever the official shapes report after a change, our own checks report at the same node and property.

`make doctor` takes out every statement of every catalogue; otherwise one of each kind.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from eugraph.exchange.doctor.dcat import examine
from eugraph.exchange.doctor.dcat.terms import short, term
from exchange.doctor.dcat.foreign import foreign
from exchange.doctor.dcat.official import FILES, Change, Official, additions, deletions, replacements, some_of_each_kind
from publish.catalogues import read, tiny_release

FULL = os.environ.get("EUGRAPH_DOCTOR") == "full"
PARTS = 4  # a full run is spread over processes
CHANGES = {"deletion": deletions, "replacement": replacements, "addition": additions}


@pytest.fixture(scope="session")
def shapes(shared: Path) -> Path:
    folder = shared / "vocab/dcat-ap-3.0.1"
    if not folder.is_dir():
        pytest.skip("the official shapes do not lie beside this clone")
    return folder


@pytest.fixture(scope="session")
def catalogues(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], list[Triple]]:
    """A catalogue by its name, the same statements in the same order each time."""

    def named(name: str) -> list[Triple]:
        if name == "foreign":
            return foreign(background=True)
        if name == "tiny":
            return sorted(read(tiny_release(tmp_path_factory.mktemp("tiny")) / "catalog.ttl"), key=str)
        return sorted(read(request.getfixturevalue("release") / "catalog.ttl"), key=str)

    return named


def _check(shapes: Path, data: Sequence[Triple], changes: Iterator[Change], least: int) -> None:
    official = Official(shapes, data)
    missed = [line for change in changes for line in official.missed(change)]
    assert not missed, "\n".join(missed[:5])
    assert official.reported >= least  # else nothing was compared


@pytest.mark.parametrize("kind", CHANGES)
def test_of_a_catalogue_with_every_class_nothing_is_missed(shapes: Path, kind: str) -> None:
    data = foreign(background=True)
    _check(shapes, data, islice(CHANGES[kind](data), 0, None, 1 if FULL or kind == "deletion" else 4), 20)


@pytest.mark.parametrize("kind", ["deletion", "addition"])
def test_nor_of_one_that_says_nothing_of_the_tables(shapes: Path, kind: str) -> None:
    """Much is at fault there already; what comes on top is told all the same."""
    data = foreign()
    _check(shapes, data, islice(CHANGES[kind](data), 0, None, 1 if FULL else 3), 10)


@pytest.mark.parametrize("name", ["tiny", "release"])
def test_of_each_kind_of_statement_of_our_own_catalogues_nothing_is_missed(
    shapes: Path, catalogues: Callable[[str], list[Triple]], name: str
) -> None:
    data = catalogues(name)
    once = some_of_each_kind(data, 1)
    for kind, step in (("deletion", 1), ("replacement", 9), ("addition", 5)):
        _check(shapes, data, islice(CHANGES[kind](once), 0, None, step), 3)


@pytest.mark.skipif(not FULL, reason="takes minutes: `make doctor` does it")
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", CHANGES)
@pytest.mark.parametrize("name", ["tiny", "release"])
def test_of_our_own_catalogues_nothing_is_missed(
    shapes: Path, catalogues: Callable[[str], list[Triple]], name: str, kind: str, part: int
) -> None:
    """Each statement is taken out; of those of one kind, which differ in names alone, some are replaced and doubled."""
    data = catalogues(name)
    changed = data if kind == "deletion" else some_of_each_kind(data, 5)
    _check(shapes, data, islice(CHANGES[kind](changed), part, None, PARTS), 5)


@pytest.fixture(scope="module")
def before(shapes: Path) -> set[tuple[str, str]]:
    return _by_pyshacl(shapes, foreign(background=True))


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("daten/0", "dcterms:title"),
        ("katalog", "dcterms:title"),
        ("datei/0", "dcat:accessURL"),
        ("amt", "foaf:name"),
        ("eintrag/0", "foaf:primaryTopic"),
        ("amt#kontakt", "rdf:type"),
    ],
)
def test_pyshacl_finds_nothing_new_that_we_do_not(
    shapes: Path, before: set[tuple[str, str]], subject: str, name: str
) -> None:
    """The comparison above rests on our own engine; another one finds the same faults at the same nodes."""
    node = NamedNode(f"https://data.stadt.example.eu/{subject}")
    whole = foreign(background=True)
    data = [triple for triple in whole if not (triple.subject == node and triple.predicate == term(name))]
    assert len(data) < len(whole)
    fresh = _by_pyshacl(shapes, data) - before
    assert fresh
    ours = {(each.where, each.message) for each in examine(data, "https://where.example/", each=True)}
    ours -= {(each.where, each.message) for each in examine(whole, "https://where.example/", each=True)}
    for focus, path in fresh:
        assert any(where == focus and short(path) in message for where, message in ours), (focus, path)


def _by_pyshacl(shapes: Path, data: Sequence[Triple]) -> set[tuple[str, str]]:
    """Node with an IRI and property of each result."""
    graph = rdflib.Graph().parse(data=serialize(data, format=RdfFormat.N_TRIPLES), format="nt")
    found = set()
    for file in FILES:
        text = rdflib.Graph().parse(shapes / f"{file}.ttl")
        _, report, _ = pyshacl.validate(graph, shacl_graph=text)
        assert isinstance(report, rdflib.Graph)
        for result in report.objects(None, rdflib.SH.result):  # and not what is within them as a detail
            focus, path = (report.value(result, name) for name in (rdflib.SH.focusNode, rdflib.SH.resultPath))
            if isinstance(focus, rdflib.URIRef) and isinstance(path, rdflib.URIRef):
                found.add((str(focus), str(path)))
    return found
