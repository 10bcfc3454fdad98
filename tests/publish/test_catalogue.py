"""The catalogue: sound by the official shapes, true to the files, and the same in each format."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.config import open_workspace
from eugraph.errors import OutputError
from eugraph.pipeline import build
from eugraph.rdf.lexical import expected_form
from eugraph.vocab import PREFIXES
from publish.catalogues import (
    ADDRESS,
    DATE,
    FORMATS,
    SHAPES,
    UNMET,
    faults,
    kinds,
    official_shapes,
    read,
    tiny_release,
    values,
)

BASE = "https://w3id.org/eugraph/id/"
DCAT, DCTERMS = PREFIXES["dcat"], PREFIXES["dcterms"]
SPDX = "http://spdx.org/rdf/terms#"
WARNING = NamedNode("http://www.w3.org/ns/shacl#Warning")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_release(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="module")
def shapes(shared: Path) -> dict[str, list[Triple]]:
    return official_shapes(shared)


@pytest.fixture(scope="module")
def catalogue(small: Path) -> set[Triple]:
    return read(small / "catalog.ttl")


@pytest.mark.parametrize("ending", FORMATS)
def test_the_official_shapes_find_nothing_that_could_be_met(
    small: Path, shapes: dict[str, list[Triple]], ending: str
) -> None:
    data = read(small / f"catalog.{ending}")
    for name in ("shapes", "range", "deprecateduris"):
        assert not faults(data, shapes[name]), name
    # A publisher that is none of the EU's own bodies; of keys that we choose freely nothing is found.
    assert {key[1] for key in faults(data, shapes["mdr-vocabularies.shape"])} == {"publisher"}
    assert all(severity == "Warning" for severity, _ in faults(data, shapes["mdr-vocabularies.shape"]))
    recommended = faults(data, shapes["shapes_recommended"])
    assert {key[1] for key in recommended} <= UNMET | {"endDate", "endpointDescription", "conformsTo"}
    assert recommended["Warning", "endDate"] == 1  # the period of the ontology is open
    assert recommended["Warning", "conformsTo"] == recommended["Warning", "endpointDescription"] == 1  # service of ours


@pytest.mark.parametrize("ending", FORMATS)
def test_the_reference_catalogue_has_no_violation(release: Path, shapes: dict[str, list[Triple]], ending: str) -> None:
    data = read(release / f"catalog.{ending}")
    found = {name: faults(data, shapes[name]) for name in SHAPES}
    assert not {key for counts in found.values() for key in counts if key[0] == "Violation"}
    recommended = found["shapes_recommended"]
    assert {key[1] for key in recommended} == UNMET | {"endDate"}  # of the ontology, whose period is open
    assert sum(recommended.values()) == 3


def test_pyshacl_finds_the_same(small: Path, shared: Path) -> None:
    data = rdflib.Graph().parse(small / "catalog.rdf")
    for name in SHAPES[:4]:
        text = rdflib.Graph().parse(shared / "vocab/dcat-ap-3.0.1" / f"{name}.ttl")
        _, report, _ = pyshacl.validate(data, shacl_graph=text)
        assert isinstance(report, rdflib.Graph)
        results = [*report.objects(None, rdflib.SH.result)]  # not what is within them as a detail
        severities = {str(report.value(result, rdflib.SH.resultSeverity)) for result in results}
        assert severities <= {WARNING.value}, name


def test_the_official_shapes_see_what_is_taken_away(catalogue: set[Triple], shapes: dict[str, list[Triple]]) -> None:
    """The check above can fail: without names of concepts, or with a size of another type, something is found."""
    unnamed = {t for t in catalogue if not t.predicate.value.endswith("prefLabel")}
    assert faults(unnamed, shapes["shapes"])
    strange = {t for t in catalogue if not (t.predicate.value.endswith("#type") and str(t.object).endswith("Agent>"))}
    assert faults(strange, shapes["range"])


def test_no_literal_is_ill_typed_and_no_node_is_blank(release: Path) -> None:
    paths = [*release.glob("catalog.*"), *(release / "dataset").rglob("*"), release / "void.ttl"]
    checked = 0
    for path in paths:
        if path.suffix.removeprefix(".") not in FORMATS or path.name.endswith(".schema.jsonld"):
            continue
        for triple in read(path):
            assert not isinstance(triple.subject, BlankNode), path
            assert not isinstance(triple.object, BlankNode), path
            if isinstance(triple.object, Literal):
                assert expected_form(triple.object.value, triple.object.datatype.value) is None, (path, triple)
                checked += 1
    assert checked > 1000


def test_each_format_says_the_same(release: Path) -> None:
    said = {ending: read(release / f"catalog.{ending}") for ending in FORMATS}
    assert said["ttl"] == said["jsonld"] == said["rdf"]
    for path in (release / "dataset").rglob("*.ttl"):
        assert read(path) == read(path.with_suffix(".jsonld")), path
        assert read(path) <= said["ttl"], path


def test_sizes_and_checksums_are_those_of_the_files(small: Path, catalogue: set[Triple]) -> None:
    distributions = kinds(catalogue)[f"{DCAT}Distribution"] - {f"{BASE}dataset/all#stream"}  # which is no file
    assert len(distributions) > 50
    for iri in distributions:
        (url,) = values(catalogue, iri, f"{DCAT}downloadURL")
        assert url.startswith(ADDRESS)
        data = (small / url.removeprefix(ADDRESS)).read_bytes()
        assert values(catalogue, iri, f"{DCAT}byteSize") == [str(len(data))]
        (checksum,) = values(catalogue, iri, f"{SPDX}checksum")
        assert values(catalogue, checksum, f"{SPDX}checksumValue") == [hashlib.sha256(data).hexdigest()]


def test_it_lists_the_graph_each_programme_the_ontology_and_each_report(small: Path, catalogue: set[Triple]) -> None:
    datasets = {iri.removeprefix(f"{BASE}dataset/") for iri in kinds(catalogue)[f"{DCAT}Dataset"]}
    reports = {f"query/{path.stem}" for path in (small / "query").glob("*.rq")}
    assert datasets == {"all", "ontology", "programme/frame"} | reports
    for slug in datasets:
        for ending in ("html", "ttl", "jsonld", "schema.jsonld"):
            assert (small / f"dataset/{slug}.{ending}").is_file()


def test_the_settings_are_said(catalogue: set[Triple]) -> None:
    iri = f"{BASE}dataset/all"
    assert values(catalogue, iri, f"{DCTERMS}issued") == ["2025-01-31"]
    assert values(catalogue, iri, f"{DCTERMS}modified") == [DATE.isoformat()]
    assert values(catalogue, iri, f"{DCAT}keyword") == ["EU projects", "blood"]
    assert values(catalogue, iri, f"{DCAT}previousVersion") == ["https://data.example.org/tiny/0.0.9/"]
    assert values(catalogue, f"{BASE}catalog#contact", "http://www.w3.org/2006/vcard/ns#hasEmail") == [
        "mailto:data@example.org"
    ]
    services = kinds(catalogue)[f"{DCAT}DataService"]
    assert services == {f"{BASE}catalog#service-sparql", f"{BASE}catalog#service-answers"}


def test_nothing_is_said_that_no_setting_says(tmp_path: Path) -> None:
    bare = read(tiny_release(tmp_path, settings="") / "catalog.ttl")
    said = {t.predicate.value for t in bare}
    for curie in ("theme", "contactPoint", "service", "previousVersion"):
        assert f"{DCAT}{curie}" not in said
    for name in ("accrualPeriodicity", "accessRights", "language"):
        assert f"{DCTERMS}{name}" not in said
    # The places are those of the graph, and files lie below the base.
    places = values(bare, f"{BASE}catalog", f"{DCTERMS}spatial")
    assert [place.rpartition("/")[2] for place in places] == ["DEU", "GRC", "NLD"]
    assert all(url.startswith(BASE) for url in values(bare, f"{BASE}dataset/all#all-nq", f"{DCAT}downloadURL"))


def test_a_programme_has_the_documents_of_its_projects(small: Path) -> None:
    data = gzip.decompress((small / "download/programme/frame.nq.gz").read_bytes()).decode()
    whole = gzip.decompress((small / "dump/all.nq.gz").read_bytes()).decode()
    lines = set(data.splitlines())
    assert lines < set(whole.splitlines())
    for thing in ("project/alpha", "grant/alpha", "participation/alpha/uni/coordinator", "programme/frame"):
        assert any(line.startswith(f"<{BASE}{thing}> ") for line in lines), thing
    assert not any(line.startswith(f"<{BASE}organisation/") for line in lines)


def test_under_another_base_the_catalogue_moves_along(tmp_path: Path) -> None:
    folder = tiny_release(tmp_path, settings="", base_iri="https://other.example.org/kg/")
    for ending in FORMATS:
        text = (folder / f"catalog.{ending}").read_text(encoding="utf-8")
        assert BASE not in text
        assert "https://other.example.org/kg/dataset/all" in text
    assert BASE not in (folder / "catalog.schema.jsonld").read_text(encoding="utf-8")
    assert BASE not in (folder / "sitemap/1.xml").read_text(encoding="utf-8")


def test_a_thing_at_the_address_of_a_dataset_stops_the_release_and_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tiny_release(tmp_path)
    before = (folder / "release.json").read_bytes()
    path = tmp_path / "tiny/data/projects/alpha.ttl"
    text = path.read_text(encoding="utf-8").replace("<organisation/", "<organisation/")
    path.write_text(text + '\n<dataset/all> skos:prefLabel "Mine"@en .\n', encoding="utf-8")
    with pytest.raises(OutputError, match="is the address of a part of the catalogue"):
        build(open_workspace(tmp_path / "tiny"), folder)
    assert (folder / "release.json").read_bytes() == before


# schema.org


def test_every_dataset_meets_what_a_dataset_search_asks_for(release: Path) -> None:
    paths = [*(release / "dataset").rglob("*.schema.jsonld")]
    assert len(paths) > 30
    for path in paths:
        found = json.loads(path.read_text(encoding="utf-8"))
        assert found["@type"] == "Dataset"
        assert found["name"]
        assert 50 <= len(found["description"]) <= 5000, path
        assert found["license"].startswith("https://")
        assert found["creator"]["name"]
        assert found["identifier"] == found["@id"]
        assert found["spatialCoverage"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d/(\d{4}-\d\d-\d\d|\.\.)", found["temporalCoverage"]), path
        for download in found["distribution"]:
            assert download["contentUrl"].startswith("https://")
            assert download["encodingFormat"]


@pytest.mark.parametrize(
    ("dataset", "period"), [("ontology", "2026-11-23/.."), ("programme/health-3", "2014-01-01/2020-12-31")]
)
def test_what_has_no_projects_with_days_has_a_period_of_its_own(release: Path, dataset: str, period: str) -> None:
    found = json.loads((release / f"dataset/{dataset}.schema.jsonld").read_text(encoding="utf-8"))
    assert found["temporalCoverage"] == period


def test_a_hostile_title_ends_no_script(tmp_path: Path) -> None:
    settings = '[catalogue]\nkeywords = ["</script><script>alert(1)</script>"]\n'
    page = (tiny_release(tmp_path, settings=settings) / "dataset/all.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert page.count("<script") == 1
