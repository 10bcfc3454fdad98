"""A large release that changes a little: the change is made in a second folder, then both change names.

The second folder, the spare one, holds the same files by second names (hard links), but for those that differed in the
release before. It is kept beside the release as `.<name>.spare`, so that a change costs what it changes, however many
files there are. Nothing is ever written into the folder of the release.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from eugraph.errors import OutputError
from eugraph.publish.staging import MANIFEST, Kept, Piece, kept, link, time_if_equal, write_new
from eugraph.rdf.swapping import exchange

Stamp = Sequence[int]


def spare_of(out: Path) -> Path:
    """Return where the spare folder of a release lies."""
    return out.with_name(f".{out.name}.spare")


def stamp(folder: Path) -> Stamp:
    """Return what tells one release in a folder from another: size, time and number of its manifest."""
    try:
        found = os.stat(folder / MANIFEST)  # noqa: PTH116 - as in `staging`
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def folders_of(out: Path, paths: Iterable[str]) -> dict[str, int]:
    """Return when each folder of the files of a release was changed last, in nanoseconds."""
    names = {path.rpartition("/")[0] for path in paths}
    names |= {above.as_posix() for name in names for above in Path(name).parents}
    return {name: (out / name).stat().st_mtime_ns for name in sorted(names)}


def is_untouched(out: Path, folders: Mapping[str, int]) -> bool:
    """Say whether no file was added to a release, removed or replaced."""
    try:
        return bool(folders) and all((out / name).stat().st_mtime_ns == time for name, time in folders.items())
    except OSError:
        return False


def make_spare(out: Path) -> None:
    """Make the spare folder of a release anew.

    Raises:
        OSError: the system does not let us, or something else has its name.
    """
    spare = spare_of(out)
    remove_spare(out)
    for folder, _, files in os.walk(out):
        there = spare / Path(folder).relative_to(out)
        there.mkdir()
        for name in files:
            link(f"{folder}/{name}", f"{there}/{name}")


def remove_spare(out: Path) -> None:
    """Remove the spare folder of a release, if there is one.

    Raises:
        OutputError: it is none of ours.
    """
    spare = spare_of(out)
    if spare.exists():
        if any(spare.iterdir()) and not (spare / MANIFEST).is_file():
            raise OutputError(spare, "this folder would be used, and no release put it there", "Move it elsewhere.")
        shutil.rmtree(spare)


class Patch:
    """The spare folder while it is made the new release. It takes files as `Staging` does."""

    def __init__(self, out: Path, behind: Iterable[str]) -> None:
        """Bring the spare folder to what the release is.

        Args:
            out: the release.
            behind: the paths of the files in which the two differ.

        Raises:
            OSError: the system does not let us.
        """
        self.folder, self.out = spare_of(out), out
        self.files: list[Kept] = []
        self.changed: set[str] = set()
        for path in behind:
            self._free(path)
            if (out / path).is_file():
                link(f"{out}/{path}", f"{self.folder}/{path}")

    def write(self, path: str, *pieces: Piece) -> Kept:
        """Add a file; one that is as it was stays."""
        modified = time_if_equal(f"{self.out}/{path}", pieces) if path not in self.changed else None
        if modified is None:
            self._free(path)
            modified = write_new(f"{self.folder}/{path}", pieces)
        self.files.append(kept(path, pieces, modified))
        return self.files[-1]

    def keep(self, files: Sequence[Kept]) -> bool:
        """Let files be as they are; False where one is not as it was written."""
        for file in files:
            try:
                found = os.lstat(self.out / file.path)
            except OSError:
                return False
            if (found.st_size, found.st_mtime_ns) != (file.size, file.modified):
                return False
        return True

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files; a folder that is empty then goes as well."""
        for path in paths:
            self._free(path)
            with contextlib.suppress(OSError):
                os.removedirs(self.folder / os.path.dirname(path))  # noqa: PTH120 - a text

    def _free(self, path: str) -> None:
        """Make room for a file."""
        self.changed.add(path)
        new = self.folder / path
        new.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)

    def swap(self) -> None:
        """Let release and spare folder change names."""
        exchange(self.folder, self.out)


@contextlib.contextmanager
def told_as_output(out: Path) -> Iterator[None]:
    """Say of an error of the system what it means for a release."""
    from eugraph.publish.staging import output_error

    try:
        yield
    except OSError as error:
        raise output_error(out, error) from error
