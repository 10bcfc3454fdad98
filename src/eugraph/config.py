"""The workspace: a folder with eugraph.toml, ontology/, shapes/, data/ and queries/."""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from eugraph import catalogue_settings
from eugraph.catalogue_settings import CatalogueSettings
from eugraph.errors import MissingFolderError, NoWorkspaceError, SettingError
from eugraph.settings import day, iri, refuse_unknown, switch
from eugraph.settings import text as read_text

SETTINGS_FILE = "eugraph.toml"
MATCHES_FILE = "matches.csv"

_BASE = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?/"
    r"(?:(?!\.{1,2}/)(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}|[^\x00-\x9f\s<>])+/)*\Z"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
SOURCE_NAME = re.compile(r"(?!(?:derived|provenance)\Z)[a-z0-9]+(?:-[a-z0-9]+)*\Z")  # of a source, and so of its graph
SOURCE_KINDS = ("cordis",)
FOLDERS = {
    "data": "the descriptions to publish",
    "ontology": "the ontology and its concept schemes",
    "shapes": "the SHACL shapes",
    "queries": "the report queries",
}


class OnViolation(Enum):
    """What a violation in an imported source does: it stops the release, or it is in its report and no more."""

    STOP = "stop"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSource:
    """A source that is not curated here: a table `[sources.<name>]` of eugraph.toml."""

    name: str
    kind: str  # one of SOURCE_KINDS
    files: tuple[Path, ...]  # what is imported: files and folders
    date: dt.date | None  # the day of which its statements speak; None for the newest that the files tell
    on_violation: OnViolation


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The settings of a workspace, all from eugraph.toml.

    `base_iri` is what the IRIs of all things begin with; it ends in "/".
    """

    root: Path
    title: str
    description: str
    base_iri: str
    publisher: str
    licence: str  # IRI
    version: str
    address: str = ""  # URL at which the release is hosted, ends in "/"; empty where that is the base
    catalogue: CatalogueSettings = field(default_factory=CatalogueSettings)
    sources: tuple[ImportedSource, ...] = ()
    feed: bool = True  # whether a release has a change feed

    @property
    def data(self) -> Path:
        """The folder of the descriptions."""
        return self._folder("data")

    @property
    def ontology(self) -> Path:
        """The folder of the ontology and the concept schemes."""
        return self._folder("ontology")

    @property
    def shapes(self) -> Path:
        """The folder of the SHACL shapes."""
        return self._folder("shapes")

    @property
    def queries(self) -> Path:
        """The folder of the report queries."""
        return self._folder("queries")

    @property
    def matches(self) -> Path:
        """The table in which a person decides on proposed matches; it need not be there."""
        return self.root / MATCHES_FILE

    @property
    def kept(self) -> Path:
        """The folder of what eugraph works out and keeps; it can be removed at any time, and is made anew."""
        return self.root / ".eugraph"

    @property
    def release(self) -> Path:
        """The folder of the release, where nobody names another."""
        return self.root / "dist"

    def _folder(self, name: str) -> Path:
        folder = self.root / name
        if not os.path.isdir(folder):  # noqa: PTH112 - False where the system does not let us look
            raise MissingFolderError(folder, FOLDERS[name])
        return folder


def open_workspace(start: Path) -> Workspace:
    """Read the workspace that `start` lies in: the nearest folder, itself or above, with a eugraph.toml.

    Raises:
        NoWorkspaceError: there is none.
        SettingError: eugraph.toml is no TOML, lacks a setting, or has one that is unknown or of the wrong kind.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        path = folder / SETTINGS_FILE
        if path.is_file():
            return _read(path)
    raise NoWorkspaceError(start)


