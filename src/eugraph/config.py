"""The workspace: a folder with eugraph.toml, ontology/, shapes/, data/ and queries/."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eugraph.errors import MissingFolderError, NoWorkspaceError, SettingError, did_you_mean

SETTINGS_FILE = "eugraph.toml"

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")
_FOLDERS = {
    "data": "the descriptions to publish",
    "ontology": "the ontology and its concept schemes",
    "shapes": "the SHACL shapes",
    "queries": "the report queries",
}


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

    def _folder(self, name: str) -> Path:
        folder = self.root / name
        if not folder.is_dir():
            raise MissingFolderError(folder, _FOLDERS[name])
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
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(path, f"this is not TOML: {error}. Mend the line that it names.") from error
    known = ("title", "description", "base_iri", "publisher", "licence", "version")
    for key in settings:
        if key not in known:
            near = did_you_mean(key, known)
            raise SettingError(
                path, f"the setting {key!r} is unknown{near or '.'} {'Rename' if near else 'Remove'} it."
            )
    text = {key: _text(path, settings, key) for key in known}
    for key in ("base_iri", "licence"):
        if not _IRI.match(text[key]):
            raise SettingError(path, f"{key} must be an http or https IRI, not {text[key]!r}.")
    check_base(path, text["base_iri"])
    return Workspace(root=path.parent, **text)


def _text(path: Path, settings: Mapping[str, object], key: str) -> str:
    value = settings.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SettingError(path, f'the setting {key} is missing. Add a line {key} = "…".')
    return value


def check_base(where: Path, base_iri: str) -> None:
    """Raise SettingError unless `base_iri` can carry the things of a workspace."""
    if not _IRI.match(base_iri) or not base_iri.endswith("/") or "?" in base_iri or "#" in base_iri:
        raise SettingError(where, f"the base IRI must be an http or https IRI that ends in '/', not {base_iri!r}.")


def parse_date(where: str, text: str) -> dt.date:
    """Read YYYY-MM-DD, or a number of seconds since 1970 as SOURCE_DATE_EPOCH has it.

    Raises:
        SettingError: it is neither, or no day of the years 1 to 9999; `where` tells whose it is.
    """
    try:
        if text.isascii() and text.isdigit():
            return dt.datetime.fromtimestamp(int(text), tz=dt.UTC).date()
        return dt.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise SettingError(Path(where), f"{text!r} is no date. Write YYYY-MM-DD.") from None
