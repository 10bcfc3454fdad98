"""From proposals to patches: the characters of the files that a proposal changes, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath

from pyoxigraph import NamedNode, RdfFormat

from eugraph.findings import Place
from eugraph.mend.change import Change, Edit, Fix, Proposal
from eugraph.mend.record_text import RecordText
from eugraph.mend.turtle_text import TurtleText
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.locate import Term
from eugraph.rdf.read import format_of
from eugraph.sources import Reading, SourceFile

_RECORDS = (".yaml", ".yml", ".csv")


class Editor:
    """Turns changes of statements into edits of the files of one reading."""

    def __init__(self, reading: Reading, vocabulary: Callable[[], Context]) -> None:
        self._reading = reading
        self._vocabulary = vocabulary
        self._files = {file.name: file for file in reading.files}
        self._known: dict[PurePath, TurtleText | RecordText | None] = {}

    def edits(self, change: Change) -> tuple[Edit, ...] | None:
        """Return the edits that make a statement say something else; None where that cannot be done exactly."""
        quad = change.quad
        old: Term = quad.object  # type: ignore[assignment]  # RDF 1.1: no triple terms
        place = self._reading.place(quad.subject, quad.predicate, old, graph=quad.graph_name)  # type: ignore[arg-type]  # as above
        file = self._files.get(place.path) if place and place.column else None
        editor = self._text(file) if file else None
        if place is None or file is None or editor is None:
            return None
        offset = self._offset(file, place)
        assert isinstance(quad.predicate, NamedNode)
        if change.predicate != quad.predicate:
            if not isinstance(editor, TurtleText):
                return None
            found = editor.predicate(offset, quad.predicate, change.predicate)
        else:
            found = editor.value(offset, old, change.value)
        return None if found is None else (Edit(file.name, *found),)

    def place(self, edit: Edit) -> Place:
        """Return where an edit begins."""
        before = self.text(self._files[edit.name])[: edit.start].removeprefix("\ufeff")
        return Place(edit.name, before.count("\n") + 1, len(before) - before.rfind("\n"))

    def text(self, file: SourceFile) -> str:
        """The text of a file, with its byte order mark."""
        return self._reading.data_of(file).decode("utf-8")

    def _offset(self, file: SourceFile, place: Place) -> int:
        text = self.text(file)
        mark = int(text.startswith("\ufeff"))  # places do not count it
        start = mark
        for _ in range(place.line - 1):
            start = text.index("\n", start) + 1
        return start + place.column - 1

    def _text(self, file: SourceFile) -> TurtleText | RecordText | None:
        if file.name not in self._known:
            self._known[file.name] = self._opened(file)
        return self._known[file.name]

    def _opened(self, file: SourceFile) -> TurtleText | RecordText | None:
        ending = file.name.suffix.lower()
        base = self._reading.base_iri
        if ending in _RECORDS:
            spaces = self._vocabulary().prefixes.spaces
            return RecordText(self.text(file), is_csv=ending == ".csv", base_iri=base, spaces=spaces)
        if format_of(file.name) not in (RdfFormat.RDF_XML, RdfFormat.JSON_LD):
            return TurtleText(self.text(file), format_of(file.name), base)
        return None  # RDF/XML and JSON-LD: places there are found by searching, and are not exact


def fixes(proposals: Iterable[Proposal], editor: Editor) -> tuple[list[Fix], list[tuple[Proposal, str]]]:
    """Return the patches of proposals, and the proposals that make none, each with the reason.

    Proposals with equal edits make one patch. Where two patches would change the same characters, neither is certain.
    """
    made: dict[tuple[Edit, ...], list[Proposal]] = {}
    refused: list[tuple[Proposal, str]] = []
    for proposal in proposals:
        edits: list[Edit] = []
        for change in proposal.changes:
            found = editor.edits(change)
            if found is None:
                refused.append((proposal, "it cannot be written here without doubt"))
                break
            edits += found
        else:
            made.setdefault(tuple(sorted(set(edits))), []).append(proposal)
    clashing = set(_clashing(list(made)))
    patches = []
    for key, group in made.items():
        if key in clashing:
            refused += [(proposal, "there is more than one way to mend it") for proposal in group]
            continue
        first = group[0]
        findings = tuple(dict.fromkeys(proposal.finding for proposal in group))
        place = editor.place(key[0])
        patches.append(Fix(findings=findings, kind=first.kind, edits=key, why=first.why, place=place))
    return sorted(patches, key=lambda fix: fix.edits), refused


def _clashing(patches: Sequence[tuple[Edit, ...]]) -> Iterator[tuple[Edit, ...]]:
    """The patches that change characters which another patch changes too."""
    placed = sorted((edit.name, edit.start, edit.end, index) for index, edits in enumerate(patches) for edit in edits)
    for at, (name, start, end, index) in enumerate(placed):
        for other_name, other_start, _, other in placed[at + 1 :]:
            if other_name != name or (other_start >= end and other_start > start):
                break
            if other != index:
                yield patches[index]
                yield patches[other]
