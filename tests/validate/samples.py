"""Reports for the formats to write: findings of every kind, and texts that would break out of a format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from pyoxigraph import Quad, RdfFormat, parse

from eugraph.findings import Finding, Place, Severity
from eugraph.validate import Report
from eugraph.validate.engine import run_shapes
from eugraph.validate.shape_finding import shape_finding
from eugraph.validate.words import Names, Words

BASE = "https://w3id.org/eugraph/id/"
HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <http://example.org/> . @prefix eug: <https://w3id.org/eugraph/ontology#> .
"""
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>document.title='owned'</script>",
    "\" onmouseover=\"alert(1)' x='",
    "]]> &amp; <!-- -->",
    "first\nsecond\r\n::error::third\x00\x1b[31m\ufffe\u202egpj",
    "100% [a](http://example.org/) {{ 7 * 7 }} \\",
)


def turtle(text: str) -> list[Quad]:
    return list(parse(HEAD + text, format=RdfFormat.TURTLE))


def validated(data: str, shapes: str, place: Place | None = None) -> Report:
    """The report of data against shapes, both in Turtle."""
    asked = turtle(shapes)
    outcome = run_shapes(turtle(data), asked)
    words = Words(Names(asked), outcome.values)
    return Report(tuple(shape_finding(result, lambda *_: place, words) for result in outcome.results))


def hostile() -> list[Finding]:
    """Each hostile text, wherever a finding has a text."""
    return [
        Finding(
            code="ill-typed-literal",
            severity=list(Severity)[number % 3],
            message=f"{text} is wrong. {text}",
            reasons=(f"either {text}", f"or {text}"),
            place=Place(PurePath(f"data/a,b:c%20 {number}.ttl"), number + 1, 2),
            focus=f"<{BASE}thing/{number}>",
            value=text_term(text),
        )
        for number, text in enumerate(HOSTILE)
    ]


def text_term(text: str) -> str:
    """A text as N-Triples writes it."""
    from pyoxigraph import Literal

    return str(Literal(text))


def many(number: int, *, code: str = "name", severity: Severity = Severity.VIOLATION, file: str = "a") -> list[Finding]:
    """Findings with one cause."""
    return [
        Finding(
            code=code,
            severity=severity,
            message=f"“{n}” is no number. Write a number.",
            place=Place(PurePath(f"data/{file}.ttl"), n + 1, 1),
            focus=f"<{BASE}thing/{n}>",
        )
        for n in range(number)
    ]


SHAPES = """
ex:S sh:targetClass ex:T ; sh:property ex:age , ex:name , [ sh:path ( ex:a [ sh:inversePath ex:b ] ) ; sh:maxCount 0 ] ,
    [ sh:path ex:contact ; sh:or ( [ sh:nodeKind sh:IRI ] [ sh:pattern "^[+]" ] ) ] ; sh:sparql ex:Query .
ex:age sh:path ex:age ; sh:datatype xsd:integer ; sh:severity ex:Grave .
ex:name sh:path ex:name ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "Ein Name fehlt."@de , "A name is missing."@en .
ex:Query sh:select "SELECT $this ?value WHERE { $this <http://example.org/bad> ?value }" ; sh:message "{?value} is bad."@en .
"""
DATA = """
ex:t a ex:T ; ex:age "x" ; ex:a ex:m ; ex:contact "call" ; ex:bad 1 . ex:n ex:b ex:m .
_:blank a ex:T ; ex:age "300"^^xsd:byte ; ex:contact _:other . _:other ex:x 1 .
"""


def samples() -> Sequence[Report]:
    """Reports that differ in everything that formats must cope with."""
    unreadable = Finding(
        code="syntax-error", severity=Severity.VIOLATION, message="no", place=Place(PurePath("x.ttl")), unreadable=True
    )
    return (
        Report(()),
        Report((), ("the shapes ask for a rule (sh:rule), so pySHACL ran them",)),
        Report(tuple(hostile())),
        Report((unreadable, Finding(code="z", severity=Severity.INFO, message="nowhere"))),
        Report(tuple(many(30))),
        validated(DATA, SHAPES, Place(PurePath("data/x.ttl"), 3, 4)),
    )
