"""The writer of nested JSON-LD: what stands where, and under which key. See `eugraph.rdf.jsonld`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import orjson

from eugraph.rdf.jsonld_context import ALIASES, Context, Json, Plan, Term, context_text
from eugraph.rdf.jsonld_text import parts_of
from eugraph.rdf.nquads import BaseMove
from eugraph.rdf.turtle_blanks import Grouped, Properties, Subjects, label
from eugraph.rdf.turtle_terms import Names, object_key
from eugraph.vocab import EUG, PREFIXES

_STRING, _INTEGER, _BOOLEAN = (PREFIXES["xsd"] + name for name in ("string", "integer", "boolean"))
_SAFE_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what every reader of JSON holds exactly
_TYPE, NAME = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['skos']}prefLabel>"
ABOUT, _ORDER = f"<{EUG}subject>", f"<{EUG}order>"
_ORDER_TEXT = re.compile(r'"(\d{1,8})"')
PARTS = frozenset(f"<{EUG}{name}>" for name in ("grant", "hasParticipation", "holdsParticipation", "result"))
_LICENCE, _RIGHTS = (f"<{PREFIXES['dcterms']}{name}>" for name in ("license", "rights"))
ADDRESSES = frozenset(f"<{EUG}{name}>" for name in ("preferredClaim", "disputes"))  # whose values are never more
# What is told of a thing wherever it is mentioned, and how values begin that can be told.
_SUMMARY = {_TYPE: "<", NAME: '"', _LICENCE: "<", _RIGHTS: '"'}
_DEEPEST = 40  # nodes in nodes; deeper ones go under "included"


@dataclass(frozen=True, slots=True)
class Used:
    """What nodes take of a context: for one head over nodes that were written one part after the other."""

    terms: Collection[str] = ()
    prefixes: Collection[str] = ()
    schemes: Collection[str] = ()  # of IRIs that are written in full
    base: bool = False

    def __or__(self, other: Used) -> Used:
        return Used(
            sorted({*self.terms, *other.terms}),
            sorted({*self.prefixes, *other.prefixes}),
            sorted({*self.schemes, *other.schemes}),
            self.base or other.base,
        )


@dataclass(frozen=True, slots=True)
class Ahead:
    """What has to be known of a whole graph before its first node is written."""

    claims: dict[str, list[str]] = field(default_factory=dict)  # thing -> claims about it
    named: set[str] = field(default_factory=set)  # things of which nothing is said but a name

    def look(self, subject: str, properties: Properties) -> None:
        """Take note of a subject."""
        if subject[0] != "<":
            return
        for thing in properties.get(ABOUT, ()):
            self.claims.setdefault(thing, []).append(subject)
        if NAME in properties and len(properties) == 1:
            self.named.add(subject)


def look_ahead(subjects: Subjects) -> Ahead:
    """Return what has to be known of subjects that are all in memory."""
    ahead = Ahead()
    for subject, properties in subjects.items():
        ahead.look(subject, properties)
    return ahead


class Writer:
    """Writes one document. Terms are N-Triples text until they are written."""

    def __init__(
        self,
        graph: Grouped,
        context: Context,
        base: str | None,
        moved: BaseMove | None,
        parts: Collection[str] = PARTS,
        ahead: Ahead | None = None,
    ) -> None:
        self._graph, self._subjects, self._blanks = graph, graph.subjects, graph.blanks
        self._parts = parts
        self._context, self._base = context, base
        self._things = Names(context.prefixes, base, moved)  # for "id": relative to the base
        self._words = Names(context.prefixes, None, moved)  # for keys and "type": never relative
        self._terms: set[str] = set()
        self._placed: set[str] = set()
        self._around: set[str] = set()  # the nodes within which one is written
        self._mentions: dict[str, Json] = {}
        self._is_nested = False
        self._prefixes: set[str] = set()
        ahead = ahead or look_ahead(graph.subjects)
        self._claims = ahead.claims if "claims" in context.terms else {}
        self._named = ahead.named

    def used(self) -> Used:
        """Return what was taken of the context so far."""
        things, words = self._things, self._words
        schemes = sorted(things.schemes | words.schemes)
        return Used(sorted(self._terms), sorted(things.used | words.used), schemes, things.base_used)

    def clash(self) -> set[str]:
        """Return the prefixes of the written document that are also the scheme of an IRI in it."""
        return self._prefixes & (self._things.schemes | self._words.schemes)

    def document(self, root: str | None) -> dict[str, object]:
        """Return the whole document, context first."""
        self._is_nested = root is not None
        body = self._node(root) if root is not None else {}
        others: list[Json] = [*self.nodes(self._graph)]
        context = orjson.Fragment(self.context(included=bool(others and root)))
        if root is None:
            return {"@context": context, "@graph": others}
        if others:
            body["included"] = others
        return {"@context": context, **body}

    def nodes(self, part: Grouped) -> Iterator[Json]:
        """Yield the nodes of a part of the graph that stand beside the root."""
        rest = sorted((node for node in part.subjects if node[0] == "<" and node not in self._placed), key=object_key)
        rest += [node for node in (*part.blanks.labelled, *part.blanks.top) if node in part.subjects]
        for node in rest:
            if node not in self._placed:
                yield self._node(node)

    def context(self, *, included: bool) -> bytes:
        """Return the context of what was written so far."""
        self._things.used |= self._words.used
        base = self._base if self._things.base_used else None
        self._prefixes, lines = self._context.inline(self._things, self._terms, base=base, included=included)
        return context_text(lines)

    def _node(self, subject: str) -> dict[str, Json]:
        """Return a node with all that is known of it, and the claims about it."""
        node = self._own(subject)
        if claims := [claim for claim in self._claims.get(subject, ()) if claim not in self._placed]:
            self._terms.add("claims")
            self._around.add(subject)
            node["claims"] = [self._own(claim) for claim in sorted(claims, key=object_key)]
            self._around.discard(subject)
        return node

    def _own(self, subject: str) -> dict[str, Json]:
        self._placed.add(subject)
        node: dict[str, Json] = {}
        if subject[0] == "<" or subject in self._blanks.labelled:
            node["id"] = self._id(subject)
        self._around.add(subject)
        self._fill(node, self._subjects.get(subject, {}))
        self._around.discard(subject)
        return node

    def _fill(self, node: dict[str, Json], properties: Properties) -> None:
        for plan in self._context.plans_of(tuple(properties)):
            objects = properties[plan.predicate]
            if plan.predicate == _TYPE:
                objects = self._write_types(node, objects)
            for text in objects if len(objects) < 2 else self._in_order(plan.predicate, objects):
                if text[0] == '"':
                    self._write_literal(node, plan, text)
                else:
                    self._write(node, plan, plan.thing, text)

    def _in_order(self, predicate: str, objects: set[str]) -> list[str]:
        values = sorted(objects, key=self._key if self._blanks.keys else object_key)
        if predicate in self._parts:
            values.sort(key=self._place_in_order)
        return values

    def _write_types(self, node: dict[str, Json], objects: set[str]) -> set[str]:
        """Write the classes under "type"; return the objects that are none, for there are such graphs."""
        classes = sorted([value for value in objects if value[0] == "<"], key=object_key)
        names: list[Json] = [self._class(value) for value in classes]
        if names:
            node["type"] = names if len(names) > 1 else names[0]
        return objects.difference(classes)

    def _class(self, text: str) -> str:
        term = self._context.classes.get(text[1:-1])
        if term is None:
            return self._word(text)
        self._terms.add(term.name)
        return term.name

    def _write_literal(self, node: dict[str, Json], plan: Plan, text: str) -> None:
        """Write a literal under the key that suits it best."""
        value, datatype, language = parts_of(text)
        term = plan.plain.get(datatype)
        if term is None:
            self._write(node, plan, plan.terms.get(datatype, plan.other), text)
            return
        self._terms.add(term.name)
        if language:
            texts = node.setdefault(term.name, {})
            assert isinstance(texts, dict)  # this key holds nothing but texts by language
            _add(texts, language, value, term.many)
        else:
            _add(node, term.name, value, term.many)

    def _write(self, node: dict[str, Json], plan: Plan, term: Term | None, text: str) -> None:
        """Write an object under a key, or where there is none under the property itself."""
        if term is None:
            _add(node, self._word(plan.predicate), self._value(plan.predicate, text, ""), many=False)
        else:
            self._terms.add(term.name)
            _add(node, term.name, self._value(plan.predicate, text, term.kind), term.many)

    def _value(self, predicate: str, text: str, kind: str) -> Json:
        """Return an object as it stands under a key of a kind."""
        first = text[0]
        if first == '"':
            return self._literal(text, kind)
        if text.startswith("<<"):
            raise ValueError(f"JSON-LD 1.1 cannot say a triple term: {text}")
        if first == "_":
            if text in self._blanks.lists:
                return {"@list": [self._value(predicate, item, kind) for item in self._blanks.lists[text]]}
            if text in self._blanks.keys:
                return self._node(text)
        elif kind == "@vocab":
            main = self._context.plan_of(text).main
            if main is None:
                return self._class(text)
            self._terms.add(main.name)
            return main.name
        elif predicate in self._parts and self._is_to_nest(text):
            return self._node(text)
        mention = self._mention(text) if predicate not in ADDRESSES else self._id(text)
        return {"id": mention} if isinstance(mention, str) and kind != "@id" else mention

    def _is_to_nest(self, part: str) -> bool:
        if part in self._placed or len(self._around) >= _DEEPEST:
            return False
        return part in self._subjects or part in self._claims

    def _mention(self, text: str) -> Json:
        """Return a thing that is described elsewhere: what is told of it with its address, or the address alone."""
        if text in self._around or not (self._is_nested or text in self._named):
            return self._id(text)
        mention = self._mentions.get(text)
        if mention is None:
            mention = self._mentions[text] = self._summary(text)
        return mention

    def _summary(self, text: str) -> Json:
        said = self._subjects.get(text)
        if not said or text[0] != "<":
            return self._id(text)
        brief = {p: said[p] for p, first in _SUMMARY.items() if p in said and _all_begin(said[p], first)}
        is_all = len(brief) == len(said)
        if not brief:
            return self._id(text)
        if is_all:
            self._placed.add(text)
        node: dict[str, Json] = {"id": self._id(text)}
        self._fill(node, brief)
        return node

    def _literal(self, text: str, kind: str) -> Json:
        value, datatype, language = parts_of(text)
        if language:
            return {"@value": value, "@language": language}
        if kind in ("", datatype):
            if datatype == _BOOLEAN and value in ("true", "false"):
                return value == "true"
            if datatype == _INTEGER and _SAFE_INTEGER.fullmatch(value):
                return int(value)
        if datatype == _STRING:
            return value if kind in ("", _STRING) else {"@value": value}
        return value if kind == datatype else {"@value": value, "type": self._word(f"<{datatype}>")}

    def _id(self, text: str) -> str:
        if text[0] == "_":
            return label(text)
        name = self._things.node(text)
        if name[0] != "<":
            return name
        return self._things.moved(text[1:-1]) if name[1:-1] in ALIASES else name[1:-1]

    def _word(self, text: str) -> str:
        name = self._words.node(text)
        return name[1:-1] if name[0] == "<" else name

    def _key(self, text: str) -> tuple[int, int, str, str]:
        return object_key(self._blanks.keys.get(text, text))

    def _place_in_order(self, part: str) -> int:
        """Return the number that a participation says it has in the list of its project; none is last."""
        orders = self._subjects.get(part, {}).get(_ORDER, ())
        return min((int(found[1]) for order in orders if (found := _ORDER_TEXT.match(order))), default=10**9)


def _all_begin(values: set[str], first: str) -> bool:
    """Tell whether all of some texts begin with a character."""
    return min(values)[0] == first == max(values)[0]


def _add(node: dict[str, Json], key: str, value: Json, many: bool) -> None:
    """Add a value to a key: a list where there may be many, and where there are."""
    if key not in node:
        node[key] = [value] if many else value
    elif isinstance(found := node[key], list):
        found.append(value)
    else:
        node[key] = [found, value]
