"""PyLD's framing beside our documents: its input, and what of both may differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pyld import jsonld
from pyoxigraph import Triple

XSD, EUG = "http://www.w3.org/2001/XMLSchema#", "https://w3id.org/eugraph/ontology#"
_NATIVE: dict[str, Callable[[str], int]] = {f"{XSD}integer": int, f"{XSD}boolean": lambda text: text == "true"}


def refuse(url: str, _: object) -> None:
    """Load nothing: no context of ours lies elsewhere."""
    raise AssertionError(f"asked for {url}")


def expanded(triples: Iterable[Triple]) -> list[dict[str, Any]]:
    """Statements as expanded JSON-LD, with numbers and truth values as the dump has them.

    From RDF, PyLD makes all of them texts with a type, or all of them values without one (JSON-LD API §8.4.2). We
    write them without quotes, and what has a datatype in the context keeps that.
    """
    text = "".join(f"{triple} .\n" for triple in dict.fromkeys(triples))
    nodes: list[dict[str, Any]] = jsonld.from_rdf(text, {"format": "application/n-quads"})
    for node in nodes:
        for name, values in node.items():
            for value in values if name[0] != "@" else ():
                if make := _NATIVE.get(value.get("@type", "")):
                    value["@value"] = make(value["@value"])
                    if name == f"{EUG}value":
                        del value["@type"]
    return nodes


def framed(nodes: list[dict[str, Any]], frame: dict[str, Any]) -> dict[str, Any]:
    """The document that PyLD makes."""
    found: dict[str, Any] = jsonld.frame(nodes, frame, {"documentLoader": refuse})
    return found


def comparable(value: object, names: Mapping[str, str]) -> object:
    """A document without what says nothing in JSON-LD, and without the one thing that framing cannot give.

    The order of keys and, outside of lists, of values has no meaning (JSON-LD §4.3). For the property that a claim is
    about, a term that is a key of literals is never chosen when an address is shortened (API §6.3.1, Term Selection):
    PyLD writes `eug:totalCost` where we write `totalCost`.
    """
    if isinstance(value, dict):
        found = {key: comparable(item, names) for key, item in value.items()}
        if isinstance(name := found.get("property"), str):
            found["property"] = names.get(name, name)
        return found
    if isinstance(value, list):
        return sorted((comparable(item, names) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def names_of_properties(context: Mapping[str, Any]) -> dict[str, str]:
    """The first name of each property of a context, by its prefixed name."""
    names: dict[str, str] = {}
    for name, said in context.items():
        iri = said.get("@id", "") if isinstance(said, dict) else said
        if ":" in iri and "//" not in iri:
            names[iri] = min(names.get(iri, name), name, key=len)
    return names
