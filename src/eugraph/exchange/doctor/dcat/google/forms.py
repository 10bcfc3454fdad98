"""Of which form the values of a dataset must be, and what to say of one that is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from eugraph.exchange.doctor.dcat.google.reading import Document, Node
from eugraph.exchange.doctor.dcat.wrong import VALUE

_ZONE = r"(?:Z|[+-]\d\d:?\d\d)?"
_TIME = rf"\d{{4}}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T\d\d(?::?\d\d(?::?\d\d(?:\.\d+)?)?)?{_ZONE})?)?)?"
_SPAN = r"P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?"
_PERIOD = re.compile(rf"{_TIME}(?:/(?:{_TIME}|{_SPAN}|\.\.)?)?|\.\./{_TIME}|{_SPAN}/{_TIME}")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_SHOWN = 80  # characters of a value


class Form(NamedTuple):
    """What the values of a property must be."""

    name: str
    text: Callable[[str], bool]  # whether a text will do
    parts: tuple[str, ...]  # one of which an object must have; () where an object will not do
    remedy: str


def is_period(text: str) -> bool:
    """Tell whether a text is a time, or a period as start/end, by ISO 8601; an open end is `..` or left out."""
    return _PERIOD.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Tell whether a text is an absolute http address."""
    return _ADDRESS.fullmatch(text) is not None


def _never(_: str) -> bool:
    return False


def _always(_: str) -> bool:
    return True


def _truth(text: str) -> bool:
    return text.lower() in ("true", "false") or text.endswith(("schema.org/True", "schema.org/False"))


_NAMED = "Write a Person or an Organization with its name."
OF_DATASETS = (
    Form("temporalCoverage", is_period, ("startDate",), "Write ISO 8601, such as 2014-01-01/2020-12-31."),
    Form("spatialCoverage", _always, ("name", "geo"), "Name the place, or give its coordinates."),
    Form("license", is_address, ("url", "@id"), "Name the licence by its address."),
    Form("creator", _never, ("name",), _NAMED),
    Form("funder", _never, ("name",), _NAMED),
    Form("publisher", _never, ("name",), _NAMED),
    Form("identifier", _always, ("value", "url", "@id"), "Give the identifier as value."),
    Form("url", is_address, (), "Write an absolute address."),
    Form("sameAs", is_address, (), "Write an absolute address."),
    Form("isAccessibleForFree", _truth, (), "Write true or false."),
    Form("distribution", _never, ("@type", "contentUrl"), "Write a DataDownload with contentUrl and encodingFormat."),
)
OF_FILES = (Form("contentUrl", is_address, (), "Write an absolute address."),)


def misshapen(document: Document, node: Node, forms: tuple[Form, ...]) -> Iterator[tuple[str, str]]:
    """Yield a message with VALUE in it, and the value, for each that is not of its form."""
    for form in forms:
        for value in document.values(node, form.name):
            if isinstance(value, dict):
                if not any(document.values(value, part) for part in form.parts):
                    lacks = f" without {' or '.join(form.parts)}" if form.parts else ""
                    yield f"{form.name} is an object{lacks}. {form.remedy}", ""
            elif not form.text(str(value)):
                yield f"{form.name} is “{VALUE}”. {form.remedy}", str(value)[:_SHOWN]
