"""The files of a folder, or files by name, as one `Reading`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePath

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from eugraph.errors import InputError, UnreachableFileError
from eugraph.findings import Finding, Place, Severity
from eugraph.rdf.locate import Locator, Term
from eugraph.rdf.read import FORMATS, format_of, read
from eugraph.sources.skolem import name_blank_nodes


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that was read: where it lies, how messages call it, and the graph that it became."""

    path: Path
    name: PurePath
    format: RdfFormat
    graph: NamedNode


@dataclass(kw_only=True)
class Reading:
    """What files state, what was wrong with them, and where each statement stands."""

    base_iri: str
    quads: list[Quad] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _locators: dict[SourceFile, Locator] = field(default_factory=dict)

    def add(self, other: Reading) -> None:
        """Take in what another reading found."""
        self.quads += other.quads
        self.files += other.files
        self.findings += other.findings

    @cached_property
    def _files_by_subject(self) -> dict[Term, dict[SourceFile, None]]:
        by_graph = {file.graph: file for file in self.files}
        index: dict[Term, dict[SourceFile, None]] = {}
        for quad in self.quads:
            if isinstance(quad.graph_name, NamedNode) and (file := by_graph.get(quad.graph_name)):
                index.setdefault(quad.subject, {})[file] = None  # type: ignore[arg-type]  # RDF 1.1: no triple terms
        return index

    def place(self, subject: Term, predicate: Term | None = None, value: Term | None = None) -> Place | None:
        """Return where the statement stands; else its predicate's, else its subject's first place; else None."""
        best: Place | None = None
        for file in self._files_by_subject.get(subject, ()):
            locator = self._locator(file)
            place = locator.find(subject, predicate, value)
            if place and locator.is_exact(subject, predicate, value):
                return place
            best = best or place
        return best

    def _locator(self, file: SourceFile) -> Locator:
        if file not in self._locators:
            text = file.path.read_bytes().decode("utf-8-sig")
            self._locators[file] = Locator(text, file.name, file.format, self.base_iri)
        return self._locators[file]


def read_folder(folder: Path, *, base_iri: str, shown_from: Path, keep_blank_nodes: bool = False) -> Reading:
    """Read every RDF file below `folder`, in the order of their names; other files are passed over.

    Args:
        folder: where to look, at every depth; hidden files are passed over.
        base_iri: what relative IRIs and the graphs' names begin with.
        shown_from: the folder from which messages show names.
        keep_blank_nodes: leave blank nodes as they are (lists and paths of shapes need them).
    """
    return read_files(
        rdf_files(folder),
        base_iri=base_iri,
        graphs_from=folder,
        shown_from=shown_from,
        keep_blank_nodes=keep_blank_nodes,
    )


def rdf_files(folder: Path) -> list[Path]:
    """The files below `folder` whose names tell an RDF format, in the order of their names; no hidden ones."""
    paths = (path for path in folder.rglob("*") if path.suffix.lower() in FORMATS and not _hidden(path, folder))
    return sorted(paths, key=lambda path: path.relative_to(folder).as_posix())


def read_files(
    paths: Iterable[Path], *, base_iri: str, graphs_from: Path, shown_from: Path, keep_blank_nodes: bool = False
) -> Reading:
    """Read files by name. A file that cannot be read becomes a finding, and the others are read all the same.

    Raises:
        UnknownFormatError: a file's name tells no format.
    """
    reading = Reading(base_iri=base_iri)
    for path in paths:
        name = _relative(path, shown_from)
        graph = NamedNode(f"{base_iri}graph/{_graph_slug(path, graphs_from)}")
        file = SourceFile(path, name, format_of(name), graph)
        try:
            quads = read(_bytes(path, name), name, base_iri=base_iri)
        except InputError as error:
            reading.findings.append(_unreadable(error))
            continue
        if not keep_blank_nodes:
            quads, findings = name_blank_nodes(quads, file.name, base_iri)
            reading.findings += findings
        reading.files.append(file)
        reading.quads += (
            Quad(q.subject, q.predicate, q.object, graph) if isinstance(q.graph_name, DefaultGraph) else q
            for q in quads
        )
    return reading


def _bytes(path: Path, name: PurePath) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreachableFileError(
            name, f"the file cannot be read: {error.strerror}. Check its name and permissions."
        ) from error


def _unreadable(error: InputError) -> Finding:
    place = Place(error.path, error.line, error.column)
    return Finding(code=error.code, severity=Severity.VIOLATION, message=error.fault, place=place, unreadable=True)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _relative(path: Path, start: Path) -> PurePath:
    return PurePath(path.relative_to(start)) if path.is_relative_to(start) else PurePath(path)


def _graph_slug(path: Path, graphs_from: Path) -> str:
    """The path below the folder of data without its ending, with only characters that an IRI may hold."""
    name = _relative(path, graphs_from).with_suffix("")
    return "/".join(
        "".join(c if (c.isalnum() and c.isascii()) or c in "-_." else "-" for c in part)
        for part in name.parts
        if part != "/"
    )
