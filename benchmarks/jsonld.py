"""The projects of Horizon Europe as framed JSON-LD, beside PyLD, in one run.

Ours begin with the statements of each document as lines of N-Triples in memory, as a release holds them. PyLD is given
them as expanded JSON-LD, and the same frame and context objects at each call, so that it finds what it has read of a
context in its cache. It is so much slower that both are compared on a sample, evenly spread; what all of the projects
would take it is reckoned from that. Of the sample it is told how often PyLD makes of our frame what we wrote.

One in ten of the projects is taken, all of them in a full run.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pyld import jsonld

from benchmarks.cordis_tables import ARCHIVE, some_projects, unpack
from benchmarks.cost import Budget, Cost, Line
from benchmarks.effort import Effort
from benchmarks.pyld_framing import comparable, expanded, framed, names_of_properties
from benchmarks.timing import ROOT, clock, compare
from benchmarks.write import PLAIN, write_plainly
from eugraph.config import FOLDERS, Workspace, open_workspace
from eugraph.loading import load
from eugraph.publish.documents import Contents, Document, Outline
from eugraph.publish.staging import Staging
from eugraph.publish.statements import Statements
from eugraph.rdf.collecting import without_collecting
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.jsonld_frame import Frames
from eugraph.vocab import EUG

FASTER = Budget(times=1 / 25)
SAMPLE = 60  # documents that PyLD gets, about
_TIMES = 20  # that we write the sample, or the clock would see little of us
_AT_A_TIME = 2000  # documents that are held in memory
_LESS = "compact, skipExpansion"

Write = Callable[[Document], bytes]


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Write the projects of the tables that lie beside the repository; nothing where they do not."""
    archive = ROOT.parent / "shared" / "cordis" / ARCHIVE
    if not archive.is_file():
        sys.stderr.write(f"jsonld: skipped, {archive} is not there. Lay it there to measure.\n")
        return []
    with tempfile.TemporaryDirectory(prefix="eugraph-bench-jsonld-") as name:
        tables = unpack(archive, Path(name, "unpacked"))
        if effort.europe > 1:
            tables = some_projects(tables, Path(name, "tables"), effort.europe)
        return lines(with_tables(workspace, tables, Path(name, "home")), Path(name), effort)


def with_tables(workspace: Workspace, tables: Path, home: Path) -> Workspace:
    """Return the workspace with the tables as an imported source."""
    home.mkdir()
    for name in FOLDERS:
        (home / name).symlink_to(workspace.root / name)
    files = json.dumps([str(path) for path in sorted(tables.glob("*.csv"))])
    source = f'\n[sources.cordis]\nkind = "cordis"\nfiles = {files}\non_violation = "report"\n'
    settings = (workspace.root / "eugraph.toml").read_text(encoding="utf-8")
    (home / "eugraph.toml").write_text(settings + source, encoding="utf-8")
    return open_workspace(home)


@without_collecting()  # as a release is written
def lines(workspace: Workspace, folder: Path, effort: Effort) -> list[Line]:
    """Return the lines of the table for the imported projects of a workspace."""
    loaded, base = load(workspace), workspace.base_iri
    assert loaded.imported is not None
    ontology, shapes = ([quad.triple for quad in part.quads] for part in (loaded.ontology, loaded.shapes))
    context = Context.from_ontology(ontology)
    frame = json.loads(Frames(context, [*ontology, *shapes]).document(f"{EUG}Project", base))
    statements = Statements(loaded.imported.said)
    statements.take(loaded.quads)
    contents = Contents(statements, base, ontology, loaded.imported.graphs)
    outlines = [one for one in contents.outlines if one.kind == "project" and one.path.partition("/")[2].isdigit()]

    def write(document: Document) -> bytes:
        return write_jsonld(document.graph(), document.iri, context, base)

    ours = _written(contents, outlines, write, folder)
    return _lines(
        ours, [contents.document(one) for one in outlines[:: len(outlines) // SAMPLE or 1]], write, frame, effort
    )


@dataclass(slots=True)
class Written:
    """How long all documents took us."""

    documents: int = 0
    memory: float = 0  # seconds, from statements in memory to bytes in memory
    disk: float = 0  # from statements in an index on disk to files
    plain: float = 0  # to write the same bytes to files


def _written(contents: Contents, outlines: Sequence[Outline], write: Write, folder: Path) -> Written:
    found = Written(len(outlines))
    for start in range(0, len(outlines), _AT_A_TIME):
        part = outlines[start : start + _AT_A_TIME]
        documents = [contents.document(outline) for outline in part]
        texts: list[bytes] = []
        found.memory += clock(partial(texts.extend, map(write, documents))).value
        files = [(f"{outline.path}.jsonld", text) for outline, text in zip(part, texts, strict=True)]
        del documents
        made = ((f"{outline.path}.jsonld", write(contents.document(outline))) for outline in part)
        found.disk += clock(partial(_stage, made, folder / f"ours{start}")).value
        found.plain += clock(partial(write_plainly, files, folder / f"plain{start}")).value
    return found


def _lines(
    ours: Written, sample: Sequence[Document], write: Write, frame: dict[str, Any], effort: Effort
) -> list[Line]:
    names = names_of_properties(frame["@context"])
    inputs = [expanded(document.triples) for document in sample]
    costs = compare(
        {
            "ours": lambda: [write(document) for _ in range(_TIMES) for document in sample],
            "frame": lambda: [jsonld.frame(nodes, frame) for nodes in inputs],
            "compact": lambda: [jsonld.compact(nodes, frame["@context"]) for nodes in inputs],
            _LESS: lambda: [jsonld.compact(nodes, frame["@context"], {"skipExpansion": True}) for nodes in inputs],
        },
        rounds=effort.rounds,
    )
    same = sum(
        comparable(_body(framed(nodes, frame)), names) == comparable(_body(json.loads(write(document))), names)
        for nodes, document in zip(inputs, sample, strict=True)
    )
    size, number = len(sample), ours.documents
    notes = {
        "frame": f"{same} of {size} documents are equal as JSON",
        "compact": "of flat nodes, which it does not nest",
        _LESS: "the same, told that its input is expanded",
    }
    return [
        *(
            Line(
                what=f"JSON-LD of {size} of the projects, from statements in memory",
                ours=Cost(costs["ours"].value / _TIMES),
                peer_name=f"PyLD {name}",
                peer=costs[name],
                budget=FASTER if name != _LESS else None,
                amount=size,
                things="documents",
                note=note,
            )
            for name, note in notes.items()
        ),
        Line(
            what=f"JSON-LD of all {number:,} projects, from statements in memory",
            ours=Cost(ours.memory),
            amount=number,
            things="documents",
            note=f"PyLD would frame them in {costs['frame'].value / size * number:,.0f} s at the rate of the sample",
        ),
        Line(
            what=f"JSON-LD of all {number:,} projects, from the index of the import to files",
            ours=Cost(ours.disk),
            peer_name=f"{PLAIN} the same bytes",
            peer=Cost(ours.plain),
            amount=number,
            things="documents",
        ),
    ]


def _body(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "@context"}


def _stage(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    folder.mkdir()
    staging = Staging(folder, None)
    for path, data in files:
        staging.write(path, data)
