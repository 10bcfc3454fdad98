"""What follows from statements, kept up to date: after a change only the steps that look at it are taken again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from pyoxigraph import NamedNode, Quad, Triple

from eugraph.derive.steps import RULES_BEFORE_VALUES, STEPS, VALUES, classes, consulted, looks_at, plain_values, rule
from eugraph.errors import QueryError
from eugraph.store import EmbeddedStore, Graph
from eugraph.vocab import RDF_TYPE, term

_SINGLE = term("eug:SingleValuedProperty")
_SPACE = "urn:x-eugraph:"
_BACKGROUND = NamedNode(f"{_SPACE}background")
_CHANGED = NamedNode(f"{_SPACE}changed")  # what came later
_STEPS = {step: NamedNode(f"{_SPACE}step:{step}") for step in STEPS}  # what each step finds, in the store
_KEPT = (_BACKGROUND, *_STEPS.values())

_Statement = TypeVar("_Statement", Quad, Triple, Quad | Triple)


class Derivation:
    """The steps over statements that change. What is derived is always what deriving anew would give."""

    def __init__(self, quads: Iterable[Quad], background: Iterable[Quad]) -> None:
        """Take every step.

        Args:
            quads: the curated statements.
            background: ontology and concept schemes, which the rules consult.
        """
        stated = _by_predicate(quads)
        known = [quad for quad in background if quad.predicate in consulted()]
        seen = chain.from_iterable(_seen(predicate, stated.get(predicate, ())) for predicate in consulted())
        self._store = EmbeddedStore(chain(seen, _in_graph(known, _BACKGROUND)))
        self._single = {quad.subject for quad in known if quad.object == _SINGLE}
        self._stated: dict[NamedNode, Sequence[Quad | Triple]] = {**stated}
        self._found: dict[str, dict[Triple, None]] = {step: {} for step in STEPS}
        self._take(STEPS, set(consulted()))

    @property
    def triples(self) -> list[Triple]:
        """What follows and is not stated, each once."""
        found = {triple: None for triples in self._found.values() for triple in triples}
        said = chain.from_iterable(map(self._said, {triple.predicate for triple in found}))
        stated = {_triple(statement) for statement in said}
        return [triple for triple in found if triple not in stated]

    def __contains__(self, triple: Triple) -> bool:
        """Tell whether a statement follows, stated or not."""
        return any(triple in found for found in self._found.values())

    def update(self, gone: Collection[Triple], come: Collection[Triple]) -> tuple[list[Triple], list[Triple]]:
        """Bring it up to date.

        Args:
            gone: curated statements that no file states any more.
            come: those that one states now and none did.

        Returns:
            The statements that no step finds any more, and those that one finds now and none did, stated or not.
        """
        touched = {triple.predicate for triple in (*gone, *come)}
        first = next((place for place, step in enumerate(STEPS) if not touched.isdisjoint(looks_at(step))), len(STEPS))
        for step in STEPS[first:]:  # those before would find the same
            self._store.clear(_STEPS[step])  # a step sees only what came before
        self._change(gone, come)
        before = dict(self._found)
        changed = self._take(STEPS[first:], touched)
        was = {triple for triple in changed if any(triple in found for found in before.values())}
        now = {triple for triple in changed if triple in self}
        return list(was - now), list(now - was)

    def _said(self, predicate: NamedNode) -> Sequence[Quad | Triple]:
        return self._stated.get(predicate, ())

    def _change(self, gone: Collection[Triple], come: Collection[Triple]) -> None:
        lost, new = _by_predicate(gone), _by_predicate(come)
        for predicate in lost.keys() | new.keys():
            went = set(lost.get(predicate, ()))
            left = [statement for statement in self._said(predicate) if _triple(statement) not in went]
            came = new.get(predicate, [])
            self._stated[predicate] = [*left, *came]
            if predicate not in consulted():
                continue
            for triple in went:
                self._store.remove(triple, but_in=_KEPT)
            # The store does not tell "1.0" from "1", so with a statement that went it may have lost one that stays.
            subjects = {triple.subject for triple in went}
            stay = [statement for statement in left if statement.subject in subjects]
            self._store.extend(_in_graph(_seen(predicate, [*stay, *came]), _CHANGED))

    def _take(self, steps: Sequence[str], touched: set[NamedNode]) -> set[Triple]:
        """Take those of the steps that look at a predicate in `touched`; return what differs from before."""
        changed: set[Triple] = set()
        for step in steps:
            if not touched.isdisjoint(looks_at(step)):
                found = dict.fromkeys(self._values() if step == VALUES else apply_rule(step, self._store))
                differing = found.keys() ^ self._found[step].keys()
                touched |= {triple.predicate for triple in differing}
                changed |= differing
                self._found[step] = found
            self._store.extend(_in_graph(self._found[step], _STEPS[step]))
        return changed

    def _values(self) -> Iterator[Triple]:
        ruled = [triple for name in RULES_BEFORE_VALUES for triple in self._found[name]]
        return plain_values(self._stated, ruled, self._single)


def apply_rule(name: str, store: EmbeddedStore) -> Sequence[Triple]:
    """Return what a rule makes of the statements in a store."""
    answer = store.query(rule(name))
    if not isinstance(answer, Graph):
        raise QueryError(f"the rule {name} is no CONSTRUCT.")
    return answer.triples


def _by_predicate(statements: Iterable[_Statement]) -> dict[NamedNode, list[_Statement]]:
    found: dict[NamedNode, list[_Statement]] = {}
    for statement in statements:
        found.setdefault(statement.predicate, []).append(statement)
    return found


def _seen(predicate: NamedNode, statements: Sequence[_Statement]) -> Sequence[_Statement]:
    """Those of the statements of a predicate that a rule may see."""
    if predicate != RDF_TYPE:
        return statements
    return [statement for statement in statements if statement.object in classes()]


def _in_graph(statements: Iterable[Quad | Triple], graph: NamedNode) -> Iterator[Quad]:
    return (Quad(subject, predicate, value, graph) for subject, predicate, value, *_ in statements)


def _triple(statement: Quad | Triple) -> Triple:
    return statement.triple if isinstance(statement, Quad) else statement
