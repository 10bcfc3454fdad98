"""Labels of blank nodes that the results format does not allow are spelled out."""

from __future__ import annotations

import pyoxigraph as ox

from eugraph.store.blank_labels import with_plain_labels

_ROW = '{"head":{"vars":["s","t"]},"results":{"bindings":[{"s":{"type":"bnode","value":"%s"},"t":{"type":"literal","value":"%s"}}]}}'


def _read(label: str, text: str = "nodeID://b1") -> tuple[object, ...]:
    body = with_plain_labels((_ROW % (label, text)).encode())
    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QuerySolutions)
    (row,) = answer
    return tuple(row)


def test_a_label_with_a_colon_and_slashes_is_read() -> None:
    blank, text = _read("nodeID://b10000")
    assert isinstance(blank, ox.BlankNode)
    assert text == ox.Literal("nodeID://b1")


def test_labels_that_differ_still_do() -> None:
    assert len({_read(label)[0] for label in ("a:b", "a/b", "a_b", "a:/b", "a_3ab")}) == 5


def test_a_plain_label_stays() -> None:
    assert _read("b1")[0] == ox.BlankNode("b1")
