"""The pages of the catalogue and of each of its datasets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from eugraph.publish.catalogue.model import Catalogue, Dataset, File
from eugraph.publish.pages.engine import Engine
from eugraph.publish.pages.frame import FORMS, Crumb, Frame
from eugraph.publish.pages.signs import LINKSET, signs
from eugraph.publish.pages.words import day, number, one_line

_PAGE = "catalog.html"
_GROUPS = {"programme": "By programme", "source": "By imported source", "query": "Answers to reports"}
_XML = ("application/rdf+xml", "RDF/XML")
_SCHEMA = ("schema.jsonld", "application/ld+json", "schema.org")
_UNITS = ("bytes", "kB", "MB", "GB")
_THOUSAND = 1000


def catalogue_pages(engine: Engine, catalogue: Catalogue, profiles: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of each page.

    Args:
        engine: renders.
        catalogue: what they are about.
        profiles: schema.org documents by path without endings.
    """
    yield _PAGE, _catalogue(engine, catalogue, profiles["catalog"])
    for one in catalogue.datasets:
        yield f"{one.path}.html", _dataset(engine, catalogue, one, profiles[one.path])


def _catalogue(engine: Engine, catalogue: Catalogue, profile: bytes) -> bytes:
    forms = [*_forms("catalog"), ("catalog.rdf", *_XML), ("catalog.schema.jsonld", *_SCHEMA[1:])]
    frame = Frame(
        path=_PAGE,
        title="Catalogue",
        description=f"The datasets of {catalogue.title}, for data portals and all who take data.",
        section="catalogue",
        forms=forms,
        json_ld=_script(profile),
        signs=signs(
            catalogue.public(catalogue.iri),
            [(path, media) for path, media, _ in forms],
            profile=profile,
            items=[(f"{one.path}.html", "text/html") for one in catalogue.datasets],
            linkset=LINKSET,
        ),
    )
    services = catalogue.settings.services
    return engine.page("catalog.html", frame, catalogue=catalogue, groups=_groups(catalogue), services=services)


def _groups(catalogue: Catalogue) -> list[tuple[str, Sequence[Dataset]]]:
    """Return the datasets by what they are: heading, datasets."""
    groups = groupby(catalogue.datasets, key=lambda one: _GROUPS.get(one.slug.partition("/")[0], "Everything"))
    found: dict[str, list[Dataset]] = {}
    for heading, datasets in groups:
        found.setdefault(heading, []).extend(datasets)
    return [*found.items()]


def _dataset(engine: Engine, catalogue: Catalogue, one: Dataset, profile: bytes) -> bytes:
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
