"""A graph of projects, participations and organisations of any size, with faults that are known, and shapes for it.

All is invented. Of every hundred things one has a fault, and each fault breaks one constraint.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_ID = "https://example.org/id/"
_ONT = "https://example.org/ontology#"
_RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_COUNTRIES = ("DEU", "FRA", "ITA", "ESP", "NLD", "GRC")
_ROLES = ("coordinator", "participant", "thirdParty", "associatedPartner")
_STATEMENTS = 67.0  # of a project with its ten participations, and of one organisation; about

CORE_SHAPES = f"""
@prefix : <{_ONT}> .
@prefix s: <https://example.org/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <{_XSD}> .

s:Organisation a sh:NodeShape ; sh:targetClass :Organisation ; sh:nodeKind sh:IRI ;
    sh:property s:org-name , s:org-pic , s:org-country .
s:org-name sh:path :name ; sh:minCount 1 ; sh:uniqueLang true .
s:org-pic sh:path :pic ; sh:pattern "^9[0-9]{{8}}$" ; sh:maxCount 1 .
s:org-country sh:path :country ; sh:in ( {" ".join(f":{code}" for code in _COUNTRIES)} ) .

s:Project a sh:NodeShape ; sh:targetClass :Project ;
    sh:property s:project-acronym , s:project-start , s:project-end , s:project-total , s:project-participation .
s:project-acronym sh:path :acronym ; sh:datatype xsd:string ; sh:minLength 2 ; sh:maxLength 30 .
s:project-start sh:path :startDate ; sh:datatype xsd:date ; sh:minCount 1 .
s:project-end sh:path :endDate ; sh:datatype xsd:date .
s:project-order sh:targetSubjectsOf :endDate ; sh:path :startDate ; sh:lessThan :endDate .
s:project-total sh:path :total ; sh:datatype xsd:decimal ; sh:minInclusive 0 .
s:project-participation sh:path :participation ; sh:minCount 1 ; sh:node s:Listed .
s:Listed sh:property [ sh:path :role ; sh:minCount 1 ] .

s:Participation a sh:NodeShape ; sh:targetClass :Participation ;
    sh:property s:participation-organisation , s:participation-role , s:participation-share .
s:participation-organisation sh:path :organisation ; sh:class :Organisation ; sh:minCount 1 ; sh:maxCount 1 .
s:participation-role sh:path :role ; sh:in ( {" ".join(f":{role}" for role in _ROLES)} ) .
s:participation-share sh:path :share ; sh:datatype xsd:decimal ; sh:minInclusive 0 .
"""

SPARQL_SHAPES = f"""
@prefix : <{_ONT}> .
@prefix s: <https://example.org/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

