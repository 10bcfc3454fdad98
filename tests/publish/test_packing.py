"""The parts of the dumps: the same from statements in memory and on disk, in the order of lines and of IRIs."""

from __future__ import annotations

import gzip
from pathlib import Path

import orjson
from hypothesis import given
from hypothesis import strategies as st

from eugraph.imported.subjects import Subjects, make_subjects
from eugraph.publish.packing import ALL, HEADS, NODES, TURTLE, pack_quads, pack_union
from eugraph.publish.union import by_iri, by_line
from eugraph.rdf.jsonld_context import Context, Term
from eugraph.vocab import EUG, PREFIXES

BASE, GRAPH, OTHER = "https://example.org/id/", "<https://example.org/id/graph/a>", "<https://example.org/id/graph/b>"
NAME = f"<{PREFIXES['skos']}prefLabel>"
CONTEXT = Context.from_ontology([])
assert isinstance(CONTEXT.terms["claims"], Term)
IRIS = st.text("ab/-?z", max_size=4).map(lambda rest: f"<{BASE}{rest}>")

SAID = {
    f"<{BASE}b>": {GRAPH: f'{NAME} "B"@en\n<{EUG}grant> <{BASE}c/1>\n<{EUG}grant> <{BASE}a>', OTHER: f'{NAME} "B"@en'},
    f"<{BASE}a>": {GRAPH: f'<{EUG}acronym> "A"'},
    f"<{BASE}a/b>": {GRAPH: f'<{EUG}acronym> "AB"\n<{EUG}programme> <{BASE}named>'},
    f"<{BASE}c/1>": {OTHER: f'<{EUG}acronym> "C1"'},
    f"<{BASE}claim>": {GRAPH: f'<{EUG}subject> <{BASE}b>\n<{EUG}value> "1"'},
    f"<{BASE}named>": {GRAPH: f'{NAME} "Only named"@en'},
}


def packed(said: Subjects | dict[str, dict[str, str]], folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    pack_quads(said, None, folder)
    pack_union(said, CONTEXT, BASE, None, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def on_disk(folder: Path) -> Subjects:
    files = []
    for name, graph in (("a", GRAPH), ("b", OTHER)):
        lines = [
            f"{s} {line} {graph} .\n"
            for s, texts in SAID.items()
            if graph in texts
            for line in texts[graph].split("\n")
        ]
        (folder / name).write_text("".join(lines), encoding="utf-8", newline="\n")
        files.append((folder / name, graph))
    make_subjects(folder, files)
    return Subjects(folder)


def test_what_lies_on_disk_is_packed_as_what_is_in_memory(tmp_path: Path) -> None:
    assert packed(on_disk(tmp_path), tmp_path / "there") == packed(SAID, tmp_path / "here")


def test_quads_stand_in_the_order_of_lines_and_blocks_in_that_of_iris(tmp_path: Path) -> None:
    files = packed(on_disk(tmp_path), tmp_path / "packed")
    lines = gzip.decompress(files[ALL]).splitlines()
    assert lines == sorted(lines)
    assert lines[0].startswith(f"<{BASE}a/b> ".encode())
    blocks = gzip.decompress(files[TURTLE]).decode().split("\n\n")
    heads = [block.strip().partition("\n")[0] for block in blocks]
    assert heads == ["<a>", "<a/b>", "<b>", "<c/1>", "<claim>", "<named>"]


def test_parts_claims_and_what_is_only_named_stand_where_they_are_mentioned(tmp_path: Path) -> None:
    files = packed(on_disk(tmp_path), tmp_path / "packed")
    nodes = orjson.loads(b"[" + gzip.decompress(files[NODES]) + b"]")
    assert [node["id"] for node in nodes] == ["a", "a/b", "b"]
    assert orjson.loads(files[HEADS])["nodes"] == len(nodes)
    _, second, third = nodes
    named = orjson.dumps(second).decode()
    assert "Only named" in named
    assert '"c/1"' in orjson.dumps(third).decode()
    assert [claim["id"] for claim in third["claims"]] == ["claim"]


@given(st.sets(IRIS))
def test_lines_are_in_order_whatever_the_iris(iris: set[str]) -> None:
    said = {iri: {"": iri} for iri in iris}
    assert [iri for iri, _ in by_iri(said)] == sorted(iris, key=lambda iri: iri[1:-1])
    assert [iri for iri, _ in by_line(by_iri(said))] == sorted(iris)
