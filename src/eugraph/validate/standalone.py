"""Validation without a workspace: any RDF against any shapes, and nothing else is looked at.

The data graph is the union of all graphs in the data files, the shapes graph that of all in the files of shapes.
"""

from __future__ import annotations

from functools import cached_property

from pyoxigraph import NamedNode

from eugraph.errors import ShapesError
from eugraph.findings import Finding
from eugraph.sources.plain_files import PlainFiles, PlainPlaces
from eugraph.validate.engine import Engine, run_shapes
from eugraph.validate.offending import offending
from eugraph.validate.report import Report
from eugraph.validate.shape_finding import shape_finding
from eugraph.validate.words import Names, Words
from eugraph.validate.workspace import has_shapes


def validate_files(data: PlainFiles, shapes: PlainFiles | None, engine: Engine = Engine.AUTO) -> Report:
    """Return what shapes find in data; where a file cannot be read, only that: half a graph has false faults.

    Args:
        data: read as a stream, once more where there are findings, whose places are looked up then.
        shapes: None where they stand among the data.
        engine: who runs the shapes.

    Raises:
        ShapesError: there is no shape, or the shapes cannot be run, or not by this engine.
    """
    source = data if shapes is None else shapes
    stated = list(source.quads())
    lacking = not source.findings and not has_shapes(stated)
    if source.findings or lacking:
        for _ in data.quads() if shapes else ():
            pass  # all that cannot be read is told at once, and before anything else
    if source.findings or data.findings:
        return _unreadable(data, shapes)
    if lacking:
        where = ", ".join(file.name.as_posix() for file in source.files)
        remedy = "Name the file of shapes with --shapes." if shapes is None else "Name another file or folder."
        raise ShapesError(f"{where}: no shape is in here, so nothing would be asked. {remedy}")
    outcome = run_shapes(data.quads() if shapes else stated, stated, engine=engine, locate=_ShapePlaces(source).of)
    if data.findings:
        return _unreadable(data, shapes)
    asked = [offending(result, outcome.graph) for result in outcome.results]
    wanted = {statement.subject for statement in asked} | {result.focus for result in outcome.results}
    places = data.places(wanted) if wanted else PlainPlaces([])
    words = Words(Names(stated), outcome.values)
    found = [shape_finding(result, places.find, words, outcome.graph) for result in outcome.results]
    return Report(tuple(sorted(found, key=Finding.sort_key)), (*outcome.notes, *_notes(data, shapes)))


def _unreadable(data: PlainFiles, shapes: PlainFiles | None) -> Report:
    findings = {*data.findings, *(shapes.findings if shapes else ())}
    return Report(tuple(sorted(findings, key=Finding.sort_key)))


def _notes(data: PlainFiles, shapes: PlainFiles | None) -> tuple[str, ...]:
    read = [data] if shapes is None else [data, shapes]
    known = {file.base_iri for files in read for file in files.files}
    return tuple(dict.fromkeys(note for files in read for note in files.notes(known)))


class _ShapePlaces:
    """Where shapes stand, for messages on ill-formed ones."""

    def __init__(self, shapes: PlainFiles) -> None:
        self._shapes = shapes

    @cached_property
    def _locators(self) -> PlainPlaces:
        return self._shapes.places(None)

    def of(self, shape: NamedNode) -> str:
        """Return "file:line:column", or "" for a shape of which nothing is said."""
        return str(self._locators.find(shape) or "")
