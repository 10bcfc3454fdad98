"""The user's own shapes over a catalogue, such as the official ones of DCAT-AP, told in our words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import Quad

from eugraph.errors import InputError, ShapesError
from eugraph.exchange.doctor.dcat.fault import Fault, placed
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.wrong import tell
from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.shacl import Result
from eugraph.sources.plain_paths import PlainOpener
from eugraph.validate import has_shapes
from eugraph.validate.engine import Engine, Outcome, run_shapes
from eugraph.validate.listing import told
from eugraph.validate.shape_finding import shape_finding
from eugraph.validate.words import Names, Words


def shapes(
    quads: Iterable[Quad], paths: Sequence[Path], where: str, *, engine: Engine = Engine.AUTO, each: bool = False
) -> Iterator[Diagnosis]:
    """Yield what shapes find in a catalogue.

    Args:
        quads: see `examine`.
        paths: files of shapes, or folders with such files; all of them are one shapes graph.
        where: see `examine`.
        engine: who runs the shapes.
        each: see `examine`.

    Raises:
        InputError: a file cannot be read.
        ShapesError: there is no shape, or the shapes cannot be run.
    """
    stated = _read(paths)
    data = list(quads)
    outcome = run_shapes(data, stated, engine=engine)
    words = Words(Names(stated), outcome.values)
    said = Statements(data)
    faults = (_fault(result, outcome, words, said) for result in outcome.results)
    yield from tell(placed(faults, said, where), each=each)


def _fault(result: Result, outcome: Outcome, words: Words, said: Statements) -> Fault:
    finding = shape_finding(result, lambda *_: None, words, outcome.graph)
    return Fault(said.graph.number(result.focus), "shape", finding.severity, told(finding))


def _read(paths: Sequence[Path]) -> list[Quad]:
    files = PlainOpener().open(paths)
    stated = list(files.quads())
    if files.findings:
        first = files.findings[0]
        path, line, column = (
            (first.place.path, first.place.line, first.place.column) if first.place else (paths[0], 0, 0)
        )
        raise InputError(path, first.message, line=line, column=column)
    if not has_shapes(stated):
        names = ", ".join(path.as_posix() for path in paths)
        raise ShapesError(f"{names}: no shape is in here, so nothing would be asked. Name the file of shapes.")
    return stated
