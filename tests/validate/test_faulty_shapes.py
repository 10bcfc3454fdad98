"""Shapes that cannot be run are told by name, and nothing that they ask reads from outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from cli.runner import run
from eugraph.config import Workspace
from eugraph.errors import ShapesError
from eugraph.shacl import Result, compile_shapes

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://e.org/> .\n"
S = "e:S a sh:NodeShape ; sh:targetNode e:x ; "
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def triples(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


def validate(data: list[Triple], shapes: list[Triple]) -> list[Result]:
    plan = compile_shapes(shapes)
    return plan.run(plan.graph(data))


FAULTY = {
    "it is no query": S + 'sh:sparql [ sh:select "SELEC nonsense" ] .',
    "not SPARQL": S + 'sh:sparql [ sh:select "SELECT $this WHERE { $this" ] .',
    "Prefix not found": S + 'sh:sparql [ sh:select "SELECT $this WHERE { $this foo:bar ?y }" ] .',
    "SERVICE would ask another endpoint": S
    + 'sh:sparql [ sh:select "SELECT $this { service <http://127.0.0.1:9/> { $this ?p ?y } }" ] .',
    "FROM <file:///etc/passwd> is none": S
    + 'sh:sparql [ sh:select "SELECT $this FROM <file:///etc/passwd> { $this ?p ?y }" ] .',
    "0 values of sh:select": S + 'sh:sparql [ sh:message "x" ] .',
    'sh:path is "x"': S + 'sh:property [ sh:path "x" ; sh:minCount 1 ] .',
    "has no sh:path": S + "sh:property [ sh:minCount 1 ] .",
    "2 times sh:path": S + "sh:property [ sh:path e:p, e:q ] .",
    "sh:minCount is": S + 'sh:property [ sh:path e:p ; sh:minCount "a" ] .',
    "no regular expression": S + 'sh:property [ sh:path e:p ; sh:pattern "([" ] .',
    "empty list": S + "sh:and () .",
    "back into itself": S + f"sh:in e:l . e:l <{RDF}first> 1 ; <{RDF}rest> e:l .",
    "no list": S + 'sh:xone "x" .',
    "sh:minInclusive is": S + "sh:property [ sh:path e:p ; sh:minInclusive e:z ] .",
    "nested too deep": S + "sh:property [ sh:path _:a ; sh:minCount 1 ] . _:a sh:inversePath _:a .",
    "sh:uniqueLang is": S + "sh:property [ sh:path e:p ; sh:uniqueLang 'x' ] .",
    "leads back to itself": S + "sh:property [ sh:path e:p ; sh:node e:S ] .",
    "which is not derived here": S + "sh:entailment <http://www.w3.org/ns/entailment/RDFS> .",
    "stands at a node shape": S + "sh:minCount 1 .",
    "two namespaces": S
    + 'sh:sparql [ sh:prefixes e: ; sh:select "SELECT $this {}" ] .'
    + ' e: sh:declare [ sh:prefix "e" ; sh:namespace "https://e.org/" ], [ sh:prefix "e" ; sh:namespace "https://f.org/" ] .',
    "MINUS cannot stand in it": S + 'sh:sparql [ sh:select "SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }" ] .',
    "does not return": S + 'sh:sparql [ sh:select "SELECT ?x { $this ?p ?x }" ] .',
    "would bind it again": S + 'sh:sparql [ sh:select "SELECT $this { BIND(1 AS $this) }" ] .',
    "and the shape has no sh:path": S + 'sh:sparql [ sh:select "SELECT $this { $this $PATH ?x }" ] .',
}


@pytest.mark.parametrize("said", FAULTY)
def test_a_faulty_shape_is_named(said: str) -> None:
    with pytest.raises(ShapesError, match=f"the shape <https://e.org/S> cannot be run: .*{said}"):
        validate(triples("e:x e:p e:y ."), triples(FAULTY[said]))


def test_the_clause_that_is_broken_is_named() -> None:
    with pytest.raises(ShapesError, match=r"Write a whole number\. \(SHACL §4\.2\.1\)"):
        compile_shapes(triples(FAULTY["sh:minCount is"]))


def test_names_that_look_like_keywords_are_no_keywords() -> None:
    shape = S + (
        "sh:sparql [ sh:prefixes e: ; sh:select '''SELECT $this ?from WHERE { # SERVICE\n"
        "$this e:from ?from . FILTER(?from = \"FROM\") }''' ] . e: sh:declare [ sh:prefix 'e' ; sh:namespace 'https://e.org/' ] ."
    )
    assert len(validate(triples("e:x e:from 'FROM' ."), triples(shape))) == 1


def test_the_command_ends_with_a_line_and_not_a_traceback(tiny: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(HEAD + FAULTY["sh:minCount is"], encoding="utf-8")
    outcome = run(tiny.root, "validate", "--shapes", str(path))
    assert outcome.status == 2
    assert "docs/errors.md#shapes" in outcome.err
