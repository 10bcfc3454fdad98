"""Templates as compiled code, kept where Python keeps that of modules: to compile one takes 10 ms, to load it none.

They lie in the `__pycache__` beside the templates, which only those can write to who can write the program itself;
where that is nobody, or Python is to write no bytecode, they are compiled each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from importlib.util import cache_from_source
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from eugraph.errors import OutputError
from eugraph.rdf.replacing import replacing

_HERE = files(__package__)


class Compiled(BytecodeCache):
    """What `jinja2` asks for compiled templates."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the templates."""
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if there is something for it."""
        with contextlib.suppress(OSError), self._file(bucket).open("rb") as stream:
            bucket.load_bytecode(stream)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in a bucket."""
        if sys.dont_write_bytecode or not (self._folder / bucket.key).is_file():
            return
        file = self._file(bucket)
        with contextlib.suppress(OSError, OutputError):
            file.parent.mkdir(exist_ok=True)
            with replacing(file) as stream:
                bucket.write_bytecode(stream)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - jinja2 calls it so
        """Return what a bucket is known by: the name of the template."""
        return name

    def get_source_checksum(self, source: str) -> str:
        """Return another text whenever a template would be compiled to something else."""
        return hashlib.sha256(f"{self._compiler} {source}".encode()).hexdigest()

    @cached_property
    def _compiler(self) -> str:
        return f"{version('jinja2')} {hashlib.sha256(_HERE.joinpath('engine.py').read_bytes()).hexdigest()}"

    def _file(self, bucket: Bucket) -> Path:
        return Path(cache_from_source(str(self._folder / bucket.key)))
