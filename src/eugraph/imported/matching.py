"""One thing, described here and in an imported source: found by the identifier that both descriptions have.

Nothing is joined by name. Grants meet by their number, and with them their projects; organisations by the PIC or the
ROR identifier, and by the VAT number where only one imported organisation has it: the institutes of one body may share
it. On what a person has decided (see `eugraph.sources.decided`) nothing is said here.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.store import EmbeddedStore
from eugraph.vocab import term

_SAME = term("owl:sameAs")
_DECIDED = (_SAME, term("owl:differentFrom"))
_GRANT = term("eug:grant")
_NUMBER = term("eug:grantNumber")
_VAT = term("eug:vat")
_IDENTIFIERS = (_NUMBER, term("eug:pic"), term("eug:ror"), _VAT)


def matches(curated: Iterable[Quad], store: EmbeddedStore, graph: NamedNode) -> list[Quad]:
    """Return what says that a curated thing and an imported one are the same, sorted.

    Args:
        curated: statements of the curated files, with the plain values that follow from their claims.
        store: what is imported.
        graph: the graph of the statements returned.
    """
    identified: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = []
    of_grant: dict[NamedNode, list[NamedNode]] = {}
    decided: set[tuple[NamedNode, NamedNode]] = set()
    for subject, predicate, value, _ in curated:
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            if predicate in _IDENTIFIERS:
                identified.append((subject, predicate, value))
            elif predicate == _GRANT and isinstance(value, NamedNode):
                of_grant.setdefault(value, []).append(subject)
            elif predicate in _DECIDED and isinstance(value, NamedNode):
                decided.add((subject, value))
    found: set[tuple[NamedNode, NamedNode]] = set()
    for thing, predicate, value in identified:
        others = _having(store, predicate, value)
        if predicate == _VAT and len(others) > 1:
            continue
        for other in others:
            found.add((thing, other))
            if predicate == _NUMBER:
                projects = _having(store, _GRANT, other)
                found.update((project, same) for project in of_grant.get(thing, ()) for same in projects)
    return [
        Quad(thing, _SAME, other, graph) for thing, other in sorted(found - decided, key=_by_address) if thing != other
    ]


def _having(store: EmbeddedStore, predicate: NamedNode, value: NamedNode | Literal) -> set[NamedNode]:
    return {quad.subject for quad in store.having(predicate, value) if isinstance(quad.subject, NamedNode)}


def _by_address(pair: tuple[NamedNode, NamedNode]) -> tuple[str, str]:
    return pair[0].value, pair[1].value
