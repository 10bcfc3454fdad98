"""Places in JSON-LD: the document is walked with its contexts, and what it says is laid beside what the parser read.

Spec: JSON-LD 1.1 Processing Algorithms §5.1, <https://www.w3.org/TR/json-ld11-api/#expansion-algorithm>.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pyoxigraph import Quad

from eugraph.rdf.jsonld_active import ActiveContext, ActiveTerm
from eugraph.rdf.places.json_ld_matching import ANY, Matching, Said
from eugraph.rdf.places.json_tokens import Array, Entry, Node, Object, Scalar, plain, read_json
from eugraph.rdf.places.spot import Spot
from eugraph.rdf.refused import DEEPEST
from eugraph.vocab import PREFIXES

_RDF = PREFIXES["rdf"]
_WHOLE = re.compile(r"-?\d+(?:\.0+)?\Z")
_MAPS = {"@index", "@id", "@type", "@graph", "@language"}


def json_spots(text: str, base_iri: str, quads: Sequence[Quad]) -> list[Spot | None]:
    """Return the spot of each of the quads that the parser made of a text; None for one that is not found."""
    document = read_json(text)
    walk = _Walk()
    if document is not None:
        walk.things(document, ActiveContext(base=base_iri, document=base_iri), DEEPEST)
    return Matching(quads).spots(walk.said)


class _Walk:
    """Collects what a document says, in the order of its text."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self._blanks = 0

    def things(self, node: Node, context: ActiveContext, depth: int) -> None:
        """Walk things that nothing leads to."""
        for item in _each(node):
            if isinstance(item, Object) and depth:
                self._thing(item, context, depth)

    def _blank(self) -> int:
        self._blanks += 1
        return self._blanks

    def _thing(
        self, node: Object, context: ActiveContext, depth: int, link: _Link | None = None, key: Entry | None = None
    ) -> None:
        """Walk a thing, and say how it is linked to another before what it says itself.

        Args:
            node: the thing.
            context: in force around it.
            depth: how many levels are walked yet.
            link: what leads to it.
            key: the key of a map under which it stands, where that is its address.
        """
        entries = node.last().values()
        context = self._context(node, context.inside())
        subject: str | int | None = None if key is None else context.expand(key.key, relative=True)
        at = node.offset if key is None else key.offset
        for entry in entries:
            if context.keyword(entry.key) == "@id":
                for name in _texts(entry.value):
                    subject, at = context.expand(name.value, relative=True), name.offset
        subject = self._blank() if subject is None else subject
        if link:
            self._link(link, subject, at)
        self._entries(entries, context, _Thing(subject, at), depth)

    def _context(self, node: Object, context: ActiveContext) -> ActiveContext:
        """The context in a thing: that around it, its own, and those of its types."""
        entries = node.last()
        if local := entries.get("@context"):
            context = context.with_local(plain(local.value))
        for entry in entries.values():
            if context.keyword(entry.key) == "@type":
                for name in sorted(text.value for text in _texts(entry.value)):
                    context = context.with_type(name)
        return context

    def _link(self, link: _Link, to: str | int, at: int) -> None:
        about = link.thing
        if link.term.is_reverse:
            self.said.append(Said(to, link.iri, about.subject, (), Spot(at, link.offset, at)))
        else:
            self.said.append(Said(about.subject, link.iri, to, (), Spot(about.offset, link.offset, at)))

    def _entries(self, entries: Iterable[Entry], context: ActiveContext, thing: _Thing, depth: int) -> None:
        for entry in entries:
            keyword = context.keyword(entry.key)
            if keyword == "@type":
                self._types(entry, context, thing)
            elif keyword in ("@graph", "@included"):
                self.things(entry.value, context, depth - 1)
            elif keyword == "@nest":
                for item in _each(entry.value):
                    if isinstance(item, Object):
                        self._entries(item.last().values(), context, thing, depth)
            elif keyword == "@reverse" and isinstance(entry.value, Object):
                for inner in entry.value.last().values():
                    iri = context.expand(inner.key, vocabulary=True)
                    link = _Link(thing, iri, inner.offset, ActiveTerm(iri, is_reverse=True))
                    self._values(inner.value, link, context, depth)
            elif not keyword:
                self._property(entry, context, thing, depth)

    def _types(self, entry: Entry, context: ActiveContext, thing: _Thing) -> None:
        for name in _texts(entry.value):
            kind = context.expand(name.value, vocabulary=True, relative=True)
            spot = Spot(thing.offset, entry.offset, name.offset)
            self.said.append(Said(thing.subject, f"{_RDF}type", kind, (), spot))

    def _property(self, entry: Entry, context: ActiveContext, thing: _Thing, depth: int) -> None:
        term = context.terms.get(entry.key, ActiveTerm(context.expand(entry.key, vocabulary=True)))
        if term.iri and ":" in term.iri:
            inside = context if term.context == () else context.with_local(term.context)
            self._values(entry.value, _Link(thing, term.iri, entry.offset, term), inside, depth)

    def _values(self, value: Node, link: _Link, context: ActiveContext, depth: int) -> None:
        containers = link.term.containers
        if "@list" in containers and not isinstance(value, Object):
            self._list(_each(value), link, context, depth, value.offset)
        elif (
            isinstance(value, Object)
            and _MAPS.intersection(containers)
            and not _has_keyword(value, context, "@value", "@list")
        ):
            if "@graph" in containers and not {"@id", "@index"}.intersection(containers):
                self._graph(value, link, context, depth, None)
            else:
                for entry in value.entries:
                    for item in _each(entry.value):
                        self._mapped(entry, item, link, context, depth)
        else:
            for item in _each(value):
                self._value(item, link, context, depth)

    def _mapped(self, entry: Entry, item: Node, link: _Link, context: ActiveContext, depth: int) -> None:
        """Walk a value in a map, whose key may be its address, type, language or nothing of the graph."""
        containers = link.term.containers
        key = entry if "@id" in containers else None
        if "@graph" in containers:
            self._graph(item, link, context, depth, key)
        elif isinstance(item, Object) and not _has_keyword(item, context, "@value"):
            inside = context.with_type(entry.key) if "@type" in containers else context
            if depth:
                self._thing(item, inside, depth - 1, link, key)
        elif "@type" in containers and isinstance(item, Scalar) and item.is_text:
            self._link(link, context.expand(str(item.value), relative=True), item.offset)
        else:
            self._value(item, link, context, depth)

    def _graph(self, node: Node, link: _Link, context: ActiveContext, depth: int, key: Entry | None) -> None:
        """Walk a graph under a property: its name stands for it."""
        name = self._blank() if key is None else context.expand(key.key, relative=True)
        self._link(link, name, node.offset if key is None else key.offset)
        self.things(node, context, depth - 1)

    def _value(self, item: Node, link: _Link, context: ActiveContext, depth: int) -> None:
        if isinstance(item, Scalar):
            self._scalar(item, link, context)
        elif isinstance(item, Object):
            inner = {context.keyword(entry.key): entry.value for entry in item.entries}
            if "@value" in inner or link.term.type == "@json":
                self._literal(inner.get("@value", item), link)
            elif "@list" in inner:
                self._list(_each(inner["@list"]), link, context, depth, item.offset)
            elif "@set" in inner:
                for each in _each(inner["@set"]):
                    self._value(each, link, context, depth)
            elif depth:
                self._thing(item, context, depth - 1, link)
        else:
            for each in item.items:
                self._value(each, link, context, depth)

    def _scalar(self, item: Scalar, link: _Link, context: ActiveContext) -> None:
        if item.value is None:
            return
        kind = link.term.type
        if item.is_text and kind in ("@id", "@vocab"):
            iri = context.expand(str(item.value), vocabulary=kind == "@vocab", relative=True)
            self._link(link, iri, item.offset)
        else:
            self._literal(item, link)

    def _literal(self, item: Node, link: _Link) -> None:
        texts = _forms(item) if isinstance(item, Scalar) else ()
        if texts is None:
            return
        spot = Spot(link.thing.offset, link.offset, item.offset)
        self.said.append(Said(link.thing.subject, link.iri, "", (*texts, ANY), spot))

    def _list(self, items: Sequence[Node], link: _Link, context: ActiveContext, depth: int, at: int) -> None:
        nests = "@list" in link.term.containers  # only there, lists in it are lists: §5.1.2, step 5.2.2
        items = list(_items(items, nests=nests))
        cells: list[str | int] = [*(self._blank() for _ in items), f"{_RDF}nil"]
        self._link(link, cells[0], at)
        for number, item in enumerate(items):
            here = item.offset
            cell = _Thing(cells[number], here if number else at)
            term = ActiveTerm(f"{_RDF}first", link.term.type, ("@list",) if nests else ())
            first = _Link(cell, f"{_RDF}first", here, term)
            if isinstance(item, Array):
                self._list(item.items, first, context, depth, here)
            else:
                self._value(item, first, context, depth)
            after = items[number + 1].offset if number + 1 < len(items) else here
            self.said.append(Said(cell.subject, f"{_RDF}rest", cells[number + 1], (), Spot(cell.offset, here, after)))


