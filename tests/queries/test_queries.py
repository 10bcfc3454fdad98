"""Every bundled query answers its case, and keeps the rules that let it run on any SPARQL 1.1 store."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

HERE = Path(__file__).parent
QUERIES = HERE.parent.parent / "queries"
RULES = HERE.parent.parent / "src" / "eugraph" / "derive" / "rules"
FOR_REPORTS = ("takes-part", "participant-countries")  # what these derive is for reports alone, so no case states it
BASE = "https://w3id.org/eugraph/id/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"
XSD = "http://www.w3.org/2001/XMLSchema#"
NAMES = sorted(path.stem for path in QUERIES.glob("*.rq"))
CASES = sorted(path.parent for path in HERE.glob("*/expected*.csv"))

_TOKEN = re.compile(r'#[^\n]*|<[^<>"\s]*>|"(?:[^"\\\n]|\\.)*"|[?$]\w+|[^\W\d]\w*|.', re.DOTALL)


def run(name: str, store: ox.Store, params: dict[str, str]) -> list[list[str]]:
    """The answer of a query as CSV cells, the header row first."""
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    types = {words[0]: words[1] for words in (line.split() for line in _header(text).get("param", []))}
    terms = {f"?{key}": str(_term(types[key], value)) for key, value in params.items()}
    text = re.sub(r"\bBOUND\(\?(\w+)\)", lambda asked: "true" if asked[1] in params else asked[0], text)
    filled = "".join(terms.get(token, token) for token in _TOKEN.findall(text))
    answer = store.query(filled, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    table = answer.serialize(format=ox.QueryResultsFormat.CSV)
    assert table is not None
    return list(csv.reader(io.StringIO(table.decode())))


def _term(kind: str, text: str) -> ox.NamedNode | ox.Literal:
    if kind == "iri":
        return ox.NamedNode(text if ":" in text else BASE + text)
    if kind == "country":
        return ox.NamedNode(COUNTRY + text)
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


def _header(text: str) -> dict[str, list[str]]:
    """The lines of a query's header by key; a line that is indented further goes on with the one before."""
    lines: dict[str, list[str]] = {}
    key = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if opening := re.match(r"# (title|asks|param|limit|chart|graph|columns): +(.+)", line):
            key = opening[1]
            lines.setdefault(key, []).append(opening[2])
        else:
            assert line.startswith("#    "), line
            lines[key][-1] += " " + line[1:].strip()
    return lines


def _read(case: Path, *graphs: str) -> ox.Store:
    """A store with the case's input, Turtle put into each of the graphs named, and what is derived for reports."""
    store = ox.Store()
    (path,) = case.glob("input.*")
    for quad in ox.parse(path=path, base_iri=BASE):
        names = [ox.NamedNode(BASE + graph) for graph in graphs] if path.suffix == ".ttl" else [quad.graph_name]
        store.extend(ox.Quad(quad.subject, quad.predicate, quad.object, name) for name in names)
    for rule in FOR_REPORTS:
        derived = store.query((RULES / f"{rule}.rq").read_text(encoding="utf-8"), use_default_graph_as_union=True)
        assert isinstance(derived, ox.QueryTriples)
        graph = ox.NamedNode(f"{BASE}graph/derived")
        store.extend([ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in derived])
    return store


def _expected(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def _params(case: Path, variant: str = "") -> dict[str, str]:
    path = case / f"params{variant}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _variants() -> list[tuple[str, str]]:
    """Each case and the ending of its expected.csv: "" or one more set of parameters, "-since"."""
    return [
        (folder.name, path.stem.removeprefix("expected"))
        for folder in sorted({path.parent for path in HERE.glob("*/expected*.csv")})
        for path in sorted(folder.glob("expected*.csv"))
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_query_says_what_it_asks_and_what_its_columns_are(name: str) -> None:
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    header = _header(text)
    assert [len(header.get(key, [])) for key in ("title", "asks", "columns")] == [1, 1, 1]
    described = re.findall(r"(?:^|; )(\w+): ", header["columns"][0])
    examples = {line.split()[0]: line.split("e.g. ")[1] for line in header.get("param", [])}
    assert run(name, ox.Store(), examples)[0] == described
    for line in header.get("param", []):
        assert re.fullmatch(r"\w+  (iri|date|integer|string|country|lang)  (required|optional)  e\.g\. \S+", line)
    for line in header.get("chart", []):
        chart = re.fullmatch(r"(?:bar|line|timeline) x=(\w+) y=(\w+)", line)
        assert chart
        assert set(chart.groups()) <= set(described)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_names_nothing_of_one_workspace_and_uses_no_extension(name: str) -> None:
    text = re.sub(r"^#.*$", "", (QUERIES / f"{name}.rq").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert BASE not in text
    assert not re.search(r"\b(SERVICE|FROM|LATERAL|NOT\s+EXISTS)\b|GROUP_CONCAT|SAMPLE", text)
    prefixes = re.findall(r"^PREFIX (\w+): ", text, re.MULTILINE)
    assert prefixes == sorted(prefixes)
    assert all(re.search(rf"(?<!PREFIX )\b{prefix}:", text) for prefix in prefixes)
    assert "\nORDER BY " in text


def test_every_query_has_a_case_and_every_case_a_query() -> None:
    assert sorted({case.name for case in CASES}) == NAMES


@pytest.mark.parametrize(("name", "variant"), _variants())
def test_a_query_answers_its_case(name: str, variant: str) -> None:
    rows = run(name, _read(HERE / name, "graph/a"), _params(HERE / name, variant))
    assert rows == _expected(HERE / name / f"expected{variant}.csv")


@pytest.mark.parametrize(("name", "variant"), _variants())
def test_what_two_graphs_state_counts_once(name: str, variant: str) -> None:
    rows = run(name, _read(HERE / name, "graph/a", "graph/b"), _params(HERE / name, variant))
    assert rows == _expected(HERE / name / f"expected{variant}.csv")


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_rows_does_not_depend_on_the_order_of_loading(name: str) -> None:
    case = HERE / name
    quads = sorted(_read(case, "graph/a"), key=str, reverse=True)
    store = ox.Store()
    store.extend(quads)
    assert run(name, store, _params(case)) == _expected(case / "expected.csv")
