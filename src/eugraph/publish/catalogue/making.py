"""The catalogue of one release, from what it is made of and the files that it has so far."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode

from eugraph.authority import CONTINENTS
from eugraph.changes import Changes
from eugraph.errors import OutputError
from eugraph.publish.addresses import Addresses
from eugraph.publish.catalogue import catalogue as dcat
from eugraph.publish.catalogue import schema_org
from eugraph.publish.catalogue.datasets import Datasets, names_of_places
from eugraph.publish.catalogue.extent import Extent
from eugraph.publish.catalogue.model import Catalogue, Dataset, Standard
from eugraph.publish.catalogue.paging import WHOLE, Whole, links, pages
from eugraph.publish.catalogue.survey import Survey, survey
from eugraph.publish.catalogue.words import Statements as Said
from eugraph.publish.catalogue.writing import forms, rdf_xml
from eugraph.publish.figures import Figures
from eugraph.publish.given import ReleaseInput
from eugraph.publish.pages import Site
from eugraph.publish.pages.words import one_line
from eugraph.publish.preparing import Prepared
from eugraph.publish.staging import Kept
from eugraph.publish.statements import Statements
from eugraph.vocab import COUNTRY, ONTOLOGY

_ENDINGS = ("ttl", "jsonld", "schema.jsonld", "html")  # of the files of a dataset itself


def make(
    release: ReleaseInput,
    ready: Prepared,
    *,
    statements: Statements,
    extent: Extent,
    figures: Figures,
    addresses: Addresses,
    folder: Path,
    files: Mapping[str, Kept],
    write: Callable[[str, bytes | None], object],
    changes: Changes | None = None,
    before: Mapping[str, Kept],
    touched: Container[str] | None,
) -> Catalogue:
    """Return the catalogue. The files that are made for it alone are written.

    Args:
        release: what it is a catalogue of.
        ready: the same, looked through; its statements may be a part of all.
        statements: all of them.
        extent: how far they reach.
        figures: what is counted.
        addresses: where things lead that are no document by themselves.
        folder: where the release lies.
        files: those that it has so far, by path.
        write: takes path and content of a file; none for one that is as before.
        changes: since the previous release; None where none is known.
        before: files that were made for the catalogue, by path.
        touched: documents that may have changed since then; None where all may.

    Raises:
        OutputError: the data describes something at the address of the catalogue or of a dataset.
    """
    imported = frozenset(f"<{release.base_iri}graph/{name}>" for name in release.sources)
    seen = survey(statements, extent, imported)
    made = Datasets(
        release=release,
        statements=statements,
        survey=seen,
        figures=figures,
        addresses=addresses,
        context=ready.settings.context,
        files=files,
        changes=changes,
        before=before,
        touched=touched,
    )
    datasets = [made.whole()]
    for dataset, written in made.programmes():
        datasets.append(dataset)
        for path, data in written:
            write(path, data)
    datasets += [*made.sources(), *made.ontology(), *made.reports()]
    names = names_of_places(ready.vocabulary, COUNTRY)
    found = Catalogue(
        title=one_line(release.title),
        description=release.description,
        publisher=one_line(release.publisher),
        licence=release.licence,
        version=one_line(release.version),
        date=release.date,
        base=release.base_iri,
        address=release.address or release.base_iri,
        settings=release.catalogue,
        places={code: CONTINENTS.names.get(code) or names.get(code, code) for code in _places(release, seen)},
        standard=_standard(release),
        datasets=datasets,
        moved=release.moved,
    )
    for path in (*(page.path for page in pages(found)), *(dataset.path for dataset in datasets)):
        if f"{path}.ttl" in files:
            fault = f"{release.base_iri}{path} is described in data/, and is the address of a part of the catalogue"
            raise OutputError(folder, fault, "Give what is described there another address.")
    return found


def _places(release: ReleaseInput, seen: Survey) -> Sequence[str]:
    return release.catalogue.spatial or sorted(seen.extent.countries)


def _standard(release: ReleaseInput) -> Standard | None:
    subjects = {t.subject for triples in release.ontology.values() for t in triples}
    return Standard(iri=ONTOLOGY, title="eugraph ontology") if NamedNode(ONTOLOGY) in subjects else None


def digests(catalogue: Catalogue) -> dict[str, str]:
    """Return for the path of each dataset another text whenever something in its own files is."""
    whole = replace(catalogue.datasets[0], files=())  # of which the others tell what it is
    common = repr(replace(catalogue, datasets=[whole]))
    return {one.path: hashlib.sha256(f"{one} {common}".encode()).hexdigest() for one in catalogue.datasets}


def documents(catalogue: Catalogue, site: Site, same: Container[str]) -> Iterator[tuple[str, bytes | None]]:
    """Yield (path, content) of each page of the catalogue and of each dataset, in each format.

    Args:
        catalogue: what is described.
        site: the pages of the release.
        same: paths of the datasets that are described as before: for their files no content is made.
    """
    moved, root = catalogue.moved, NamedNode(catalogue.iri)
    whole = Whole(catalogue)
    for page in pages(catalogue):
        said = dcat.statements(catalogue, page)
        for one in page.datasets:
            about = dcat.statements_of(catalogue, one)
            said.include(about)
            if one.path in same:
                yield from ((f"{one.path}.{ending}", None) for ending in _ENDINGS)
            else:
                yield from _dataset(catalogue, site, one, about)
        for ending in ("ttl", "jsonld"):
            yield from forms(page.path, (ending,), [*said, *links(catalogue, page, ending)], root, moved)
        yield f"{page.path}.rdf", rdf_xml([*said, *links(catalogue, page, "rdf")], moved)
        profile = schema_org.catalogue_profile(catalogue, page)
        yield f"{page.path}.schema.jsonld", profile
        yield f"{page.path}.html", site.catalogue(catalogue, page, profile)
        if page.is_paged:
            whole.add(said)
    if whole.packed:
        yield WHOLE, whole.packed


def _dataset(catalogue: Catalogue, site: Site, one: Dataset, about: Said) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) for each of `_ENDINGS`."""
    yield from forms(one.path, ("ttl", "jsonld"), about, NamedNode(catalogue.dataset_iri(one)), catalogue.moved)
    profile = schema_org.dataset_profile(catalogue, one)
    yield f"{one.path}.schema.jsonld", profile
    yield f"{one.path}.html", site.dataset(catalogue, one, profile)
