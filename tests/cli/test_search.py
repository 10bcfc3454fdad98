"""`eugraph search` in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from cli.runner import run
from conftest import ROOT
from eugraph.config import Workspace
from eugraph.loading import load
from store.oxigraph import serving


def test_hits_are_rows_in_every_format_of_rows(tiny: Workspace) -> None:
    table = run(tiny.root, "search", "alpha")
    assert table.status == 0
    assert table.out.splitlines()[2].split()[:2] == ["project/alpha", "project"]
    rows = json.loads(run(tiny.root, "search", "alpha", "--format", "json").out)["results"]["bindings"]
    assert rows[0]["thing"]["value"] == f"{tiny.base_iri}project/alpha"


def test_more_hits_than_are_listed_are_told() -> None:
    result = run(ROOT, "search", "harmony", "--limit", "3")
    assert len(result.out.splitlines()) == 5
    assert "are found; these are the first." in result.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("leukemua",), "did you mean 'leukemia'?"),
        (("zzzzz",), "Ask with fewer words"),
        (("116026", "--kind", "disease"), "nothing of this kind is found for '116026', but 1 of kind project"),
    ],
)
def test_where_nothing_is_found_that_is_told_and_the_status_is_1(words: tuple[str, ...], told: str) -> None:
    result = run(ROOT, "search", *words)
    assert result.status == 1
    assert told in result.err


def test_an_endpoint_is_searched_as_the_workspace_is(tiny: Workspace, tmp_path: Path) -> None:
    loaded = load(tiny)
    file = tmp_path / "all.nq"
    file.write_bytes(serialize([*loaded.quads, *loaded.ontology.quads], format=RdfFormat.N_QUADS) or b"")
    with serving([file], store=tmp_path / "store") as endpoint:
        there = run(tiny.root, "search", "eha", "--endpoint", endpoint)
    assert there == run(tiny.root, "search", "eha")
    assert "organisation/eha" in there.out
