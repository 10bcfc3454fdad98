"""Random SELECT queries of constraints, from a small grammar that visits the corners of SPARQL 1.1.

Most patterns lead on from `$this` or from a variable that is bound already, as in queries that people write; some do not.

Spec: SPARQL 1.1 §19.8, <https://www.w3.org/TR/sparql11-query/#sparqlGrammar>; SHACL §5, <https://www.w3.org/TR/shacl/#sparql-constraints>.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from differential.chance import Chance, chances
from differential.terms import EX

PREFIXES = f"PREFIX ex: <{EX}>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
_PREDICATES = ("ex:p", "ex:q", "ex:r", f"<{EX}p>", "ex:p\\.q", "ex:s-t", "ex:s\\-t", "a", "rdfs:subClassOf")
_NODES = ("ex:a", "ex:b", "ex:c", f"<{EX}d>", "ex:C", "ex:D")
_TEXTS = ('"a"', "'a'", '"abc"', '"""a"""', '"a"@en', '"}"', '"\\u0061"')
_LITERALS = (*_TEXTS, "1", "2", "10", "-3", "true", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>')
_FREE = ("?x", "?y", "?z", "$x", "?value")
_COMMENTS = ("# PREFIX ex: <http://elsewhere.example/> }", "# } { OPTIONAL {", "#'", '# "', "")


@dataclass(frozen=True)
class Wanted:
    """What a query may hold.

    Attributes:
        path: $PATH may stand in it.
        careful: nothing on which engines are known to differ, whatever the query's right answer is.
        variables: pre-bound ones beside $this.
        no_value: it may not speak of ?value.
        sub_selects: it may have some.
    """

    path: bool = False
    careful: bool = False
    variables: tuple[str, ...] = ()
    no_value: bool = False
    sub_selects: bool = True


class Writer:
    """Writes one query; notes which features it has."""

    def __init__(self, by: Chance, wanted: Wanted) -> None:
        self.wanted = wanted
        self.pick, self.number, self.some = by.pick, by.number, by.some
        self.features: set[str] = set()
        self._fresh = 0

    def fresh(self) -> str:
        """A variable that stands nowhere else."""
        self._fresh += 1
        return f"?n{self._fresh}"

    @property
    def free(self) -> Sequence[str]:
        """Variables that a pattern may bind."""
        return _FREE[:-1] if self.wanted.no_value else _FREE

    # Terms and paths

    def start(self, seen: list[str]) -> str:
        """A subject; mostly something that is bound by then."""
        kind = self.number(0, 11)
        if kind < 9:
            return self.pick(seen) if seen else "$this"
        return self.pick(_NODES) if kind < 11 else self.pick(self.free)

    def end(self, seen: list[str]) -> str:
        """An object."""
        kind = self.number(0, 9)
        if kind < 6:
            return self.pick(self.free)
        if kind == 6:
            return self.pick(_NODES)
        if kind == 7:
            return self.pick(_TEXTS if self.wanted.careful else _LITERALS)
        return self.pick([*seen, *self.wanted.variables, "$this"])

    def path(self, depth: int = 0) -> str:
        """A property path, or a predicate."""
        if depth == 0 and self.wanted.path and self.number(0, 3) == 0:
            self.features.add("$PATH")
            return self.pick(("$PATH", "?PATH"))
        if depth > 2 or self.number(0, 2) < 2:
            return self.pick([it for it in _PREDICATES if not (self.wanted.careful and "\\" in it)])
        self.features.add("property path")
        kind = self.pick(("^", "/", "|", "*", "+", "?", "()"))
        if kind == "^":
            return f"^{self._step(depth)}"
        if kind in ("/", "|"):
            return f"{self._step(depth)}{self.pick((kind, f' {kind} '))}{self._step(depth)}"
        if kind == "()":
            return f"({self.path(depth + 1)})"
        return f"{self._step(depth)}{kind}"

    def _step(self, depth: int) -> str:
        inner = self.path(depth + 1)
        return inner if inner in _PREDICATES else f"({inner})"

    # Parts of a group

    def triple(self, seen: list[str]) -> str:
        """One subject with one to two predicates, or a blank node that has them."""
        kind = self.number(0, 9)
        if kind == 0:
            self.features.add("blank node")
            subject, way, value = self.start(seen), self.path(), self.end(seen)
            inner = f"[ {self.path()} {value} ]"
            return f"{subject} {way} {inner} ."
        if kind == 1:
            self.features.add("blank node")
            value = self.start(seen)
            return f"[ {self.path()} {value} ; {self.path()} {self._bind(seen, self.end(seen))} ] ."
        subject = self.start(seen)
        if kind == 2 and not subject.startswith("ex:"):  # from its end to its start
            return f"{self._bind(seen, self.pick(self.free))} {self.path()} {subject} ."
        if kind == 3 and not self.wanted.careful:
            self.features.add("variable predicate")
            return f"{subject} {self.pick(('?way', '?x'))} {self._bind(seen, self.end(seen))} ."
        first = f"{subject} {self.path()} {self._bind(seen, self.end(seen))}"
        if kind == 4:
            return f"{first} ; {self.path()} {self._bind(seen, self.end(seen))} ."
        if kind == 5:
            return f"{first} , {self.end(seen)} ."
        return f"{first} ."

    @staticmethod
    def _bind(seen: list[str], node: str) -> str:
        if node[0] in "?$" and node not in seen:
            seen.append(node)
        return node

    def expression(self, seen: list[str]) -> str:
        """Something that is true or false."""
        left = self.pick(seen or ["$this"])
        right = self.pick([*seen, *_NODES[:2], '"a"', '"}"', "1", "$this"])
        forms = [
            f"{left} = {right}",
            f"{left} != {right}",
            f"isIRI({left})",
            f"!isLiteral({left})",
            f"{left} IN ({right}, ex:a)",
            f"sameTerm({left}, {right})",
        ]
        if not self.wanted.careful:
            forms += [
                f'STR({left}) != "}}{{ # no comment"',
                f"BOUND({self.pick(self.free)})",
                f"!BOUND({self.pick(self.free)})",
                f"COALESCE({self.pick(self.free)}, {left}) != {right}",
            ]
        one = self.pick(forms)
        return one if self.number(0, 4) else f"({one} || {self.pick(forms)})"

    def group(self, seen: list[str], depth: int, *, exists: bool = False) -> str:
        """A group; what it binds for certain is added to `seen`."""
        parts = [self.triple(seen) if self.number(0, 5) else self._part(seen, depth, exists=exists)]
        parts += [
            self.triple(seen) if depth > 2 or self.number(0, 1) else self._part(seen, depth, exists=exists)
            for _ in range(self.number(0, 2 if self.wanted.careful else 3))
        ]
        if not self.wanted.careful and self.number(0, 9) == 0:
            self.features.add("comment")
            parts.insert(self.number(0, len(parts)), f"{self.pick(_COMMENTS)}\n")
        return f"{{ {' '.join(parts)} }}"

    def _part(self, seen: list[str], depth: int, *, exists: bool) -> str:
        kind = self.pick(("OPTIONAL", "UNION", "FILTER", "EXISTS", "NOT EXISTS", "BIND", "group", "sub-select"))
        if depth > (1 if self.wanted.careful else 2):
            kind = "FILTER"
        inner = list(seen)
        if kind == "FILTER":
            return f"FILTER ({self.expression(seen)})"
        if kind == "sub-select" and (exists or not self.wanted.sub_selects):
            kind = "group"
        self.features.add(kind)
        match kind:
            case "OPTIONAL":
                return f"OPTIONAL {self.group(inner, depth + 1)}"
            case "UNION":
                return self._union(seen, depth)
            case "EXISTS" | "NOT EXISTS":
                return self._exists(kind, seen, depth)
            case "BIND":
                source, name = self.pick(seen or ["$this"]), self.fresh()
                seen.append(name)
                text = source if self.wanted.careful else self.pick((source, f"STR({source})"))
                return f"BIND ({text} AS {name})"
            case "sub-select":
                return self._sub_select(seen, depth)
        return self.group(seen if self.number(0, 1) else inner, depth + 1, exists=exists)

    def _union(self, seen: list[str], depth: int) -> str:
        branches = [list(seen) for _ in range(self.number(2, 3))]
        text = " UNION ".join(self.group(branch, depth + 1) for branch in branches)
        seen += [name for name in branches[0] if name not in seen and all(name in branch for branch in branches)]
        return text

    def _exists(self, kind: str, seen: list[str], depth: int) -> str:
        asked = f"{kind} {self.group(list(seen), depth + 1, exists=True)}"
        if not self.wanted.careful and self.number(0, 3) == 0:
            name = self.fresh()
            seen.append(name)
            return f"BIND ({asked} AS {name})"
        if self.number(0, 3) == 0:
            return f"FILTER ({self.expression(seen)} || {asked})"
        return f"FILTER {asked}"

    def counts(self, variable: str) -> str:
        """A count; of distinct values where engines differ on how often a path leads somewhere."""
        return f"COUNT({'DISTINCT ' if self.wanted.careful or self.number(0, 1) else ''}{variable})"

    def _sub_select(self, seen: list[str], depth: int) -> str:
        inner = ["$this"]
        text = self.group(inner, depth + 1)
        named = " ".join(["$this", *self.wanted.variables])
        if self.number(0, 1):
            self.features.add("aggregate")
            name, counted = self.fresh(), self.pick(inner)
            least = ["0", "1"] if self.wanted.careful else ["", "0", "1"]  # a group of nothing: see test_known.py
            having = f" HAVING ({self.counts(counted)} > {most})" if (most := self.pick(least)) else ""
            seen.append(name)
            how = self.counts(counted) if self.number(0, 2) else f"MAX({counted})"
            return f"{{ SELECT {named} ({how} AS {name}) WHERE {text} GROUP BY {named}{having} }}"
        others = [name for name in inner if name[1:] not in {it[1:] for it in ("$this", *self.wanted.variables)}]
        kept = list({it[1:]: it for it in self.some(others, 0, 2)}.values())
        seen += [name for name in kept if name not in seen]
        return f"{{ SELECT {self.pick(('', 'DISTINCT '))}{named} {' '.join(kept)} {self.pick(('WHERE ', ''))}{text} }}"

    # Whole queries

    def ask(self) -> str:
        """An ASK query of a component, which is true of a value that is right."""
        seen = ["$this", "$value"]
        return f"ASK {self.pick(('', 'WHERE '))}{self.group(seen, 0)}"

    def select(self) -> str:
        """A SELECT query of a constraint."""
        seen = ["$this"]
        text = self.group(seen, 0)
        kind = self.number(0, 7)
        if kind == 0 and not (self.wanted.careful and self.wanted.variables):  # pySHACL has ?value bound in validators
            self.features.add("aggregate")
            counted = self.pick(seen)
            count = self.counts(counted)
            having = f"{count} > {self.number(0, 1)}"
            if not self.wanted.careful and self.number(0, 2) == 0:
                having += f" && {self.pick(('', 'NOT '))}EXISTS {self.group(['$this'], 2, exists=True)}"
            return f"SELECT $this ({count} AS ?value) WHERE {text} GROUP BY $this HAVING ({having})"
        if kind == 1 and not self.wanted.careful and "?value" not in text and "$value" not in text:
            self.features.add("SELECT expression")
            inner = self.group(["$this"], 2, exists=True)
            if "?value" not in inner:
                return f"SELECT $this (EXISTS {inner} AS ?value) WHERE {text}"
        if self.wanted.careful:  # equal solutions are told once by some
            return f"SELECT DISTINCT $this {'?value' if '?value' in text else ''} WHERE {text}"
        if kind == 2:
            return f"SELECT * WHERE {text}"
        selected = "?value" if "?value" in text and kind < 7 else ""
        return f"SELECT {self.pick(('', 'DISTINCT '))}$this {selected} {self.pick(('WHERE ', ''))}{text}"


def selects(wanted: Wanted) -> st.SearchStrategy[tuple[str, frozenset[str]]]:
    """Queries, and the features of each."""

    def one(by: Chance) -> tuple[str, frozenset[str]]:
        writer = Writer(by, wanted)
        text = writer.select()
        return text, frozenset(writer.features)

    return chances().map(one)
