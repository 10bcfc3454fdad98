"""The order of the work: read, derive, validate, write."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from eugraph.checking import check
from eugraph.config import Workspace, check_base, parse_date, parse_epoch
from eugraph.derive import derived_graph
from eugraph.errors import OutputError, QueryError, SettingError
from eugraph.findings import Severity
from eugraph.loading import Loaded, load, readable
from eugraph.publish import AnsweredReport, Previous, Release, ReleaseInput, open_previous, publish
from eugraph.publish.profile import QUERY
from eugraph.rdf.lexical import expected_form
from eugraph.rdf.nquads import BaseMove
from eugraph.reports import Library, ask, prepare, read_query
from eugraph.reports.kept import KeptAnswers
from eugraph.sources import Reading, provenance
from eugraph.store import Graph
from eugraph.validate import Report
from eugraph.vocab import PREFIXES, term

_AT_ONCE = 2  # reports that are asked at once


def build(
    workspace: Workspace,
    out: Path,
    *,
    base_iri: str | None = None,
    date: str | None = None,
    previous: Path | None = None,
    jobs: int | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> tuple[Report, Release | None]:
    """Make the release of a workspace in `out`.

    Args:
        workspace: what to publish.
        out: folder of the release; what it held stays whole until the new release is.
        base_iri: what the things' IRIs begin with in the release; None keeps the workspace's base.
        date: the day that the release bears; see `release_date`.
        previous: folder of the release before, such as `out`; the new one tells what changed since, and goes on with
            its change feed.
        jobs: processes that make documents; None takes as many as are worth it.
        say: takes a line on each step.

    Returns:
        The validation report, and the release, or None where a violation stopped the work before anything was written.

    Raises:
        NoReleaseError: `previous` is no release.
        PreviousReleaseError: it has another base, or is damaged.
        OutputError: the release cannot be written; `out` is as it was.
    """
    _check_out(workspace, out)
    before = _previous(workspace, previous, base_iri, say)
    loaded = load(workspace, say=say)
    moved = _move(loaded, base_iri)
    day = release_date(loaded, date)
    say(f"read      {len(loaded.curated.files)} files, {len(loaded.curated.quads)} statements")
    if not loaded.curated.findings:
        say(f"derived   {len(loaded.derived)} statements")
    with ThreadPoolExecutor(1) as beside:  # the engine answers outside of Python's lock
        stored = beside.submit(lambda: readable(loaded).store)
        profile = beside.submit(lambda: _profile(readable(loaded)))
        report = check(loaded, whole=False, say=say)
        say(f"validated {report.summary()}")
        if report.exit_status(Severity.VIOLATION):
            return report, None
        stored.result()
        given = _release(loaded, report, moved, day, before, profile)
    release = publish(given, out, jobs=jobs, memory=_memory(workspace, out))
    say(f"wrote     {release.documents} documents, {release.files} files in {out}")
    return report, release


def _previous(
    workspace: Workspace, folder: Path | None, base_iri: str | None, say: Callable[[str], object]
) -> Previous | None:
    """The release before, if one is named."""
    if folder is None:
        return None
    found = open_previous(folder, base_iri or workspace.base_iri, with_feed=workspace.feed)
    if workspace.feed and found.feed is None:
        say(f"following {folder}, which has no change feed: one begins")
    else:
        say(f"following {folder}")
    return found


def _memory(workspace: Workspace, out: Path) -> Path:
    """Return the file that keeps what the release in a folder was made from: one for each folder."""
    name = hashlib.sha256(os.fsencode(os.path.realpath(out))).hexdigest()[:16]
    return workspace.root / ".eugraph" / "releases" / f"{name}.db"


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


def _release(
    loaded: Loaded,
    report: Report,
    moved: BaseMove | None,
    date: dt.date,
    previous: Previous | None,
    profile: Future[Sequence[Triple]],
) -> ReleaseInput:
    workspace = loaded.workspace
    origin = provenance(loaded.curated, derived_graph(workspace.base_iri), date=date, licence=workspace.licence)
    of_imports = loaded.imported.origin(date) if loaded.imported else ()
    library = Library.open(workspace.queries)
    return ReleaseInput(
        quads=chain(loaded.quads, loaded.matches, origin, of_imports),
        ontology=_by_file(loaded.ontology, workspace.ontology),
        shapes=_by_file(loaded.shapes, workspace.shapes),
        reports=_answered(loaded, library, moved),
        profiles={name: report.text for name, report in library.profiles.items()},
        validation={form: report.write(form, workspace.base_iri, moved).encode() for form in ("json", "ttl", "text")},
        title=workspace.title,
        description=workspace.description,
        base_iri=workspace.base_iri,
        moved=moved,
        date=date,
        version=workspace.version,
        publisher=workspace.publisher,
        licence=workspace.licence,
        profile=profile.result(),
        address=workspace.address,
        catalogue=workspace.catalogue,
        sources=[source.name for source in workspace.sources],
        imported=loaded.imported,
        vocabulary=_vocabulary(loaded),
        previous=previous,
        feed=workspace.feed,
    )


def _vocabulary(loaded: Loaded) -> str:
    """What stands for ontology and shapes beside imports; "" where there are none."""
    if loaded.imported is None:
        return ""
    paths = [file.path for file in (*loaded.ontology.files, *loaded.shapes.files)]
    digests = loaded.imported.digests.of(paths)
    return " ".join(f"{os.path.relpath(path, loaded.workspace.root)} {digests[path]}" for path in paths)


def _profile(loaded: Loaded) -> Sequence[Triple]:
    """What the schema.org profile says of what is curated; nothing where the workspace has no such query."""
    path = loaded.workspace.queries / QUERY
    if not path.is_file():
        return ()
    base = loaded.workspace.base_iri
    result = ask(loaded.curated_store, prepare(read_query(path), {}, base_iri=base), base_iri=base).result
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


def _answered(loaded: Loaded, library: Library, moved: BaseMove | None) -> dict[str, AnsweredReport]:
    """Every report, those with required parameters for the examples of their headers."""
    base, reports = loaded.workspace.base_iri, library.reports
    given = {name: report.example() for name, report in reports.items()}
    queries = {
        name: prepare(report.text, report.terms(given[name], base), base_iri=base) for name, report in reports.items()
    }
    kept = _kept_answers(loaded, moved)
    answers = {name: kept.of(name, query) if kept else None for name, query in queries.items()}

    def asked(name: str) -> tuple[str, str, str]:
        try:
            result = ask(loaded.store, queries[name], base_iri=base).moved(moved)
        except QueryError as error:
            raise type(error)(f"{name}.rq: {error}") from error
        return result.write("csv"), result.write("json"), reports[name].cut(result)

    with ThreadPoolExecutor(_AT_ONCE) as threads:  # the engine works outside of Python's lock
        again = [name for name, answer in answers.items() if answer is None]
        answers.update(zip(again, threads.map(asked, again), strict=True))
    found = {name: answer for name, answer in answers.items() if answer is not None}
    if kept is not None:
        kept.save({name: (queries[name], *answer) for name, answer in found.items()})
    return {
        name: AnsweredReport(
            title=reports[name].title,
            asks=reports[name].asks,
            columns=reports[name].columns,
            params=given[name],
            query=reports[name].text,
            csv=table.encode(),
            json=document.encode(),
            more=more,
        )
        for name, (table, document, more) in found.items()
    }


def _kept_answers(loaded: Loaded, moved: BaseMove | None) -> KeptAnswers | None:
    """The answers of the last time beside imports, where no base is moved; without, reports are asked in no time."""
    if loaded.imported is None or moved is not None:
        return None
    key = f"{ox.__version__} {loaded.imported.key} {_vocabulary(loaded)}"
    return KeptAnswers(loaded.workspace.kept / "answers.db", key, (*loaded.quads, *loaded.matches), loaded.store)


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
