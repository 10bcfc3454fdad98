"""Statements in the order in which dumps are written, and the union of their graphs as the writers work on it.

Statements that lie elsewhere are read one subject after the other; a subject that another one mentions is looked up.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping

from eugraph.publish.statements import Said
from eugraph.rdf.jsonld_writer import ABOUT, NAME, Ahead
from eugraph.rdf.turtle_blanks import Blanks, Grouped, Properties, properties_in

Texts = Mapping[str, str]  # graph -> statements about a subject
_NO_BLANKS = Blanks()
_KEPT = 5000  # subjects that are kept taken apart: as many as things have parts


def by_iri(said: Said | Mapping[str, Texts]) -> Iterable[tuple[str, Texts]]:
    """Return subjects with what is said of them, in code point order of their IRIs; blank nodes come last."""
    return (
        sorted(said.items(), key=lambda item: item[0].removesuffix(">")) if isinstance(said, Mapping) else said.items()
    )


def by_line(blocks: Iterable[tuple[str, Texts]]) -> Iterator[tuple[str, Texts]]:
    """Yield what comes in the order of IRIs in that of lines: `<a>` stands after `<a/b>`, as ">" does after "/"."""
    held: list[tuple[str, Texts]] = []  # each one's IRI begins with that of the one before
    for block in blocks:
        while held and held[-1][0] < block[0]:
            yield held.pop()
        held.append(block)
    yield from reversed(held)


def look_ahead(said: Said | Mapping[str, Texts]) -> Ahead:
    """Return what the writer of JSON-LD has to know of a graph before it writes the first node."""
    ahead = Ahead()
    for subject, texts in said.items():
        text = "\n".join(texts.values())
        if ABOUT in text or text.startswith(NAME):
            ahead.look(subject, properties_in(text))
    return ahead


class Union(Mapping[str, Properties]):
    """The union of the graphs: a subject is taken apart when it is asked for."""

    def __init__(self, said: Said | Mapping[str, Texts]) -> None:
        self._said, self._about = said, said.get if isinstance(said, Mapping) else said.about
        self._kept: OrderedDict[str, Properties] = OrderedDict()

    def subjects(self) -> Iterator[Grouped]:
        """Yield the subjects one by one, in the order of their IRIs."""
        for subject, texts in by_iri(self._said):
            yield Grouped({subject: self._keep(subject, texts)}, _NO_BLANKS)

    def __getitem__(self, subject: str) -> Properties:
        found = self._kept.get(subject)
        if found is None:
            texts = self._about(subject)
            if not texts:
                raise KeyError(subject)
            found = self._keep(subject, texts)
        return found

    def _keep(self, subject: str, texts: Texts) -> Properties:
        if len(self._kept) >= _KEPT:
            self._kept.popitem(last=False)
        found = self._kept[subject] = properties_in("\n".join(texts.values()))
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return sum(1 for _ in self._said)

    def __contains__(self, subject: object) -> bool:
        return isinstance(subject, str) and self.get(subject) is not None
