"""What follows from curated statements: each rule on small graphs, and laws over any."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from eugraph.config import open_workspace
from eugraph.derive import RULES_AFTER_VALUES, RULES_BEFORE_VALUES, derive, derived_graph, rule
from eugraph.loading import Loaded, load
from eugraph.vocab import PREFIXES, term

BASE = "https://w3id.org/eugraph/id/"
HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
SOURCES = """
<source/funder> eug:sourceKind srckind:funder . <source/own> eug:sourceKind srckind:own .
<source/press> eug:sourceKind srckind:press . <source/none> eug:sourceKind srckind:none .
"""


@pytest.fixture(scope="session")
def ontology() -> list[Quad]:
    from conftest import ROOT

    return load(open_workspace(ROOT)).ontology.quads


def derived(turtle: str, ontology: list[Quad]) -> set[str]:
    """What is derived, as lines of N-Triples with short names."""
    graph = NamedNode(BASE + "graph/x")
    quads = [Quad(q.subject, q.predicate, q.object, graph) for q in parse(HEAD + turtle, format=RdfFormat.TURTLE)]
    found = derive(quads, ontology, base_iri=BASE)
    assert all(quad.graph_name == derived_graph(BASE) for quad in found)
    return {short(quad.triple) for quad in found}


def short(triple: Triple) -> str:
    text = f"{triple.subject} {triple.predicate} {triple.object}".replace(f"<{BASE}", "<")
    for prefix, space in PREFIXES.items():
        text = text.replace(f"^^<{space}date>", "").replace(f"^^<{space}integer>", "")
        for part in text.split():
            if part.startswith(f"<{space}"):
                text = text.replace(part, f"{prefix}:{part[len(space) + 1 : -1]}")
    return text


def claim(
    name: str,
    value: str,
    source: str = "own",
    more: str = "",
    confidence: str = "stated",
    about: str = "numberOfPartners",
) -> str:
    return (
        f"<claim/{name}> a eug:Claim ; eug:subject <project/x> ; eug:property eug:{about} ; eug:value {value} ; "
        f"dcterms:source <source/{source}> ; eug:confidence confidence:{confidence} {'; ' + more if more else ''} .\n"
    )


def preferred(turtle: str, ontology: list[Quad]) -> set[str]:
    return {line.split("<claim/")[1][:-1] for line in derived(SOURCES + turtle, ontology) if "preferredClaim" in line}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (claim("b", "1", "press"), claim("a", "2", "funder", confidence="derived")),
        (claim("b", "1", "funder"), claim("a", "2", "own", 'eug:date "2020"^^xsd:gYear')),
        (
            claim("b", "1", more='eug:date "2020-02"^^xsd:gYearMonth'),
            claim("a", "2", more='eug:date "2020-01-31"^^xsd:date'),
        ),
        (
            claim("b", "1", more='eug:date "2020"^^xsd:gYear'),
            claim("a", "2", more='eug:date "2020-11"^^xsd:gYearMonth'),
        ),
        (claim("b", "1", more='eug:date "1999"^^xsd:gYear'), claim("a", "2")),
        (claim("b", "1"), claim("a", "2", more="eug:comparator comparator:over")),
        (claim("a", "1"), claim("b", "2")),
        (claim("b", "1", confidence="derived"), claim("a", "2", "funder", confidence="unverified")),
    ],
    ids=["confidence", "rank", "date", "latest-day", "dated", "exact", "iri", "unverified"],
)
def test_the_preferred_claim_is_found_in_the_documented_order(better: str, worse: str, ontology: list[Quad]) -> None:
    name = better.split("<claim/")[1][0]
    assert preferred(better + worse, ontology) == preferred(worse + better, ontology) == {name}
    assert '<project/x> eug:numberOfPartners "1"' in derived(SOURCES + better + worse, ontology)


def test_ranks_of_two_digits_count_as_numbers(ontology: list[Quad]) -> None:
    kinds = "srckind:eighth eug:rank 8 . srckind:twelfth eug:rank 12 ."
    sources = "<source/own> eug:sourceKind srckind:eighth . <source/press> eug:sourceKind srckind:twelfth ."
    background = [*ontology, *parse(HEAD + kinds, format=RdfFormat.TURTLE)]
    lines = derived(sources + claim("b", "1", "own") + claim("a", "2", "press"), background)
    assert "<project/x> eug:preferredClaim <claim/b>" in lines
    assert not [
        line
        for line in derived(sources + claim("a", "2", "press"), background)
        if "claim/a" not in line and "preferred" in line
    ]


@pytest.mark.parametrize("year", ["12021", "-0044", "0044", "0999"])
def test_a_year_that_has_not_four_digits_gives_no_days(year: str, ontology: list[Quad]) -> None:
    dates = f'<project/x> a eug:Project ; eug:startDate "{year}"^^xsd:gYear ; eug:endDate "{year}-01"^^xsd:gYearMonth .'
    about = claim("a", "1", more=f'eug:date "{year}-01-31"^^xsd:date')
    lines = derived(SOURCES + dates + about, ontology)
    assert not [line for line in lines if "Earliest" in line or "Latest" in line or "Months" in line]


def test_what_was_never_seen_gives_no_plain_value(ontology: list[Quad]) -> None:
    lines = derived(SOURCES + claim("a", "1", "none", confidence="unverified"), ontology)
    assert not [line for line in lines if "preferredClaim" in line or "numberOfPartners" in line]


def test_money_in_another_currency_is_never_preferred(ontology: list[Quad]) -> None:
    pound = claim("a", '"35"^^xsd:decimal', "funder", 'eug:currency "GBP"', about="totalCost")
    euro = claim("b", '"40.50"^^xsd:decimal', "press", 'eug:currency "EUR"', about="totalCost")
    lines = derived(SOURCES + pound + euro, ontology)
    assert '<project/x> eug:totalCost "40.50"^^xsd:decimal' in {
        line.replace("<http://www.w3.org/2001/XMLSchema#decimal>", "xsd:decimal") for line in lines
    }
    assert "<claim/a> eug:disputes <claim/b>" in lines


def test_a_plain_value_keeps_its_lexical_form(ontology: list[Quad]) -> None:
    lines = derived(
        SOURCES + claim("a", '"0042.50"^^xsd:decimal', more='eug:currency "EUR"', about="totalCost"), ontology
    )
    assert any('"0042.50"' in line and "totalCost" in line for line in lines)


def test_a_many_valued_property_takes_the_values_of_all_claims_that_were_seen(ontology: list[Quad]) -> None:
    lines = derived(
        SOURCES
        + claim("a", "<disease/a>, <disease/b>", about="studies")
        + claim("b", "<disease/c>", "press", confidence="derived", about="studies")
        + claim("c", "<disease/d>", "none", confidence="unverified", about="studies"),
        ontology,
    )
    assert {line for line in lines if "eug:studies" in line} == {
        f"<project/x> eug:studies <disease/{d}>" for d in "abc"
    }


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        ('"2020"^^xsd:gYear', '"2020-05"^^xsd:gYearMonth', False),
        ('"2020-05-01"^^xsd:date', '"2020-05"^^xsd:gYearMonth', False),
        ('"2020-05-01"^^xsd:date', '"2020-06"^^xsd:gYearMonth', True),
        ('"2020"^^xsd:gYear', '"2021"^^xsd:gYear', True),
    ],
)
def test_dates_agree_where_one_is_only_less_exact(one: str, other: str, disputed: bool, ontology: list[Quad]) -> None:
    lines = derived(SOURCES + claim("a", one, about="startDate") + claim("b", other, about="startDate"), ontology)
    assert ("<claim/b> eug:disputes <claim/a>" in lines) is disputed


def test_a_broader_concept_is_no_dispute(ontology: list[Quad]) -> None:
    narrow = claim("a", "fscheme:msca-itn-eid", about="fundingScheme")
    lines = derived(SOURCES + narrow + claim("b", "fscheme:msca-itn", about="fundingScheme"), ontology)
    assert not [line for line in lines if "disputes" in line]
    lines = derived(SOURCES + narrow + claim("b", "fscheme:csa", about="fundingScheme"), ontology)
    assert "<claim/b> eug:disputes <claim/a>" in lines


def test_a_rough_figure_disputes_an_exact_one(ontology: list[Quad]) -> None:
    lines = derived(SOURCES + claim("a", "66") + claim("b", "66", more="eug:comparator comparator:over"), ontology)
    assert "<claim/b> eug:disputes <claim/a>" in lines


PARTIAL = st.one_of(
    st.integers(1000, 9999).map(lambda y: (f"{y}", "gYear", dt.date(y, 1, 1), dt.date(y, 12, 31))),
    st.tuples(st.integers(1000, 9999), st.integers(1, 12)).map(
        lambda ym: (f"{ym[0]}-{ym[1]:02}", "gYearMonth", dt.date(*ym, 1), dt.date(*ym, calendar.monthrange(*ym)[1]))
    ),
    st.dates(min_value=dt.date(1000, 1, 1)).map(lambda d: (d.isoformat(), "date", d, d)),
)


@settings(max_examples=60, deadline=None)
@given(start=PARTIAL, end=PARTIAL)
def test_bounds_and_duration_are_those_of_the_calendar(
    start: tuple[str, str, dt.date, dt.date], end: tuple[str, str, dt.date, dt.date]
) -> None:
    turtle = f'<project/x> a eug:Project ; eug:startDate "{start[0]}"^^xsd:{start[1]} ; eug:endDate "{end[0]}"^^xsd:{end[1]} .'
    lines = derived(turtle, [])
    bounds = {"startEarliest": start[2], "startLatest": start[3], "endEarliest": end[2], "endLatest": end[3]}
    for name, day in bounds.items():
        assert f'<project/x> eug:{name} "{day.isoformat()}"' in lines
    first, last = start[2], end[3]
    months = 12 * (last.year - first.year) + last.month - first.month + (last.day >= first.day)
    expected = {f'<project/x> eug:durationMonths "{months}"'}
    known = first <= last and "gYear" not in (start[1], end[1])
    assert {line for line in lines if "durationMonths" in line} == (expected if known else set())


def test_what_has_no_english_name_is_called_by_its_official_one(ontology: list[Quad]) -> None:
    turtle = """
        <call/a> eug:officialName "B"@en , "A"@en , "C"@fr .
        <call/b> eug:officialName "B"@en ; skos:prefLabel "Bé"@fr .
        <call/c> eug:officialName "C"@en ; skos:prefLabel "Our name"@en .
    """
    names = {line for line in derived(turtle, ontology) if "skos:prefLabel" in line}
    assert names == {'<call/a> skos:prefLabel "A"@en', '<call/b> skos:prefLabel "B"@en'}


def test_who_takes_part_in_what_from_which_country_is_told_in_one_step(ontology: list[Quad]) -> None:
    lines = derived(
        """<participation/x/a/1> eug:participatesIn <project/x> ; eug:organisation <organisation/a> .
        <participation/x/a/2> eug:participatesIn <project/x> ; eug:organisation <organisation/a> .
        <participation/n/b> eug:participatesIn <network/n> ; eug:organisation <organisation/b> .
        <participation/lost> eug:organisation <organisation/a> .
        <organisation/a> eug:country country:NLD .""",
        ontology,
    )
    assert {line for line in lines if "takesPartIn" in line} == {
        "<organisation/a> eug:takesPartIn <project/x>",
        "<organisation/b> eug:takesPartIn <network/n>",
    }
    assert {line for line in lines if "participantCountry" in line} == {
        f"<participation/{name}> eug:participantCountry country:NLD" for name in ("x/a/1", "x/a/2", "lost")
    }


def test_every_link_is_stated_from_both_ends(ontology: list[Quad]) -> None:
    lines = derived(
        """<project/x> eug:grant <grant/x> ; eug:predecessor <project/w> ; dcterms:isPartOf <partnership/p> ; eug:relatedTo <project/r> .
        <participation/x> eug:participatesIn <project/x> ; eug:organisation <organisation/o> ; eug:role role:coordinator .""",
        ontology,
    )
    assert lines == {
        "<grant/x> eug:funds <project/x>",
        "<project/w> eug:successor <project/x>",
        "<partnership/p> dcterms:hasPart <project/x>",
        "<project/r> eug:relatedTo <project/x>",
        "<project/x> eug:hasParticipation <participation/x>",
        "<organisation/o> eug:holdsParticipation <participation/x>",
        "<project/x> eug:coordinator <organisation/o>",
        "<organisation/o> eug:takesPartIn <project/x>",
    }


def test_an_ill_typed_date_has_no_bounds(ontology: list[Quad]) -> None:
    assert (
        derived('<project/x> eug:startDate "2025-13-01"^^xsd:date ; eug:endDate "soon"^^xsd:gYear .', ontology) == set()
    )


def test_deriving_again_adds_nothing(loaded: Loaded) -> None:
    again = derive(loaded.quads, loaded.ontology.quads, base_iri=BASE)
    assert again == []


def test_every_rule_file_is_declared_and_explained(repository: object) -> None:
    from importlib.resources import files

    names = {path.name.removesuffix(".rq") for path in files("eugraph.derive").joinpath("rules").iterdir()}
    assert names == {*RULES_BEFORE_VALUES, *RULES_AFTER_VALUES}
    assert all(rule(name).startswith("# ") for name in names)


def test_terms_that_the_rules_speak_of_are_in_the_ontology(ontology: list[Quad]) -> None:
    import re

    known = {quad.subject.value for quad in ontology if isinstance(quad.subject, NamedNode)}
    for name in (*RULES_BEFORE_VALUES, *RULES_AFTER_VALUES):
        text = re.sub(r"#.*|<[^>]*>", "", rule(name))
        for used in re.findall(r"\b((?:eug|comparator|confidence|role):\w+)", text):
            assert term(used).value in known, f"{name}: {used}"
