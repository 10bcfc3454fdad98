"""The SHACL validation report as JSON-LD: the report, and in it the results in the order of files and lines.

Spec: JSON-LD 1.1, <https://www.w3.org/TR/json-ld11/>.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.shacl.graph import Term
from eugraph.validate.formats.json_report import with_list
from eugraph.validate.formats.shacl_report import about, report_node, results
from eugraph.validate.listing import Listing
from eugraph.vocab import PREFIXES, RDF_TYPE, shorten, term

_BOOLEAN, _STRING = term("xsd:boolean"), term("xsd:string")
_FIRST, _REST, _NIL = term("rdf:first"), term("rdf:rest"), term("rdf:nil")
_Said = Mapping[Term, Mapping[NamedNode, list[Term]]]


def write(listing: Listing) -> Iterator[str]:
    """Yield the document, result by result."""
    spaces = {prefix: PREFIXES[prefix] for prefix in ("eug", "eugsh", "rdf", "schema", "sh", "xsd")}
    head = {"@context": spaces, **_node(report_node(listing), _grouped(about(listing)), listing)}
    found = (_node(node, _grouped(triples), listing) for node, triples in results(listing))
    yield from with_list(head, "sh:result", found)


def _grouped(part: list[Triple]) -> _Said:
    said: dict[Term, dict[NamedNode, list[Term]]] = {}
    for subject, predicate, value in part:
        said.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return said


def _node(node: Term, said: _Said, listing: Listing) -> dict[str, object]:
    """A node with what is said of it, and what that leads to within it."""
    own = isinstance(node, BlankNode) and not node.value.startswith("c14n")  # spoken of here alone
    found: dict[str, object] = {} if own else {"@id": _id(node, listing)}
    for predicate, values in said.get(node, {}).items():
        if predicate == RDF_TYPE:
            found["@type"] = [_word(value) for value in values]
            continue
        written = [_value(value, said, listing) for value in values]
        found[_word(predicate)] = written[0] if len(written) == 1 else written
    return found


def _value(value: Term, said: _Said, listing: Listing) -> object:
    if isinstance(value, Literal):
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype == _BOOLEAN and value.value in ("true", "false"):
            return value.value == "true"
        plain = value.datatype == _STRING
        return value.value if plain else {"@value": value.value, "@type": listing.iri(value.datatype.value)}
    if value == _NIL or _FIRST in said.get(value, {}):
        return {"@list": [_value(item, said, listing) for item in _items(value, said)]}
    return _node(value, said, listing)


def _items(head: Term, said: _Said) -> Iterator[Term]:
    while head != _NIL:
        yield said[head][_FIRST][0]
        head = said[head][_REST][0]


def _id(node: Term, listing: Listing) -> str:
    return f"_:{node.value}" if isinstance(node, BlankNode) else listing.iri(node.value)


def _word(node: Term) -> str:
    short = shorten(node.value)
    return node.value if short[0] == "<" else short
