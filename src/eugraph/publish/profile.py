"""The schema.org profile of a thing: one JSON-LD document with an inline context, which is also part of its page.

The statements come from `queries/profiles/schema-org.rq`, asked once over the whole graph. Here they are cut into one
document for each thing: the thing, its parts nested where they are mentioned first, and of other things with a
document only address, class and name.

Spec: schema.org 30.0, <https://schema.org/>; JSON-LD 1.1, <https://www.w3.org/TR/json-ld11/>.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import orjson
from pyoxigraph import Literal, NamedNode, Triple

from eugraph.rdf.jsonld_context import Json
from eugraph.rdf.nquads import BaseMove
from eugraph.vocab import PREFIXES, RDF_TYPE

QUERY = "profiles/schema-org.rq"  # below the queries of a workspace
_VOCAB = PREFIXES["schema"]
_STRING = f"{PREFIXES['xsd']}string"
_FIRST = ("name", "alternateName", "description", "url", "sameAs", "identifier")
_RANK = {name: place for place, name in enumerate(_FIRST)}
_DEEPEST = 8
# In a page the document stands in a script element, which "</script" or "<!--" would end or bend.
_IN_HTML = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026"))


class Profile:
    """The statements of the profile, ready to be cut into documents."""

    def __init__(self, triples: Iterable[Triple], moved: BaseMove | None = None) -> None:
        """Take the statements, in any order; those whose property is not of schema.org are left out.

        Args:
            triples: what the profile's query constructs.
            moved: print things under another base than they are sorted by.
        """
        self._moved = moved
        self._classes: dict[str, set[str]] = {}
        self._subjects: dict[str, dict[str, dict[tuple[int, str, str], NamedNode | Literal]]] = {}
        for triple in triples:
            subject, value, predicate = triple.subject, triple.object, triple.predicate
            if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
                continue
            if predicate == RDF_TYPE:
                if value.value.startswith(_VOCAB):
                    self._classes.setdefault(subject.value, set()).add(value.value[len(_VOCAB) :])
            elif predicate.value.startswith(_VOCAB):
                properties = self._subjects.setdefault(subject.value, {})
                values = properties.setdefault(predicate.value[len(_VOCAB) :], {})
                language = value.language or "" if isinstance(value, Literal) else ""
                values[isinstance(value, NamedNode), value.value, language] = value

    def document(self, iri: str, things: Sequence[NamedNode]) -> bytes | None:
        """Return the document of a thing, or None where the profile says nothing of it.

        Args:
            iri: the thing.
            things: all that stand in its document, such as its grant: they are written in full.
        """
        if iri not in self._classes:
            return None
        writer = _Writer(self, {thing.value for thing in things})
        return embeddable(writer.node(iri))

    def is_named(self, iri: str) -> bool:
        """Say whether something has a name of its own, and so is a thing and not a part of one."""
        return "name" in self._subjects.get(iri, ())

    def classes(self, iri: str) -> list[str]:
        """Return the classes of something, without their namespace."""
        return sorted(self._classes.get(iri, ()))

    def properties(self, iri: str) -> list[tuple[str, list[NamedNode | Literal]]]:
        """Return (property, values) of something: names first, then the others by name; values sorted."""
        found = self._subjects.get(iri, {})
        names = sorted(found, key=lambda name: (_RANK.get(name, len(_RANK)), name))
        return [(name, [value for _, value in sorted(found[name].items())]) for name in names]

    def address(self, iri: str) -> str:
        """Return an IRI as the release publishes it."""
        return self._moved.iri(iri) if self._moved else iri


def embeddable(node: Mapping[str, Json]) -> bytes:
    """Return a node in the words of schema.org as a document; all that could end a script is escaped."""
    document = {"@context": {"@vocab": _VOCAB}, **node}
    data = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    for character, escape in _IN_HTML:
        data = data.replace(character, escape)
    return data


class _Writer:
    def __init__(self, profile: Profile, own: set[str]) -> None:
        self._profile, self._own = profile, own
        self._placed: set[str] = set()
        self._depth = 0

    def node(self, iri: str) -> dict[str, Json]:
        self._placed.add(iri)
        node = self._head(iri)
        self._depth += 1
        for name, values in self._profile.properties(iri):
            written = [self._value(value) for value in values]
            node[name] = written if len(written) > 1 else written[0]
        self._depth -= 1
        return node

    def _head(self, iri: str) -> dict[str, Json]:
        head: dict[str, Json] = {"@id": self._profile.address(iri)}
        classes: list[Json] = [*self._profile.classes(iri)]
        if classes:
            head["@type"] = classes if len(classes) > 1 else classes[0]
        return head

    def _value(self, value: NamedNode | Literal) -> Json:
        if isinstance(value, Literal):
            if value.language:
                return {"@language": value.language, "@value": value.value}
            datatype = value.datatype.value
            return value.value if datatype == _STRING else {"@type": datatype, "@value": value.value}
        iri = value.value
        if iri in self._placed:
            return {"@id": self._profile.address(iri)}
        if self._depth < _DEEPEST and (iri in self._own or not self._profile.is_named(iri)):
            return self.node(iri)
        stub = self._head(iri)
        for name, values in self._profile.properties(iri):
            if name == "name":
                stub[name] = self._value(values[0])
        return stub
