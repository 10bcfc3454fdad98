"""What a release holds beside the documents of things and the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from eugraph.publish.addresses import Address, Addresses, address_of
from eugraph.publish.composing import Sink, document_hash, forms
from eugraph.publish.feed.state import Feed
from eugraph.publish.frames import frames
from eugraph.publish.given import AnsweredReport, ReleaseInput
from eugraph.publish.gone import Former
from eugraph.publish.hosting import hosting
from eugraph.publish.paths import is_cut, rest_of, segment_of
from eugraph.publish.preparing import Prepared
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


def vocabulary_files(release: ReleaseInput, context: Context) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the context, the frames, the ontology and the shapes."""
    base, moved = release.base_iri, release.moved
    base_iri = base if moved is None else moved.new
    yield "context.jsonld", context.whole(base_iri)
    yield from frames(context, chain(*release.ontology.values(), *release.shapes.values()), base_iri)
    for folder, graphs in (("ontology", release.ontology), ("shapes", release.shapes)):
        for name, triples in graphs.items():
            path = _path(folder, name)
            first = sorted({t.subject for t in triples if _is_main(t) and isinstance(t.subject, NamedNode)}, key=str)
            yield f"{path}.ttl", write_turtle(triples, PREFIXES, first=first, moved=moved).encode()
            yield f"{path}.jsonld", write_jsonld(triples, None, context, moved=moved)


def report_files(reports: Mapping[str, AnsweredReport]) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of reports and their answers."""
    for name, report in reports.items():
        path = f"query/{segment_of(name)}"
        yield f"{path}.rq", report.query.encode()
        yield f"{path}.csv", report.csv
        yield f"{path}.json", report.json


def profile_files(release: ReleaseInput) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the queries that profiles are made by."""
    for name, query in release.profiles.items():
        yield f"query/{'/'.join(map(segment_of, name.split('/')))}.rq", query.encode()


def validation_files(release: ReleaseInput) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the validation report."""
    for form, data in release.validation.items():
        yield f"validation.{_ENDINGS.get(form, form)}", data


def write_former(ready: Prepared, sink: Sink) -> dict[str, str]:
    """Write what stands at addresses that are no longer used; return the hashes of their graphs by path."""
    hashes = {}
    for address in ready.former:
        graph = address.document.graph()
        hashes[address.path] = document_hash(graph, address.document, ready.settings.moved)
        for path, data in forms(graph, address.document, ready.settings):
            sink.write(path, data)
        sink.write(f"{address.path}.html", ready.site.former(address))
    return hashes


def hosting_files(
    release: ReleaseInput,
    former: Iterable[Former],
    documents: Iterable[str],
    found: Addresses,
    feed: Feed | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the files that tell web servers what is where.

    Args:
        release: what the release is made from.
        former: addresses that are no longer used.
        documents: the path of each document of what is described.
        found: where things lead that are no document by themselves.
        feed: its change feed, if it has one.
    """
    base, moved = release.base_iri, release.moved
    own = ((rest_of(path), Address(303, path)) for path in documents if not is_cut(path))
    others = ((rest, address) for rest, address in found if address.status == 303)
    gone = [(one.outline.iri[len(base) :], one.path, address_of(one, base)) for one in former]
    base_iri = base if moved is None else moved.new
    pages = len(feed.pages) if feed else 0
    yield from hosting(chain(own, others), gone, base_iri=base_iri, address=release.address, feed_pages=pages)


def vocabulary_paths(release: ReleaseInput) -> dict[str, str]:
    """Return where each file of ontology and shapes lies, without its ending."""
    folders = {"ontology": release.ontology, "shapes": release.shapes}
    return {f"{folder}/{name}": _path(folder, name) for folder, graphs in folders.items() for name in graphs}


def _path(folder: str, name: str) -> str:
    return f"{folder}/{'/'.join(map(segment_of, name.split('/')))}"


def _is_main(triple: Triple) -> bool:
    return triple.predicate == RDF_TYPE and triple.object in _MAIN
