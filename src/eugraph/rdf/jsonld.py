"""Nested JSON-LD that reads like plain JSON and is exactly the graph.

A part (`grant`, `hasParticipation`, `result`) is written where it is mentioned first. Everything else comes with its
class, name, licence and rights, as far as the graph tells them, wherever it is mentioned, so that one key has one form.
A thing within itself is its address, and so is a claim that another thing names. Claims stand under the thing that they
are about. What no such way leads to follows under "included". This is what framing gives, see
`eugraph.rdf.jsonld_frame`. A graph that is about no one thing is a list of nodes that mention each other by address.

The text is indented by two; what is as short as an address with its name stands on one line.

Numbers and truth values are JSON's own only where they read back to the same lexical form; money and other decimals
are strings, because JSON numbers would lose digits.

Spec: JSON-LD 1.1, <https://www.w3.org/TR/json-ld11/>.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import orjson
from pyoxigraph import NamedNode, Triple

from eugraph.rdf.jsonld_context import Context, context_text
from eugraph.rdf.jsonld_text import indented, shorten
from eugraph.rdf.jsonld_writer import PARTS, Ahead, Used, Writer
from eugraph.rdf.nquads import BaseMove
from eugraph.rdf.turtle_blanks import Grouped, grouped
from eugraph.rdf.turtle_terms import Names


def write_jsonld(
    triples: Iterable[Triple] | Grouped,
    root: NamedNode | None,
    context: Context,
    base: str | None = None,
    *,
    moved: BaseMove | None = None,
    parts: Collection[str] = PARTS,
) -> bytes:
    """Return triples as one JSON-LD document, UTF-8, indented by two, with all of the context that it uses.

    Args:
        triples: in any order; one that comes twice counts once.
        root: the thing that the document is about, its top level; None writes a plain "@graph".
        context: names of properties and classes.
        base: IRIs below it are written relative to it.
        moved: print things under another base than they are sorted by.
        parts: properties, as N-Triples text, whose objects stand where they are mentioned first.

    Raises:
        ValueError: a triple term or a text with a direction, which JSON-LD 1.1 cannot say.
        CanonicalisationTimeoutError: the graph has blank nodes that need labels and cannot be named in 10 s.
    """
    graph = grouped(triples)
    top = f"<{root.value}>" if root is not None else None
    writer = Writer(graph, context, base, moved, parts)
    document = writer.document(top)
    if clash := writer.clash():  # an IRI such as <role:x>, which the prefix would change
        document = Writer(graph, context.without(clash), base, moved, parts).document(top)
    return shorten(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


class Nodes:
    """Writes the nodes of a graph without a root, part after part: never is all of it held as objects."""

    def __init__(
        self, graph: Grouped, ahead: Ahead, context: Context, base: str | None = None, *, moved: BaseMove | None = None
    ) -> None:
        """Take what to write.

        Args:
            graph: where the subjects that others mention are found.
            ahead: what is known of the whole of it.
            context: see `write_jsonld`; so for the others.
            base: as above.
            moved: as above.
        """
        self._writer = Writer(graph, context, base, moved, ahead=ahead)

    def of(self, part: Grouped) -> Iterator[bytes]:
        """Yield the text of each node of a part of the graph, as it stands in the list under "@graph".

        Parts come in the order of their subjects' IRIs.
        """
        return map(indented, self._writer.nodes(part))

    def used(self) -> Used:
        """Return what the nodes that were written take of the context."""
        return self._writer.used()


def head_of_nodes(
    used: Used, context: Context, base: str | None = None, *, moved: BaseMove | None = None
) -> tuple[bytes, set[str]]:
    """Return what stands before the nodes of a document, and prefixes that are schemes of IRIs in it as well.

    Where there are such prefixes, the nodes have to be written again with a context without them.
    """
    names = Names(context.prefixes, base, moved)
    names.used.update(used.prefixes)
    prefixes, lines = context.inline(names, used.terms, base=base if used.base else None, included=False)
    return b'{\n  "@context": ' + context_text(lines) + b',\n  "@graph": [\n    ', prefixes.intersection(used.schemes)
