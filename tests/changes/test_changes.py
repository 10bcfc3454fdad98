"""What differs between two states: named once each in words, and enough for a store to follow."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePath

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import copy_tiny
from eugraph.changes import FORMATS, Changes, changes, side_of_quads
from eugraph.errors import FormatLimitError
from eugraph.findings import Finding, Place, Severity
from eugraph.loading import Loaded, load
from eugraph.rdf.nquads import sorted_lines
from eugraph.vocab import PREF_LABEL, RDF_TYPE, term

BASE = "https://w3id.org/eugraph/id/"
GRAPH = ox.NamedNode(f"{BASE}graph/data")
DERIVED = ox.NamedNode(f"{BASE}graph/derived")
KEYWORD = term("dcat:keyword")


@pytest.fixture(scope="session")
def tiny_loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The tiny workspace, read."""
    return load(copy_tiny(tmp_path_factory.mktemp("changes") / "tiny"))


def thing(path: str) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}{path}")


def quads_of(path: str, *pairs: tuple[str, ox.NamedNode | ox.Literal]) -> list[ox.Quad]:
    return [ox.Quad(thing(path), term(curie), value, GRAPH) for curie, value in pairs]


def english(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


def organisation(name: str) -> list[ox.Quad]:
    return quads_of(
        f"organisation/{name}",
        ("rdf:type", term("eug:Organisation")),
        ("skos:prefLabel", english(name)),
        ("eug:country", term("country:FRA")),
    )


def participation(name: str, project: str) -> list[ox.Quad]:
    return quads_of(
        f"participation/{project}/{name}/participant",
        ("rdf:type", term("eug:Participation")),
        ("eug:organisation", thing(f"organisation/{name}")),
        ("eug:participatesIn", thing(f"project/{project}")),
        ("eug:role", term("role:participant")),
    )


def claim(name: str, project: str) -> list[ox.Quad]:
    return quads_of(
        f"claim/{name}",
        ("rdf:type", term("eug:Claim")),
        ("eug:subject", thing(f"project/{project}")),
        ("eug:property", term("eug:numberOfPartners")),
        ("eug:value", ox.Literal(name)),
    )


def grant(name: str, project: str) -> list[ox.Quad]:
    link = quads_of(f"project/{project}", ("eug:grant", thing(f"grant/{name}")))
    return [
        *link,
        *quads_of(f"grant/{name}", ("rdf:type", term("eug:Grant")), ("eug:grantNumber", ox.Literal(name))),
    ]


@dataclass
class Edits:
    """Random edits of a graph, each with a word of its own that nothing else holds."""

    rest: random.Random
    quads: set[ox.Quad]
    projects: Sequence[str]
    before: set[ox.Quad] = field(init=False)
    words: list[str] = field(default_factory=list)
    numbers: Iterable[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        """Plant what some edits will take away or change."""
        self.planted = [f"planted{number}x" for number in range(8)]
        project = self.projects[0]
        self.quads |= {*organisation("lasting")}
        for word in self.planted[:2]:
            self.quads |= {*quads_of(f"project/{project}", ("dcat:keyword", english(word)))}
        self.quads |= {*organisation(self.planted[2]), *participation("lasting", project)}
        self.quads |= {*organisation(self.planted[3]), *participation(self.planted[3], project)}
        self.quads |= {*claim(self.planted[4], project), *grant(self.planted[5], project)}
        self.before = set(self.quads)
        self.single: dict[tuple[object, object], int] = {}
        for quad in self.quads:
            key = (quad.subject, quad.predicate)
            self.single[key] = self.single.get(key, 0) + 1
        self.touched: set[object] = set()

    def word(self) -> str:
        word = f"word{next(iter(self.numbers))}x"
        self.words.append(word)
        return word

    def change_a_text(self) -> None:
        open_ = sorted(
            (
                q
                for q in self.quads & self.before
                if isinstance(q.object, ox.Literal)
                and q.graph_name != DERIVED
                and q.predicate not in (PREF_LABEL, KEYWORD, term("eug:value"), term("eug:grantNumber"))
                and not any(isinstance(q.subject, ox.NamedNode) and word in q.subject.value for word in self.planted)
                and self.single[q.subject, q.predicate] == 1
                and (q.subject, q.predicate) not in self.touched
            ),
            key=str,
        )
        quad = self.rest.choice(open_)
        self.touched.add((quad.subject, quad.predicate))
        self.quads.remove(quad)
        self.quads.add(ox.Quad(quad.subject, quad.predicate, ox.Literal(self.word()), quad.graph_name))

    def add_a_keyword(self) -> None:
        self.quads |= {*quads_of(f"project/{self.rest.choice(self.projects)}", ("dcat:keyword", english(self.word())))}

    def add_an_organisation(self) -> None:
        self.quads |= {*organisation(self.word())}

    def add_a_participation(self) -> None:
        self.quads |= {*participation("lasting", self.rest.choice(self.projects[1:]))}

    def add_a_claim(self) -> None:
        self.quads |= {*claim(self.word(), self.rest.choice(self.projects))}

    def add_a_grant(self) -> None:
        self.quads |= {*grant(self.word(), self.rest.choice(self.projects))}

    def take_away_what_was_planted(self) -> None:
        left = [word for word in self.planted[:6] if word not in self.words and word != self.planted[3]]
        if not left:
            return
        word = self.rest.choice(left)
        self.words.append(word)
        self.quads = {q for q in self.quads if word not in str(q)}

    def take_a_partner_out(self) -> None:
        word = self.planted[3]
        if word not in self.words:
            self.words.append(word)
            self.quads -= {*participation(word, self.projects[0])}

    def some(self, number: int) -> None:
        kinds = (
            self.change_a_text,
            self.add_a_keyword,
            self.add_an_organisation,
            self.add_a_claim,
            self.add_a_grant,
            self.take_away_what_was_planted,
            self.take_a_partner_out,
        )
        for _ in range(number):
            self.rest.choice(kinds)()


def compared(edits: Edits, loaded: Loaded) -> Changes:
    vocabulary = [quad.triple for quad in loaded.ontology.quads]
    sides = (
        side_of_quads(Path(name), quads, vocabulary=vocabulary, base_iri=BASE)
        for name, quads in (("old", edits.before), ("new", edits.quads))
    )
    return changes(*sides)


def written(found: Changes, form: str) -> str:
    return "".join(FORMATS[form](found))


def patched(lines: set[str], patch: str) -> set[str]:
    """The lines after a patch; each that goes must be there, each that comes must not."""
    for line in patch.splitlines(keepends=True):
        if line.startswith("D "):
            lines.remove(line[2:])
        elif line.startswith("A "):
            assert line[2:] not in lines
            lines.add(line[2:])
        else:
            assert line.startswith(("H id <urn:sha256:", "TX .", "TC ."))
    return lines


def check(edits: Edits, loaded: Loaded) -> None:
    found = compared(edits, loaded)
    patch = written(found, "patch")
    assert patched(set(sorted_lines(edits.before)), patch) == set(sorted_lines(edits.quads))
    for form in ("text", "md"):
        said = written(found, form)
        for word in edits.words:
            assert said.count(word) == (2 if form == "md" and f"/{word}>" in said else 1), (word, said)
    told = [edit["words"] for each in json.loads(written(found, "json"))["things"] for edit in each["edits"]]
    assert len(told) == len(set(told))


@settings(max_examples=200)
@given(st.integers(0, 10**9), st.integers(1, 12))
def test_each_of_random_edits_is_named_once_and_the_patch_leads_from_old_to_new(
    tiny_loaded: Loaded, seed: int, number: int
) -> None:
    edits = Edits(random.Random(seed), set(tiny_loaded.quads), ("alpha", "beta"))
    edits.some(number)
    check(edits, tiny_loaded)


@settings(max_examples=10)
@given(st.integers(0, 10**9))
def test_so_it_is_in_the_reference_workspace(loaded: Loaded, seed: int) -> None:
    edits = Edits(random.Random(seed), set(loaded.quads), ("harmony", "profile", "tolerate"))
    edits.some(20)
    check(edits, loaded)


def test_words(tiny_loaded: Loaded) -> None:
    edits = Edits(random.Random(1), set(tiny_loaded.quads), ("alpha", "beta"))
    start = next(q for q in edits.quads if q.subject == thing("project/alpha") and q.predicate == term("eug:endDate"))
    edits.quads.remove(start)
    later = ox.Literal("2023-09", datatype=term("xsd:gYearMonth"))
    edits.quads.add(ox.Quad(start.subject, start.predicate, later, start.graph_name))
    edits.add_a_participation()
    role = next(q for q in participation("lasting", "alpha") if q.predicate == term("eug:role"))
    edits.quads.remove(role)
    edits.quads.add(ox.Quad(role.subject, role.predicate, term("role:coordinator"), GRAPH))
    edits.quads |= {*quads_of("project/beta", ("skos:altLabel", ox.Literal("Bêta", language="fr")))}
    assert written(compared(edits, tiny_loaded), "text") == (
        "old -> new\n"
        "Alpha (project)\n"
        "  end date: 2023-06 -> 2023-09\n"
        "  coordinator lasting: role: participant -> coordinator\n"
        "Beta (project)\n"
        "  also called: Bêta (fr) added\n"
        "  participant lasting added\n"
        "7 statements added, 2 removed\n"
    )


def test_what_only_moved_to_another_file_is_no_edit(tiny_loaded: Loaded) -> None:
    quads = set(tiny_loaded.curated.quads)
    moved = {ox.Quad(q.subject, q.predicate, q.object, GRAPH) for q in quads}
    found = changes(side_of_quads(Path("old"), quads), side_of_quads(Path("new"), moved))
    assert not found.things
    assert found.elsewhere == len(quads)
    assert f"{len(quads)} statements in another graph than before" in written(found, "text")


def test_a_datatype_that_changed_is_shown() -> None:
    sides = [
        side_of_quads(
            Path(name), quads_of("project/a", ("eug:numberOfPartners", ox.Literal("5", datatype=term(datatype))))
        )
        for name, datatype in (("old", "xsd:integer"), ("new", "xsd:decimal"))
    ]
    assert "number of partners: 5 (xsd:integer) -> 5 (xsd:decimal)" in written(changes(*sides), "text")


def test_hostile_texts_are_no_markup(tiny_loaded: Loaded) -> None:
    edits = Edits(random.Random(1), set(tiny_loaded.quads), ("alpha", "beta"))
    edits.quads |= {*quads_of("project/beta", ("dcat:keyword", english("# <script>alert(1)</script> [x](y)\n- a")))}
    assert r"\# \<script\>alert\(1\)\</script\> \[x\]\(y\) - a" in written(compared(edits, tiny_loaded), "md")


def test_a_patch_does_not_speak_of_blank_nodes() -> None:
    quad = ox.Quad(ox.BlankNode("b"), RDF_TYPE, term("eug:Project"), GRAPH)
    found = changes(side_of_quads(Path("old"), []), side_of_quads(Path("new"), [quad]))
    with pytest.raises(FormatLimitError, match="blank node"):
        written(found, "patch")


def test_equal_states_differ_in_nothing(tiny_loaded: Loaded) -> None:
    sides = [side_of_quads(Path(name), tiny_loaded.quads) for name in ("old", "new")]
    assert written(changes(*sides), "text") == "old -> new\n0 statements added, 0 removed\n"


def test_findings_are_compared_without_their_lines() -> None:
    finding = Finding(code="a", severity=Severity.INFO, message="Some fault.", place=Place(PurePath("x.ttl"), 3, 1))
    lower = replace(finding, place=Place(PurePath("x.ttl"), 9, 1))
    other = replace(finding, code="b", message="Another fault.")
    found = changes(
        side_of_quads(Path("old"), [], findings=[finding]), side_of_quads(Path("new"), [], findings=[lower, other])
    )
    assert found.fixed == []
    assert [told.code for told in found.found or ()] == ["b"]
    assert "1 new finding\n  info: Another fault.\n" in written(found, "text")
