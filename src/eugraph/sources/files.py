"""The files of a folder, or files by name, as one `Reading`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePath

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat

from eugraph.errors import InputError, NoVocabularyError, UnknownFormatError, UnreachableFileError
from eugraph.findings import Finding, unreadable
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.read import FORMATS, decode, format_of, read
from eugraph.rdf.refused import check_terms
from eugraph.sources.folders import content, shown, walk
from eugraph.sources.graphs import graph_of, refused_graphs, refused_name
from eugraph.sources.reading import Reading, SourceFile, line_of, locator
from eugraph.sources.skolem import name_blank_nodes
from eugraph.sources.statements import Content

RECORDS = {".csv": "CSV", ".yaml": "YAML", ".yml": "YAML"}  # formats whose keys the ontology explains
ENDINGS = (*FORMATS, *RECORDS)


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
                check_terms(quads, data.decode("utf-8-sig"), name, format_of(name))
        except InputError as error:
            reading.findings.append(_unreadable(error, data))
            continue
        graphs: Collection[NamedNode] = ()
        if keep_blank_nodes:  # ontology and shapes are published by the file
            quads = [Quad(subject, predicate, value, graph) for subject, predicate, value, _ in quads]
        else:
            quads, graphs, findings = _in_graphs(quads, file, data, base_iri)
            reading.findings += findings
        if clash := refused_name(graph, name, taken, base_iri):
            reading.findings.append(clash)
        taken.setdefault(graph, name)
        reading.take(file, data, quads, graphs)
    return reading


def _in_graphs(
    quads: Sequence[Quad], file: SourceFile, data: bytes, base_iri: str
) -> tuple[list[Quad], Collection[NamedNode], list[Finding]]:
    """Put each statement of a file into its graph, without blank nodes; return also the graphs that the file names."""
    own = file.graph
    placed: list[Quad] = []
    graphs: dict[NamedNode, None] = {}
    is_blank = is_named = False
    for subject, predicate, value, graph in quads:  # most quads of a workspace come by here
        if type(graph) is DefaultGraph:
            placed.append(Quad(subject, predicate, value, own))
        else:
            placed.append(Quad(subject, predicate, value, graph))
            is_named = True
            if type(graph) is NamedNode:
                graphs[graph] = None
        if type(subject) is BlankNode or type(value) is BlankNode:
            is_blank = True
    findings = refused_graphs(quads, file.name, locator(data, file.name, base_iri, quads), base_iri) if is_named else []
    if is_blank:
        placed, more = name_blank_nodes(placed, file.name, base_iri)
        findings += more
    return placed, graphs, findings


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
    return unreadable(error, line_of(data, error.line, error.column))
