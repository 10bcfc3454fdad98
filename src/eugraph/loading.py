"""What is read of a workspace, before anything is asked of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from eugraph.config import FOLDERS, SETTINGS_FILE, Workspace
from eugraph.derive import derive, derived_graph
from eugraph.errors import EmptyFolderError, SettingError, ShapesError, UnreachableFileError, UnreadableWorkspaceError
from eugraph.rdf.jsonld_context import Context
from eugraph.sources import Reading, read_files, read_folder, read_matches, source_files
from eugraph.store import EmbeddedStore
from eugraph.validate import has_shapes

if TYPE_CHECKING:  # a workspace without sources needs nothing of it
    from eugraph.imported import Imported


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A workspace as read: curated statements, what follows from them, vocabulary and shapes."""

    workspace: Workspace
    curated: Reading
    ontology: Reading
    shapes: Reading
    imported: Imported | None = None  # None where there are no sources, or they are not asked

    @cached_property
    def derived(self) -> list[Quad]:
        """What follows from the curated statements."""
        return derive(self.curated.quads, self.ontology.quads, base_iri=self.workspace.base_iri)

    @cached_property
    def matches(self) -> list[Quad]:
        """Which curated things are described by an imported source as well."""
        if self.imported is None:
            return []
        from eugraph.imported.matching import matches

        return matches(self.quads, self.imported.store(), derived_graph(self.workspace.base_iri))

    @cached_property
    def spoken_of(self) -> list[Quad]:
        """What imported sources say of things that curated files link to."""
        if self.imported is None:
            return []
        from eugraph.imported.context import spoken_of

        base = self.workspace.base_iri
        return spoken_of(self.curated.quads, self.imported.store(), base_iri=base, derived=derived_graph(base))

    @property
    def quads(self) -> list[Quad]:
        """All statements about things: curated and derived."""
        return [*self.curated.quads, *self.derived]

    @cached_property
    def curated_store(self) -> EmbeddedStore:
        """The curated statements and what follows from them, ontology and concept schemes."""
        store = EmbeddedStore(self.quads)
        store.extend(self.ontology.quads)
        return store

    @cached_property
    def store(self) -> EmbeddedStore:
        """Everything that queries see: what the curated store holds, and what is imported."""
        if self.imported is None:
            return self.curated_store
        read = ((file.graph.value, file.path) for file in (*self.curated.files, *self.ontology.files))
        return self.imported.store_with(read, lambda: chain(self.quads, self.matches, self.ontology.quads))


def load(
    workspace: Workspace,
    extra: Sequence[Path] = (),
    shapes: Sequence[Path] = (),
    say: Callable[[str], object] = lambda _: None,
) -> Loaded:
    """Read a workspace. What is wrong with its files is among the findings of the readings.

    Args:
        workspace: where to read.
        extra: files outside of its data folder to read as well.
        shapes: files and folders of shapes in place of the workspace's.
        say: takes a line on each step that takes long: a source that is imported.

    Raises:
        MissingFolderError: a folder of the workspace is not there.
        EmptyFolderError: it holds nothing of what it is for.
        ShapesError: there is no shape.
        UnknownFormatError: the name of a file in `extra` tells no format.
    """
    base, root = workspace.base_iri, workspace.root
    ontology = read_folder(workspace.ontology, base_iri=base, shown_from=root, keep_blank_nodes=True)
    _refuse_nothing(ontology, workspace.ontology, FOLDERS["ontology"])
    curated = _read_data(workspace, ontology, extra)
    told = bool(curated.findings or ontology.findings)
    taken = {file.graph.value: file.name for file in curated.files}
    for source in workspace.sources:
        if file := taken.get(f"{base}graph/{source.name}"):
            fault = f"the source {source.name} and the file {file.as_posix()} would be one graph. Rename one of them."
            raise SettingError(root / SETTINGS_FILE, fault)
    return Loaded(
        workspace=workspace,
        curated=curated,
        ontology=ontology,
        imported=_imported(workspace, say),
        shapes=read_shapes(shapes or (workspace.shapes,), base, root, told=told),
    )


