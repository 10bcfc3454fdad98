"""Literals that a store writes in another form than the data has them, such as "0.0" as "0"."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad, Store

from eugraph.shacl.graph import Term

_NODE = NamedNode("urn:x-eugraph:literal")


def as_stored(literal: Literal) -> Literal:
    """Return a literal as a store gives it back."""
    store = Store()
    store.add(Quad(_NODE, _NODE, literal))
    (quad,) = store
    assert isinstance(quad.object, Literal)
    return quad.object


def as_parsed(found: Term, own: Iterable[Term]) -> Term:
    """Return the term of the data that a store gave back as `found`: one of `own`, else `found` itself."""
    if not isinstance(found, Literal):
        return found
    candidates = [term for term in own if isinstance(term, Literal)]
    if found in candidates:
        return found
    return next((term for term in candidates if as_stored(term) == found), found)
