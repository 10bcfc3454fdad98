"""The pages of a collection, and their names.

A page begins after a thing, in the order of the documents' paths, and is named after it: `project/index.jsonld`, then
`project/index.after-harmony.jsonld`. So the pages are plain files, and a server can answer for a thing at which no page
ends in its release: a walk that a new release overtakes goes on where it was.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PAGE = 100  # things on a page
ENDINGS = ("ttl", "jsonld")

_FILE = re.compile(r"index(?:\.after-([a-z0-9_~,-]+))?(?:\.(ttl|jsonld))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a collection. Its neighbours are told by the thing that they come after; None where there is none."""

    kind: str  # first segment of the paths
    stems: Sequence[str]  # paths of the documents on it, without ending
    total: int  # things on all pages
    after: str  # the last thing of what comes before, without the kind; "" on the first page
    previous: str | None
    next: str | None
    last: str

    def steps(self, ending: str) -> dict[str, str]:
        """Return the names of the files that one can go to, by Hydra's words for them."""
        steps = {"first": "", "previous": self.previous, "next": self.next, "last": self.last}
        return {step: file_name(after, ending) for step, after in steps.items() if after is not None}

    def file(self, ending: str) -> str:
        """Return where a form of it lies."""
        return f"{self.kind}/{file_name(self.after, ending)}"


def file_name(after: str, ending: str = "") -> str:
    """Return the name of a page.

    No document has a "." in its path, so none is in the way. Nor does a "." stand before what may be the name of a
    language or of a program, as web servers read endings.
    """
    return f"index{after and '.after-'}{after.replace('/', ',')}{ending and '.'}{ending}"


def place_of(name: str) -> tuple[str, str] | None:
    """Return what the page of a name comes after and its ending, as `file_name` took them; None for another name."""
    found = _FILE.fullmatch(name)
    return ((found[1] or "").replace(",", "/"), found[2] or "") if found else None


def page_of(stems: Sequence[str], kind: str, after: str) -> Page:
    """Return the page of a collection that comes after a thing, which may be one that is not in it.

    Args:
        stems: paths of all documents of the kind, sorted.
        kind: first segment of these paths.
        after: the path of a thing without the kind; "" for the first page.
    """
    start = bisect.bisect_right(stems, f"{kind}/{after}") if after else 0
    end = start + PAGE

    def after_what(place: int) -> str:
        return stems[place - 1].partition("/")[2] if place > 0 else ""

    return Page(
        kind=kind,
        stems=stems[start:end],
        total=len(stems),
        after=after_what(start),
        previous=after_what(start - PAGE) if start else None,
        next=after_what(end) if end < len(stems) else None,
        last=after_what((len(stems) - 1) // PAGE * PAGE),
    )


def pages(stems: Sequence[str], kind: str) -> Iterator[Page]:
    """Yield every page of a collection, given the sorted paths of its documents."""
    after = "" if stems else None
    while after is not None:
        page = page_of(stems, kind, after)
        yield page
        after = page.next
