"""What a page needs that loads nothing: its parts, a policy that lets in no other, and text that stays text.

Spec: Content Security Policy Level 3, <https://www.w3.org/TR/CSP3/>.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, partial
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")  # what HTML cannot hold
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # would turn what follows around


def safe(text: str) -> str:
    """Return the text without characters that HTML cannot hold, and with a mark where one would turn the writing."""
    return _TURNING.sub("\N{REPLACEMENT CHARACTER}", _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text))


def frame() -> dict[str, object]:
    """Return what the templates of reports share: style, script, and the policy that allows these and no others."""
    style, script = part(__package__, "report.css"), part(__package__, "report.js")
    return {
        "policy": f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'",
        "style": Markup(style),  # noqa: S704 - our own
        "script": Markup(script),  # noqa: S704 - our own
    }


@cache
def environment(package: str) -> Environment:
    """Return what renders the templates in the folder `page` of a package; every value is escaped."""
    return Environment(
        loader=FunctionLoader(partial(part, package)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def part(package: str, name: str) -> str:
    """Return a file of the folder `page` of a package."""
    return (files(package) / "page" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
