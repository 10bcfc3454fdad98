"""How much is in the graph: statements, things and values, by class and by property; links to other datasets.

Counted is the union of the named graphs: a statement that stands in two of them counts once.

Spec: VoID §4, <https://www.w3.org/TR/void/#statistics>.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eugraph.publish.statements import split
from eugraph.vocab import RDF_TYPE

_TYPE = f"<{RDF_TYPE.value}>"
TARGETS = {  # what addresses of another dataset begin with -> its name here
    "https://ror.org/": "ror",
    "https://doi.org/": "doi",
    "http://www.orpha.net/ORDO/": "orpha",
    "http://publications.europa.eu/resource/authority/": "eu-authority",
    "https://cordis.europa.eu/": "cordis",
    "http://data.europa.eu/s66/": "cordis-graph",
    "http://purl.obolibrary.org/obo/MONDO_": "mondo",
    "http://id.nlm.nih.gov/mesh/": "mesh",
}
_STARTS = tuple(f"<{start}" for start in TARGETS)


@dataclass(slots=True)
class Statistics:
    """See the module. Keys are IRIs."""

    triples: int = 0
    subjects: int = 0
    classes: Counter[str] = field(default_factory=Counter)  # class -> things
    properties: Counter[str] = field(default_factory=Counter)  # property -> statements
    links: Counter[tuple[str, str]] = field(default_factory=Counter)  # (target, property) -> statements

    def take(self, texts: Mapping[str, str]) -> None:
        """Count all that is said of one more subject: graph -> text."""
        lines = dict.fromkeys("\n".join(texts.values()).split("\n"))
        self.subjects += 1
        self.triples += len(lines)
        for line in lines:
            predicate, value = split(line)
            self.properties[predicate[1:-1]] += 1
            if predicate == _TYPE:
                if value[0] == "<":
                    self.classes[value[1:-1]] += 1
            elif value.startswith(_STARTS):
                target = next(name for start, name in TARGETS.items() if value.startswith(start, 1))
                self.links[target, predicate[1:-1]] += 1

    def changed(self, before: Statistics, after: Statistics) -> Statistics:
        """Return the statistics where some subjects that counted as `before` now count as `after`."""
        return Statistics(
            self.triples - before.triples + after.triples,
            self.subjects - before.subjects + after.subjects,
            self.classes + after.classes - before.classes,
            self.properties + after.properties - before.properties,
            self.links + after.links - before.links,
        )

    def dump(self) -> list[object]:
        """Return it as `load` takes it."""
        links = [[*link, number] for link, number in self.links.items()]
        return [self.triples, self.subjects, self.classes, self.properties, links]

    @classmethod
    def load(cls, dumped: Sequence[Any]) -> Statistics:
        """Return what was dumped."""
        triples, subjects, classes, properties, links = dumped
        return cls(
            triples,
            subjects,
            Counter(classes),
            Counter(properties),
            Counter({(target, predicate): number for target, predicate, number in links}),
        )
