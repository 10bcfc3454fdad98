"""Keys: a hash of all that something was made from; and the files whose content a key is made of."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import eugraph
from eugraph.errors import UnreachableFileError
from eugraph.rdf.replacing import replacing

_HERE = Path(eugraph.__file__).parent
_LENGTH = 20  # hexadecimal digits: 80 bits, for a handful of folders


def key_of(*parts: object) -> str:
    """Return a key that is another one whenever one of the parts is, told by its `str`."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:_LENGTH]


@cache
def code_of(*packages: str) -> str:
    """Return a key of the code of packages of eugraph as it is installed here: what another code makes may differ.

    Args:
        packages: their paths below `eugraph`.
    """
    modules = (module for name in packages for module in (_HERE / name).rglob("*") if module.suffix in (".py", ".rq"))
    return key_of(*sorted(f"{module} {module.stat().st_size} {module.stat().st_mtime_ns}" for module in modules))


def files_below(paths: Iterable[Path]) -> list[Path]:
    """Return the files that paths name: a file as it is, of a folder all at every depth.

    Raises:
        UnreachableFileError: a path leads to neither.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(file for file in path.rglob("*") if file.is_file())
        elif path.is_file():
            found.append(path)
        else:
            raise UnreachableFileError(path, "eugraph.toml names it as a source, and it is not there. Put it there.")
    return found


@dataclass(slots=True)
class Digests:
    """SHA-256 of files. A file that was not written since it was last looked at is not read again.

    Args:
        memory: a file where digests are kept, with size, time and number of the file that each belongs to.
    """

    memory: Path
    _known: dict[str, list[object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what is remembered; nothing, where that is damaged."""
        try:
            known = json.loads(self.memory.read_bytes())
        except (OSError, ValueError):
            known = {}
        self._known = known if isinstance(known, dict) else {}

    def of(self, files: Iterable[Path]) -> Mapping[Path, str]:
        """Return the digest of each file, and remember those alone."""
        digests: dict[Path, str] = {}
        now: dict[str, list[object]] = {}
        for file in files:
            status = file.stat()
            stamp: list[object] = [status.st_size, status.st_mtime_ns, status.st_ino]
            known = self._known.get(os.fspath(file))
            if known is None or known[:3] != stamp:
                with file.open("rb") as stream:
                    known = [*stamp, hashlib.file_digest(stream, "sha256").hexdigest()]
            now[os.fspath(file)] = known
            digests[file] = str(known[3])
        if now != self._known:
            self.memory.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self.memory) as stream:
                stream.write(json.dumps(now).encode())
            self._known = now
        return digests
