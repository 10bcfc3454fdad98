"""What is to be said of the texts of projects: acronym, title, objective."""

from __future__ import annotations

import re

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.ledger import Kind, Ledger

_LONG = 2000  # characters
_TAG = re.compile(r"</?[a-z]+>")
_GARBLED = re.compile("Ã[\x80-\xbf]|â€|Â[\x80-\xbf]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s{2,}")
_CONFIDENTIAL = re.compile(r"\W*confidential\W*\Z", re.IGNORECASE)


def without_controls(text: str, ledger: Ledger, file: str, line: int, about: str, column: str) -> str:
    """Return a text without control characters; that some were there is entered."""
    if not _CONTROL.search(text):
        return text
    plain = _CONTROL.sub("", text)
    ledger.add(kinds.CONTROL_CHARACTER, file, line, about=about, column=column, value=text, became=plain)
    return plain


def look_at_title(title: str, ledger: Ledger, file: str, line: int, about: str) -> None:
    """Enter what is odd about a title."""
    if title.isupper():
        ledger.add(kinds.TITLE_CAPITALS, file, line, about=about, column="title", value=title)
    if _SPACES.search(title):
        ledger.add(kinds.DOUBLE_SPACE, file, line, about=about, column="title", value=title)
    if "\xa0" in title:
        ledger.add(kinds.NO_BREAK_SPACE, file, line, about=about, column="title", value=title)
    if _GARBLED.search(title):
        ledger.add(kinds.GARBLED, file, line, about=about, column="title", value=title)


def look_at_objective(objective: str, ledger: Ledger, file: str, line: int, about: str) -> None:
    """Enter what is odd about an objective."""

    def enter(kind: Kind, note: str = "") -> None:
        ledger.add(kind, file, line, about=about, column="objective", note=note)

    if "\n" in objective:
        enter(kinds.OBJECTIVE_LINES)
    if len(objective) > _LONG:
        enter(kinds.OBJECTIVE_LONG, f"{len(objective)} characters")
    if found := _TAG.findall(objective):
        enter(kinds.OBJECTIVE_TAGS, " ".join(found))
    if "\xa0" in objective:
        enter(kinds.NO_BREAK_SPACE)
    if found := _GARBLED.findall(objective):
        enter(kinds.GARBLED, " ".join(found))
    if _CONFIDENTIAL.match(objective):
        enter(kinds.CONFIDENTIAL)