s:prefixes sh:declare [ sh:prefix "" ; sh:namespace "{_ONT}"^^<{_XSD}anyURI> ] .
s:project-coordinator a sh:NodeShape ; sh:targetClass :Project ; sh:sparql [
    sh:prefixes s:prefixes ; sh:message "A project has two coordinators." ;
    sh:select \"\"\"
        SELECT DISTINCT $this ?value WHERE {{
            $this :participation ?value , ?other .
            ?value :role :coordinator . ?other :role :coordinator .
            FILTER(STR(?value) < STR(?other))
        }}\"\"\" ] .
s:participation-more a sh:NodeShape ; sh:targetClass :Participation ; sh:sparql [
    sh:prefixes s:prefixes ; sh:message "A participation has more money than its project." ;
    sh:select \"\"\"
        SELECT $this (?share AS ?value) WHERE {{
            $this :inProject ?project ; :share ?share .
            ?project :total ?total .
            FILTER(?share > ?total)
        }}\"\"\" ] .
"""


@dataclass(slots=True)
class ProjectGraph:
    """What was written: how many statements, and which shape must find how many faults."""

    statements: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    sparql_faults: Counter[str] = field(default_factory=Counter)

    def expected(self, *, sparql: bool) -> dict[str, int]:
        """Shape -> results, for the core shapes alone or with the SPARQL constraints."""
        return dict(sorted((self.faults + self.sparql_faults if sparql else self.faults).items()))


def write_graph(path: Path, statements: int) -> ProjectGraph:
    """Write a graph of about so many statements as N-Triples; equal numbers give equal files."""
    made = ProjectGraph()
    number = max(1, round(statements / _STATEMENTS))
    with path.open("w", encoding="utf-8") as file:
        for line in _lines(number, made):
            file.write(line)
            made.statements += 1
    return made


def _lines(number: int, made: ProjectGraph) -> Iterator[str]:
    chance = random.Random(number)
    for at in range(number):
        yield from _organisation(at, chance, made)
    for at in range(number):
        yield from _project(at, number, chance, made)


def _said(subject: str, name: str, value: str) -> str:
    return f"<{_ID}{subject}> <{_ONT}{name}> {value} .\n"


def _typed(text: str, datatype: str) -> str:
    return f'"{text}"^^<{_XSD}{datatype}>'


def _organisation(at: int, chance: random.Random, made: ProjectGraph) -> Iterator[str]:
    node = f"organisation/{at}"
    yield f"<{_ID}{node}> {_RDF_TYPE} <{_ONT}Organisation> .\n"
    yield _said(node, "name", f'"Organisation {at}"@en')
    if at % 100 == 1:
        made.faults["org-name"] += 1
        yield _said(node, "name", f'"Institute {at}"@en')
    yield _said(node, "name", f'"Organisation {at}"@de')
    fault = at % 100 == 2
    made.faults["org-pic"] += fault
    yield _said(node, "pic", f'"{"8" if fault else "9"}{at:08}"')
    fault = at % 100 == 3
    made.faults["org-country"] += fault
    yield _said(node, "country", f"<{_ONT}{'ABC' if fault else chance.choice(_COUNTRIES)}>")


def _project(at: int, number: int, chance: random.Random, made: ProjectGraph) -> Iterator[str]:
    node, fault = f"project/{at}", at % 100
    yield f"<{_ID}{node}> {_RDF_TYPE} <{_ONT}Project> .\n"
    yield _said(node, "acronym", f'"{"P" if fault == 1 else f"PROJECT-{at}"}"')
    made.faults["project-acronym"] += fault == 1
    day = f"{1 + at % 28:02}"
    if fault == 2:  # ill-typed: it is no date, so nobody can tell that it is earlier
        made.faults["project-start"] += 1
        made.faults["project-order"] += 1
    yield _said(node, "startDate", _typed(f"2020-{'13' if fault == 2 else '01'}-{day}", "date"))
    made.faults["project-order"] += fault == 3
    yield _said(node, "endDate", _typed(f"{'2019' if fault == 3 else '2024'}-06-{day}", "date"))
    total = chance.randrange(1_000_000, 9_000_000)
    yield _said(node, "total", _typed(f"{'-' if fault == 4 else ''}{total}.50", "decimal"))
    made.faults["project-total"] += fault == 4
    for place in range(10):
        yield from _participation(at, place, number, total, chance, made)


def _participation(
    at: int, place: int, number: int, total: int, chance: random.Random, made: ProjectGraph
) -> Iterator[str]:
    project, node, fault = f"project/{at}", f"participation/{at}/{place}", (at * 10 + place) % 1000
    yield _said(project, "participation", f"<{_ID}{node}>")
    yield f"<{_ID}{node}> {_RDF_TYPE} <{_ONT}Participation> .\n"
    yield _said(node, "inProject", f"<{_ID}{project}>")
    if fault == 55:
        made.faults["participation-organisation"] += 1
        yield _said(node, "organisation", f"<{_ID}project/{at}>")
    else:
        yield _said(node, "organisation", f"<{_ID}organisation/{chance.randrange(number)}>")
    role = "coordinator" if place == 0 or fault == 61 else chance.choice(_ROLES[1:])
    if fault == 61:
        made.sparql_faults["project-coordinator"] += 1
    if fault == 72:
        made.faults["participation-role"] += 1
        role = "guest"
    if fault == 83:
        made.faults["project-participation"] += 1
    else:
        yield _said(node, "role", f"<{_ONT}{role}>")
    share = total + 1 if fault == 94 else chance.randrange(1_000, 900_000)
    made.sparql_faults["participation-more"] += fault == 94 or at % 100 == 4  # a negative total is less than any share
    yield _said(node, "share", _typed(f"{share}.25", "decimal"))
