"""The store that queries of a release are answered from: made of its dump and its ontology once, and never changed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import pyoxigraph as ox

from eugraph.config import open_workspace
from eugraph.errors import InputError, NoWorkspaceError, UnreachableFileError
from eugraph.imported.keeping import making, remove_others
from eugraph.imported.keys import key_of
from eugraph.publish.staging import MANIFEST
from eugraph.sources.graphs import graph_of
from eugraph.store.on_disk import new_store

DUMP = "dump/all.nq.gz"
_ONTOLOGY = "ontology/"


def read_manifest(release: Path) -> Mapping[str, Any]:
    """Return what a release says of itself.

    Raises:
        UnreachableFileError: there is no release in the folder.
        InputError: its manifest is none.
    """
    path = release / MANIFEST
    try:
        manifest: Any = json.loads(path.read_bytes())
    except OSError as error:
        raise UnreachableFileError(
            path, f"no release is here ({error.strerror}). Make one with `eugraph build`, or name one with --release."
        ) from error
    except ValueError as error:
        raise InputError(path, f"this is no JSON: {error}. Make the release again with `eugraph build`.") from error
    needed = {"base": str, "date": str, "files": dict, "graph": dict}
    for key, kind in needed.items():
        if not isinstance(manifest, dict) or not isinstance(manifest.get(key), kind):
            raise InputError(path, f"{key} is missing. Make the release again with `eugraph build`.")
    found: Mapping[str, Any] = manifest
    return found


@contextmanager
def stored(release: Path, manifest: Mapping[str, Any], say: Callable[[str], object] = lambda _: None) -> Iterator[Path]:
    """Give the folder of a release's store, which is made where it is not there.

    It lies below `.eugraph/` of the workspace that the release is in; a release that is in none has its store in a
    temporary folder, which is removed after the block.

    Args:
        release: folder of the release.
        manifest: its release.json.
        say: takes a line where the store is made, which takes long for a large release.

    Raises:
        OutputError: the store cannot be written.
        InputError: the release cannot be read.
    """
    sources = {name: file["sha256"] for name, file in manifest["files"].items() if _is_source(name)}
    if DUMP not in sources:
        raise InputError(release / MANIFEST, f"{DUMP} is missing. Make the release again with `eugraph build`.")
    key = key_of(ox.__version__, manifest["base"], *(f"{name} {sha256}" for name, sha256 in sorted(sources.items())))
    with contextlib.ExitStack() as stack:
        try:
            kept = open_workspace(release).kept / "served"
        except NoWorkspaceError:
            kept = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eugraph-served-")))
        folder = kept / key
        if not folder.is_dir():
            say(f"storing   {release}")
            with making(folder) as beside:
                _fill(beside, release, sources, str(manifest["base"]))
        remove_others(folder)
        yield folder


def _is_source(name: str) -> bool:
    return name == DUMP or (name.startswith(_ONTOLOGY) and name.endswith(".ttl"))


def _fill(folder: Path, release: Path, sources: Mapping[str, str], base_iri: str) -> None:
    """Load a release; `sources` has the SHA-256 of each file. Nothing of another release is kept for it."""
    _check(release, sources)
    with new_store(folder, [release / DUMP]) as store:
        for name in sorted(sources):
            if name != DUMP:
                graph = graph_of(PurePosixPath(name.removeprefix(_ONTOLOGY)), base_iri)
                store.load_turtle(release / name, graph)
    _check(release, sources)  # another release may have come meanwhile


def _check(release: Path, sources: Mapping[str, str]) -> None:
    for name, sha256 in sources.items():
        try:
            with (release / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise UnreachableFileError(
                release / name, f"{error.strerror}. Make the release again with `eugraph build`."
            ) from error
        if found != sha256:
            raise InputError(
                release / name, f"this is not what {MANIFEST} names. Make the release again with `eugraph build`."
            )
