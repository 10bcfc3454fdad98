"""The house layout of Turtle: made for reading, and for comparing line by line.

`a` first, then names, then the other predicates by name; one predicate a line; objects sorted, one a line where there
are several; a blank line between subjects. Only prefixes that are used are declared. One statement more or less
changes lines of its own subject only (and the `@prefix` line of a prefix that is new or no longer needed).

A blank node is nested where that says exactly the same: it is the object of one statement at most, in no circle.
Others get labels in the order of RDFC-1.0, which makes the text independent of the labels that came in.

Spec: RDF 1.1 Turtle, <https://www.w3.org/TR/turtle/>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import NamedNode, Triple

from eugraph.rdf.nquads import BaseMove
from eugraph.rdf.turtle_blanks import Blanks, Grouped, Properties, Subjects, grouped, label
from eugraph.rdf.turtle_terms import Names, object_key

_INDENT = "    "
_WIDTH = 100  # longest line, in characters, of a list or a bracket that stays on one line
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NIL = f"<{_RDF}nil>"
_FIRST_PREDICATES = {
    f"<{iri}>": rank
    for rank, iri in enumerate(
        (
            f"{_RDF}type",
            "http://www.w3.org/2004/02/skos/core#prefLabel",
            "http://www.w3.org/2000/01/rdf-schema#label",
            "http://purl.org/dc/terms/title",
        )
    )
}


def write_turtle(
    triples: Iterable[Triple] | Grouped,
    prefixes: Mapping[str, str],
    base: str | None = None,
    *,
    first: Sequence[NamedNode] = (),
    moved: BaseMove | None = None,
) -> str:
    """Return triples as Turtle in the house layout.

    Args:
        triples: in any order; one that comes twice counts once.
        prefixes: prefix -> namespace; those that are not used are left out.
        base: IRIs below it are written relative to it, where reading them gives the same IRI again.
        first: subjects to begin with, in this order; the others follow in code point order.
        moved: print things under another base than they are sorted by.

    Returns:
        The text, which ends in a line feed; empty when there are no triples.

    Raises:
        CanonicalisationTimeoutError: the graph has blank nodes that need labels and cannot be named in 10 s.
    """
    names = Names(prefixes, base, moved)
    blocks = [*turtle_blocks([grouped(triples)], names, first=first)]
    head = names.head()
    return "\n".join([head, *blocks] if head else blocks)


def write_turtle_parts(
    parts: Iterable[Grouped], prefixes: Mapping[str, str], base: str | None = None, *, moved: BaseMove | None = None
) -> Iterator[str]:
    """Yield Turtle in the house layout of a graph that comes in parts, in the order of the parts.

    The statements are never held as a whole, only the text. For the arguments, see `write_turtle`; parts are made by
    `grouped_part`.
    """
    names = Names(prefixes, base, moved)
    blocks = [*turtle_blocks(parts, names)]
    head = names.head()
    yield head
    for place, block in enumerate(blocks):
        yield f"\n{block}" if head or place else block


def turtle_blocks(parts: Iterable[Grouped], names: Names, *, first: Sequence[NamedNode] = ()) -> Iterator[str]:
    """Yield a block for each subject of a graph that comes in parts. What they need of a head is left in `names`.

    Args:
        parts: the graph.
        names: writes its terms.
        first: subjects to begin each part with, as in `write_turtle`.
    """
    blocks, begin = Blocks(names), [str(node) for node in first]
    for part in parts:
        yield from blocks.of(part, begin)


class Blocks:
    """Writes a block for each subject of a graph that comes in parts. What they need of a head is left in `names`."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._subjects: Subjects = {}
        self._blanks = Blanks()
        self._predicates: dict[str, tuple[int, str, str]] = {}
        self._orders: dict[tuple[str, ...], Sequence[tuple[str, str]]] = {}

    def of(self, part: Grouped, first: Sequence[str] = ()) -> list[str]:
        """Return the blocks of a part; for `first`, see `write_turtle`."""
        self._subjects, self._blanks = part.subjects, part.blanks
        begin = dict.fromkeys(subject for subject in first if subject in self._subjects)
        rest = [subject for subject in self._subjects if subject[0] == "<" and subject not in begin]
        rest.sort(key=lambda subject: subject[1:-1])
        blocks = [self._block(self._names.node(subject), subject) for subject in (*begin, *rest)]
        blocks += [self._block(label(node), node) for node in self._blanks.labelled if node in self._subjects]
        return blocks + [self._block("[]", node) for node in self._blanks.top]

    def _block(self, head: str, subject: str) -> str:
        return f"{head}\n{self._lines(self._subjects[subject], 1)} .\n"

    def _lines(self, properties: Properties, depth: int) -> str:
        indent = _INDENT * depth
        lines = []
        for predicate, name in self._in_order(properties):
            objects = properties[predicate]
            if len(objects) == 1:
                (value,) = objects
                lines.append(f"{indent}{name} {self._object(value, depth)}")
            else:
                comma = f" ,\n{indent}{_INDENT}"
                values = comma.join([self._object(value, depth + 1) for value in sorted(objects, key=self._key)])
                lines.append(f"{indent}{name}\n{indent}{_INDENT}{values}")
        return " ;\n".join(lines)

    def _in_order(self, properties: Properties) -> Sequence[tuple[str, str]]:
        """Return predicates with their names, in the order in which they are written."""
        own = tuple(properties)
        found = self._orders.get(own)
        if found is None:
            ranked = sorted(own, key=self._predicate_key)
            found = self._orders[own] = [(predicate, self._predicate_key(predicate)[2]) for predicate in ranked]
        return found

    def _predicate_key(self, predicate: str) -> tuple[int, str, str]:
        """Return rank, sort key and name of a predicate."""
        key = self._predicates.get(predicate)
        if key is None:
            rank = _FIRST_PREDICATES.get(predicate, len(_FIRST_PREDICATES))
            name = self._names.node(predicate) if rank else "a"
            key = (rank + 1, predicate, name) if name[0] == "<" else (rank, name, name)
            self._predicates[predicate] = key
        return key

    def _key(self, value: str) -> tuple[int, int, str, str]:
        return object_key(self._blanks.keys.get(value, value))

    def _object(self, value: str, depth: int) -> str:
        first = value[0]
        if first == "<":
            return "()" if value == _NIL else self._names.node(value)
        if first == '"':
            return self._names.literal(value)
        if value in self._blanks.lists:
            return self._list(self._blanks.lists[value], depth)
        if value in self._blanks.keys:
            return self._bracket(self._subjects.get(value, {}), depth)
        return label(value)

    def _bracket(self, properties: Properties, depth: int) -> str:
        if not properties:
            return "[]"
        lines = self._lines(properties, depth + 1)
        if len(properties) == 1 and "\n" not in lines and len(lines) < _WIDTH:
            return f"[ {lines.strip()} ]"
        return f"[\n{lines}\n{_INDENT * depth}]"

    def _list(self, items: Sequence[str], depth: int) -> str:
        values = [self._object(item, depth + 1) for item in items]
        if sum(map(len, values)) + len(values) < _WIDTH and not any("\n" in value for value in values):
            return f"( {' '.join(values)} )"
        indent = "\n" + _INDENT * (depth + 1)
        return f"({indent}{indent.join(values)}\n{_INDENT * depth})"
