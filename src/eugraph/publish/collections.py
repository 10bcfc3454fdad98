"""Collections: all things of a kind in pages, for programs, as JSON-LD and as Turtle.

A page tells of each thing what it is called, a few values and where its document lies. Addresses of files are relative
to the page, so that it is right in any folder of any host.

Spec: Hydra Core Vocabulary §5.2, <https://www.hydra-cg.com/spec/latest/core/#collections>.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from pyoxigraph import Literal, NamedNode

from eugraph.publish.pages.kinds import kind_of
from eugraph.publish.paging import Page, file_name
from eugraph.rdf.jsonld_text import shorten
from eugraph.rdf.turtle_terms import Names
from eugraph.vocab import EUG, PREFIXES

_PREFIXES = {**PREFIXES, "hydra": "http://www.w3.org/ns/hydra/core#"}
_USED = ("dcterms", "eug", "foaf", "hydra", "skos", "xsd")
_VALUES = {  # key of a value that is told of a thing -> property and datatype
    "acronym": ("eug:acronym", ""),
    "startDate": ("eug:startDate", "xsd:date"),
    "startMonth": ("eug:startDate", "xsd:gYearMonth"),
    "startYear": ("eug:startDate", "xsd:gYear"),
    "endDate": ("eug:endDate", "xsd:date"),
    "endMonth": ("eug:endDate", "xsd:gYearMonth"),
    "endYear": ("eug:endDate", "xsd:gYear"),
    "issued": ("dcterms:issued", "xsd:date"),
    "issuedMonth": ("dcterms:issued", "xsd:gYearMonth"),
    "issuedYear": ("dcterms:issued", "xsd:gYear"),
    "modified": ("dcterms:modified", "xsd:date"),
}
_CONTEXT = {
    "id": "@id",
    "type": "@type",
    **{prefix: _PREFIXES[prefix] for prefix in _USED},
    "title": {"@id": "dcterms:title", "@container": "@language"},
    "totalItems": "hydra:totalItems",
    "view": "hydra:view",
    **{step: {"@id": f"hydra:{step}", "@type": "@id"} for step in ("first", "previous", "next", "last")},
    "member": {"@id": "hydra:member", "@container": "@set"},
    "name": {"@id": "skos:prefLabel", "@container": "@language"},
    **{key: {"@id": prop, "@type": kind} if kind else prop for key, (prop, kind) in _VALUES.items()},
    "document": {"@id": "foaf:isPrimaryTopicOf", "@type": "@id"},
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A page with what it tells of each thing on it, as `member_of` gives that."""

    page: Page
    members: Sequence[str]

    def write(self, ending: str) -> bytes:
        """Return a form of the page."""
        members = [orjson.loads(text) for text in self.members]
        return _turtle(self.page, members) if ending == "ttl" else _jsonld(self.page, members)


def member_of(document: bytes, base_iri: str) -> str:
    """Return what a collection tells of the thing that a JSON-LD document is about, as JSON.

    Args:
        document: as it is published.
        base_iri: what it writes addresses relative to.
    """
    found = orjson.loads(document)
    iri, names = found["id"], found.get("name")
    told: dict[str, Any] = {"id": iri if iri.startswith(base_iri) else base_iri + iri, "type": found.get("type", [])}
    if isinstance(names, dict):
        told["name"] = names
    told |= {key: found[key] for key in _VALUES if isinstance(found.get(key), str)}
    return orjson.dumps(told).decode()


def _jsonld(page: Page, members: Sequence[dict[str, Any]]) -> bytes:
    classes = sorted({word for member in members for word in _list(member["type"])})
    prefixes = {word.partition(":")[0] for word in classes if ":" in word}
    context = {
        **_CONTEXT,
        **{prefix: PREFIXES[prefix] for prefix in sorted(prefixes & PREFIXES.keys())},
        **{word: f"eug:{word}" for word in classes if ":" not in word},
    }
    document = {
        "@context": context,
        "id": "./",
        "type": "hydra:Collection",
        "title": {"en": kind_of(page.kind).many},
        "totalItems": page.total,
        "view": {
            "id": file_name(page.after, "jsonld"),
            "type": "hydra:PartialCollectionView",
            **page.steps("jsonld"),
        },
        "member": [
            {**{key: value for key, value in member.items() if value}, "document": _document(stem, "jsonld")}
            for stem, member in zip(page.stems, members, strict=True)
        ],
    }
    return shorten(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def _turtle(page: Page, members: Sequence[Mapping[str, Any]]) -> bytes:
    names = Names(_PREFIXES)
    names.used.update(_USED)
    view = f"<{file_name(page.after, 'ttl')}>"
    blocks = [
        [
            "<./>",
            "a hydra:Collection",
            f"dcterms:title {Literal(kind_of(page.kind).many, language='en')}",
            f"hydra:totalItems {page.total}",
            *(f"hydra:member {NamedNode(member['id'])}" for member in members),
            f"hydra:view {view}",
        ],
        [view, "a hydra:PartialCollectionView", *(f"hydra:{step} <{to}>" for step, to in page.steps("ttl").items())],
        *(_block(stem, member, names) for stem, member in zip(page.stems, members, strict=True)),
    ]
    texts = ["{}\n    {} .\n".format(subject, " ;\n    ".join(said)) for subject, *said in blocks]
    return "\n".join([names.head(), *texts]).encode()


def _block(stem: str, member: Mapping[str, Any], names: Names) -> Iterable[str]:
    """Yield the address of a thing and what is told of it, as Turtle."""
    yield str(NamedNode(member["id"]))
    yield from (f"a {names.node(f'<{_iri(word)}>')}" for word in _list(member["type"]))
    for language, texts in sorted(member.get("name", {}).items()):
        yield from (f"skos:prefLabel {Literal(text, language=language)}" for text in _list(texts))
    for key, (prop, kind) in _VALUES.items():
        if key in member:
            yield f"{prop} {Literal(member[key])}{kind and '^^'}{kind}"
    yield f"foaf:isPrimaryTopicOf <{_document(stem, 'ttl')}>"


def _document(stem: str, ending: str) -> str:
    return f"{stem.partition('/')[2] or f'../{stem}'}.{ending}"


def _iri(word: str) -> str:
    """Return the address of a class, as a document names it."""
    prefix, colon, name = word.partition(":")
    if not colon:
        return EUG + word
    return PREFIXES[prefix] + name if prefix in PREFIXES else word


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return value if isinstance(value, list) else [value]
