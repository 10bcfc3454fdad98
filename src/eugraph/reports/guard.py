"""Refuse a query that would leave the store: SERVICE, LOAD, FROM of files and addresses, and every update.

Engines follow some of these by themselves, so the text is looked at before one sees it.
"""

from __future__ import annotations

from eugraph.errors import RefusedQueryError
from eugraph.reports.tokens import Token, tokens

_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"))
_OUTWARD = "Queries read the graph at hand only; fetch the other data first and put it into the workspace."


def refuse_outward(text: str, *, own_graphs: str) -> None:
    """Raise RefusedQueryError where `text` reaches beyond the store.

    Args:
        text: a SPARQL query.
        own_graphs: what the names of the store's own graphs begin with; FROM may name these.
    """
    solid = [token for token in tokens(text) if token.kind not in ("comment", "space")]
    prologue = True
    for index, token in enumerate(solid):
        where = f"line {text.count(chr(10), 0, token.offset) + 1}"
        if token.text == "\\":  # \u0053ERVICE is SERVICE to some engines (SPARQL 1.1 §19.2)
            raise RefusedQueryError(f"{where}: a character is escaped outside of a text or IRI. Write it plainly.")
        if token.kind != "word":
            continue
        word = token.text.upper()
        if word == "SERVICE":
            raise RefusedQueryError(f"{where}: SERVICE would ask another endpoint. {_OUTWARD}")
        if word == "FROM":
            _check_from(solid, index, where, own_graphs)
        if prologue and word in _UPDATES:
            raise RefusedQueryError(f"{where}: {word} is an update; this command only reads.")
        if word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            prologue = False
        elif not prologue and word == "LOAD":
            raise RefusedQueryError(f"{where}: LOAD would read a file or an address. {_OUTWARD}")


def _check_from(solid: list[Token], index: int, where: str, own_graphs: str) -> None:
    rest = [token for token in solid[index + 1 : index + 3] if token.text.upper() != "NAMED"]
    named = rest[0] if rest else None
    if named is None or named.kind != "iri" or not named.text[1:-1].startswith(own_graphs):
        what = named.text if named else "nothing"
        raise RefusedQueryError(f"{where}: FROM {what} is none of the store's graphs, <{own_graphs}…>. {_OUTWARD}")
