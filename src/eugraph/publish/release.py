"""What goes into a release, what comes out, and the order of the work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from pyoxigraph import NamedNode, Triple

from eugraph.publish.composing import Made, document_hash, forms
from eugraph.publish.dumps import dumps
from eugraph.publish.figures import Figures, count
from eugraph.publish.given import ReleaseInput
from eugraph.publish.pages import Summary
from eugraph.publish.paths import segment_of
from eugraph.publish.preparing import prepare
from eugraph.publish.remembered import Keys, recall, remember
from eugraph.publish.staging import MANIFEST, Kept, staged
from eugraph.publish.statements import Statements
from eugraph.publish.workers import default_jobs, workers
from eugraph.rdf.collecting import without_collecting
from eugraph.rdf.hashing import joint_hash
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.turtle import write_turtle
from eugraph.vocab import PREFIXES, RDF_TYPE, term

_MAIN = {term("owl:Ontology"), term("skos:ConceptScheme")}  # what a file of the ontology begins with
_ENDINGS = {"text": "txt"}  # of validation forms whose name is no file ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What was written."""

    folder: Path
    documents: int
    composed: int  # of these, what was not taken from the old release by its key
    files: int
    graph_hash: str  # SHA-256 over the hashes of the documents' graphs


@without_collecting()
def publish(release: ReleaseInput, out: Path, *, jobs: int | None = None, memory: Path | None = None) -> Release:
    """Write a release to the folder `out`; what it held before stays whole until the new release is.

    Equal input gives equal bytes. Files that are as they were in the old release are hard links to it.

    Args:
        release: what it is made from.
        out: its folder.
        jobs: processes that make documents; None takes as many as are worth it.
        memory: a file, outside of `out`, that keeps from what each document was made, so that the next time only those
            that can have changed are made again. It may be removed at any time; None keeps nothing.

    Raises:
        OutputError: the release cannot be written, or `out` holds something else; `out` is as it was.
        CanonicalisationTimeoutError: the blank nodes of ontology or shapes could not be named in time.
    """
    ready = prepare(release, _vocabulary_paths(release))
    site, settings, living = ready.site, ready.settings, ready.living
    jobs = default_jobs(len(living)) if jobs is None else jobs
    if memory is not None:
        ready.plan.remember(Keys(settings, ready.vocabulary), recall(memory))
    made: list[Made] = []
    summary, composed = Summary(), 0
    with staged(out) as staging:
        with workers(settings, staging, jobs) as helpers:
            for done in helpers.do(ready.plan.batches(living)):
                made += done.made
                summary.add(done.summary)
                composed += done.composed
        hashes = {document.path: document.graph_hash for document in made}
        for address in ready.former:
            graph = address.document.graph()
            hashes[address.path] = document_hash(graph, address.document, release.moved)
            for path, data in forms(graph, address.document, settings):
                staging.write(path, data)
            staging.write(f"{address.path}.html", site.former(address))
        for path, data in _files(release, ready.statements, settings.context):
            staging.write(path, data)
        total = joint_hash(hashes.items())
        figures = count(living, ready.contents, release.validation.get("json", b"{}"))
        for path, data in site.others(figures, summary):
            staging.write(path, data)
        staging.write(MANIFEST, _manifest(release, figures, total, staging.files))
        number = len(staging.files)
    if memory is not None:
        with contextlib.suppress(OSError):  # the next release will be made from nothing
            remember(memory, made)
    return Release(folder=out, documents=len(living), composed=composed, files=number, graph_hash=total)


def _files(release: ReleaseInput, statements: Statements, context: Context) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of every file but documents, pages and release.json."""
    base, moved = release.base_iri, release.moved
    yield "context.jsonld", context.whole(base if moved is None else moved.new)
    for folder, graphs in (("ontology", release.ontology), ("shapes", release.shapes)):
        for name, triples in graphs.items():
            path = _path(folder, name)
            first = sorted({t.subject for t in triples if _is_main(t) and isinstance(t.subject, NamedNode)}, key=str)
            yield f"{path}.ttl", write_turtle(triples, PREFIXES, first=first, moved=moved).encode()
            yield f"{path}.jsonld", write_jsonld(triples, None, context, moved=moved)
    for name, report in release.reports.items():
        path = f"query/{segment_of(name)}"
        yield f"{path}.rq", report.query.encode()
        yield f"{path}.csv", report.csv
        yield f"{path}.json", report.json
    for form, data in release.validation.items():
        yield f"validation.{_ENDINGS.get(form, form)}", data
    yield from dumps(statements, context, base, moved, release.imported)


def _manifest(release: ReleaseInput, figures: Figures, total: str, files: Sequence[Kept]) -> bytes:
    """Return release.json, which lists every file but itself."""
    return _json(
        {
            "title": release.title,
            "version": release.version,
            "date": release.date.isoformat(),
            "base": release.base_iri if release.moved is None else release.moved.new,
            "publisher": release.publisher,
            "licence": release.licence,
            "counts": figures,
            "graph": {"sha256": total},
            "files": {file.path: {"size": file.size, "sha256": file.sha256} for file in sorted(files)},
        }
    )


def _vocabulary_paths(release: ReleaseInput) -> dict[str, str]:
    """Return where each file of ontology and shapes lies, without its ending."""
    folders = {"ontology": release.ontology, "shapes": release.shapes}
    return {f"{folder}/{name}": _path(folder, name) for folder, graphs in folders.items() for name in graphs}


def _path(folder: str, name: str) -> str:
    return f"{folder}/{'/'.join(map(segment_of, name.split('/')))}"


def _is_main(triple: Triple) -> bool:
    return triple.predicate == RDF_TYPE and triple.object in _MAIN


def _json(document: object) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
