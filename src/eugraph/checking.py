"""Validation: of a workspace, of files without one, of the graph of an endpoint."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from eugraph.config import OnViolation, Workspace
from eugraph.findings import Finding
from eugraph.loading import Loaded, files_at, files_beside, load, read_shapes, real_path
from eugraph.rdf.collecting import without_collecting
from eugraph.sources import Reading
from eugraph.validate import Engine, Graphs, Report, place_finder, validate

if TYPE_CHECKING:
    from eugraph.rdf.stream import Form

_NO_BASE = "urn:x-eugraph:none/"  # what relative addresses in shapes without a workspace are resolved against


def check(
    loaded: Loaded,
    engine: Engine = Engine.AUTO,
    *,
    repeats: bool = False,
    whole: bool = True,
    say: Callable[[str], object] = lambda _: None,
) -> Report:
    """Validate what was loaded; but where a file cannot be read, say only that: half a graph has false faults.

    Args:
        loaded: what is validated: the curated files, and the imported sources.
        engine: who runs the shapes over the curated files.
        repeats: whether what a shape finds is told also where a check has said it better.
        whole: each finding on imported sources, not one for each cause that has many.
        say: takes a line where imported sources are to be validated, which takes long.
    """
    report = _check_curated(loaded, engine, repeats=repeats)
    if loaded.imported is None or any(finding.unreadable for finding in report.findings):
        return report
    from eugraph.imported.validating import findings_of

    findings = findings_of(loaded.imported, loaded.ontology, loaded.shapes, loaded.workspace, say, whole=whole)
    tolerated = frozenset(s.name for s in loaded.workspace.sources if s.on_violation is OnViolation.REPORT)
    return Report((*report.findings, *findings), report.notes, tolerated)


def _check_curated(loaded: Loaded, engine: Engine, *, repeats: bool = False) -> Report:
    broken = [*loaded.curated.findings, *loaded.ontology.findings, *loaded.shapes.findings]
    if broken:
        return Report(tuple(sorted(broken, key=Finding.sort_key)))
    return validate(
        Graphs(
            curated=loaded.curated,
            derived=loaded.derived,
            ontology=loaded.ontology.quads,
            shapes=loaded.shapes,
            spoken_of=loaded.spoken_of,
        ),
        engine,
        repeats=repeats,
    )


@without_collecting()
def check_paths(
    workspace: Workspace,
    paths: Sequence[Path],
    shapes: Sequence[Path] = (),
    engine: Engine = Engine.AUTO,
    *,
    whole: bool = True,
    say: Callable[[str], object] = lambda _: None,
) -> Report:
    """Validate the workspace, or with `paths` report only what is wrong in these files and folders.

    A file anywhere that cannot be read is reported all the same: without it no shape was asked.

    Args:
        workspace: what is validated.
        paths: files and folders, of the workspace's data or elsewhere.
        shapes: files and folders of shapes in place of the workspace's.
        engine: who runs the shapes.
        whole: each finding on imported sources; see `check`.
        say: takes a line on each step that takes long.
    """
    files = files_at(paths)
    loaded = load(workspace, files_beside(workspace, files), shapes, say)
    if not paths:
        return check(loaded, engine, whole=whole, say=say)
    report = _check_curated(loaded, engine)
    inside = {real_path(file) for file in files}
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
    endpoint: str,
    workspace: Workspace | None = None,
    shapes: Sequence[Path] = (),
    *,
    timeout_s: float = 30,
    credentials: Path | None = None,
) -> Report:
    """Validate the graph of a SPARQL endpoint as it is: nothing is derived, and no file is data.

    Args:
        endpoint: its address. The union of its graphs is validated.
        workspace: whose shapes are asked, and in whose files the places of findings are looked for.
        shapes: files and folders of shapes in place of the workspace's; without a workspace there must be one.
        timeout_s: longest wait for one answer, in seconds.
        credentials: a file with the endpoint's password, see `eugraph.store.credentials`.

    Raises:
        ShapesError: there is no shape, or the shapes cannot be run.
        EndpointError: the endpoint did not answer as it should.
    """
    from eugraph.store.union import union_store  # SPARQLWrapper brings rdflib along
    from eugraph.validate.remote import validate_store

    if workspace is None:
        curated, asked = Reading(base_iri=_NO_BASE), read_shapes(shapes, _NO_BASE, Path.cwd())
    else:
        loaded = load(workspace, shapes=shapes)
        curated, asked = loaded.curated, loaded.shapes
    if asked.findings:
        return Report(tuple(sorted(asked.findings, key=Finding.sort_key)))
    store = union_store(endpoint, timeout_s=timeout_s, credentials=credentials)
    return validate_store(store, asked, place_finder(curated))


def _is_in(finding: Finding, root: Path, files: Collection[str]) -> bool:
    """Tell whether a finding is about one of the files; one without a place may be about any."""
    return finding.place is None or real_path(root / finding.place.path) in files
