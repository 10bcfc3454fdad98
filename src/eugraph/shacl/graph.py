"""The data graph as validation reads it: terms as numbers, statements by predicate, each term exactly as parsed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from eugraph.rdf.collecting import without_collecting
from eugraph.vocab import RDF_TYPE, term

Term = NamedNode | BlankNode | Literal
Step = Mapping[int, Sequence[int]]

_SUBCLASS = term("rdfs:subClassOf")


class Graph:
    """An index over statements, filled by one scan.

    Numbers stand for terms: equal terms have equal numbers, and `terms[number]` is the term. Only the statements of the
    predicates that were asked for are kept.
    """

    def __init__(self, statements: Iterable[Quad | Triple], predicates: Collection[NamedNode] | None = None) -> None:
        """Scan statements.

        Args:
            statements: read once. A statement that comes twice counts once.
            predicates: those to keep; None keeps all.
        """
        self._numbers: dict[Term, int] = {}
        self.terms: list[Term] = []
        self._forward: dict[int, dict[int, Sequence[int]]] = {}  # of a predicate: subject -> values, each once
        self._backward: dict[int, Step] = {}
        self._subclasses: dict[int, frozenset[int]] = {}
        self.add(statements, predicates)

    def add(self, statements: Iterable[Quad | Triple], predicates: Collection[NamedNode] | None = None) -> None:
        """Take in more statements; those of other predicates than the given ones are passed over."""
        number, size = self._numbers.setdefault, self._numbers.__len__
        found: dict[NamedNode, tuple[list[int], list[int]]] = {predicate: ([], []) for predicate in predicates or ()}
        with without_collecting():
            for statement in statements:
                ends = found.get(statement.predicate)
                if ends is None:
                    if predicates is not None:
                        continue
                    ends = found[statement.predicate] = ([], [])
                subjects, values = ends
                subjects.append(number(statement.subject, size()))  # type: ignore[arg-type]  # a triple term is
                values.append(number(statement.object, size()))  # type: ignore[arg-type]  # a term, too
            self.terms += islice(self._numbers, len(self.terms), None)
            for predicate, (subjects, values) in found.items():
                if subjects:
                    self._state(self.number(predicate), subjects, values)
        self._forget()

    def _state(self, predicate: int, subjects: Sequence[int], values: Sequence[int]) -> None:
        """Note the statements of a predicate, whose subjects and values stand at the same places."""
        fresh: dict[int, Sequence[int]] = dict(zip(subjects, zip(values, strict=True), strict=True))
        if len(fresh) < len(subjects):
            several: dict[int, list[int]] = {subject: [] for subject in fresh}
            for subject, value in zip(subjects, values, strict=True):
                several[subject].append(value)
            fresh = {subject: tuple(dict.fromkeys(each)) for subject, each in several.items()}
        known = self._forward.setdefault(predicate, fresh)
        if known is not fresh:
            fresh.update((s, tuple(dict.fromkeys((*known[s], *fresh[s])))) for s in known.keys() & fresh)
            known.update(fresh)

    def remove(self, statements: Iterable[Quad | Triple]) -> None:
        """Take statements out; those that are not there change nothing."""
        for subject, predicate, value, *_ in statements:
            s, p, o = (self._numbers.get(term) for term in (subject, predicate, value))
            if s is None or p is None or o is None:
                continue
            relation = self._forward.get(p, {})
            known = relation.get(s, ())
            if o in known:
                if len(known) > 1:
                    relation[s] = tuple(each for each in known if each != o)
                else:
                    del relation[s]
                self._backward.pop(p, None)
        self._subclasses.clear()

    def _forget(self) -> None:
        """Drop what was worked out before."""
        self._backward.clear()
        self._subclasses.clear()
        self.__dict__.pop("blank_nodes", None)

    def number(self, node: Term) -> int:
        """Return the number of a term, a new one where it has none."""
        number = self._numbers.setdefault(node, len(self.terms))
        if number == len(self.terms):
            self.terms.append(node)
        return number

    @cached_property
    def blank_nodes(self) -> frozenset[int]:
        """The numbers of blank nodes."""
        return frozenset([number for number, kind in enumerate(map(type, self.terms)) if kind is BlankNode])

    def has(self, node: Term) -> bool:
        """Tell whether a term has a number."""
        return node in self._numbers

    def quads(self) -> Iterator[Quad]:
        """The statements that were kept, in the default graph."""
        terms = self.terms
        for predicate, relation in self._forward.items():
            iri = terms[predicate]
            for subject, values in relation.items():
                for value in values:
                    yield Quad(terms[subject], iri, terms[value])  # type: ignore[arg-type]  # as they were parsed

    def predicates(self) -> Iterator[int]:
        """All predicates that have a statement."""
        return iter(self._forward)

    def forward(self, predicate: int) -> Step:
        """Subject -> objects, for one predicate."""
        return self._forward.get(predicate, {})

    def backward(self, predicate: int) -> Step:
        """Object -> subjects, for one predicate; worked out when it is first asked for."""
        known = self._backward.get(predicate)
        if known is None:
            turned: dict[int, list[int]] = {}
            with without_collecting():
                for subject, values in self.forward(predicate).items():
                    for value in values:
                        turned.setdefault(value, []).append(subject)
            known = self._backward[predicate] = turned
        return known

    def subclasses(self, kind: int) -> frozenset[int]:
        """The class and all classes below it.

        Spec: SHACL §1.1, "SHACL subclass", <https://www.w3.org/TR/shacl/#dfn-shacl-subclass>.
        """
        known = self._subclasses.get(kind)
        if known is None:
            below = self.backward(self.number(_SUBCLASS))
            found, waiting = {kind}, [kind]
            while waiting:
                fresh = set(below.get(waiting.pop(), ())) - found
                found |= fresh
                waiting += fresh
            known = self._subclasses[kind] = frozenset(found)
        return known

    def instances(self, kind: int) -> Sequence[int]:
        """The nodes that are of the class or of one below it, each once.

        Spec: SHACL §1.1, "SHACL instance", <https://www.w3.org/TR/shacl/#dfn-shacl-instance>.
        """
        members = self.backward(self.number(RDF_TYPE))
        if len(kinds := sorted(self.subclasses(kind))) == 1:
            return members.get(kind, ())
        return list(dict.fromkeys(node for each in kinds for node in members.get(each, ())))
