"""After an edit beside an import, the release that is patched is that of a build from nothing, byte for byte."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import tarfile
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from cli.runner import fingerprint
from conftest import copy_tiny
from eugraph.catalogue_settings import CatalogueSettings
from eugraph.config import open_workspace
from eugraph.errors import OutputError
from eugraph.loading import load
from eugraph.pipeline import build
from eugraph.publish import Release, ReleaseInput, open_previous, publish
from eugraph.publish.again import patched
from eugraph.publish.patching import spare_of
from eugraph.publish.reach import Reach, Surroundings, quads_of
from eugraph.publish.remembered import Memory
from eugraph.vocab import PREFIXES, RDF_TYPE
from feed.walker import of_release, walk
from release.test_incremental import edited, given
from sources.cordis.importing import INVENTED

PATCHES = int(os.environ.get("EUGRAPH_PATCHES", "12"))
SLICE = Path(__file__).parents[3] / "shared" / "cordis" / "haemato-subset.tar.gz"
SETTINGS = '\n[sources.cordis]\nkind = "cordis"\nfiles = ["downloads"]\ndate = 2025-12-06\non_violation = "report"\n'
HEAD = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())


def workspace_with_source(root: Path) -> Path:
    """The tiny workspace with a source: an invented one, or where many patches are tried the slice of haematology."""
    copy_tiny(root)
    if PATCHES > 50 and SLICE.is_file():
        (root / "downloads").mkdir()
        with tarfile.open(SLICE) as archive:
            archive.extractall(root / "downloads", filter="data")
        shutil.rmtree(next((root / "downloads").rglob("xml")))
    else:
        shutil.copytree(INVENTED, root / "downloads")
    with (root / "eugraph.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    return root


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> ReleaseInput:
    loaded = load(open_workspace(workspace_with_source(tmp_path_factory.mktemp("patches") / "workspace")))
    quads = [*loaded.quads, *loaded.matches]
    address = "https://www.example.org/release/"
    return replace(given(loaded), quads=quads, imported=loaded.imported, sources=["cordis"], address=address)


Step = Callable[[Sequence[Quad]], bool]


@pytest.fixture
def step(release: ReleaseInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Step:
    """Publish other statements over what is there, compare with a release from nothing, say whether it was patched."""
    tried: list[Release | None] = []

    def watched(release: ReleaseInput, out: Path, memory: Memory) -> Release | None:
        tried.append(patched(release, out, memory))
        return tried[-1]

    monkeypatch.setattr("eugraph.publish.release.patched", watched)
    monkeypatch.setattr("eugraph.publish.paging.PAGE", 3)  # so that collections have several pages
    monkeypatch.setattr("eugraph.publish.pages.lists.ROWS_A_PAGE", 2)  # and so have lists
    monkeypatch.setattr("eugraph.publish.pages.cards.LONGEST_LIST", 2)  # and those of what points to a thing are cut

    def publish_over(quads: Sequence[Quad]) -> bool:
        tried.clear()
        other = replace(release, quads=quads)
        over = publish(other, tmp_path / "dist", memory=tmp_path / "memory.db", jobs=1)
        anew = publish(other, tmp_path / "anew", jobs=1)
        assert fingerprint(tmp_path / "dist") == fingerprint(tmp_path / "anew")
        assert (over.files, over.graph_hash, over.documents) == (anew.files, anew.graph_hash, anew.documents)
        shutil.rmtree(tmp_path / "anew")
        return bool(tried) and tried[0] is not None

    publish(release, tmp_path / "dist", memory=tmp_path / "memory.db", jobs=1)
    return publish_over


def said(text: str, base: str, graph: str = "graph/others") -> list[Quad]:
    name = NamedNode(base + graph)
    found = parse(f"@base <{base}> .\n{HEAD}{text}", format=RdfFormat.TURTLE)
    return [Quad(quad.subject, quad.predicate, quad.object, name) for quad in found]


SAYINGS = {
    "another name": '<project/900000001> skos:prefLabel "Another name"@en .',
    "another name of an organisation": '<organisation/999000001> skos:prefLabel "Zzz"@en ; eug:country country:FRA .',
    "a participation": """
        <participation/more> a eug:Participation ; eug:participatesIn <project/900000001> ;
            eug:organisation <organisation/eha> ; eug:role role:participant .
        <organisation/eha> eug:holdsParticipation <participation/more> .""",
    "a claim": '<claim/more> eug:subject <project/900000001> ; eug:property eug:acronym ; eug:value "M" .',
    "a description": '<project/900000001> dcterms:description "What it does."@en .',
    "another project": '<project/more> a eug:Project ; skos:prefLabel "More"@en ; eug:fieldOfScience <field/225> .',
    "a name of a field": '<field/225> skos:prefLabel "A field"@en .',
    "money": '<grant/900000001> a eug:Grant ; eug:euContribution 1.5 ; eug:currency "EUR" .',
    "a host": "<grant/900000001> eug:subject <organisation/999000002> .",
    "a result": "<organisation/eha> eug:result <result/900000001-1-publihorizon> .",
    "a withdrawal": '<project/900000001> eug:withdrawn "2026-01-01"^^xsd:date .',
    "a day": '<project/alpha> dcterms:modified "2031-02-03"^^xsd:date .',
    "a day of what is imported": '<project/900000001> dcterms:modified "2031-02-03"^^xsd:date .',
    "a beginning": '<project/900000001> eug:startEarliest "1999-02-03"^^xsd:date .',
    "a programme": """
        <programme/more> a eug:FundingProgramme ; skos:prefLabel "More"@en .
        <grant/900000001> eug:programme <programme/more> . <project/900000001> a eug:Project .""",
    "a programme around another": """
        <programme/frame> dcterms:isPartOf <programme/more> .
        <programme/more> a eug:FundingProgramme ; skos:prefLabel "More"@en .""",
    "what has an odd address": '<thing/%2F/É> skos:prefLabel "Odd" . <claim/x/y/z> eug:subject <thing/%2F/É> .',
    "another address": """
        <project/older> eug:withdrawn "2026-01-01"^^xsd:date ; dcterms:isReplacedBy <project/alpha> .""",
    "a decision on a match": """
        <claim/organisation/clinic/sameAs/999000003> a eug:Claim ; eug:subject <organisation/clinic> ;
            eug:property owl:sameAs ; eug:value <organisation/999000003> ; dcterms:source <source/decided-by-jo-doe> .
        <source/decided-by-jo-doe> a eug:Source ; skos:prefLabel "Decided by Jo Doe"@en .
        <organisation/clinic> owl:sameAs <organisation/999000003> .""",
    "a graph": '<graph/others> skos:prefLabel "Others"@en .',
}


@pytest.mark.parametrize("what", SAYINGS)
def test_what_is_said_and_taken_back_again_is_patched(what: str, step: Step, release: ReleaseInput) -> None:
    more = said(SAYINGS[what], release.base_iri)
    assert step([*release.quads, *more])
    assert step([*release.quads])


@pytest.mark.parametrize(("name", "is_told"), [("Tango", False), ("Another name", True)])
def test_who_funds_a_project_is_looked_at_where_its_list_may_tell_the_name(
    name: str, is_told: bool, step: Step, release: ReleaseInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of what the Commission funds is cut behind "project 900000077": "TULIP" and "Tango" are not in it."""
    looked_at: list[Collection[str]] = []
    surroundings = Reach.surroundings

    def watched(self: Reach, things: Collection[str], others: Iterable[str] = ()) -> Surroundings:
        looked_at.append(things)
        return surroundings(self, things, others)

    monkeypatch.setattr(Reach, "surroundings", watched)
    base = release.base_iri
    assert step([*release.quads, *said(f'<project/900000001> skos:prefLabel "{name}"@en .', base)])
    assert f"{base}project/900000001" in looked_at[-1]
    assert (f"{base}organisation/european-commission" in looked_at[-1]) is is_told
    assert step([*release.quads])
    assert (f"{base}organisation/european-commission" in looked_at[-1]) is is_told


