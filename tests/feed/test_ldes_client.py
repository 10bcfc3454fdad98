"""`ldes-client` follows the change feed from a plain static server and from `eugraph serve`. `make feed` installs it."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from eugraph.publish.feed.vocabulary import AS, PREFIXES
from eugraph.vocab import RDF_TYPE
from feed.releases import ALPHA, BASE, OTHERS, Series
from feed.test_feed import EARLIER_END, LAB, LATER_END, documents, many
from feed.walker import Member, Walked, held, of_release, walk
from serve.running import serving, until

MODULES = os.environ.get("EUGRAPH_LDES", "")
pytestmark = pytest.mark.skipif(not MODULES, reason="EUGRAPH_LDES names no folder with ldes-client: make feed")
SERVERS = ("static", "serve")
_KINDS = {2: "boolean", 3: "integer", 4: "decimal"}  # by the groups of the next
_SHORT = re.compile(r"^(<[^>]*> <[^>]*>) (?:(true|false)|([+-]?\d+)|([+-]?\d*\.\d+))(?= )", re.MULTILINE)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def static(folder: Path) -> Iterator[str]:
    """A server that knows no media type of RDF, over a folder that may be replaced."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def site(kind: str, folder: Path) -> Iterator[str]:
    if kind == "static":
        with static(folder) as root:
            yield root
    else:
        with serving(folder, "--rate", "0") as server:
            yield server.root


def command(root: str, *options: str) -> list[str]:
    node = Path(MODULES, ".bin", "node")
    program = str(node) if node.exists() else "node"
    return [program, f"{MODULES}/ldes-client/dist/bin/cli.js", f"{root}/feed/stream.ttl", *options]


def printed(root: str, *options: str) -> dict[str, list[Quad]]:
    """The members that the client prints, each with its statements."""
    done = subprocess.run(command(root, *options), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return members_in(done.stdout)


def members_in(text: str) -> dict[str, list[Quad]]:
    found: dict[str, list[Quad]] = {}
    for quad in parse(_SHORT.sub(_in_full, text), format=RdfFormat.N_QUADS):
        member = quad.subject if _is_plain(quad) else quad.graph_name
        found.setdefault(str(member)[1:-1], []).append(quad)
    return found


def _in_full(match: re.Match[str]) -> str:
    """A value in the form of N-Quads: the client prints some in the short form of Turtle."""
    group = match.lastindex or 0
    return f'{match[1]} "{match[group]}"^^<{PREFIXES["xsd"]}{_KINDS[group]}>'


def as_member(iri: str, quads: list[Quad]) -> Member:
    said = {quad.predicate.value: str(getattr(quad.object, "value", "")) for quad in quads if _is_plain(quad)}
    graph = frozenset(quad.triple for quad in quads if not _is_plain(quad))
    kind = said[RDF_TYPE.value].removeprefix(AS)
    return Member(iri, said[f"{AS}object"], kind, said[f"{AS}published"], graph)


def _is_plain(quad: Quad) -> bool:
    return isinstance(quad.graph_name, DefaultGraph)


def taken(found: Mapping[str, list[Quad]]) -> dict[str, Member]:
    return {iri: as_member(iri, quads) for iri, quads in found.items()}


def expected(release: Path) -> Walked:
    return walk(of_release(release))


def follow(series: Series, date: str, root: str) -> None:
    """Make the next release in the place of the last one, and wait until it is served."""
    state = series.release_in_place(date) / "feed/state.json"
    until(lambda: httpx.get(f"{root}/feed/state.json", timeout=60).content == state.read_bytes())


@pytest.mark.parametrize("kind", SERVERS)
def test_after_three_releases_the_client_holds_what_there_is_and_the_tombstones(kind: str, tmp_path: Path) -> None:
    series = Series(tmp_path)
    many(series, 230)
    release = series.release()
    state = ("--save", str(tmp_path / "state"))
    with site(kind, release) as root:
        first = taken(printed(root, *state))
        assert first == {member.iri: member for member in expected(release).members}
        assert printed(root, *state) == {}

        series.edit(ALPHA, (EARLIER_END, LATER_END))
        series.add(OTHERS, LAB)
        follow(series, "2026-11-24", root)
        second = taken(printed(root, *state))
        happened = {(member.thing, member.happened) for member in second.values()}
        assert happened == {(f"{BASE}project/alpha", "Update"), (f"{BASE}organisation/lab", "Create")}

        series.edit(OTHERS, (LAB, ""))
        series.edit("data/sources.ttl", *((f'"Source {n}"', f'"Source no. {n}"') for n in range(100, 200)))
        follow(series, "2026-11-25", root)
        third = taken(printed(root, *state))
        gone = [member for member in third.values() if member.happened == "Delete"]
        assert [(member.thing, member.graph) for member in gone] == [(f"{BASE}organisation/lab", frozenset())]
        assert len(third) == 101

        whole = first | second | third
        assert whole == {member.iri: member for member in expected(release).members}
        assert held(whole.values()) == documents(release)
        last = taken(printed(root, "--last-version-only"))
        assert {member.thing: member for member in last.values()} == {
            member.thing: member for member in sorted(whole.values(), key=lambda member: member.moment)
        }


@pytest.mark.parametrize("kind", SERVERS)
def test_a_client_that_stays_takes_a_new_member_by_itself(kind: str, tmp_path: Path) -> None:
    series = Series(tmp_path)
    release = series.release()
    output = tmp_path / "members.nq"
    with site(kind, release) as root, output.open("wb") as sink:
        process = subprocess.Popen(command(root, "--follow", "--poll-interval", "500"), stdout=sink)
        try:
            number = len(expected(release).members)
            until(lambda: len(members_in(output.read_text(encoding="utf-8"))) == number)
            series.edit(ALPHA, (EARLIER_END, LATER_END))
            series.release_in_place("2026-11-24")
            until(lambda: len(members_in(output.read_text(encoding="utf-8"))) == number + 1)
            found = taken(members_in(output.read_text(encoding="utf-8")))
            assert found == {member.iri: member for member in expected(release).members}
        finally:
            process.terminate()
            process.wait(timeout=20)


def test_members_come_in_the_order_of_their_moments(tmp_path: Path) -> None:
    series = Series(tmp_path)
    release = series.release()
    for old, new in ((EARLIER_END, LATER_END), (LATER_END, EARLIER_END)):
        series.edit(ALPHA, (old, new))
        series.release_in_place("2026-11-23")
    with static(release) as root:
        found = [*taken(printed(root, "--ordered", "ascending")).values()]
    assert [member.moment for member in found] == sorted(member.moment for member in found)
    assert {member.iri for member in found} == {member.iri for member in expected(release).members}
