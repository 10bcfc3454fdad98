"""The pages of a server that runs, in a real browser: with keys alone, on a phone, in the dark, with hostile data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from browser.chromium import DARK, LIGHT
from browser.devtools import CONTROL, Page, tab
from conftest import ROOT
from eugraph.reports import Library
from eugraph.vocab import PREF_LABEL
from serve.running import BASE, Server, make_release, serving

PAGES = {
    "sparql": "/sparql",
    "form": "/query/partners",
    "answer": "/query/partners?organisation=eha",
    "reports": "/query/",
    "search": "/search?q=leukaemia",
    "fault": "/query/partners?organisation=a%20b",
    "error": "/query/nonsense",
}
READY = "document.documentElement.dataset.ready === 'yes'"
REPORTS = Library.open(ROOT / "queries").reports
ANSWERED = (
    "!document.getElementById('answer').matches('[aria-busy=true]') && document.getElementById('status').textContent"
)
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "javascript:alert(4)",
    "{{7*7}} ${7*7}",
)


@pytest.fixture(scope="module")
def reference(release: Path) -> Iterator[Server]:
    with serving(release, "--rate", "0", "--log", "none") as running:
        yield running


@pytest.fixture(scope="module")
def page(axe: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with tab(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def open_sparql(page: Page, server: Server, rest: str = "", **options: int) -> None:
    page.open(f"{server.root}/sparql{rest}", **options)
    page.until(READY)


def write(page: Page, text: str) -> None:
    """Put the cursor into an empty editor and type."""
    page.run("{ const q = document.getElementById('query'); q.focus(); q.select(); document.execCommand('delete'); }")
    page.type(text)


def value(page: Page) -> str:
    return str(page.run("document.getElementById('query').value"))


def table(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.run(
        "[...document.querySelectorAll('#result tbody tr')].map((r) => [...r.cells].map((c) => c.textContent))"
    )
    return found


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440], ids=["narrow", "wide"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_all_and_fits(
    page: Page, axe: Path, reference: Server, name: str, width: int, scheme: int
) -> None:
    page.open(reference.root + PAGES[name], width=width, scheme=scheme)
    if name == "sparql":
        page.until(READY)
    assert page.faults(axe) == []
    assert page.run("document.documentElement.scrollWidth") == width
    assert all(address.startswith(reference.root) for address in page.requests())
    assert [line for line in page.complaints() if "status of 40" not in line] == []


def test_an_answer_on_the_sparql_page_is_open_to_all(page: Page, axe: Path, reference: Server) -> None:
    for width in (390, 1440):
        open_sparql(page, reference, width=width)
        page.run("document.getElementById('ask').requestSubmit()")
        page.until("document.querySelector('#result td a') !== null")
        page.run(
            "{ const c = document.getElementById('chart'); c.value = 'line'; c.dispatchEvent(new Event('change')); }"
        )
        assert page.run("document.querySelector('#drawing svg').getAttribute('role')") == "img"
        assert page.faults(axe) == []
        assert page.run("document.documentElement.scrollWidth") == width
        assert page.complaints() == []


def test_a_query_is_written_and_asked_with_keys_alone(page: Page, reference: Server) -> None:
    open_sparql(page, reference)
    write(page, "SELECT ?p ?name WHERE { ?p a eug:Proj")
    assert page.run("document.querySelector('#words [role=option] code').textContent") == "eug:Project"
    page.press("ArrowDown")
    assert page.run("document.getElementById('query').getAttribute('aria-activedescendant')") == "word-0"
    page.press("Enter")
    assert value(page).startswith("PREFIX eug: <https://w3id.org/eugraph/ontology#>\n")
    page.type(" ; skos:prefLab")
    page.press("ArrowDown")
    page.press("Tab")
    page.type(" ?na")
    page.press("Escape")
    page.type("me } ORDER BY ?name LIMIT 3")
    page.press("Enter", CONTROL)
    page.until("document.querySelectorAll('#result tbody tr').length === 3")
    page.until("document.querySelector('#result td a').textContent === 'ACHILLES'")
    assert page.run("document.querySelector('#result td a').getAttribute('href')") == "./project/achilles"
    assert "3 rows" in page.run("document.getElementById('status').textContent")


def test_the_tab_key_leads_on_where_nothing_is_chosen(page: Page, reference: Server) -> None:
    open_sparql(page, reference)
    write(page, "SELECT * { ?p a eug:Proj")
    page.press("Tab")
    assert page.run("document.activeElement.textContent") == "Ask"
    assert page.run("document.getElementById('words').hidden") is True


def test_words_are_offered_for_variables_too_and_on_demand(page: Page, reference: Server) -> None:
    open_sparql(page, reference)
    write(page, "SELECT ?organisation { ?org")
    assert page.run("[...document.querySelectorAll('#words code')].map((e) => e.textContent)") == ["?organisation"]
    page.press("Escape")
    page.press("Space", CONTROL)
    assert page.run("document.getElementById('words').hidden") is False


def test_a_fault_is_shown_at_its_place(page: Page, reference: Server) -> None:
    open_sparql(page, reference)
    write(page, "SELECT * WHERE {\n  ?s ?p ?o .\n  ?s no:such ?o\n}")
    page.press("Enter", CONTROL)
    page.until("!document.getElementById('fault').hidden")
    assert "line 3" in page.run("document.getElementById('fault').textContent")
    assert page.run("document.getElementById('query').getAttribute('aria-invalid')") == "true"
    assert page.run("document.querySelector('#colours .bad').textContent") == "no:such"
    page.run("document.querySelector('#fault button').click()")
    assert value(page)[page.run("document.getElementById('query').selectionStart") :].startswith("no:such")
    page.type("1")
    assert page.run("document.getElementById('query').getAttribute('aria-invalid')") is None


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_each_report_gives_the_same_rows_as_the_library(page: Page, reference: Server, name: str) -> None:
    open_sparql(page, reference, f"#report={name}")
    page.until("document.getElementById('status').textContent.includes('in the editor')")
    page.run("document.getElementById('ask').requestSubmit()")
    page.until(f"{ANSWERED}.includes(' in ')")
    count = int(reference.get(f"/query/{name}", params=REPORTS[name].example()).headers["eugraph-rows"])
    assert page.run("document.getElementById('status').textContent").startswith(f"{count} row")
    assert len(table(page)) == min(count, 1000)


def test_a_link_brings_the_query_and_it_is_kept_for_later(page: Page, reference: Server) -> None:
    open_sparql(page, reference)
    write(page, "ASK { ?s ?p 'é&#\"' }")
    page.press("Enter", CONTROL)
    page.until(f"{ANSWERED}.startsWith('No in')")
    link = page.run("document.getElementById('link').value")
    open_sparql(page, reference)
    assert "ASK" in page.run("document.getElementById('past').textContent")
    page.open(link)
    page.until(READY)
    assert value(page) == "ASK { ?s ?p 'é&#\"' }"
    page.run("document.getElementById('forget').click()")
    assert page.run("document.getElementById('history').hidden") is True


def test_an_address_with_a_query_shows_its_answer_to_a_browser(page: Page, reference: Server) -> None:
    open_sparql(page, reference, "?query=SELECT%20(1%20AS%20%3Fone)%20%7B%7D")
    page.until("document.querySelectorAll('#result tbody tr').length === 1")
    assert table(page) == [["1"]]
    assert value(page) == "SELECT (1 AS ?one) {}"


def test_each_format_can_be_taken(page: Page, reference: Server) -> None:
    open_sparql(page, reference)
    for query, formats in (
        ("SELECT * { ?s ?p ?o } LIMIT 2", ["CSV", "TSV", "JSON", "XML"]),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2", ["Turtle", "N-Triples", "JSON-LD", "RDF/XML"]),
    ):
        write(page, query)
        page.press("Escape")
        page.press("Enter", CONTROL)
        page.until(f"{ANSWERED}.includes(' in ')")
        assert page.run("[...document.querySelectorAll('#downloads button')].map((b) => b.textContent)") == formats
        page.run(
            "{ window.taken = []; HTMLAnchorElement.prototype.click = function () { window.taken.push(this.download); }; }"
        )
        page.run("document.querySelectorAll('#downloads button').forEach((b) => b.click())")
        page.until(f"window.taken.length === {len(formats)}")
    assert page.complaints() == []


def test_nothing_of_the_data_is_run(page: Page, tmp_path: Path) -> None:
    name = NamedNode(f"{BASE}name")
    quads = [
        Quad(NamedNode(f"{BASE}thing/{n}"), p, Literal(text), NamedNode(f"{BASE}graph/g"))
        for n, text in enumerate(HOSTILE)
        for p in (name, PREF_LABEL)
    ]
    quads += [
        Quad(
            NamedNode("javascript:alert(5)"),
            name,
            NamedNode("data:text/html,<script>alert(6)</script>".replace("<", "%3C").replace(">", "%3E")),
            NamedNode(f"{BASE}graph/g"),
        )
    ]
    with serving(make_release(tmp_path / "dist", quads), "--rate", "0", "--log", "none") as server:
        open_sparql(page, server)
        page.run("window.alert = () => { window.alerted = true; }; 0")
        write(page, "SELECT * { ?s ?p ?o }")
        page.press("Escape")
        page.press("Enter", CONTROL)
        page.until(f"document.querySelectorAll('#result tbody tr').length === {len(quads)}")
        page.until(f"[...document.querySelectorAll('#result td')].some((c) => c.textContent === {HOSTILE[0]!r})")
        addresses = page.run("[...document.querySelectorAll('#result a')].map((a) => a.protocol)")
        assert set(addresses) <= {"http:", "https:"}
        assert page.run("document.querySelectorAll('#result img, #result script, #result svg').length") == 0
        assert page.run("window.alerted") is None
        assert all(address.startswith(server.root) for address in page.requests())
        page.open(f"{server.root}/search?q=img")
        assert page.run("document.querySelectorAll('main img, main script').length") == 0
        assert HOSTILE[0] in page.run("document.querySelector('main').textContent")
        open_sparql(page, server, "#query=" + "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
        assert page.run("document.querySelectorAll('#colours img').length") == 0


def test_a_policy_keeps_scripts_from_elsewhere_away(page: Page, reference: Server) -> None:
    for path in ("/sparql", "/query/partners", "/search", "/query/nonsense"):
        page.open(reference.root + path)
        page.run(
            "{ const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.head.append(s); }"
        )
        assert page.run("window.ran") is None
        assert any("Content Security Policy" in line for line in page.complaints())


def test_things_are_offered_in_a_form_while_one_types(page: Page, reference: Server) -> None:
    page.open(f"{reference.root}/query/partners")
    page.run("document.getElementById('organisation').focus()")
    page.type("carreras")
    page.until("document.querySelectorAll('#organisation-things option').length > 0")
    offered = page.run("[...document.querySelectorAll('#organisation-things option')].map((o) => o.value)")
    assert "organisation/ijc" in offered
    page.run(
        "{ document.getElementById('organisation').value = 'organisation/ijc'; document.querySelector('form').requestSubmit(); }"
    )
    page.until("location.search.includes('organisation') && document.readyState === 'complete'")
    assert page.run("document.querySelectorAll('table.answer tbody tr').length") > 0
