"""The page that `eugraph validate --format html` writes: it can be filtered, fits, and nothing of the data runs in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser.chromium import DARK, LIGHT, document, look
from cli.runner import run
from conftest import copy_tiny

HOSTILE = """@prefix ex: <https://example.org/v#> . @base <https://w3id.org/eugraph/id/> .
<thing/1> a ex:T ; ex:note "<img src=x onerror=alert(1)>", "</script><script>document.title='owned'</script>",
    "\\" autofocus onfocus=\\"alert(2)", "javascript:alert(3)", "{{ 7 * 7 }}" ; ex:contact "<b>call</b>" .
"""
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/v#> .
ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property ex:note , ex:contact .
ex:note sh:path ex:note ; sh:in ( "a" "b" ) .
ex:contact sh:path ex:contact ; sh:severity sh:Warning ; sh:or ( [ sh:nodeKind sh:IRI ] [ sh:pattern "^[+]" ] ) .
"""
FILTER = """
const seen = () => [...document.querySelectorAll("#findings > li")].filter((row) => row.offsetParent !== null).length;
const set = (name, value) => {
  const field = document.getElementById(name);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return [seen(), document.getElementById("shown").textContent];
};
const found = { all: seen() };
found.severity = set("severity", "warning");
set("severity", "");
found.code = set("code", "note");
set("code", "");
found.file = set("file", "data/hostile.ttl");
set("file", "");
found.words = set("words", "ONERROR img");
found.nothing = set("words", "no such words");
found.told = document.getElementById("nothing").offsetParent !== null;
document.querySelector("button[type=reset]").click();
await new Promise((resolve) => setTimeout(resolve, 50));
found.reset = seen();
found.images = document.querySelectorAll("img, b, [onfocus], [onerror]").length;
found.title = document.title;
return found;
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on a workspace with hostile texts."""
    folder = tmp_path_factory.mktemp("report")
    root = copy_tiny(folder / "tiny").root
    (root / "data" / "hostile.ttl").write_text(HOSTILE, encoding="utf-8")
    (root / "shapes" / "own.ttl").write_text(SHAPES, encoding="utf-8")
    outcome = run(root, "validate", "--format", "html")
    assert outcome.status == 1
    path = folder / "report.html"
    path.write_text(outcome.out, encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "scheme"), [(390, DARK), (1440, LIGHT)], ids=["narrow-dark", "wide-light"])
def test_the_report_can_be_filtered_and_nothing_of_the_data_runs(
    axe: Path, page: Path, tmp_path: Path, width: int, scheme: int
) -> None:
    found = look(page, axe, tmp_path, width=width, scheme=scheme, act=FILTER)
    acted = found["acted"]
    assert acted["all"] == acted["reset"] == 14
    assert acted["severity"] == [1, "1 of 14 findings"]
    assert acted["code"] == [5, "5 of 14 findings"]
    assert acted["file"] == [6, "6 of 14 findings"]
    assert acted["words"] == [1, "1 of 14 findings"]
    assert acted["nothing"] == [0, "0 of 14 findings"]
    assert acted["told"]
    assert (acted["images"], acted["title"], found["alerted"]) == (0, "Validation report", False)
    assert found["violations"] == []
    assert found["wide"] == []
    assert not found["scrolls"]
    assert found["dark"] == (scheme == DARK)
    assert found["loaded"] == []


def test_the_page_runs_its_own_script_by_its_own_rules(axe: Path, page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert '<form id="filter" hidden' in text
    printed = document(page, tmp_path)
    assert '<form id="filter" aria-label' in printed
    assert "14 of 14 findings" in printed
    assert "<title>Validation report</title>" in printed


def test_without_scripts_it_is_a_list(axe: Path, page: Path, tmp_path: Path) -> None:
    copy = page.with_name("no-scripts.html")
    text = page.read_text(encoding="utf-8")
    copy.write_text(text.replace("script-src ", "script-src &#39;none&#39;; x-was "), encoding="utf-8")
    printed = document(copy, tmp_path)
    assert '<form id="filter" hidden' in printed
    assert printed.count("<li data-severity=") == 14
