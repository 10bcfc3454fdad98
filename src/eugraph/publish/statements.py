"""The statements of a release as text by subject: a million of them take little more memory than their text.

Terms are canonical N-Triples text, as everywhere in the writers. What is said of a subject in a graph is one text, a
statement a line, each line predicate and object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, parse

_subject_and_graph = attrgetter("subject", "graph_name")


class Said(Protocol):
    """Statements that lie elsewhere, such as on disk, by subject."""

    def __iter__(self) -> Iterator[str]:
        """Yield all subjects, sorted by their IRIs."""

    def __contains__(self, subject: object) -> bool: ...

    def items(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield each subject, sorted by their IRIs, with what is said of it: graph -> text."""

    def about(self, subject: str) -> Mapping[str, str]:
        """Return what is said of a subject: graph -> text; nothing where it is none."""


class Statements:
    """All statements about things, each once a graph: those that were taken in, and those that lie elsewhere."""

    def __init__(self, elsewhere: Said | None = None) -> None:
        self._texts: dict[str, dict[str, str]] = {}  # subject -> graph ("" for the default graph) -> lines
        self._elsewhere = elsewhere

    def take(self, quads: Iterable[Quad]) -> None:
        """Take in statements. It is quickest where those about one subject come together."""
        for (subject, graph), group in groupby(quads, _subject_and_graph):
            name = str(subject)
            graph_name = "" if isinstance(graph, DefaultGraph) else str(graph)
            start, end = len(name) + 1, -1 - len(graph_name) if graph_name else None
            _add(self._texts.setdefault(name, {}), graph_name, "\n".join([str(quad)[start:end] for quad in group]))

    def beside(self, elsewhere: Said) -> Statements:
        """Return what was taken in beside statements that lie elsewhere, others than so far."""
        other = Statements(elsewhere)
        other._texts = self._texts
        return other

    def __contains__(self, subject: object) -> bool:
        return subject in self._texts or (self._elsewhere is not None and subject in self._elsewhere)

    def __iter__(self) -> Iterator[str]:
        if self._elsewhere is None:
            yield from self._texts
            return
        own = dict.fromkeys(self._texts)
        for subject in self._elsewhere:
            own.pop(subject, None)
            yield subject
        yield from own

    def taken(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield each subject of which something was taken in, with that: graph -> text."""
        yield from self._texts.items()

    def items(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield each subject with all that is said of it: graph -> text."""
        if self._elsewhere is None:
            yield from self._texts.items()
            return
        own = dict(self._texts)
        for subject, texts in self._elsewhere.items():
            yield subject, _joined(texts, own.pop(subject, None))
        yield from own.items()

    def of(self, subject: str) -> str:
        """Return all that is said of a subject; a line that two graphs hold comes twice."""
        return "\n".join(self.about(subject).values())

    def about(self, subject: str) -> Mapping[str, str]:
        """Return what is said of a subject: graph -> text."""
        own = self._texts.get(subject)
        return own or {} if self._elsewhere is None else _joined(self._elsewhere.about(subject), own)


def _joined(there: Mapping[str, str], own: Mapping[str, str] | None) -> Mapping[str, str]:
    if not own:
        return there
    both = dict(there)
    for graph, text in own.items():
        _add(both, graph, text)
    return both


def _add(texts: dict[str, str], graph: str, text: str) -> None:
    """Add lines to what a graph says; each line once."""
    lines = dict.fromkeys(text.split("\n"))
    if known := texts.get(graph):
        lines = {**dict.fromkeys(known.split("\n")), **lines}
    texts[graph] = "\n".join(lines)


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
