"""What a workspace says of itself to data portals: the table `[catalogue]` of eugraph.toml. All of it is optional."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from eugraph import authority, settings
from eugraph.authority import Table
from eugraph.errors import SettingError

PAGE_SIZE = 100
_WHERE = "catalogue."
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+\Z")
_COUNTRY = re.compile(r"[A-Z]{3}\Z")
_SERVICE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_IRIS = ("publisher_iri", "publisher_page", "contact_page", "previous_version")
_KEYS = (
    *("themes", "keywords", "languages", "spatial", "frequency", "availability", "access_rights"),
    *("publisher_type", "contact_name", "contact_email", "issued", "page_size", "services", *_IRIS),
)


class ServiceKind(StrEnum):
    """What can be asked at a service."""

    SPARQL = "sparql"
    API = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that answers questions to the graph: a table `[catalogue.services.<name>]`."""

    name: str
    kind: ServiceKind
    endpoint: str  # IRI
    title: str
    description: str  # IRI of a document that says how to ask; may be empty


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSettings:
    """What the catalogue says that the graph does not know. Codes are those of `eugraph.authority`."""

    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()  # in English
    languages: tuple[str, ...] = ()
    spatial: tuple[str, ...] = ()  # countries and continents; none takes the countries of the graph
    frequency: str = ""
    availability: str = ""
    access_rights: str = ""
    publisher_type: str = ""
    publisher_iri: str = ""
    publisher_page: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_page: str = ""
    issued: dt.date | None = None  # when it was first published
    previous_version: str = ""  # IRI of the dataset that this version replaces
    page_size: int = PAGE_SIZE  # datasets on one page of the catalogue, more or less
    services: tuple[Service, ...] = ()


def read(path: Path, table: object) -> CatalogueSettings:
    """Read the table `[catalogue]`; `path` is the file that it stands in.

    Raises:
        SettingError: a key is unknown, or a value is none that it may hold.
    """
    if not isinstance(table, dict):
        raise SettingError(path, "catalogue is no table. Write its settings below a line [catalogue].")
    settings.refuse_unknown(path, table, _KEYS, _WHERE)
    for key in _IRIS:
        settings.iri(path, table, key, _WHERE)

    def text(key: str) -> str:
        return settings.optional_text(path, table, key, _WHERE)

    def code(key: str, known: Table) -> str:
        return settings.one_of(path, text(key), [*known.names], f"{_WHERE}{key}")

    def codes(key: str, known: Table) -> tuple[str, ...]:
        found = settings.texts(path, table, key, _WHERE)
        for value in found:
            settings.one_of(path, value, [*known.names], f"{_WHERE}{key}")
        return found

    return CatalogueSettings(
        themes=codes("themes", authority.THEMES),
        keywords=settings.texts(path, table, "keywords", _WHERE),
        languages=codes("languages", authority.LANGUAGES),
        spatial=_places(path, table),
        frequency=code("frequency", authority.FREQUENCIES),
        availability=code("availability", authority.AVAILABILITIES),
        access_rights=code("access_rights", authority.ACCESS_RIGHTS),
        publisher_type=code("publisher_type", authority.PUBLISHER_TYPES),
        publisher_iri=text("publisher_iri"),
        publisher_page=text("publisher_page"),
        contact_name=text("contact_name"),
        contact_email=_email(path, text("contact_email")),
        contact_page=text("contact_page"),
        issued=settings.day(path, table, "issued", _WHERE),
        previous_version=text("previous_version"),
        page_size=settings.count(path, table, "page_size", _WHERE, PAGE_SIZE),
        services=_services(path, table.get("services", {})),
    )


def _email(path: Path, email: str) -> str:
    if email and not _EMAIL.match(email):
        raise SettingError(path, f"{_WHERE}contact_email is {email!r}. Write an address such as data@example.org.")
    return email


def _places(path: Path, table: Mapping[str, object]) -> tuple[str, ...]:
    found = settings.texts(path, table, "spatial", _WHERE)
    for code in found:
        if code not in authority.CONTINENTS.names and not _COUNTRY.match(code):
            continents = ", ".join(authority.CONTINENTS.names)
            fault = f"{_WHERE}spatial holds {code!r}. Write countries by three capital letters, or {continents}."
            raise SettingError(path, fault)
    return found


def _services(path: Path, tables: object) -> tuple[Service, ...]:
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        fault = "catalogue.services holds no tables. Write each service as a table [catalogue.services.name]."
        raise SettingError(path, fault)
    return tuple(_service(path, name, table) for name, table in sorted(tables.items()))


def _service(path: Path, name: str, table: Mapping[str, object]) -> Service:
    where = f"catalogue.services.{name}."
    if not _SERVICE.match(name):
        raise SettingError(path, f"a service is named in small letters, digits and hyphens, not {name!r}. Rename it.")
    settings.refuse_unknown(path, table, ("kind", "endpoint", "title", "description"), where)
    kinds = [kind.value for kind in ServiceKind]
    kind = settings.one_of(path, settings.text(path, table, "kind", where), kinds, f"{where}kind")
    settings.text(path, table, "endpoint", where)
    return Service(
        name=name,
        kind=ServiceKind(kind),
        endpoint=settings.iri(path, table, "endpoint", where),
        title=settings.text(path, table, "title", where),
        description=settings.iri(path, table, "description", where),
    )
