"""The hash of a graph: equal for equal graphs, whatever the order of statements and the labels of blank nodes.

Without blank nodes it is the SHA-256 of the sorted canonical N-Triples. With them, RDFC-1.0 names the nodes first.
That algorithm can take for ever on a graph made for it, and cannot be interrupted: it runs in a process to be killed.

Spec: RDF Dataset Canonicalization, <https://www.w3.org/TR/rdf-canon/>.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, Quad, Triple

from eugraph.errors import CanonicalisationTimeoutError
from eugraph.rdf.nquads import BaseMove, sorted_lines

_CHILD = """
import sys
import pyoxigraph as ox
dataset = ox.Dataset(ox.parse(sys.stdin.buffer.read(), format=ox.RdfFormat.N_QUADS, lenient=True))
dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
sys.stdout.buffer.write(str(dataset).encode())
"""


def has_blank_nodes(statement: Triple | Quad) -> bool:
    """Say whether a statement, or a triple term in it, holds a blank node."""
    return any(
        isinstance(term, BlankNode) or (isinstance(term, Triple) and has_blank_nodes(term)) for term in statement
    )


def canonical_nquads(
    statements: Iterable[Triple | Quad], *, timeout_s: float = 10, moved: BaseMove | None = None
) -> list[str]:
    """Return the statements as sorted canonical lines whose blank nodes are named by RDFC-1.0.

    Args:
        statements: triples or quads; a statement that comes twice counts once.
        timeout_s: longest time to wait for RDFC-1.0, in seconds (> 0).
        moved: print things under another base. The hash of a moved graph is the hash of what is printed.

    Returns:
        One line a statement, with its line feed, in code point order of the unmoved text (of the moved text where
        there are blank nodes, whose names depend on it).

    Raises:
        CanonicalisationTimeoutError: the graph has blank nodes that RDFC-1.0 could not name in time.
    """
    found = list(statements)
    lines = list(sorted_lines(found, moved=moved))
    if not any(_may_hold_blank_node(line) for line in lines) or not any(map(has_blank_nodes, found)):
        return lines
    return _named_in_child(lines, timeout_s)


def _may_hold_blank_node(line: str) -> bool:
    return "_:" in line


def _named_in_child(lines: Sequence[str], timeout_s: float) -> list[str]:
    command = [sys.executable, "-c", _CHILD]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and program, the data goes through the pipe
            command, input="".join(lines).encode(), stdout=subprocess.PIPE, check=True, timeout=timeout_s
        )
    except subprocess.TimeoutExpired:
        raise CanonicalisationTimeoutError(timeout_s) from None
    return sorted({f"{line}\n" for line in done.stdout.decode().split("\n") if line})


def graph_hash(statements: Iterable[Triple | Quad], *, timeout_s: float = 10, moved: BaseMove | None = None) -> str:
    """Return the SHA-256 of the canonical form, 64 lower-case hexadecimal digits.

    Raises:
        CanonicalisationTimeoutError: the graph has blank nodes that RDFC-1.0 could not name in time.
    """
    lines = canonical_nquads(statements, timeout_s=timeout_s, moved=moved)
    if moved is not None:
        lines = sorted(lines)
    return hash_of_lines(lines)


def hash_of_lines(lines: Iterable[str]) -> str:
    """Return the hash of a graph that is given as its sorted canonical lines, each with its line feed."""
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def joint_hash(parts: Iterable[tuple[str, str]]) -> str:
    """Return one SHA-256 for many (name, hash) pairs, whatever their order."""
    lines = sorted(f"{digest}  {name}\n" for name, digest in parts)
    return hash_of_lines(lines)
