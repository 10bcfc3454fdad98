"""Which documents are made together, and what goes along with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from eugraph.publish.composing import Batch, Job, Made
from eugraph.publish.documents import Contents, Outline
from eugraph.publish.pages.cards import Card, Index, Place
from eugraph.publish.profile import Profile
from eugraph.publish.remembered import Keys

_JOBS, _TEXT = 200, 2_000_000  # documents in a batch, and characters of their statements, at most


class Plan:
    """Makes jobs of outlines."""

    def __init__(self, contents: Contents, index: Index, profile: Profile) -> None:
        self._contents, self._index, self._profile = contents, index, profile
        self._keys: Keys | None = None
        self.ends: dict[str, dict[str, Place]] = {}  # thing -> property -> where the list of what points to it is cut
        self._old: Callable[[str], Made | None] = lambda _: None

    def remember(self, keys: Keys, old: Callable[[str], Made | None]) -> None:
        """Give each job a key, and what the old release has of its document if it was made with the same one."""
        self._keys, self._old = keys, old

    def place(self, iri: str) -> Place:
        """Return what a thing is sorted by in lists."""
        return self._index.place(iri)

    def batches(self, outlines: Iterable[Outline]) -> Iterator[Batch]:
        """Yield batches of jobs for all outlines, in their order."""
        jobs: list[Job] = []
        cards: dict[str, Card] = {}
        size = 0
        for outline in outlines:
            job, neighbours = self._job(outline)
            jobs.append(job)
            cards.update(neighbours)
            size += sum(map(len, job.document.texts.values()))
            if len(jobs) >= _JOBS or size >= _TEXT:
                yield Batch(jobs, cards)
                jobs, cards, size = [], {}, 0
        if jobs:
            yield Batch(jobs, cards)

    def _job(self, outline: Outline) -> tuple[Job, dict[str, Card]]:
        document, mentioned = self._contents.document_and_mentioned(outline)
        own = self._index.own(document)
        cut = [one for one in own.mentioned if one.total > len(one.who)]
        self.ends[document.iri.value] = {one.curie: self._index.place(one.who[-1]) for one in cut}
        cards = self._index.neighbours(document, mentioned, own)
        profile = self._profile.document(document.iri.value, document.things)
        if self._keys is None:
            return Job(document, own, profile), cards
        key = self._keys.key(document, own, cards, profile)
        old = self._old(document.path)
        return Job(document, own, profile, key, old if old is not None and old.key == key else None), cards
