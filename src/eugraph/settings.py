"""Reading single values out of the tables of eugraph.toml; what is wrong names the file, the setting and the remedy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from eugraph.errors import SettingError, did_you_mean

_HOST = r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
_REST = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}|[^\x00-\xa0\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\s])*"
_IRI = re.compile(rf"{_HOST}(?:[/?]{_REST})?(?:#{_REST})?\Z")  # RFC 3987 §2.2, with what occurs in the web


def refuse_unknown(path: Path, settings: Mapping[str, object], known: Sequence[str], where: str) -> None:
    """Raise SettingError where a table has a key that is not known; `where` is the table's name with a dot."""
    for key in settings:
        if key not in known:
            near = did_you_mean(key, known)
            raise SettingError(
                path, f"the setting {where}{key!r} is unknown{near or '.'} {'Rename' if near else 'Remove'} it."
            )


def text(path: Path, settings: Mapping[str, object], key: str, where: str = "") -> str:
    """Return a text that must be there and not be empty.

    Raises:
        SettingError: it is missing, empty or no text.
    """
    value = settings.get(key)
    if value is not None and not isinstance(value, str):
        raise SettingError(path, f'the setting {where}{key} is no text. Put it in quotation marks: {key} = "…".')
    if not value or not value.strip():
        raise SettingError(path, f'the setting {where}{key} is missing. Add a line {key} = "…".')
    return value


def optional_text(path: Path, settings: Mapping[str, object], key: str, where: str = "") -> str:
    """Return a text, "" where it is not given.

    Raises:
        SettingError: it is empty or no text.
    """
    return text(path, settings, key, where) if key in settings else ""


def iri(path: Path, settings: Mapping[str, object], key: str, where: str = "") -> str:
    """Return an http or https IRI, "" where it is not given.

    Raises:
        SettingError: it is something else.
    """
    value = optional_text(path, settings, key, where)
    if value and not _IRI.match(value):
        raise SettingError(path, f"{where}{key} must be an http or https IRI, not {value!r}.")
    return value


def texts(path: Path, settings: Mapping[str, object], key: str, where: str = "") -> tuple[str, ...]:
    """Return a list of texts, each once and in the order given; empty where it is not given.

    Raises:
        SettingError: it is no list, or something in it is no text or empty.
    """
    value = settings.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise SettingError(path, f'{where}{key} is no list of texts. Write {key} = ["…", "…"].')
    return tuple(dict.fromkeys(item.strip() for item in value))


def switch(path: Path, settings: Mapping[str, object], key: str, default: bool, where: str = "") -> bool:
    """Return true or false, the default where it is not given.

    Raises:
        SettingError: it is something else.
    """
    value = settings.get(key, default)
    if not isinstance(value, bool):
        raise SettingError(path, f"{where}{key} is {value!r}. Write {key} = true or {key} = false.")
    return value


def day(path: Path, settings: Mapping[str, object], key: str, where: str = "") -> dt.date | None:
    """Return a day, None where it is not given.

    Raises:
        SettingError: it is something else.
    """
    value = settings.get(key)
    if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
        raise SettingError(path, f"{where}{key} is {value!r}. Write a day without quotation marks: {key} = 2025-12-06.")
    return value


def count(path: Path, settings: Mapping[str, object], key: str, where: str, otherwise: int) -> int:
    """Return a number from 1, `otherwise` where it is not given.

    Raises:
        SettingError: it is something else.
    """
    value = settings.get(key, otherwise)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingError(path, f"{where}{key} is {value!r}. Write a number from 1: {key} = {otherwise}.")
    return value


def one_of(path: Path, value: str, known: Sequence[str], name: str) -> str:
    """Return a value that is empty or one of those known.

    Raises:
        SettingError: it is neither.
    """
    if value and value not in known:
        near = did_you_mean(value, known) or "."
        raise SettingError(path, f"{name} is {value!r}, which is no code{near} Write one of {', '.join(known)}.")
    return value
