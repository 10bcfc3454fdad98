"""What the official shapes find that is new after a change of a catalogue, and whether our own checks find it too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, parse

from eugraph.exchange.doctor.dcat import examine
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.terms import short
from eugraph.findings import Severity
from eugraph.shacl import compile_shapes
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Inverse, Predicate
from eugraph.shacl.path import Path as PropertyPath
from eugraph.shacl.standing import Standing
from eugraph.vocab import RDF_TYPE

FILES = ("shapes", "range", "mdr-vocabularies.shape", "deprecateduris", "shapes_recommended")
_WHERE = "https://where.example/"
_XSD = "http://www.w3.org/2001/XMLSchema#"


class Found(NamedTuple):
    """One result of the official shapes."""

    file: str
    focus: Term
    path: PropertyPath | None
    severity: str
    rest: tuple[str, ...]  # value, shape and component: what tells it from others


class Change(NamedTuple):
    """A catalogue with something else in place of one statement."""

    removed: Triple | None
    added: Triple | None

    def __str__(self) -> str:
        return f"- {self.removed}\n+ {self.added}"


class Official:
    """The official shapes over one catalogue, kept up to date through changes."""

    def __init__(self, folder: Path, data: Sequence[Triple]) -> None:
        self._data = list(dict.fromkeys(data))
        self._standing = {}
        for name in FILES:
            plan = compile_shapes([quad.triple for quad in parse(path=folder / f"{name}.ttl")])
            self._standing[name] = Standing(plan, plan.graph(self._data))
        self._found, self._ours = self._official(), _ours(self._data)
        self.reported = 0  # changes after which the official shapes find something new

    def missed(self, change: Change) -> Iterator[str]:
        """Say what the official shapes find after a change and our checks do not, at the same node and property."""
        removed = [change.removed] if change.removed else []
        added = [change.added] if change.added and change.added not in self._data else []
        self._change(removed, added)
        fresh = self._official() - self._found
        if fresh:
            self.reported += 1
            now = [*(triple for triple in self._data if triple != change.removed), *added]
            said, ours = Statements(now), _ours(now) - self._ours
            for result in fresh:
                place = said.address(said.graph.number(result.focus)) or _WHERE
                here = [(code, severity, message) for where, code, severity, message in ours if where == place]
                if not any(_named(result.path) in message for _, _, message in here):
                    yield f"{change}\n  {result}\n  ours: {here}"
                elif (
                    result.file == "shapes"
                    and result.severity == "Violation"
                    and not any(
                        severity == Severity.VIOLATION or code == "concept-unexplained" for code, severity, _ in here
                    )
                ):
                    yield f"{change}\n  {result}\n  told too mildly: {here}"
        self._change(added, removed)

    def _official(self) -> Counter[Found]:
        return Counter(
            Found(
                name,
                result.focus,
                result.path,
                result.severity.value.rpartition("#")[2],
                (str(result.value), str(result.shape), str(result.component)),
            )
            for name, standing in self._standing.items()
            for result in standing.results
        )

    def _change(self, removed: Sequence[Triple], added: Sequence[Triple]) -> None:
        for standing in self._standing.values():
            standing.update(removed, added)


def _ours(data: Sequence[Triple]) -> Counter[tuple[str, str, Severity, str]]:
    found = examine(data, _WHERE, each=True)
    return Counter((each.where, each.code, each.severity, each.message) for each in found)


def _named(path: PropertyPath | None) -> str:
    """How our messages name a property; "" for a result without one, which any message at the node matches."""
    match path:
        case Predicate(iri=iri) | Inverse(path=Predicate(iri=iri)):
            return short(iri.value)
    return ""


def some_of_each_kind(data: Sequence[Triple], most: int) -> list[Triple]:
    """So many statements of each kind at most: equal classes at both ends, or datatype, and the same property."""
    classes: dict[object, list[str]] = {}
    for triple in data:
        if triple.predicate == RDF_TYPE:
            classes.setdefault(triple.subject, []).append(str(triple.object))
    kinds: Counter[tuple[str, ...]] = Counter()
    found = []
    for triple in data:
        value = triple.object
        end = value.datatype.value if isinstance(value, Literal) else str(sorted(classes.get(value, ())))
        if triple.predicate == RDF_TYPE:
            end = str(value)
        kind = (str(sorted(classes.get(triple.subject, ()))), str(triple.predicate), end)
        kinds[kind] += 1
        if kinds[kind] <= most:
            found.append(triple)
    return found


def deletions(data: Sequence[Triple]) -> Iterator[Change]:
    """Each statement taken out."""
    for triple in dict.fromkeys(data):
        yield Change(triple, None)


def replacements(data: Sequence[Triple]) -> Iterator[Change]:
    """Each value replaced by values of a wrong kind: node for text, text for node, other datatypes, broken texts."""
    for triple in dict.fromkeys(data):
        for value in _wrong(triple.object):
            yield Change(triple, Triple(triple.subject, triple.predicate, value))


def additions(data: Sequence[Triple]) -> Iterator[Change]:
    """A second value of the same kind beside each value."""
    for triple in dict.fromkeys(data):
        value = triple.object
        if isinstance(value, Literal) and value.language is None:
            second: Term = Literal(f"{value.value}0", datatype=value.datatype)
        elif isinstance(value, Literal):
            second = Literal(f"{value.value}!", language=value.language)
        else:
            second = NamedNode("https://second.example/")
        yield Change(None, Triple(triple.subject, triple.predicate, second))


def _wrong(value: object) -> Iterator[Term]:
    yield NamedNode("https://wrong.example/")
    yield BlankNode("wrong")
    if not isinstance(value, Literal):
        yield Literal("wrong")
    elif value.language is not None:
        yield Literal("7", datatype=NamedNode(f"{_XSD}integer"))
    else:
        yield Literal("wrong", datatype=value.datatype)
        yield Literal(value.value, language="en")
