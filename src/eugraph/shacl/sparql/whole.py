"""A query without prefixes, so that it can stand within another one.

Spec: SPARQL 1.1 §4.1.1, <https://www.w3.org/TR/sparql11-query/#prefNames>.
"""

from __future__ import annotations

import re

from eugraph.shacl.sparql.query import declared
from eugraph.store.tokens import tokens

_ESCAPED = re.compile(r"\\(.)")


def without_prefixes(text: str) -> str:
    """Return a query that is known to be SPARQL, with every prefixed name written out and its prefixes taken out."""
    spaces = declared(text)
    pieces: list[str] = []
    left = 0  # tokens of a PREFIX declaration that are still to come
    for token in tokens(text):
        solid = token.kind not in ("comment", "space")
        if token.kind == "word" and token.text.upper() == "PREFIX":
            left = 2
        elif left:
            left -= solid
        elif token.kind == "comment":
            pieces.append("\n")
        elif token.kind == "name" and not token.text.startswith("_:"):
            prefix, _, local = token.text.partition(":")
            unescaped = _ESCAPED.sub(r"\1", local)
            pieces.append(f"<{spaces[prefix]}{unescaped}>")
        else:
            pieces.append(token.text)
    return "".join(pieces).strip()
