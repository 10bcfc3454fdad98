"""The order of the work: read, derive, validate, write."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import Literal, NamedNode, Quad, Triple

from eugraph.config import FOLDERS, Workspace, check_base, parse_date, parse_epoch
from eugraph.derive import derive, derived_graph
from eugraph.errors import (
    EmptyFolderError,
    OutputError,
    QueryError,
    SettingError,
    ShapesError,
    UnreachableFileError,
    UnreadableWorkspaceError,
)
from eugraph.findings import Finding, Severity
from eugraph.rdf.collecting import without_collecting
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.lexical import expected_form
from eugraph.rdf.nquads import BaseMove
from eugraph.sources import Reading, provenance, read_files, read_folder, source_files
from eugraph.store import EmbeddedStore, Graph, TimedStore
from eugraph.validate import (
    Engine,
    Graphs,
    Report,
    has_shapes,
    place_finder,
    validate,
)
from eugraph.vocab import PREFIXES, term

if TYPE_CHECKING:  # what only answers or only publishes is loaded where it is needed: validation starts sooner
    from eugraph.publish import AnsweredReport, Release, ReleaseInput
    from eugraph.rdf.stream import Form
    from eugraph.reports import Answer
    from eugraph.reports.parameters import Term

_NO_BASE = "urn:x-eugraph:none/"  # what relative addresses in shapes without a workspace are resolved against


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A workspace as read: curated statements, what follows from them, vocabulary and shapes."""

    workspace: Workspace
    curated: Reading
    ontology: Reading
    shapes: Reading
    known: list[Quad] | None = None  # what follows, where that was worked out before

    @cached_property
    def derived(self) -> list[Quad]:
        """What follows from the curated statements."""
        if self.known is not None:
            return self.known
        return derive(self.curated.quads, self.ontology.quads, base_iri=self.workspace.base_iri)

    @property
    def quads(self) -> list[Quad]:
        """All statements about things: curated and derived."""
        return [*self.curated.quads, *self.derived]

    @cached_property
    def store(self) -> EmbeddedStore:
        """Everything that queries see: statements about things, ontology and concept schemes."""
        store = EmbeddedStore(self.quads)
        store.extend(self.ontology.quads)
        return store


def load(workspace: Workspace, extra: Sequence[Path] = (), shapes: Sequence[Path] = ()) -> Loaded:
    """Read a workspace. What is wrong with its files is among the findings of the readings.

    Args:
        workspace: where to read.
        extra: files outside of its data folder to read as well.
        shapes: files and folders of shapes in place of the workspace's.

    Raises:
        MissingFolderError: a folder of the workspace is not there.
        EmptyFolderError: it holds nothing of what it is for.
        ShapesError: there is no shape.
        UnknownFormatError: the name of a file in `extra` tells no format.
    """
    base, root = workspace.base_iri, workspace.root
    ontology = read_folder(workspace.ontology, base_iri=base, shown_from=root, keep_blank_nodes=True)
    _refuse_nothing(ontology, workspace.ontology, FOLDERS["ontology"])
    return Loaded(
        workspace=workspace,
        curated=_read_data(workspace, ontology, extra),
        ontology=ontology,
        shapes=_read_shapes(shapes or (workspace.shapes,), base, root),
    )


def load_anew(loaded: Loaded, instead: Mapping[Path, bytes], extra: Sequence[Path] = ()) -> Loaded:
    """Return the workspace as it would be with other bytes in some of its files of data; nothing is written.

    Args:
        loaded: the workspace as it is. Its ontology and shapes are not read again.
        instead: the bytes of the files that differ.
        extra: files outside of its data folder to read as well.
    """
    curated = _read_data(loaded.workspace, loaded.ontology, extra, instead)
    return Loaded(workspace=loaded.workspace, curated=curated, ontology=loaded.ontology, shapes=loaded.shapes)


