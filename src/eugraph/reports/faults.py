"""What is wrong with a query that an engine cannot read, in words for the one who wrote it.

Engines name what their grammar would have gone on with, which for a missing PREFIX is the word OPTIONAL. So the
commonest slips are looked for first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from eugraph.errors import did_you_mean
from eugraph.store.tokens import Token, place_of, solid
from eugraph.vocab import PREFIXES

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_CLOSING = {"{": "}", "(": ")", "[": "]"}
_EXPECTED = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"[A-Z]+[a-z]* [a-zA-Z ]+")
_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_MOST = 8  # expectations shown


def explained(said: str, text: str) -> str:
    """Return what to tell of a query that is not SPARQL.

    Args:
        said: what the engine says.
        text: the query.
    """
    found = solid(text)
    fault = _form(found) or _prefix(found) or _bracket(found) or _relative(found)
    if fault is None:
        return _tidied(said)
    at, what = fault
    return f"this is not SPARQL 1.1: {place_of(text, at.offset)}: {what}"


def _form(found: Sequence[Token]) -> tuple[Token, str] | None:
    """The first word that is none of those with which a query goes on after its prefixes."""
    at = 0
    while at < len(found) and found[at].text.upper() in ("PREFIX", "BASE"):
        at += 3 if found[at].text.upper() == "PREFIX" else 2
    if at >= len(found) or found[at].text.upper() in _FORMS:
        return None
    word = found[at].text
    near = did_you_mean(word, _FORMS)
    return found[at], f"a query goes on with {', '.join(_FORMS)} after its prefixes, not with {word!r}{near or '.'}"


def _prefix(found: Sequence[Token]) -> tuple[Token, str] | None:
    """The first prefix that is not declared."""
    declared: set[str] = set()
    last = ""
    for token in found:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and last == "PREFIX":
            declared.add(prefix)
        elif token.kind == "name" and prefix != "_" and prefix not in declared:
            near = "" if prefix in PREFIXES else did_you_mean(prefix, declared - {""})
            line = f" Add the line PREFIX {prefix}: <{PREFIXES[prefix]}>" if prefix in PREFIXES else " Declare it."
            return token, f"no PREFIX is declared for {token.text}{near or '.'}{line}"
        last = token.text.upper()
    return None


def _bracket(found: Sequence[Token]) -> tuple[Token, str] | None:
    """The innermost bracket that is not closed, or that is closed by another one."""
    opened: list[Token] = []
    for token in found:
        if token.kind == "other" and token.text in _CLOSING:
            opened.append(token)
        elif token.kind == "other" and token.text in _CLOSING.values():
            if not opened:
                return token, f"no bracket is open that {token.text} would close. Delete it."
            if _CLOSING[opened[-1].text] != token.text:
                return opened[-1], f"the bracket {opened[-1].text} is closed by {token.text}. Mend one of them."
            opened.pop()
    return (opened[-1], f"the bracket {opened[-1].text} is not closed. Close it.") if opened else None


def _relative(found: Sequence[Token]) -> tuple[Token, str] | None:
    """The first address that is not whole, where no line BASE makes it so."""
    if any(token.kind == "word" and token.text.upper() == "BASE" for token in found):
        return None
    for token in found:
        if token.kind == "iri" and not _SCHEME.match(token.text):
            return token, f"{token.text} is no whole IRI. Write it whole, or begin the query with a line BASE <…>."
    return None


def _tidied(said: str) -> str:
    """Return what the engine says without the character classes of its grammar."""
    if not (match := _EXPECTED.search(said)):
        return said
    parts = match[3].split(", ")
    sentences = [part for part in parts if _SENTENCE.fullmatch(part)]
    words = [part for part in parts if part[:1] != "["]
    what = f"{sentences[0]}." if sentences else ""
    if words and not what:
        shown = ", ".join(words[:_MOST]) + (", …" if len(words) > _MOST else "")
        what = f"expected {'one of ' if len(words) > 1 else ''}{shown}."
    end = f"line {match[1]}, column {match[2]}: {what or 'something else is expected here.'}"
    return f"{said[: match.start()]}{end} Mend the query there or just before."
