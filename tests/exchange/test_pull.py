"""`eugraph import endpoint` takes from real endpoints what a CONSTRUCT says, whatever their pages are like."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from cli.runner import Outcome, run
from eugraph.errors import QueryError, QuerySyntaxError
from eugraph.exchange.construct import read_construct
from store.oxigraph import Server, oxigraph_server

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
BASE = "https://example.org/id/"
GRAPH = f"{BASE}graph/there"
ALL = "CONSTRUCT WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with oxigraph_server() as running:
        yield running


def take(folder: Path, endpoint: str, construct: str, *options: str) -> Outcome:
    (folder / "q.rq").write_text(construct, encoding="utf-8")
    return run(
        folder, "import", "endpoint", endpoint, "--construct", "q.rq", "--out", "out", "--licence", LICENCE,
        "--name", "there", "--base-iri", BASE, "--date", "2026-01-02", *options,
    )  # fmt: skip


def taken(folder: Path) -> set[ox.Triple]:
    """What is in the graph of the import, but for the source itself."""
    quads = ox.parse(path=str(folder / "out/quads.nq"), format=ox.RdfFormat.N_QUADS, lenient=True)
    source = ox.NamedNode(f"{BASE}source/there")
    return {quad.triple for quad in quads if quad.graph_name == ox.NamedNode(GRAPH) and quad.subject != source}


def entries(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "out/ledger.jsonl").read_text(encoding="utf-8").splitlines()]


def parsed(text: str) -> list[ox.Quad]:
    return list(ox.parse(text, format=ox.RdfFormat.N_QUADS))


def things(number: int, each: int = 3) -> list[ox.Quad]:
    return parsed(
        "".join(f'<x:s{n % number:04}> <x:p{n // number}> "{n}" .\n' for n in range(number * each))
        + "".join(f"<x:big> <x:q> <x:o{n}> .\n" for n in range(40))
    )


@pytest.mark.parametrize("page", [1, 7, 39, 40, 41, 190, 5000])
def test_all_is_taken_whatever_the_size_of_a_page(server: Server, tmp_path: Path, page: int) -> None:
    quads = things(50)
    server.put(quads)
    outcome = take(tmp_path, server.endpoint, ALL, "--page", str(page))
    assert outcome.status == 0, outcome.err
    assert "190 rows on" in outcome.out
    assert taken(tmp_path) == {quad.triple for quad in quads}
    assert {entry["kind"] for entry in entries(tmp_path)} == {"page"}
    summary = json.loads((tmp_path / "out/summary.json").read_bytes())
    assert (summary["rows"], summary["counted"]) == (190, 190)
    assert (tmp_path / "out/query.rq").read_text() == ALL


def test_where_it_came_from_is_told(server: Server, tmp_path: Path) -> None:
    server.put(things(2))
    take(tmp_path, server.endpoint, ALL)
    store = ox.Store()
    store.load(path=str(tmp_path / "out/quads.nq"), format=ox.RdfFormat.N_QUADS)
    told = store.query(
        f"""PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        ASK {{ GRAPH <{BASE}graph/provenance> {{
                 <{GRAPH}> prov:hadPrimarySource ?source ; dcterms:license <{LICENCE}> }}
               GRAPH <{GRAPH}> {{ ?source foaf:page <{server.endpoint}> ; dcterms:license <{LICENCE}> }} }}"""
    )
    assert bool(told)


def test_a_template_is_filled_in_for_each_row(server: Server, tmp_path: Path) -> None:
    server.put(parsed('<x:a> <x:name> "A" .\n<x:b> <x:name> "B" .\n<x:b> <x:in> <x:c> .\n'))
    text = """PREFIX : <x:>
        CONSTRUCT { ?thing a :Thing ; :called ?name ; :place [ :is ?place ] }  # a } in a comment
        WHERE { ?thing :name ?name OPTIONAL { ?thing :in ?place } FILTER(?name != "}") } VALUES ?name { "A" "B" }"""
    outcome = take(tmp_path, server.endpoint, text)
    assert outcome.status == 0, outcome.err
    found = {re.sub(rf"{BASE}node/[0-9a-f]+", "NODE", str(triple)) for triple in taken(tmp_path)}
    rdf_type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    assert found == {
        f"<x:a> {rdf_type} <x:Thing>", f"<x:b> {rdf_type} <x:Thing>", '<x:a> <x:called> "A"', '<x:b> <x:called> "B"',
        "<x:a> <x:place> <NODE>", "<x:b> <x:place> <NODE>", "<NODE> <x:is> <x:c>",
    }  # fmt: skip
    assert not ox.Store().query("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("page", [1, 2, 100])
def test_blank_nodes_get_names_that_last(server: Server, tmp_path: Path, page: int) -> None:
    text = "".join(f'_:b{n} <x:is> "{n}" .\n<x:s{n}> <x:has> _:b{n} .\n_:b{n} <x:of> <x:s{n}> .\n' for n in range(9))
    server.put(parsed(text))
    assert take(tmp_path, server.endpoint, ALL, "--page", str(page)).status == 0
    first = (tmp_path / "out/quads.nq").read_bytes()
    server.put(parsed(text.replace("_:b", "_:other")))
    assert take(tmp_path, server.endpoint, ALL).status == 0
    assert (tmp_path / "out/quads.nq").read_bytes() == first
    assert b"_:" not in first
    assert sum(entry["kind"] == "blank-node-named" for entry in entries(tmp_path)) == 9


def test_what_cannot_be_stated_is_in_the_ledger(server: Server, tmp_path: Path) -> None:
    server.put(parsed('<x:a> <x:p> "text" .\n<x:a> <x:q> "2020-13"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> .\n'))
    outcome = take(tmp_path, server.endpoint, "CONSTRUCT { ?o <x:of> ?s . ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert outcome.status == 0
    kinds = [entry["kind"] for entry in entries(tmp_path)]
    assert sorted(kinds) == ["ill-typed-literal", "no-statement", "no-statement", "page", "page"]
    assert "expected" in next(e["note"] for e in entries(tmp_path) if e["kind"] == "ill-typed-literal")
    assert len(taken(tmp_path)) == 2


@contextmanager
def changed(server: Server, change: Callable[[dict[str, list[dict[str, object]]], str], None]) -> Iterator[str]:
    """The address of an endpoint whose answers were changed on the way."""

    class Before(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            from urllib.request import Request, urlopen

            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name: self.headers[name] for name in ("Content-Type", "Accept")}
            with urlopen(Request(server.endpoint, data=body, headers=headers), timeout=30) as answer:
                said = json.loads(answer.read())
            change(said["results"], parse_qs(body.decode())["query"][0])
            data = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            """Say nothing."""

    before = HTTPServer(("127.0.0.1", 0), Before)
    thread = threading.Thread(target=before.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{before.server_port}/query"
    before.shutdown()
    thread.join()
    before.server_close()


def test_an_endpoint_that_cuts_in_silence_is_seen_and_nothing_is_missed(server: Server, tmp_path: Path) -> None:
    quads = things(50)
    server.put(quads)

    def cut(results: dict[str, list[dict[str, object]]], _: str) -> None:
        del results["bindings"][13:]

    with changed(server, cut) as endpoint:
        outcome = take(tmp_path, endpoint, ALL)
    assert outcome.status == 0, outcome.err
    assert taken(tmp_path) == {quad.triple for quad in quads}
    assert [entry["value"] for entry in entries(tmp_path) if entry["kind"] == "answer-cut"] == ["13"]


def test_rows_that_are_missed_all_the_same_are_told(server: Server, tmp_path: Path) -> None:
    server.put(things(5))

    def lose(results: dict[str, list[dict[str, object]]], query: str) -> None:
        results["bindings"] = [
            row for row in results["bindings"] if row.get("s") != {"type": "uri", "value": "x:s0003"}
        ]

    with changed(server, lose) as endpoint:
        outcome = take(tmp_path, endpoint, ALL)
    assert outcome.status == 1
    (entry,) = [entry for entry in entries(tmp_path) if entry["kind"] == "rows-differ"]
    assert (entry["value"], entry["note"]) == ("52", "55 were counted")


def test_an_address_that_is_none_takes_only_its_statement_along(server: Server, tmp_path: Path) -> None:
    server.put(parsed("<x:a> <x:p> <x:o> .\n<x:b> <x:p> <x:o> .\n"))

    def spoil(results: dict[str, list[dict[str, object]]], _: str) -> None:
        for row in results["bindings"]:
            if row.get("s") == {"type": "uri", "value": "x:b"}:
                row["o"] = {"type": "uri", "value": "http://no iri"}

    with changed(server, spoil) as endpoint:
        outcome = take(tmp_path, endpoint, ALL)
    assert outcome.status == 0, outcome.err
    assert len(taken(tmp_path)) == 1
    (entry,) = [entry for entry in entries(tmp_path) if entry["kind"] == "no-term"]
    assert entry["value"] == "http://no iri"


def test_an_endpoint_that_gives_one_page_for_ever_is_left(server: Server, tmp_path: Path) -> None:
    server.put(things(5))
    page: list[dict[str, object]] = []

    def same(results: dict[str, list[dict[str, object]]], query: str) -> None:
        if "COUNT" not in query:
            page[:] = page or results["bindings"]
            results["bindings"] = page

    with changed(server, same) as endpoint:
        outcome = take(tmp_path, endpoint, ALL)
    assert outcome.status == 2
    assert "it gives the same page again" in outcome.err
    assert not (tmp_path / "out").exists()


def test_an_earlier_import_stays_where_the_endpoint_fails(server: Server, tmp_path: Path) -> None:
    server.put(things(2))
    take(tmp_path, server.endpoint, ALL)
    before = (tmp_path / "out/quads.nq").read_bytes()
    assert take(tmp_path, "http://127.0.0.1:9/", ALL).status == 2
    assert (tmp_path / "out/quads.nq").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { ?s ?p ?o }", "only a CONSTRUCT"),
        ("CONSTRUCT { <x:a> <x:b> <x:c> } WHERE { ?s ?p ?o }", "has no variable"),
        (f"{ALL} LIMIT 5", "LIMIT has no place beside pages"),
        (f"{ALL} ORDER BY ?s", "ORDER has no place beside pages"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } OFFSET 5", "OFFSET has no place"),
    ],
)
def test_what_has_no_pages_is_refused(text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        read_construct(text)


def test_what_is_no_sparql_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(QuerySyntaxError):
        read_construct("CONSTRUCT { ?s ?p } WHERE {}")
    outcome = take(tmp_path, "http://127.0.0.1:9/", "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> {} }")
    assert outcome.status == 2
    assert "SERVICE" in outcome.err
