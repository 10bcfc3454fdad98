"""A small event stream, good and with a fault in it."""

from __future__ import annotations

import pytest

from eugraph.exchange.doctor import doctor
from eugraph.exchange.doctor.section import Section
from exchange.doctor.sites import hosted, table, turtle

PREFIXES = """@prefix tree: <https://w3id.org/tree#> . @prefix ldes: <https://w3id.org/ldes#> . @prefix ex: <https://data.example/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
STREAM = "ex:stream a ldes:EventStream ; ldes:timestampPath dcterms:created ; ldes:versionOfPath dcterms:isVersionOf"
ROOT = f"""{STREAM} ; tree:view </feed/> .
</feed/> a tree:Node ; tree:relation ex:to-1 , ex:to-2 .
ex:to-1 a tree:LessThanRelation ; tree:node </feed/1> ; tree:path dcterms:created ; tree:value "2026-02-01T00:00:00Z"^^xsd:dateTime .
ex:to-2 a tree:GreaterThanOrEqualToRelation ; tree:node </feed/2> ; tree:path dcterms:created ; tree:value "2026-02-01T00:00:00Z"^^xsd:dateTime .
"""
ONE = f"""{STREAM} ; tree:member ex:a-1 , ex:b-1 .
ex:a-1 dcterms:created "2026-01-01T00:00:00Z"^^xsd:dateTime ; dcterms:isVersionOf ex:a ; dcterms:title "A" .
ex:b-1 dcterms:created "2026-01-31"^^xsd:date ; dcterms:isVersionOf ex:b ; dcterms:subject [ dcterms:title "x" ] .
"""
TWO = f"""{STREAM} ; tree:member ex:a-2 .
ex:a-2 dcterms:created "2026-02-01T00:00:00Z"^^xsd:dateTime ; dcterms:isVersionOf ex:a ; dcterms:title "A, again" .
"""


def walked(root: str = ROOT, one: str = ONE, two: str = TWO) -> Section:
    pages = {"/feed/": turtle(PREFIXES + root), "/feed/1": turtle(PREFIXES + one), "/feed/2": turtle(PREFIXES + two)}
    with hosted(table(pages)) as host:
        return next(section for section in doctor(host.root).sections if section.name == "feed")


def test_a_good_feed_is_found_good() -> None:
    section = walked()
    assert section.examined == ["3 pages", "3 members"]
    assert not section.diagnoses


def test_a_tree_whose_branches_meet_is_no_circle() -> None:
    section = walked(one=ONE + "</feed/1> tree:relation ex:on . ex:on a tree:Relation ; tree:node </feed/2> .")
    assert section.examined == ["3 pages", "3 members"]
    assert not section.diagnoses


BACK = "</feed/{n}> tree:relation ex:back . ex:back a tree:Relation ; tree:node <{to}> ."


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"two": TWO + BACK.format(n=2, to="/feed/")}, "feed-cycle"),
        ({"two": TWO + BACK.format(n=2, to="/feed/2")}, "feed-cycle"),
        ({"two": TWO + BACK.format(n=2, to="/feed/3")}, "feed-page-dead"),
        ({"two": TWO + BACK.format(n=2, to="http://10.1.1.1/feed")}, "feed-elsewhere"),
        ({"two": TWO + BACK.format(n=2, to="https://other.example/feed")}, "feed-elsewhere"),
        ({"two": "no turtle"}, "feed-page-unreadable"),
        ({"two": ONE}, "feed-page-repeated"),
        ({"two": TWO.replace("tree:member ex:a-2", "tree:member ex:a-2 , ex:c-1")}, "member-empty"),
        ({"two": TWO.replace('created "2026-02-01T00:00:00Z"^^xsd:dateTime', 'title "B"')}, "member-time"),
        ({"two": TWO.replace("2026-02-01T", "2026-02-31T")}, "member-time"),
        ({"two": TWO.replace("2026-02-01T", "2026-01-15T")}, "feed-out-of-order"),
        ({"one": ONE.replace("2026-01-31", "2026-03-31")}, "feed-out-of-order"),
        ({"two": TWO + ONE.replace('title "A"', 'title "B"')}, "member-changed"),
    ],
)
def test_a_fault_in_a_feed_is_told(change: dict[str, str], code: str) -> None:
    assert code in {found.code for found in walked(**change).diagnoses}