def _read(path: Path) -> Workspace:
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingError(path, f"the settings cannot be read: {error.strerror}. Check the permissions.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingError(path, f"this is not TOML: {error}. Mend the line that it names.") from error
    texts = ("title", "description", "base_iri", "publisher", "licence", "version")
    refuse_unknown(path, settings, (*texts, "address", "catalogue", "feed", "sources"), "")
    text = {key: read_text(path, settings, key) for key in texts}
    for key in ("base_iri", "licence"):
        iri(path, settings, key)
    check_base(path, text["base_iri"])
    sources = _sources(path, settings.get("sources", {}))
    return Workspace(
        root=path.parent,
        address=_address(path, settings),
        catalogue=catalogue_settings.read(path, settings.get("catalogue", {})),
        sources=sources,
        feed=switch(path, settings, "feed", not sources),
        **text,
    )


def _address(path: Path, settings: Mapping[str, object]) -> str:
    address = iri(path, settings, "address")
    if address and (not address.endswith("/") or "?" in address or "#" in address):
        fault = f"address is where the release lies, '/' last, such as https://example.org/data/; not {address!r}."
        raise SettingError(path, fault)
    return address


def _sources(path: Path, tables: object) -> tuple[ImportedSource, ...]:
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise SettingError(path, "sources holds no tables. Write each source as a table [sources.name].")
    return tuple(_source(path, name, table) for name, table in sorted(tables.items()))


def _source(path: Path, name: str, table: Mapping[str, object]) -> ImportedSource:
    where = f"sources.{name}."
    if not SOURCE_NAME.match(name):
        fault = f"a source is named in small letters, digits and hyphens, and not derived or provenance; not {name!r}."
        raise SettingError(path, f"{fault} Rename it.")
    refuse_unknown(path, table, ("kind", "files", "date", "on_violation"), where)
    kind = read_text(path, table, "kind", where)
    if kind not in SOURCE_KINDS:
        raise SettingError(path, f"{where}kind is {kind!r}. Write {' or '.join(SOURCE_KINDS)}.")
    files = table.get("files")
    if not isinstance(files, list) or not files or not all(isinstance(file, str) and file for file in files):
        raise SettingError(path, f'{where}files names nothing to import. Write {where}files = ["…"].')
    on_violation = table.get("on_violation", OnViolation.STOP.value)
    if on_violation not in [each.value for each in OnViolation]:
        words = " or ".join(f'"{each.value}"' for each in OnViolation)
        raise SettingError(path, f"{where}on_violation is {on_violation!r}. Write {words}.")
    return ImportedSource(
        name=name,
        kind=kind,
        files=tuple(path.parent / file for file in files),
        date=day(path, table, "date", where),
        on_violation=OnViolation(on_violation),
    )


def check_base(where: Path, base_iri: str) -> None:
    """Raise SettingError unless `base_iri` can carry the things of a workspace.

    Relative addresses are resolved against it, so it ends in "/" and has no empty, "." or ".." segment.
    """
    if not _BASE.match(base_iri):
        fault = f"a base IRI is like https://example.org/id/: a host, whole segments, '/' last; not {base_iri!r}."
        raise SettingError(where, fault)


def parse_date(text: str) -> dt.date:
    """Read YYYY-MM-DD.

    Raises:
        SettingError: it is no day of the calendar written so.
    """
    try:
        return dt.date.fromisoformat(text if _DAY.match(text) else "")
    except ValueError:
        raise SettingError(Path("--date"), f"{text!r} is no date. Write YYYY-MM-DD.") from None


def parse_epoch(text: str) -> dt.date:
    """Read seconds since 1970, as SOURCE_DATE_EPOCH has them.

    Raises:
        SettingError: it is no such number.
    Spec: <https://reproducible-builds.org/specs/source-date-epoch/>.
    """
    try:
        return dt.datetime.fromtimestamp(int(text if text.isascii() and text.isdigit() else ""), tz=dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        fault = f"{text!r} is no number of seconds since 1970. Correct the variable, or unset it."
        raise SettingError(Path("SOURCE_DATE_EPOCH"), fault) from None
