"""The workspace: a folder with eugraph.toml, ontology/, shapes/, data/ and queries/."""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eugraph.errors import MissingFolderError, NoWorkspaceError, SettingError, did_you_mean

SETTINGS_FILE = "eugraph.toml"

_HOST = r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
_REST = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}|[^\x00-\xa0\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\s])*"
_IRI = re.compile(rf"{_HOST}(?:[/?]{_REST})?(?:#{_REST})?\Z")  # RFC 3987 §2.2, with what occurs in the web
_BASE = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?/"
    r"(?:(?!\.{1,2}/)(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}|[^\x00-\x9f\s<>])+/)*\Z"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
FOLDERS = {
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
    if value is not None and not isinstance(value, str):
        raise SettingError(path, f'the setting {key} is no text. Put it in quotation marks: {key} = "…".')
    if not value or not value.strip():
        raise SettingError(path, f'the setting {key} is missing. Add a line {key} = "…".')
    return value


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
