"""The imports of a workspace's sources, made anew where a file or a setting is another one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from eugraph.config import ImportedSource, Workspace
from eugraph.imported.keeping import remove_others
from eugraph.imported.keys import Digests, code_of, files_below, key_of
from eugraph.progress import showing
from eugraph.sources.import_folder import LEDGER, QUADS, SUMMARY


@dataclass(frozen=True, slots=True)
class Import:
    """What was made of a source."""

    source: ImportedSource
    key: str  # of all that it was made from
    folder: Path
    graph: NamedNode  # that its statements are in

    @property
    def quads(self) -> Path:
        """N-Quads, as parsed: what is validated and published."""
        return self.folder / QUADS

    @property
    def ledger(self) -> Path:
        """What was dropped, mended or doubted, a JSON object a line."""
        return self.folder / LEDGER

    @property
    def summary(self) -> Path:
        """Counts, as JSON."""
        return self.folder / SUMMARY


def current_imports(workspace: Workspace, say: Callable[[str], object] = lambda _: None) -> list[Import]:
    """Return the imports of all sources as their files are now; those that are there already are not made again.

    Args:
        workspace: whose sources.
        say: takes a line on each import that is made.

    Raises:
        InputError: a file of a source cannot be read.
    """
    return [_current(workspace, source, say) for source in workspace.sources]


def _current(workspace: Workspace, source: ImportedSource, say: Callable[[str], object]) -> Import:
    home = workspace.kept / "imports" / source.name
    files = files_below(source.files)
    digests = Digests(home / "digests.json").of(files)
    contents = [f"{os.path.relpath(file, workspace.root)} {digests[file]}" for file in files]
    key = key_of(code_of("sources/cordis"), source.kind, workspace.base_iri, source.date, *contents)
    found = Import(source, key, home / key, NamedNode(f"{workspace.base_iri}graph/{source.name}"))
    if not found.folder.is_dir():
        say(f"importing {source.name}: {', '.join(file.name for file in source.files)}")
        from eugraph.sources.cordis.importing import import_cordis  # seldom needed, and large

        date = source.date.isoformat() if source.date else None
        with showing() as show:
            import_cordis(
                source.files,
                found.folder,
                base_iri=workspace.base_iri,
                name=source.name,
                date=date,
                progress=show,
                shown_from=workspace.root,
            )
    remove_others(found.folder)
    return found
