"""A citation as people and reference managers take it. Each holds the link, so each can be verified."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from eugraph.reports.citing.citation import Citation, link
from eugraph.reports.wording import date_in_words

_TEX = {
    **{character: f"\\{character}" for character in "&%$#_{}"},
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write_citation(citation: Citation, form: str) -> str:
    """Return a citation in one of `FORMATS`, with a line feed at its end."""
    return FORMATS[form](citation)


def _title(citation: Citation) -> str:
    given = ", ".join(f"{name}: {value}" for name, value in sorted(citation.parameters.items()))
    return f"{citation.title} ({given})" if given else citation.title


def _holding(citation: Citation) -> str:
    """What the answer is, and of what."""
    release = citation.release
    rows = "1 row" if citation.rows == 1 else f"{citation.rows:,} rows"
    which = f"first {rows}" if citation.truncated else rows
    asked = f"{release.title}, version {release.version} of {date_in_words(release.date)}"
    return f"Query {citation.name} over {asked}; {which}"


def _text(citation: Citation) -> str:
    release = citation.release
    return f"{release.publisher} ({release.date[:4]}). {_title(citation)}. {_holding(citation)}. {link(citation)}\n"


def _bibtex(citation: Citation) -> str:
    release = citation.release
    month = _MONTHS[int(release.date[5:7]) - 1]
    key = re.sub(r"[^a-z0-9]+", "-", f"{citation.name}-{release.date}-{citation.result_sha256[:8]}".lower())
    fields = {
        "author": f"{{{_tex(release.publisher)}}}",
        "title": f"{{{_tex(_title(citation))}}}",
        "year": release.date[:4],
        "howpublished": _tex(_holding(citation)),
        "note": f"Result SHA-256 {citation.result_sha256}",
        "url": link(citation),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items()]
    return f"@misc{{{key},\n{''.join(lines)}  month = {month}\n}}\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _csl(citation: Citation) -> str:
    """Spec: <https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html>."""
    release = citation.release
    item = {
        "id": f"{citation.name}-{release.date}-{citation.result_sha256[:8]}",
        "type": "dataset",
        "title": _title(citation),
        "author": [{"literal": release.publisher}],
        "container-title": release.title,
        "version": release.version,
        "issued": {"date-parts": [[int(part) for part in release.date.split("-")]]},
        "publisher": release.publisher,
        "note": f"{_holding(citation)}. Result SHA-256 {citation.result_sha256}",
        "URL": link(citation),
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Citation], str]] = {
    "text": _text,
    "bibtex": _bibtex,
    "csl": _csl,
    "json": Citation.as_json,
}
MEDIA_TYPES = {
    "text": "text/plain; charset=utf-8",
    "bibtex": "application/x-bibtex",
    "csl": "application/vnd.citationstyles.csl+json",
    "json": "application/json",
}
