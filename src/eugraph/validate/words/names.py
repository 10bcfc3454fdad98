"""What people call properties, classes, shapes and values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from eugraph.rdf.lexical import expected_form
from eugraph.shacl.graph import Term
from eugraph.shacl.path import Alternative, Chain, Inverse, Path, Predicate, Repeated
from eugraph.shacl.shapes_graph import english_first
from eugraph.vocab import PREF_LABEL, shorten, term

_LABELS = (term("sh:name"), PREF_LABEL, term("rdfs:label"))  # the first that is said wins
_PATH = term("sh:path")
_NUMBERS = tuple(term(f"xsd:{name}") for name in ("integer", "decimal", "double", "nonNegativeInteger"))
_LONGEST = 80  # characters of a value
_LISTED = 5  # names or values in a list


class Names:
    """Labels of terms, read when the first one is asked for."""

    def __init__(self, *graphs: Iterable[Quad]) -> None:
        """Take the graphs that may name terms: shapes, ontology."""
        self._graphs = graphs

    @cached_property
    def _labels(self) -> dict[Term, str]:
        said: dict[Term, dict[NamedNode, list[Literal]]] = {}
        paths: dict[Term, Term] = {}  # shape -> its property
        for graph in self._graphs:
            for quad in graph:
                if quad.predicate in _LABELS and isinstance(quad.object, Literal):
                    said.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)  # type: ignore[arg-type]  # RDF 1.1: no triple terms
                elif quad.predicate == _PATH and isinstance(quad.object, NamedNode):
                    paths[quad.subject] = quad.object  # type: ignore[index]  # as above
        found = {}
        for node, texts in said.items():
            first = next(texts[name] for name in _LABELS if name in texts)
            found[node] = " ".join(english_first(first)[0].value.split())
        for shape in sorted(paths, key=str):
            if shape in said and _LABELS[0] in said[shape]:
                found.setdefault(paths[shape], found[shape])
        return found

    def term(self, node: Term, shape: Term | None = None) -> str:
        """A property, a class or a shape: its label, if it has one, and its short name.

        Args:
            node: what to name.
            shape: the property shape that speaks of it, whose `sh:name` comes first.
        """
        if not isinstance(node, NamedNode):
            return shown(node)
        label = self._labels.get(shape) if shape is not None else None
        label = label or self._labels.get(node)
        return f"“{label}” ({short(node)})" if label else short(node)

    def label(self, node: Term) -> str:
        """The label of a node, or ""."""
        return self._labels.get(node, "")

    def path(self, path: Path | None, shape: Term | None = None) -> str:
        """A property path in words."""
        match path:
            case None:
                return "it"
            case Predicate(iri=iri):
                return self.term(iri, shape)
            case Inverse(path=inner):
                return f"{self.path(inner)} from the other side"
            case Chain(paths=parts):
                return ", then ".join(self.path(part) for part in parts)
            case Alternative(paths=parts):
                return " or ".join(self.path(part) for part in parts)
            case Repeated(path=inner):
                return f"{self.path(inner)}, once and again"
        return str(path)


def short(node: NamedNode) -> str:
    """The short name of a term: `prefix:name` in a known namespace, else what its IRI ends in."""
    known = shorten(node.value)
    ending = node.value.rstrip("/#").rpartition("#")[2].rpartition("/")[2]
    return ending if known[0] == "<" and ending else known


def shown(node: Term) -> str:
    """A value as messages show it: texts in quotation marks, on one line, no longer than need be."""
    if isinstance(node, NamedNode):
        return shorten(node.value)
    if isinstance(node, BlankNode):
        return "a node without an IRI"
    if node.datatype in _NUMBERS and expected_form(node.value, node.datatype.value) is None:
        return node.value
    text = " ".join(node.value.split())
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}…"
    return f"“{text}”@{node.language}" if node.language else f"“{text}”"


def listed(names: Sequence[str], last: str = "or") -> str:
    """Return "A, B or C"; of many, the first ones and how many more there are."""
    if len(names) > _LISTED + 1:
        return f"{', '.join(names[:_LISTED])} (and {len(names) - _LISTED} more)"
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
