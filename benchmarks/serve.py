"""Documents and report queries over HTTP at the size of Horizon Europe, beside two other servers, in one run.

`oxigraph serve-read-only` answers the same queries from the same store; in the place of a document it describes the
thing, which is what it has of that kind. rdflib-endpoint holds its graph in memory and would need hours for one that
large: it gets the reference workspace, and so do we for that line. Each cell of the table is the time from one answer
to the next; the notes have the percentiles, and how much of an answer's time the query itself takes.

The release is built for the run, which takes minutes; `EUGRAPH_SERVE_RELEASE` names one that is there already.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import RdfFormat, Store

from benchmarks import servers
from benchmarks.cordis_tables import ARCHIVE
from benchmarks.cost import Budget, Cost, Line
from benchmarks.effort import Effort
from benchmarks.load import Load, ask_always, get, percentile, post
from benchmarks.servers import RDFLIB, Server
from benchmarks.timing import ROOT
from eugraph.config import FOLDERS, Workspace, open_workspace
from eugraph.pipeline import build
from eugraph.reports import Library, prepare
from eugraph.serve.stored import read_manifest, stored

_TABLES = ROOT.parent / "shared" / "cordis" / ARCHIVE
CLIENTS = (1, 8, 64)
REPORTS = (
    "coordinators-by-field",
    "funding-by-programme-and-year",
    "money-by-country-and-year",
    "organisations-by-projects",
    "participations-by-country",
    "partners",
    "project-card",
    "projects",
)
THINGS = 300  # of each format, of things taken by chance
_ACCEPTED = ("text/html", "text/turtle", "application/ld+json")
_ROWS = "application/sparql-results+json"
_FORM = "application/x-www-form-urlencoded"
_DOCUMENTS = Budget(times=1)
_HELD_UP = Budget(times=2)
_AFTER_THE_LIMIT = Budget(plus=1)
_LIMIT_S = 5.0  # of the query that takes long
_CROSS_PRODUCT = """
PREFIX eug: <https://w3id.org/eugraph/ontology#>
SELECT (COUNT(*) AS ?n) {
  { SELECT ?a { ?a a eug:Project } LIMIT 400 }
  { SELECT ?b { ?b a eug:Project } LIMIT 400 }
  { SELECT ?c { ?c a eug:Project } LIMIT 400 }
  FILTER(CONCAT(STR(?a), STR(?b)) != STR(?c))
}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of each server: whole requests for ours, and for the peer."""

    ours: Sequence[bytes]
    peer: Sequence[bytes]


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Ask all servers for the same; no line where the tables of CORDIS do not lie beside the repository."""
    for_s = 5.0 if effort.rounds < 10 else 20.0
    with tempfile.TemporaryDirectory(prefix="eugraph-bench-serve-") as name, ExitStack() as stack:
        large = _horizon(workspace, Path(name))
        lines: list[Line] = []
        if large is not None:
            store = stack.enter_context(stored(large, read_manifest(large)))
            with servers.ours(large) as server, servers.oxigraph(store) as peer:
                lines += _compared("documents", _documents(large, peer.path), server, peer, for_s, _DOCUMENTS)
                lines += _compared("eight reports", _reports(large, REPORTS, peer.path), server, peer, 3 * for_s)
                lines += [_alone(large, report, server, peer) for report in REPORTS]
            lines += _beside_a_cross_product(large)
        lines += _small(workspace, Path(name), for_s)
        return lines


def _horizon(workspace: Workspace, folder: Path) -> Path | None:
    if given := os.environ.get("EUGRAPH_SERVE_RELEASE"):
        return Path(given).resolve()
    if not _TABLES.is_file():
        return None
    home = folder / "horizon"
    home.mkdir()
    for name in FOLDERS:
        (home / name).symlink_to(workspace.root / name)
    settings = (workspace.root / "eugraph.toml").read_text(encoding="utf-8")
    source = f'\n[sources.cordis]\nkind = "cordis"\nfiles = ["{_TABLES}"]\non_violation = "report"\n'
    (home / "eugraph.toml").write_text(settings + source, encoding="utf-8")
    return _built(open_workspace(home), home / "dist")


