"""How much is in the graph: statements, things and values, by class and by property; links to other datasets.

Counted is the union of the named graphs: a statement that stands in two of them counts once.

Spec: VoID §4, <https://www.w3.org/TR/void/#statistics>.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from eugraph.publish.statements import Statements, split
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


def statistics(statements: Statements) -> Statistics:
    """Count what is in the graph."""
    found = Statistics()
    classes, properties = Counter[str](), Counter[str]()
    for subject in statements:
        found.subjects += 1
        lines = dict.fromkeys(statements.of(subject).split("\n"))
        found.triples += len(lines)
        for line in lines:
            predicate, value = split(line)
            properties[predicate] += 1
            if predicate == _TYPE:
                classes[value] += 1
            elif value.startswith(_STARTS):
                target = next(name for start, name in TARGETS.items() if value.startswith(start, 1))
                found.links[target, predicate[1:-1]] += 1
    found.classes = Counter({class_[1:-1]: count for class_, count in classes.items() if class_[0] == "<"})
    found.properties = Counter({predicate[1:-1]: count for predicate, count in properties.items()})
    return found
