"""The user's own shapes, told as diagnoses."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Quad

from eugraph.errors import EmptyFolderError, InputError, ShapesError
from eugraph.exchange.doctor.dcat import shapes
from eugraph.findings import Severity
from exchange.doctor.dcat.foreign import BASE, foreign
from exchange.doctor.dcat.official import FILES

WHERE = "https://where.example/"
PREFIXES = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .\n"
CONTACTS = "[] a sh:NodeShape ; sh:targetClass vcard:Kind ; sh:property [ sh:path vcard:hasEmail ; sh:minCount 1 ; sh:severity sh:Warning ] .\n"
LANDING = '[] a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ sh:path dcat:landingPage ; sh:maxCount 0 ; sh:message "No pages."@en ] .\n'


def quads(datasets: int = 1, *, background: bool = False) -> list[Quad]:
    return [Quad(*triple) for triple in foreign(datasets, background=background)]


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


def test_what_shapes_find_is_told_at_the_node_in_words(tmp_path: Path) -> None:
    found = list(shapes(quads(), [written(tmp_path, "landing.ttl", LANDING)], WHERE))
    assert [(each.check, each.code, each.severity, each.where, each.message) for each in found] == [
        ("dcat-ap-shapes", "shape", Severity.VIOLATION, f"{BASE}daten/0", "No pages.")
    ]


def test_a_blank_node_is_told_at_what_has_it_and_several_are_told_once(tmp_path: Path) -> None:
    path = written(tmp_path, "contacts.ttl", CONTACTS)
    (told,) = shapes(quads(3), [path], WHERE)
    assert (told.severity, told.where) == (Severity.WARNING, f"{BASE}daten/0")
    assert told.message == (f"there is no value of hasEmail. Add one. The same at {BASE}daten/1 and {BASE}daten/2.")
    assert len(list(shapes(quads(3), [path], WHERE, each=True))) == 3


def test_several_files_and_folders_are_one_shapes_graph(tmp_path: Path) -> None:
    paths = [written(tmp_path, "landing.ttl", LANDING), written(tmp_path, "contacts.ttl", CONTACTS)]
    assert len(list(shapes(quads(), paths, WHERE))) == len(list(shapes(quads(), [tmp_path], WHERE))) == 2


def test_the_official_shapes_find_no_violation_in_a_good_catalogue(shared: Path) -> None:
    paths = [shared / "vocab/dcat-ap-3.0.1" / f"{name}.ttl" for name in FILES]
    found = list(shapes(quads(background=True), paths, WHERE))
    assert found
    places = {each.message.partition(" ")[0] for each in found if each.severity == Severity.VIOLATION}
    assert places == {"<https://data.stadt.example.eu/reihe>", "<http://spdx.org/rdf/terms#checksumAlgorithm_sha1>"}


def test_what_holds_no_shape_or_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="no shape is in here"):
        list(shapes(quads(), [written(tmp_path, "none.ttl", "dcat:Dataset a dcat:X .")], WHERE))
    with pytest.raises(InputError, match=r"broken\.ttl:2"):
        list(shapes(quads(), [written(tmp_path, "broken.ttl", "a b c")], WHERE))
    with pytest.raises(InputError, match="neither a file nor a folder"):
        list(shapes(quads(), [tmp_path / "absent.ttl"], WHERE))
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(EmptyFolderError):
        list(shapes(quads(), [empty], WHERE))
