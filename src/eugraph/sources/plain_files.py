"""RDF files as they stand, without a workspace: read as a stream, blank nodes kept, places looked up afterwards."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from eugraph.errors import InputError, SyntaxFaultError, UnreachableFileError
from eugraph.findings import Finding, Place, unreadable
from eugraph.rdf.blank_labels import relabelled
from eugraph.rdf.locate import Locator, Term, parsed
from eugraph.rdf.places.excerpt import line_at
from eugraph.rdf.places.lines import lines_on
from eugraph.rdf.refused import check_depth
from eugraph.rdf.stream import Form, StatementReader
from eugraph.vocab import term

_IMPORTS = term("owl:imports")


@dataclass(eq=False, kw_only=True)
class PlainFile:
    """One file, or standard input."""

    name: PurePath  # as messages show it
    form: Form
    number: int  # files of one number are one file: their blank nodes have the same labels
    base_iri: str
    path: Path | None = None
    data: bytes = b""  # of standard input, where there is no path
    imports: dict[str, None] = field(default_factory=dict)  # what the statements import
    _stamp: tuple[int, int] | None = None  # size and time of change when it was read

    def quads(self) -> Iterator[Quad]:
        """Yield the statements, in the order of the parser.

        Raises:
            InputError: the file is not what its form says.
        """
        if self.form.rdf_format == RdfFormat.JSON_LD:
            check_depth(self.text(), self.name, self.form.rdf_format)  # the engine takes endless time for deep ones
        with self._opened() as stream:
            self._stamp = self._state(stream)
            for quad in relabelled(StatementReader(stream, self.name, self.form, self.base_iri), self.number):
                value = quad.object
                if type(value) is NamedNode and quad.predicate == _IMPORTS:
                    self.imports[value.value] = None
                elif type(value) is Triple:
                    what = f"{quad.subject} has a statement for a value, which is RDF 1.2, and SHACL knows RDF 1.1."
                    raise SyntaxFaultError(self.name, f"{what} Remove it.")
                yield quad

    def locator(self, wanted: Collection[Term] | None, mentioned: Collection[Term] = ()) -> Locator | None:
        """Return what finds the places of statements on the `wanted` nodes, None for all, and on who is `mentioned`.

        None is returned where the file is not as it was when it was read.
        """
        with self._opened() as stream:
            if self._state(stream) != self._stamp:
                return None
        text = self.text()
        rdf_format = self.form.rdf_format
        if rdf_format in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS) and wanted is not None and not mentioned:
            text = lines_on(text, wanted)
        quads = relabelled(parsed(text, rdf_format, self.base_iri), self.number)
        return Locator(text, self.name, rdf_format, self.base_iri, quads, wanted, mentioned)

    def text(self) -> str:
        """What the file holds, as far as it can be read."""
        with suppress(UnreachableFileError, OSError, EOFError, zlib.error), self._opened() as stream:
            data = gzip.GzipFile(fileobj=stream).read() if self.form.packed else stream.read()
            return data.decode("utf-8-sig", "replace")
        return ""

    def _opened(self) -> BinaryIO:
        if self.path is None:
            return io.BytesIO(self.data)
        try:
            return self.path.open("rb")
        except OSError as error:
            what = f"the file cannot be read: {error.strerror}. Check its name and permissions."
            raise UnreachableFileError(self.name, what) from error

    def _state(self, stream: BinaryIO) -> tuple[int, int]:
        if self.path is None:
            return len(self.data), 0
        state = os.fstat(stream.fileno())
        return state.st_size, state.st_mtime_ns


class PlainFiles:
    """Files whose statements are one graph: the union of all graphs in them."""

    def __init__(self, files: Sequence[PlainFile]) -> None:
        """Take files; a file that comes twice counts once."""
        self.files = list({file.number: file for file in files}.values())
        self.findings: list[Finding] = []  # files that could not be read

    def quads(self) -> Iterator[Quad]:
        """Yield the statements of all files. A file that cannot be read to its end becomes a finding."""
        for file in self.files:
            try:
                yield from file.quads()
            except InputError as error:
                self.findings.append(unreadable(error, line_at(file.text(), error.line, error.column)))

    def notes(self, known: Collection[str]) -> list[str]:
        """Say what the files import and is not followed; `known` are the addresses of what was read anyway."""
        return [
            f"{file.name.as_posix()} imports <{iri}>, which is not fetched. Name its file too, if it matters."
            for file in self.files
            for iri in file.imports
            if iri not in known
        ]

    def places(self, wanted: Collection[Term] | None) -> PlainPlaces:
        """Go through the files once more and return where statements on the `wanted` nodes stand; None for all."""
        locators = [locator for file in self.files if (locator := file.locator(wanted))]
        missing = {node for node in wanted or () if not any(locator.describes(node) for locator in locators)}
        if missing:  # only spoken of
            locators = [locator for file in self.files if (locator := file.locator(wanted, missing))]
        return PlainPlaces(locators)


class PlainPlaces:
    """Places in several files."""

    def __init__(self, locators: Sequence[Locator]) -> None:
        self._locators = locators

    def find(self, subject: Term, predicate: Term | None = None, value: Term | None = None) -> Place | None:
        """Return where the statement stands; else its predicate, else its subject, else where it is spoken of."""
        exact = [locator for locator in self._locators if locator.is_exact(subject, predicate, value)]
        about = [locator for locator in self._locators if locator.is_exact(subject, predicate, None)]
        for locator in (*exact, *about, *self._locators):
            if place := locator.find(subject, predicate, value):
                return place
        return next((place for locator in self._locators if (place := locator.find_mention(subject))), None)
