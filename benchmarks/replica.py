"""A workspace many times its size: the same statements again and again, about things with other names.

Every copy renames what stands below the base by a suffix at the end of the IRI, `project/harmony` to
`project/harmony-r7`; the first copy keeps the names, so that the examples of the reports still name something.
What all projects of Europe share is not copied: programmes, calls, diseases and fields of science. So the sums over
them grow with the replica, as they do in CORDIS. Equal input gives equal output.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Quad

SHARED = frozenset({"call", "disease", "field", "programme"})  # kinds that are not copied


def replica(quads: Sequence[Quad], copies: int, base_iri: str) -> Iterator[Quad]:
    """Yield the quads, and then `copies` - 1 times those about things of one's own, renamed."""
    yield from quads
    own = [quad for quad in quads if is_own(quad, base_iri)]
    for number in range(1, copies):
        yield from map(_Names(base_iri, f"-r{number}").quad, own)


def copies_for(quads: Sequence[Quad], statements: int, base_iri: str) -> int:
    """Return how many copies come nearest to a number of statements; at least one."""
    own = sum(is_own(quad, base_iri) for quad in quads)
    return max(1, 1 + round((statements - len(quads)) / own)) if own else 1


def is_own(quad: Quad, base_iri: str) -> bool:
    """Tell whether a replica repeats the statement: it is about a thing below the base, of a kind that is copied."""
    subject = quad.subject
    return isinstance(subject, NamedNode) and _is_copied(subject.value, base_iri)


def _is_copied(iri: str, base_iri: str) -> bool:
    return iri.startswith(base_iri) and iri[len(base_iri) :].partition("/")[0] not in SHARED


class _Names(dict[NamedNode, NamedNode]):
    """IRIs of the workspace -> those of one copy."""

    def __init__(self, base_iri: str, suffix: str) -> None:
        super().__init__()
        self._base, self._suffix = base_iri, suffix

    def __missing__(self, node: NamedNode) -> NamedNode:
        found = NamedNode(node.value + self._suffix) if _is_copied(node.value, self._base) else node
        self[node] = found
        return found

    def quad(self, quad: Quad) -> Quad:
        """Return the quad of this copy."""
        subject, _, value, graph = quad
        return Quad(
            self[subject] if isinstance(subject, NamedNode) else subject,
            quad.predicate,
            self[value] if isinstance(value, NamedNode) else value,
            self[graph] if isinstance(graph, NamedNode) else graph,
        )
