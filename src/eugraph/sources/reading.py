"""What files state, what was wrong with them, and where each statement stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePath

from pyoxigraph import NamedNode, Quad

from eugraph.findings import Finding, Place
from eugraph.rdf.locate import Locator, Term
from eugraph.rdf.places.excerpt import line_at
from eugraph.rdf.read import format_of
from eugraph.sources.places import Places
from eugraph.sources.stated import Stated


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that was read: where it lies, how messages call it, and the graph that it became."""

    path: Path
    name: PurePath
    graph: NamedNode


@dataclass(kw_only=True)
class Reading:
    """What files state, what was wrong with them, and where each statement stands."""

    base_iri: str
    quads: list[Quad] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _places: dict[SourceFile, Places] = field(default_factory=dict)
    _texts: dict[SourceFile, bytes] = field(default_factory=dict)  # as read: the file may change meanwhile
    stated: dict[SourceFile, Stated] = field(default_factory=dict)  # by each file
    _graphs: dict[NamedNode, dict[SourceFile, None]] = field(default_factory=dict)  # whose statements stand in which

    def add(self, other: Reading) -> None:
        """Take in what another reading found."""
        self.quads += other.quads
        self.files += other.files
        self.findings += other.findings
        self._places |= other._places
        self._texts |= other._texts
        self.stated |= other.stated
        for graph, files in other._graphs.items():
            self._graphs.setdefault(graph, {}).update(files)

    def take(self, file: SourceFile, data: bytes, quads: Sequence[Quad], graphs: Iterable[NamedNode]) -> None:
        """Take in the statements of a file, each in its own graph or in one of the `graphs` that the file names."""
        self.files.append(file)
        self.quads += quads
        self._texts[file] = data
        self.stated[file] = Stated(quads)
        for graph in (file.graph, *graphs):
            self._graphs.setdefault(graph, {})[file] = None

    @cached_property
    def _files_by_subject(self) -> dict[Term, list[SourceFile]]:
        index: dict[Term, list[SourceFile]] = {}
        for file, stated in self.stated.items():
            for subject in stated.by_subject:
                index.setdefault(subject, []).append(file)
        return index

    def on(self, subject: Term) -> Iterator[Quad]:
        """The statements on a subject, in the order in which they were read."""
        for file in self._files_by_subject.get(subject, ()):
            yield from self.stated[file].by_subject[subject]

    def with_value(self, value: Term) -> Iterator[Quad]:
        """The statements that have a value, in the order in which they were read."""
        for stated in self.stated.values():
            yield from stated.by_value.get(value, ())

    def place(
        self, subject: Term, predicate: Term | None = None, value: Term | None = None, *, graph: object = None
    ) -> Place | None:
        """Return where the statement stands; else its predicate's, else its subject's first place, else a file.

        None where nothing is said of the subject. With `graph`, only the files that speak in this graph are asked.
        """
        best: Place | None = None
        asked = self._graphs.get(graph, {}) if isinstance(graph, NamedNode) else None
        files = [file for file in self._files_by_subject.get(subject, ()) if asked is None or file in asked]
        for file in files:
            places = self._places_in(file)
            place = places.find(subject, predicate, value)
            if place and not place.written:
                place = replace(place, written=line_of(self._texts[file], place.line, place.column))
            if place and places.is_exact(subject, predicate, value):
                return place
            best = best or place
        return best or (Place(files[0].name) if files else None)

    def take_places(self, other: Reading) -> None:
        """Take over what an earlier reading worked out of the places in files that have not changed since."""
        for file, places in other._places.items():
            if file in self._texts and self._texts[file] is other._texts.get(file):
                self._places.setdefault(file, places)

    def data_of(self, file: SourceFile) -> bytes:
        """The bytes of a file as they were read."""
        return self._texts[file]

    def keep_places(self, file: SourceFile, places: Places) -> None:
        """Take the places of a file from its reader; without them its text is searched when they are needed."""
        self._places[file] = places

    def _places_in(self, file: SourceFile) -> Places:
        if file not in self._places:
            self._places[file] = locator(self._texts[file], file.name, self.base_iri, self.stated[file].quads)
        return self._places[file]


def locator(data: bytes, name: PurePath, base_iri: str, quads: Sequence[Quad]) -> Locator:
    """Return what finds the places in a file that a parser has accepted."""
    return Locator(data.decode("utf-8-sig"), name, format_of(name), base_iri, quads)


def line_of(data: bytes, line: int, column: int) -> str:
    """The line of a file as written."""
    return line_at(data.decode("utf-8-sig", "replace"), line, column)
