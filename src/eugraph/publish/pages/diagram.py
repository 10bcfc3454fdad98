"""The classes of an ontology and how they lead to each other, drawn as SVG: equal input, equal drawing.

Each class is a box with a line for each property that leads to another class. What a property leads from and to is its
domain and range; where the ontology leaves one open, the classes in the property's example tell. Boxes stand in
columns, as few steps from the left as the properties allow; within a column their order is that of what leads to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from eugraph.publish.pages.links import anchor
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.terms import key, literal, plain, values
from eugraph.publish.pages.words import capital
from eugraph.rdf.turtle_blanks import Subjects, grouped
from eugraph.vocab import PREFIXES, RDF_TYPE, shorten

_WIDTH, _GAP_X, _GAP_Y, _LINE, _HEAD, _MARGIN = 190, 96, 24, 18, 30, 12
_SWEEPS = 8
_COMMON = 4  # a property that leads from more classes than this to the same one is told in words, not drawn


@dataclass(slots=True)
class _Box:
    iri: str
    rows: list[tuple[str, list[str]]] = field(default_factory=list)  # property, classes that it leads to
    parents: list[str] = field(default_factory=list)
    x: int = 0
    y: float = 0

    @property
    def height(self) -> int:
        return _HEAD + _LINE * len(self.rows) + (8 if self.rows else 0)


@dataclass(frozen=True, slots=True)
class Diagram:
    """The drawing, and the properties that are not drawn because almost every class has them."""

    svg: Markup
    common: Sequence[tuple[str, str]]  # property, class that it leads to: as prefix:name


def class_diagram(graphs: Mapping[str, Iterable[Triple]], pen: Pen) -> Diagram:
    """Return the drawing of all classes that are connected with another one."""
    subjects = grouped(triple for triples in graphs.values() for triple in triples).subjects
    classes = {
        n[1:-1] for n, own in subjects.items() if n[0] == "<" and key("owl:Class") in own.get(key("rdf:type"), ())
    }
    edges, common = _edges(subjects, classes)
    boxes = {iri: _Box(iri) for iri in sorted(classes)}
    for source, property_, target in edges:
        rows = boxes[source].rows
        if rows and rows[-1][0] == property_:
            rows[-1][1].append(target)
        else:
            rows.append((property_, [target]))
    for iri, box in boxes.items():
        box.parents = sorted(p for v in values(subjects[f"<{iri}>"], "rdfs:subClassOf") if (p := plain(v)) in classes)
    linked = {end for source, _, target in edges for end in (source, target)}
    linked |= {end for box in boxes.values() if box.parents for end in (box.iri, *box.parents)}
    boxes = {iri: box for iri, box in boxes.items() if iri in linked}
    if not boxes:
        return Diagram(Markup(""), ())
    _place(boxes)
    return Diagram(_draw(boxes, pen), [(shorten(p), shorten(c)) for p, c in common])


def _edges(subjects: Subjects, classes: set[str]) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    """Return (class, property, class) to draw, and (property, class) of what almost every class has."""
    found: set[tuple[str, str, str]] = set()
    inverse: dict[str, str] = {}
    for node, own in sorted(subjects.items()):
        property_ = node[1:-1]
        for other in values(own, "owl:inverseOf"):
            inverse[property_] = plain(other)
            inverse[plain(other)] = property_
        if key("owl:ObjectProperty") not in own.get(key("rdf:type"), ()):
            continue
        shown = [edge for text in values(own, "skos:example") for edge in _in_example(literal(text).value, property_)]
        sources = [plain(v) for v in values(own, "rdfs:domain")] or [source for source, _ in shown]
        targets = [plain(v) for v in values(own, "rdfs:range")] or [target for _, target in shown]
        found |= {(s, property_, t) for s in sources for t in targets if s in classes and t in classes and s != t}
    for node, own in subjects.items():
        if node[1:-1] in classes:
            for text in values(own, "skos:example"):
                found |= {(s, p, t) for s, p, t in _all_in_example(literal(text).value) if {s, t} <= classes and s != t}
    found = {(s, p, t) for s, p, t in found if p not in inverse or (t, inverse[p], s) not in found or p < inverse[p]}
    kinds = {c: {plain(v) for v in values(subjects[f"<{c}>"], "rdfs:subClassOf")} for c in classes}
    found = {(s, p, t) for s, p, t in found if not any((s, p, larger) in found for larger in kinds[t])}
    by_target: dict[tuple[str, str], int] = {}
    for _, property_, target in found:
        by_target[property_, target] = by_target.get((property_, target), 0) + 1
    common = sorted(pair for pair, count in by_target.items() if count > _COMMON)
    return sorted(edge for edge in found if edge[1:] not in common), common


def _all_in_example(text: str) -> list[tuple[str, str, str]]:
    """Return (class, property, class) of the statements of an example in Turtle; none where it cannot be read."""
    head = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
    try:
        triples = [q.triple for q in parse(head + text, format=RdfFormat.TURTLE, base_iri="https://example.org/")]
    except SyntaxError:
        return []
    types = {t.subject: t.object.value for t in triples if t.predicate == RDF_TYPE and isinstance(t.object, NamedNode)}
    return [
        (types[t.subject], t.predicate.value, types[t.object])
        for t in triples
        if t.subject in types and isinstance(t.object, NamedNode) and t.object in types
    ]


def _in_example(text: str, property_: str) -> list[tuple[str, str]]:
    return [(source, target) for source, found, target in _all_in_example(text) if found == property_]


def _place(boxes: Mapping[str, _Box]) -> None:
    """Give every box its column and its height in the drawing."""
    columns = _columns(boxes)
    before = {
        iri: [b.iri for b in boxes.values() if any(iri in t for _, t in b.rows) or iri in b.parents] for iri in boxes
    }
    after = {iri: [t for _, targets in box.rows for t in targets] + box.parents for iri, box in boxes.items()}
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            _stack(columns, boxes)
            near = before if sweep % 2 == 0 else after
            middle = {iri: boxes[iri].y + boxes[iri].height / 2 for iri in boxes}
            weight = {
                iri: sum(middle[n] for n in near[iri]) / len(near[iri]) if near[iri] else middle[iri] for iri in column
            }
            column.sort(key=lambda iri: (round(weight[iri], 3), iri))
    _stack(columns, boxes)


def _columns(boxes: Mapping[str, _Box]) -> list[list[str]]:
    """Return boxes by column: the number of steps from a box that nothing leads to, in a walk without circles."""
    depth: dict[str, int] = {}
    leads = {iri: sorted({t for _, targets in box.rows for t in targets}) for iri, box in boxes.items()}
    incoming = {iri: sum(iri in targets for targets in leads.values()) for iri in boxes}
    order = sorted(boxes, key=lambda iri: (incoming[iri] - len(leads[iri]), iri))
    for start in order:
        depth.setdefault(start, 0)
        queue = [start]
        while queue:
            iri = queue.pop(0)
            for target in leads[iri]:
                if target not in depth:
                    depth[target] = depth[iri] + 1
                    queue.append(target)
    for iri, box in boxes.items():  # a kind of something stands beside it, where nothing else tells
        for parent in box.parents:
            if not leads[iri] and incoming[iri] == 0 and parent in depth:
                depth[iri] = depth[parent] + 1
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for iri in boxes:
        columns[depth[iri]].append(iri)
    return [column for column in columns if column]


def _stack(columns: Sequence[Sequence[str]], boxes: Mapping[str, _Box]) -> None:
    heights = [sum(boxes[iri].height + _GAP_Y for iri in column) - _GAP_Y for column in columns]
    for place, (column, height) in enumerate(zip(columns, heights, strict=True)):
        y = _MARGIN + (max(heights) - height) / 2
        for iri in column:
            boxes[iri].x, boxes[iri].y = _MARGIN + place * (_WIDTH + _GAP_X), y
            y += boxes[iri].height + _GAP_Y


def _draw(boxes: Mapping[str, _Box], pen: Pen) -> Markup:
    width = max(box.x for box in boxes.values()) + _WIDTH + _MARGIN
    height = round(max(box.y + box.height for box in boxes.values())) + _MARGIN
    lines = [
        _line(box, row, boxes[target])
        for box in boxes.values()
        for row, (_, targets) in enumerate(box.rows)
        for target in targets
    ]
    lines += [_kind_line(box, boxes[parent]) for box in boxes.values() for parent in box.parents if parent in boxes]
    drawn = [_box(box, pen) for box in boxes.values()]
    head = Markup(
        '<svg class="classes" viewBox="0 0 {0} {1}" width="{0}" height="{1}">\n'
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z"/></marker><marker id="kind" viewBox="0 0 12 12" refX="11" refY="6" markerWidth="12" '
        'markerHeight="12" orient="auto"><path class="open" d="M1 1 11 6 1 11z"/></marker></defs>\n'
    ).format(width, height)
    return head + Markup("\n").join([*lines, *drawn]) + Markup("\n</svg>")


_PLAIN = Markup('<path d="{}" marker-end="url(#arrow)"/>')
_KIND = Markup('<path d="{}" class="kind" marker-end="url(#kind)"/>')


def _line(box: _Box, row: int, target: _Box) -> Markup:
    y = box.y + _HEAD + _LINE * (row + 0.5)
    return _PLAIN.format(_curve(box, y, target, target.y + _HEAD / 2))


def _kind_line(box: _Box, parent: _Box) -> Markup:
    return _KIND.format(_curve(box, box.y + _HEAD / 2, parent, parent.y + _HEAD / 2))


def _curve(box: _Box, y: float, target: _Box, to: float) -> str:
    """The way from the side of a box to the side of another: forward, back, or around within one column."""
    x1, x2 = box.x + _WIDTH, target.x + _WIDTH
    bend = _GAP_X * 0.6
    out, back = x1 + bend, x2 + bend
    if target.x > box.x:
        x2 = target.x
        bend = (x2 - x1) / 2
        out, back = x1 + bend, x2 - bend
    elif target.x < box.x:
        x1 = box.x
        bend = (x1 - x2) / 2
        out, back = x1 - bend, x2 + bend
    return f"M{x1} {y:.0f}C{out:.0f} {y:.0f} {back:.0f} {to:.0f} {x2} {to:.0f}"


_GROUP = Markup('<g transform="translate({} {})"><rect width="{}" height="{}" rx="5"/>')
_NAME = Markup('<a href="#{}"><text class="name" x="10" y="20">{}</text></a>')
_ROW = Markup('<text x="10" y="{}">{}</text>')


def _box(box: _Box, pen: Pen) -> Markup:
    parts = [
        _GROUP.format(box.x, round(box.y), _WIDTH, box.height),
        _NAME.format(anchor(box.iri), capital(pen.names.label(box.iri))),
    ]
    for row, (property_, _) in enumerate(box.rows):
        parts.append(_ROW.format(_HEAD + _LINE * row + 13, shorten(property_).strip("<>")))
    return Markup("").join(parts) + Markup("</g>")
