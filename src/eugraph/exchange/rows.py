"""Rows in JSON, read so that one term that is none does not take the others with it.

Spec: SPARQL 1.1 Query Results JSON Format §3.2, <https://www.w3.org/TR/sparql11-results-json/#select-results>.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from pyoxigraph import BlankNode, Literal, NamedNode

from eugraph.errors import EndpointRefusedError


@dataclass(frozen=True, slots=True)
class NoTerm:
    """What an endpoint gave for a term and is none: its text, and why."""

    text: str
    fault: str


Given = NamedNode | BlankNode | Literal | NoTerm


def read_rows(body: bytes, endpoint: str) -> list[Mapping[str, Given]]:
    """Return the rows of an answer; an unbound variable has no key.

    Raises:
        EndpointRefusedError: the answer is no table in JSON.
    """
    try:
        rows = orjson.loads(body)["results"]["bindings"]
        return [{name: _term(value) for name, value in row.items()} for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EndpointRefusedError(
            f"{endpoint}: the answer is no table of SPARQL results in JSON ({type(error).__name__}: {error}). "
            "Check the address."
        ) from error


def _term(said: Mapping[str, str]) -> Given:
    kind, text = said["type"], said["value"]
    try:
        if kind == "uri":
            return NamedNode(text)
        if kind == "bnode":
            return BlankNode("b" + "".join(letter if letter.isalnum() else f"_{ord(letter):x}" for letter in text))
        if language := said.get("xml:lang"):
            return Literal(text, language=language)
        datatype = said.get("datatype")
        return Literal(text, datatype=NamedNode(datatype)) if datatype else Literal(text)
    except ValueError as error:
        return NoTerm(text, str(error))
