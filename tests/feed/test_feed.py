"""The change feed: every version of every document once, in pages of which all but the last never change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

import eugraph
from eugraph.config import open_workspace
from eugraph.pipeline import build
from eugraph.publish.paging import place_of
from feed.releases import ALPHA, BASE, OTHERS, Series, contents
from feed.walker import HOME, Member, Walked, held, of_release, walk

EARLIER_END, LATER_END = '"2023-06"^^xsd:gYearMonth', '"2023-09"^^xsd:gYearMonth'
LAB = """<organisation/lab>
    a eug:Organisation ;
    skos:prefLabel "Example Lab"@en ;
    dcterms:source <source/record> ;
    eug:country country:GRC ;
    eug:organisationType orgtype:hospital .
"""


@pytest.fixture
def series(tmp_path: Path) -> Series:
    return Series(tmp_path)


def walked(release: Path) -> Walked:
    return walk(of_release(release))


def since(release: Path, before: Path) -> list[Member]:
    """The members that a feed has and the one before had not."""
    known = walked(before).members
    found = walked(release).members
    assert found[: len(known)] == known
    return found[len(known) :]


def documents(release: Path) -> Mapping[str, frozenset[Triple]]:
    """What the documents of a release say, but for those of graphs: thing -> statements."""
    named = [path for path in release.rglob("*.ttl") if path.parent != release]
    kinds = {"ontology", "shapes", "feed", "dataset", "graph", "scheme"}
    found = {path.relative_to(release).with_suffix("").as_posix(): path for path in named}
    return {
        BASE + path: frozenset(quad.triple for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE))
        for path, file in found.items()
        if path.partition("/")[0] not in kinds and not place_of(path.partition("/")[2])
    }


def test_a_feed_begins_with_every_document_whole(series: Series) -> None:
    release = series.release()
    found = walked(release)
    assert found.stream == f"{BASE}feed/stream"
    assert {member.happened for member in found.members} == {"Create"}
    assert {member.moment for member in found.members} == {"2026-11-23T00:00:00Z"}
    assert {member.thing: member.graph for member in found.members} == documents(release)
    parts = {str(triple.subject) for triple in held(found.members)[f"{BASE}project/alpha"]}
    assert {f"<{BASE}grant/alpha>", f"<{BASE}participation/alpha/eha/participant>"} <= parts
    assert f"<{BASE}claim/project/alpha/startDate/record>" in parts


def test_both_forms_of_the_root_say_the_same(series: Series) -> None:
    fetch = of_release(series.release())
    assert walk(fetch, f"{HOME}feed/stream.jsonld") == walk(fetch)


def test_an_edit_adds_the_new_version_of_its_document(series: Series) -> None:
    before = series.release()
    series.edit(ALPHA, (EARLIER_END, LATER_END))
    after = series.release("2026-12-01")
    (member,) = since(after, before)
    assert (member.thing, member.happened) == (f"{BASE}project/alpha", "Update")
    assert member.moment == "2026-12-01T00:00:00Z"
    assert member.iri.startswith(f"{BASE}project/alpha#2026-12-01T00:00:00Z-")
    assert held(walked(after).members) == documents(after)


def test_what_is_said_beside_the_data_is_no_change_of_it(series: Series) -> None:
    before = series.release()
    text = (series.root / "eugraph.toml").read_text(encoding="utf-8")
    text = text.replace("A tiny workspace", "Another title").replace('"0.1.0"', '"0.2.0"')
    (series.root / "eugraph.toml").write_text(text + 'address = "https://data.example.org/"\n', encoding="utf-8")
    after = series.release("2026-12-01")
    assert since(after, before) == []
    pages = {path: data for path, data in contents(before).items() if path.endswith((".trig", "state.json"))}
    assert len(pages) > 1
    assert {path: contents(after)[path] for path in pages} == pages


def test_what_went_leaves_a_tombstone_and_may_come_back(series: Series) -> None:
    first = series.release()
    series.add(OTHERS, LAB)
    second = series.release()
    (created,) = since(second, first)
    assert (created.thing, created.happened) == (f"{BASE}organisation/lab", "Create")
    series.edit(OTHERS, (LAB, ""))
    third = series.release()
    (gone,) = since(third, second)
    assert (gone.thing, gone.happened, gone.graph) == (created.thing, "Delete", frozenset())
    series.add(OTHERS, LAB)
    fourth = series.release()
    (again,) = since(fourth, third)
    assert (again.happened, again.graph) == ("Create", created.graph)
    assert len({created.iri, gone.iri, again.iri}) == 3
    assert held(walked(fourth).members) == documents(fourth)


def test_the_tombstone_of_what_was_withdrawn_says_why(series: Series) -> None:
    series.add(OTHERS, LAB)
    before = series.release()
    series.edit(OTHERS, (LAB, ""))
    withdrawn = '<organisation/lab> eug:note "Never was."@en ; eug:withdrawn "2026-11-30"^^xsd:date .\n'
    series.add("data/gone.ttl", withdrawn)
    (gone,) = since(series.release("2026-12-01"), before)
    assert (gone.thing, gone.happened) == (f"{BASE}organisation/lab", "Delete")
    assert "Never was." in {getattr(triple.object, "value", "") for triple in gone.graph}


def test_releases_of_one_day_follow_each_other_by_a_second(series: Series) -> None:
    first = series.release()
    series.edit(ALPHA, (EARLIER_END, LATER_END))
    second = series.release()
    series.edit(ALPHA, (LATER_END, EARLIER_END))
    third = series.release("2026-11-01")  # the newest day in the data may be no more
    (later,), (last,) = since(second, first), since(third, second)
    assert (later.moment, last.moment) == ("2026-11-23T00:00:01Z", "2026-11-23T00:00:02Z")
    versions = [member for member in walked(third).members if member.thing == f"{BASE}project/alpha"]
    assert len({member.iri for member in versions}) == 3
    assert held(walked(third).members) == documents(third)


def many(series: Series, number: int) -> None:
    """Describe so many sources more."""
    series.add(
        "data/sources.ttl",
        "".join(
            f'<source/s-{n:03}> a eug:Source ; skos:prefLabel "Source {n}"@en ; eug:retrieved "2026-01-02"^^xsd:date ;\n'
            f"    eug:sourceKind <https://w3id.org/eugraph/scheme/source-kind#press> ; "
            f"<http://xmlns.com/foaf/0.1/page> <https://example.org/{n}> .\n"
            for n in range(number)
        ),
    )


def test_pages_that_are_full_never_change(series: Series) -> None:
    many(series, 230)
    first = series.release()
    found = walked(first)
    assert len(found.pages) == 3
    assert found.closed == set(found.pages[:2])
    series.edit("data/sources.ttl", ('"Source 7"', '"Source seven"'))
    second = series.release()
    before, after = contents(first), contents(second)
    pages = sorted(path for path in before if path.endswith(".trig"))
    assert [before[path] == after[path] for path in pages] == [True, True, False]
    assert after[pages[2]].startswith(before[pages[2]])
    (member,) = since(second, first)
    assert member.thing == f"{BASE}source/s-007"
    series.edit("data/sources.ttl", *((f'"Source {n}"', f'"Source no. {n}"') for n in range(100, 200)))
    third = series.release()
    now = contents(third)
    assert [after[path] == now[path] for path in pages] == [True, True, False]
    assert walked(third).closed == set(walked(third).pages[:3])
    assert held(walked(third).members) == documents(third)


def test_equal_input_gives_equal_bytes_wherever_the_previous_release_lies(series: Series, tmp_path: Path) -> None:
    before = series.release()
    series.edit(ALPHA, (EARLIER_END, LATER_END))
    series.release()
    contents_before = contents(before)
    _, made = build(open_workspace(series.root), before, date="2026-11-23", previous=before)
    assert made is not None
    assert contents(before) == contents(series.last)
    assert contents_before != contents(before)


def test_a_feed_that_begins_anew_has_pages_of_its_own(series: Series) -> None:
    first = series.release()
    series.edit(ALPHA, (EARLIER_END, LATER_END))
    other = series.folder / "other"
    build(open_workspace(series.root), other, date="2026-11-23")
    assert {member.happened for member in walked(other).members} == {"Create"}
    assert not set(walked(first).pages) & set(walked(other).pages)


def test_a_feed_under_another_base_speaks_of_things_there(series: Series) -> None:
    base = "https://data.example.org/id/"
    first = series.release(base_iri=base)
    assert {member.thing.startswith(base) for member in walked(first).members} == {True}
    series.edit(ALPHA, (EARLIER_END, LATER_END))
    (member,) = since(series.release(base_iri=base), first)
    assert member.thing == f"{base}project/alpha"
    assert not any(BASE in str(triple) for triple in member.graph)


def test_the_last_versions_are_told_by_the_feed_itself(series: Series) -> None:
    series.release()
    series.edit(ALPHA, (EARLIER_END, LATER_END))
    release = series.release()
    told = json.loads((release / "feed/state.json").read_bytes())
    last = {member.thing: member.iri for member in walked(release).members}
    assert {thing: version["member"] for thing, version in told["versions"].items()} == last
    assert sum(page["members"] for page in told["pages"]) == len(walked(release).members)


def test_a_workspace_may_do_without_a_feed(series: Series) -> None:
    series.settings("feed = false\n")
    first = series.release()
    assert not (first / "feed").exists()
    series.edit(ALPHA, (EARLIER_END, LATER_END))
    second = series.release()
    assert not (second / "feed").exists()
    assert "end date: 2023" in (second / "changes.md").read_text(encoding="utf-8")


def test_python_names_the_previous_release_as_the_command_does(series: Series) -> None:
    before = series.release()
    series.edit(ALPHA, (EARLIER_END, LATER_END))
    eugraph.open(series.root).build(series.folder / "by-python", date="2026-12-01", previous=str(before))
    assert contents(series.folder / "by-python") == contents(series.release("2026-12-01"))
