"""Our picture of the controlled vocabularies, held against the tables themselves where they are at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eugraph.exchange.doctor.dcat.properties import IMPLIED, PROPERTIES
from eugraph.exchange.doctor.dcat.remedies import remedy, wanted
from eugraph.exchange.doctor.dcat.terms import PREFIXES, short, term
from eugraph.exchange.doctor.dcat.vocabularies import VOCABULARIES, is_of_a_table

TABLES = {
    "country": ("countries-skos.rdf", "place"),
    "data-theme": ("data-theme-skos-ap-act.ttl", "data-theme"),
    "file-type": ("filetypes-skos-ap-act.ttl", "file-type"),
    "frequency": ("dcatapit-frequencies-filtered.rdf", "frequency"),
    "language": ("dcatapit-languages-filtered.rdf", "language"),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_code_of_a_table_is_known(shared: Path, name: str) -> None:
    file, vocabulary = TABLES[name]
    path = shared / "vocab/authority" / file
    if not path.is_file():
        pytest.skip(f"the table {file} is not at hand")
    space = f"http://publications.europa.eu/resource/authority/{name}/"
    table = VOCABULARIES[vocabulary]
    assert space in table.spaces
    text = path.read_text(encoding="utf-8")
    prefixed = re.search(rf"@prefix\s+([\w-]*):\s*<{space}>", text)
    found = set(re.findall(rf"{space}([\w+.-]+)", text))
    if prefixed:
        found |= set(re.findall(rf"(?<![\w-]){prefixed[1]}:([A-Z0-9][\w-]*)", text))
    codes = {code for code in found if not re.fullmatch(r"\d{8}-\d", code)}  # which are versions of the table
    assert len(codes) > 10
    assert [code for code in sorted(codes) if not table.knows(code)] == []


def test_an_example_is_of_its_vocabulary() -> None:
    for name, table in VOCABULARIES.items():
        space = table.space(table.example)
        assert space is not None, name
        assert table.knows(table.example.removeprefix(space)), name


@pytest.mark.parametrize("name", ["language", "file-type", "data-theme", "media-type", "checksum-algorithm"])
def test_nonsense_is_no_code(name: str) -> None:
    assert not any(VOCABULARIES[name].knows(code) for code in ("", "en-GB", "csv file", "../x", "ENGLISH LANGUAGE"))


def test_portals_know_the_concepts_of_tables_and_the_tables() -> None:
    assert is_of_a_table("http://publications.europa.eu/resource/authority/language/ENG")
    assert is_of_a_table("http://publications.europa.eu/resource/authority/language")
    assert not is_of_a_table("https://example.org/language/ENG")
    assert not is_of_a_table("")


def test_the_table_of_properties_names_what_there_is() -> None:
    for kind, properties in PROPERTIES.items():
        assert short(term(kind).value) == kind
        names = [each.name for each in properties]
        assert len(names) == len(set(names)), kind
        for each in properties:
            assert re.fullmatch(r"[01]\.\.[1n]", each.count), each
            assert not (each.least and each.recommended), each
            assert each.vocabulary in VOCABULARIES or not each.vocabulary, each
            for name in (each.name, *each.classes):
                assert name.partition(":")[0] in PREFIXES, each
            assert wanted(each)
            assert remedy(each).endswith(".")
    assert set(IMPLIED) <= {name for each in PROPERTIES.values() for p in each for name in p.classes}
