"""Codes and names of authority tables are those of the Publications Office."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from eugraph.authority import FILE_TYPES, FREQUENCIES, LANGUAGES, THEMES, Table
from eugraph.vocab import PREF_LABEL


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("data-theme-skos-ap-act.ttl", THEMES),
        ("filetypes-skos-ap-act.ttl", FILE_TYPES),
        ("dcatapit-frequencies-filtered.rdf", FREQUENCIES),
        ("dcatapit-languages-filtered.rdf", LANGUAGES),
    ],
)
def test_every_code_is_in_its_table_under_its_name(shared: Path, name: str, table: Table) -> None:
    form = RdfFormat.TURTLE if name.endswith(".ttl") else RdfFormat.RDF_XML
    names = {
        quad.subject.value: quad.object.value
        for quad in parse((shared / "vocab/authority" / name).read_bytes(), format=form, lenient=True)
        if quad.predicate == PREF_LABEL
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and quad.object.language == "en"
    }
    assert {table.iri(code): name for code, name in table.names.items()}.items() <= names.items()