def _built(workspace: Workspace, out: Path) -> Path:
    report, made = build(workspace, out)
    if made is None:
        raise RuntimeError(report.write("text", workspace.base_iri))
    return out


def _documents(release: Path, peer: str) -> Asked:
    """Documents of things taken by chance, each at its own address; of the peer a description of the same things."""
    base = str(read_manifest(release)["base"])
    found = sorted(
        path.relative_to(release).with_suffix("").as_posix()
        for kind in ("project", "organisation")
        for path in (release / kind).rglob("*.ttl")
    )
    things = random.Random(1).sample(found, min(THINGS, len(found)))
    return Asked(
        [get(f"/{thing}", Accept=accept) for thing in things for accept in _ACCEPTED],
        [_query(peer, f"DESCRIBE <{base}{thing}>", "text/turtle") for thing in things],
    )


def _reports(release: Path, names: Sequence[str], peer: str) -> Asked:
    base, library = str(read_manifest(release)["base"]), Library.open(release / "query")
    texts = []
    for name in names:
        report = library[name]
        texts.append(prepare(report.text, report.terms(report.example(), base), base_iri=base))
    return Asked([_query("/sparql", text, _ROWS) for text in texts], [_query(peer, text, _ROWS) for text in texts])


def _query(path: str, text: str, accept: str) -> bytes:
    return post(path, urlencode({"query": text}).encode(), Accept=accept, Content_Type=_FORM)


def _compared(
    what: str, asked: Asked, server: Server, peer: Server, for_s: float, budget: Budget | None = None
) -> Iterator[Line]:
    for each, requests in ((server, asked.ours), (peer, asked.peer)):  # caches are filled, and nothing is refused
        _good(ask_always(each.port, requests, clients=1, for_s=for_s / 2))
    for clients in CLIENTS:
        ours, cores = _loaded(server, asked.ours, clients, for_s)
        theirs, their_cores = _loaded(peer, asked.peer, clients, for_s)
        yield Line(
            what=f"{what}, {_counted(clients)}",
            ours=Cost(1 / ours.rate),
            peer_name="oxigraph serve",
            peer=Cost(1 / theirs.rate),
            budget=budget,
            note=f"{_told(ours)}, {cores:.1f} processors{_inside(ours)}; "
            f"peer {_told(theirs)}, {their_cores:.1f} processors",
        )


def _loaded(server: Server, requests: Sequence[bytes], clients: int, for_s: float) -> tuple[Load, float]:
    """What clients saw, and how many processors the server used meanwhile."""
    before = server.processor_s()
    load = _good(ask_always(server.port, requests, clients=clients, for_s=for_s))
    return load, (server.processor_s() - before) / load.seconds


def _alone(release: Path, report: str, server: Server, peer: Server) -> Line:
    """One report, asked by one client a few times."""
    asked = _reports(release, [report], peer.path)
    ours = ask_always(server.port, asked.ours, clients=1, for_s=2)
    theirs = ask_always(peer.port, asked.peer, clients=1, for_s=2)
    same = _rows(server, release, report) == _rows(peer, release, report)
    return Line(
        what=f"{report}, 1 client",
        ours=Cost(percentile(ours.times, 0.5)),
        peer_name="oxigraph serve",
        peer=Cost(percentile(theirs.times, 0.5)),
        note=f"{'the same rows' if same else 'OTHER ROWS'}{_inside(ours)}",
    )


def _rows(server: Server, release: Path, report: str) -> list[str]:
    base, found = str(read_manifest(release)["base"]), Library.open(release / "query")[report]
    text = prepare(found.text, found.terms(found.example(), base), base_iri=base)
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{server.path}",
        data=urlencode({"query": text}).encode(),
        headers={"Accept": _ROWS, "Content-Type": _FORM},
    )
    with urllib.request.urlopen(request, timeout=600) as answer:
        return sorted(json.dumps(row, sort_keys=True) for row in json.load(answer)["results"]["bindings"])


