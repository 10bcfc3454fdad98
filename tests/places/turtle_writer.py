"""Things as Turtle, TriG, N-Triples and N-Quads, in any layout."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

from places.drafts import Draft, Mark, Slot
from places.things import SPACE, Fact, Name, Part, Text, Thing, Values

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_HEAD = f"@prefix ex: <{SPACE}> .\nPREFIX xsd: <{_XSD}>\n@base <{SPACE}> . # ü\n"


def turtle(things: Sequence[Thing], chance: random.Random) -> Draft:
    return _Turtle(chance).document(things)


def trig(things: Sequence[Thing], chance: random.Random) -> Draft:
    draft = Draft([_HEAD])
    writer = _Turtle(chance)
    for number, thing in enumerate(things):
        opening = chance.choice([f"ex:g{number} {{", f"GRAPH <g{number}>\n{{ ", "{", f"graph _:g{number} {{\t", ""])
        draft.add(opening, writer.thing(thing), "}\n" if opening else "\n")
    return draft.add("GRAPH ex:last { ex:anchor a ex:Anchor }")


class _Turtle:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def document(self, things: Sequence[Thing]) -> Draft:
        draft = Draft([_HEAD, "ex:anchor a ex:Anchor.\n"])
        for thing in things:
            draft.add(self.thing(thing), "\n")
        return draft

    def thing(self, thing: Thing) -> Draft:
        mark = Mark()
        facts = self._facts(thing.facts, mark)
        if thing.name:
            return Draft([mark, self._name(Name(thing.name)), self._gap(), facts, self._loose(), "."])
        if self._chance.random() < 0.5:
            return Draft([mark, "[", self._loose(), facts, self._loose(), "]", self._loose(), "."])
        return Draft([mark, f"_:b{self._chance.randrange(10**9)}", self._gap(), facts, self._loose(), "."])

    def _facts(self, facts: Sequence[Fact], mark: Mark) -> Draft:
        draft = Draft()
        for fact in facts:
            verb = "a" if fact.name == "type" else self._name(Name(fact.name))
            if fact.component and fact.bad is None:
                good = Draft([verb, self._gap(), self._value(fact.good), self._loose(), ";"])
                draft.add(Slot(good, "", fact.component, at=mark), self._loose())
            else:
                draft.add(verb, self._gap(), self._slot(fact))
                if fact.name == "label" and self._chance.random() < 0.5:
                    draft.add(self._loose(), ",", self._loose(), '"more ü"@en')
                draft.add(self._loose(), ";", self._loose())
        return draft

    def _slot(self, fact: Fact) -> Draft:
        good = self._value(fact.good)
        if fact.bad is None:
            return Draft([good])
        return Draft([Slot(good, self._literal(fact.bad), fact.component)])

    def _value(self, value: Text | Name | Values | Part) -> Draft:
        if isinstance(value, Part):
            return Draft(["[", self._loose(), self._facts(value.facts, Mark()), "]"])
        if isinstance(value, Values):
            draft = Draft(["("])
            for good, bad, component in value.items:
                draft.add(self._gap(), Slot(self._literal(good), self._literal(bad), component))
            return draft.add(self._loose(), ")")
        return Draft([self._literal(value)])

    def _literal(self, value: Text | Name) -> str:
        if isinstance(value, Name):
            return self._name(value)
        if value.datatype == "integer" and self._chance.random() < 0.5:
            return value.text
        quoted = json.dumps(value.text, ensure_ascii=self._chance.random() < 0.3)
        if '"' not in value.text and "\\" not in value.text:
            quoted = self._chance.choice([quoted, f"'{value.text}'", f'"""{value.text}"""', f"'''{value.text}'''"])
        if value.datatype:
            return quoted + "^^" + self._chance.choice([f"xsd:{value.datatype}", f"<{_XSD}{value.datatype}>"])
        return quoted + (f"@{value.language}" if value.language else "")

    def _name(self, value: Name) -> str:
        return self._chance.choice([f"ex:{value.name}", f"<{SPACE}{value.name}>", f"<{value.name}>"])

    def _gap(self) -> str:
        return self._chance.choice([" ", "  ", "\n    ", "\t", ' # ; . "ü [\n ', "\r\n"])

    def _loose(self) -> str:
        return self._chance.choice(["", self._gap()])


def ntriples(things: Sequence[Thing], chance: random.Random) -> Draft:
    return _Lines(chance, quads=False).document(things)


def nquads(things: Sequence[Thing], chance: random.Random) -> Draft:
    return _Lines(chance, quads=True).document(things)


class _Lines:
    """A statement a line; what is in brackets elsewhere follows in lines of its own."""

    def __init__(self, chance: random.Random, *, quads: bool) -> None:
        self._chance, self._quads, self._blanks = chance, quads, 0
        self._draft = Draft()

    def document(self, things: Sequence[Thing]) -> Draft:
        self._line(Draft([f"<{SPACE}anchor>"]), f"{_RDF}type", Draft([f"<{SPACE}Anchor>"]))
        for thing in things:
            self._facts(f"<{SPACE}{thing.name}>" if thing.name else self._blank(), thing.facts)
        return self._draft

    def _facts(self, subject: str, facts: Sequence[Fact]) -> None:
        mark = Mark()
        for number, fact in enumerate(sorted(facts, key=lambda fact: fact.bad is None)):
            predicate = f"{_RDF}type" if fact.name == "type" else SPACE + fact.name
            begin = Draft([subject] if number else [mark, subject])
            if isinstance(fact.good, (Text, Name)):
                good = self._literal(fact.good)
                if fact.bad is None and fact.component:
                    line = Draft([subject, self._space(), f"<{predicate}>", self._space(), good, self._end()])
                    self._draft.add(Slot(line, "", fact.component, at=mark))
                else:
                    bad = self._literal(fact.bad) if fact.bad else ""
                    self._line(begin, predicate, Draft([Slot(good, bad, fact.component)]))
            elif isinstance(fact.good, Part):
                node = self._blank()
                bad = self._literal(fact.bad) if fact.bad else ""
                value: str | Slot = Slot(node, bad, fact.component) if fact.component else node
                self._line(begin, predicate, Draft([value]))
                self._facts(node, fact.good.facts)
            else:
                cells = [*(self._blank() for _ in fact.good.items), f"<{_RDF}nil>"]
                self._line(begin, predicate, Draft([cells[0]]))
                for place, (item, bad_item, component) in enumerate(fact.good.items):
                    slot = Slot(self._literal(item), self._literal(bad_item), component)
                    self._line(Draft([cells[place]]), f"{_RDF}first", Draft([slot]))
                    self._line(Draft([cells[place]]), f"{_RDF}rest", Draft([cells[place + 1]]))

    def _line(self, subject: Draft, predicate: str, value: Draft) -> None:
        if self._chance.random() < 0.1:
            self._draft.add(self._chance.choice(["\n", "# a comment . <ü>\n", " \t\n"]))
        indent = self._chance.choice(["", "", " "])
        self._draft.add(indent, subject, self._space(), f"<{predicate}>", self._space(), value, self._end())

    def _end(self) -> str:
        graph = self._chance.choice(["", f" <{SPACE}g>", " _:g"]) if self._quads else ""
        return graph + self._chance.choice([" .\n", ".\r\n", " . # <ü>\n"])

    def _space(self) -> str:
        return self._chance.choice([" ", "\t", "  "])

    def _blank(self) -> str:
        self._blanks += 1
        return f"_:x{self._blanks}"

    def _literal(self, value: Text | Name) -> str:
        if isinstance(value, Name):
            return f"<{SPACE}{value.name}>"
        quoted = json.dumps(value.text, ensure_ascii=self._chance.random() < 0.3)
        if value.datatype:
            return f"{quoted}^^<{_XSD}{value.datatype}>"
        return quoted + (f"@{value.language}" if value.language else "")
