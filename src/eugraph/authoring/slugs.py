"""Slugs: the last part of an address, and the name of a file, made of a name that people use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from eugraph.errors import SlugError

LONGEST = 60  # characters of a slug that is made; a written one may have twice as many

_FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_RUNS = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "&": " and ",
        "+": " plus ",
    }
)
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}


def slug_from(name: str, kind: str) -> str:
    """Return a slug for a name: small Latin letters, digits and hyphens.

    Args:
        name: what people call the thing, in any script.
        kind: the kind of thing, which follows a name that Windows keeps for itself: CON -> con-project.

    Raises:
        SlugError: the name has no Latin letter or digit.
    """
    # Letters are taken apart before they are made small: İ is small with a dot of its own.
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    slug = _RUNS.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
    if not slug:
        raise SlugError(f"no address can be made of {name!r}. Name one with --slug, in small Latin letters and digits.")
    if len(slug) > LONGEST:
        cut = slug[: LONGEST + 1].rpartition("-")[0] or slug
        slug = cut[:LONGEST].strip("-")
    return f"{slug}-{kind}" if slug in _RESERVED else slug


def checked_slug(slug: str) -> str:
    """Return a slug that somebody has written, if it can be one.

    Raises:
        SlugError: it cannot.
    """
    if not _FORM.match(slug) or len(slug) > 2 * LONGEST:
        form = f"small letters a to z, digits and single hyphens, {2 * LONGEST} at most"
        raise SlugError(f"{slug[:80]!r} is no slug. Write {form}, such as harmony-plus.")
    if slug in _RESERVED:
        raise SlugError(f"Windows can have no file called {slug!r}. Write another slug, such as {slug}-1.")
    return slug


def free_slug(slug: str, taken: Collection[str]) -> str:
    """Return the slug, or the first of slug-2, slug-3 and so on that is not taken."""
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
