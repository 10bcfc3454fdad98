"""What an operator sees and does: log, metrics, health, a new release, the end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from conftest import ROOT
from serve.conftest import things
from serve.running import BASE, Server, make_release, serving, until
from serve.test_limits import CROSS_PRODUCT, QUICK

VERSION = f"SELECT ?v {{ <{BASE}release> <{BASE}version> ?v }}"


def version(number: int) -> list[Quad]:
    said = Quad(
        NamedNode(f"{BASE}release"),
        NamedNode(f"{BASE}version"),
        Literal(str(number)),
        NamedNode(f"{BASE}graph/version"),
    )
    return [*things(), said]


def test_the_log_is_a_line_of_json_for_each_request_without_what_was_asked(server: Server) -> None:
    secret = "what-somebody-works-on"
    server.ask(f"SELECT * {{ ?s ?p '{secret}' }}")  # in the body
    server.get("/sparql", params={"query": f"ASK {{ ?s ?p '{secret}' }}"}, headers={"User-Agent": "reader/1"})
    until(lambda: any(event.get("agent") == "reader/1" for event in server.events()))
    line = next(event for event in server.events() if event.get("agent") == "reader/1")
    assert line["event"] == "request"
    assert (line["client"], line["method"], line["path"], line["status"]) == ("127.0.0.1", "GET", "/sparql", 200)
    assert (line["rows"], line["truncated"]) == ("1", "no")
    assert line["bytes"] > 0
    assert line["ms"] > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])
    assert secret not in server.said()


def test_a_line_of_the_log_stays_one_line_whatever_a_client_calls_itself(small_release: Path) -> None:
    with serving(small_release, "--log", "text") as server:
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(
                b"GET /a%E2%80%A8b HTTP/1.1\r\nHost: x\r\nUser-Agent: x \x9b31m\r\nConnection: close\r\n\r\n"
            )
            assert client.recv(12) == b"HTTP/1.1 404"
        until(lambda: "path=/a" in server.said())
        line = next(line for line in server.said().split("\n") if "path=/a" in line)
    assert "\\u2028" in line
    assert "\\u009b" in line


def test_metrics_count_requests_and_tell_of_queries_and_processes(server: Server) -> None:
    def asked() -> float:
        return server.value('requests_total{method="POST",status="200"}')

    before = asked()
    server.ask(QUICK)
    assert asked() == before + 1
    answer = server.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert server.value("workers") >= 1
    for line in answer.text.splitlines():
        assert re.fullmatch(r'# (HELP|TYPE) eugraph_\w+ .+|eugraph_\w+(\{(\w+="[^"]*",?)+\})? [0-9.e+-]+', line), line
    buckets = [int(number) for number in re.findall(r'_bucket\{part="sparql",le="[^"]+"\} (\d+)', answer.text)]
    assert buckets == sorted(buckets)


def test_health_tells_the_release(server: Server) -> None:
    said = server.get("/health").json()
    assert said["status"] == "ok"
    assert said["release"] == server.ask(QUICK).headers["eugraph-release"]


def ask_always(server: Server, ended: threading.Event, seen: list[str]) -> None:
    with httpx.Client() as client:
        while not ended.is_set():
            answer = client.post(server.sparql, data={"query": VERSION}, headers={"Accept": "text/csv"})
            assert answer.status_code == 200
            seen.append(answer.text.split()[1])


@pytest.mark.parametrize("way", ["noticed", "SIGHUP"])
def test_a_new_release_takes_the_place_of_the_old_one_without_a_dropped_request(tmp_path: Path, way: str) -> None:
    release = make_release(tmp_path / "dist", version(1))
    with serving(release, "--rate", "0", "--log", "json") as server, ThreadPoolExecutor() as threads:
        ended = threading.Event()
        seen: list[list[str]] = [[], [], []]
        clients = [threads.submit(ask_always, server, ended, each) for each in seen]
        try:
            until(lambda: all(len(each) > 5 for each in seen))
            make_release(release, version(2), date="2026-02-03")
            if way == "SIGHUP":
                server.process.send_signal(signal.SIGHUP)
            until(lambda: all(each[-1] == "2" for each in seen))
        finally:
            ended.set()
        for client in clients:
            client.result()
        for each in seen:
            assert each == sorted(each)  # first the old one, then the new one
        assert server.get("/health").json()["release"].startswith("2026-02-03-")
        assert any(event["event"] == "reloaded" for event in server.events())


def test_a_release_that_cannot_be_read_leaves_the_old_one_in_its_place(tmp_path: Path) -> None:
    release = make_release(tmp_path / "dist", version(1))
    with serving(release, "--log", "json") as server:
        (release / "release.json").write_text("{", encoding="utf-8")
        server.process.send_signal(signal.SIGHUP)
        until(lambda: any(event["event"] == "reload-failed" for event in server.events()))
        assert server.ask(VERSION, "text/csv").text == "v\n1\n"
        assert server.value('reloads_total{outcome="failed"}') == 1
        make_release(release, version(3))
        until(lambda: server.ask(VERSION, "text/csv").text == "v\n3\n")


def test_a_server_that_is_told_to_stop_answers_what_it_was_asked(small_release: Path) -> None:
    slow = (
        f"SELECT (COUNT(*) AS ?n) {{ ?a <{BASE}name> ?x . ?b <{BASE}name> ?y . ?c <{BASE}before> ?a FILTER(?x < ?y) }}"
    )
    with serving(small_release, "--timeout-s", "20") as server, ThreadPoolExecutor() as threads:
        asked = threads.submit(server.ask, slow)
        until(lambda: server.value("queries_busy") == 1 or asked.done())
        server.process.send_signal(signal.SIGTERM)
        assert asked.result().status_code == 200
        assert server.process.wait(timeout=20) == 0
        with pytest.raises(httpx.ConnectError):
            server.get("/health")
        assert "Traceback" not in server.said()


def test_nothing_is_left_of_a_server_that_has_ended(small_release: Path) -> None:
    with serving(small_release) as server:
        workers = server.workers()
        assert [name for name in server.temporary if name.startswith("eugraph-served-")]
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(timeout=20)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
        assert server.temporary == []


def run(*options: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "eugraph", "serve", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment, timeout=60, check=False)


def test_where_no_release_is_the_command_says_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    ended = run("--release", "dist", cwd=tmp_path)
    assert ended.returncode == 2
    assert "no release is here" in ended.stderr
    assert "eugraph build" in ended.stderr


def test_an_endpoint_that_is_no_address_is_told_before_anything_is_served(small_release: Path, tmp_path: Path) -> None:
    ended = run("--release", str(small_release), "--endpoint", "ftp://x", "--port", "0", cwd=tmp_path)
    assert ended.returncode == 2
    assert "ftp://x: an endpoint's address begins with http:// or https://" in ended.stderr
    assert "serving" not in ended.stderr


def test_a_port_that_is_taken_is_told(small_release: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = run("--release", str(small_release), "--port", str(taken.getsockname()[1]), cwd=tmp_path)
    assert ended.returncode == 2
    assert "nothing can listen there" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_store_of_a_release_in_a_workspace_is_made_once(tmp_path: Path) -> None:
    (tmp_path / "eugraph.toml").write_text(
        'title = "T"\ndescription = "D"\nbase_iri = "https://example.org/id/"\npublisher = "P"\n'
        'licence = "https://example.org/licence"\nversion = "1"\n',
        encoding="utf-8",
    )
    release = make_release(tmp_path / "dist", version(1))
    for begun in ("storing", "serving"):
        with serving(release) as server:
            assert server.said().startswith(begun)
            assert server.ask(VERSION, "text/csv").text == "v\n1\n"
    [store] = (tmp_path / ".eugraph" / "served").iterdir()
    assert any(store.glob("*.sst"))


def test_the_cross_product_of_one_is_no_matter_for_health(server: Server) -> None:
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(server.ask, CROSS_PRODUCT)
        start = time.monotonic()
        while not asked.done():
            assert server.get("/health").status_code == 200
        assert time.monotonic() - start > 1
