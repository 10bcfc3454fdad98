"""Things as RDF/XML: typed elements or descriptions, values in elements, attributes or inner things."""

from __future__ import annotations

import random
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from places.drafts import Draft, Echo, Mark, Slot
from places.things import SPACE, Fact, Name, Part, Text, Thing, Values

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def rdf_xml(things: Sequence[Thing], chance: random.Random) -> Draft:
    return _Xml(chance).document(things)


class _Xml:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def document(self, things: Sequence[Thing]) -> Draft:
        draft = Draft(
            ["<?xml version='1.0' encoding=\"UTF-8\"?>\n<!-- <ü> -->\n"] if self._chance.random() < 0.5 else []
        )
        draft.add(f'<rdf:RDF xmlns:rdf="{_RDF}"\n  xmlns:ex="{SPACE}" xml:base="{SPACE}">')
        draft.add('<ex:Anchor rdf:about="anchor"/>')
        for thing in things:
            draft.add(self._space(), self._thing(thing.facts, thing.name))
        return draft.add(self._space(), "</rdf:RDF>\n")

    def _thing(self, facts: Sequence[Fact], name: str) -> Draft:
        mark, tag, inside = Mark(), Draft(), Draft()
        if name:
            address = self._chance.choice([f'rdf:about="{SPACE}{name}"', f"rdf:about='{name}'", f'rdf:ID="{name}"'])
            # rdf:ID is a fragment of the base; both are names of the same kind here
            key, _, value = address.partition("=")
            tag.add(self._gap(), key, "=", mark, value)
        typed = next((fact for fact in facts if fact.name == "type"), None)
        element: Slot | str = "rdf:Description"
        if typed and self._chance.random() < 0.7:
            element = Slot("ex:Thing", "ex:Think", typed.component)
        elif typed and self._chance.random() < 0.5:
            slot = Slot(f'"{SPACE}Thing"', f'"{SPACE}Think"', typed.component)
            tag.add(self._gap(), "rdf:type=", slot)
        elif typed:
            inside.add(self._reference("rdf:type", typed))
        attributes: set[str] = set()
        for fact in facts:
            if fact is typed:
                continue
            simple = isinstance(fact.good, Text) and not fact.good.datatype and not fact.good.language
            if simple and fact.name not in attributes and self._chance.random() < 0.3:
                attributes.add(fact.name)
                tag.add(self._attribute(fact, mark))
            else:
                inside.add(self._space(), self._property(fact, mark))
        begin: list[Mark | str] = ["<"] if name else [mark, "<"]
        end: Echo | str = Echo(element) if isinstance(element, Slot) else element
        return Draft([*begin, element, tag, ">", inside, self._space(), "</", end, ">"])

    def _attribute(self, fact: Fact, mark: Mark) -> Draft:
        assert isinstance(fact.good, Text)
        if fact.bad is None:
            good = Draft([self._gap(), f"ex:{fact.name}=", quoteattr(fact.good.text)])
            return Draft([Slot(good, "", fact.component, at=mark) if fact.component else good])
        assert isinstance(fact.bad, Text)
        slot = Slot(quoteattr(fact.good.text), quoteattr(fact.bad.text), fact.component)
        return Draft([self._gap(), f"ex:{fact.name}", self._chance.choice(["=", " = "]), slot])

    def _property(self, fact: Fact, mark: Mark) -> Draft:
        name, good, bad = f"ex:{fact.name}", fact.good, fact.bad
        if isinstance(good, Name):
            return self._reference(name, fact)
        if isinstance(good, Part):
            return self._part(fact)
        if isinstance(good, Values):
            return self._list(fact.name, good)
        attribute = f' xml:lang="{good.language}"' if good.language else ""
        attribute += f'{self._gap()}rdf:datatype="{_XSD}{good.datatype}"' if good.datatype else ""
        content: Slot | str = escape(good.text)
        if isinstance(bad, Text) and not good.language:
            content = Slot(escape(good.text), escape(bad.text), fact.component)
        element = Draft([f"<{name}{attribute}>", content, f"</{name}>"])
        return Draft([Slot(element, "", fact.component, at=mark)]) if fact.component and bad is None else element

    def _reference(self, name: str, fact: Fact) -> Draft:
        assert isinstance(fact.good, Name)
        assert isinstance(fact.bad, Name)
        slot = Slot(self._address(fact.good), self._address(fact.bad), fact.component)
        if name != "rdf:type" and self._chance.random() < 0.4:
            return Draft([f"<{name}><rdf:Description rdf:about=", slot, f"/></{name}>"])
        return Draft([f"<{name}{self._gap()}rdf:resource=", slot, f"{self._chance.choice(['', ' '])}/>"])

    def _part(self, fact: Fact) -> Draft:
        """A part in an element of its own; where a text may replace it, it stands directly behind the tag."""
        assert isinstance(fact.good, Part)
        name = f"ex:{fact.name}"
        inner = self._thing(fact.good.facts, "")
        if isinstance(fact.bad, Text):
            return Draft([f"<{name}>", Slot(inner, fact.bad.text, fact.component), f"</{name}>"])
        if self._chance.random() < 0.5:
            content = Draft()
            for each in fact.good.facts:
                content.add(self._space(), self._property(each, Mark()))
            return Draft([f"<{name} rdf:parseType='Resource'>", content, f"</{name}>"])
        return Draft([f"<{name}>", self._space(), inner, f"</{name}>"])

    def _list(self, name: str, values: Values) -> Draft:
        if name == "members":
            draft = Draft([f'<ex:{name} rdf:parseType="Collection">'])
            for good, bad, component in values.items:
                assert isinstance(good, Name)
                assert isinstance(bad, Name)
                slot = Slot(self._address(good), self._address(bad), component)
                draft.add(self._space(), "<rdf:Description", self._gap(), "rdf:about=", slot, "/>")
            return draft.add(f"</ex:{name}>")
        draft, end = Draft(), ""
        for number, (good, bad, component) in enumerate(values.items):  # cells written out
            assert isinstance(good, Text)
            assert isinstance(bad, Text)
            link = "rdf:rest" if number else f"ex:{name}"
            draft.add(f"<{link}><rdf:Description><rdf:first>", Slot(good.text, bad.text, component), "</rdf:first>")
            end = f"</rdf:Description></{link}>{end}"
        return draft.add(f'<rdf:rest rdf:resource="{_RDF}nil"/>', end)

    def _address(self, name: Name) -> str:
        quote = self._chance.choice("'\"")
        return quote + self._chance.choice([name.name, SPACE + name.name]) + quote

    def _gap(self) -> str:
        return self._chance.choice([" ", "\n   ", "\t"])

    def _space(self) -> str:
        return self._chance.choice(["", "\n  ", " <!-- ü -->\r\n "])
