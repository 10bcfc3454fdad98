"""The HTML of the catalogue's pages, and of each dataset."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from eugraph.publish.catalogue.model import Catalogue, Dataset, File
from eugraph.publish.catalogue.paging import PATH, WHOLE, Page
from eugraph.publish.media_types import LINKSET
from eugraph.publish.pages.engine import Engine
from eugraph.publish.pages.frame import FORMS, Crumb, Frame
from eugraph.publish.pages.signs import signs
from eugraph.publish.pages.words import day, number, one_line

_PAGE = f"{PATH}.html"
_GROUPS = {"programme": "By programme", "source": "By imported source", "query": "Answers to reports"}
_XML = ("application/rdf+xml", "RDF/XML")
_SCHEMA = ("schema.jsonld", "application/ld+json", "schema.org")
_UNITS = ("bytes", "kB", "MB", "GB")
_THOUSAND = 1000


def catalogue_page(engine: Engine, catalogue: Catalogue, part: Page, profile: bytes) -> bytes:
    """Return a page of the catalogue. The first one lists all datasets, as people look for one by its name.

    Args:
        engine: renders.
        catalogue: what it is about.
        part: which page it is.
        profile: its schema.org document.
    """
    forms = [*_forms(part.path), (f"{part.path}.rdf", *_XML), (f"{part.path}.{_SCHEMA[0]}", *_SCHEMA[1:])]
    frame = Frame(
        path=f"{part.path}.html",
        title="Catalogue" if part.is_first else f"Catalogue, page {part.number}",
        description=f"The datasets of {catalogue.title}, for data portals and all who take data.",
        crumbs=[] if part.is_first else [Crumb("Catalogue", _PAGE)],
        section="catalogue",
        forms=forms,
        json_ld=_script(profile),
        signs=signs(
            catalogue.public(catalogue.iri),
            [(path, media) for path, media, _ in forms],
            profile=profile,
            items=[(f"{one.path}.html", "text/html") for one in part.datasets],
            linkset=LINKSET,
        ),
    )
    shown = catalogue.datasets if part.is_first else part.datasets
    return engine.page(
        "catalog.html",
        frame,
        catalogue=catalogue,
        part=part,
        count=len(shown),
        groups=_groups(shown),
        services=catalogue.settings.services if part.is_first else (),
        whole=WHOLE,
    )


def _groups(datasets: Sequence[Dataset]) -> list[tuple[str, Sequence[Dataset]]]:
    """Return the datasets by what they are: heading, datasets."""
    groups = groupby(datasets, key=lambda one: _GROUPS.get(one.slug.partition("/")[0], "Everything"))
    found: dict[str, list[Dataset]] = {}
    for heading, some in groups:
        found.setdefault(heading, []).extend(some)
    return [*found.items()]


def dataset_page(engine: Engine, catalogue: Catalogue, one: Dataset, profile: bytes) -> bytes:
    """Return the page of a dataset; for the arguments, see `catalogue_page`."""
    forms = [*_forms(one.path), (f"{one.path}.{_SCHEMA[0]}", *_SCHEMA[1:])]
    frame = Frame(
        path=f"{one.path}.html",
        title=one.title,
        description=one_line(one.description, 300),
        crumbs=[Crumb("Catalogue", _PAGE)],
        section="catalogue",
        forms=forms,
        json_ld=_script(profile),
        signs=signs(
            catalogue.public(catalogue.dataset_iri(one)),
            [(path, media) for path, media, _ in forms],
            profile=profile,
            items=[(file.path, _sent_as(file)) for file in one.files],
            collection=_PAGE,
            linkset=LINKSET,
        ),
    )
    return engine.page(
        "dataset.html",
        frame,
        dataset=one,
        catalogue=catalogue,
        iri=catalogue.public(catalogue.dataset_iri(one)),
        files=[(file, size(file.size)) for file in one.files],
        period=one.period and f"{day(one.period.start)} – {day(one.period.end)}",
    )


def _forms(path: str) -> list[tuple[str, str, str]]:
    return [(f"{path}.{ending}", media, name) for ending, (media, name) in FORMS.items()]


def _sent_as(file: File) -> str:
    return "application/gzip" if file.is_packed else file.form.media


def size(count: int) -> str:
    """Return a number of bytes as people write it: "262 kB"."""
    value, unit = float(count), 0
    while value >= _THOUSAND and unit < len(_UNITS) - 1:
        value, unit = value / _THOUSAND, unit + 1
    return f"{number(str(round(value)))}\N{NO-BREAK SPACE}{_UNITS[unit]}"


def _script(profile: bytes) -> Markup:
    return Markup(profile.decode())  # noqa: S704 - its writer has escaped all that could end a script
