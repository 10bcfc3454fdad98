"""The query library over HTTP: every report in every format, typed parameters, citations, conditions, pages."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.runner import run
from conftest import ROOT
from eugraph.reports import Library
from eugraph.reports.citing import read_citation
from serve.running import Server, serving

REPORTS = Library.open(ROOT / "queries").reports
ASKED = "/query/partners?organisation=organisation/eha"
HTML = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


def rows(body: bytes) -> list[tuple[object, ...]]:
    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(row) for row in answer]


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_each_report_answers_as_the_command_line_does(reference: Server, release: Path, name: str) -> None:
    answer = reference.get(f"/query/{name}", params=REPORTS[name].example())
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/sparql-results+json"
    stored = (release / "query" / f"{name}.json").read_bytes()
    assert rows(answer.content) == rows(stored)
    assert answer.headers["eugraph-rows"] == str(len(rows(stored)))
    assert answer.headers["eugraph-truncated"] == "no"


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_file_of_the_release_is_at_its_address(reference: Server, release: Path, name: str) -> None:
    for ending in ("csv", "json", "rq"):
        stored = (release / "query" / f"{name}.{ending}").read_bytes()
        assert reference.get(f"/query/{name}.{ending}").content == stored


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("md", "text/markdown"),
        ("table", "text/plain"),
        ("html", "text/html"),
    ],
)
def test_each_format_is_had_by_name_by_ending_and_by_accept(reference: Server, form: str, media_type: str) -> None:
    by_name = reference.get(f"{ASKED}&format={form}")
    by_ending = reference.get(f"/query/partners.{form}?organisation=organisation/eha")
    by_accept = reference.get(ASKED, headers={"Accept": media_type})
    assert by_name.status_code == 200
    assert by_name.headers["content-type"].partition(";")[0] == media_type
    assert by_name.content == by_ending.content == by_accept.content


def test_edges_can_be_had_as_a_graph(reference: Server) -> None:
    answer = reference.get("/query/partner-network?organisation=eha&format=graphml")
    assert answer.headers["content-type"] == "application/graphml+xml"
    assert b"<graphml" in answer.content
    assert reference.get(f"{ASKED}&format=graphml").status_code == 400  # these rows are no edges


def test_hashes_are_the_same_in_every_format_and_in_the_terminal(reference: Server, release: Path) -> None:
    answers = [reference.get(f"{ASKED}&format={form}") for form in ("json", "csv", "xml", "html")]
    hashes = {answer.headers["eugraph-result-sha256"] for answer in answers}
    cited = run(
        ROOT, "cite", "partners", "-p", "organisation=organisation/eha", "--format", "json", "--release", str(release)
    )
    assert hashes == {json.loads(cited.out)["result_sha256"]}
    said = answers[0].json()["head"]["eugraph"]
    assert said["result"] == {
        "sha256": hashes.pop(),
        "rows": len(answers[0].json()["results"]["bindings"]),
        "truncated": False,
    }
    assert said["release"]["sha256"] == json.loads((release / "release.json").read_bytes())["graph"]["sha256"]
    assert said["query"]["sha256"] in answers[2].text.rpartition("<!--")[2]


def test_what_is_cited_by_the_server_is_verified_by_it(reference: Server, tmp_path: Path) -> None:
    for form in ("text", "bibtex", "csl", "json"):
        answer = reference.get(f"{ASKED}&cite={form}")
        assert answer.status_code == 200
        path = tmp_path / f"cited.{form}"
        path.write_bytes(answer.content)
        result = run(ROOT, "verify", str(path), "--server", reference.root, "--strict")
        assert (result.status, result.err) == (0, "")
    assert run(ROOT, "cite", "partners", "--server", reference.root).status == 2
    linked = re.search(r'<([^>]+)>; rel="cite-as"', reference.get(ASKED).headers["link"])
    assert linked is not None
    assert read_citation(linked[1]).name == "partners"
    assert reference.get(f"{ASKED}&cite=nonsense").status_code == 400


def test_the_address_in_a_citation_is_never_made_of_a_hostile_host(reference: Server) -> None:
    for host in ('evil"><script>', "a b", "x/../y", "user@host"):
        answer = reference.get(f"{ASKED}&cite=json", headers={"Host": host})
        if answer.status_code == 200:
            assert answer.json()["address"].startswith("https://w3id.org/eugraph/id/query/partners?")


def test_an_answer_that_did_not_change_is_not_sent_again(reference: Server) -> None:
    first = reference.get(ASKED)
    again = reference.get(ASKED, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = reference.get(f"{ASKED}&format=csv", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_equal_requests_give_equal_bytes(reference: Server) -> None:
    for form in ("json", "csv", "html"):
        assert reference.get(f"{ASKED}&format={form}").content == reference.get(f"{ASKED}&format={form}").content


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/query/partners", 400, "the parameter organisation is missing"),
        ("/query/partners?organisation=a%20b", 400, "parameter organisation: 'a b' is no IRI"),
        ("/query/partners?organisation=../../x", 400, "parameter organisation"),
        ("/query/partners?organisation=eha&since=yesterday", 400, "parameter since: 'yesterday' is no date"),
        ("/query/partners?organisation=eha&organisation=ijc", 400, "the parameter organisation is given twice"),
        ("/query/partners?organisation=eha&nonsense=1", 400, "the parameter 'nonsense' is unknown"),
        ("/query/partners?organisation=eha&format=pdf", 400, "partners has no format 'pdf'"),
        ("/query/partners?organisation=eha&format=rq&since=x", 400, "parameter since"),
        ("/query/partnerz", 404, "did you mean 'partners'?"),
        ("/query/partners.pdf", 404, "no report is called 'partners.pdf'"),
        ("/query/%2e%2e%2frelease.json", 400, ""),
        ("/query/partners%00", 400, ""),
        ("/query/partners?organisation=%ff", 400, ""),
        ("/query/partners?organisation=%00", 400, ""),
        ("/query/partners?organisation=eha%3E%20%7D%20%23", 400, "parameter organisation"),
    ],
)
def test_what_is_wrong_is_told_with_its_name(reference: Server, path: str, status: int, told: str) -> None:
    answer = reference.get(path, headers={"Accept": "application/problem+json"})
    assert answer.status_code == status
    assert told in answer.json()["detail"]


def test_a_text_never_becomes_part_of_the_query(reference: Server) -> None:
    hostile = '"} UNION { ?s ?p ?o } #'
    answer = reference.get("/query/partner-search", params={"topic": hostile})
    assert answer.status_code == 200
    assert answer.headers["eugraph-rows"] == "0"


def test_what_a_client_does_not_accept_is_told_with_what_there_is(reference: Server) -> None:
    answer = reference.get(ASKED, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.text


@pytest.fixture(scope="module")
def small_graph(release: Path) -> Iterator[Server]:
    """A server that answers with five rows at most."""
    with serving(release, "--rate", "0", "--log", "none", "--max-rows", "5") as server:
        yield server


def test_rows_beyond_the_limit_are_cut_and_every_format_says_so(small_graph: Server, release: Path) -> None:
    answer = small_graph.get(ASKED)
    assert answer.headers["eugraph-truncated"] == "rows"
    assert len(answer.json()["results"]["bindings"]) == 5
    assert answer.json()["head"]["eugraph"]["result"]["truncated"] is True
    assert "cut at a limit" in small_graph.get(f"{ASKED}&format=xml").text
    assert "Cut at the limit of this server, 5 rows." in small_graph.get(ASKED, headers=HTML).text
    cited = small_graph.get(f"{ASKED}&cite=json").json()
    assert (cited["truncated"], cited["rows"]) == (True, 5)
    path = release.parent / "cut.json"
    path.write_text(json.dumps(cited), encoding="utf-8")
    assert run(ROOT, "verify", str(path), "--release", str(release)).status == 0  # its first five rows are those


def test_the_query_can_be_had_with_its_values_in_place(reference: Server) -> None:
    plain = reference.get("/query/partners.rq").text
    filled = reference.get("/query/partners.rq?organisation=eha").text
    assert plain == REPORTS["partners"].text
    assert "<https://w3id.org/eugraph/id/organisation/eha>" in filled
    asked = reference.ask(filled)
    assert rows(asked.content) == rows(reference.get(ASKED).content)


def test_the_list_names_every_report_with_its_parameters(reference: Server) -> None:
    said = reference.get("/query/").json()
    assert [query["name"] for query in said["queries"]] == sorted(REPORTS)
    partners = next(query for query in said["queries"] if query["name"] == "partners")
    assert partners["parameters"][0] == {
        "name": "organisation",
        "type": "iri",
        "required": True,
        "example": "organisation/eha",
    }
    page = reference.get("/query/", headers=HTML).text
    assert all(f'href="../query/{name}"' in page for name in REPORTS)


def test_the_page_has_a_form_with_what_was_given_and_names_with_links(reference: Server) -> None:
    empty = reference.get("/query/partners", headers=HTML)
    assert empty.status_code == 200
    assert '<label for="organisation">' in empty.text
    page = reference.get(f"{ASKED}&since=2020-01-01", headers=HTML).text
    assert 'value="organisation/eha"' in page
    assert 'value="2020-01-01"' in page
    assert '<a href="../organisation/ijc.html">Josep Carreras Leukaemia Research Institute</a>' in page
    wrong = reference.get("/query/partners?organisation=a b", headers=HTML)
    assert wrong.status_code == 400
    assert 'role="alert"' in wrong.text
    slip = reference.get("/query/partners?organisation=ehaa", headers=HTML).text
    assert "Nothing is described at organisation/ehaa." in slip


def test_what_is_given_is_escaped_on_the_page(reference: Server) -> None:
    hostile = '"><script>alert(1)</script>'
    for path in ("/query/partner-search", "/query/partners", "/search"):
        answer = reference.get(path, params={"q": hostile, "topic": hostile, "organisation": hostile}, headers=HTML)
        assert "<script>alert" not in answer.text
        assert "'unsafe-inline'" not in answer.headers["content-security-policy"]


def test_csv_has_no_formula_of_ours_and_the_same_rows(reference: Server) -> None:
    found = list(csv.DictReader(io.StringIO(reference.get(f"{ASKED}&format=csv").text)))
    assert len(found) == int(reference.get(ASKED).headers["eugraph-rows"])


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(REPORTS)),
    st.dictionaries(
        st.sampled_from(["organisation", "since", "within", "topic", "country", "format", "cite", "min", "x"]),
        st.text(max_size=40),
        max_size=3,
    ),
    st.sampled_from(["*/*", "text/html", "text/csv", "application/xml;q=0.5", "", ";;;", "a/b"]),
)
def test_whatever_is_given_is_answered_or_refused(
    reference: Server, name: str, given_: dict[str, str], accept: str
) -> None:
    answer = httpx.get(f"{reference.root}/query/{name}", params=given_, headers={"Accept": accept}, timeout=60)
    assert answer.status_code in (200, 400, 404, 406), answer.text
    assert "Traceback" not in answer.text


def test_a_profile_is_asked_as_a_report_is(release: Path) -> None:
    """It takes seconds, and then gives way to all other work on the machine."""
    with serving(release, "--rate", "0", "--log", "none", "--max-rows", "200000", "--timeout-s", "55") as server:
        answer = server.get("/query/profiles/schema-org", headers={"Accept": "text/turtle"})
        assert answer.status_code == 200
        assert answer.headers["eugraph-rows"] == str(len(list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))))
        assert answer.text.startswith("# graph ")
        page = server.get("/query/profiles/schema-org", headers=HTML)
        assert 'href="../../style.css"' in page.text
        assert 'href="schema-org?format=ttl"' in page.text


def test_a_graph_beyond_the_limit_is_refused_with_a_way_to_have_it(small_graph: Server) -> None:
    answer = small_graph.get("/query/profiles/schema-org")
    assert answer.status_code == 413
    assert "/sparql" in answer.text
