"""`eugraph show`: one thing as a person reads it, embedded and remote, on a terminal and off it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.runner import run
from eugraph.config import Workspace, open_workspace
from eugraph.errors import visible
from eugraph.loading import load
from eugraph.reports.card import cells, one_line, write_card
from eugraph.reports.describe import Description, Piece, Row, Table
from eugraph.reports.wording import amount_in_words, date_in_words, period_in_words

BASE = "https://w3id.org/eugraph/id/"
ALPHA = """\
Alpha (project)
https://w3id.org/eugraph/id/project/alpha

acronym             ALPHA
official title      The first made-up project
description         A made-up project.
period              1 January 2021 to June 2023 (30 months)
EU contribution     1,500,000.50 EUR
total cost          1,500,000.50 EUR
programme           Example Programme
coordinator         Example University
successor           Beta
diseases            anaemia
number of partners  2
grant number        101000001
DOI                 https://doi.org/10.3030/101000001
sources             The funder's record

Participants
organisation                     country      role         EU contribution
Example University               Germany      coordinator  1,000,000.25 EUR
European Hematology Association  Netherlands  participant  500,000.25 EUR

Where sources disagree
property            value      sources
number of partners  2 (shown)  The funder's record (2021)
                    over 3     A newspaper

data/projects/alpha.ttl:10
"""


def test_a_project_is_described_as_people_read_it(tiny: Workspace) -> None:
    outcome = run(tiny.root, "show", "alpha")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == ALPHA


def test_an_organisation_tells_where_it_takes_part(tiny: Workspace) -> None:
    out = run(tiny.root, "show", "EHA").out
    assert out.startswith("European Hematology Association (organisation)\n")
    assert re.search(r"^country +Netherlands$", out, re.MULTILINE)
    assert re.search(r"^Alpha +project +participant +1 January 2021 to June 2023 +500,000\.25 EUR$", out, re.MULTILINE)
    assert out.endswith("data/others.ttl:19\n")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("anaemia", r"studied by +Alpha"),
        ("programme/frame", r"paid for +Alpha"),
        ("programme/frame", r"period +2021 to 2027"),
        ("Beta", r"in other languages +Beta auf Deutsch \(de\)"),
        ("Beta", r"predecessor +Alpha"),
        ("grant/alpha", r"funds +Alpha"),
        ("organisation/uni", r"PIC +999000001"),
        ("source/news", r"issued +6 May 2022"),
        ("participation/alpha/uni/coordinator", r"role +coordinator"),
        ("claim/project/alpha/numberOfPartners/news", r"comparator +over"),
        ("role:coordinator", r"definition +\S.*"),
        ("eug:Project", r"label +project|definition +\S.*"),
    ],
)
def test_every_kind_of_thing_can_be_shown(name: str, line: str, tiny: Workspace) -> None:
    outcome = run(tiny.root, "show", name)
    assert outcome.status == 0
    assert re.search(rf"^(?:{line})$", outcome.out, re.MULTILINE), outcome.out


def test_nothing_of_the_reference_workspace_fails_to_be_shown(repository: Path) -> None:
    from eugraph.reports.describe import describe
    from eugraph.reports.neighbourhood import Neighbourhood

    loaded = load(open_workspace(repository))
    everything = Neighbourhood([q.triple for q in (*loaded.quads, *loaded.ontology.quads)])
    things = {q.subject for q in loaded.quads if isinstance(q.subject, ox.NamedNode)}
    for thing in things:
        text = write_card(describe(everything, thing, loaded.workspace.base_iri), width=60)
        assert text.count("\n") > 2
        assert not re.search("[\x00-\x09\x0b-\x1f]", text)


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_statements_are_those_of_the_document(form: str, tiny: Workspace) -> None:
    run(tiny.root, "build")
    outcome = run(tiny.root, "show", "Alpha", "--format", form)
    assert outcome.status == 0
    assert outcome.out == (tiny.root / "dist" / f"project/alpha.{form}").read_text()


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        (
            "example",
            "3 things are called 'example'. Name one by the path before its name:\n  organisation/clinic",
            "ambiguous-name",
        ),
        ("exampel clinic", "nothing is called 'exampel clinic'; did you mean 'Example Clinic'?", "unknown-thing"),
        ("\x1b[2J", "nothing is called", "unknown-thing"),
    ],
)
def test_a_name_that_means_no_one_thing_is_told(name: str, said: str, code: str, tiny: Workspace) -> None:
    outcome = run(tiny.root, "show", name)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err
    assert f"errors.md#{code}" in outcome.err
    assert "\x1b" not in outcome.err


# Endpoints


@pytest.fixture
def endpoint(tiny: Workspace) -> Iterator[str]:
    """A SPARQL endpoint on loopback that holds the tiny workspace."""
    store = ox.Store()
    loaded = load(tiny)
    store.bulk_extend([*loaded.quads, *loaded.ontology.quads])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["query"][0]
            answer = store.query(query, use_default_graph_as_union=True)
            if isinstance(answer, ox.QueryTriples):
                kind, body = "application/n-triples", answer.serialize(format=ox.RdfFormat.N_TRIPLES)
            else:
                kind, body = "application/sparql-results+json", answer.serialize(format=ox.QueryResultsFormat.JSON)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/query"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_endpoint_tells_the_same_but_for_the_file(endpoint: str, tiny: Workspace) -> None:
    outcome = run(tiny.root, "show", "Alpha", "--endpoint", endpoint)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == ALPHA.removesuffix("\ndata/projects/alpha.ttl:10\n")
    assert run(tiny.root, "show", "exampl", "--endpoint", endpoint).status == 2
    turtle = run(tiny.root, "show", "Alpha", "--endpoint", endpoint, "--format", "ttl").out
    assert "<project/alpha>\n    a eug:Project ;" in turtle
    assert (
        json.loads(run(tiny.root, "show", "Alpha", "--endpoint", endpoint, "--format", "jsonld").out)["id"]
        == "project/alpha"
    )


def test_an_endpoint_that_is_gone_is_told(tiny: Workspace) -> None:
    outcome = run(tiny.root, "show", "Alpha", "--endpoint", "http://127.0.0.1:9/query", "--timeout-s", "2")
    assert outcome.status == 2
    assert "errors.md#endpoint-unavailable" in outcome.err


# On a terminal


def on_a_terminal(
    folder: Path, *arguments: str, columns: int = 80, environment: Mapping[str, str] | None = None
) -> str:
    """What a command prints on a terminal of its own."""
    import fcntl
    import struct
    import termios

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "TERM")}
    with subprocess.Popen(
        [sys.executable, "-m", "eugraph", *arguments],
        cwd=folder,
        stdout=theirs,
        env={**kept, "TERM": "xterm", **(environment or {})},
    ) as process:
        os.close(theirs)
        out = b""
        try:
            while data := os.read(ours, 65536):
                out += data
        except OSError:
            pass  # the terminal of a program that has ended
    os.close(ours)
    assert process.returncode == 0
    return out.decode().replace("\r\n", "\n")


terminals = pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs terminals")
ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


@terminals
def test_a_terminal_gets_colours_and_links(tiny: Workspace) -> None:
    out = on_a_terminal(tiny.root, "show", "Alpha")
    assert "\x1b[1mAlpha (project)\x1b[0m" in out
    assert f"\x1b]8;;{BASE}organisation/uni\x1b\\Example University\x1b]8;;\x1b\\" in out
    assert "\x1b]8;;https://example.org/news\x1b\\A newspaper\x1b]8;;\x1b\\" in out
    assert ESCAPES.sub("", out) == ALPHA


@terminals
@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colours_gets_none(environment: dict[str, str], tiny: Workspace) -> None:
    assert on_a_terminal(tiny.root, "show", "Alpha", environment=environment) == ALPHA


@terminals
def test_a_terminal_without_links_gets_colours_alone(tiny: Workspace) -> None:
    out = on_a_terminal(tiny.root, "show", "Alpha", environment={"TERM": "linux"})
    assert "\x1b[1m" in out
    assert "\x1b]8" not in out


@terminals
@pytest.mark.parametrize("columns", [1, 57, 200])
def test_lines_fit_the_terminal(columns: int, repository: Path) -> None:
    out = ESCAPES.sub("", on_a_terminal(repository, "show", "HARMONY", columns=columns))
    for line in out.splitlines():
        assert cells(line) <= max(min(columns, 110), 40) or "http" in line, line  # an address stays whole


HOSTILE = (
    "\x1b]0;owned\x07\x1b[2J\x1b[31m \u202egnp.exe \u2066x \x9b5n \x00 \r overwritten \x1b]8;;http://evil/\x1b\\click"
)


def test_no_text_of_the_data_reaches_the_terminal_as_a_command(tiny: Workspace) -> None:
    quads = [
        ox.Quad(ox.NamedNode(f"{BASE}project/{slug}"), ox.NamedNode(predicate), ox.Literal(HOSTILE, language="en"))
        for slug, predicate in (
            ("evil", "http://www.w3.org/2004/02/skos/core#prefLabel"),
            ("evil", "http://purl.org/dc/terms/description"),
            ("evil", "https://w3id.org/eugraph/ontology#acronym"),
            ("evil", "https://w3id.org/eugraph/ontology#currency"),
            ("evil-2", "http://www.w3.org/2004/02/skos/core#prefLabel"),
        )
    ]
    (tiny.data / "evil.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    for arguments in (("project/evil",), (HOSTILE,)):
        outcome = run(tiny.root, "show", *arguments)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", outcome.out + outcome.err)
    assert "\\u001b]0;owned\\u0007\\u001b[2J" in run(tiny.root, "show", "project/evil").out


# The pure parts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-01-01", "1 January 2021"),
        ("2023-06", "June 2023"),
        ("2025", "2025"),
        ("-0044-03-15", "-0044-03-15"),
        ("2021-13", "2021-13"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_dates_are_written_as_people_write_them(text: str, words: str) -> None:
    assert date_in_words(text) == words


def test_periods_may_lack_an_end_or_a_beginning() -> None:
    assert period_in_words("2017-01", "2023-06", "78") == "January 2017 to June 2023 (78 months)"
    assert period_in_words("2017", "") == "from 2017"
    assert period_in_words("", "2017") == "until 2017"
    assert period_in_words("", "", "3") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("42433075", "42,433,075 EUR"),
        ("1500000.50", "1,500,000.50 EUR"),
        ("1500000.5", "1,500,000.50 EUR"),
        ("0.125", "0.125 EUR"),
        ("100.00", "100 EUR"),
        ("-3", "-3 EUR"),
        ("9" * 29, f"{int('9' * 29):,} EUR"),
        ("1E400000000", "1E400000000 EUR"),
        ("a lot", "a lot EUR"),
    ],
)
def test_amounts_keep_every_digit(text: str, words: str) -> None:
    assert amount_in_words(text, "EUR") == words


TEXTS = st.text(max_size=60)
PIECES = st.builds(Piece, TEXTS, st.sampled_from(["", "http://example.org/"]))
ROWS = st.builds(Row, TEXTS, st.lists(PIECES, min_size=1, max_size=4), st.booleans())
TABLES = st.builds(
    lambda columns, rows: Table("t", columns[:3], [[row[n : n + 1] for n in range(3)] for row in rows]),
    st.lists(TEXTS, min_size=3, max_size=3),
    st.lists(st.lists(PIECES, min_size=3, max_size=3), min_size=1, max_size=4),
)


@given(st.lists(ROWS, max_size=4), st.lists(TABLES, max_size=2), st.integers(20, 120))
def test_a_card_of_anything_is_safe_and_keeps_every_word(rows: list[Row], tables: list[Table], width: int) -> None:
    description = Description(iri="http://example.org/x", name="x", kind="", rows=rows, tables=tables)
    text = write_card(description, width=width)
    assert visible(text) == text
    joined = re.sub(r"\s", "", text)
    for row in rows:
        if not row.lines:
            continue
        for value in row.values:
            assert re.sub(r"\s", "", one_line(value.text)) in joined


@pytest.mark.parametrize(("text", "size"), [("abc", 3), ("é", 1), ("e\u0301", 1), ("漢字", 4), ("", 0), ("👩", 2)])
def test_width_is_counted_in_cells(text: str, size: int) -> None:
    assert cells(text) == size


def paint_marked(text: str, tone: str, link: str) -> str:
    return f"<{text}>" if link else text


@pytest.mark.parametrize("paint", [paint_marked])
def test_paint_takes_no_room(paint: Callable[[str, str, str], str]) -> None:
    rows = [Row("label", [Piece("one two three four five six seven eight nine ten", "http://example.org/")])]
    description = Description(iri="http://example.org/x", name="x", kind="kind", rows=rows, tables=[])
    plain = write_card(description, width=40)
    assert re.sub("[<>]", "", write_card(description, width=40, paint=paint)) == plain
