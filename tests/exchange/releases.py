"""Releases made for a test: a folder with dumps and the list of its files."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

BASE = "https://example.org/id/"


def graph(name: str) -> str:
    return f"{BASE}graph/{name}"


def made_release(folder: Path, graphs: Mapping[str, str]) -> Path:
    """A release of graphs, given by the end of their names and their statements in N-Triples, a line each."""
    files = {}
    for name, text in graphs.items():
        lines = sorted({f"{line.removesuffix(' .')} <{graph(name)}> .\n" for line in text.splitlines()})
        path = folder / "dump" / f"{name}.nq.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
        files[f"dump/{name}.nq.gz"] = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    (folder / "release.json").write_text(json.dumps({"base": BASE, "files": files}), encoding="utf-8")
    return folder


def released(folder: Path) -> dict[str, set[ox.Triple]]:
    """What a release holds, by graph, read by other means than push has."""
    base = json.loads((folder / "release.json").read_bytes())["base"]
    found: dict[str, set[ox.Triple]] = {}
    for path in (folder / "dump").rglob("*.nq.gz"):
        if path.name != "all.nq.gz":
            quads = ox.parse(gzip.decompress(path.read_bytes()), format=ox.RdfFormat.N_QUADS, lenient=True)
            for quad in quads:
                found.setdefault(str(quad.graph_name)[1:-1], set()).add(quad.triple)
    for path in (folder / "ontology").rglob("*.ttl"):
        name = f"{base}graph/{path.relative_to(folder).with_suffix('').as_posix()}"
        found[name] = {quad.triple for quad in ox.parse(path=str(path), lenient=True)}
    return found


def numbered(how_many: int, value: str = "x") -> str:
    return "".join(f'<{BASE}thing/{number:06}> <urn:x:says> "{value} {number}" .\n' for number in range(how_many))
