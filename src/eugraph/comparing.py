"""Comparing: two releases, two workspaces, two files, or one with another."""

from __future__ import annotations

from pathlib import Path

from eugraph.changes import Changes, Side, changes, release_side, side_of_quads
from eugraph.changes.side import MANIFEST
from eugraph.checking import check
from eugraph.config import SETTINGS_FILE, open_workspace
from eugraph.errors import UnreachableFileError
from eugraph.loading import load, readable
from eugraph.rdf.stream import StatementReader, form_of


def compare(old: Path, new: Path) -> Changes:
    """Return what differs between two states of a graph.

    Args:
        old: a release, a workspace or a file of RDF, perhaps packed by gzip.
        new: the same.

    Raises:
        UnreachableFileError: a path leads to none of these.
        EugraphError: one cannot be read.
    """
    return changes(side(old), side(new))


def side(path: Path) -> Side:
    """Return the state that is at a path.

    Raises:
        UnreachableFileError: nothing of the kind is there.
    """
    if (path / MANIFEST).is_file():
        return release_side(path)
    if (path / SETTINGS_FILE).is_file():
        return _workspace_side(path)
    if path.is_file():
        return _file_side(path)
    what = "this is neither a release, nor a workspace, nor a file of RDF. Check the name."
    raise UnreachableFileError(path, what)


def _workspace_side(path: Path) -> Side:
    workspace = open_workspace(path)
    loaded = readable(load(workspace))
    return side_of_quads(
        path,
        loaded.quads,
        vocabulary=[quad.triple for quad in loaded.ontology.quads],
        findings=check(loaded).findings,
        base_iri=workspace.base_iri,
    )


def _file_side(path: Path) -> Side:
    try:
        with path.open("rb") as source:
            return side_of_quads(path, list(StatementReader(source, path, form_of(path))))
    except OSError as error:
        raise UnreachableFileError(path, f"the file cannot be read: {error.strerror}. Check the name.") from error
