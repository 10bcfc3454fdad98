"""Where addresses lead, by the rules that web servers are given."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

from hypothesis import given
from hypothesis import strategies as st

from eugraph.publish.addresses import Address, Addresses
from eugraph.publish.hosting import hosting
from eugraph.publish.hosting.rules import Rules, are_the_same, rules
from eugraph.publish.paths import path_of

BASE = "https://w3id.org/eugraph/id/"


def led(found: Rules, rest: str) -> tuple[int, str]:
    """Where an address leads, as a server that works byte by byte finds out."""
    asked = unquote_to_bytes(rest)
    for rule in found.things:
        if match := re.fullmatch(rule.pattern.encode(), asked):
            first = match[1].decode() if match.groups() else ""
            return rule.status, rule.target.replace("$1", first)
    raise AssertionError(rest)


def homes_of(release: Path) -> dict[str, Address]:
    homes = dict(Addresses.read(release))
    for path in release.rglob("*.schema.jsonld"):
        document = path.relative_to(release).as_posix().removesuffix(".schema.jsonld")
        homes[document] = Address(303, document)
    return homes


def test_every_thing_of_the_reference_workspace_leads_to_its_document(release: Path) -> None:
    homes = homes_of(release)
    found = rules(homes.items(), [])
    assert len(homes) > 1000
    assert len(found.things) < 20
    assert {rest: led(found, rest) for rest in homes} == {rest: tuple(home) for rest, home in homes.items()}


def test_imported_results_take_one_rule_and_others_are_named() -> None:
    things = {
        "result/900000001-1-publihorizon": "project/900000001",
        "result/900000002-7-delihorizon": "project/900000002",
        "result/2020-guide": "result/2020-guide",
        "result/rcn-12": "project/900000001",
        "result/guide": "result/guide",
    }
    found = rules(((rest, Address(303, home)) for rest, home in things.items()), [])
    assert [rule.text for rule in found.things if rule.text] == ["result/2020-guide", "result/rcn-12"]
    assert {rest: led(found, rest)[1] for rest in things} == things
    files = {path: data.decode() for path, data in hosting([], [], base_iri=BASE, address="")}
    assert "result" not in files["_redirects"]


_PLACES = st.sampled_from(["project/a", "project/b", "network/a", "grant/a"])
_THINGS = st.dictionaries(
    st.sampled_from(
        [f"participation/{where}/{who}" for where in "ab" for who in ("x", "y", "z")]
        + [f"claim/project/{where}/{what}" for where in "ab" for what in ("x", "y")]
        + ["grant/a", "grant/b", "project/a", "project/b", "result/1-x", "result/x"]
    ),
    _PLACES.map(lambda place: Address(303, place)),
    max_size=12,
)


@given(_THINGS, _THINGS)
def test_rules_are_only_made_again_where_they_may_be_others(
    before: dict[str, Address], now: dict[str, Address]
) -> None:
    changed = before.items() ^ now.items()
    same = are_the_same(changed, lambda start: [(rest, at) for rest, at in now.items() if rest.startswith(start)])
    if same:
        assert rules(before.items(), []) == rules(now.items(), [])


def test_a_participation_more_of_a_project_leaves_the_rules_as_they_are() -> None:
    things = {"participation/a/x": Address(303, "project/a"), "participation/n/y": Address(303, "network/n")}

    def beginning_with(start: str) -> list[tuple[str, Address]]:
        return [(rest, at) for rest, at in things.items() if rest.startswith(start)]

    assert are_the_same([("participation/a/z", Address(303, "project/a"))], beginning_with)
    assert not are_the_same([("participation/a/z", Address(303, "network/a"))], beginning_with)
    assert not are_the_same([("participation/n/z", Address(303, "project/n"))], beginning_with)
    assert not are_the_same([("project/old", Address(301, "project/new"))], beginning_with)


def test_exceptions_are_named_by_family_where_all_of_it_has_one_home() -> None:
    things = {
        "participation/net/a/lead": "network/net",
        "participation/net/b/member": "network/net",
        "participation/mixed/a/lead": "network/mixed",
        "participation/mixed/b/member": "project/mixed",
        "grant/old-name": "project/new-name",
    }
    found = rules(((rest, Address(303, home)) for rest, home in things.items()), [])
    assert [rule.text for rule in found.things if rule.text] == [
        "grant/old-name",
        "participation/mixed/a/lead",
        "participation/net/",
    ]
    assert {rest: led(found, rest)[1] for rest in things} == things


def test_what_the_base_itself_names_has_a_document() -> None:
    things = [("", Address(303, "~")), ("project/../x", Address(303, "project/~2e~2e/x"))]
    files = {path: data.decode() for path, data in hosting(things, [], base_iri=BASE, address="")}
    assert 'RewriteRule "^id/$" "%{ENV:BASE}~" [R=303,NE,L]' in files[".htaccess"]
    assert "/id/ /~ 303\n" in files["_redirects"]


def test_what_is_no_longer_used_goes_first() -> None:
    former = [
        ("project/old", "project/old", Address(301, "project/new")),
        ("project/gone", "project/gone", Address(410, "")),
        ("project/away", "project/away", Address(301, "https://example.org/é?a=$1%20b")),
    ]
    found = rules([("project/new", Address(303, "project/new"))], former)
    assert led(found, "project/old") == (301, "project/new")
    assert led(found, "project/gone") == (410, "")
    assert led(found, "project/away") == (301, "https://example.org/%C3%A9?a=%241%20b")


odd = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters='<>"{}|^`\\ %'), min_size=1, max_size=30
)


@given(st.lists(odd, max_size=5, unique=True))
def test_odd_addresses_lead_to_their_documents_and_break_no_file(names: list[str]) -> None:
    things = {f"thing/{name}": Address(303, path_of(f"thing/{name}")) for name in names}
    found = rules(things.items(), [])
    assert {rest: led(found, rest) for rest in things} == {rest: tuple(home) for rest, home in things.items()}
    for path, data in hosting(things.items(), [], base_iri=BASE, address="https://example.org/a/"):
        for line in data.decode("ascii").splitlines():  # nothing ends a line or a quoted text before its time
            assert line.count('"') % 2 == 0, (path, line)
            assert path == "_headers" or line.count("\x0b") == 0


def test_files_of_hosts(release: Path) -> None:
    assert (release / "_redirects").read_text(encoding="utf-8").splitlines()[-5:] == [
        "/id/participation/:project/* /project/:project 303",
        "/id/grant/:project /project/:project 303",
        "/id/claim/grant/:project/* /project/:project 303",
        "/id/claim/:kind/:slug/* /:kind/:slug 303",
        "/id/* /:splat 303",
    ]
    headers = (release / "_headers").read_text(encoding="utf-8")
    assert "/*.jsonld\n  Content-Type: application/ld+json\n" in headers
    assert "/.well-known/void\n  Content-Type: text/turtle; charset=utf-8\n" in headers


def test_identifiers_have_a_home_only_where_the_address_is_known() -> None:
    things = [("project/a", Address(303, "project/a"))]
    written = {
        address: dict(hosting(things, [], base_iri=BASE, address=address)) for address in ("", "https://example.org/a/")
    }
    assert "w3id.htaccess" not in written[""]
    text = written["https://example.org/a/"]["w3id.htaccess"].decode()
    assert 'RewriteRule "^id/(.+)$" "https://example.org/a/$1" [R=303,NE,L]' in text
    assert 'RewriteRule "^ontology/?$" "https://example.org/a/ontology/" [R=303,L]' in text


def test_a_base_of_ones_own_knows_nothing_of_our_terms() -> None:
    things = [("project/a", Address(303, "project/a"))]
    base = "https://data.example.org/projects/all/"
    files = dict(hosting(things, [], base_iri=base, address="https://www.example.org/"))
    text = files["w3id.htaccess"].decode()
    assert "projects/.htaccess" in text
    assert 'RewriteRule "^all/(.+)$" "https://www.example.org/$1" [R=303,NE,L]' in text
    assert "ontology" not in text
