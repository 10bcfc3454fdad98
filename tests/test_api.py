"""The Python API: what it answers, in which types, and what it says when it cannot."""

from __future__ import annotations

import datetime as dt
import doctest
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef

import eugraph
from conftest import ROOT
from eugraph import api, errors
from eugraph.config import Workspace
from eugraph.reports import rows
from eugraph.reports.rows import Rows
from eugraph.store import Solutions

EUG = "PREFIX eug: <https://w3id.org/eugraph/ontology#>\n"
BASE = "https://w3id.org/eugraph/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"
HEAVY = ("rdflib", "pyoxigraph", "pyshacl", "click", "pandas", "polars", "jinja2", "ruamel")


@pytest.fixture
def opened(tiny: Workspace) -> api.OpenWorkspace:
    return eugraph.open(tiny.root)


def rows_of(*cells: ox.Literal | ox.NamedNode | ox.BlankNode | None, columns: tuple[str, ...] = ("x",)) -> Rows:
    return Rows(Solutions(columns, [(cell,) for cell in cells]), BASE)


def typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


# Loading


def test_importing_loads_nothing_else() -> None:
    code = f"import sys, eugraph\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_asking_for_rows_loads_neither_rdflib_nor_frames(tiny: Workspace) -> None:
    code = (
        "import sys, eugraph\neugraph.open().query('roles')\n"
        "print([name for name in ('rdflib', 'pyshacl', 'pandas', 'polars') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tiny.root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_the_package_does_not_have_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'eugraph' has no attribute 'shut'"):
        _ = eugraph.shut  # type: ignore[attr-defined]  # this is the point


def test_a_place_without_a_workspace_is_told(tmp_path: Path) -> None:
    with pytest.raises(errors.NoWorkspaceError):
        eugraph.open(tmp_path)


# Statements


def test_statements_keep_the_forms_of_the_files(opened: api.OpenWorkspace) -> None:
    grant, cost = f"{BASE}grant/alpha", "https://w3id.org/eugraph/ontology#totalCost"
    found = [
        quad.object
        for quad in opened.quads
        if (quad.subject, quad.predicate) == (ox.NamedNode(grant), ox.NamedNode(cost))
    ]
    assert found == [typed("1500000.50", "decimal")]
    literal = opened.graph.value(URIRef(grant), URIRef(cost))
    assert isinstance(literal, Literal)
    assert (str(literal), literal.toPython()) == ("1500000.50", Decimal("1500000.50"))


def test_the_graph_has_things_and_the_vocabulary_has_terms(opened: api.OpenWorkspace) -> None:
    alpha, project = URIRef(f"{BASE}project/alpha"), URIRef("https://w3id.org/eugraph/ontology#Project")
    assert (alpha, None, None) in opened.graph
    assert (project, None, None) not in opened.graph
    assert (project, None, None) in opened.vocabulary
    assert len(opened.graph) == len({quad.triple for quad in opened.quads})
    assert (
        alpha,
        URIRef("https://w3id.org/eugraph/ontology#coordinator"),
        URIRef(f"{BASE}organisation/uni"),
    ) in opened.graph
    assert dict(opened.graph.namespaces())["eug"] == URIRef("https://w3id.org/eugraph/ontology#")


def test_files_are_read_once_until_reload(opened: api.OpenWorkspace) -> None:
    before = len(opened.graph)
    (opened.settings.data / "more.ttl").write_text(
        f"<{BASE}project/more> a <https://w3id.org/eugraph/ontology#Project> ."
    )
    assert len(opened.graph) == before
    opened.reload()
    assert len(opened.graph) == before + 1


def test_a_file_that_cannot_be_read_is_told_and_validation_places_it(opened: api.OpenWorkspace) -> None:
    (opened.settings.data / "bad.ttl").write_text("<a> <b>")
    with pytest.raises(errors.UnreadableWorkspaceError, match=r"data/bad\.ttl:1"):
        _ = opened.quads
    with pytest.raises(errors.UnreadableWorkspaceError):
        opened.query("roles")
    assert [finding.code for finding in opened.validate().findings] == ["syntax-error"]


# Questions


def test_a_report_is_asked_by_name_with_parameters(opened: api.OpenWorkspace) -> None:
    found = opened.query("partners", organisation="organisation/eha", since=dt.date(2017, 1, 1))
    assert found.columns[:2] == ("partner", "name")
    assert found.column("partner") == [f"{BASE}organisation/uni"]
    assert found.dicts()[0]["name"] == "Example University"
    assert list(found) == found.rows
    assert (len(found), found[0], found[:1]) == (1, found.rows[0], found.rows)
    assert "partners" in opened.reports


