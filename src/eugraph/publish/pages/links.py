"""Addresses: from one page to another, and which addresses elsewhere may become a link."""

from __future__ import annotations

import re

from eugraph.publish.paths import path_of
from eugraph.vocab import shorten

_WEB = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@[^\s@])\S*\Z", re.IGNORECASE)
_PLAIN_FRAGMENT = re.compile(r"[A-Za-z0-9_./-]+")
_PLAIN_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def root_of(path: str) -> str:
    """Return what leads from the page at `path` to the top of the release: "../" for "project/harmony.html"."""
    return "../" * path.count("/")


def document_at(iri: str, base_iri: str) -> str:
    """Return where the page of a thing lies if it has one; "" for what is elsewhere. Both as the release has them."""
    return f"{path_of(iri[len(base_iri) :])}.html" if iri.startswith(base_iri) else ""


def is_web(iri: str) -> bool:
    """Say whether an IRI may be a link: http, https or mailto. Everything else is shown as text."""
    return _WEB.match(iri) is not None


def fragment(rest: str) -> str:
    """Return the id of a thing in the document of another one, for the part of its IRI that follows the base."""
    return rest if _PLAIN_FRAGMENT.fullmatch(rest) else path_of(rest)


def anchor(iri: str) -> str:
    """Return the id of a term on a reference page: its local name where the namespace is ours, else with the prefix."""
    short = shorten(iri)
    prefix, _, name = short.partition(":")
    if short[0] != "<" and _PLAIN_ANCHOR.fullmatch(name):
        return name if iri.startswith("https://w3id.org/eugraph/") or prefix == "country" else f"{prefix}-{name}"
    return path_of(iri.partition("://")[2] or iri)
