"""Shapes that cannot be run are told by name, and nothing that they ask reads from outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from cli.runner import run
from eugraph.config import Workspace
from eugraph.errors import ShapesError
from eugraph.validate.reference import run as validate

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://e.org/> .\n"
S = "e:S a sh:NodeShape ; sh:targetNode e:x ; "
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def triples(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


FAULTY = {
    "no SELECT": S + 'sh:sparql [ sh:select "SELEC nonsense" ] .',
    "not SPARQL": S + 'sh:sparql [ sh:select "SELECT $this WHERE { $this" ] .',
    "Prefix not found": S + 'sh:sparql [ sh:select "SELECT $this WHERE { $this foo:bar ?y }" ] .',
    "SERVICE in its query": S
    + 'sh:sparql [ sh:select "SELECT $this { service <http://127.0.0.1:9/> { $this ?p ?y } }" ] .',
    "FROM in its query": S + 'sh:sparql [ sh:select "SELECT $this FROM <file:///etc/passwd> { $this ?p ?y }" ] .',
    "no one sh:select": S + 'sh:sparql [ sh:message "x" ] .',
    "sh:path is the text": S + 'sh:property [ sh:path "x" ; sh:minCount 1 ] .',
    "0 times sh:path": S + "sh:property [ sh:minCount 1 ] .",
    "2 times sh:path": S + "sh:property [ sh:path e:p, e:q ] .",
    "sh:minCount is": S + 'sh:property [ sh:path e:p ; sh:minCount "a" ] .',
    "no regular expression": S + 'sh:property [ sh:path e:p ; sh:pattern "([" ] .',
    "empty list": S + "sh:and () .",
    "back into itself": S + f"sh:in e:l . e:l <{RDF}first> 1 ; <{RDF}rest> e:l .",
    "no list": S + 'sh:xone "x" .',
}


@pytest.mark.parametrize("said", FAULTY)
def test_a_faulty_shape_is_named(said: str) -> None:
    with pytest.raises(ShapesError, match=f"the shape <https://e.org/S> cannot be run: .*{said}"):
        validate(triples("e:x e:p e:y ."), [], triples(FAULTY[said]))


@pytest.mark.parametrize(
    "shape",
    [
        S + "sh:property [ sh:path e:p ; sh:minInclusive e:z ] .",
        S + "sh:property [ sh:path _:a ; sh:minCount 1 ] . _:a sh:inversePath _:a .",
        S + "sh:property [ sh:path e:p ; sh:uniqueLang 'x' ] .",
        "e:C a sh:ConstraintComponent . " + S + "sh:nodeKind sh:IRI .",
    ],
)
def test_what_only_the_engine_notices_is_an_error_too(shape: str) -> None:
    with pytest.raises(ShapesError, match=r"the shapes cannot be run: .+\. Mend the shape"):
        validate(triples("e:x e:p e:y ."), [], triples(shape))


def test_names_that_look_like_keywords_are_no_keywords() -> None:
    shape = S + (
        "sh:sparql [ sh:prefixes e: ; sh:select '''SELECT $this ?from WHERE { # SERVICE\n"
        "$this e:from ?from . FILTER(?from = \"FROM\") }''' ] . e: sh:declare [ sh:prefix 'e' ; sh:namespace 'https://e.org/' ] ."
    )
    assert len(validate(triples("e:x e:from 'FROM' ."), [], triples(shape))) == 1


def test_the_command_ends_with_a_line_and_not_a_traceback(tiny: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(HEAD + FAULTY["sh:minCount is"], encoding="utf-8")
    outcome = run(tiny.root, "validate", "--shapes", str(path))
    assert outcome.status == 2
    assert "docs/errors.md#shapes" in outcome.err
