"""What a new workspace is called. Everything is checked here, before anything is written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, parse

from eugraph.config import check_base
from eugraph.errors import SettingError

_LICENCES = {  # short names that people know, by their letters and digits
    "ccby40": "https://creativecommons.org/licenses/by/4.0/",
    "ccbysa40": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc010": "https://creativecommons.org/publicdomain/zero/1.0/",
    "odbl10": "https://opendatacommons.org/licenses/odbl/1-0/",
}
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`/]+(?:/[^\s<>\"{}|\\^`]*)?\Z")
_LONGEST = 200  # characters of a title or name
_NO_TEXT = {"Cc": "a control character", "Cs": "a byte that is not UTF-8", "Zl": "a line break", "Zp": "a line break"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWorkspace:
    """The settings of a workspace that is to be made.

    Raises:
        SettingError: a text is empty, too long or not one line; the base cannot carry addresses; the licence is none.
    """

    title: str
    base_iri: str  # ends in "/"
    publisher: str
    licence: str  # IRI; a short name such as CC-BY-4.0 becomes one

    def __post_init__(self) -> None:
        for name in ("title", "publisher"):
            object.__setattr__(self, name, one_line(name, getattr(self, name)))
        base(self.base_iri)
        object.__setattr__(self, "licence", licence(self.licence))


def one_line(name: str, text: str) -> str:
    """Return a text without the space around it.

    Raises:
        SettingError: it is empty, too long or not one line; `name` tells which option it is.
    """
    text = text.strip()
    where = Path(f"--{name}")
    if not text:
        raise SettingError(where, f"the {name} is empty. Give it a few words.")
    if len(text) > _LONGEST:
        raise SettingError(where, f"the {name} has {len(text)} characters. Shorten it to {_LONGEST} at most.")
    for place, character in enumerate(text, 1):
        if fault := _NO_TEXT.get(unicodedata.category(character)):
            raise SettingError(where, f"character {place} of the {name} is {fault}. Write one line of plain text.")
    return text


def base(iri: str) -> str:
    """Return a base IRI as it is.

    Raises:
        SettingError: what files write, such as <project/x>, would not become an address that begins with it.
    """
    where = Path("--base-iri")
    check_base(where, iri)
    try:
        [quad] = parse("<project/x> <p> <o> .", format=RdfFormat.TURTLE, base_iri=iri)
    except ValueError as error:
        raise SettingError(where, f"{iri!r} is no IRI: {str(error).rpartition(', ')[2]}. Correct it.") from error
    if quad.subject != NamedNode(f"{iri}project/x"):
        raise SettingError(where, f"<project/x> would not become an address below {iri!r}. Take a plainer base.")
    return iri


def licence(text: str) -> str:
    """Return the IRI of a licence, given as IRI or by a short name.

    Raises:
        SettingError: it is neither.
    """
    known = _LICENCES.get(re.sub(r"[^a-z0-9]", "", text.lower()))
    if known or _WEB.match(text):
        return known or text
    raise SettingError(
        Path("--licence"),
        f"{text!r} is no address of a licence. Give one that begins with https://, or one of CC-BY-4.0, CC-BY-SA-4.0, "
        "CC0-1.0, ODbL-1.0.",
    )


DEFAULTS: Final = NewWorkspace(
    title="Our EU projects",
    base_iri="https://example.org/id/",
    publisher="Example Association",
    licence=_LICENCES["ccby40"],
)
