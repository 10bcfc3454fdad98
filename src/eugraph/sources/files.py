"""The files of a folder, or files by name, as one `Reading`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePath

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from eugraph.errors import InputError, NoVocabularyError, UnknownFormatError, UnreachableFileError
from eugraph.findings import Finding, Place, unreadable
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.locate import Locator, Term
from eugraph.rdf.places.excerpt import line_at
from eugraph.rdf.read import FORMATS, decode, format_of, read
from eugraph.rdf.refused import check_terms
from eugraph.sources.folders import content, shown, walk
from eugraph.sources.graphs import graph_of, refused_graphs, refused_name
from eugraph.sources.places import Places
from eugraph.sources.skolem import name_blank_nodes
from eugraph.sources.statements import Content

RECORDS = {".csv": "CSV", ".yaml": "YAML", ".yml": "YAML"}  # formats whose keys the ontology explains
ENDINGS = (*FORMATS, *RECORDS)


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
    _stated: dict[SourceFile, Sequence[Quad]] = field(default_factory=dict)  # by each file, in its order
    _graphs: dict[NamedNode, dict[SourceFile, None]] = field(default_factory=dict)  # whose statements stand in which

    def add(self, other: Reading) -> None:
        """Take in what another reading found."""
        self.quads += other.quads
        self.files += other.files
        self.findings += other.findings
        self._places |= other._places
        self._texts |= other._texts
        self._stated |= other._stated
        for graph, files in other._graphs.items():
            self._graphs.setdefault(graph, {}).update(files)

    def take(self, file: SourceFile, data: bytes, quads: Sequence[Quad]) -> None:
        """Take in the statements of a file, each in its graph."""
        self.files.append(file)
        self.quads += quads
        self._texts[file] = data
        self._stated[file] = quads
        for graph in {file.graph, *(quad.graph_name for quad in quads)}:
            if isinstance(graph, NamedNode):
                self._graphs.setdefault(graph, {})[file] = None

    @cached_property
    def _files_by_subject(self) -> dict[Term, dict[SourceFile, None]]:
        index: dict[Term, dict[SourceFile, None]] = {}
        for subject, graph in dict.fromkeys((quad[0], quad[3]) for quad in self.quads):
            if isinstance(graph, NamedNode):
                index.setdefault(subject, {}).update(self._graphs.get(graph, {}))
        return index

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
                place = replace(place, written=_line(self._texts[file], place.line, place.column))
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
            self._places[file] = _locator(self._texts[file], file.name, self.base_iri, self._stated[file])
        return self._places[file]


def read_folder(
    folder: Path,
    *,
    base_iri: str,
    shown_from: Path,
    keep_blank_nodes: bool = False,
    vocabulary: Context | None = None,
    instead: Mapping[Path, bytes] | None = None,
) -> Reading:
    """Read every file below `folder` whose format we know, in the order of their names; others are passed over.

    Args:
        folder: where to look, at every depth; hidden files are passed over.
        base_iri: what relative IRIs and the graphs' names begin with.
        shown_from: the folder from which messages show names.
        keep_blank_nodes: leave blank nodes as they are (lists and paths of shapes need them).
        vocabulary: what the keys of YAML and CSV mean; without it such a file is a finding.
        instead: bytes to read in place of those of some files.
    """
    paths, faults = walk(folder, ENDINGS, shown_from)
    reading = read_files(
        paths,
        base_iri=base_iri,
        graphs_from=folder,
        shown_from=shown_from,
        keep_blank_nodes=keep_blank_nodes,
        vocabulary=vocabulary,
        instead=instead,
    )
    reading.findings += map(_unreadable, faults)
    return reading


def source_files(folder: Path) -> list[Path]:
    """The files below `folder` whose names tell a format that we read, in the order of their names; no hidden ones.

    Raises:
        UnreachableFileError: a folder cannot be read.
    """
    return _files(folder, ENDINGS)


def rdf_files(folder: Path) -> list[Path]:
    """Those of the files below `folder` that are RDF as they stand: neither YAML nor CSV."""
    return _files(folder, FORMATS)


def _files(folder: Path, endings: Collection[str]) -> list[Path]:
    paths, faults = walk(folder, endings, Path.cwd())
    if faults:
        raise faults[0]
    return paths


def read_files(
    paths: Iterable[Path],
    *,
    base_iri: str,
    graphs_from: Path,
    shown_from: Path,
    keep_blank_nodes: bool = False,
    vocabulary: Context | None = None,
    instead: Mapping[Path, bytes] | None = None,
) -> Reading:
    """Read files by name. A file that cannot be read becomes a finding, and the others are read all the same.

    Raises:
        UnknownFormatError: a file's name tells no format.
    """
    reading = Reading(base_iri=base_iri)
    taken: dict[NamedNode, PurePath] = {}
    for path in paths:
        name = shown(path, shown_from)
        if name.suffix.lower() not in ENDINGS:
            raise UnknownFormatError(name, ENDINGS)
        graph = graph_of(shown(path, graphs_from), base_iri)
        file = SourceFile(path, name, graph)
        data = b""
        try:
            _check_name(name)
            data = instead[path] if instead and path in instead else content(path, name)
            if name.suffix.lower() in RECORDS:
                records = _records(data, name, base_iri, vocabulary)
                reading.findings += [_unreadable(fault, data) for fault in records.faults]
                reading.keep_places(file, records.places)
                quads = list(records.quads)
            else:
                if format_of(name) == RdfFormat.JSON_LD and (lost := _dropped(data, name)):
                    reading.findings += [_unreadable(fault, data) for fault in lost]
                    continue
                quads = read(data, name, base_iri=base_iri)
                check_terms(quads, decode(data, name), name, format_of(name))
        except InputError as error:
            reading.findings.append(_unreadable(error, data))
            continue
        if keep_blank_nodes:  # ontology and shapes are published by the file
            quads = [Quad(q.subject, q.predicate, q.object, graph) for q in quads]
        else:
            quads, findings = _in_graphs(quads, file, data, base_iri)
            reading.findings += findings
        if clash := refused_name(graph, name, taken, base_iri):
            reading.findings.append(clash)
        taken.setdefault(graph, name)
        reading.take(file, data, quads)
    return reading


def _in_graphs(quads: Sequence[Quad], file: SourceFile, data: bytes, base_iri: str) -> tuple[list[Quad], list[Finding]]:
    """Put each statement of a file into its graph, without blank nodes."""
    findings = []
    if any(not isinstance(graph, DefaultGraph) for *_, graph in quads):
        findings = refused_graphs(quads, file.name, _locator(data, file.name, base_iri, quads), base_iri)
    named, more = name_blank_nodes(quads, file.name, base_iri)
    own = file.graph
    return [
        Quad(subject, predicate, value, own if isinstance(graph, DefaultGraph) else graph)
        for subject, predicate, value, graph in named
    ], [*findings, *more]


def _locator(data: bytes, name: PurePath, base_iri: str, quads: Sequence[Quad]) -> Locator:
    return Locator(data.decode("utf-8-sig"), name, format_of(name), base_iri, quads)


def _check_name(name: PurePath) -> None:
    """Refuse a name that is no text: it could be shown nowhere."""
    try:
        name.as_posix().encode()
    except UnicodeEncodeError:
        readable = PurePath(name.as_posix().encode(errors="replace").decode())
        fault = "the name of this file is not UTF-8, and ? stands for what cannot be shown. Rename it."
        raise UnreachableFileError(readable, fault) from None


def _records(data: bytes, name: PurePath, base_iri: str, vocabulary: Context | None) -> Content:
    """Read YAML or CSV."""
    text = decode(data, name)
    if vocabulary is None:
        form = RECORDS[name.suffix.lower()]
        fault = (
            f"the ontology says what the keys of {form} mean, and it is not at hand here. Mend ontology/, or write RDF."
        )
        raise NoVocabularyError(name, fault)
    if name.suffix.lower() == ".csv":
        from eugraph.sources.csv_table import read_csv

        return read_csv(text, name, context=vocabulary, base_iri=base_iri)
    from eugraph.sources.yaml_ld import read_yaml  # ruamel.yaml loads slowly

    return read_yaml(text, name, context=vocabulary, base_iri=base_iri)


def _dropped(data: bytes, name: PurePath) -> Sequence[InputError]:
    from eugraph.rdf.jsonld_dropped import dropped  # few files need it

    return dropped(decode(data, name), name)


def _unreadable(error: InputError, data: bytes = b"") -> Finding:
    return unreadable(error, _line(data, error.line, error.column))


def _line(data: bytes, line: int, column: int) -> str:
    return line_at(data.decode("utf-8-sig", "replace"), line, column)
