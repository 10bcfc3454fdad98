"""Refuse a query that would leave the store: SERVICE, LOAD, FROM of files and addresses, and every update.

Engines follow some of these by themselves, so the text is looked at before one sees it. Engines need no space around a
keyword: `trueSERVICE <x:y>` asks an endpoint, and so does `SERVICEa:x` with the prefix `a`. So keywords are looked for
inside of words and of prefixes too. The embedded store has a belt of its own, `eugraph.store.belt`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from eugraph.errors import QuerySyntaxError, RefusedQueryError
from eugraph.store.tokens import Token, place_of, solid

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_OUTWARD = "Queries read the graph at hand only; fetch the other data first and put it into the workspace."
_DOTS = re.compile(r"/\.\.?(?=[/?#]|\Z)")


def refuse_outward(text: str, *, own_graphs: str, graphs: Collection[str] = (), services: Collection[str] = ()) -> None:
    """Raise RefusedQueryError where `text` reaches beyond the store.

    Args:
        text: a SPARQL query.
        own_graphs: what the names of the store's own graphs begin with; FROM may name these. "" for none.
        graphs: other names that FROM may name.
        services: endpoints that SERVICE may name, each by its whole IRI.

    Raises:
        RefusedQueryError: the query reads something else, or it writes.
        QuerySyntaxError: there is no query, only space and comments.
    """
    pieces = solid(text)
    if not pieces:
        raise QuerySyntaxError("the query is empty. Write SELECT, ASK, CONSTRUCT or DESCRIBE.")
    prologue, depth = True, 0
    for index, token in enumerate(pieces):
        fault = ""
        if token.kind == "word":
            fault = _word_fault(pieces, index, prologue, _Allowed(own_graphs, graphs, services))
            prologue = prologue and not token.text.upper().startswith(_FORMS)
        elif token.kind == "name":
            fault = _name_fault(pieces, index, outside=depth == 0)
        elif token.kind == "other":
            depth += (token.text in "{(") - (token.text in ")}")
            if token.text == "\\":  # \u0053ERVICE is SERVICE to some engines (SPARQL 1.1 §19.2)
                fault = "a character is escaped outside of a text or IRI. Write it plainly."
        if fault:
            raise RefusedQueryError(f"{place_of(text, token.offset)}: {fault}")


class _Allowed(NamedTuple):
    """What a query may name."""

    own_graphs: str
    graphs: Collection[str]
    services: Collection[str]


def without_services(text: str, services: Collection[str]) -> str:
    """Return the query with GRAPH in the place of each SERVICE that may stand, for looking at what is left."""
    pieces = solid(text)
    parts, end = [], 0
    for index, token in enumerate(pieces):
        if _is_service(token) and (named := _service(pieces, index)) in services:
            until = next(piece.offset for piece in pieces[index:] if piece.text == f"<{named}>")
            parts += [text[end : token.offset], "GRAPH "]
            end = until
    return "".join((*parts, text[end:]))


def _is_service(token: Token) -> bool:
    return token.kind == "word" and token.text.upper() == "SERVICE"


def _service(pieces: Sequence[Token], index: int) -> str:
    """The IRI that the SERVICE at a place names as a constant, "" where it does not."""
    following = pieces[index + 1 : index + 3]
    if following and following[0].text.upper() == "SILENT":
        following = following[1:]
    return following[0].text[1:-1] if following and following[0].kind == "iri" else ""


def _word_fault(pieces: Sequence[Token], index: int, prologue: bool, allowed: _Allowed) -> str:
    word = pieces[index].text.upper()
    if "SERVICE" in word:
        if allowed.services:
            return _service_fault(pieces, index, allowed.services)
        return f"SERVICE would ask another endpoint. {_OUTWARD}"
    if word == "FROM":
        return _from_fault(pieces[index + 1 : index + 3], allowed)
    if "FROM" in word:
        return f"{pieces[index].text} holds the word FROM. Put a space before and after it."
    if prologue and (update := next((update for update in _UPDATES if word.startswith(update)), None)):
        return f"{update} is an update; this command only reads."
    return f"LOAD would read a file or an address. {_OUTWARD}" if "LOAD" in word else ""


def _service_fault(pieces: Sequence[Token], index: int, services: Collection[str]) -> str:
    if _is_service(pieces[index]) and _service(pieces, index) in services:
        return ""
    listed = ", ".join(f"<{service}>" for service in sorted(services))
    return f"SERVICE may name {listed} only, written out as a whole IRI between < and >."


def _from_fault(following: Sequence[Token], allowed: _Allowed) -> str:
    rest = [token for token in following if token.text.upper() != "NAMED"]
    named = rest[0] if rest else None
    if named and named.kind == "iri":
        name, own = named.text[1:-1], allowed.own_graphs
        if name in allowed.graphs or (own and name.startswith(own) and not _DOTS.search(named.text[:-1])):
            return ""
    what = named.text if named else "nothing"
    shown = f", <{allowed.own_graphs}…>" if allowed.own_graphs else ""
    return f"FROM {what} is none of the store's graphs{shown}. {_OUTWARD}"


def _name_fault(pieces: Sequence[Token], index: int, *, outside: bool) -> str:
    """The fault of a name whose prefix an engine could read as a keyword, here, and the rest as another name.

    SERVICE is one only before a brace, and FROM only outside of all braces. The prefix alone can be a name too, where
    it makes no IRI together with the rest: then the rest is looked at.
    """
    name, last = pieces[index].text, pieces[index - 1].text.upper() if index else ""
    prefix, _, local = name.upper().partition(":")
    if last == "PREFIX":
        return ""
    following = [token.text for token in pieces[index + 1 : index + 4]]
    if last != "GRAPH" and (
        ("SERVICE" in prefix and following[:1] == ["{"])
        or (
            local.startswith("SERVICE")
            and "{" in following
            and not {".", ";", ",", "}"} & set(_before_brace(following))
        )
    ):
        return f"{name} before a brace can be read as SERVICE, which would ask another endpoint. Write the IRI in full."
    if outside and "FROM" in prefix:
        return f"{name} can be read as FROM, which would read another graph. Write the IRI in full."
    return ""


def _before_brace(texts: Sequence[str]) -> Sequence[str]:
    return texts[: texts.index("{")]
