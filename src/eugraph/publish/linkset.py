"""The links between catalogue, datasets, files and lists as one document, for who does not read HTML.

Spec: RFC 9264 §4.2, <https://www.rfc-editor.org/rfc/rfc9264#section-4.2>; <https://signposting.org/FAIR/>.
"""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from eugraph.publish.catalogue.model import Catalogue, Dataset, File
from eugraph.publish.catalogue.paging import Page, pages
from eugraph.publish.pages.frame import FORMS
from eugraph.publish.pages.lists import list_path
from eugraph.publish.paging import file_name
from eugraph.rdf.jsonld_context import Json

_HTML = "text/html"


def linkset(catalogue: Catalogue, kinds: Iterable[str]) -> bytes:
    """Return the document: what a page links to in its head, with the page as the anchor.

    Args:
        catalogue: of the release.
        kinds: first segments of the paths of things that have lists.
    """
    contexts: list[Json] = [_of_page(catalogue, page) for page in pages(catalogue)]
    for one in catalogue.datasets:
        contexts.append(_of_dataset(catalogue, one))
        contexts += [_of_file(catalogue, one, file) for file in one.files]
    contexts += [_of_list(catalogue, kind) for kind in sorted(kinds)]
    return orjson.dumps({"linkset": contexts}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _of_page(catalogue: Catalogue, page: Page) -> Json:
    rdf = _link(catalogue, f"{page.path}.rdf", "application/rdf+xml")
    return {
        "anchor": _url(catalogue, f"{page.path}.html"),
        "cite-as": [{"href": catalogue.public(catalogue.iri)}],
        "describedby": [*_described(catalogue, page.path), rdf],
        "type": _types("DataCatalog"),
        "item": [_link(catalogue, f"{one.path}.html", _HTML) for one in page.datasets],
        "license": [{"href": catalogue.licence}],
    }


def _of_dataset(catalogue: Catalogue, one: Dataset) -> Json:
    return {
        "anchor": _url(catalogue, f"{one.path}.html"),
        "cite-as": [{"href": catalogue.public(catalogue.dataset_iri(one))}],
        "describedby": _described(catalogue, one.path),
        "type": _types("Dataset"),
        "item": [_link(catalogue, file.path, _sent_as(file)) for file in one.files],
        "collection": [_link(catalogue, "catalog.html", _HTML)],
        "license": [{"href": one.licence or catalogue.licence}],
    }


def _of_file(catalogue: Catalogue, one: Dataset, file: File) -> Json:
    return {
        "anchor": _url(catalogue, file.path),
        "collection": [_link(catalogue, f"{one.path}.html", _HTML)],
        "license": [{"href": one.licence or catalogue.licence}],
    }


def _of_list(catalogue: Catalogue, kind: str) -> Json:
    return {
        "anchor": _url(catalogue, list_path(kind)),
        "alternate": [
            _link(catalogue, f"{kind}/{file_name('', ending)}", media) for ending, (media, _) in FORMS.items()
        ],
        "license": [{"href": catalogue.licence}],
    }


def _described(catalogue: Catalogue, path: str) -> list[Json]:
    found = [_link(catalogue, f"{path}.{ending}", media) for ending, (media, _) in FORMS.items()]
    return [*found, _link(catalogue, f"{path}.schema.jsonld", "application/ld+json")]


def _types(name: str) -> list[Json]:
    return [{"href": "https://schema.org/AboutPage"}, {"href": f"https://schema.org/{name}"}]


def _link(catalogue: Catalogue, path: str, media: str) -> Json:
    return {"href": _url(catalogue, path), "type": media}


def _url(catalogue: Catalogue, path: str) -> str:
    return catalogue.public(catalogue.url(path))


def _sent_as(file: File) -> str:
    return "application/gzip" if file.is_packed else file.form.media
