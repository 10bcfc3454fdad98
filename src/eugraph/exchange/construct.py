"""A CONSTRUCT query taken apart, so that its rows can be asked for in pages and its template be filled in here.

Asking for rows tells what a CONSTRUCT hides: how many there are, which of them make no statement, and where an endpoint
gave fewer than it was asked for.

Spec: SPARQL 1.1 Query §10.2 and §16.2, <https://www.w3.org/TR/sparql11-query/#construct>.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.errors import QueryError
from eugraph.store import EmbeddedStore, Graph
from eugraph.store.tokens import Token, tokens

_VARIABLE = "urn:x-eugraph-variable:"
_MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET")


@dataclass(frozen=True, slots=True)
class Construct:
    """A CONSTRUCT query.

    `variables` are those of the template, in the order in which they first stand there. In the template they are IRIs
    that `variable_of` reads.
    """

    prologue: str
    template: tuple[Triple, ...]
    variables: tuple[str, ...]
    dataset: str
    pattern: str
    values: str

    def count(self) -> str:
        """Return a query that counts the rows."""
        return f"{self.prologue}\nSELECT (COUNT(*) AS ?rows) {self.dataset}\nWHERE {{ {{ {self._rows()} }} }}"

    def page(self, limit: int, *, after: str | None = None, at: str | None = None, offset: int = 0) -> str:
        """Return a query for rows in the order of their key, which is the text of the first variable.

        Args:
            limit: how many rows at most.
            after: give those whose key sorts after this one.
            at: give those with this key.
            offset: leave out so many rows.
        """
        first = self.variables[0]
        key = f'IF(ISBLANK(?{first}), "", COALESCE(STR(?{first}), ""))'  # some stores have texts for blank nodes
        narrowed = ""
        if after is not None:
            narrowed = f"FILTER({key} > {Literal(after)})"
        elif at is not None:
            narrowed = f"FILTER({key} = {Literal(at)})"
        order = " ".join((key, *(f"?{name}" for name in self.variables)))
        skipped = f"OFFSET {offset}" if offset else ""
        return (
            f"{self.prologue}\n{self._select()} {self.dataset}\nWHERE {{ {{ {self.pattern} }} {narrowed} }}\n"
            f"ORDER BY {order} LIMIT {limit} {skipped}\n{self.values}"
        )

    def _select(self) -> str:
        return f"SELECT DISTINCT {' '.join(f'?{name}' for name in self.variables)}"

    def _rows(self) -> str:
        return f"{self._select()} WHERE {{ {self.pattern} }} {self.values}"


def variable_of(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """Return the name of the variable for which a term of a template stands, or "" where it is a term."""
    is_one = isinstance(term, NamedNode) and term.value.startswith(_VARIABLE)
    return term.value.removeprefix(_VARIABLE) if is_one and isinstance(term, NamedNode) else ""


def read_construct(text: str) -> Construct:
    """Take a query apart.

    Raises:
        QuerySyntaxError: it is not SPARQL 1.1.
        QueryError: it is no CONSTRUCT, or has parts that pages have no room for.
    """
    EmbeddedStore().query(text)  # whether it is SPARQL at all
    pieces = [token for token in tokens(text) if token.kind != "comment"]
    start = _find(pieces, 0, "CONSTRUCT")
    if start is None:
        raise QueryError("only a CONSTRUCT query says which statements to import. Write one.")
    prologue = _text(pieces[:start])
    opening = _find(pieces, start, "{")
    where = _find(pieces, start, "WHERE")
    assert opening is not None
    if where is not None and where < opening:  # CONSTRUCT WHERE { … }: the pattern is the template
        end = _closing(pieces, opening)
        template = pattern = _text(pieces[opening + 1 : end])
        dataset = _text(pieces[start + 1 : where])
    else:
        closed = _closing(pieces, opening)
        template = _text(pieces[opening + 1 : closed])
        begin = _find(pieces, closed, "{")
        assert begin is not None
        end = _closing(pieces, begin)
        pattern = _text(pieces[begin + 1 : end])
        dataset = _text([token for token in pieces[closed + 1 : begin] if token.text.upper() != "WHERE"])
    rest = pieces[end + 1 :]
    if found := next((token.text for token in rest if token.text.upper() in _MODIFIERS), None):
        raise QueryError(f"{found} has no place beside pages. Take it out, or put it into a SELECT within the query.")
    variables = tuple(dict.fromkeys(t.text[1:] for t in tokens(template) if t.kind == "variable"))
    if not variables:
        raise QueryError("the template has no variable, so there is nothing to ask for. Put one into it.")
    return Construct(prologue, _template(prologue, template), variables, dataset, pattern, _text(rest))


def _template(prologue: str, template: str) -> tuple[Triple, ...]:
    filled = "".join(f"<{_VARIABLE}{t.text[1:]}>" if t.kind == "variable" else t.text for t in tokens(template))
    answer = EmbeddedStore().query(f"{prologue}\nCONSTRUCT {{ {filled} }} WHERE {{}}")
    assert isinstance(answer, Graph)
    return tuple(answer.triples)


def _find(pieces: Sequence[Token], start: int, word: str) -> int | None:
    return next((n for n in range(start, len(pieces)) if pieces[n].text.upper() == word), None)


def _closing(pieces: Sequence[Token], opening: int) -> int:
    depth = 0
    for number in range(opening, len(pieces)):
        depth += (pieces[number].text == "{") - (pieces[number].text == "}")
        if depth == 0:
            return number
    raise AssertionError("the engine has read it, so every brace is closed")


def _text(pieces: Sequence[Token]) -> str:
    return "".join(token.text for token in pieces).strip()
