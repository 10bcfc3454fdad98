"""What a citation holds, as JSON, and as one link that says the same: the address, and behind its # the hashes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from eugraph.errors import CitationError
from eugraph.reports.citing.digest import Digest, text_hash
from eugraph.reports.library import Report

VERSION = 1  # of what is written here
_LINK = re.compile(r"https?://[^\s\"<>{}#]+#eugraph=1&[^\s\"<>{}]+")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_PATH = "/query/"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedRelease:
    """The release that was asked."""

    version: str
    date: str  # YYYY-MM-DD
    sha256: str  # of its graph
    title: str = ""
    publisher: str = ""
    licence: str = ""  # IRI


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An answer, and what is needed to ask for it again."""

    name: str  # of the query
    title: str  # of the query
    query_sha256: str  # of its text
    parameters: Mapping[str, str]
    release: CitedRelease
    result_sha256: str  # see `digest`
    rows: int
    truncated: bool  # whether these are the first rows only
    address: str  # where the answer is to be had, without what follows the #
    lines: tuple[str, ...] = ()  # what stands for each row, where there are not too many

    def as_json(self) -> str:
        """Return everything, for programs and for `read_citation`."""
        said = {"eugraphCitation": VERSION, **asdict(self), "link": link(self)}
        return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def address_of(site: str, name: str, parameters: Mapping[str, str]) -> str:
    """Return where the answer of a report is to be had: below a server, or the base of the release."""
    asked = urlencode(sorted(parameters.items()), quote_via=quote, safe="/")
    return f"{site.rstrip('/')}{_PATH}{quote(name)}{'?' if asked else ''}{asked}"


def link(citation: Citation) -> str:
    """Return the address with what the answer was: a link that can be followed, and verified."""
    release = citation.release
    said = {
        "version": release.version,
        "date": release.date,
        "graph": release.sha256,
        "query": citation.query_sha256,
        "result": citation.result_sha256,
        "rows": str(citation.rows),
        **({"truncated": "yes"} if citation.truncated else {}),
    }
    return f"{citation.address}#eugraph={VERSION}&{urlencode(said, quote_via=quote)}"


def read_citation(text: str) -> Citation:
    """Read a citation in any of its formats: JSON by its keys, all others by the link in them.

    Raises:
        CitationError: it is none, or lacks something.
    """
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    try:
        if isinstance(found, dict) and "eugraphCitation" in found:
            return _from_json(found)
        if match := _LINK.search(text.replace("\\", "")):
            return _from_link(match[0].rstrip(".,;"))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CitationError(
            f"the citation lacks something, or has it in an odd form: {error}. Make it again."
        ) from None
    raise CitationError("this holds no citation that `eugraph cite` wrote: neither its JSON nor its link is here.")


def _from_json(found: dict[str, Any]) -> Citation:
    release = CitedRelease(**{key: str(value) for key, value in found["release"].items()})
    return _checked(
        Citation(
            name=str(found["name"]),
            title=str(found["title"]),
            query_sha256=str(found["query_sha256"]),
            parameters={str(key): str(value) for key, value in found["parameters"].items()},
            release=release,
            result_sha256=str(found["result_sha256"]),
            rows=int(found["rows"]),
            truncated=bool(found["truncated"]),
            address=str(found["address"]),
            lines=tuple(str(line) for line in found["lines"]),
        )
    )


def _from_link(text: str) -> Citation:
    parts = urlsplit(text)
    said = dict(parse_qsl(parts.fragment, strict_parsing=True))
    _, found, name = parts.path.rpartition(_PATH)
    if not found or not name:
        raise ValueError(f"the link {text[:80]} leads to no query")
    return _checked(
        Citation(
            name=unquote(name),
            title="",
            query_sha256=said["query"],
            parameters=dict(parse_qsl(parts.query, keep_blank_values=True)),
            release=CitedRelease(version=said["version"], date=said["date"], sha256=said["graph"]),
            result_sha256=said["result"],
            rows=int(said["rows"]),
            truncated="truncated" in said,
            address=text.partition("#")[0],
        )
    )


def _checked(citation: Citation) -> Citation:
    for key, value in (
        ("graph", citation.release.sha256),
        ("query", citation.query_sha256),
        ("result", citation.result_sha256),
    ):
        if not _SHA256.match(value):
            raise ValueError(f"the hash of the {key} is no SHA-256")
    return citation


def cited(
    report: Report,
    parameters: Mapping[str, str],
    digest: Digest,
    manifest: Mapping[str, Any],
    address: str,
    *,
    truncated: bool,
) -> Citation:
    """Return the citation of an answer.

    Args:
        report: what was asked.
        parameters: what it was asked for.
        digest: stands for what was answered.
        manifest: release.json of the release that was asked.
        address: where the answer is to be had.
        truncated: whether these are the first rows only.
    """
    return Citation(
        name=report.name,
        title=report.title,
        query_sha256=text_hash(report.text),
        parameters=dict(sorted(parameters.items())),
        release=CitedRelease(
            version=str(manifest.get("version", "")),
            date=str(manifest["date"]),
            sha256=str(manifest["graph"]["sha256"]),
            title=str(manifest.get("title", "")),
            publisher=str(manifest.get("publisher", "")),
            licence=str(manifest.get("licence", "")),
        ),
        result_sha256=digest.sha256,
        rows=digest.rows,
        truncated=truncated,
        address=address,
        lines=tuple(digest.lines),
    )
