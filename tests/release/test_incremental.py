"""However it is made, the release is the same: in one process or several, from nothing or over the old one."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from eugraph.config import Workspace
from eugraph.loading import Loaded, load
from eugraph.pipeline import build
from eugraph.publish import Release, ReleaseInput, publish
from eugraph.publish.preparing import prepare
from eugraph.publish.profile import QUERY
from eugraph.publish.staging import Staging
from eugraph.publish.workers import Workers, workers
from eugraph.rdf.nquads import BaseMove
from eugraph.reports import ask, read_query
from eugraph.reports import prepare as filled
from eugraph.store import Graph
from eugraph.vocab import PREF_LABEL, term

PATHS = {"ontology/all": "ontology/all"}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def given(loaded: Loaded) -> ReleaseInput:
    workspace = loaded.workspace
    base = workspace.base_iri
    profile = ask(loaded.store, filled(read_query(workspace.queries / QUERY), {}, base_iri=base), base_iri=base).result
    assert isinstance(profile, Graph)
    return ReleaseInput(
        quads=loaded.quads,
        ontology={"all": [quad.triple for quad in loaded.ontology.quads]},
        shapes={},
        reports={},
        validation={},
        title=workspace.title,
        description=workspace.description,
        base_iri=base,
        moved=None,
        date=dt.date(2026, 11, 23),
        version=workspace.version,
        publisher=workspace.publisher,
        licence=workspace.licence,
        profile=profile.triples,
    )


@pytest.fixture
def tiny_input(tiny: Workspace) -> ReleaseInput:
    return given(load(tiny))


NAMES = ("skos:prefLabel", "rdfs:label", "dcterms:title", "skos:definition", "eug:acronym")
VALUES = ("eug:startDate", "eug:endDate", "eug:pic", "eug:euContribution", "eug:currency", "eug:order")
LINKS = ("eug:country", "eug:organisation", "eug:participatesIn", "eug:role", "eug:grant", "eug:subject", "rdf:type")
MORE_LINKS = ("dcterms:hasPart", "eug:studies", "eug:sourceKind", "skos:exactMatch", "eug:coordinator", "eug:property")


def edited(quads: Sequence[Quad], chance: random.Random) -> list[Quad]:
    """Some statements less, some others, some that nobody would make: of things, terms and addresses elsewhere."""
    found = [quad for quad in quads if chance.random() > 0.004]
    nodes = [node for quad in quads for node in (quad.subject, quad.object) if isinstance(node, NamedNode)]
    for _ in range(3):
        quad, node, other = chance.choice(found), chance.choice(nodes), chance.choice(nodes)
        value: NamedNode | Literal = other
        name = chance.choice((*NAMES, *VALUES, *LINKS, *MORE_LINKS))
        if name in NAMES:
            value = Literal(f"<{chance.randrange(99)} & é>", language=chance.choice(("en", "nl")))
        elif name in VALUES:
            value = Literal(f"20{chance.randrange(10, 99)}-0{chance.randrange(1, 9)}")
        found.append(Quad(node, term(name), value, quad.graph_name))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_after_random_edits_the_release_is_that_of_a_build_from_nothing(
    seed: int, tiny_input: ReleaseInput, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    quads = [*tiny_input.quads]
    publish(tiny_input, tmp_path / "dist", memory=tmp_path / "memory.db")
    kept = 0
    for step in range(4):
        quads = edited(quads, chance)
        profile = [triple for triple in tiny_input.profile if chance.random() > 0.01]
        release = replace(tiny_input, quads=quads, profile=profile)
        over = publish(release, tmp_path / "dist", memory=tmp_path / "memory.db")
        anew = publish(release, tmp_path / str(step))
        assert snapshot(tmp_path / "dist") == snapshot(tmp_path / str(step))
        assert (over.graph_hash, over.files) == (anew.graph_hash, anew.files)
        kept += over.documents - over.composed
    assert kept  # or nothing was tried


def test_after_an_edit_of_the_reference_workspace_too(loaded: Loaded, tmp_path: Path) -> None:
    release = given(loaded)
    publish(release, tmp_path / "dist", memory=tmp_path / "memory.db")
    release = replace(release, quads=edited([*release.quads], random.Random(7)))
    over = publish(release, tmp_path / "dist", memory=tmp_path / "memory.db")
    publish(release, tmp_path / "anew", jobs=2)
    assert snapshot(tmp_path / "dist") == snapshot(tmp_path / "anew")
    assert 0 < over.composed < over.documents


def test_one_new_name_makes_those_documents_anew_that_show_it(tiny_input: ReleaseInput, tmp_path: Path) -> None:
    memory = tmp_path / "memory.db"
    publish(tiny_input, tmp_path / "dist", memory=memory)
    before = snapshot(tmp_path / "dist")
    assert publish(tiny_input, tmp_path / "dist", memory=memory).composed == 0
    clinic = NamedNode(f"{tiny_input.base_iri}organisation/clinic")
    renamed = [
        Quad(q.subject, q.predicate, Literal("Another clinic", language="en"), q.graph_name)
        if q.subject == clinic and q.predicate == PREF_LABEL
        else q
        for q in tiny_input.quads
    ]
    made = publish(replace(tiny_input, quads=renamed), tmp_path / "dist", memory=memory)
    after = snapshot(tmp_path / "dist")
    showing = {
        name.partition(".")[0] for name, data in before.items() if after.get(name) != data and name.count("/") == 1
    }
    documents = {
        name
        for name in showing
        if f"{name}.ttl" in before
        and not name.startswith(("ontology", "shapes", "dump", "dataset"))
        and not name.endswith("/index")  # a list
    }
    assert "organisation/clinic" in documents
    assert made.composed == len(documents)


@pytest.mark.parametrize("change", [{"title": "Another title"}, {"version": "9"}])
def test_a_setting_that_stands_on_every_page_makes_every_document_anew(
    change: dict[str, str], tiny_input: ReleaseInput, tmp_path: Path
) -> None:
    publish(tiny_input, tmp_path / "dist", memory=tmp_path / "memory.db")
    release = replace(tiny_input, **change)  # type: ignore[arg-type]  # each of its own type
    made = publish(release, tmp_path / "dist", memory=tmp_path / "memory.db")
    assert made.composed == made.documents
    publish(release, tmp_path / "anew")
    assert snapshot(tmp_path / "dist") == snapshot(tmp_path / "anew")


def test_another_date_stands_on_few_pages(tiny_input: ReleaseInput, tmp_path: Path) -> None:
    publish(tiny_input, tmp_path / "dist", memory=tmp_path / "memory.db")
    before = snapshot(tmp_path / "dist")
    made = publish(replace(tiny_input, date=dt.date(2027, 1, 1)), tmp_path / "dist", memory=tmp_path / "memory.db")
    after = snapshot(tmp_path / "dist")
    assert made.composed == 0
    changed = {name for name in after if after[name] != before[name]}
    whole = {name for name in changed if name.startswith(("catalog.", "dataset/", "void.", ".well-known/", "sitemap"))}
    assert {"catalog.ttl", "dataset/all.ttl", "void.ttl", "sitemap/1.xml"} <= whole
    assert changed - whole == {"index.html", "licence.html", "release.json"}


def test_another_base_is_no_old_release(tiny_input: ReleaseInput, tmp_path: Path) -> None:
    publish(tiny_input, tmp_path / "dist", memory=tmp_path / "memory.db")
    moved = replace(tiny_input, moved=BaseMove(tiny_input.base_iri, "https://data.example.org/x/"))
    publish(moved, tmp_path / "dist", memory=tmp_path / "memory.db")
    publish(moved, tmp_path / "anew", jobs=2)
    assert snapshot(tmp_path / "dist") == snapshot(tmp_path / "anew")


@pytest.mark.parametrize("harm", ["edit", "remove", "link", "forget", "garble", "empty"])
def test_what_was_harmed_since_is_made_anew(harm: str, tiny_input: ReleaseInput, tmp_path: Path) -> None:
    memory, page = tmp_path / "memory.db", tmp_path / "dist" / "project" / "alpha.html"
    publish(tiny_input, tmp_path / "dist", memory=memory)
    before = snapshot(tmp_path / "dist")
    if harm == "edit":
        page.write_bytes(page.read_bytes().replace(b"alpha", b"omega"))
    elif harm == "remove":
        page.unlink()
    elif harm == "link":
        page.rename(tmp_path / "elsewhere.html")
        page.symlink_to(tmp_path / "elsewhere.html")
    elif harm == "forget":
        memory.unlink()
    else:
        memory.write_bytes(b"no database" * 99 if harm == "garble" else b"")
    made = publish(tiny_input, tmp_path / "dist", memory=memory)
    assert snapshot(tmp_path / "dist") == before
    assert not page.is_symlink()
    assert made.composed == (1 if harm in ("edit", "remove", "link") else made.documents)


@pytest.mark.parametrize("jobs", [2, 5])
def test_any_number_of_processes_makes_the_same_release(jobs: int, tiny_input: ReleaseInput, tmp_path: Path) -> None:
    publish(tiny_input, tmp_path / "one", jobs=1)
    publish(tiny_input, tmp_path / "more", jobs=jobs)
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "more")


def test_what_a_process_kept_is_linked_as_well(tiny_input: ReleaseInput, tmp_path: Path) -> None:
    memory, page = tmp_path / "memory.db", tmp_path / "dist" / "project" / "alpha.html"
    publish(tiny_input, tmp_path / "dist", jobs=2, memory=memory)
    inode = page.stat().st_ino
    assert publish(tiny_input, tmp_path / "dist", jobs=2, memory=memory).composed == 0
    assert page.stat().st_ino == inode


def test_what_a_killed_process_leaves_undone_is_done_here(tiny_input: ReleaseInput, tmp_path: Path) -> None:
    ready = prepare(tiny_input, PATHS)
    for name in ("killed", "whole"):
        (tmp_path / name).mkdir()
    ended = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    ended.wait()
    helpers = Workers(ready.settings, Staging(tmp_path / "killed", None), [ended])
    made = [made.path for done in helpers.do(ready.plan.batches(ready.living)) for made in done.made]
    ended.communicate()
    ready = prepare(tiny_input, PATHS)
    with workers(ready.settings, Staging(tmp_path / "whole", None), 1) as alone:
        assert made == [made.path for done in alone.do(ready.plan.batches(ready.living)) for made in done.made]
    assert snapshot(tmp_path / "killed") == snapshot(tmp_path / "whole")


def test_no_process_outlives_its_work(tiny_input: ReleaseInput, tmp_path: Path) -> None:
    ready = prepare(tiny_input, PATHS)
    seen: list[subprocess.Popen[bytes]] = []

    def interrupted() -> None:
        with workers(ready.settings, Staging(tmp_path, None), 2) as helpers:
            seen.extend(helpers.processes)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [process.returncode for process in seen] == [-signal.SIGKILL] * 2


def test_a_disk_that_is_full_is_told_as_it_is_without_processes(tiny_input: ReleaseInput, tmp_path: Path) -> None:
    ready = prepare(tiny_input, PATHS)
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "project").write_text("in the way")
    with (
        workers(ready.settings, Staging(folder, None), 2) as helpers,
        pytest.raises((FileExistsError, NotADirectoryError)),
    ):
        list(helpers.do(ready.plan.batches(ready.living)))


def built(workspace: Workspace, out: Path) -> Release:
    report, made = build(workspace, out)
    assert made is not None, report.write("text", "")
    return made


def test_the_command_remembers_beside_the_workspace(tiny: Workspace) -> None:
    first = built(tiny, tiny.root / "dist")
    assert (first.composed, built(tiny, tiny.root / "dist").composed) == (first.documents, 0)
    assert len(list((tiny.root / ".eugraph" / "releases").iterdir())) == 1
    for number in range(10):
        built(tiny, tiny.root / f"dist.{number}")
    assert len(list((tiny.root / ".eugraph" / "releases").iterdir())) == 8


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_workspace_that_cannot_be_written_to_is_published_all_the_same(tiny: Workspace, tmp_path: Path) -> None:
    tiny.root.chmod(0o500)
    try:
        assert built(tiny, tmp_path / "dist").composed
    finally:
        tiny.root.chmod(0o700)
