"""The previous release: what changes are told since, and the feed that goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eugraph.changes import Side, side_in
from eugraph.changes.side import read_json
from eugraph.errors import NoReleaseError, PreviousReleaseError
from eugraph.publish.feed.state import Feed
from eugraph.publish.feed.vocabulary import STATE
from eugraph.publish.staging import MANIFEST

_DUMP = "dump/all.nq.gz"
_AGAIN = "Fetch or make it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """A release that was published before."""

    folder: Path
    manifest: Mapping[str, Any]
    feed: Feed | None = None  # None where it has none

    @property
    def side(self) -> Side:
        """What it states."""
        return side_in(self.folder, self.manifest)

    def check(self, path: str) -> None:
        """Look whether a file of it is as it was published.

        Raises:
            PreviousReleaseError: it is not.
        """
        told = self.manifest["files"].get(path)
        if not isinstance(told, dict):
            raise PreviousReleaseError(self.folder, f"{MANIFEST} does not name {path}", _AGAIN)
        try:
            with (self.folder / path).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise PreviousReleaseError(self.folder, f"{path} cannot be read ({error.strerror})", _AGAIN) from error
        if found != told.get("sha256"):
            raise PreviousReleaseError(self.folder, f"{path} is not as {MANIFEST} says", _AGAIN)

    def read(self, path: str) -> bytes:
        """Return a file of it.

        Raises:
            PreviousReleaseError: it is not as it was published.
        """
        self.check(path)
        return (self.folder / path).read_bytes()


def open_previous(folder: Path, base_iri: str, *, with_feed: bool) -> Previous:
    """Open a release, and look whether all that is needed of it is as it was published.

    Args:
        folder: where it lies.
        base_iri: what the IRIs of things begin with in the release that is to follow.
        with_feed: whether its feed is to go on; without, it is not looked at.

    Raises:
        NoReleaseError: the folder is no release.
        PreviousReleaseError: it has another base, or is damaged.
    """
    manifest = read_json(folder / MANIFEST)
    files = manifest.get("files")
    if not isinstance(files, dict) or _DUMP not in files:
        raise NoReleaseError(folder, f"{MANIFEST} names no {_DUMP}")
    base = str(manifest.get("base", ""))
    if base != base_iri:
        fault = f"its things have addresses below {base}, and those of this release {base_iri}"
        remedy = "Give --base-iri the base of the previous release, or begin anew without --previous."
        raise PreviousReleaseError(folder, fault, remedy)
    previous = Previous(folder=folder, manifest=manifest)
    for path in files:
        if path in (_DUMP, "validation.json") or (path.startswith("ontology/") and path.endswith(".ttl")):
            previous.check(path)
    return replace(previous, feed=_feed(previous)) if with_feed and STATE in files else previous


def _feed(previous: Previous) -> Feed:
    try:
        feed = Feed.load(previous.read(STATE))
    except ValueError as error:
        raise PreviousReleaseError(previous.folder, f"{STATE} cannot be used: {error}", _AGAIN) from error
    for path in feed.paths:
        previous.check(path)
    return feed
