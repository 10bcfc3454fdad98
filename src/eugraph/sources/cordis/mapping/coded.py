"""Things whose address is made of a code: calls, topics, programmes and their parts."""

from __future__ import annotations

from collections import defaultdict

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.mapping.choosing import Choice
from eugraph.sources.cordis.mapping.context import Context
from eugraph.sources.cordis.nquads_text import escaped, one_line, predicate, slug
from eugraph.vocab import term

_TYPE = predicate("rdf:type")
_NOTATION = predicate("skos:notation")
_TITLE = predicate("dcterms:title")
_NAME = predicate("eug:officialName")
_RCN = predicate("eug:rcn")
_PART_OF = predicate("dcterms:isPartOf")
_SOURCE = predicate("dcterms:source")


class Coded:
    """Gathers what is said of such things while rows are read, and describes each once at the end.

    It names nothing with skos:prefLabel: curated files may describe the same address under a name of their own. The
    rule `names` gives the official name to what has none. Codes that differ in case or signs only are one thing.

    Args:
        context: what everything is written to.
        kind: the kind of thing in addresses, `call` or `programme`.
        of: the class, as `prefix:name`.
        by: the property by which grants lead there, as `prefix:name`.
        column: the column that has the code, for the ledger.
        by_title: whether the title is the official name; else the code is.
    """

    def __init__(self, context: Context, kind: str, of: str, by: str, column: str, *, by_title: bool) -> None:
        self._context, self._kind, self._column, self._by_title = context, kind, column, by_title
        self._type, self._by = f"{_TYPE}{term(of)}", predicate(by)
        self._codes: dict[str, Choice] = defaultdict(Choice)
        self._titles: dict[str, Choice] = defaultdict(Choice)
        self._rcns: dict[str, set[str]] = defaultdict(set)
        self._wholes: dict[str, set[str]] = defaultdict(set)
        self._linked: set[tuple[str, str]] = set()
        self._told: set[tuple[str, str]] = set()

    def add(self, code: str, file: str, line: int, name: str = "") -> str:
        """Remember a code, and return the last part of its address; "" where it has no letter or digit.

        Args:
            code: the code.
            file: the file that has it.
            line: the line that has it.
            name: the last part of the address, where it is not made of the code.
        """
        found = name or slug(code)
        if found:
            self._codes[found].add(code, file, line)
        return found

    def titled(self, name: str, title: str, file: str, line: int, rcn: str = "") -> None:
        """Remember a title, and a record number."""
        if title:
            self._titles[name].add(title, file, line)
        if rcn:
            self._rcns[name].add(rcn)

    def part_of(self, name: str, whole: str) -> None:
        """Remember that a thing is part of what has the address `whole` below the base; nothing is part of itself."""
        if f"{self._kind}/{name}" != whole:
            self._wholes[name].add(whole)

    def link(self, number: str, name: str) -> None:
        """State once that the grant with this number belongs there."""
        if (number, name) not in self._linked:
            self._linked.add((number, name))
            base = self._context.base
            self._context.write(f"<{base}grant/{number}>{self._by}<{base}{self._kind}/{name}>{self._context.end}")

    def told_before(self, number: str, code: str) -> bool:
        """Tell whether a row of the table has said of this project's grant that it belongs there."""
        if (number, code) in self._told:
            return True
        self._told.add((number, code))
        return False

    def finish(self) -> None:
        """Describe each thing."""
        context = self._context
        base, end = context.base, context.end
        for name in sorted(self._codes):
            here = f"<{base}{self._kind}/{name}>"
            code = self._codes[name].best(kinds.SPELLINGS, context, self._column, name)
            lines = [
                f"{here}{self._type}{end}",
                f'{here}{_NOTATION}"{escaped(code)}"{end}',
                f"{here}{_SOURCE}{context.source}{end}",
            ]
            called = code
            if name in self._titles:
                title = self._titles[name].best(kinds.TITLES_DIFFER, context, "title", name)
                lines.append(f'{here}{_TITLE}"{escaped(one_line(title))}"@en{end}')
                called = title if self._by_title else code
            lines.append(f'{here}{_NAME}"{escaped(one_line(called))}"@en{end}')
            if rcns := self._rcns.get(name):
                lines.append(f'{here}{_RCN}"{escaped(min(rcns))}"{end}')
            lines += [f"{here}{_PART_OF}<{base}{whole}>{end}" for whole in sorted(self._wholes.get(name, ()))]
            context.write("".join(lines))
            context.count(self._kind)
