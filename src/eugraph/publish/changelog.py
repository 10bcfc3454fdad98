"""What changed since the previous release: in words, the same that `eugraph diff PREVIOUS NEW` says, and as a feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eugraph.changes import FORMATS, Changes, changes, side_in
from eugraph.publish.feed.making import continued
from eugraph.publish.feed.state import Feed
from eugraph.publish.given import ReleaseInput
from eugraph.publish.pages import Site
from eugraph.publish.preparing import Prepared
from eugraph.publish.staging import Staging

_FILES = {"md": "changes.md", "json": "changes.json", "patch": "changes.rdfp"}  # format of `eugraph diff` -> file


@dataclass(frozen=True, slots=True)
class Changelog:
    """What a release tells of changes."""

    changes: Changes | None  # None where no previous release is known
    feed: Feed | None  # None where the release has none

    def write_pages(self, site: Site, staging: Staging) -> None:
        """Write the pages for people, when all that these lead to is there."""
        if self.feed is not None:
            staging.write(*site.feed(self.feed))
        if self.changes is not None:
            staging.write(*site.changes(self.changes, {file.path for file in staging.files}))


def write_changelog(release: ReleaseInput, ready: Prepared, hashes: Mapping[str, str], staging: Staging) -> Changelog:
    """Write what changed, but for pages and the feed of news. Dumps, ontology and validation report are there already.

    Args:
        release: what is published.
        ready: the same, looked through.
        hashes: of the graph of each document, by path.
        staging: takes the files.

    Raises:
        InputError: the dump of the previous release cannot be read.
        PreviousReleaseError: a file of the previous release is not as it was published.
        FormatLimitError: a statement with a blank node differs.
        CanonicalisationTimeoutError: blank nodes of a document could not be named in time.
    """
    found = None
    if release.previous is not None:
        found = changes(release.previous.side, side_in(staging.folder, release.stamp))
        for form, path in _FILES.items():
            staging.write(path, "".join(FORMATS[form](found)).encode())
    return Changelog(found, continued(release, ready, hashes, staging) if release.feed else None)
