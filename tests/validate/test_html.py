"""The page: whole without scripts, and nothing of the data becomes a part of it."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser

import pytest

from eugraph.findings import Severity
from eugraph.validate import Report, pieces
from validate.samples import BASE, HOSTILE, hostile, many, samples

VOID = {"meta", "input"}


class Page(HTMLParser):
    """Elements, attributes and texts; refuses what is not nested well."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("report", samples())
def test_a_page_is_whole_and_lists_each_finding(report: Report) -> None:
    page = Page(report.write("html", BASE))
    rows = [row for row in page.of("li") if "data-severity" in row]
    assert [row["data-severity"] for row in rows] == [finding.severity.word for finding in report.findings]


def test_nothing_is_loaded_and_only_its_own_script_and_style_may_run() -> None:
    page = Page(Report(tuple(hostile())).write("html", BASE))
    assert not {tag for tag, _ in page.tags} & {"img", "link", "iframe", "object", "a", "base"}
    assert not [
        name
        for _, attributes in page.tags
        for name in attributes
        if name in ("src", "href", "style") or name.startswith("on")
    ]
    (policy,) = [m["content"] for m in page.of("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    for tag in ("script", "style"):
        (text,) = page.texts[tag]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_every_hostile_text_is_shown_as_text() -> None:
    page = Page(Report(tuple(hostile())).write("html", BASE))
    messages = "".join(page.texts["p"])
    assert all(text in messages for text in HOSTILE if "\x00" not in text)
    assert not set(messages) & {"\x00", "\x1b", "\ufffe", "\u202e"}


def test_rules_and_files_can_be_chosen() -> None:
    page = Page(Report((*many(2, file="a"), *many(1, file="b", code="other"))).write("html", BASE))
    assert [option.get("value") for option in page.of("option")][2:] == [
        "",
        "name",
        "other",
        "",
        "data/a.ttl",
        "data/b.ttl",
    ]


def test_the_filter_is_hidden_until_a_script_can_run_it() -> None:
    (form,) = Page(Report(tuple(many(2))).write("html", BASE)).of("form")
    assert "hidden" in form


def test_of_very_many_findings_the_gravest_are_on_the_page_and_it_says_so() -> None:
    report = Report((*many(5_000, severity=Severity.INFO), *many(10)))
    text = "".join(pieces("html", report.listing(BASE)))
    assert text.count('<li data-severity="violation"') == 10
    assert text.count('<li data-severity="info"') == 4_990
    assert "10 findings less grave or further down are left out of this page" in text
    assert "".join(pieces("html", report.listing(BASE, whole=True))).count("<li data-severity") == 5_010
