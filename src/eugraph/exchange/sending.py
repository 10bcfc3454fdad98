"""Sending one graph, and reading it back.

A graph that fits into one request goes in one. A longer one is written beside, read back, and moved to its name by one
update; where the store takes none, it goes in several requests, between which readers see a part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import RdfFormat, Triple, parse

from eugraph.exchange.alike import alike
from eugraph.exchange.release_graphs import ReleaseGraph
from eugraph.exchange.sums import Sums, rewritten, sums_of
from eugraph.exchange.target import Target

_OF_GRAPHS = (8 << 20, 1_000_000)  # bytes of N-Triples and statements in one request of the Graph Store Protocol
_OF_UPDATES = (1 << 20, 2_000)  # in one update; Virtuoso's compiler has no room for 5,000 statements
_TOLD = 100_000  # statements up to which it is said which ones differ


@dataclass(slots=True)
class Sender:
    """Sends graphs to a store, and gathers what was seen on the way.

    Args:
        target: the store.
        graphs: the graphs of the release, by name.
        sent: takes how many statements were sent, and the name of their graph, each time that some were.
        staging: the name of the graph that is written before it is moved.
    """

    target: Target
    graphs: Mapping[str, ReleaseGraph]
    sent: Callable[[int, str], object]
    staging: str = ""
    kinds: set[str] = field(default_factory=set)  # datatypes whose literals the store has written anew
    notes: list[str] = field(default_factory=list)

    def send(self, name: str) -> tuple[int, str]:
        """Have the store hold a graph, given by its name.

        Returns:
            How many statements the store then has in it, and what is wrong with them, "" where they are right.
        """
        target, graph = self.target, self.graphs[name]
        limit = _OF_GRAPHS if target.graph_store else _OF_UPDATES
        several = graph.size > limit[0] or graph.statements > limit[1]
        beside = several and bool(target.update_address)
        place = self.staging if beside else name
        sums = Sums()
        for number, part in enumerate(_parts(graph.lines(), limit)):
            before = sums.statements
            for triple in _triples(part):
                sums.add(triple)
            if several and sums.has_blank_nodes:
                return 0, "it has blank nodes, and is too long for one request."
            (target.add if number else target.replace)(place, part)
            self.sent(sums.statements - before, name)
        if several and not beside:
            self.notes.append(f"<{name}> went in several requests: readers saw a part of it in between.")
        held, fault = self.compared(name, sums, place)
        if beside and not fault:
            target.move(place, name)
            if (moved := target.count(name)) != held:
                return moved, f"{held} statements were moved to it, and it has {moved}."
        return held, fault

    def compared(self, name: str, sums: Sums | None = None, place: str = "") -> tuple[int, str]:
        """Read a graph back and compare it with the release; returns as `send` does.

        Args:
            name: of the graph in the release.
            sums: of its statements there, where they are known.
            place: name of the graph that is read, where it is another one.
        """
        graph, place = self.graphs[name], place or name
        expected = sums or sums_of(triple for part in _parts(graph.lines(), _OF_UPDATES) for triple in _triples(part))
        held = self.target.read(place, sums_of)
        counted = self.target.count(place)
        if held is None:
            self.notes.append(f"<{name}> could not be read back, as the store cuts its answers: it was counted only.")
            right = counted in (expected.statements, expected.different)
            return counted, "" if right else f"{expected.statements} statements were sent, {counted} there."
        kinds = rewritten(expected, held)
        if kinds is None:
            return held.statements, self._difference(graph, expected, place, held)
        self.kinds.update(kinds)
        return counted, ""

    def _difference(self, graph: ReleaseGraph, sums: Sums, place: str, held: Sums) -> str:
        fault = f"{_statements(sums.statements, 'was', 'were')} sent, {held.statements} there"
        if max(sums.statements, held.statements) > _TOLD:
            return f"{fault}; they differ."
        there = self.target.read(place, lambda triples: {alike(triple) for triple in triples}) or set()
        missing = [t for part in _parts(graph.lines(), _OF_UPDATES) for t in _triples(part) if alike(t) not in there]
        example = f", such as {missing[0]}" if missing else ""
        return f"{fault}; {len(missing)} of them missing{example}."


def _statements(number: int, one: str, several: str) -> str:
    return f"1 statement {one}" if number == 1 else f"{number} statements {several}"


def _parts(lines: Iterator[bytes], limit: tuple[int, int]) -> Iterator[bytes]:
    """Yield lines joined, in parts of so many bytes and lines at most; one empty part where there is no line."""
    part: list[bytes] = []
    size = 0
    for line in lines:
        if part and (size + len(line) > limit[0] or len(part) == limit[1]):
            yield b"".join(part)
            part, size = [], 0
        part.append(line)
        size += len(line)
    yield b"".join(part)


def _triples(part: bytes) -> Iterator[Triple]:
    return (quad.triple for quad in parse(part, format=RdfFormat.N_TRIPLES, lenient=True))