def _read_data(
    workspace: Workspace, ontology: Reading, extra: Sequence[Path], instead: Mapping[Path, bytes] | None = None
) -> Reading:
    base, root = workspace.base_iri, workspace.root
    vocabulary = None if ontology.findings else Context.from_ontology(ontology.quads)  # half of one misleads
    curated = read_folder(workspace.data, base_iri=base, shown_from=root, vocabulary=vocabulary, instead=instead)
    _refuse_nothing(curated, workspace.data, FOLDERS["data"])
    curated.add(
        read_files(extra, base_iri=base, graphs_from=root, shown_from=root, vocabulary=vocabulary, instead=instead)
    )
    return curated


def _read_shapes(paths: Sequence[Path], base_iri: str, root: Path) -> Reading:
    whole = Reading(base_iri=base_iri)
    for path in paths:
        if path.is_dir():
            reading = read_folder(path, base_iri=base_iri, shown_from=root, keep_blank_nodes=True)
            _refuse_nothing(reading, path, FOLDERS["shapes"])
        else:
            reading = read_files([path], base_iri=base_iri, graphs_from=root, shown_from=root, keep_blank_nodes=True)
        if not reading.findings and not has_shapes(reading.quads):
            raise ShapesError(f"{path}: no shape is in here, so nothing would be asked. Name another file or folder.")
        whole.add(reading)
    return whole


def _refuse_nothing(reading: Reading, folder: Path, purpose: str) -> None:
    if not reading.files and not reading.findings:
        raise EmptyFolderError(folder, purpose)


def check(loaded: Loaded, engine: Engine = Engine.AUTO, *, repeats: bool = False) -> Report:
    """Validate what was loaded; but where a file cannot be read, say only that: half a graph has false faults.

    With `repeats`, what a shape finds is told also where a check has said it better.
    """
    broken = [*loaded.curated.findings, *loaded.ontology.findings, *loaded.shapes.findings]
    if broken:
        return Report(tuple(sorted(broken, key=Finding.sort_key)))
    return validate(
        Graphs(
            curated=loaded.curated,
            derived=loaded.derived,
            ontology=loaded.ontology.quads,
            shapes=loaded.shapes,
        ),
        engine,
        repeats=repeats,
    )


@without_collecting()
def check_paths(
    workspace: Workspace, paths: Sequence[Path], shapes: Sequence[Path] = (), engine: Engine = Engine.AUTO
) -> Report:
    """Validate the workspace, or with `paths` report only what is wrong in these files and folders.

    A file anywhere that cannot be read is reported all the same: without it no shape was asked.
    """
    files = files_at(paths)
    report = check(load(workspace, files_beside(workspace, files), shapes), engine)
    if not paths:
        return report
    inside = {_real(file) for file in files}
    kept = tuple(f for f in report.findings if f.unreadable or _is_in(f, workspace.root, inside))
    return Report(kept, report.notes)


@without_collecting()
def check_files(
    data: Sequence[Path],
    shapes: Sequence[Path] = (),
    engine: Engine = Engine.AUTO,
    *,
    named: Form | None = None,
    stdin: BinaryIO | None = None,
) -> Report:
    """Validate RDF files against shapes, without a workspace.

    Args:
        data: files and folders; `-` is standard input.
        shapes: the same; without them the shapes are those in the data.
        engine: who runs the shapes.
        named: the format of standard input, and of files whose names tell none.
        stdin: open for reading.

    Raises:
        InputError: a path leads to nothing that is read as RDF.
        ShapesError: there is no shape, or the shapes cannot be run.
    """
    from eugraph.sources.plain_paths import PlainOpener
    from eugraph.validate.standalone import validate_files

    opener = PlainOpener(named, stdin)
    report = validate_files(opener.open(data), opener.open(shapes) if shapes else None, engine)
    over = [f"{path}: passed over, as only a workspace says what its keys mean" for path in opener.passed_over]
    return Report(report.findings, (*report.notes, *over))


