"""A release made from the last one by a patch: where a few curated statements have changed beside large imports.

What has not changed is not looked at. What can have changed is found by its reach; of these documents, those are
composed whose keys are other ones. Wherever this is not possible, or not worth it, everything is looked over.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path

from eugraph.publish import entries
from eugraph.publish.addresses import FILE, Address, Addresses, difference, entry_of
from eugraph.publish.change import Change
from eugraph.publish.composing import Composer, Made
from eugraph.publish.content import (
    Release,
    hosting_files,
    report_files,
    validation_files,
    write_former,
)
from eugraph.publish.dumps import dumps
from eugraph.publish.figures import Figures, findings_by_severity
from eugraph.publish.given import ReleaseInput
from eugraph.publish.harvest import Harvest, Harvested, examples
from eugraph.publish.hosting.rules import are_the_same
from eugraph.publish.listed import Listed, listed
from eugraph.publish.long_lists import ends_of
from eugraph.publish.looking import Looking
from eugraph.publish.manifest import changed as changed_manifest
from eugraph.publish.pages.overview import Look
from eugraph.publish.pages.start import Tally
from eugraph.publish.patching import Patch, is_untouched, make_spare, spare_of, stamp, told_as_output
from eugraph.publish.paths import is_cut, path_of, rest_of, segment_of
from eugraph.publish.reach import Texts, TooFar
from eugraph.publish.remembered import Keys, Memory
from eugraph.publish.staging import MANIFEST, Kept
from eugraph.publish.state import (
    State,
    digest,
    key_of,
    recall_harvest,
    recall_state,
    remember_harvest,
    remember_sums,
)
from eugraph.publish.sums import Sums, counted
from eugraph.rdf.hashing import joint_hash


def patched(release: ReleaseInput, out: Path, memory: Memory) -> Release | None:
    """Make a release from the one in `out`; None, and nothing is written, where everything has to be looked over.

    Args:
        release: what it is made from, with imports.
        out: the last release, that was made from the same imports.
        memory: what was remembered of it.

    Raises:
        OutputError: the release cannot be written; `out` is as it was.
    """
    out = Path(os.path.realpath(out))
    if release.moved is not None or memory["release"] != [*stamp(out)] or memory["key"] != key_of(release):
        return None
    if not is_untouched(out, memory["folders"]):
        return None
    try:
        change = Change(release, memory)
    except TooFar:
        return None
    with told_as_output(out):
        behind = memory["behind"] if memory["spare"] == [*stamp(spare_of(out))] else None
        memory["spare"] = None
        memory.save()
        if behind is None:
            make_spare(out)
        patch = Patch(out, behind or ())
        made = _Writer(change, patch, memory).write()
        patch.swap()
        memory["behind"], memory["spare"], memory["release"] = sorted(patch.changed), stamp(spare_of(out)), stamp(out)
        folders = {path.rpartition("/")[0] for path in patch.changed}
        folders |= {above.as_posix() for folder in folders for above in Path(folder).parents}
        known = {**memory["folders"], **dict.fromkeys(folders)}
        memory["folders"] = {name: (out / name).stat().st_mtime_ns for name in known if (out / name).is_dir()}
        memory.save()
    return made


class _Writer:
    def __init__(self, change: Change, patch: Patch, memory: Memory) -> None:
        self._change, self._patch, self._memory = change, patch, memory
        self._ready, self._release = change.ready, change.release
        self._past = recall_state(memory)
        self._kinds: set[str] = set()  # whose lists change
        self._of_documents: set[str] = set()  # paths of files
        self._others = set[str]()  # paths of documents that are new or no more
        self._has_other_days = False  # whether one is, or was changed on another day

    def write(self) -> Release:
        """Write what changes, and remember it."""
        release, ready = self._release, self._ready
        packed = [*dumps(ready.statements, ready.settings.context, release.base_iri, None, release.imported)]
        with ThreadPoolExecutor(2) as beside:  # hashing and writing what is large goes on outside of Python's lock
            return self._write([beside.submit(self._patch.write, path, *pieces) for path, pieces in packed])

    def _write(self, dumped: Iterable[Future[Kept]]) -> Release:
        memory, patch, release, ready = self._memory, self._patch, self._release, self._ready
        harvested = recall_harvest(memory)
        memory.files.forget([*(file.path for file in harvested.files), MANIFEST])
        composed = self._documents()
        former = write_former(ready, patch)
        state = self._state(former)
        counts = memory.counts()
        figures = Figures(
            documents=sum(counts.values()),
            quads=state.quads,
            graphs=len(self._graphs()),
            things=counts,
            findings=findings_by_severity(release.validation.get("json", b"{}")),
        )
        skipped = self._skipped(state)
        lists = self._lists()
        for path, data in chain(self._files(), chain.from_iterable(one.files() for one in lists)):
            patch.write(path, data)
        pages = chain.from_iterable(one.listings for one in lists)
        for path, make in ready.site.others(figures, state.tally, state.usage, pages):
            if path not in skipped:
                patch.write(path, make())
        hashes = memory.hashes()
        where, total = self._addresses(hashes), joint_hash((hashes | former).items())
        for one in dumped:
            one.result()
        written = [file for file in patch.files if file.path not in self._of_documents]
        self._remove(former, {file.path for file in written})
        memory.files.add(written)
        self._harvest(figures, state.sums, where, harvested)
        found = {path: memory.files.get(path) for path in patch.changed}
        data = changed_manifest((patch.out / MANIFEST).read_bytes(), release, figures, total, found)
        files = len(memory.files) + 1
        memory.files.add([patch.write(MANIFEST, data)])
        memory.say(self._change.now.items())
        memory["reports"] = {name: digest(report) for name, report in release.reports.items()}
        remember_sums(memory, state)
        return Release(
            folder=patch.out,
            documents=figures.documents,
            composed=composed,
            files=files,
            graph_hash=total,
        )

    def _documents(self) -> int:
        """Write documents; return how many were composed."""
        memory, patch, ready, homes = self._memory, self._patch, self._ready, self._change.homes
        ready.plan.remember(Keys(ready.settings, ready.vocabulary), memory.made)
        composer, composed = Composer(ready.settings, patch), 0
        living = [outline for outline in ready.living if outline.iri in homes]
        for iri in homes.difference(outline.iri for outline in living):
            old = memory.made(path_of(iri[len(self._release.base_iri) :]))
            if old is not None and old.told.iri == iri:
                self._count(old, None)
                memory.forget(old.path)
                patch.remove(file.path for file in old.files)
        for batch in ready.plan.batches(living):
            done = composer.do(batch)
            composed += done.composed
            for made in done.made:
                self._of_documents.update(file.path for file in made.files)
                old = memory.made(made.path)
                if old is None or old.key != made.key or [*old.files] != [*made.files]:
                    self._count(old, made)
                    memory.add([made])
                    patch.remove(
                        {file.path for file in (old.files if old else ())} - {file.path for file in made.files}
                    )
        memory["ends"] = ends_of(memory["ends"] | ready.plan.ends)
        return composed

    def _addresses(self, documents: Collection[str]) -> Addresses:
        """Write where addresses lead, and what servers are told, where that has changed."""
        patch, release, ready = self._patch, self._release, self._ready
        change, base = self._change, release.base_iri
        old = Addresses.read(patch.out)
        living = [outline for outline in ready.living if outline.iri in change.homes]
        paths = {path_of(iri[len(base) :]) for iri in change.homes}
        gone, new = difference(old, paths, change.near, living, ready.former, base)
        found = Addresses(entries.changed(old.data, gone, new))
        if gone or new:
            patch.write(FILE, found.data)
        others = ((rest_of(path), Address(303, path)) for path in self._others if not is_cut(path))
        if not are_the_same(chain(map(entry_of, gone | new), others), found.beginning_with):
            for path, data in hosting_files(release, ready.former, documents, found):
                patch.write(path, data)
        return found

    def _harvest(self, figures: Figures, sums: Sums, where: Addresses, before: Harvested) -> None:
        """Describe the release anew, in place of the files that described it before."""
        memory, patch = self._memory, self._patch
        harvested = Harvest(
            release=self._release,
            ready=self._ready,
            statements=self._ready.statements.beside(self._change.imported.said),
            sums=sums,
            figures=figures,
            addresses=where,
            folder=patch.out,
            files=memory.files,
            others=memory.files.others(),
            pages=memory.files.pages,
            days=memory.days,
            examples=examples(memory.first()),
            before=before,
            touched=self._change.homes,
            same_days=not self._has_other_days,
        ).write(patch)
        memory.files.add(harvested.files)
        remember_harvest(memory, harvested)
        written = {file.path for file in (*patch.files, *harvested.files)}
        patch.remove({file.path for file in before.files} - written)

    def _count(self, old: Made | None, made: Made | None) -> None:
        """Let lists and counts know of another document."""
        usage = self._past.usage
        if old is None or made is None:
            self._others.update(document.path for document in (old, made) if document is not None)
        self._has_other_days |= old is None or made is None or old.modified != made.modified
        for document, sign in ((old, -1), (made, 1)):
            if document is not None:
                usage.add([document.told], sign)
        if old is None or made is None or old.entry != made.entry:
            self._kinds.update(document.told.kind for document in (old, made) if document is not None)

    def _state(self, former: Mapping[str, str]) -> State:
        past, change = self._past, self._change
        before, after = (change.statements(said) for said in (change.before, change.now))
        quads = past.quads - _number(before) + _number(after)
        tallies = (_tally(texts, self._release.base_iri) for texts in (before, after))
        sums = past.sums.changed(counted(before.items()), counted(after.items()))
        return State(quads, sums, past.tally.changed(*tallies), past.usage, former)

    def _graphs(self) -> set[str]:
        assert self._release.imported is not None
        graphs = {graph for texts in self._change.now.values() for graph in texts if graph}
        return graphs.union(self._release.imported.all_graphs)

    def _files(self) -> Iterator[tuple[str, bytes]]:
        """Yield (path, content) of files that are no pages and may have changed."""
        release = self._release
        yield from report_files({name: release.reports[name] for name in sorted(self._change.reports)})
        yield from validation_files(release)

    def _skipped(self, state: State) -> set[str]:
        """Return the paths of pages that have not changed."""
        answered = {f"query/{segment_of(name)}.html" for name in self._release.reports.keys() - self._change.reports}
        usage = set() if self._memory["usage"] != state.usage.dump() else {"ontology/index.html"}
        return {*self._ready.site.lasting, *answered, *usage}

    def _lists(self) -> list[Listed]:
        """Return what has changed of lists; remove those of their files that are no more."""
        known, found = self._memory["lists"], []
        for kind in sorted(self._kinds):
            lists = listed(kind, self._memory)
            found.append(lists.unlike(known))
            digests = lists.digests
            stale = [path for path in known if path.startswith(f"{kind}/") and path not in digests]
            self._patch.remove(stale)
            self._memory.files.forget(stale)
            known = {path: digest for path, digest in known.items() if path not in stale} | digests
        self._memory["lists"] = known
        return found

    def _remove(self, former: Mapping[str, str], written: set[str]) -> None:
        """Remove files that belong to no document, and are not made any more."""
        old = {
            f"{path}.{ending}"
            for path in self._past.former.keys() - former.keys()
            for ending in ("ttl", "jsonld", "html")
        }
        stale = {path for path in self._memory.files.others() if path in old or path.startswith("dump/")} - written
        self._patch.remove(stale)
        self._memory.files.forget(stale)


def _number(texts: Texts) -> int:
    return sum(text.count("\n") + 1 for graphs in texts.values() for text in graphs.values())


def _tally(texts: Texts, base_iri: str) -> Tally:
    look, looking = Look(base_iri), Looking()
    look.watch(looking)
    looking.over(texts.items())
    return Tally.of(look.finished(()))
