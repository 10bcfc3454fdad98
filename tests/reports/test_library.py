"""Headers of queries: read whole, or refused with the line that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from eugraph.config import Workspace
from eugraph.errors import ParameterError, QueryError, UnknownQueryError
from eugraph.pipeline import build
from eugraph.reports.answer import Answer
from eugraph.reports.library import Library, parse_report
from eugraph.store import Solutions

TEXT = """# title:   Partners
# asks:    With whom has this organisation worked,
#          and how often?
# columns: partner
# param:   organisation iri required e.g. organisation/eha
# param:   since date optional e.g. 2017-01-01
# chart:   bar x=partner y=n
SELECT * { ?s ?p ?organisation FILTER(COALESCE(?d >= ?since, true)) }
"""


def test_a_header_is_read() -> None:
    report = parse_report("partners", TEXT)
    assert report.asks == "With whom has this organisation worked, and how often?"
    assert [(p.name, p.type, p.required, p.example) for p in report.parameters] == [
        ("organisation", "iri", True, "organisation/eha"),
        ("since", "date", False, "2017-01-01"),
    ]
    assert report.example() == {"organisation": "organisation/eha"}


def test_a_list_that_may_be_cut_says_so_and_a_shorter_one_does_not() -> None:
    head = TEXT.replace("# chart:", "# limit:   1000 partners, those of most projects\n# chart:")
    report = parse_report("partners", head)
    assert report.limit

    def told(rows: int) -> str:
        return report.cut(Answer(result=Solutions(("x",), [(None,)] * rows), base_iri="https://example.org/"))

    assert told(999) == ""
    assert told(1000) == (
        "there may be more: at most 1,000 partners, those of most projects, are given. Narrow it by its parameters."
    )
    assert parse_report("partners", TEXT).cut(Answer(result=True, base_iri="https://example.org/")) == ""


@pytest.mark.parametrize("limit", ["many", "1000", "-1 rows", "ten partners"])
def test_a_limit_without_a_number_and_words_is_told(limit: str) -> None:
    with pytest.raises(QueryError, match="a limit reads"):
        parse_report("partners", TEXT.replace("# chart:", f"# limit:   {limit}\n# chart:"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# title:   Partners\n", "", "needs one line `# title: …`"),
        ("# columns: partner\n", "# colums: partner\n", r"partners.rq:4: a header line begins with one of"),
        ("iri required", "uri required", "type one of iri, date"),
        ("required e.g.", "needed e.g.", "required|optional"),
        ("e.g. organisation/eha", "e.g.", "has no example"),
    ],
)
def test_a_broken_header_is_told(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(QueryError, match=said):
        parse_report("partners", TEXT.replace(old, new))


def test_parameters_are_checked_by_name_and_need() -> None:
    report = parse_report("partners", TEXT)
    with pytest.raises(
        ParameterError,
        match=r"the parameter organisation is missing\. Give it a value, such as organisation=organisation/eha \(on the command line after --param\)\.",
    ):
        report.terms({}, "https://example.org/")
    with pytest.raises(ParameterError, match=r"'organization' is unknown; did you mean 'organisation'\?"):
        report.terms({"organization": "x"}, "https://example.org/")


def test_an_unknown_report_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownQueryError, match="did you mean 'partners'"):
        Library({"partners": parse_report("partners", TEXT)})["partner"]


@pytest.mark.parametrize("call", ["RAND()", "now()", "UUID()", "STRUUID()", "BNODE()"])
def test_a_report_whose_answer_would_differ_each_time_is_refused(tmp_path: Path, call: str) -> None:
    (tmp_path / "partners.rq").write_text(TEXT + f"# {call}\n")
    assert Library.open(tmp_path)["partners"].title == "Partners"
    (tmp_path / "partners.rq").write_text(TEXT.replace("?p ?organisation", f"?p ?organisation BIND({call} AS ?now)"))
    with pytest.raises(QueryError, match=r"partners\.rq:8: [A-Z]+ gives something else each time"):
        Library.open(tmp_path)


def test_a_file_that_is_not_utf_8_is_told_and_a_byte_order_mark_is_not(tmp_path: Path) -> None:
    (tmp_path / "partners.rq").write_text(TEXT, encoding="utf-8-sig")
    assert Library.open(tmp_path)["partners"].title == "Partners"
    (tmp_path / "partners.rq").write_bytes(TEXT.encode() + b"# \xff")
    with pytest.raises(QueryError, match=r"partners\.rq: the query is not UTF-8"):
        Library.open(tmp_path)


def test_a_query_that_cannot_be_asked_in_a_build_is_named(tiny: Workspace) -> None:
    (tiny.queries / "partners.rq").write_text(TEXT.replace("SELECT *", "SELEKT *"))
    with pytest.raises(QueryError, match=r"partners\.rq: this is not SPARQL 1\.1"):
        build(tiny, tiny.root / "dist")