class _Thing(NamedTuple):
    """What is spoken of, and where its name stands, else where it begins."""

    subject: str | int
    offset: int


class _Link(NamedTuple):
    """What leads from a thing to its values: a property at an offset."""

    thing: _Thing
    iri: str
    offset: int
    term: ActiveTerm


def _each(node: Node) -> Sequence[Node]:
    return node.items if isinstance(node, Array) else [node]


def _items(items: Iterable[Node], *, nests: bool) -> Iterator[Node]:
    """The items of a list, without null."""
    for item in items:
        if isinstance(item, Array) and not nests:
            yield from _items(item.items, nests=nests)
        elif not (isinstance(item, Scalar) and item.value is None):
            yield item


class _Text(NamedTuple):
    value: str
    offset: int


def _texts(node: Node) -> list[_Text]:
    """The texts that stand under @id or @type."""
    return [_Text(str(item.value), item.offset) for item in _each(node) if isinstance(item, Scalar) and item.is_text]


def _has_keyword(node: Object, context: ActiveContext, *keywords: str) -> bool:
    return any(context.keyword(entry.key) in keywords for entry in node.entries)


def _forms(item: Scalar) -> tuple[str, ...] | None:
    """The texts that a literal may have; None for null. Spec: <https://www.w3.org/TR/json-ld11-api/#data-round-tripping>."""
    value = item.value
    if value is None:
        return None
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if item.is_text:
        return (value,)
    mantissa, _, exponent = f"{float(value):.15E}".partition("E")
    canonical = f"{mantissa.rstrip('0').removesuffix('.')}"
    double = f"{canonical if '.' in canonical else canonical + '.0'}E{int(exponent)}"
    whole = (value.partition(".")[0],) if _WHOLE.match(value) else ()
    return (*whole, double, value)
