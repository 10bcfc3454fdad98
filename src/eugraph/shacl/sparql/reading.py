"""Reads the query that a node of the shapes graph holds, with its prefixes, and refuses what it may not be.

Spec: SHACL §5.2.1, <https://www.w3.org/TR/shacl/#sparql-prefixes>; appendix A, <https://www.w3.org/TR/shacl/#pre-binding>.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from pyoxigraph import Literal, NamedNode, Store

from eugraph.errors import QueryError
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Path
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.shacl.sparql.ask import SHAPES_GRAPH, Question
from eugraph.shacl.sparql.query import ConstraintQuery, QueryFaultError
from eugraph.store.belt import keyword_fault
from eugraph.store.guard import refuse_outward

_CLAUSE = "5.2.1"
_PREFIX = re.compile(r"(?:[A-Za-z][\w.-]*)?")
_NAMESPACE = re.compile(r"""[^<>"{}|^`\\\x00-\x20]+""")


def compile_query(
    shapes: ShapesGraph,
    shape: Term,
    holder: Term,
    name: str,
    *,
    rows: Sequence[str],
    path: Path | None,
    parameters: Mapping[str, Term] | None = None,
) -> Question:
    """Return the query ready to be asked.

    Args:
        shapes: the shapes graph.
        shape: whose constraint it is.
        holder: the node that has the query.
        name: under which it has it, "sh:select" or "sh:ask".
        rows: the variables that rows bind.
        path: what `$PATH` stands for; None at node shapes.
        parameters: values of a component's parameters, by variable.

    Raises:
        ShapesError: the query is not SPARQL, or does what SHACL does not let it do.
    """
    (value,) = shapes.values(holder, name)
    text = shapes.text(shape, name, value, _CLAUSE)
    prologue = prefixes(shapes, shape, holder)
    constants = {"shapesGraph": str(SHAPES_GRAPH)}
    if path is not None:
        constants["PATH"] = path.sparql()
    try:
        refuse_outward(text, own_graphs="urn:x-eugraph:none")
        query = _filled(text, prologue, rows, constants, parameters or {})
        if query.asks != (name == "sh:ask"):
            raise QueryFaultError(f"it is no {name.removeprefix('sh:').upper()}")
        if fault := keyword_fault(prologue + query.filled, "service"):
            raise QueryFaultError(f"it is not SPARQL 1.1: {fault}")
        Store().query(prologue + query.filled)
        question = Question(query, partial(shapes.late, shape))
    except QueryFaultError as error:
        raise shapes.fault(shape, f"its query cannot be asked: {error}", "Mend the query.", "A") from None
    except SyntaxError as error:
        fault = f"its query is not SPARQL 1.1: {error.msg}"
        raise shapes.fault(shape, fault, "Mend the query.", _CLAUSE) from None
    except (QueryError, RuntimeError, OSError) as error:
        raise shapes.fault(shape, f"its query cannot be asked: {error}", "Mend the query.", "A") from None
    return question


def _filled(
    text: str, prologue: str, rows: Sequence[str], constants: Mapping[str, str], given: Mapping[str, Term]
) -> ConstraintQuery:
    """Return the query with its parameters put in as terms, those apart that SPARQL does not let stand there.

    A blank node would be a variable, and a literal cannot be a subject: such parameters are bound by rows.
    """

    def filled(*kinds: type) -> ConstraintQuery:
        terms = {name: str(node) for name, node in given.items() if isinstance(node, kinds)}
        bound = [*rows, *sorted(given.keys() - terms.keys())]
        return ConstraintQuery(text, prologue=prologue, rows=bound, constants={**constants, **terms})

    query = filled(NamedNode, Literal)
    if not given:
        return query
    try:
        Store().query(prologue + query.filled)
    except SyntaxError:
        return filled(NamedNode)
    return query


def prefixes(shapes: ShapesGraph, shape: Term, holder: Term) -> str:
    """The prefix declarations that a query may use, in a fixed order.

    Raises:
        ShapesError: one prefix stands for two namespaces.
    """
    waiting, seen = list(shapes.values(holder, "sh:prefixes")), set[Term]()
    found: dict[str, str] = {}
    while waiting:
        if (at := waiting.pop()) in seen:
            continue
        seen.add(at)
        waiting += shapes.values(at, "owl:imports")
        for declared in shapes.values(at, "sh:declare"):
            for prefix in shapes.values(declared, "sh:prefix"):
                for space in shapes.values(declared, "sh:namespace"):
                    if not _PREFIX.fullmatch(prefix.value) or not _NAMESPACE.fullmatch(space.value):
                        fault = f"it cannot declare {prefix} as {space}"
                        raise shapes.fault(shape, fault, "Write a prefix and a namespace as texts.", _CLAUSE)
                    if found.setdefault(prefix.value, space.value) != space.value:
                        fault = f"the prefix {prefix.value!r} is declared for two namespaces"
                        raise shapes.fault(shape, fault, "Keep one.", _CLAUSE)
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in sorted(found.items()))
