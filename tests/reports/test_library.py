"""Headers of queries: read whole, or refused with the line that is wrong."""

from __future__ import annotations

import pytest

from eugraph.errors import ParameterError, QueryError, UnknownQueryError
from eugraph.reports.library import Library, parse_report

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
        ParameterError, match=r"the parameter organisation is missing\. Add --param organisation=organisation/eha\."
    ):
        report.terms({}, "https://example.org/")
    with pytest.raises(ParameterError, match=r"'organization' is unknown; did you mean 'organisation'\?"):
        report.terms({"organization": "x"}, "https://example.org/")


def test_an_unknown_report_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownQueryError, match="did you mean 'partners'"):
        Library({"partners": parse_report("partners", TEXT)})["partner"]