def test_a_query_is_asked_as_a_text_and_from_a_file(opened: api.OpenWorkspace, tmp_path: Path) -> None:
    text = EUG + "SELECT ?p WHERE { ?p eug:acronym ?acronym ; eug:durationMonths ?m FILTER(?m > ?least) }"
    (tmp_path / "q.rq").write_text(text)
    for query in (text, tmp_path / "q.rq"):
        assert opened.query(query, acronym="ALPHA", least=1).rows == [(f"{BASE}project/alpha",)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("5", '"5"'),
        (5, f'"5"^^<{XSD}integer>'),
        (True, f'"true"^^<{XSD}boolean>'),
        (Decimal("1E3"), f'"1000"^^<{XSD}decimal>'),
        (1.5, f'"1.5"^^<{XSD}double>'),
        (dt.date(2020, 1, 2), f'"2020-01-02"^^<{XSD}date>'),
        (dt.datetime(2020, 1, 2, 3), f'"2020-01-02T03:00:00"^^<{XSD}dateTime>'),  # noqa: DTZ001 - without a zone is meant
        ("<project/x>", f"<{BASE}project/x>"),
        ("http://example.org/", "<http://example.org/>"),
        ('"} DELETE', '"\\"} DELETE"'),
        (ox.Literal("a", language="en"), '"a"@en'),
        (ox.NamedNode("urn:x"), "<urn:x>"),
    ],
)
def test_python_values_become_the_terms_that_they_are(value: Any, text: str, opened: api.OpenWorkspace) -> None:
    found = opened.query("SELECT (?value AS ?is) WHERE { }", value=value)
    assert str(found.terms[0][0]) == text


def test_graphs_and_yes_or_no_have_their_own_questions(opened: api.OpenWorkspace) -> None:
    made = opened.construct("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o FILTER(?s = ?thing) }", thing=f"{BASE}project/alpha")
    assert len(made) == 1
    assert opened.ask("ASK { ?s ?p ?thing }", thing=f"{BASE}project/alpha") is True


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (lambda w: w.query("partner"), errors.UnknownQueryError, "did you mean 'partners'"),
        (lambda w: w.query("partners"), errors.ParameterError, "the parameter organisation is missing"),
        (lambda w: w.query("partners", organisation="x y"), errors.ParameterError, "'x y' is no IRI"),
        (lambda w: w.query("partners", organisation="organisation/eha", until=1), errors.ParameterError, "unknown"),
        (lambda w: w.query("SELECT * {"), errors.QuerySyntaxError, "not SPARQL"),
        (lambda w: w.query("SELECT * { ?s ?p ?o }", x=1), errors.ParameterError, r"no variable \?x"),
        (lambda w: w.query("SELECT * { SERVICE <http://e/> { } }"), errors.RefusedQueryError, "SERVICE"),
        (lambda w: w.query("ASK { ?s ?p ?o }"), errors.QueryError, "Use `construct` for a graph, `ask` for yes or no"),
        (lambda w: w.ask("SELECT * { ?s ?p ?o }"), errors.QueryError, "Use `query` for rows"),
        (lambda w: w.construct("ASK { ?s ?p ?o }"), errors.QueryError, "Use `query` for rows"),
        (lambda w: w.query(Path("gone.rq")), errors.QueryError, "gone.rq"),
        (lambda w: w.query("roles").column("rolle"), KeyError, "'rolle' is none of the columns role, name"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told(
    ask: Any, error: type[Exception], said: str, opened: api.OpenWorkspace
) -> None:
    with pytest.raises(error, match=said):
        ask(opened)


# Rows


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (ox.NamedNode("http://example.org/"), "http://example.org/"),
        (ox.BlankNode("b"), "_:b"),
        (ox.Literal("text"), "text"),
        (ox.Literal("Text", language="de"), "Text"),
        (typed("007", "integer"), 7),
        (typed("12", "nonNegativeInteger"), 12),
        (typed("1500000.50", "decimal"), Decimal("1500000.50")),
        (typed("1.5E3", "double"), 1500.0),
        (typed("true", "boolean"), True),
        (typed("0", "boolean"), False),
        (typed("2020-02-29", "date"), dt.date(2020, 2, 29)),
        (typed("2020-02-29Z", "date"), "2020-02-29Z"),
        (typed("12020-02-29", "date"), "12020-02-29"),
        (typed("2020-02", "gYearMonth"), "2020-02"),
        (typed("2020", "gYear"), "2020"),
        (typed("2020-01-02T03:04:05Z", "dateTime"), dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=dt.UTC)),
        (typed("2020-01-02T24:00:00", "dateTime"), "2020-01-02T24:00:00"),
        (typed("0000-01-01", "date"), "0000-01-01"),
        (typed("many", "integer"), "many"),
        (typed("9" * 5000, "integer"), "9" * 5000),
        (typed("5", "own"), "5"),
        (None, None),
    ],
)
def test_terms_become_python_values_without_loss(cell: ox.Literal | None, value: object) -> None:
    found = rows_of(cell).rows[0][0]
    assert (found, type(found)) == (value, type(value))


