"""A catalogue of many datasets comes in pages, each of which can be read by itself."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from eugraph.catalogue_settings import CatalogueSettings
from eugraph.config import open_workspace
from eugraph.errors import OutputError
from eugraph.pipeline import build
from eugraph.publish.catalogue.model import Catalogue, Dataset, Role
from eugraph.publish.catalogue.paging import Page, pages
from eugraph.vocab import PREFIXES
from pages.checking import broken_links, read_pages
from publish.catalogues import (
    ADDRESS,
    DATE,
    EVERYTHING,
    FORMATS,
    UNMET,
    faults,
    kinds,
    official_shapes,
    read,
    tiny_release,
    values,
)

BASE = "https://w3id.org/eugraph/id/"
CATALOGUE = f"{BASE}catalog"
DCAT, HYDRA = PREFIXES["dcat"], "http://www.w3.org/ns/hydra/core#"
SETTINGS = EVERYTHING.replace("[catalogue]\n", "[catalogue]\npage_size = 10\n")
MANY = range(30)
PAGES = 5  # the first, and one for each ten of 31 parts
Walk = dict[str, set[Triple]]


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_release(tmp_path_factory.mktemp("paged"), SETTINGS, programmes=MANY)


def walk(release: Path, ending: str) -> Walk:
    """The pages as a harvester reads them, in their order: path -> statements."""
    found: Walk = {}
    following = [f"{ADDRESS}catalog.{ending}"]
    while following:
        (url,) = following
        assert url.startswith(ADDRESS)
        path = url.removeprefix(ADDRESS)
        assert path not in found, "a page leads back"
        assert path.endswith(f".{ending}")
        data = found[path] = read(release / path)
        following = values(data, url, f"{HYDRA}next")
    return found


@pytest.fixture(scope="module")
def walks(paged: Path) -> Mapping[str, Walk]:
    return {ending: walk(paged, ending) for ending in FORMATS}


@pytest.mark.parametrize("ending", FORMATS)
def test_every_dataset_is_on_one_page_with_all_of_its_distributions(
    walks: Mapping[str, Walk], paged: Path, ending: str
) -> None:
    listed: Counter[str] = Counter()
    files: Counter[str] = Counter()
    for data in walks[ending].values():
        found = kinds(data)
        listed.update(found[f"{DCAT}Dataset"])
        files.update(found[f"{DCAT}Distribution"])
        assert {*values(data, CATALOGUE, f"{DCAT}dataset")} == found[f"{DCAT}Dataset"]
    assert len(walks[ending]) == PAGES
    assert {*listed.values(), *files.values()} == {1}
    datasets = {path.relative_to(paged).with_suffix("").as_posix() for path in (paged / "dataset").rglob("*.ttl")}
    assert {iri.removeprefix(BASE) for iri in listed} == datasets
    assert len(datasets) > len(MANY)
    for path in (paged / "dataset").rglob("*.ttl"):
        assert any(read(path) <= data for data in walks[ending].values()), path


@pytest.mark.parametrize("ending", FORMATS)
def test_pages_say_where_they_are(walks: Mapping[str, Walk], ending: str) -> None:
    paths = [*walks[ending]]
    assert paths == [f"catalog{number}.{ending}" for number in ("", *(f"-{n}" for n in range(2, PAGES + 1)))]
    links = {path: {t for t in data if t.predicate.value.startswith(HYDRA)} for path, data in walks[ending].items()}
    said = {(path, t.predicate.value.removeprefix(HYDRA)): t for path, found in links.items() for t in found}

    def leads(path: str, name: str) -> str | None:
        triple = said.get((path, name))
        return None if triple is None else getattr(triple.object, "value", "").removeprefix(ADDRESS)

    for before, after in pairwise(paths):
        assert (leads(before, "next"), leads(after, "previous")) == (after, before)
    for path in paths:
        here = NamedNode(ADDRESS + path)
        assert leads(path, "view") == path
        assert leads(path, "first") == paths[0]
        classes = {iri.removeprefix(HYDRA) for iri, of in kinds(walks[ending][path]).items() if here.value in of}
        assert classes == {"PartialCollectionView", "PagedCollection"}
    assert (leads(paths[0], "previous"), leads(paths[-1], "next"), leads(paths[0], "last")) == (None, None, paths[-1])
    total = sum(len(kinds(data)[f"{DCAT}Dataset"]) for data in walks[ending].values())
    assert leads(paths[0], "totalItems") == str(total)


def test_each_format_of_a_page_says_the_same_but_for_where_it_leads(walks: Mapping[str, Walk]) -> None:
    def plain(found: Walk) -> dict[str, set[str]]:
        """Without the endings of the addresses of pages."""
        ends = [f"{ADDRESS}{path}" for path in found]
        texts: dict[str, set[str]] = {}
        for path, data in found.items():
            said = {str(triple) for triple in data}
            for end in ends:
                said = {text.replace(f"<{end}>", f"<{end.rpartition('.')[0]}>") for text in said}
            texts[path.rpartition(".")[0]] = said
        return texts

    assert plain(walks["ttl"]) == plain(walks["jsonld"]) == plain(walks["rdf"])


@pytest.mark.parametrize("ending", FORMATS)
def test_the_official_shapes_find_nothing_on_any_page_that_could_be_met(
    walks: Mapping[str, Walk], shared: Path, ending: str
) -> None:
    shapes = official_shapes(shared)
    for path, data in walks[ending].items():
        for name in ("shapes", "range", "deprecateduris"):
            assert not faults(data, shapes[name]), (path, name)
        vocabularies = faults(data, shapes["mdr-vocabularies.shape"])
        assert {*vocabularies} <= {("Warning", "publisher")}, path  # that is no body of the EU
        recommended = {key[1] for key in faults(data, shapes["shapes_recommended"])}
        of_first = {"endDate", "endpointDescription", "conformsTo"}  # the ontology, whose period is open; services
        assert recommended <= UNMET | (of_first if path.startswith("catalog.") else set()), path


def test_each_page_can_be_read_by_itself(walks: Mapping[str, Walk]) -> None:
    shapes = [quad.triple for quad in parse(path=Path(__file__).with_name("page-shapes.ttl"))]
    for found in walks.values():
        for path, data in found.items():
            assert not faults(data, shapes), path
    last = [*walks["ttl"].values()][-1]
    assert faults({t for t in last if not str(t.object).endswith("LicenseDocument>")}, shapes)
    assert faults({t for t in last if not t.predicate.value.endswith("prefLabel")}, shapes)


def test_all_pages_lie_in_one_file_as_well(paged: Path, walks: Mapping[str, Walk]) -> None:
    lines = gzip.decompress((paged / "dump/catalog.nt.gz").read_bytes()).splitlines()
    assert len(lines) == len(set(lines))
    whole = {quad.triple for quad in parse(b"\n".join(lines), format=RdfFormat.N_TRIPLES)}
    union = {t for data in walks["ttl"].values() for t in data}
    assert whole == {t for t in union if HYDRA not in str(t)}


def test_nothing_leads_to_this_machine(paged: Path) -> None:
    for path in paged.glob("catalog*"):
        text = path.read_text(encoding="utf-8")
        assert not any(host in text for host in ("localhost", "127.0.0.1", "file:")), path


def test_pages_for_people_lead_on_and_the_first_lists_everything(paged: Path) -> None:
    first = (paged / "catalog.html").read_text(encoding="utf-8")
    assert first.count('href="dataset/programme/') > len(MANY)
    assert 'rel="next" href="catalog-2.html"' in first
    assert 'rel="prev"' not in first
    assert 'href="dump/catalog.nt.gz"' in first
    second = (paged / "catalog-2.html").read_text(encoding="utf-8")
    assert 'rel="next" href="catalog-3.html"' in second
    assert 'rel="prev" href="catalog.html"' in second
    assert 'rel="next"' not in (paged / f"catalog-{PAGES}.html").read_text(encoding="utf-8")


def test_pages_for_people_are_well_formed_and_embed_what_lies_beside_them(paged: Path) -> None:
    found = read_pages(paged)
    assert broken_links(paged, found) == []
    links = json.loads((paged / "linkset.json").read_text(encoding="utf-8"))["linkset"]
    items = {one["anchor"]: {item["href"] for item in one["item"]} for one in links if "item" in one}
    for path in paged.glob("catalog*.ttl"):
        page = found[path.with_suffix(".html").name]
        (embedded,) = page.json_ld
        assert embedded == json.loads(path.with_suffix(".schema.jsonld").read_text(encoding="utf-8"))
        datasets = {iri.removeprefix(BASE) for iri in kinds(read(path))[f"{DCAT}Dataset"]}
        assert {one["@id"].removeprefix(BASE) for one in embedded["dataset"]} == datasets
        assert items[f"{ADDRESS}{path.stem}.html"] == {f"{ADDRESS}{dataset}.html" for dataset in datasets}


def test_a_small_catalogue_has_no_pages(tmp_path: Path) -> None:
    release = tiny_release(tmp_path)
    assert not [*release.glob("catalog-*"), *release.glob("dump/catalog*")]
    assert "hydra" not in (release / "catalog.ttl").read_text(encoding="utf-8")
    assert "hydra:next" not in (release / "catalog.html").read_text(encoding="utf-8")


def test_one_dataset_more_changes_the_first_page_and_its_own(paged: Path, tmp_path: Path) -> None:
    more = tiny_release(tmp_path, SETTINGS, programmes=range(len(MANY) + 1))
    (own,) = [path for path in more.glob("catalog*.ttl") if f"dataset/programme/p{len(MANY)}>" in path.read_text()]
    changed = {path.name for path in more.glob("catalog*.ttl") if path.read_bytes() != (paged / path.name).read_bytes()}
    assert changed == {"catalog.ttl", own.name}


def test_under_another_base_the_pages_move_along(tmp_path: Path) -> None:
    other = "https://other.example.org/kg/"
    release = tiny_release(tmp_path, "[catalogue]\npage_size = 2\n", programmes=range(3), base_iri=other)
    paths = sorted(path.name for path in release.glob("catalog*.ttl"))
    assert len(paths) > 2
    for path in paths:
        text = (release / path).read_text(encoding="utf-8")
        assert BASE not in text
        assert f"hydra:view <{other}{path}>" in text
    assert BASE not in gzip.decompress((release / "dump/catalog.nt.gz").read_bytes()).decode()


def test_a_thing_at_the_address_of_a_page_stops_the_release(tmp_path: Path) -> None:
    tiny_release(tmp_path, SETTINGS, programmes=range(12))
    path = tmp_path / "tiny/data/projects/alpha.ttl"
    path.write_text(path.read_text(encoding="utf-8") + '\n<catalog-2> skos:prefLabel "Mine"@en .\n', encoding="utf-8")
    with pytest.raises(OutputError, match="catalog-2 is described in data/"):
        build(open_workspace(tmp_path / "tiny"), tmp_path / "dist")


# Which page a dataset is on


def catalogue_of(names: list[str], size: int) -> Catalogue:
    def dataset(slug: str, role: Role) -> Dataset:
        return Dataset(slug=slug, name=slug, title=slug, description=slug, role=role, files=[])

    whole = [dataset("all", Role.WHOLE), dataset("ontology", Role.VOCABULARY), dataset("query/x", Role.RESULT)]
    return Catalogue(
        title="",
        description="",
        publisher="",
        licence="",
        version="",
        date=DATE,
        base=BASE,
        address=ADDRESS,
        settings=CatalogueSettings(page_size=size),
        places={},
        standard=None,
        datasets=[*whole, *(dataset(name, Role.PART) for name in names)],
    )


def said(page: Page) -> tuple[object, ...]:
    """All that a page depends on, but for the datasets themselves."""
    return page.path, page.previous, page.following, page.last, page.of, [one.slug for one in page.datasets]


@given(st.lists(st.text(min_size=1), unique=True, max_size=60), st.integers(1, 12))
def test_every_dataset_is_on_one_page_whatever_they_are_called(names: list[str], size: int) -> None:
    catalogue = catalogue_of(names, size)
    found = pages(catalogue)
    assert sorted(one.slug for page in found for one in page.datasets) == sorted(one.slug for one in catalogue.datasets)
    assert all(page.datasets for page in found)
    assert [page.path for page in found if page.is_first] == ["catalog"]
    assert [page.following for page in found] == [*(page.path for page in found[1:]), ""]
    assert [page.previous for page in found] == ["", *(page.path for page in found[:-1])]


def test_one_dataset_more_changes_five_pages_at_most() -> None:
    names = [f"programme/p{number}" for number in range(700)]
    before = {page.path: said(page) for page in pages(catalogue_of(names[:100], 20))}
    counts: Counter[int] = Counter()
    for number in range(101, len(names)):
        after = {page.path: said(page) for page in pages(catalogue_of(names[:number], 20))}
        assert before.keys() <= after.keys()
        counts[sum(before.get(path) != page for path, page in after.items())] += 1
        before = after
    assert max(counts) <= 5
    assert counts[2] / counts.total() > 0.9


def test_pages_are_about_as_large_as_is_asked_for() -> None:
    for number in range(150, 3000, 150):
        sizes = [len(page.datasets) for page in pages(catalogue_of([f"programme/p{n}" for n in range(number)], 100))]
        assert len(sizes) == 1 + -(-number // 100)
        assert max(sizes) < 230
