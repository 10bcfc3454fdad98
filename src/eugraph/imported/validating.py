"""Validation of what is imported: worked out once for the same statements and shapes, and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import PurePath

import orjson
import pyoxigraph as ox

from eugraph.config import Workspace
from eugraph.findings import Finding, Place, Severity
from eugraph.imported.graph import Imported
from eugraph.imported.keeping import making, remove_others
from eugraph.imported.keys import code_of, key_of
from eugraph.rdf.collecting import without_collecting
from eugraph.sources import Reading
from eugraph.sources.cordis.locating import locate
from eugraph.validate import validate_imported
from eugraph.validate.causes import together
from eugraph.validate.shape_finding import ShapeFinding

_WHOLE, _TOGETHER = "findings.jsonl", "causes.jsonl"


def findings_of(
    imported: Imported,
    ontology: Reading,
    shapes: Reading,
    workspace: Workspace,
    say: Callable[[str], object] = lambda _: None,
    *,
    whole: bool = True,
) -> list[Finding]:
    """Return what the shapes find in what is imported, sorted.

    Args:
        imported: what is validated, with what follows from it.
        ontology: the classes and concepts that the shapes ask for.
        shapes: the shapes graph.
        workspace: whose sources these are, and in whose folder findings are kept.
        say: takes a line where the work is to be done.
        whole: each finding, not one for each cause that has many.
    """
    files = sorted((file.name.as_posix(), file.path) for file in (*ontology.files, *shapes.files))
    digests = imported.digests.of(path for _, path in files)
    code = code_of("shacl", "validate")
    key = key_of(code, imported.base.name, *(f"{name} {digests[path]}" for name, path in files))
    folder = workspace.kept / "findings" / key
    if not folder.is_dir():
        say(f"validating {', '.join(each.source.name for each in imported.imports)}")
        found = _found(imported, ontology, shapes)
        with making(folder) as beside:
            for name, findings in ((_WHOLE, found), (_TOGETHER, together(found))):
                with (beside / name).open("wb") as lines:
                    lines.writelines(map(_line, findings))
    remove_others(folder)
    with (folder / (_WHOLE if whole else _TOGETHER)).open("rb") as lines:
        return list(map(_finding, lines))


def _found(imported: Imported, ontology: Reading, shapes: Reading) -> list[Finding]:
    with without_collecting():
        findings = validate_imported(imported.quads(), ontology.quads, shapes)
    by_source: dict[str, list[ShapeFinding]] = {each.source.name: [] for each in imported.imports}
    source_of = _sources(imported)
    for finding in findings:
        by_source[source_of(finding.result.focus)].append(finding)
    told: list[Finding] = []
    for each in imported.imports:
        own = by_source[each.source.name]
        things = {finding.result.focus.value for finding in own}
        places = locate(each.folder, things) if own else {}
        told += (_told(finding, each.source.name, places.get(finding.result.focus.value)) for finding in own)
    return sorted(told, key=Finding.sort_key)


def _sources(imported: Imported) -> Callable[[object], str]:
    """Return what names the source of a thing: the first, by name, that says something of it."""
    names = sorted((each.source.name, each.graph) for each in imported.imports)
    if len(names) == 1:
        return lambda _: names[0][0]
    store = imported.store()

    def source(focus: object) -> str:
        graphs = {quad.graph_name for quad in store.about(focus)} if isinstance(focus, ox.NamedNode) else ()
        return next((name for name, graph in names if graph in graphs), names[0][0])

    return source


def _told(finding: ShapeFinding, source: str, place: tuple[str, int] | None) -> Finding:
    said = {field.name: getattr(finding, field.name) for field in fields(Finding)}
    return Finding(**(said | {"source": source, "place": Place(PurePath(place[0]), place[1]) if place else None}))


def _line(finding: Finding) -> bytes:
    place = finding.place
    shared = {field.name: getattr(finding, field.name) for field in fields(Finding) if field.name != "place"}
    where = [place.path.as_posix(), place.line, place.column, place.written] if place else None
    return orjson.dumps(shared | {"place": where}) + b"\n"


def _finding(line: bytes) -> Finding:
    said = orjson.loads(line)
    where = said["place"]
    said["place"] = Place(PurePath(where[0]), *where[1:]) if where else None
    said["severity"] = Severity(said["severity"])
    said["reasons"], said["like"] = tuple(said["reasons"]), tuple(said["like"])
    return Finding(**said)
