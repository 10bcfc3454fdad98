"""The W3C SHACL test suite, read from where it lies: a case has data, shapes, and the results that must come out.

Spec: <https://w3c.github.io/data-shapes/data-shapes-test-suite/>.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from eugraph.shacl import Result
from eugraph.shacl.graph import Term
from eugraph.shacl.path import compile_path
from eugraph.shacl.shapes_graph import ShapesGraph

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_SHT = "http://www.w3.org/ns/shacl-test#"

Key = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class Case:
    """One test: `expected` is None where the suite demands a refusal."""

    name: str
    data: list[Quad]
    shapes: list[Quad]
    expected: list[Key] | None
    data_path: Path
    shapes_path: Path


def whole_suite(folder: Path) -> list[Case]:
    """All cases: those of the manifests, and of one file (nodeValidator-001) that no manifest includes."""
    found = {case.name: case for case in cases(folder / "manifest.ttl")}
    for path in sorted(folder.glob("sparql/*/*.ttl")):
        found |= {case.name: case for case in cases(path)}
    return list(found.values())


def cases(manifest: Path) -> Iterator[Case]:
    """Yield the cases of a manifest and of those that it includes."""
    graph = ShapesGraph(_read(manifest))
    here = NamedNode(manifest.as_uri())
    for included in graph.values(here, NamedNode(f"{_MF}include")):
        yield from cases(Path(included.value.removeprefix("file://")))
    for head in graph.values(here, NamedNode(f"{_MF}entries")):
        for entry in graph.items(here, "mf:entries", head, ""):
            yield _case(manifest, graph, entry)


def _read(path: Path) -> list[Quad]:
    return list(parse(path=str(path), format=RdfFormat.TURTLE, base_iri=path.as_uri()))


def _case(manifest: Path, graph: ShapesGraph, entry: Term) -> Case:
    (action,) = graph.values(entry, NamedNode(f"{_MF}action"))
    (result,) = graph.values(entry, NamedNode(f"{_MF}result"))
    paths = []
    for name in ("dataGraph", "shapesGraph"):
        (address,) = graph.values(action, NamedNode(f"{_SHT}{name}"))
        paths.append(Path(address.value.removeprefix("file://")))
    own = [Quad(triple.subject, triple.predicate, triple.object) for triple in graph.triples]
    data, shapes = (own if path == manifest else _read(path) for path in paths)
    if paths[0] == paths[1]:
        shapes = data
    failure = result == NamedNode(f"{_SHT}Failure")
    expected = None if failure else sorted(_expected(graph, result))
    name = entry.value.rpartition("/tests/")[2]
    return Case(name, data, shapes, expected, paths[0], paths[1])


def _expected(graph: ShapesGraph, report: Term) -> Iterator[Key]:
    for node in graph.values(report, "sh:result"):

        def said(name: str, node: Term = node) -> Term | None:
            found = graph.values(node, name)
            return found[0] if found else None

        path = said("sh:resultPath")
        yield _key(
            said("sh:focusNode"),
            compile_path(graph, node, path).sparql() if path is not None else "",
            said("sh:value"),
            said("sh:sourceConstraintComponent"),
            said("sh:resultSeverity"),
            said("sh:sourceShape"),
        )


def key_of(result: Result) -> Key:
    """What the suite compares of a result."""
    path = result.path.sparql() if result.path else ""
    return _key(result.focus, path, result.value, result.component, result.severity, result.shape)


def _key(focus: Term | None, path: str, *rest: Term | None) -> Key:
    shown: Callable[[Term | None], str] = lambda node: "_:" if isinstance(node, BlankNode) else str(node or "")  # noqa: E731
    value, component, severity, shape = map(shown, rest)
    return (shown(focus), path, value, component, severity, shape)
