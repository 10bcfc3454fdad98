"""The formats of a report, a module each. A writer takes a `Report`, and yields the text in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from eugraph.exchange.doctor.report import Report
from eugraph.validate.listing import Paint, plain

Writer = Callable[[Report, Paint], Iterator[str]]

_MODULES = {"text": "text", "json": "json_report", "html": "html"}
FORMATS = tuple(_MODULES)


def write(form: str, report: Report, paint: Paint = plain) -> Iterator[str]:
    """Yield a report in one of `FORMATS`; `paint` gives a text its look on a terminal."""
    writer: Writer = import_module(f"{__name__}.{_MODULES[form]}").write
    return writer(report, paint)
