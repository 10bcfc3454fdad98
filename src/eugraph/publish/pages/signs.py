"""Links in the head of a page that tell machines what it is about and where its data lies: FAIR Signposting.

Spec: <https://signposting.org/FAIR/>; link relations of RFC 8574 (cite-as), RFC 6573 (item, collection), RFC 9264
(linkset) and RFC 8288.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from eugraph.publish.media_types import LINKSET_TYPE
from eugraph.publish.pages.links import is_web

_LANDING = "https://schema.org/AboutPage"
_CLASS = re.compile(rb'^  "@type": "([A-Za-z]+)"', re.MULTILINE)  # of the thing itself: parts are indented more


class Sign(NamedTuple):
    """A link of a page."""

    relation: str
    target: str  # absolute, or below the release
    media: str = ""  # type of what it leads to

    @property
    def is_elsewhere(self) -> bool:
        """Whether the target is absolute."""
        return is_web(self.target)


def signs(
    cite_as: str,
    described_by: Iterable[tuple[str, str]],
    *,
    profile: bytes | None,
    items: Iterable[tuple[str, str]] = (),
    collection: str = "",
    linkset: str = "",
) -> Sequence[Sign]:
    """Return the links of a page that stands for a thing.

    Args:
        cite_as: the permanent address of the thing.
        described_by: path and media type of each document about it.
        profile: its schema.org document, which tells its class.
        items: path and media type of each of its parts.
        collection: path of the page of what it is part of.
        linkset: path of a document that holds all these links.
    """
    found = [Sign("cite-as", cite_as)] if is_web(cite_as) else []
    found += [Sign("describedby", path, media) for path, media in described_by]
    found.append(Sign("type", _LANDING))
    if profile is not None and (class_ := _CLASS.search(profile)):
        found.append(Sign("type", f"https://schema.org/{class_[1].decode()}"))
    found += [Sign("item", path, media) for path, media in items]
    if collection:
        found.append(Sign("collection", collection, "text/html"))
    if linkset:
        found.append(Sign("linkset", linkset, LINKSET_TYPE))
    return found
