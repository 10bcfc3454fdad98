"""The catalogue of one release, from what it is made of and the files that it has so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from eugraph.publish.catalogue.model import Catalogue, Standard
from eugraph.publish.catalogue.survey import Survey, survey
from eugraph.publish.catalogue.writing import forms
from eugraph.publish.figures import Figures
from eugraph.publish.given import ReleaseInput
from eugraph.publish.pages.words import one_line
from eugraph.publish.preparing import Prepared
from eugraph.publish.staging import Kept
from eugraph.publish.statements import Statements
from eugraph.vocab import COUNTRY, ONTOLOGY

PATH = "catalog"  # below the release, without ending


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
    changes: Changes | None = None,
) -> tuple[Catalogue, dict[str, bytes]]:
    """Return the catalogue, and the files that are made for it alone, by path.

    Args:
        release: what it is a catalogue of.
        ready: the same, looked through; its statements may be a part of all.
        statements: all of them.
        extent: how far they reach.
        figures: what is counted.
        addresses: where things lead that are no document by themselves.
        folder: where the release lies.
        files: those that it has so far, by path.
        changes: since the previous release; None where none is known.

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
    )
    datasets = [made.whole()]
    downloads: dict[str, bytes] = {}
    for dataset, written in made.programmes():
        datasets.append(dataset)
        downloads.update(written)
    datasets += [*made.sources(), *made.ontology(), *made.reports()]
    for path in (PATH, *(dataset.path for dataset in datasets)):
        if f"{path}.ttl" in files:
            fault = f"{release.base_iri}{path} is described in data/, and is the address of a part of the catalogue"
            raise OutputError(folder, fault, "Give what is described there another address.")
    names = names_of_places(ready.vocabulary, COUNTRY)
    catalogue = Catalogue(
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
    return catalogue, downloads


def _places(release: ReleaseInput, seen: Survey) -> Sequence[str]:
    return release.catalogue.spatial or sorted(seen.extent.countries)


def _standard(release: ReleaseInput) -> Standard | None:
    subjects = {t.subject for triples in release.ontology.values() for t in triples}
    return Standard(iri=ONTOLOGY, title="eugraph ontology") if NamedNode(ONTOLOGY) in subjects else None


def documents(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the catalogue and of each dataset, in each format."""
    moved = catalogue.moved
    yield from forms(PATH, dcat.statements(catalogue), NamedNode(catalogue.iri), moved, with_xml=True)
    yield f"{PATH}.schema.jsonld", schema_org.catalogue_profile(catalogue)
    for one in catalogue.datasets:
        iri = NamedNode(catalogue.dataset_iri(one))
        yield from forms(one.path, dcat.statements_of(catalogue, one), iri, moved)
        yield f"{one.path}.schema.jsonld", schema_org.dataset_profile(catalogue, one)