def check_endpoint(
    endpoint: str, workspace: Workspace | None = None, shapes: Sequence[Path] = (), *, timeout_s: float = 30
) -> Report:
    """Validate the graph of a SPARQL endpoint as it is: nothing is derived, and no file is data.

    Args:
        endpoint: its address. The union of its graphs is validated.
        workspace: whose shapes are asked, and in whose files the places of findings are looked for.
        shapes: files and folders of shapes in place of the workspace's; without a workspace there must be one.
        timeout_s: longest wait for one answer, in seconds.

    Raises:
        ShapesError: there is no shape, or the shapes cannot be run.
        EndpointError: the endpoint did not answer as it should.
    """
    from eugraph.store.union import union_store  # SPARQLWrapper brings rdflib along
    from eugraph.validate.remote import validate_store

    if workspace is None:
        curated, asked = Reading(base_iri=_NO_BASE), _read_shapes(shapes, _NO_BASE, Path.cwd())
    else:
        loaded = load(workspace, shapes=shapes)
        curated, asked = loaded.curated, loaded.shapes
    if asked.findings:
        return Report(tuple(sorted(asked.findings, key=Finding.sort_key)))
    return validate_store(union_store(endpoint, timeout_s=timeout_s), asked, place_finder(curated))


def files_at(paths: Sequence[Path]) -> list[Path]:
    """The files that paths name: a file as it is, of a folder all that we read.

    Raises:
        UnreachableFileError: a path leads to neither.
        EmptyFolderError: a folder holds nothing that we read.
    """
    return [file for path in paths for file in _files_at(path)]


def files_beside(workspace: Workspace, files: Sequence[Path]) -> list[Path]:
    """Those of the files that lie in no folder of the workspace: they are read as if they lay in its data."""
    known = {_real(file) for folder in _folders(workspace) for file in source_files(folder)} if files else set()
    return [file for file in files if _real(file) not in known]


def _folders(workspace: Workspace) -> tuple[Path, ...]:
    return workspace.data, workspace.ontology, workspace.shapes


def _files_at(path: Path) -> list[Path]:
    """The file, or the files of a folder, that a path names: at least one, or nothing would be validated.

    Raises:
        UnreachableFileError: it is neither.
        EmptyFolderError: the folder holds nothing that we read.
    """
    path = Path(_real(path)) if ".." in path.parts else path.absolute()
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UnreachableFileError(path, "this is neither a file nor a folder. Save its content in a file.")
    if files := source_files(path):
        return files
    raise EmptyFolderError(path, FOLDERS["data"])


def _is_in(finding: Finding, root: Path, files: Collection[str]) -> bool:
    """Tell whether a finding is about one of the files; one without a place may be about any."""
    return finding.place is None or _real(root / finding.place.path) in files


def _real(path: Path) -> str:
    """The one path of what several lead to, by links or by `..`."""
    return os.path.realpath(path)


def answer(
    workspace: Workspace,
    name: str,
    given: Mapping[str, str],
    *,
    text: str | None = None,
    endpoint: str | None = None,
    timeout_s: float = 30,
    say: Callable[[str], object] = lambda _: None,
) -> Answer:
    """Ask a report, a file with a query, or the query `text`, of the workspace or of a remote endpoint.

    Args:
        workspace: whose reports and statements are asked.
        name: a report's name, or the path of a file with a query. What the header of a file says holds.
        given: parameters, name -> text.
        text: the query itself; then `name` only names it in messages.
        endpoint: address of a SPARQL endpoint that holds the graph.
        timeout_s: longest wait for the answer, in seconds; reading the workspace is not counted.
        say: takes a line on each parameter that names a thing of which the workspace says nothing.

    Raises:
        QueryError: the query cannot be asked, or was not answered in time.
        EndpointError: the endpoint did not answer as it should.
    """
    from eugraph.reports import Library, ask, has_header, parse_report, prepare, read_query, undescribed
    from eugraph.reports.parameters import guess

    base = workspace.base_iri
    terms: Mapping[str, Term]
    if text is None and Path(name).suffix in (".rq", ".sparql"):
        text = read_query(Path(name))
    if text is None:
        report = Library.open(workspace.queries)[name]
        text, terms = report.text, report.terms(given, base)
    elif has_header(text):
        terms = parse_report(Path(name).stem, text, file=name if name != "-" else "standard input").terms(given, base)
    else:
        terms = {parameter: guess(parameter, value, base) for parameter, value in given.items()}
    filled = prepare(text, terms, base_iri=base)
    if endpoint is not None:
        from eugraph.store.remote import RemoteStore  # SPARQLWrapper brings rdflib along

        return ask(RemoteStore(endpoint, timeout_s=timeout_s), filled, base_iri=base)
    loaded = readable(load(workspace))
    for line in undescribed(terms, loaded.curated.quads, base):
        say(line)
    return ask(TimedStore(loaded.store, timeout_s), filled, base_iri=base)


