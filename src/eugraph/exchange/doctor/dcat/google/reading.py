"""The schema.org objects in JSON-LD as pages write it: nested, in `@graph`, by reference, with or without prefixes.

Nothing is fetched: a context is looked at as far as it stands in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_PREFIX = re.compile(r"(?:schema:|https?://schema\.org/)")
_MOST = 100_000  # objects of one document that are looked at
_TOP = ("@graph", "mainEntity", "mainEntityOfPage")  # what stands under these is not within another thing

Node = Mapping[str, object]


def speaks_schema_org(document: object) -> bool:
    """Tell whether a document says that its names are those of schema.org.

    Spec: JSON-LD 1.1 §3.1, <https://www.w3.org/TR/json-ld11/#the-context>.
    """
    waiting = [each.get("@context") for each in _listed(document) if isinstance(each, dict)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and "schema.org" in value:
            return True
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return False


class Document:
    """The objects of one document, with what references lead to."""

    def __init__(self, document: object) -> None:
        """Take parsed JSON."""
        self._nodes = [*_objects(document)]  # with whether they stand within another thing
        self._by_id: dict[str, Node] = {}
        for node, _ in self._nodes:
            iri = node.get("@id")
            if isinstance(iri, str) and len(node) > max(1, len(self._by_id.get(iri, ()))):
                self._by_id[iri] = node

    def datasets(self) -> Iterator[tuple[Node, bool]]:
        """Yield each Dataset, and whether it is only mentioned: within another thing, described elsewhere."""
        for node, within in self._nodes:
            iri = node.get("@id")
            if "Dataset" in self.types(node) and (not isinstance(iri, str) or self._by_id.get(iri, node) is node):
                elsewhere = isinstance(iri, str) or bool(self.texts(node, "url"))
                yield node, within and elsewhere and not self.values(node, "distribution")

    @staticmethod
    def types(node: Node) -> list[str]:
        """The names of the types of an object."""
        return [_name(each) for each in _listed(node.get("@type")) if isinstance(each, str)]

    def values(self, node: Node, name: str) -> list[object]:
        """The values under a name: texts, numbers and objects; references are followed, empty texts left out."""
        keys = (key for key in node if _name(key) == name)
        found = (self._plain(value) for key in keys for value in _listed(node[key]))
        return [value for value in found if value is not None and not (isinstance(value, str) and not value.strip())]

    def texts(self, node: Node, name: str) -> list[str]:
        """The values under a name that are texts, or objects that are only an address."""
        return [value for value in self.values(node, name) if isinstance(value, str)]

    def _plain(self, value: object) -> object:
        if isinstance(value, dict) and "@value" in value:
            return value["@value"]
        if isinstance(value, dict) and set(value) == {"@id"}:
            return self._by_id.get(str(value["@id"]), value["@id"])
        return value


def _name(key: str) -> str:
    """A name of schema.org without what stands before it."""
    return _PREFIX.sub("", key, count=1)


def _listed(value: object) -> list[object]:
    if isinstance(value, dict) and value.keys() in ({"@list"}, {"@set"}):
        (value,) = value.values()
    return value if isinstance(value, list) else [] if value is None else [value]


def _objects(document: object) -> Iterator[tuple[Node, bool]]:
    waiting: list[tuple[object, bool]] = [(document, False)]
    number = 0
    while waiting and number < _MOST:
        value, within = waiting.pop()
        if isinstance(value, dict):
            number += 1
            yield value, within
            inner = [(each, within or _name(key) not in _TOP) for key, each in value.items() if key != "@context"]
            waiting += reversed(inner)
        elif isinstance(value, list):
            waiting += [(each, within) for each in reversed(value)]
