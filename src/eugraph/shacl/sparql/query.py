"""The query of a constraint: what it may not hold, and the form in which it is asked for many rows at once.

A row binds the pre-bound variables: `$this`, and for a component `$value`. Pre-binding means that they hold in every
group of the query, so a clause that binds them is put at the start of every group that speaks of them, and the number
of the row is selected. Variables that are the same for all rows are put in as terms.

Spec: SHACL §5.2.1 and appendix A, <https://www.w3.org/TR/shacl/#pre-binding>.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eugraph.store.tokens import Token, solid

ROW = "eugraphRow"  # the variable that holds a row
_REFUSED = ("MINUS", "VALUES", "SERVICE", "FROM", "LOAD")
_AFTER_LISTS = frozenset(("HAVING", "ORDER", "LIMIT", "OFFSET"))
_COUNTING = frozenset(("GROUP", "HAVING", "LIMIT", "OFFSET", "ORDER", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE"))
_COUNTING |= {"GROUP_CONCAT", "BNODE", "RAND", "UUID", "STRUUID"}
_GAP = "\x00"  # stands in no query
_ONE_BY_ONE = frozenset(("LIMIT", "OFFSET"))


class QueryFaultError(ValueError):
    """A query that SHACL does not let a constraint ask."""


@dataclass(frozen=True)
class _Select:
    """One SELECT or ASK: where its projection and its group stand among the solid tokens."""

    word: int
    opens: int
    variables: frozenset[str]  # projected by name
    everything: bool  # SELECT *


class ConstraintQuery:
    """A SELECT or ASK query that a shape holds, with the variables that are the same for all rows put in."""

    def __init__(self, text: str, *, prologue: str, rows: Sequence[str], constants: Mapping[str, str]) -> None:
        """Read the query.

        Args:
            text: as the shape has it.
            prologue: the prefix declarations that it may use.
            rows: names of the variables that a row binds.
            constants: those that are the same for all rows -> terms as SPARQL writes them; `PATH` is a property path.

        Raises:
            QueryFaultError: it holds what no constraint may, or does not return what it must.
        """
        self.prologue = prologue
        self._read(text)
        self._refuse({*rows, *constants})
        self.reads_shapes = "shapesGraph" in self.variables
        if "PATH" in self.variables and "PATH" not in constants:
            raise QueryFaultError("it speaks of $PATH, and the shape has no sh:path")
        self.rows = tuple(name for name in rows if name in self.variables or name in ("this", "value"))
        used = {name: term for name, term in constants.items() if name in self.variables}
        if used:
            self._read(self._with_constants(used))

    def _read(self, text: str) -> None:
        self.filled = text
        self.solid = solid(text)
        self.words = frozenset(token.text.upper() for token in self.solid if token.kind == "word")
        self.variables = frozenset(token.text[1:] for token in self.solid if token.kind == "variable")
        self._selects = list(self._find_selects())
        if not self._selects:
            raise QueryFaultError("it is no query. Begin it with SELECT or ASK")
        self.asks = self.solid[self._selects[0].word].text.upper() == "ASK"
        for select in self._selects[1 if self.asks else 0 :]:
            returned = "this" in select.variables or (select.everything and select is self._selects[0])
            if not returned:
                raise QueryFaultError("a SELECT in it does not return $this. Add it")

    @property
    def one_by_one(self) -> bool:
        """Tell whether rows cannot be asked together, as the query counts its own solutions."""
        return not _ONE_BY_ONE.isdisjoint(self.words)

    def _refuse(self, prebound: Collection[str]) -> None:
        for index, token in enumerate(self.solid):
            word = token.text.upper()
            if token.kind == "word" and word in _REFUSED:
                raise QueryFaultError(f"{word} cannot stand in it. Ask in another way, of the data at hand only")
            if token.kind == "word" and word == "AS" and index + 1 < len(self.solid):
                name = self.solid[index + 1].text[1:]
                if name in prebound:
                    raise QueryFaultError(f"${name} is bound before the query, and AS ${name} would bind it again")

    def _find_selects(self) -> Iterator[_Select]:
        for index, token in enumerate(self.solid):
            if token.kind != "word" or token.text.upper() not in ("SELECT", "ASK"):
                continue
            variables: set[str] = set()
            everything, depth, last = False, 0, Token("", "", 0)
            for at in range(index + 1, len(self.solid)):
                piece = self.solid[at]
                if piece.text == "{" and depth == 0:
                    yield _Select(index, at, frozenset(variables), everything)
                    break
                depth += (piece.text == "(") - (piece.text == ")")
                if piece.kind == "variable" and (depth == 0 or last.text.upper() == "AS"):
                    variables.add(piece.text[1:])
                everything = everything or (piece.text == "*" and depth == 0)
                last = piece

    def _with_constants(self, constants: Mapping[str, str]) -> str:
        """Return the text with terms at the tokens of variables; nothing is left to select by these names."""
        projecting = {at for select in self._selects for at in range(select.word + 1, select.opens)}
        listed = set(self._listed())
        depth = 0
        pieces: dict[int, str] = {}
        for index, token in enumerate(self.solid):
            depth = depth + (token.text == "(") - (token.text == ")") if index in projecting else 0
            name = token.text[1:]
            if token.kind == "variable" and name in constants:
                if self.solid[index - 2].text.upper() == "BOUND":  # BOUND ( variable ) takes no term
                    pieces |= {index - 2: "(true)", index - 1: "", index: "", index + 1: ""}
                    continue
                if index in projecting and depth == 0:
                    pieces[index] = ""
                else:
                    pieces[index] = f"({constants[name]})" if index in listed else f" {constants[name]} "
        return self._rewritten(pieces, {})

    def _listed(self) -> Iterator[int]:
        """Yield the tokens of GROUP BY and ORDER BY that stand in no brackets: a term there needs some."""
        listing, depth = False, 0
        for index, token in enumerate(self.solid):
            if token.kind == "word":
                listing = token.text.upper() not in _AFTER_LISTS and (listing or token.text.upper() == "BY")
            elif token.kind == "other":
                listing = listing and token.text not in "{}"
                depth += (token.text == "(") - (token.text == ")")
            if listing and depth == 0:
                yield index

    def asked(self, binding: str, row: Sequence[str] = (ROW,)) -> str:
        """Return the text to ask, with the prefixes.

        Args:
            binding: the clause that binds the row and its variables, put at the start of groups.
            row: the variables that tell rows apart, and are returned.
        """
        first = self._selects[0]
        told = " ".join(f"?{name}" for name in row)
        replaced = {first.word: f"SELECT DISTINCT {told}"} if self.asks else {}
        inserted: dict[int, str] = {}  # before which token
        for select in self._selects:
            if not select.everything and not (self.asks and select is first):
                more = (f"?{name}" for name in row if name not in select.variables)
                inserted[self._end_of_projection(select)] = f" {' '.join(more)} "
        for brace in self._groups():
            inserted[brace + 1] = f" {binding} {inserted.get(brace + 1, '')}"
        for index, token in enumerate(self.solid[:-2]):
            if token.kind == "word" and token.text.upper() == "GROUP":  # BY is next
                known = self._grouped(index + 2)
                added = " ".join(f"?{name}" for name in row if name not in known)
                inserted[index + 2] = f" {added} {inserted.get(index + 2, '')}"
        return self.prologue + self._rewritten(replaced, inserted)

    @property
    def projected(self) -> frozenset[str] | None:
        """The variables that the outermost SELECT returns; None for all."""
        first = self._selects[0]
        return None if first.everything else first.variables

    def spoken_of(self, filters: Sequence[tuple[int, int]]) -> frozenset[str]:
        """The variables in filters, given as places of tokens, and in the expressions of the outermost SELECT."""
        places = [index for start, end in filters for index in range(start, end)]
        depth, first = 0, self._selects[0]
        for index in range(first.word + 1, first.opens):
            text = self.solid[index].text
            depth += (text == "(") - (text == ")")
            if depth:
                places.append(index)
        return frozenset(self.solid[index].text[1:] for index in places if self.solid[index].kind == "variable")

    def over_values(self, filters: Sequence[tuple[int, int]], names: Sequence[str]) -> tuple[str, str] | None:
        """Return the text around the rows of a VALUES clause that stands in place of the query's triple patterns.

        Args:
            filters: where the filters of the outermost group begin and end, as places of tokens.
            names: the variables that a row of the clause holds, after the row itself.

        Returns:
            What stands before and after the rows; None where solutions are counted or cut, so that it would matter
            how they came about.
        """
        if self.asks or not _COUNTING.isdisjoint(self.words):
            return None
        (select,) = self._selects
        closes = max(index for index, token in enumerate(self.solid) if token.text == "}")
        kept = {index for start, end in filters for index in range(start, end)}
        replaced = {index: "" for index in range(select.opens + 1, closes) if index not in kept}
        columns = " ".join(f"?{name}" for name in (ROW, *names))
        inserted = {select.opens + 1: f" VALUES ({columns}) {{ {_GAP} }} "}
        if not select.everything:
            inserted[self._end_of_projection(select)] = f" ?{ROW} "
        before, _, after = self._rewritten(replaced, inserted).partition(_GAP)
        return self.prologue + before, after

    def _grouped(self, start: int) -> set[str]:
        """The variables that a GROUP BY names from a token on: Virtuoso goes wrong where one is named twice."""
        found: set[str] = set()
        for token in self.solid[start:]:
            if token.kind != "variable":
                break
            found.add(token.text[1:])
        return found

    def _end_of_projection(self, select: _Select) -> int:
        before = select.opens - 1
        return before if self.solid[before].text.upper() == "WHERE" else select.opens

    def _rewritten(self, replaced: Mapping[int, str], inserted: Mapping[int, str]) -> str:
        pieces: list[str] = []
        end = 0
        for index, token in enumerate(self.solid):
            between = self.filled[end : token.offset]
            pieces += [between, inserted.get(index, ""), replaced.get(index, token.text)]
            end = token.offset + len(token.text)
        return "".join([*pieces, self.filled[end:]])

    def _groups(self) -> Iterator[int]:
        """Yield the brace of each group that speaks of a pre-bound variable, and of the outermost.

        Not those under EXISTS: these are asked with the values of the solution at hand.
        """
        opened: list[tuple[int, bool, bool]] = []  # brace, under EXISTS, a SELECT of its own
        speaking: set[int] = {self._selects[0].opens}  # in them or in a group of theirs
        found: list[int] = []
        for index, token in enumerate(self.solid):
            if token.text == "{" and token.kind == "other":
                exists = self.solid[index - 1].text.upper() == "EXISTS" or bool(opened and opened[-1][1])
                inner = index + 1 < len(self.solid) and self.solid[index + 1].text.upper() == "SELECT"
                opened.append((index, exists, inner))
            elif token.text == "}" and token.kind == "other" and opened:
                brace, exists, inner = opened.pop()
                if brace in speaking and not exists and not inner:
                    found.append(brace)
            elif token.kind == "variable" and token.text[1:] in self.rows and opened:
                speaking.update(brace for brace, _, _ in opened)
        return iter(found)


_NAME = re.compile(r"PREFIX\s+([^\s:]*):\s*<([^<>]*)>", re.IGNORECASE)


def declared(prologue: str) -> dict[str, str]:
    """What the prefixes of a prologue without comments stand for."""
    return dict(_NAME.findall(prologue))
