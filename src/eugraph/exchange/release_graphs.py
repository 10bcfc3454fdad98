"""The graphs of a release: one for each of its dump files, and one for each file of its ontology.

A release is read as it lies in its folder; what does not have the hash that release.json gives it is not sent.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson
from pyoxigraph import RdfFormat, parse

from eugraph.errors import InputError, UnreachableFileError
from eugraph.rdf.nquads import sorted_lines

_MANIFEST = "release.json"
_WHOLE = "dump/all.nq.gz"
_DUMP, _ONTOLOGY = ".nq.gz", ".ttl"


@dataclass(frozen=True, slots=True)
class ReleaseGraph:
    """A graph of a release, where it stands, and of its lines of N-Triples the number, the bytes and the SHA-256."""

    name: str
    path: Path
    statements: int
    size: int
    sha256: str

    def lines(self) -> Iterator[bytes]:
        """Yield its statements as sorted lines of N-Triples, each with its line feed."""
        return graph_lines(self.path, self.name)


def graph_lines(path: Path, name: str) -> Iterator[bytes]:
    """Yield the statements of a file of a release, which is one graph, as sorted lines of N-Triples.

    Raises:
        InputError: the file holds something else.
    """
    try:
        if path.name.endswith(_ONTOLOGY):
            quads = parse(path=str(path), format=RdfFormat.TURTLE, lenient=True)
            yield from (line.encode() for line in sorted_lines(quad.triple for quad in quads))
            return
        end = f" <{name}> .\n".encode()
        with gzip.open(path, "rb") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.endswith(end):
                    raise InputError(path, "this is no statement of the graph. Build the release anew.", line=number)
                yield line[: -len(end)] + b" .\n"
    except (OSError, EOFError, SyntaxError) as error:
        raise InputError(path, f"the graph cannot be read: {error}. Build the release anew.") from error


@dataclass(frozen=True, slots=True)
class ReleaseGraphs:
    """What a release holds: the base of its things' IRIs, and its graphs, sorted by name."""

    base_iri: str
    graphs: tuple[ReleaseGraph, ...]


def release_graphs(folder: Path) -> ReleaseGraphs:
    """Return the graphs of the release in a folder.

    Raises:
        InputError: there is no release, or a file of it was changed or is missing.
    """
    manifest = folder / _MANIFEST
    try:
        said = orjson.loads(manifest.read_bytes())
        base, files = str(said["base"]), said["files"]
        hashes = {path: str(file["sha256"]) for path, file in files.items() if _is_graph(path)}
    except OSError as error:
        raise UnreachableFileError(
            manifest, f"no release can be read here: {error.strerror}. Make one with `eugraph build`."
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(manifest, "this is no list of a release's files. Build the release anew.") from error
    return ReleaseGraphs(base, tuple(sorted(_graphs(folder, base, hashes), key=lambda graph: graph.name)))


def _is_graph(path: str) -> bool:
    if path.startswith("dump/"):
        return path.endswith(_DUMP) and path != _WHOLE
    return path.startswith("ontology/") and path.endswith(_ONTOLOGY)


def _graphs(folder: Path, base: str, hashes: Mapping[str, str]) -> Iterator[ReleaseGraph]:
    names: dict[str, Path] = {}
    for name, sha256 in hashes.items():
        path = folder / name
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise UnreachableFileError(
                path, f"a file of the release cannot be read: {error.strerror}. Build the release anew."
            ) from error
        if found != sha256:
            raise InputError(path, "this is not the file that release.json speaks of. Build the release anew.")
        graph = f"{base}graph/{name.removesuffix(_ONTOLOGY)}" if name.endswith(_ONTOLOGY) else _named_in(path)
        if graph in names:
            raise InputError(path, f"{names[graph].name} is the same graph, <{graph}>. Rename one of their sources.")
        names[graph] = path
        content, statements, size = hashlib.sha256(), 0, 0
        for line in graph_lines(path, graph):
            content.update(line)
            statements += 1
            size += len(line)
        yield ReleaseGraph(graph, path, statements, size, content.hexdigest())


def _named_in(path: Path) -> str:
    """The name of the graph of a dump: it stands in each line."""
    with gzip.open(path, "rb") as lines:
        line = lines.readline()
    graph = line.rpartition(b" <")[2].removesuffix(b"> .\n")
    return graph.decode()