def test_another_name_is_told_by_a_profile_of_another_thing_too(
    release: ReleaseInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A profile of one's own may tell what the Commission funds."""
    monkeypatch.setattr("eugraph.publish.pages.cards.LONGEST_LIST", 2)
    funder, project = (
        NamedNode(release.base_iri + rest) for rest in ("organisation/european-commission", "project/900000001")
    )
    schema = PREFIXES["schema"]
    told = [
        *(triple for triple in release.profile if triple.subject != project),
        Triple(funder, RDF_TYPE, NamedNode(f"{schema}Organization")),
        Triple(funder, NamedNode(f"{schema}owns"), project),
        Triple(project, RDF_TYPE, NamedNode(f"{schema}ResearchProject")),
    ]
    states = [
        replace(
            release,
            quads=[*release.quads, *said(f'<project/900000001> skos:prefLabel "{name}"@en .', release.base_iri)],
            profile=[*told, Triple(project, NamedNode(f"{schema}name"), Literal(name))],
        )
        for name in ("Tango", "Tanja")
    ]
    publish(states[0], tmp_path / "dist", memory=tmp_path / "memory.db", jobs=1)
    publish(states[1], tmp_path / "anew", jobs=1)
    monkeypatch.setattr("eugraph.publish.release._anew", None)  # nothing is looked over
    publish(states[1], tmp_path / "dist", memory=tmp_path / "memory.db", jobs=1)
    assert fingerprint(tmp_path / "dist") == fingerprint(tmp_path / "anew")
    assert b"Tanja" in (tmp_path / "dist/organisation/european-commission.schema.jsonld").read_bytes()


def test_a_description_changes_its_document_and_what_sums_up_and_nothing_else(
    step: Step, release: ReleaseInput, tmp_path: Path
) -> None:
    """Lists, the sitemap, datasets of programmes and rules for web servers stay the files that they were."""
    for text in ("What it does.", "What it does now."):
        more = said(f'<project/900000001> dcterms:description "{text}"@en .', release.base_iri)
        assert step([*release.quads, *more])
    dist, old = tmp_path / "dist", spare_of(tmp_path / "dist")
    files = [path.relative_to(dist) for path in dist.rglob("*") if path.is_file()]
    written = {path.as_posix() for path in files if not (dist / path).samefile(old / path)}
    catalogue = {f"{name}{form}" for name in ("catalog", "dataset/all") for form in (".html", ".ttl", ".jsonld")}
    assert written == catalogue | {
        *("catalog.rdf", "catalog.schema.jsonld", "dataset/all.schema.jsonld", "void.ttl", ".well-known/void"),
        *("dump/all.nq.gz", "dump/all.ttl.gz", "dump/all.jsonld.gz", "dump/others.nq.gz"),
        *("project/900000001.html", "project/900000001.ttl", "project/900000001.jsonld"),
        *("index.html", "release.json"),
    }


def test_rules_for_servers_are_not_made_again_where_a_participation_more_leads_where_all_do(
    step: Step, release: ReleaseInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = """<participation/900000001/eha/more> a eug:Participation ; eug:participatesIn <project/900000001> ;
        eug:organisation <organisation/eha> ; eug:role role:participant ."""
    monkeypatch.setattr("eugraph.publish.again.hosting_files", None)  # to make them again would fail
    assert step([*release.quads, *said(more, release.base_iri)])
    assert b"participation/900000001/eha/more\t" in (tmp_path / "dist/addresses.tsv").read_bytes()


def test_another_day_is_patched(release: ReleaseInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(release, date=dt.date(2027, 1, 1))
    publish(release, tmp_path / "dist", memory=tmp_path / "memory.db", jobs=1)
    publish(other, tmp_path / "anew", jobs=1)
    monkeypatch.setattr("eugraph.publish.release._anew", None)  # nothing is looked over
    publish(other, tmp_path / "dist", memory=tmp_path / "memory.db", jobs=1)
    assert fingerprint(tmp_path / "dist") == fingerprint(tmp_path / "anew")


@pytest.mark.parametrize("size", [1, 4])  # another page; pages at all
def test_pages_of_the_catalogue_come_and_go_by_patches(
    size: int, release: ReleaseInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paged = replace(release, catalogue=CatalogueSettings(page_size=size))
    more = [*paged.quads, *said(SAYINGS["a programme"], release.base_iri)]
    states = {"dist": paged, "more": replace(paged, quads=more)}
    expected, pages = {}, {}
    for name, state in states.items():
        publish(state, tmp_path / name, jobs=1, memory=tmp_path / "memory.db" if name == "dist" else None)
        expected[name] = fingerprint(tmp_path / name)
        pages[name] = {path.name for path in (tmp_path / name).glob("catalog*.ttl")}
    assert (len(pages["dist"]) == 1) == (size == 4)
    assert pages["dist"] < pages["more"]
    monkeypatch.setattr("eugraph.publish.release._anew", None)  # nothing is looked over
    for name in ("more", "dist", "more"):
        publish(states[name], tmp_path / "dist", memory=tmp_path / "memory.db", jobs=1)
        assert fingerprint(tmp_path / "dist") == expected[name]


@pytest.mark.parametrize("collides", ["dataset/all", "catalog"])
def test_a_thing_at_the_address_of_a_dataset_is_refused_by_a_patch_too(
    collides: str, step: Step, release: ReleaseInput, tmp_path: Path
) -> None:
    before = fingerprint(tmp_path / "dist")
    with pytest.raises(OutputError, match=f"{collides} is described in data/"):
        step([*release.quads, *said(f'<{collides}> skos:prefLabel "All"@en .', release.base_iri)])
    assert fingerprint(tmp_path / "dist") == before
    assert step([*release.quads, *said(SAYINGS["a day"], release.base_iri)])


@pytest.mark.parametrize("seed", range(max(1, PATCHES // 6)))
def test_after_random_edits_the_patched_release_is_that_of_a_build_from_nothing(
    seed: int, step: Step, release: ReleaseInput
) -> None:
    assert release.imported is not None
    chance = random.Random(seed)
    imported = [*quads_of(dict(release.imported.said.items()))]
    quads, number = [*release.quads], 0
    for _ in range(6):
        nodes = chance.sample(imported, 20)
        found = edited([*quads, *nodes], chance)
        quads = [quad for quad in found if quad not in set(nodes)]
        number += step(quads)
    assert number


@pytest.mark.parametrize("harm", ["broken off", "gone"])
def test_the_spare_folder_is_made_anew_where_it_has_to_be(
    harm: str, step: Step, release: ReleaseInput, tmp_path: Path
) -> None:
    spare = spare_of(tmp_path / "dist")
    if harm == "gone":
        shutil.rmtree(spare)
    else:
        (spare / "release.json").unlink()
        (spare / "release.json").write_bytes(b"half")
    assert step([*release.quads, *said(SAYINGS["another project"], release.base_iri)])


def test_a_file_that_was_added_or_removed_makes_everything_be_looked_over(
    step: Step, release: ReleaseInput, tmp_path: Path
) -> None:
    page = tmp_path / "dist" / "project" / "alpha.html"
    page.unlink()
    assert not step([*release.quads])
    assert page.is_file()


def test_a_build_beside_an_import_is_patched_after_an_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = workspace_with_source(tmp_path / "workspace")
    build(open_workspace(root), root / "dist", jobs=1)
    path = root / "data" / "projects" / "beta.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("Beta", "Better"), encoding="utf-8")
    monkeypatch.setattr("eugraph.publish.release._anew", None)  # nothing is looked over
    _, over = build(open_workspace(root), root / "dist", jobs=1)
    monkeypatch.undo()
    _, anew = build(open_workspace(root), root / "anew", jobs=1)
    assert over is not None
    assert anew is not None
    assert 0 < over.composed < over.documents
    assert fingerprint(root / "dist") == fingerprint(root / "anew")


@pytest.mark.parametrize("feed", [False, True])
def test_a_release_that_tells_of_changes_is_looked_over_and_leaves_nothing_behind(
    release: ReleaseInput, tmp_path: Path, feed: bool
) -> None:
    dist, memory = tmp_path / "dist", tmp_path / "memory.db"
    plain = publish(release, dist, memory=memory, jobs=1)
    before = fingerprint(dist)
    assert spare_of(dist).is_dir()
    edit = said(SAYINGS["another name"], release.base_iri)
    previous = open_previous(shutil.copytree(dist, tmp_path / "before"), release.base_iri, with_feed=feed)
    telling = replace(release, quads=[*release.quads, *edit], previous=previous, feed=feed)
    publish(telling, dist, memory=memory, jobs=1)
    publish(telling, tmp_path / "anew", jobs=1)
    assert fingerprint(dist) == fingerprint(tmp_path / "anew")
    assert (dist / "changes.md").is_file()
    assert (dist / "feed").is_dir() == feed
    assert not spare_of(dist).exists()
    assert publish(release, dist, memory=memory, jobs=1).files == plain.files
    assert fingerprint(dist) == before


def test_with_imports_a_feed_grows_by_what_an_edit_changes(release: ReleaseInput, tmp_path: Path) -> None:
    fed = replace(release, feed=True)
    publish(fed, tmp_path / "dist", jobs=1)
    edit = said(SAYINGS["a description"], release.base_iri)
    previous = open_previous(tmp_path / "dist", release.base_iri, with_feed=True)
    publish(replace(fed, quads=[*release.quads, *edit], previous=previous), tmp_path / "dist", jobs=1)
    members = walk(of_release(tmp_path / "dist")).members
    assert [member.thing.rpartition("/")[2] for member in members if member.happened != "Create"] == ["900000001"]
    assert len(members) > 20


def test_the_spare_folder_of_a_build_from_nothing_serves_the_next_one(
    release: ReleaseInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(release, tmp_path / "dist", memory=tmp_path / "memory.db", jobs=1)
    monkeypatch.setattr("eugraph.publish.again.make_spare", None)  # to make it again would fail
    monkeypatch.setattr("eugraph.publish.release._anew", None)
    more = said(SAYINGS["a description"], release.base_iri)
    publish(replace(release, quads=[*release.quads, *more]), tmp_path / "dist", memory=tmp_path / "memory.db", jobs=1)
