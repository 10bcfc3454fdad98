"""What is to be said of the texts of projects: acronym, title, objective."""

from __future__ import annotations

import re

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.mapping.cells import Cells

_LONG = 2000  # characters
_TAG = re.compile(r"</?[a-z]+>")
_GARBLED = re.compile("Ã[\x80-\xbf]|â€|Â[\x80-\xbf]")
_SPACES = re.compile(" {2,}")
_CONFIDENTIAL = re.compile(r"\W*confidential\W*\Z", re.IGNORECASE)


def look_at_acronym(acronym: str, cells: Cells) -> None:
    """Enter an acronym with signs that are hard to type or to find."""
    if not acronym.isascii() and not all(sign.isascii() or sign.isalnum() for sign in acronym):
        cells.enter(kinds.ACRONYM_SIGNS, "acronym")


def look_at_title(title: str, cells: Cells) -> None:
    """Enter what is odd about a title."""
    if title.isupper():
        cells.enter(kinds.TITLE_CAPITALS, "title")
    if _SPACES.search(title):
        cells.enter(kinds.DOUBLE_SPACE, "title")
    if "\xa0" in title:
        cells.enter(kinds.NO_BREAK_SPACE, "title")
    if _GARBLED.search(title):
        cells.enter(kinds.GARBLED, "title")


def look_at_objective(objective: str, cells: Cells) -> None:
    """Enter what is odd about an objective, without repeating it."""
    tags, garbled = _TAG.findall(objective), _GARBLED.findall(objective)
    for kind, is_so, note in (
        (kinds.OBJECTIVE_LINES, "\n" in objective, ""),
        (kinds.OBJECTIVE_LONG, len(objective) > _LONG, f"{len(objective)} characters"),
        (kinds.OBJECTIVE_TAGS, tags, " ".join(tags)),
        (kinds.NO_BREAK_SPACE, "\xa0" in objective, ""),
        (kinds.GARBLED, garbled, " ".join(garbled)),
        (kinds.CONFIDENTIAL, _CONFIDENTIAL.match(objective), ""),
    ):
        if is_so:
            cells.enter(kind, "objective", value="", note=note)
