"""Reading one file: exact quads, or one error that tells the place."""

from __future__ import annotations

from pathlib import PurePath

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, serialize

from eugraph.errors import (
    BinaryFileError,
    EmptyFileError,
    EncodingError,
    InputError,
    RemoteReferenceError,
    SyntaxFaultError,
    UnknownFormatError,
    UnknownPrefixError,
)
from eugraph.rdf.read import FORMATS, read

BASE = "https://example.org/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def test_lexical_forms_stay_as_written() -> None:
    data = b'<a> <b> "01"^^<http://www.w3.org/2001/XMLSchema#integer>, 1.50, "2025-13-01"^^<http://www.w3.org/2001/XMLSchema#date> .'
    quads = read(data, PurePath("x.ttl"), base_iri=BASE)
    assert [quad.object for quad in quads] == [
        Literal("01", datatype=NamedNode(XSD + "integer")),
        Literal("1.50", datatype=NamedNode(XSD + "decimal")),
        Literal("2025-13-01", datatype=NamedNode(XSD + "date")),
    ]
    assert quads[0].subject == NamedNode(BASE + "a")


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_each_format_is_read(ending: str) -> None:
    triple = read(b'<https://example.org/a> <https://example.org/b> "c"@en .', PurePath("x.nt"), base_iri=BASE)[0]
    form = FORMATS[ending]
    data = serialize([triple.triple], format=form) if form in _GRAPH_FORMATS else serialize([triple], format=form)
    assert data is not None
    assert read(data, PurePath("x" + ending.upper()), base_iri=BASE)[0].triple == triple.triple


_GRAPH_FORMATS = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML)


@pytest.mark.parametrize(
    ("name", "data", "error", "place"),
    [
        ("x.csv", b"a,b", UnknownFormatError, (0, 0)),
        ("x.ttl", b"", EmptyFileError, (0, 0)),
        ("x.ttl", b" \n# nothing\n", EmptyFileError, (0, 0)),
        ("x.ttl", b"\x00\x01", BinaryFileError, (0, 0)),
        ("x.ttl", "<a> <b> 'é' .".encode("utf-16"), BinaryFileError, (0, 0)),
        ("x.ttl", b"<a> <b> <c> .\n<a> <b> '\xc3\xa9\xc3\xa9 is \x00 it' .", BinaryFileError, (2, 16)),
        ("x.ttl", "<a> <b> 'éé'".encode() + b", '\xe9' .", EncodingError, (1, 16)),
        ("x.ttl", "<a> <b> <c> .\n<a> <b> 'é' .".encode("latin-1"), EncodingError, (2, 10)),
        ("x.ttl", b"<a> <b> <c>\n<d> <e> <f> .", SyntaxFaultError, (2, 1)),
        ("x.ttl", b"<a> <b> <c> .\nfoo:a <b> <c> .", UnknownPrefixError, (2, 1)),
        ("x.jsonld", b'{"@id": "a",\n "b" 1}', SyntaxFaultError, (2, 6)),
        ("x.jsonld", b'{\n"@context": "https://schema.org/", "name": "x"}', RemoteReferenceError, (2, 0)),
        ("x.rdf", b"<a>\n<b></a>", SyntaxFaultError, (2, 6)),
        ("x.rdf", b"<!DOCTYPE a>\n<a/>", RemoteReferenceError, (1, 1)),
        ("x.rdf", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>\n<a>&b;</a>', RemoteReferenceError, (1, 1)),
    ],
)
def test_a_fault_is_told_with_its_place(
    name: str, data: bytes, error: type[InputError], place: tuple[int, int]
) -> None:
    with pytest.raises(error) as raised:
        read(data, PurePath("data") / name, base_iri=BASE)
    assert (raised.value.line, raised.value.column) == place
    assert str(raised.value).startswith(f"data/{name}")


def test_a_byte_order_mark_is_no_fault() -> None:
    assert len(read(b"\xef\xbb\xbf<a> <b> <c> .", PurePath("x.ttl"), base_iri=BASE)) == 1


def test_a_known_prefix_comes_with_its_line() -> None:
    with pytest.raises(
        UnknownPrefixError, match=r"Add the line @prefix skos: <http://www\.w3\.org/2004/02/skos/core#> \."
    ):
        read(b'<a> skos:prefLabel "x"@en .', PurePath("x.ttl"), base_iri=BASE)
