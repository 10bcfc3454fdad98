"""Paths to RDF files of which no workspace knows: files, folders, and standard input."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import BinaryIO

from eugraph.errors import EmptyFolderError, NoVocabularyError, UnknownFormatError, UnreachableFileError
from eugraph.rdf.read import FORMATS
from eugraph.rdf.stream import GZIP, Form, form_of
from eugraph.sources.files import RECORDS
from eugraph.sources.folders import walk
from eugraph.sources.plain_files import PlainFile, PlainFiles

STDIN = Path("-")
_INPUT = PurePath("standard input")


class PlainOpener:
    """Turns paths into files. Equal files have equal numbers, whatever way leads to them."""

    def __init__(self, named: Form | None = None, stdin: BinaryIO | None = None) -> None:
        """Take what the names of files do not tell.

        Args:
            named: the format of standard input, and of files whose names tell none.
            stdin: what `-` stands for.
        """
        self._named, self._stdin = named, stdin
        self._read: bytes | None = None
        self._numbers: dict[str, int] = {}
        self.passed_over: list[PurePath] = []  # in folders: they need a workspace

    def open(self, paths: Sequence[Path]) -> PlainFiles:
        """Return the files that paths name: files, folders and `-`.

        Raises:
            UnknownFormatError: the name of a file tells no format.
            NoVocabularyError: it is YAML or CSV.
            UnreachableFileError: a path is neither file nor folder, or a folder cannot be read.
            EmptyFolderError: a folder holds no RDF.
        """
        return PlainFiles([file for path in paths for file in self._at(path)])

    def _at(self, path: Path) -> list[PlainFile]:
        if path == STDIN:
            return [self._standard_input()]
        if path.is_file():
            return [self._file(path)]
        if not path.is_dir():
            raise UnreachableFileError(path, "this is neither a file nor a folder. Save its content in a file.")
        found, faults = walk(path, (*FORMATS, *RECORDS, GZIP), Path.cwd())
        if faults:
            raise faults[0]
        self.passed_over += [file for file in found if file.suffix.lower() in RECORDS]
        files = [self._file(file) for file in found if _tells_rdf(file)]
        if not files:
            raise EmptyFolderError(path, "files of RDF")
        return files

    def _standard_input(self) -> PlainFile:
        if self._named is None:
            fault = "standard input has no name that tells a format. Name it with --from."
            raise UnknownFormatError(_INPUT, fault=fault)
        if self._read is None:
            self._read = self._stdin.read() if self._stdin else b""
        number = self._numbers.setdefault(STDIN.name, len(self._numbers) + 1)
        base = f"{Path.cwd().as_uri()}/"
        return PlainFile(name=_INPUT, form=self._named, number=number, base_iri=base, data=self._read)

    def _file(self, path: Path) -> PlainFile:
        if path.suffix.lower() in RECORDS:
            kind = RECORDS[path.suffix.lower()]
            fault = f"only the ontology of a workspace says what the keys of {kind} mean, and there is none. Write RDF."
            raise NoVocabularyError(path, fault)
        form = form_of(path) if _tells_rdf(path) else form_of(path, self._named)
        number = self._numbers.setdefault(os.path.realpath(path), len(self._numbers) + 1)
        return PlainFile(name=PurePath(path), form=form, number=number, base_iri=path.absolute().as_uri(), path=path)


def _tells_rdf(path: Path) -> bool:
    """Tell whether the name of a file tells a format of RDF, perhaps packed."""
    return (path.with_suffix("") if path.suffix.lower() == GZIP else path).suffix.lower() in FORMATS
