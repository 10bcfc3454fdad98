"""The file that tells web servers where addresses lead."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from eugraph.config import Workspace
from eugraph.pipeline import build
from eugraph.publish import entries
from eugraph.publish.addresses import Address, Addresses, addresses, difference
from eugraph.publish.documents import Outline
from eugraph.publish.paths import path_of

BASE = "https://w3id.org/eugraph/id/"
RESTS = st.lists(st.text("ab/~é\U0001f600 ", min_size=1, max_size=6), max_size=30, unique=True)


@given(RESTS, RESTS)
def test_every_address_in_the_file_is_found_and_no_other(inside: list[str], others: list[str]) -> None:
    outline = Outline(f"{BASE}project/a", "project/a", [f"{BASE}project/a", *(f"{BASE}{rest}" for rest in inside)])
    found = Addresses(addresses([outline], [], BASE))
    for rest in inside:
        assert found.get(rest) == Address(303, "project/a")
    for rest in {*others, "project/a", ""} - {*inside}:
        assert found.get(rest) is None
    assert [*found.leading_to("project/a")] == sorted(inside, key=str.encode)
    for start in {"", "a", "é/", *inside}:
        wanted = sorted((rest for rest in inside if rest.startswith(start)), key=str.encode)
        assert [rest for rest, _ in found.beginning_with(start)] == wanted
    assert found.leading_to("project/") == found.leading_to("a") == []


@given(RESTS, RESTS, RESTS)
def test_what_has_changed_is_changed_in_the_file(inside: list[str], before: list[str], after: list[str]) -> None:
    others = [rest for rest in inside if rest not in {*before, *after}]
    same = Outline(f"{BASE}project/a", "project/a", [f"{BASE}{rest}" for rest in others])
    old, new = (
        Outline(f"{BASE}project/b", "project/b", [f"{BASE}{rest}" for rest in each]) for each in (before, after)
    )
    file = addresses([same, old], [], BASE)
    found = Addresses(file)
    things = [*same.things, *old.things, f"{BASE}project/none"]
    for living in ([new], []):
        gone, come = difference(found, ["project/b"], things, living, [], BASE)
        assert entries.changed(file, gone, come) == addresses([same, *living], [], BASE)
        assert gone.isdisjoint(come)
    assert found.standing_in(["project/b", "project/"]) == (
        {"project/b": sorted(before, key=str.encode)} if before else {}
    )


def test_a_document_whose_path_does_not_tell_its_address_is_in_the_file() -> None:
    rest = "project/" + "x" * 300
    outline = Outline(f"{BASE}{rest}", path_of(rest), [f"{BASE}{rest}"])
    assert Addresses(addresses([outline], [], BASE)).get(rest) == Address(303, path_of(rest))


def test_a_release_tells_where_participations_and_old_addresses_lead(tiny: Workspace, tmp_path: Path) -> None:
    (tiny.data / "gone.ttl").write_text(
        "@base <https://example.org/id/> .\n@prefix eug: <https://w3id.org/eugraph/ontology#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        '<project/alfa> dcterms:isReplacedBy <project/alpha> ; eug:withdrawn "2026-01-01"^^xsd:date .\n'
        '<project/gamma> eug:withdrawn "2026-02-03"^^xsd:date .\n'
        '<project/delta> dcterms:isReplacedBy <https://elsewhere.example/d> ; eug:withdrawn "2026-02-03"^^xsd:date .\n'.replace(
            "https://example.org/id/", tiny.base_iri
        ),
        encoding="utf-8",
    )
    for base in (None, "https://other.example/"):
        report, made = build(tiny, tmp_path / "out", base_iri=base)
        assert made is not None, report.write("text", "")
        found = Addresses.read(tmp_path / "out")
        assert found.get("project/alfa") == Address(301, "project/alpha")
        assert found.get("project/gamma") == Address(410, "")
        assert found.get("project/delta") == Address(301, "https://elsewhere.example/d")
        assert found.get("project/alpha") is None
        homes = {rest: to.target for rest, to in found if to.status == 303}
        assert set(homes.values()) <= {"project/alpha", "project/beta", "organisation/one"}, homes
        assert any(rest.startswith("participation/alpha/") and home == "project/alpha" for rest, home in homes.items())


def test_a_release_without_the_file_has_no_such_addresses(tmp_path: Path) -> None:
    assert Addresses.read(tmp_path).get("project/alfa") is None
