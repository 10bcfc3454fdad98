"""The shapes as a reference page: what is asked of each class, how gravely, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape
from pyoxigraph import Triple

from eugraph.publish.pages.links import anchor
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import first, key, literal, ordered, plain, values
from eugraph.publish.pages.words import capital
from eugraph.rdf.turtle_blanks import Grouped, Properties, grouped
from eugraph.rdf.turtle_terms import object_key
from eugraph.vocab import shorten

_TARGETS = ("sh:targetClass", "sh:targetNode", "sh:targetSubjectsOf", "sh:targetObjectsOf")
_TARGET_WORDS = {
    "sh:targetClass": "every",
    "sh:targetNode": "only",
    "sh:targetSubjectsOf": "what has",
    "sh:targetObjectsOf": "what is pointed to by",
}
_OPERATORS = {
    "sh:inversePath": ("^", ""),
    "sh:zeroOrMorePath": ("", "*"),
    "sh:oneOrMorePath": ("", "+"),
    "sh:zeroOrOnePath": ("", "?"),
}
_ORDER = {"violation": 0, "warning": 1, "info": 2}
_TYPE, _PROPERTY, _PATH = key("rdf:type"), key("sh:property"), key("sh:path")


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape: a path with what is asked of it, or what is asked of the node itself."""

    anchor: str
    name: str
    path: Markup
    severity: str  # violation, warning, info
    messages: Sequence[Markup]
    source: Markup


@dataclass(frozen=True, slots=True)
class ShapeGroup:
    """A shape with targets, and the shapes that it asks for."""

    anchor: str
    name: str
    file: str  # path without ending
    targets: Sequence[tuple[str, Markup]]  # word, class or property
    rules: Sequence[Rule]


def shape_iris(graphs: Mapping[str, Iterable[Triple]]) -> list[str]:
    """Return the IRIs of all shapes, which are those that `shape_groups` shows."""
    return sorted({iri[1:-1] for graph in graphs.values() for iri in _shapes(grouped(graph)) if iri[0] == "<"})


def _shapes(graph: Grouped) -> set[str]:
    wanted = (key("sh:NodeShape"), key("sh:PropertyShape"))
    found = {node for node, own in graph.subjects.items() if any(t in own.get(_TYPE, ()) for t in wanted)}
    return found | {node for own in graph.subjects.values() for node in own.get(_PROPERTY, ()) if node[0] != '"'}


def shape_groups(graphs: Mapping[str, Iterable[Triple]], pen: Pen) -> list[ShapeGroup]:
    """Return all shapes, by file and target."""
    found: list[ShapeGroup] = []
    shown: set[str] = set()  # a shape that many ask for has one place
    for path, triples in sorted(graphs.items()):
        graph = grouped(triples)
        shapes = _shapes(graph)
        asked = {node for own in graph.subjects.values() for node in own.get(_PROPERTY, ())}
        heads = _sorted((node for node in shapes if node in graph.subjects and node not in asked), graph)
        for head in heads:
            own = graph.subjects[head]
            rules = [node for node in _sorted(own.get(_PROPERTY, ()), graph) if node not in shown]
            shown.update(rules)
            written = [_rule(node, graph, pen) for node in rules if node in graph.subjects]
            if _PATH in own or key("sh:message") in own:
                written.append(_rule(head, graph, pen))
            written.sort(key=_rule_order)
            head_anchor = anchor(head[1:-1]) if head[0] == "<" else ""
            own_rule = any(rule.anchor == head_anchor for rule in written)
            name = _class_name(own, pen) or _name(head, own)
            found.append(ShapeGroup("" if own_rule else head_anchor, name, path, _targets(own, pen), written))
    return _merged(found)


def _merged(groups: Sequence[ShapeGroup]) -> list[ShapeGroup]:
    """Put the rules of shapes with the same targets in one file together, under the shape that has most of them."""
    by_targets: dict[tuple[object, ...], list[ShapeGroup]] = {}
    for place, group in enumerate(groups):
        key_of = (group.file, *group.targets) if group.targets and group.rules else (place,)
        by_targets.setdefault(key_of, []).append(group)
    found = []
    for same in by_targets.values():
        main = max(same, key=lambda group: (group.anchor != "", len(group.rules)))
        rules = sorted((rule for group in same for rule in group.rules), key=_rule_order)
        found.append(ShapeGroup(main.anchor, main.name, main.file, main.targets, rules))
    return found


def _rule_order(rule: Rule) -> tuple[int, str, str]:
    return _ORDER.get(rule.severity, len(_ORDER)), rule.name, rule.anchor


def _class_name(own: Properties, pen: Pen) -> str:
    """Return the name of the class that a shape is for, where that is one."""
    classes = values(own, "sh:targetClass")
    return capital(pen.names.label(plain(classes[0]))) if len(classes) == 1 else ""


def _sorted(nodes: Iterable[str], graph: Grouped) -> list[str]:
    """Return nodes in order, those without IRI by their content."""
    return sorted(nodes, key=lambda node: object_key(graph.blanks.keys.get(node, node)))


def _name(node: str, own: Properties) -> str:
    names = [literal(name).value for name in values(own, "sh:name") if name[0] == '"']
    if names:
        return names[0]
    return shorten(node[1:-1]).partition(":")[2].strip("<>") if node[0] == "<" else ""


def _targets(own: Properties, pen: Pen) -> list[tuple[str, Markup]]:
    return [(_TARGET_WORDS[curie], pen.iri(plain(value))) for curie in _TARGETS for value in values(own, curie)]


def _rule(node: str, graph: Grouped, pen: Pen) -> Rule:
    own = graph.subjects[node]
    path = next(iter(ordered(own.get(_PATH, ()))), "")
    severity = first(own, "sh:severity").rpartition("#")[2].lower() or "violation"
    return Rule(
        anchor=anchor(node[1:-1]) if node[0] == "<" else "",
        name=_name(node, own),
        path=path_text(path, graph, pen) if path else Markup(""),
        severity=severity,
        messages=[pen.term(message) for message in values(own, "sh:message")],
        source=pen.list(plain(source) for source in values(own, "dcterms:source")),
    )


def path_text(node: str, graph: Grouped, pen: Pen, depth: int = 0) -> Markup:
    """Return a SHACL path in the notation of SPARQL.

    Spec: SHACL §2.3.1, <https://www.w3.org/TR/shacl/#property-paths>.
    """
    deepest = 20
    if depth > deepest:
        return Markup("…")
    if node in graph.blanks.lists:
        return Markup("/").join(path_text(item, graph, pen, depth + 1) for item in graph.blanks.lists[node])
    own = graph.subjects.get(node, {}) if node[0] == "_" else {}
    for curie, (before, after) in _OPERATORS.items():
        for inner in own.get(key(curie), ()):
            text = path_text(inner, graph, pen, depth + 1)
            text = text if inner[0] == "<" else Markup("({})").format(text)
            return escape(before) + text + escape(after)
    for inner in own.get(key("sh:alternativePath"), ()):
        items = graph.blanks.lists.get(inner, [])
        return Markup("({})").format(Markup(" | ").join(path_text(item, graph, pen, depth + 1) for item in items))
    if node[0] != "<":
        return Markup("…")
    iri = node[1:-1]
    name = pen.names.name(iri)
    text = escape(shorten(iri).strip("<>"))
    return Markup('<a href="{}">{}</a>').format(pen.href(name.target), text) if name.target else text
