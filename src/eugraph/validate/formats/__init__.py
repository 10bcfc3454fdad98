"""The formats of a report, a module each. A writer takes a `Listing` and yields the text in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from eugraph.validate.listing import Listing

Writer = Callable[[Listing], Iterator[str]]

_MODULES = {
    "text": "text",
    "json": "json_report",
    "ttl": "turtle",
    "jsonld": "jsonld",
    "html": "html",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
}
FORMATS = tuple(_MODULES)


def writer(form: str) -> Writer:
    """Return what writes a format of `FORMATS`; it is loaded when it is asked for, as jinja2 loads slowly."""
    write: Writer = import_module(f"{__name__}.{_MODULES[form]}").write
    return write
