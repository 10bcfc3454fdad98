"""Things as JSON-LD, with contexts, aliases and value objects or without, in any layout."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

from places.drafts import Draft, Mark, Slot
from places.things import SPACE, Fact, Name, Part, Text, Thing, Values

_XSD = "http://www.w3.org/2001/XMLSchema#"
_CONTEXT = {
    "ex": SPACE,
    "xsd": _XSD,
    "id": "@id",
    "a": "@type",
    "Sort": "ex:Thing",
    "day": {"@id": "ex:day", "@type": "xsd:date"},
    "kind": {"@id": "ex:kind", "@type": "@id"},
    "ref": {"@id": "ex:ref", "@type": "@id"},
    "items": {"@id": "ex:items", "@container": "@list"},
    "members": {"@id": "ex:members", "@container": "@list", "@type": "@id"},
    **{name: f"ex:{name}" for name in ("code", "size", "label", "title", "part", "partCode", "partSize", "inner")},
}


def jsonld(things: Sequence[Thing], chance: random.Random) -> Draft:
    return _Json(chance).document(things)


class _Json:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def document(self, things: Sequence[Thing]) -> Draft:
        draft = Draft()
        context = json.dumps(_CONTEXT, indent=self._chance.choice([None, 1]), ensure_ascii=False)
        graph = self._chance.choice(["@graph", "@included"])
        draft.add('{"@context":', context, ",", self._gap(), f'"{graph}": [{{"@id": "ex:anchor", "a": "ex:Anchor"}}')
        for thing in things:
            draft.add(",", self._gap(), self._thing(thing.facts, thing.name))
        return draft.add("]}")

    def _thing(self, facts: Sequence[Fact], name: str) -> Draft:
        mark = Mark()
        entries: list[Draft] = []
        grouped: dict[str, list[Fact]] = {}
        for fact in facts:
            grouped.setdefault(fact.name, []).append(fact)
        last = [Draft([self._text("id"), ":", self._gap(), mark, f'"{self._chance.choice(["ex:", SPACE])}{name}"'])]
        missing = Draft()
        for key, same in grouped.items():
            if same[0].component and same[0].bad is None:
                value = self._value(same[0].good)
                good = Draft([self._text(key), ":", self._gap(), value, ",", self._gap()])
                missing.add(Slot(good, "", same[0].component, at=mark))
            else:
                entries.append(self._entry(key, same))
        entries.insert(self._chance.randrange(len(entries) + 1), last[0]) if name else None
        begin = ["{"] if name else [mark, "{"]
        draft = Draft([*begin, self._gap(), missing])
        for number, entry in enumerate(entries):
            draft.add(*([",", self._gap()] if number else []), entry)
        return draft.add(self._gap(), "}")

    def _entry(self, key: str, facts: Sequence[Fact]) -> Draft:
        if key == "type":
            (fact,) = facts
            name = self._chance.choice(["ex:Thing", '"Sort"'.strip('"'), f"{SPACE}Thing"])
            slot = Slot(self._text(name), '"ex:Think"', fact.component)
            value = Draft(["[", self._gap(), slot, "]"]) if self._chance.random() < 0.5 else Draft([slot])
            return Draft([self._chance.choice(['"@type"', '"a"']), ":", self._gap(), value])
        written = self._chance.choice([key, f"ex:{key}", SPACE + key])
        draft = Draft([self._text(written), self._chance.choice(["", " "]), ":", self._gap()])
        values = [self._slot(fact, written) for fact in facts]
        is_list = written in ("items", "members")  # brackets in its brackets would be a list of its own
        if is_list or (len(values) == 1 and self._chance.random() < 0.7):
            return draft.add(values[0])
        draft.add("[")
        for number, value in enumerate(values):
            draft.add(*([",", self._gap()] if number else []), value)
        return draft.add(self._gap(), "]")

    def _slot(self, fact: Fact, key: str) -> Draft:
        good, bad = fact.good, fact.bad
        if isinstance(good, Part):
            inner = self._thing(good.facts, "")
            return Draft([Slot(inner, self._text(bad.text), fact.component) if isinstance(bad, Text) else inner])
        if isinstance(good, Values):
            draft = Draft(["["] if key == fact.name else ['{ "@list": ['])
            for number, (item, bad_item, component) in enumerate(good.items):
                draft.add(*([",", self._gap()] if number else []), self._item(item, bad_item, component, key))
            return draft.add("]" if key == fact.name else "]}")
        if isinstance(good, Text) and good.language:  # the language is no value of its own: it is left good
            return Draft([f'{{"@language": "{good.language}", "@value":', self._gap(), self._text(good.text), "}"])
        return self._item(good, bad or good, fact.component if bad else "", key)

    def _item(self, good: Text | Name, bad: Text | Name, component: str, key: str) -> Draft:
        if isinstance(good, Name):
            slot = Slot(self._name(good), self._name(bad), component)
            if key in ("kind", "ref", "members") and self._chance.random() < 0.7:
                return Draft([slot])
            return Draft([self._chance.choice(['{"id":', '{ "@id" :']), self._gap(), slot, "}"])
        assert isinstance(bad, Text)
        if good.datatype == "integer" and self._chance.random() < 0.5:
            return Draft([Slot(good.text, bad.text, component)])
        slot = Slot(self._text(good.text), self._text(bad.text), component)
        if good.datatype and key != "day":
            kind = self._chance.choice([f"xsd:{good.datatype}", _XSD + good.datatype])
            return Draft(['{"@value":', self._gap(), slot, f', "@type": "{kind}"}}'])
        return Draft([slot])

    def _value(self, value: Text | Name | Values | Part) -> str:
        assert isinstance(value, Text)
        return self._text(value.text)

    def _text(self, text: str) -> str:
        return json.dumps(text, ensure_ascii=self._chance.random() < 0.3)

    def _name(self, name: Text | Name) -> str:
        assert isinstance(name, Name)
        return self._text(self._chance.choice([f"ex:{name.name}", SPACE + name.name]))

    def _gap(self) -> str:
        return self._chance.choice(["", " ", "\n  ", "\r\n\t"])
