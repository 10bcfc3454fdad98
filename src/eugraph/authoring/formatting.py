"""The house layout for the files of a workspace: which would change, and writing those."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from eugraph.authoring.files import replace_file
from eugraph.config import Workspace
from eugraph.errors import EugraphError, InputError, LayoutRefusedError, OutputError, UnreachableFileError
from eugraph.rdf.layout import lay_out_turtle

YAML_ENDINGS = (".yaml", ".yml")
ENDINGS = (".ttl", *YAML_ENDINGS)  # of files that have a house layout
FOLDERS = ("data", "ontology", "shapes")


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A file with its text as it is and as it should be."""

    path: Path
    name: PurePath  # as messages show it
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Tell whether the file is not in the house layout yet."""
        return self.before != self.after

    def diff(self) -> str:
        """What would change, as a unified diff."""
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            f"{self.name.as_posix()} as it is",
            f"{self.name.as_posix()} laid out",
        )
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def files_to_lay_out(workspace: Workspace, paths: Sequence[Path] = ()) -> list[Path]:
    """Return the files with a house layout among paths: a file as it is named, of a folder all files at every depth.

    Args:
        workspace: whose data, ontology and shapes are meant where no path is given.
        paths: files and folders.

    Raises:
        LayoutRefusedError: a file that is named has no house layout.
    """
    wanted = list(paths) or [folder for name in FOLDERS if (folder := workspace.root / name).is_dir()]
    found: dict[Path, None] = {}
    for path in wanted:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.suffix.lower() in ENDINGS and not _is_hidden(p, path))
            found |= dict.fromkeys(sorted((p for p in inside if p.is_file()), key=Path.as_posix))
        elif path.suffix.lower() in ENDINGS:
            found[path] = None
        else:
            raise LayoutRefusedError(path, f"only {', '.join(ENDINGS)} have a house layout. Leave the file out.")
    return list(found)


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def lay_out_files(
    workspace: Workspace, paths: Sequence[Path], refused: Callable[[EugraphError], object]
) -> Iterator[LaidOut]:
    """Yield files as they are and as they should be; nothing is written.

    Args:
        workspace: its base resolves relative IRIs.
        paths: the files.
        refused: takes what is wrong with a file that cannot be read or laid out; the others follow all the same.
    """
    for path in paths:
        try:
            yield lay_out_file(workspace, path)
        except InputError as error:
            refused(error)


def lay_out_file(workspace: Workspace, path: Path) -> LaidOut:
    """Return a file as it is and as it should be.

    Raises:
        InputError: it cannot be read, or not be laid out.
    """
    whole = path.absolute()
    name = PurePath(whole.relative_to(workspace.root)) if whole.is_relative_to(workspace.root) else PurePath(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        fault = f"the file cannot be read: {error.strerror}. Check its name and permissions."
        raise UnreachableFileError(name, fault) from error
    return LaidOut(path, name, data.decode("utf-8", "replace"), lay_out(data, name, workspace.base_iri))


def lay_out(data: bytes, name: PurePath, base_iri: str) -> str:
    """Return the content of a Turtle or YAML file in the house layout.

    Raises:
        InputError: it cannot be read, or not be laid out.
    """
    if name.suffix.lower() in YAML_ENDINGS:
        from eugraph.rdf.layout_yaml import lay_out_yaml  # ruamel.yaml loads slowly

        return lay_out_yaml(data, name)
    return lay_out_turtle(data, name, base_iri=base_iri)


def write_laid_out(file: LaidOut) -> None:
    """Write a file in the house layout, where that changes it.

    Raises:
        OutputError: the system does not let us write, or somebody has changed the file meanwhile.
    """
    if not file.is_changed:
        return
    if file.path.read_bytes() != file.before.encode():
        raise OutputError(file.path, "somebody has changed it meanwhile", "Lay it out again.")
    replace_file(file.path, file.after)
