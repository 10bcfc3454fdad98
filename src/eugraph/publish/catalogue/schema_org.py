"""The catalogue and its datasets in the words of schema.org, as search engines for datasets read them.

Spec: schema.org 30.0, <https://schema.org/Dataset>; what a dataset search asks for,
<https://developers.google.com/search/docs/appearance/structured-data/dataset>.
"""

from __future__ import annotations

from eugraph.authority import LANGUAGES
from eugraph.publish.catalogue.model import Catalogue, Dataset, File, Role
from eugraph.publish.catalogue.paging import Page
from eugraph.publish.profile import embeddable
from eugraph.rdf.jsonld_context import Json

_GZIP = "application/gzip"
_TO_THE_WHOLE = {Role.PART: "isPartOf", Role.RESULT: "isBasedOn"}


def catalogue_profile(catalogue: Catalogue, page: Page) -> bytes:
    """Return the document of a page of a catalogue: a DataCatalog that names the datasets of the page."""
    datasets: list[Json] = [_stub(catalogue, one) for one in page.datasets]
    document: dict[str, Json] = {
        "@id": catalogue.public(catalogue.iri),
        "@type": "DataCatalog",
        "name": catalogue.title,
        "description": catalogue.description,
        "url": catalogue.public(catalogue.url(f"{page.path}.html")),
        "identifier": catalogue.public(catalogue.iri),
        **_common(catalogue, catalogue.licence),
        "dataset": datasets,
    }
    return embeddable(document)


def dataset_profile(catalogue: Catalogue, one: Dataset) -> bytes:
    """Return the document of a dataset: a Dataset with a DataDownload for each file."""
    iri = catalogue.public(catalogue.dataset_iri(one))
    document: dict[str, Json] = {
        "@id": iri,
        "@type": "Dataset",
        "name": one.title,
        "description": one.description,
        "url": catalogue.public(catalogue.url(f"{one.path}.html")),
        "identifier": iri,
        **_common(catalogue, one.licence or catalogue.licence),
        "creator": _publisher(catalogue),
    }
    if catalogue.settings.access_rights == "PUBLIC":
        document["isAccessibleForFree"] = True
    if one.rights:
        document["creditText"] = one.rights
    if keywords := [*dict.fromkeys((*one.keywords, *catalogue.settings.keywords))]:
        document["keywords"] = [*keywords]
    if one.period is not None:
        document["temporalCoverage"] = f"{one.period.start}/{one.period.end or '..'}"
    if catalogue.places:
        document["spatialCoverage"] = [{"@type": "Place", "name": name} for name in catalogue.places.values()]
    home = {"@id": catalogue.public(catalogue.iri), "@type": "DataCatalog", "name": catalogue.title}
    document["includedInDataCatalog"] = {**home}
    if one.role in _TO_THE_WHOLE:
        document[_TO_THE_WHOLE[one.role]] = _stub(catalogue, catalogue.datasets[0])
    document["distribution"] = [_download(catalogue, one, file) for file in one.files]
    return embeddable(document)


def _common(catalogue: Catalogue, licence: str) -> dict[str, Json]:
    document: dict[str, Json] = {
        "license": licence,
        "publisher": _publisher(catalogue),
        "datePublished": catalogue.issued.isoformat(),
        "dateModified": catalogue.date.isoformat(),
        "version": catalogue.version,
    }
    if catalogue.settings.languages:
        document["inLanguage"] = [LANGUAGES.names[code] for code in catalogue.settings.languages]
    return document


def _publisher(catalogue: Catalogue) -> Json:
    settings = catalogue.settings
    found: dict[str, Json] = {
        "@id": catalogue.public(catalogue.publisher_iri),
        "@type": "Organization",
        "name": catalogue.publisher,
    }
    if settings.publisher_page:
        found["url"] = settings.publisher_page
    contact: dict[str, Json] = {"@type": "ContactPoint", "contactType": "data"}
    if settings.contact_email:
        contact["email"] = settings.contact_email
    if settings.contact_page:
        contact["url"] = settings.contact_page
    if len(contact) > len(("@type", "contactType")):
        found["contactPoint"] = contact
    return found


def _stub(catalogue: Catalogue, one: Dataset) -> Json:
    return {
        "@id": catalogue.public(catalogue.dataset_iri(one)),
        "@type": "Dataset",
        "name": one.title,
        "description": one.description,
        "license": one.licence or catalogue.licence,
    }


def _download(catalogue: Catalogue, one: Dataset, file: File) -> Json:
    formats: list[Json] = [file.form.media, _GZIP]
    return {
        "@id": catalogue.public(f"{catalogue.dataset_iri(one)}#{file.name}"),
        "@type": "DataDownload",
        "name": file.title,
        "description": file.description,
        "contentUrl": catalogue.public(catalogue.url(file.path)),
        "encodingFormat": formats if file.is_packed else file.form.media,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }
