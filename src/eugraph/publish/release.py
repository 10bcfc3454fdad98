"""What goes into a release, what comes out, and the order of the work."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from eugraph.publish.addresses import FILE, Addresses, addresses
from eugraph.publish.again import patched
from eugraph.publish.beside import beside
from eugraph.publish.changelog import write_changelog
from eugraph.publish.content import (
    Release,
    hosting_files,
    profile_files,
    report_files,
    validation_files,
    vocabulary_files,
    vocabulary_paths,
    write_former,
)
from eugraph.publish.dumps import dumps
from eugraph.publish.figures import count
from eugraph.publish.given import ReleaseInput
from eugraph.publish.harvest import Harvest, examples
from eugraph.publish.listed import listed
from eugraph.publish.long_lists import ends_of
from eugraph.publish.manifest import manifest
from eugraph.publish.pages.summary import Totals
from eugraph.publish.patching import make_spare, remove_spare, spare_of, stamp, told_as_output
from eugraph.publish.preparing import Prepared, prepare
from eugraph.publish.remembered import Keys, Memory, keep, noting, recalled
from eugraph.publish.staging import MANIFEST, Staging, staged
from eugraph.publish.state import State, remember_harvest, remember_state
from eugraph.publish.sums import sums
from eugraph.publish.workers import default_jobs, workers
from eugraph.rdf.collecting import without_collecting
from eugraph.rdf.hashing import joint_hash


@without_collecting()
def publish(release: ReleaseInput, out: Path, *, jobs: int | None = None, memory: Path | None = None) -> Release:
    """Write a release to the folder `out`; what it held before stays whole until the new release is.

    Equal input gives equal bytes. Files that are as they were in the old release are hard links to it.

    Args:
        release: what it is made from.
        out: its folder.
        jobs: processes that make documents, and beside them pack and count imports; None takes as many as are worth it.
        memory: a file, outside of `out`, that keeps from what each document was made, so that the next time only those
            that can have changed are made again. It may be removed at any time; None keeps nothing.

    Raises:
        OutputError: the release cannot be written, or `out` holds something else; `out` is as it was.
        CanonicalisationTimeoutError: the blank nodes of ontology or shapes could not be named in time.
    """
    if release.imported is not None:
        release = replace(release, quads=[*release.quads])
    with recalled(memory) as past:
        found = patched(release, out, past) if past is not None and _may_be_patched(release) else None
        if found is not None:
            return found
        with beside(release, jobs) as wait_for_imports, noting() as noted:
            return _anew(release, out, jobs, memory, past, noted, wait_for_imports)


def _may_be_patched(release: ReleaseInput) -> bool:
    """Say whether a release can be made from the last one by a patch: not one that tells what changed."""
    return release.imported is not None and not release.feed and release.previous is None


def _anew(
    release: ReleaseInput,
    out: Path,
    jobs: int | None,
    memory: Path | None,
    past: Memory | None,
    noted: Memory,
    wait_for_imports: Callable[[], object],
) -> Release:
    """Look over everything; what is made is noted, as in memory it takes much room."""
    ready = prepare(release, vocabulary_paths(release))
    living = ready.living
    jobs = default_jobs(len(living)) if jobs is None else jobs
    keys = Keys(ready.settings, ready.vocabulary)
    if memory is not None:
        ready.plan.remember(keys, past.made if past is not None else lambda _: None)
    composed, usage = 0, Totals()
    with staged(out) as staging:
        with workers(ready.settings, staging, jobs) as helpers:
            for done in helpers.do(ready.plan.batches(living)):
                noted.add(done.made)
                usage.add(document.told for document in done.made)
                composed += done.composed
        wait_for_imports()
        others = len(staging.files)
        former = write_former(ready, staging)
        for path, data in _files(release, ready):
            staging.write(path, data)
        _write_dumps(release, ready, staging)
        where = Addresses(addresses(living, ready.former, release.base_iri))
        staging.write(FILE, where.data)
        told = write_changelog(release, ready, noted.hashes(), staging)
        for path, data in hosting_files(release, ready.former, (outline.path for outline in living), where, told.feed):
            staging.write(path, data)
        figures = count(living, ready.contents, release.validation.get("json", b"{}"))
        state = State(figures.quads, sums(ready.statements, release.imported), ready.site.tally, usage, former)
        lists = [listed(kind, noted) for kind in figures.things]
        for path, data in chain.from_iterable(one.files() for one in lists):
            staging.write(path, data)
        pages = chain.from_iterable(one.listings for one in lists)
        for path, make in ready.site.others(figures, state.tally, usage, pages):
            staging.write(path, make())
        told.write_pages(ready.site, staging)
        harvested = Harvest(
            release=release,
            ready=ready,
            statements=ready.statements,
            sums=state.sums,
            figures=figures,
            addresses=where,
            folder=staging.folder,
            files={file.path: file for file in staging.files},
            others=[file.path for file in staging.files[others:]],
            pages=lambda: [file.path for file in staging.files],
            days=noted.days,
            examples=examples((outline.path, outline.iri) for outline in living),
            changes=told.changes,
        ).write(staging)
        total = joint_hash((noted.hashes() | former).items())
        staging.write(MANIFEST, manifest(release, figures, total, staging.files))
    if memory is not None and release.imported is not None:
        with told_as_output(out):
            (make_spare if _may_be_patched(release) else remove_spare)(out)
    if memory is not None:
        with contextlib.suppress(OSError):  # or the next release is made from nothing
            noted.files.add(staging.files[others:])
            remember_harvest(noted, harvested)
            noted["lists"] = dict(chain.from_iterable(one.digests.items() for one in lists))
            if _may_be_patched(release):
                remember_state(noted, state, release, ready.statements, out)
                noted["ends"] = ends_of(ready.plan.ends)
                noted["behind"], noted["spare"] = [], stamp(spare_of(out))
            keep(noted, memory)
    return Release(folder=out, documents=len(living), composed=composed, files=len(staging.files), graph_hash=total)


def _files(release: ReleaseInput, ready: Prepared) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of every file but documents, dumps, pages and release.json."""
    yield from vocabulary_files(release, ready.settings.context)
    yield from report_files(release.reports)
    yield from profile_files(release)
    yield from validation_files(release)


def _write_dumps(release: ReleaseInput, ready: Prepared, staging: Staging) -> None:
    context = ready.settings.context
    for path, pieces in dumps(ready.statements, context, release.base_iri, release.moved, release.imported):
        staging.write(path, *pieces)
