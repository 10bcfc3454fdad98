"""Random shapes with SPARQL constraints, and with components whose validators are SELECT and ASK queries.

Spec: SHACL §5, <https://www.w3.org/TR/shacl/#sparql-constraints>; §6, <https://www.w3.org/TR/shacl/#sparql-constraint-components>.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from differential.builder import Builder
from differential.chance import Chance, chances
from differential.queries import Wanted, Writer
from differential.shapes import path, targets
from differential.terms import EX, LITERALS, NODES, TEXTS, ex
from eugraph.shacl.graph import Term
from eugraph.vocab import RDF_TYPE, term

_SPACES = {"ex": EX, "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
_PREFIXES = ex("prefixes")
_LIMIT = ex("limit")


def _declare_prefixes(to: Builder) -> None:
    for prefix, space in _SPACES.items():
        declared = ex(f"prefixes/{prefix}")
        to.say(_PREFIXES, "sh:declare", declared)
        to.say(declared, "sh:prefix", Literal(prefix))
        to.say(declared, "sh:namespace", Literal(space, datatype=term("xsd:anyURI")))


def _query(to: Builder, holder: NamedNode, writer: Writer, text: str, name: str) -> None:
    to.say(holder, "sh:prefixes", _PREFIXES)
    to.say(holder, f"sh:{name}", Literal(text))
    to.features |= writer.features


def _constraint(to: Builder, shape: NamedNode, *, with_path: bool) -> None:
    writer = Writer(to.by, Wanted(path=with_path, careful=True))
    holder = NamedNode(f"{shape.value}/query")
    to.say(shape, "sh:sparql", holder)
    _query(to, holder, writer, writer.select(), "select")


def _component(to: Builder) -> None:
    """A component with one parameter, and a validator of each kind that it may have."""
    component = ex("LimitComponent")
    to.say(component, RDF_TYPE, term("sh:ConstraintComponent"))
    parameter = ex("LimitComponent/limit")
    to.say(component, "sh:parameter", parameter)
    to.say(parameter, "sh:path", _LIMIT)
    for name in to.pick((("validator",), ("nodeValidator", "propertyValidator"), ("validator", "propertyValidator"))):
        holder = ex(f"LimitComponent/{name}")
        to.say(component, f"sh:{name}", holder)
        asks = name == "validator"
        to.say(holder, RDF_TYPE, term("sh:SPARQLAskValidator" if asks else "sh:SPARQLSelectValidator"))
        own = ("$limit", "$value") if asks else ("$limit",)
        of_paths = name == "propertyValidator"
        # pySHACL takes ?value to be bound in SELECT validators too, and wants it to be selected by sub-selects.
        wanted = Wanted(path=of_paths, careful=True, variables=own, no_value=not asks, sub_selects=asks)
        writer = Writer(to.by, wanted)
        _query(to, holder, writer, writer.ask() if asks else writer.select(), "ask" if asks else "select")


def sparql_shapes() -> st.SearchStrategy[tuple[list[Quad], frozenset[str]]]:
    """Shapes graphs whose shapes ask queries, and the features of these."""
    return chances().map(_sparql_shapes)


def _sparql_shapes(by: Chance) -> tuple[list[Quad], frozenset[str]]:
    to = Builder(by)
    to.literals = [it for it in LITERALS if it.value not in ("", "false")]  # rdflib takes these for no term in paths
    _declare_prefixes(to)
    declares = to.one_in(2)
    if declares:
        _component(to)
    for _ in range(to.number(1, 2)):
        shape = to.shape_node()
        with_path = to.one_in(2)
        to.say(shape, RDF_TYPE, term("sh:PropertyShape" if with_path else "sh:NodeShape"))
        if with_path:
            to.say(shape, "sh:path", path(to, 1))  # $PATH of paths in paths: see test_known.py
        if not declares or to.one_in(3):
            _constraint(to, shape, with_path=with_path)
        if declares:
            limits: Sequence[Term] = [*NODES, *TEXTS["plain"], *TEXTS["integer"], *TEXTS["tagged"]]
            to.say(shape, _LIMIT, to.pick(limits))
        targets(to, shape)
    return to.quads(), frozenset(to.features)