def test_rows_show_themselves_as_a_table(opened: api.OpenWorkspace) -> None:
    assert repr(opened.query("SELECT ?x WHERE { } LIMIT 0")) == "x\n(no rows)\n"
    shown = repr(rows_of(*(typed(str(n), "integer") for n in range(30))))
    assert shown.splitlines()[:3] == [" x", "--", " 0"]
    assert shown.endswith("… and 10 more rows")


MIXED = {
    "int": [typed("1", "integer"), None],
    "big": [typed(str(2**70), "integer"), None],
    "decimal": [typed("1.50", "decimal"), typed("100", "decimal")],
    "wide": [typed("1" * 30 + "." + "1" * 20, "decimal"), None],
    "float": [typed("1.5", "double"), None],
    "bool": [typed("true", "boolean"), None],
    "date": [typed("0001-01-01", "date"), typed("9999-12-31", "date")],
    "moment": [typed("2020-01-02T03:04:05", "dateTime"), None],
    "zoned": [typed("2020-01-02T03:04:05Z", "dateTime"), None],
    "text": [ox.Literal("=1+1"), None],
    "mixed": [typed("2020", "gYear"), typed("2020-01-02", "date")],
    "other": [typed("5", "integer"), typed("true", "boolean")],
    "none": [None, None],
}


@pytest.fixture
def mixed() -> Rows:
    return Rows(Solutions(tuple(MIXED), list(zip(*MIXED.values(), strict=True))), BASE)


def test_pandas_gets_columns_of_their_kind(mixed: Rows) -> None:
    pandas = pytest.importorskip("pandas")
    frame = mixed.to_pandas()
    assert list(frame.columns) == list(MIXED)
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert kinds == {
        **dict.fromkeys(("big", "decimal", "wide", "zoned", "mixed", "other", "none"), "object"),
        "int": "Int64",
        "float": "Float64",
        "bool": "boolean",
        "date": "datetime64[us]",
        "moment": "datetime64[us]",
        "text": "string",
    }
    assert frame["int"][0] == 1
    assert frame["int"][1] is pandas.NA
    assert frame["date"].dt.year.tolist() == [1, 9999]
    assert frame["decimal"].sum() == Decimal("101.50")
    assert frame["big"][0] == 2**70


def test_polars_gets_columns_of_their_kind(mixed: Rows) -> None:
    polars = pytest.importorskip("polars")
    frame = mixed.to_polars()
    assert dict(frame.schema) == {
        **dict.fromkeys(("big", "wide", "zoned", "text", "mixed", "other", "none"), polars.String),
        "int": polars.Int64,
        "decimal": polars.Decimal(38, 2),
        "float": polars.Float64,
        "bool": polars.Boolean,
        "date": polars.Date,
        "moment": polars.Datetime("us"),
    }
    assert frame["int"].to_list() == [1, None]
    assert frame["decimal"].to_list() == [Decimal("1.50"), Decimal("100.00")]
    assert frame["date"].to_list() == [dt.date(1, 1, 1), dt.date(9999, 12, 31)]
    assert frame["mixed"].to_list() == ["2020", "2020-01-02"]
    assert frame["other"].to_list() == ["5", "true"]
    assert frame["big"].to_list() == [str(2**70), None]


