"""What parsers take and eugraph does not: nesting without end, and what RDF 1.2 adds to RDF 1.1.

Spec: RDF 1.1 Concepts §3, <https://www.w3.org/TR/rdf11-concepts/#section-rdf-graph>.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from pyoxigraph import Literal, Quad, RdfFormat, Triple

from eugraph.errors import SyntaxFaultError

DEEPEST = 200  # brackets in each other; engines that read them by recursion end the whole process some thousands deeper

_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)
_TURTLE = re.compile(
    r"""\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
    |\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*'|<[^<>\s]*>|\#[^\r\n]*
    |(?P<new><<|\{\||@[A-Za-z-]+--)|(?P<open>[\[({])|(?P<close>[\])}])""",
    re.VERBOSE | re.DOTALL,
)


def check_depth(text: str, path: PurePath, rdf_format: RdfFormat) -> None:
    """Raise SyntaxFaultError where more than `DEEPEST` brackets stand in each other, outside of texts and comments."""
    if rdf_format == RdfFormat.RDF_XML or sum(map(text.count, "[({")) <= DEEPEST:
        return
    depth = 0
    for found in (_JSON if rdf_format == RdfFormat.JSON_LD else _TURTLE).finditer(text):
        depth += 1 if found["open"] else -1 if found["close"] else 0
        if depth > DEEPEST:
            fault = f"more than {DEEPEST} brackets stand in each other. Give inner things IRIs and describe them apart."
            raise _error(text, found.start(), fault, path)


def check_terms(quads: Iterable[Quad], text: str, path: PurePath, rdf_format: RdfFormat) -> None:
    """Raise SyntaxFaultError where a statement speaks of a statement, or a text has a base direction."""
    for quad in quads:
        value = quad.object
        if isinstance(value, Triple):
            fault = "a statement about a statement is RDF 1.2, which is not read. Describe a eug:Claim, or remove it."
        elif isinstance(value, Literal) and value.direction is not None:
            fault = "the direction of a text is RDF 1.2, which is not read. Remove it, and keep the language."
        else:
            continue
        if rdf_format == RdfFormat.JSON_LD:
            raise _error(text, text.find('"@direction"'), fault, path)
        new = next((found.start() for found in _TURTLE.finditer(text) if found["new"]), -1)
        raise _error(text, -1 if rdf_format == RdfFormat.RDF_XML else new, fault, path)


def _error(text: str, offset: int, fault: str, path: PurePath) -> SyntaxFaultError:
    if offset < 0:
        return SyntaxFaultError(path, fault)
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    return SyntaxFaultError(path, fault, line=line, column=column)