def readable(loaded: Loaded) -> Loaded:
    """Return `loaded` where all its files could be read.

    Raises:
        UnreadableWorkspaceError: one could not.
    """
    faults = [finding for reading in (loaded.curated, loaded.ontology) for finding in reading.findings]
    if faults:
        raise UnreadableWorkspaceError([f"{fault.place}: {fault.message}" for fault in faults])
    return loaded


def build(
    workspace: Workspace,
    out: Path,
    *,
    base_iri: str | None = None,
    date: str | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> tuple[Report, Release | None]:
    """Make the release of a workspace in `out`.

    Args:
        workspace: what to publish.
        out: folder of the release; what it held stays whole until the new release is.
        base_iri: what the things' IRIs begin with in the release; None keeps the workspace's base.
        date: the day that the release bears; see `release_date`.
        say: takes a line on each step.

    Returns:
        The validation report, and the release, or None where a violation stopped the work before anything was written.

    Raises:
        OutputError: the release cannot be written; `out` is as it was.
    """
    from eugraph.publish import publish

    _check_out(workspace, out)
    loaded = load(workspace)
    moved = _move(loaded, base_iri)
    day = release_date(loaded, date)
    say(f"read      {len(loaded.curated.files)} files, {len(loaded.curated.quads)} statements")
    if not loaded.curated.findings:
        say(f"derived   {len(loaded.derived)} statements")
    report = check(loaded)
    say(f"validated {report.summary()}")
    if report.exit_status(Severity.VIOLATION):
        return report, None
    release = publish(_release(loaded, report, moved, day), out)
    say(f"wrote     {release.documents} documents, {release.files} files in {out}")
    return report, release


def _check_out(workspace: Workspace, out: Path) -> None:
    """Refuse to write a release into what it is made from, or around it."""
    target = Path(os.path.realpath(out))
    for source in (workspace.data, workspace.ontology, workspace.shapes, workspace.queries):
        folder = Path(os.path.realpath(source))
        if target.is_relative_to(folder) or folder.is_relative_to(target):
            raise OutputError(out, f"a release there would mix with {source}", "Name another folder with --out.")


def _move(loaded: Loaded, base_iri: str | None) -> BaseMove | None:
    """The move to another base, if that is wanted and no other thing has an IRI there already."""
    old = loaded.workspace.base_iri
    if base_iri is None or base_iri == old:
        return None
    check_base(Path("--base-iri"), base_iri)
    quads = (*loaded.curated.quads, *loaded.ontology.quads, *loaded.shapes.quads)
    used = {node.value for quad in quads for node in quad.triple if isinstance(node, NamedNode)}
    taken = {iri for iri in used if not iri.startswith(old)}
    taken |= set(PREFIXES.values())
    if clash := min((iri for iri in taken if iri.startswith(base_iri)), default=None):
        raise SettingError(Path("--base-iri"), f"{base_iri} is taken: <{clash}> begins so. Choose another base.")
    return BaseMove(old, base_iri)


def _release(loaded: Loaded, report: Report, moved: BaseMove | None, date: dt.date) -> ReleaseInput:
    from eugraph.publish import ReleaseInput

    workspace = loaded.workspace
    origin = provenance(loaded.curated, derived_graph(workspace.base_iri), date=date, licence=workspace.licence)
    return ReleaseInput(
        quads=[*loaded.quads, *origin],
        ontology=_by_file(loaded.ontology, workspace.ontology),
        shapes=_by_file(loaded.shapes, workspace.shapes),
        reports=_answered(loaded, moved),
        validation={form: report.write(form, workspace.base_iri, moved).encode() for form in ("json", "ttl", "text")},
        title=workspace.title,
        description=workspace.description,
        base_iri=workspace.base_iri,
        moved=moved,
        date=date,
        version=workspace.version,
        publisher=workspace.publisher,
        licence=workspace.licence,
        profile=_profile(loaded),
    )


def _profile(loaded: Loaded) -> Sequence[Triple]:
    """What the schema.org profile says of the whole graph; nothing where the workspace has no such query."""
    from eugraph.publish.profile import QUERY
    from eugraph.reports import ask, prepare, read_query

    path = loaded.workspace.queries / QUERY
    if not path.is_file():
        return ()
    base = loaded.workspace.base_iri
    result = ask(loaded.store, prepare(read_query(path), {}, base_iri=base), base_iri=base).result
    if not isinstance(result, Graph):
        raise QueryError(f"{path}: the query of a profile is a CONSTRUCT. Write one, or remove the file.")
    return result.triples


def _by_file(reading: Reading, folder: Path) -> dict[str, list[Triple]]:
    """The statements of each file, by its path below the folder, without its ending."""
    names = {file.graph: file.path.relative_to(folder).with_suffix("").as_posix() for file in reading.files}
    triples: dict[str, list[Triple]] = {name: [] for name in names.values()}
    for quad in reading.quads:
        if isinstance(quad.graph_name, NamedNode):
            triples[names[quad.graph_name]].append(quad.triple)
    return triples


def _answered(loaded: Loaded, moved: BaseMove | None) -> dict[str, AnsweredReport]:
    """Every report, those with required parameters for the examples of their headers."""
    from eugraph.publish import AnsweredReport
    from eugraph.reports import Library, ask, prepare

    base = loaded.workspace.base_iri
    answered = {}
    for report in Library.open(loaded.workspace.queries).reports.values():
        given = report.example()
        try:
            filled = prepare(report.text, report.terms(given, base), base_iri=base)
            result = ask(loaded.store, filled, base_iri=base).moved(moved)
        except QueryError as error:
            raise type(error)(f"{report.name}.rq: {error}") from error
        answered[report.name] = AnsweredReport(
            title=report.title,
            asks=report.asks,
            columns=report.columns,
            params=given,
            query=report.text,
            csv=result.write("csv").encode(),
            json=result.write("json").encode(),
        )
    return answered


def release_date(loaded: Loaded, given: str | None, environment: Mapping[str, str] = os.environ) -> dt.date:
    """The date that a release bears: the one given, else SOURCE_DATE_EPOCH, else the newest day noted in the data.

    Raises:
        SettingError: `given` or SOURCE_DATE_EPOCH is no date.
    """
    if given is not None:
        return parse_date(given)
    if epoch := environment.get("SOURCE_DATE_EPOCH"):
        return parse_epoch(epoch)
    noted = {term("dcterms:modified"), term("dcterms:issued"), term("eug:retrieved")}
    date = term("xsd:date")
    days = (
        quad.object.value
        for quad in (*loaded.curated.quads, *loaded.ontology.quads)
        if quad.predicate in noted and isinstance(quad.object, Literal) and quad.object.datatype == date
    )
    return dt.date.fromisoformat(
        max((day[:10] for day in days if expected_form(day, date.value) is None), default="1970-01-01")
    )
