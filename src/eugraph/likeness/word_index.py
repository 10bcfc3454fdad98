"""An index of names by their words, which finds the names that are like a given one and says how like.

Words weigh by how rare they are (TF-IDF), and count also where they are spelled a little otherwise (soft TF-IDF, after
Cohen, Ravikumar and Fienberg 2003, <https://www.cs.cmu.edu/~wcohen/postscript/ijcai-ws-2003.pdf>).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from eugraph.likeness.names import Words, trigrams, word_likeness

_LIKE = 0.7  # from here on two words are one, spelled otherwise
_COMMON = 0.02  # a word in more than this share of the names leads to none by itself


class WordIndex:
    """Names, each with its words."""

    def __init__(self, names: Iterable[Words]) -> None:
        """Take all names; one may come twice."""
        self._names = list(dict.fromkeys(names))
        counts = Counter(word for name in self._names for word in set(name))
        self._weights = {word: math.log(1 + len(self._names) / count) for word, count in counts.items()}
        self._rarest = math.log(1 + len(self._names))
        self._having: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            for word in set(name):
                self._having[word].append(number)
        self._spelled: dict[str, list[str]] = defaultdict(list)
        for word in self._having:
            for part in trigrams(word):
                self._spelled[part].append(word)
        self._lengths = [self._length(name) for name in self._names]
        self._near: dict[str, Mapping[str, float]] = {}

    def weight(self, word: str) -> float:
        """Return what a word weighs: the more, the fewer names have it. An unknown one: as that most like it."""
        if word not in self._weights and (near := self.near(word)):
            word = max(near, key=lambda other: (near[other], other))
        return self._weights.get(word, self._rarest)

    def _length(self, name: Words) -> float:
        return math.sqrt(sum(self.weight(word) ** 2 for word in set(name)))

    def near(self, word: str) -> Mapping[str, float]:
        """Return the words of the index that are like a word, each with its likeness."""
        if word not in self._near:
            shared = Counter(other for part in trigrams(word) for other in self._spelled.get(part, ()))
            size = len(trigrams(word))
            likely = (o for o, both in shared.items() if 2 * both >= _LIKE * (size + len(trigrams(o))))
            self._near[word] = {other: word_likeness(word, other) for other in likely}
        return self._near[word]

    def like(self, name: Words, least: float) -> dict[Words, float]:
        """Return the names that are like a name, each with its likeness, from `least` to 1."""
        asked = [(word, self.weight(word), self.near(word)) for word in dict.fromkeys(name)]
        most = max(10, _COMMON * len(self._names))
        common = [near for _, _, near in asked]
        rare = [near for near in common if sum(len(self._having[word]) for word in near) <= most]
        found = {number for near in rare or common for word in near for number in self._having[word]}
        length = self._length(name)
        likeness: dict[Words, float] = {}
        for number in found:
            other = self._names[number]
            words = set(other)
            total = 0.0
            for _, weight, near in asked:
                total += weight * max((self._weights[o] * near[o] for o in words if o in near), default=0.0)
            value = min(1.0, total / (length * self._lengths[number]))
            if value >= least:
                likeness[other] = value
        return likeness
