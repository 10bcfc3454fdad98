"""What the shapes demand of each property of each class, as far as one node at a time can be judged.

Questions, the check of an answer and the JSON Schema are all made of these. What looks beyond the node (queries,
inverse paths, comparisons of properties) is named in `Rule.beyond` and left to validation.

Spec: SHACL §4, <https://www.w3.org/TR/shacl/#core-components>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from eugraph.findings import Severity
from eugraph.vocab import PREFIXES

Term = NamedNode | BlankNode | Literal

_SH, _RDF = PREFIXES["sh"], PREFIXES["rdf"]
_BELOW = PREFIXES["rdfs"] + "subClassOf"
_BOUNDS = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_OF_VALUES = {
    "datatype",
    "pattern",
    "flags",
    "nodeKind",
    "class",
    "in",
    "minLength",
    "maxLength",
    "languageIn",
    *_BOUNDS,
}
_OF_PATHS = {"minCount", "maxCount", "uniqueLang", "or", "qualifiedMinCount", "qualifiedValueShape"}
_NO_CONSTRAINTS = {"path", "severity", "message", "name", "description", "order", "group", "defaultValue", "property"}
_NO_CONSTRAINTS |= {"targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode", "deactivated"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What each value must be. A part that says None, or nothing, demands nothing."""

    datatype: str | None = None
    pattern: str | None = None
    flags: str = ""
    node_kind: str | None = None  # local name, such as IRI
    classes: tuple[str, ...] = ()  # all of them
    values: tuple[Term, ...] | None = None  # one of them
    min_length: int = 0
    max_length: int | None = None
    bounds: Mapping[str, Literal] = field(default_factory=dict)  # by the name of the constraint
    languages: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One shape that reports: what it demands of the values of its path, or of the node itself where it has none."""

    shape: str  # IRI
    name: str
    message: str
    severity: Severity
    paths: tuple[str, ...] = ()  # properties that it speaks of, each an alternative
    if_any: tuple[str, ...] = ()  # it holds only for nodes that have one of these properties
    min_count: int = 0
    max_count: int | None = None
    unique_language: bool = False
    needed_language: str = ""  # of one value at least
    demand: Demand = field(default_factory=Demand)
    alternatives: tuple[Demand, ...] = ()  # each value is as one of these says
    beyond: tuple[str, ...] = ()  # what one node alone does not tell, such as sparql

    @property
    def is_needed(self) -> bool:
        """Tell whether a node without any value is wrong."""
        is_violation = self.severity is Severity.VIOLATION and not self.if_any
        return is_violation and (self.min_count > 0 or self.needed_language != "")


class Rules:
    """The rules of a workspace."""

    def __init__(self, shapes: Iterable[Quad], ontology: Iterable[Quad]) -> None:
        self._said: dict[Term, dict[str, list[Term]]] = {}
        for quad in shapes:
            if isinstance(quad.subject, Term) and isinstance(quad.object, Term):
                self._said.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
        self._above: dict[str, set[str]] = {}
        for quad in ontology:
            below, above = quad.subject, quad.object
            if isinstance(below, NamedNode) and isinstance(above, NamedNode) and quad.predicate.value == _BELOW:
                self._above.setdefault(below.value, set()).add(above.value)
        self._by_class: dict[str, list[Rule]] = {}
        self.everywhere: list[Rule] = []  # whatever the class of the node
        for shape in sorted(self._said, key=str):
            self._target(shape)

    def of(self, kind: str) -> list[Rule]:
        """Return the rules for things of a class, those of the classes above it and of every class among them."""
        found = [rule for name in sorted(self.classes_of(kind)) for rule in self._by_class.get(name, ())]
        return [*found, *self.everywhere]

    def on(self, kind: str, path: str) -> list[Rule]:
        """Return the rules for the values of one property of all things of a class."""
        return [rule for rule in self.of(kind) if path in rule.paths and not rule.if_any]

    def classes_of(self, kind: str) -> frozenset[str]:
        """Return a class with all classes above it."""
        found, waiting = {kind}, [kind]
        while waiting:
            fresh = self._above.get(waiting.pop(), set()) - found
            found |= fresh
            waiting += fresh
        return frozenset(found)

    @property
    def classes(self) -> list[str]:
        """The classes that rules are made for."""
        return sorted(self._by_class)

    # Reading the shapes

    def _target(self, shape: Term) -> None:
        """Note the rules of a shape where it has a target."""
        kinds = [node.value for node in self._all(shape, "targetClass")]
        subjects = tuple(sorted(node.value for node in self._all(shape, "targetSubjectsOf")))
        if not kinds and not subjects:
            return
        for each in [shape, *self._all(shape, "property")]:
            if self._text(each, "deactivated") == "true":
                continue
            rule = self._rule(each, subjects)
            if rule is None:
                continue
            for kind in kinds:
                self._by_class.setdefault(kind, []).append(rule)
            if subjects:
                self.everywhere.append(rule)

    def _rule(self, shape: Term, subjects: tuple[str, ...]) -> Rule | None:
        said = [name for name in self._names(shape) if name not in _NO_CONSTRAINTS]
        if not said:
            return None
        paths, is_simple = self._paths(shape)
        severity = self._text(shape, "severity").rpartition("#")[2].upper()
        alternatives, whole = self._alternatives(shape)
        language = self._needed_language(shape)
        beyond = {name for name in said if name not in _OF_VALUES | _OF_PATHS}
        if not is_simple:
            beyond.add("path")
        if not whole:
            beyond.add("or")
        if not language and "qualifiedValueShape" in said:
            beyond.add("qualifiedValueShape")
        return Rule(
            shape=shape.value,
            name=self._text(shape, "name") or shape.value.rpartition("#")[2],
            message=self._text(shape, "message"),
            severity=Severity[severity] if severity in Severity.__members__ else Severity.VIOLATION,
            paths=paths,
            if_any=() if paths and set(subjects) <= set(paths) else subjects,
            min_count=self._number(shape, "minCount") or 0,
            max_count=self._number(shape, "maxCount"),
            unique_language=self._text(shape, "uniqueLang") == "true",
            needed_language=language,
            demand=self._demand(shape),
            alternatives=alternatives,
            beyond=tuple(sorted(beyond)),
        )

    def _demand(self, shape: Term) -> Demand:
        kinds = self._all(shape, "in")
        languages = self._all(shape, "languageIn")
        return Demand(
            datatype=self._text(shape, "datatype") or None,
            pattern=self._text(shape, "pattern") or None,
            flags=self._text(shape, "flags"),
            node_kind=self._text(shape, "nodeKind").rpartition("#")[2] or None,
            classes=tuple(sorted(node.value for node in self._all(shape, "class"))),
            values=tuple(self._items(kinds[0])) if kinds else None,
            min_length=self._number(shape, "minLength") or 0,
            max_length=self._number(shape, "maxLength"),
            bounds={name: v for name in _BOUNDS for v in self._all(shape, name) if isinstance(v, Literal)},
            languages=tuple(item.value for item in self._items(languages[0])) if languages else None,
        )

    def _alternatives(self, shape: Term) -> tuple[tuple[Demand, ...], bool]:
        """Return the demands of sh:or, and whether they say all that it does."""
        lists = self._all(shape, "or")
        if not lists:
            return (), True
        members = list(self._items(lists[0]))
        is_plain = len(lists) == 1 and bool(self._all(shape, "path"))
        if not is_plain or any(set(self._names(member)) - _OF_VALUES for member in members):
            return (), False
        return tuple(self._demand(member) for member in members), True

    def _needed_language(self, shape: Term) -> str:
        """Return the language that one value must have, by the one form of qualified shape that is understood."""
        shapes = self._all(shape, "qualifiedValueShape")
        if (self._number(shape, "qualifiedMinCount") or 0) < 1 or len(shapes) != 1:
            return ""
        if set(self._names(shapes[0])) != {"languageIn"}:
            return ""
        languages = list(self._items(self._all(shapes[0], "languageIn")[0]))
        return languages[0].value if len(languages) == 1 else ""

    def _paths(self, shape: Term) -> tuple[tuple[str, ...], bool]:
        """Return the properties of a path, and whether it is one property or a choice of several."""
        found = self._all(shape, "path")
        if not found:
            return (), True
        if isinstance(found[0], NamedNode):
            return (found[0].value,), True
        choices = [item for head in self._all(found[0], "alternativePath") for item in self._items(head)]
        if not choices or not all(isinstance(item, NamedNode) for item in choices):
            return (), False
        return tuple(item.value for item in choices), True

    def _names(self, shape: Term) -> list[str]:
        """The local names of what SHACL's vocabulary says of a shape."""
        return [iri[len(_SH) :] for iri in self._said.get(shape, {}) if iri.startswith(_SH)]

    def _all(self, node: Term, name: str) -> Sequence[Term]:
        return self._said.get(node, {}).get(_SH + name, ())

    def _text(self, node: Term, name: str) -> str:
        values = sorted(self._all(node, name), key=lambda v: not (isinstance(v, Literal) and v.language == "en"))
        return values[0].value if values else ""

    def _number(self, node: Term, name: str) -> int | None:
        text = self._text(node, name)
        return int(text) if text.isascii() and text.isdigit() else None

    def _items(self, head: Term) -> Iterator[Term]:
        """Yield the items of an RDF list, which may end nowhere but not go in a circle."""
        seen: set[Term] = set()
        while head not in seen and (said := self._said.get(head)):
            seen.add(head)
            yield from said.get(f"{_RDF}first", ())[:1]
            head = next(iter(said.get(f"{_RDF}rest", ())), NamedNode(f"{_RDF}nil"))