def _beside_a_cross_product(release: Path) -> Iterator[Line]:
    """The slowest of a hundred answers of eight clients that ask now and then, while a query of 400³ rows is asked."""
    quick = _reports(release, ["project-card"], "").ours
    with servers.ours(release, "--timeout-s", f"{_LIMIT_S:g}") as server, ThreadPoolExecutor() as threads:
        ask_always(server.port, quick, clients=8, for_s=2, pause_s=0.1)
        calm = ask_always(server.port, quick, clients=8, for_s=_LIMIT_S, pause_s=0.1)
        hog = threads.submit(_ended, server)
        held_up = _good(ask_always(server.port, quick, clients=8, for_s=_LIMIT_S, pause_s=0.1))
        seconds, status = hog.result()
    yield Line(
        what="99 % time of eight clients while a cross product of 400³ is asked",
        ours=Cost(held_up.percentile(0.99)),
        peer_name="the same without it",
        peer=Cost(calm.percentile(0.99)),
        budget=_HELD_UP,
        note=f"{_told(held_up)}; without it {_told(calm)}",
    )
    yield Line(
        what=f"time beyond the limit of {_LIMIT_S:g} s until the cross product is ended",
        ours=Cost(max(seconds - _LIMIT_S, 0)),
        budget=_AFTER_THE_LIMIT,
        note=f"status {status}",
    )


def _ended(server: Server) -> tuple[float, int]:
    start = time.perf_counter()
    load = ask_always(server.port, [_query("/sparql", _CROSS_PRODUCT, _ROWS)], clients=1, for_s=0.01)
    return time.perf_counter() - start, next(iter(load.statuses))


def _small(workspace: Workspace, folder: Path, for_s: float) -> Iterator[Line]:
    """The reference workspace, beside rdflib-endpoint."""
    release = _built(workspace, folder / "small")
    with _as_one_file(release, folder / "small.nq") as file, ExitStack() as stack:
        server = stack.enter_context(servers.ours(release))
        peer = stack.enter_context(servers.rdflib_endpoint(file)) if RDFLIB.is_file() else None
        asked = _reports(release, ["project-card"], peer.path if peer else "")
        for clients in CLIENTS:
            ours, _ = _loaded(server, asked.ours, clients, for_s)
            theirs = _good(ask_always(peer.port, asked.peer, clients=clients, for_s=for_s)) if peer else None
            yield Line(
                what=f"project-card over the reference workspace, {_counted(clients)}",
                ours=Cost(1 / ours.rate),
                peer_name="rdflib-endpoint",
                peer=Cost(1 / theirs.rate) if theirs else None,
                note=f"{_told(ours)}; peer {_told(theirs)}"
                if theirs
                else "rdflib-endpoint has an environment of its own; `make bench-serve` makes it",
            )


@contextmanager
def _as_one_file(release: Path, file: Path) -> Iterator[Path]:
    """What the server of a release answers from, as N-Quads."""
    with stored(release, read_manifest(release)) as folder:
        Store.read_only(str(folder)).dump(str(file), format=RdfFormat.N_QUADS)
    yield file


def _good(load: Load) -> Load:
    if load.bad:
        raise RuntimeError(f"answers of a server were no success: {load.statuses}")
    return load


def _counted(clients: int) -> str:
    return f"{clients} client{'s' if clients > 1 else ''}"


def _told(load: Load) -> str:
    times = "/".join(f"{load.percentile(share) * 1000:.3g}" for share in (0.5, 0.95, 0.99))
    return f"{load.rate:,.3g} a second, 50/95/99 %: {times} ms"


def _inside(load: Load) -> str:
    if not load.inside:
        return ""
    return f"; {sum(load.inside) / sum(load.times):.0%} of our time is the query, the rest its way and its turn"
