"""The statements of a release as text by subject: a million of them take little more memory than their text.

Terms are canonical N-Triples text, as everywhere in the writers. What is said of a subject in a graph is one text, a
statement a line, each line predicate and object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, parse

_subject_and_graph = attrgetter("subject", "graph_name")


class Statements:
    """All statements about things, each once a graph, in the order in which their subjects came first."""

    def __init__(self) -> None:
        self._texts: dict[str, dict[str, str]] = {}  # subject -> graph ("" for the default graph) -> lines

    def take(self, quads: Iterable[Quad]) -> None:
        """Take in statements. It is quickest where those about one subject come together."""
        for (subject, graph), group in groupby(quads, _subject_and_graph):
            name = str(subject)
            graph_name = "" if isinstance(graph, DefaultGraph) else str(graph)
            start, end = len(name) + 1, -1 - len(graph_name) if graph_name else None
            lines = dict.fromkeys([str(quad)[start:end] for quad in group])
            texts = self._texts.setdefault(name, {})
            if known := texts.get(graph_name):
                lines = {**dict.fromkeys(known.split("\n")), **lines}
            texts[graph_name] = "\n".join(lines)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, subject: object) -> bool:
        return subject in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def items(self) -> Iterator[tuple[str, str]]:
        """Yield (subject, text) for each subject; see `of`."""
        return ((subject, self.of(subject)) for subject in self._texts)

    def of(self, subject: str) -> str:
        """Return all that is said of a subject; a line that two graphs hold comes twice."""
        texts = self._texts.get(subject)
        return "\n".join(texts.values()) if texts else ""

    def about(self, subject: str) -> list[tuple[str, str, str]]:
        """Return (subject, graph, text) for each graph that speaks of a subject."""
        return [(subject, graph, text) for graph, text in self._texts[subject].items()]

    def in_graphs(self) -> Iterator[tuple[str, str, str]]:
        """Yield (subject, graph, text) for each subject and each graph that speaks of it."""
        return ((subject, graph, text) for subject, texts in self._texts.items() for graph, text in texts.items())

    def count(self) -> tuple[int, int]:
        """Return how many statements there are, and how many named graphs."""
        number = sum(text.count("\n") + 1 for _, _, text in self.in_graphs())
        return number, len({graph for texts in self._texts.values() for graph in texts if graph})


def split(line: str) -> tuple[str, str]:
    """Return predicate and object of a line."""
    predicate, _, value = line.partition(" ")
    if predicate[-1] != ">":  # an IRI with a space in it
        end = line.index("> ") + 1
        return line[:end], line[end + 1 :]
    return predicate, value


def read_triples(lines: Iterable[str]) -> list[Triple]:
    """Return the statements that lines of canonical N-Triples hold."""
    return [quad.triple for quad in parse("".join(lines), format=RdfFormat.N_TRIPLES, lenient=True)]