def test_frames_without_rows_have_their_columns(opened: api.OpenWorkspace) -> None:
    empty = opened.query("SELECT ?x ?y WHERE { } LIMIT 0")
    for frame in (empty.to_pandas(), empty.to_polars()):
        assert (list(frame.columns), len(frame)) == (["x", "y"], 0)


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_package_that_is_not_installed_is_named(package: str, tiny: Workspace) -> None:
    code = (
        f"import sys\nsys.modules[{package!r}] = None\nimport eugraph\n"
        f"try:\n    eugraph.open().query('roles').to_{package}()\nexcept eugraph.errors.NotInstalledError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tiny.root, capture_output=True, text=True, check=True)
    assert (
        done.stdout.strip()
        == f"Rows.to_{package} needs the package {package}. Install it: python -m pip install {package}"
    )


# One thing


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (f"{BASE}project/alpha", "project/alpha"),
        (f"<{BASE}project/alpha>", "project/alpha"),
        ("project/alpha", "project/alpha"),
        ("Alpha", "project/alpha"),
        ("ALPHA", "project/alpha"),
        ("the first made-up project", "project/alpha"),
        ("101000001", "grant/alpha"),
        ("999000001", "organisation/uni"),
        ("BEISPIEL-UNIVERSITÄT", "organisation/uni"),
        ("beispiel-universitat", "organisation/uni"),
        ("uni", "organisation/uni"),
        ("eha", "organisation/eha"),
        ("  European   Hema", "organisation/eha"),
    ],
)
def test_a_thing_is_found_by_what_people_call_it(name: str, path: str, opened: api.OpenWorkspace) -> None:
    assert opened.find(name) == BASE + path


def test_terms_are_found_by_their_short_names(opened: api.OpenWorkspace) -> None:
    assert opened.find("role:coordinator").endswith("scheme/role#coordinator")
    assert opened.find("eug:Project") == "https://w3id.org/eugraph/ontology#Project"


def test_a_name_of_several_things_lists_them(opened: api.OpenWorkspace) -> None:
    with pytest.raises(errors.AmbiguousNameError) as caught:
        opened.find("example")
    assert str(caught.value).splitlines() == [
        "3 things are called 'example'. Name one by the path before its name:",
        "  organisation/clinic  Example Clinic",
        "  organisation/uni     Example University",
        "  programme/frame      Example Programme",
    ]


@pytest.mark.parametrize(
    "name", ["", " ", "project/gone", "http://example.org/gone", "<>", "'\"} #", "\0", "x" * 10_000]
)
def test_a_name_of_nothing_is_told(name: str, opened: api.OpenWorkspace) -> None:
    with pytest.raises(errors.UnknownThingError, match="nothing is called"):
        opened.find(name)


def test_a_name_with_a_slip_gets_the_nearest(opened: api.OpenWorkspace) -> None:
    with pytest.raises(errors.UnknownThingError, match="did you mean 'Example University'"):
        opened.find("Exampel University")


def test_a_document_is_the_one_of_the_release(opened: api.OpenWorkspace, tmp_path: Path) -> None:
    opened.build(tmp_path / "dist")
    for form in ("ttl", "jsonld"):
        assert opened.document("Alpha", form) == (tmp_path / "dist" / f"project/alpha.{form}").read_text()
    assert opened.document("grant/alpha").count("eug:totalCost") == 1  # stands in the document of its project


# The work


def test_a_release_is_made_from_the_files_as_they_are(opened: api.OpenWorkspace, tmp_path: Path) -> None:
    release = opened.build(tmp_path / "dist", base_iri="https://example.org/id/", date=dt.date(2026, 11, 23))
    assert release.folder == tmp_path / "dist"
    assert "https://example.org/id/" in (tmp_path / "dist" / "project" / "alpha.ttl").read_text()
    assert (tmp_path / "dist" / "release.json").read_text().count("2026-11-23") >= 1


def test_a_release_lies_in_dist_where_nobody_names_another_folder(opened: api.OpenWorkspace) -> None:
    assert opened.build().folder == opened.settings.root / "dist"


def test_violations_stop_a_release_and_come_with_the_report(opened: api.OpenWorkspace, tmp_path: Path) -> None:
    path = opened.settings.data / "projects" / "alpha.ttl"
    path.write_text(path.read_text().replace("eug:acronym", "eug:akronym"))
    with pytest.raises(errors.ViolationsError, match="no release was written: 1 violation") as caught:
        opened.build(tmp_path / "dist")
    assert [finding.code for finding in caught.value.report.findings if finding.severity == 3] == ["unknown-term"]
    assert not (tmp_path / "dist").exists()


# What is written of it


@pytest.mark.parametrize("module", [api, rows], ids=lambda module: module.__name__)
def test_examples_in_the_code_are_true(module: Any, tiny: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny.root)
    failed, tried = doctest.testmod(module)
    assert not failed
    assert tried or module is rows


def test_every_member_is_on_the_page() -> None:
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    for kind in (api.OpenWorkspace, Rows):
        members = {name for name in vars(kind) if not name.startswith("_")}
        assert members <= set(re.findall(r"`\.?(\w+)", text)), kind