def _imported(workspace: Workspace, say: Callable[[str], object]) -> Imported | None:
    if not workspace.sources:
        return None
    from eugraph.imported import imported

    return imported(workspace, say)


def load_anew(loaded: Loaded, instead: Mapping[Path, bytes], extra: Sequence[Path] = ()) -> Loaded:
    """Return the workspace as it would be with other bytes in some of its files of data; nothing is written.

    Args:
        loaded: the workspace as it is. Its ontology and shapes are not read again.
        instead: the bytes of the files that differ.
        extra: files outside of its data folder to read as well.
    """
    curated = _read_data(loaded.workspace, loaded.ontology, extra, instead)
    return replace(loaded, curated=curated)


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
    if workspace.sources and workspace.matches.exists():  # without a source there is nothing that could match
        taken = {file.graph: file.name for file in curated.files}
        curated.add(read_matches(workspace.matches, base_iri=base, shown_from=root, taken=taken, instead=instead))
    return curated


def read_shapes(paths: Sequence[Path], base_iri: str, root: Path, *, told: bool = False) -> Reading:
    """Read files and folders of shapes; what is wrong with them is among the findings of the reading.

    Args:
        paths: files and folders.
        base_iri: what relative IRIs begin with.
        root: the folder from which messages show names.
        told: whether other files could not be read; that is told first.

    Raises:
        EmptyFolderError: a folder holds nothing that we read.
        ShapesError: a file or folder has no shape in it, and everything can be read.
    """
    whole, without = Reading(base_iri=base_iri), list[Path]()
    for path in paths:
        if path.is_dir():
            reading = read_folder(path, base_iri=base_iri, shown_from=root, keep_blank_nodes=True)
            _refuse_nothing(reading, path, FOLDERS["shapes"])
        else:
            reading = read_files([path], base_iri=base_iri, graphs_from=root, shown_from=root, keep_blank_nodes=True)
        if not has_shapes(reading.quads):
            without.append(path)
        whole.add(reading)
    if without and not told and not whole.findings:
        remedy = "Name another file or folder."
        raise ShapesError(f"{without[0]}: no shape is in here, so nothing would be asked. {remedy}")
    return whole


def _refuse_nothing(reading: Reading, folder: Path, purpose: str) -> None:
    if not reading.files and not reading.findings:
        raise EmptyFolderError(folder, purpose)


def readable(loaded: Loaded) -> Loaded:
    """Return `loaded` where all its files could be read.

    Raises:
        UnreadableWorkspaceError: one could not.
    """
    faults = [finding for reading in (loaded.curated, loaded.ontology) for finding in reading.findings]
    if faults:
        raise UnreadableWorkspaceError([f"{fault.place}: {fault.message}" for fault in faults])
    return loaded


def files_at(paths: Sequence[Path]) -> list[Path]:
    """The files that paths name: a file as it is, of a folder all that we read.

    Raises:
        UnreachableFileError: a path leads to neither.
        EmptyFolderError: a folder holds nothing that we read.
    """
    return [file for path in paths for file in _files_at(path)]


def files_beside(workspace: Workspace, files: Sequence[Path]) -> list[Path]:
    """Those of the files that lie in no folder of the workspace: they are read as if they lay in its data."""
    known = {real_path(file) for folder in _folders(workspace) for file in source_files(folder)} if files else set()
    return [file for file in files if real_path(file) not in known]


def _folders(workspace: Workspace) -> tuple[Path, ...]:
    return workspace.data, workspace.ontology, workspace.shapes


def _files_at(path: Path) -> list[Path]:
    """The file, or the files of a folder, that a path names: at least one, or nothing would be validated.

    Raises:
        UnreachableFileError: it is neither.
        EmptyFolderError: the folder holds nothing that we read.
    """
    path = Path(real_path(path)) if ".." in path.parts else path.absolute()
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UnreachableFileError(path, "this is neither a file nor a folder. Save its content in a file.")
    if files := source_files(path):
        return files
    raise EmptyFolderError(path, FOLDERS["data"])


def real_path(path: Path) -> str:
    """The one path of what several lead to, by links or by `..`."""
    return os.path.realpath(path)
