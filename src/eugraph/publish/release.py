"""What goes into a release, what comes out, and the order of the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from pyoxigraph import NamedNode, Triple

from eugraph.publish.documents import Document, documents
from eugraph.publish.dumps import dumps
from eugraph.publish.figures import Figures, count
from eugraph.publish.given import ReleaseInput
from eugraph.publish.gone import part
from eugraph.publish.pages import Site
from eugraph.publish.paths import segment_of
from eugraph.publish.profile import Profile
from eugraph.publish.staging import MANIFEST, WrittenFile, staged
from eugraph.rdf.hashing import graph_hash, hash_of_lines, joint_hash
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.jsonld_context import Context
from eugraph.rdf.nquads import BaseMove
from eugraph.rdf.turtle import write_turtle
from eugraph.rdf.turtle_blanks import Grouped, grouped
from eugraph.vocab import PREFIXES, RDF_TYPE, term

_MAIN = {term("owl:Ontology"), term("skos:ConceptScheme")}  # what a file of the ontology begins with
_ENDINGS = {"text": "txt"}  # of validation forms whose name is no file ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What was written."""

    folder: Path
    documents: int
    files: int
    graph_hash: str  # SHA-256 over the hashes of the documents' graphs


def publish(release: ReleaseInput, out: Path) -> Release:
    """Write a release to the folder `out`; what it held before stays whole until the new release is.

    Equal input gives equal bytes. Files that are as they were in the old release are hard links to it.

    Raises:
        OutputError: the release cannot be written, or `out` holds something else; `out` is as it was.
        CanonicalisationTimeoutError: the blank nodes of ontology or shapes could not be named in time.
    """
    vocabulary = [triple for triples in release.ontology.values() for triple in triples]
    context = Context.from_ontology(vocabulary)
    found, former = part(documents(release.quads, release.base_iri, vocabulary), release.quads)
    site = Site(release, found, former, _vocabulary_paths(release))
    profile = Profile(release.profile, release.moved)
    with staged(out) as staging:
        hashes = {}
        for document in (*found, *(address.document for address in former)):
            graph = grouped(document.triples)
            hashes[document.path] = _hash(graph, document, release.moved)
            for ending, data in _forms(graph, document, context, release):
                staging.write(f"{document.path}.{ending}", data)
            for ending, data in _pages(site, profile, document, graph):
                staging.write(f"{document.path}.{ending}", data)
        for path, data in _files(release, context):
            staging.write(path, data)
        total = joint_hash(hashes.items())
        figures = count(found, release.quads, release.validation.get("json", b"{}"))
        for path, data in site.others(figures):
            staging.write(path, data)
        staging.write(MANIFEST, _manifest(release, figures, total, staging.files))
        files = len(staging.files)
    return Release(folder=out, documents=len(found), files=files, graph_hash=total)


def _hash(graph: Grouped, document: Document, moved: BaseMove | None) -> str:
    """Return the hash of a document's graph; where nothing is to be named or moved, of the lines that are there."""
    if moved is None and not graph.blanks:
        return hash_of_lines(graph.lines())
    return graph_hash(document.triples, moved=moved)


def _forms(graph: Grouped, document: Document, context: Context, release: ReleaseInput) -> Iterator[tuple[str, bytes]]:
    """Yield (ending, content) of every form of a document."""
    base, moved = release.base_iri, release.moved
    yield "ttl", write_turtle(graph, PREFIXES, base, first=document.things, moved=moved).encode()
    yield "jsonld", write_jsonld(graph, document.iri, context, base, moved=moved)


def _pages(site: Site, profile: Profile, document: Document, graph: Grouped) -> Iterator[tuple[str, bytes]]:
    """Yield (ending, content) of a document's page, and of its schema.org profile, which the page embeds."""
    own = profile.document(document.iri.value, document.things)
    if own is not None:
        yield "schema.jsonld", own
    yield "html", site.page(document, graph, own)


def _files(release: ReleaseInput, context: Context) -> Iterator[tuple[str, bytes]]:
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
    yield from dumps(release.quads, context, base, moved)


def _manifest(release: ReleaseInput, figures: Figures, total: str, files: Sequence[WrittenFile]) -> bytes:
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
