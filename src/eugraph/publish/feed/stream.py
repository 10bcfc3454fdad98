"""The root of a feed: what its stream is, and which page holds the members of which time. In Turtle and JSON-LD.

All addresses of pages are relative to the root, so that a feed can be followed on any host, in any folder.

Spec: Linked Data Event Streams 1.0 §2, <https://w3id.org/ldes/specification>; TREE §3, <https://w3id.org/tree/specification>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import orjson

from eugraph.publish.feed.state import Feed
from eugraph.publish.feed.vocabulary import PREFIXES, STREAM

_USED = ("as", "dcterms", "ldes", "sh", "tree", "xsd")
_CURIE = re.compile(rf"(?:{'|'.join(_USED)}):[A-Za-z]+")
_LIST = " ,\n        "
_DAY_S = 86_400  # a release bears a day, so nobody needs to look more often

Value = Mapping[str, object] | int | bool
Node = Mapping[str, str | Sequence[Value]]


def stream_files(feed: Feed, base_iri: str, title: str, licence: str) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the root in both formats.

    Args:
        feed: what it leads to.
        base_iri: what the IRIs of things begin with, as published.
        title: of the release.
        licence: IRI.
    """
    nodes = [*_stream(base_iri + STREAM, title, licence), _root(feed), *_relations(feed)]
    yield f"{STREAM}.ttl", _turtle(nodes).encode()
    document = {"@context": {prefix: PREFIXES[prefix] for prefix in _USED}, "@graph": nodes}
    yield f"{STREAM}.jsonld", orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _stream(iri: str, title: str, licence: str) -> Iterator[Node]:
    yield {
        "@id": iri,
        "@type": "ldes:EventStream",
        "dcterms:title": [{"@value": f"Versions of all descriptions: {title}", "@language": "en"}],
        "dcterms:license": [_to(licence)],
        "ldes:pollingInterval": [_DAY_S],
        "ldes:timestampPath": [_to("as:published")],
        "ldes:versionCreateObject": [_to("as:Create")],
        "ldes:versionDeleteObject": [_to("as:Delete")],
        "ldes:versionOfPath": [_to("as:object")],
        "ldes:versionUpdateObject": [_to("as:Update")],
        "tree:shape": [_to("#member")],
        "tree:view": [_to("")],
    }
    yield {"@id": "#member", "@type": "sh:NodeShape", "sh:property": [_to("#object"), _to("#published")]}
    once: dict[str, Sequence[Value]] = {"sh:maxCount": [1], "sh:minCount": [1]}
    iris, moments = [_to("sh:IRI")], [_to("xsd:dateTime")]
    yield {"@id": "#object", "@type": "sh:PropertyShape", **once, "sh:nodeKind": iris, "sh:path": [_to("as:object")]}
    path = [_to("as:published")]
    yield {"@id": "#published", "@type": "sh:PropertyShape", "sh:datatype": moments, **once, "sh:path": path}


def _root(feed: Feed) -> Node:
    numbers = range(1, len(feed.pages) + 1)
    found = [_to(f"#page-{n}-{bound}") for n in numbers for bound in _bounds(feed, n)]
    return {"@id": "", "@type": "tree:Node", **({"tree:relation": found} if found else {})}


def _bounds(feed: Feed, number: int) -> Sequence[str]:
    """Return which bounds a page has: the last one is still to grow."""
    return ("from", "to") if number < len(feed.pages) else ("from",)


def _relations(feed: Feed) -> Iterator[Node]:
    classes = {"from": "tree:GreaterThanOrEqualToRelation", "to": "tree:LessThanOrEqualToRelation"}
    for number, page in enumerate(feed.pages, 1):
        for bound in _bounds(feed, number):
            yield {
                "@id": f"#page-{number}-{bound}",
                "@type": classes[bound],
                "tree:node": [_to(feed.path(number).removeprefix("feed/"))],
                "tree:path": [_to("as:published")],
                "tree:value": [{"@value": page.first if bound == "from" else page.last, "@type": "xsd:dateTime"}],
            }


def _to(iri: str) -> Mapping[str, object]:
    return {"@id": iri}


def _turtle(nodes: Sequence[Node]) -> str:
    head = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in _USED)
    return "\n".join([head, *map(_block, nodes)])


def _block(node: Node) -> str:
    lines = [f"    a {node['@type']}"]
    for predicate, values in node.items():
        if not isinstance(values, str):
            lines.append(f"    {predicate} {_LIST.join(map(_object, values))}")
    said = " ;\n".join(lines)
    return f"{_name(str(node['@id']))}\n{said} .\n"


def _object(value: Value) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    if "@id" in value:
        return _name(str(value["@id"]))
    text = orjson.dumps(value["@value"]).decode()  # of JSON's escapes Turtle has all that orjson writes
    return f"{text}@{value['@language']}" if "@language" in value else f"{text}^^{value['@type']}"


def _name(iri: str) -> str:
    return iri if _CURIE.fullmatch(iri) else f"<{iri}>"
