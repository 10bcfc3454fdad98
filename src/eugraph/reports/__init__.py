"""The query library: named reports with typed parameters, ad-hoc queries, and the formats of their answers."""

from eugraph.reports.answer import FORMATS, Answer, ask, prepare
from eugraph.reports.find import undescribed
from eugraph.reports.library import Library, Report, has_header, parse_report, read_query
from eugraph.reports.parameters import Parameter

__all__ = [
    "FORMATS",
    "Answer",
    "Library",
    "Parameter",
    "Report",
    "ask",
    "has_header",
    "parse_report",
    "prepare",
    "read_query",
    "undescribed",
]
