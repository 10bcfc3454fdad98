"""How good proposed matches are, with the reference workspace and real projects of haematology beside it.

All of Horizon Europe is measured by `make cordis`.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from eugraph.derive import derive_at, derived_graph
from eugraph.loading import Loaded
from eugraph.store import EmbeddedStore
from eugraph.store.on_disk import new_store
from imported.measuring import documented, measured
from sources.cordis.importing import BASE, Imported


@pytest.fixture(scope="module")
def slice_of(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """What 120 projects of haematology state, with what follows from it."""
    folder = tmp_path_factory.mktemp("slice")
    with tarfile.open(shared / "cordis" / "haemato-subset.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    made = Imported(sorted(folder.rglob("*.csv")), folder / "out")
    with new_store(folder / "store", [made.out / "quads.nq"]) as store:
        assert sum(1 for _ in derive_at(store, derived_graph(BASE)))
        yield store


def test_known_pairs_come_back_as_the_page_says(loaded: Loaded, slice_of: EmbeddedStore) -> None:
    known, found = measured(loaded, slice_of)
    assert known == 138
    assert found == documented(2)
    likeliest = [each for each in found if each.score == "0.9"]
    assert all(each.proposed == each.right for each in likeliest)
