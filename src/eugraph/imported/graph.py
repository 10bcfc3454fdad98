"""The graph of all imported sources: one store, what follows from it, and what meets it in the curated files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from eugraph.config import Workspace
from eugraph.derive import derive_at, derived_graph
from eugraph.imported.current import Import, current_imports
from eugraph.imported.keeping import making, remove_others
from eugraph.imported.keys import Digests, code_of, key_of
from eugraph.imported.subjects import Subjects, make_subjects
from eugraph.sources import provenance_of_import
from eugraph.sources.cordis.mapping.source import LICENCE
from eugraph.store import EmbeddedStore
from eugraph.store.on_disk import fuller_store, new_store, open_store

_DERIVED = "derived.nq"


@dataclass(frozen=True)
class Imported:
    """What is imported into a workspace, and where it lies."""

    imports: Sequence[Import]
    base: Path  # folder of the store, of what follows, and of all statements by subject
    kept_in: Path  # folder of all that is kept
    base_iri: str
    digests: Digests  # of the workspace's own files

    @property
    def key(self) -> str:
        """Another one whenever a statement is."""
        return self.base.name

    @property
    def graphs(self) -> list[str]:
        """The graphs of the sources, as N-Triples text."""
        return [str(each.graph) for each in self.imports]

    @property
    def all_graphs(self) -> list[str]:
        """The graphs that hold a statement."""
        graphs = [*self.graphs, str(derived_graph(self.base_iri))]
        return [graph for graph, file in zip(graphs, self.files, strict=True) if file.stat().st_size]

    @property
    def said(self) -> Subjects:
        """All statements by subject."""
        return Subjects(self.base)

    def pointing_to(self, iri: str, properties: Collection[str] = ()) -> Iterator[tuple[str, str]]:
        """Yield (property, thing) for each statement that points to something, by any property or by some."""
        value, store = ox.NamedNode(iri), self.store()
        by_some = (store.having(ox.NamedNode(one), value) for one in properties)
        for quad in chain.from_iterable(by_some) if properties else store.pointing_to(value):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.predicate.value, quad.subject.value

    def is_property(self, iri: str) -> bool:
        """Say whether a statement has this property."""
        return any(True for _ in self.store().of_property(ox.NamedNode(iri)))

    def kept(self, name: str, key: str, make: Callable[[Path], object]) -> Path:
        """Return a folder that `make` fills, unless there is one; it depends on imports and key. One a name is kept."""
        folder = self.kept_in / name / key_of(self.base.name, code_of("publish", "rdf"), ox.__version__, key)
        if not folder.is_dir():
            with making(folder) as beside:
                make(beside)
        remove_others(folder)
        return folder

    @property
    def files(self) -> list[Path]:
        """All statements as N-Quads: of each import, and what follows from them."""
        return [*(each.quads for each in self.imports), self.base / _DERIVED]

    @property
    def size(self) -> int:
        """Bytes of all statements, as N-Quads."""
        return sum(file.stat().st_size for file in self.files)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all statements as parsed: of each import, and what follows from them."""
        for file in self.files:
            yield from ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS, lenient=True)

    def origin(self, date: dt.date) -> Iterator[ox.Quad]:
        """Yield where the graph of each import came from, for a release of that day."""
        for each in self.imports:
            source = ox.NamedNode(each.graph.value.replace("/graph/", "/source/"))
            yield from provenance_of_import(each.graph, source, date=date, licence=LICENCE)

    @cached_property
    def _store(self) -> EmbeddedStore:
        return open_store(self.base / "store")

    def store(self) -> EmbeddedStore:
        """The store of what is imported, open for reading."""
        return self._store

    def store_with(self, files: Iterable[tuple[str, Path]], quads: Callable[[], Iterable[ox.Quad]]) -> EmbeddedStore:
        """The store of what is imported and of what is curated, open for reading.

        Args:
            files: what the curated statements were read from: the graph that a file became, and where it lies.
            quads: gives the curated statements; not asked where the store is there already.
        """
        of_graph = dict(sorted(files))
        digests = self.digests.of(of_graph.values())
        key = key_of(self.base.name, *(f"{graph} {digests[file]}" for graph, file in of_graph.items()))
        folder = self.kept_in / "store" / key
        if not folder.is_dir():
            with making(folder) as beside:
                fuller_store(self.base / "store", beside, quads())
        remove_others(folder)
        return open_store(folder)


def imported(workspace: Workspace, say: Callable[[str], object] = lambda _: None) -> Imported:
    """Return what is imported into a workspace, as the files of its sources are now.

    Args:
        workspace: whose sources.
        say: takes a line on each step that takes long.

    Raises:
        InputError: a file of a source cannot be read.
    """
    imports = current_imports(workspace, say)
    code = code_of("derive", "imported")
    base = workspace.kept / "base" / key_of(ox.__version__, code, *(each.key for each in imports))
    if not base.is_dir():
        say(f"storing   {', '.join(each.source.name for each in imports)}")
        _make_base(base, imports, workspace.base_iri)
    remove_others(base)
    return Imported(imports, base, workspace.kept, workspace.base_iri, Digests(workspace.kept / "digests.json"))


def _make_base(base: Path, imports: Sequence[Import], base_iri: str) -> None:
    files = [each.quads for each in imports]
    with making(base) as beside:
        with (
            new_store(beside / "store", files) as store,
            (beside / _DERIVED).open("w", encoding="utf-8", newline="\n") as lines,
        ):
            for quad in derive_at(store, derived_graph(base_iri)):
                lines.write(f"{quad} .\n")
        graphs = [*(each.graph for each in imports), derived_graph(base_iri)]
        make_subjects(beside, list(zip([*files, beside / _DERIVED], map(str, graphs), strict=True)))
