"""Regular expressions as SPARQL's REGEX has them, by the engine of pyoxigraph, whose time is linear in the text.

Spec: SPARQL 1.1 §17.4.3.14, <https://www.w3.org/TR/sparql11-query/#func-regex>; XPath functions §5.6.1,
<https://www.w3.org/TR/xpath-functions/#regex-syntax>.
"""

from __future__ import annotations

from collections.abc import Collection

from pyoxigraph import Literal, QueryBoolean, QuerySolutions, Store

_AT_ONCE = 5_000  # texts in one query


class PatternError(ValueError):
    """A pattern is no regular expression, or asks for what takes more than linear time."""


def check_pattern(pattern: str, flags: str) -> None:
    """Raise PatternError where the pattern or its flags cannot be used."""
    if strange := set(flags) - set("imsxq"):
        raise PatternError(f"there is no flag {''.join(sorted(strange))!r}")
    query = f'ASK {{ BIND(REGEX("", {Literal(pattern)}, {Literal(flags)}) AS ?known) FILTER(BOUND(?known)) }}'
    answer = Store().query(query)
    assert isinstance(answer, QueryBoolean)
    if not answer:
        raise PatternError("it cannot be read, or it looks back or ahead, which no engine of linear time does")


def matching(pattern: str, flags: str, texts: Collection[str]) -> set[str]:
    """Return those of the texts in which the pattern is found."""
    store = Store()
    waiting = list(texts)
    found: set[str] = set()
    for start in range(0, len(waiting), _AT_ONCE):
        part = waiting[start : start + _AT_ONCE]
        rows = " ".join(f"({number} {Literal(text)})" for number, text in enumerate(part))
        query = (
            f"SELECT ?n {{ VALUES (?n ?text) {{ {rows} }} FILTER(REGEX(?text, {Literal(pattern)}, {Literal(flags)})) }}"
        )
        answer = store.query(query)
        assert isinstance(answer, QuerySolutions)
        for (number,) in answer:
            assert isinstance(number, Literal)
            found.add(part[int(number.value)])
    return found
