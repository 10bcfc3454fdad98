"""Graphs are compared by sums: what differs in form only is told from what was lost."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
from hypothesis import given

from eugraph.exchange.alike import alike
from eugraph.exchange.sorting import SortedLines
from eugraph.exchange.sums import rewritten, sums_of
from rdf.rdf_strategies import graphs

XSD = "http://www.w3.org/2001/XMLSchema#"


def literal(text: str, kind: str) -> ox.Triple:
    node = ox.NamedNode("urn:x:a")
    return ox.Triple(node, node, ox.Literal(text, datatype=ox.NamedNode(XSD + kind)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("0.0", "decimal"), ("0", "decimal")),
        (("+5", "integer"), ("5", "integer")),
        (("5", "byte"), ("5", "integer")),
        (("1", "boolean"), ("true", "boolean")),
        (("1.50E3", "double"), ("1500", "double")),
        (("2020-01-02T03:04:05.500Z", "dateTime"), ("2020-01-02T03:04:05.5+00:00", "dateTime")),
        (("2020-01-02T03:04:05.000Z", "dateTime"), ("2020-01-02T03:04:05Z", "dateTime")),
        (("123456789012345678901234567890", "integer"), ("123456789012345678901234567890", "decimal")),
    ],
)
def test_one_value_in_two_forms_is_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert alike(literal(*one)) == alike(literal(*other))
    assert rewritten(sums_of([literal(*one)]), sums_of([literal(*other)])) == [XSD + one[1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("0.1234567890123456789", "decimal"), ("0.123456789012346", "decimal")),
        (("x", "integer"), ("0", "integer")),
        (("2020", "gYear"), ("2020-01", "gYearMonth")),
        (("1", "boolean"), ("1", "integer")),
        (("1.0", "double"), ("1.0", "float")),
        (("100", "integer"), ("1", "integer")),
        (("2020-01-02T03:04:50Z", "dateTime"), ("2020-01-02T03:04:5Z", "dateTime")),
    ],
)
def test_another_value_is_not_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert alike(literal(*one)) != alike(literal(*other))
    assert rewritten(sums_of([literal(*one)]), sums_of([literal(*other)])) is None


def test_two_forms_of_one_value_that_a_store_holds_once_are_one() -> None:
    sent = sums_of([literal("4.0", "decimal"), literal("4", "decimal"), literal("5", "decimal")])
    assert rewritten(sent, sums_of([literal("5", "decimal"), literal("4", "decimal")])) == [f"{XSD}decimal"]


@given(graphs())
def test_order_is_nothing_and_each_statement_counts(triples: list[ox.Triple]) -> None:
    found = [triple for triple in dict.fromkeys(triples) if not isinstance(triple.object, ox.BlankNode)]
    found = [triple for triple in found if not isinstance(triple.subject, ox.BlankNode)]
    shuffled = random.Random(7).sample(found, len(found))
    assert rewritten(sums_of(found), sums_of(shuffled)) == []
    for left_out in range(len(found)):
        rest = found[:left_out] + found[left_out + 1 :]
        assert sums_of(rest).exact != sums_of(found).exact


def test_more_lines_than_a_run_holds_are_sorted(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eugraph.exchange.sorting._RUN", 10)
    from pathlib import Path

    with SortedLines(Path(str(tmp_path))) as lines:
        for number in [*range(95), *range(50)]:
            lines.add(f"{(number * 37) % 95:03}\n".encode())
        assert list(lines.lines()) == [f"{number:03}\n".encode() for number in range(95)]
