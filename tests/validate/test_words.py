"""A finding reads as sentences: what is wrong, the value, and what to do."""

from __future__ import annotations

import re

import pytest

from eugraph.shacl import compile_shapes
from eugraph.validate.words import Words
from validate.samples import turtle, validated

SAID = (
    ("sh:datatype xsd:integer", '"abc"^^xsd:integer', "“abc” is no whole number (xsd:integer). Write a whole number."),
    (
        "sh:datatype xsd:date",
        '"2023"^^xsd:gYear',
        "“2023” is no day (xsd:date). Write a day of the calendar as YYYY-MM-DD, with the datatype xsd:date.",
    ),
    (
        "sh:datatype xsd:integer",
        '"7"',
        "“7” is written as a text, and xsd:integer is asked for. Write ^^xsd:integer behind it.",
    ),
    ("sh:datatype xsd:string", '"a"@en', "“a”@en has a language, and xsd:string is asked for. Take @en away."),
    ("sh:datatype rdf:langString", '"a"', "“a” has no language. Add one, such as @en."),
    (
        "sh:datatype xsd:integer",
        "ex:o",
        "<http://example.org/o> is a thing, and a value of the type xsd:integer is asked for. Write a whole number.",
    ),
    (
        "sh:class ex:Org",
        "ex:o",
        "<http://example.org/o> is not of the class Org. Name a thing of that class, or give this one the class.",
    ),
    ("sh:class ex:Org", '"o"', "“o” is a text, and a thing of the class Org is asked for. Name that thing by its IRI."),
    ("sh:nodeKind sh:IRI", '"o"', "“o” is not an IRI, and must be. Write the address in < >, or a name with a prefix."),
    ("sh:minCount 2", '"o"', "there is 1 value of p, and 2 are needed at least. Add 1."),
    ("sh:maxCount 1", "1, 2, 3", "there are 3 values of p, and 1 is allowed at most. Keep one."),
    ("sh:maxCount 0", "1", "p may not be said here. Take it out."),
    ("sh:minInclusive 18", "3", "3 is out of range. Write at least 18."),
    ("sh:maxExclusive 18", "18", "18 is out of range. Write less than 18."),
    (
        "sh:minInclusive 18",
        '"x"',
        "“x” cannot be compared with 18. Write a value of the type xsd:integer, at least 18.",
    ),
    ("sh:minLength 3", '"ab"', "“ab” has 2 characters, and at least 3 characters must be. Write more."),
    ("sh:maxLength 1", '"ab"', "“ab” has 2 characters, and at most 1 character must be. Shorten it."),
    ('sh:pattern "^[A-Z]"', '"ab"', "“ab” does not match the pattern ^[A-Z]. Write it in that form."),
    (
        'sh:languageIn ( "en" "de" )',
        '"a"@fr',
        "the language of “a”@fr is not one of those allowed: @en or @de. Say it in one of them.",
    ),
    ("sh:uniqueLang true", '"a"@en, "b"@en', "p has several texts in @en. Keep one text a language."),
    (
        "sh:equals ex:q",
        "1 ; ex:q 1, 2",
        "2 stands under q alone, and p must have the same values. Add it there, or take it out.",
    ),
    ("sh:disjoint ex:q", "1 ; ex:q 1", "1 stands under p and under q, which may share no value. Take one of them out."),
    ("sh:lessThan ex:q", "5 ; ex:q 3, 9", "5 under p must be less than 3 under q, and is not. Correct one of them."),
    (
        "sh:lessThanOrEquals ex:q",
        '"x" ; ex:q 3',
        "“x” under p cannot be compared with 3 under q. Write values of one type.",
    ),
    (
        "sh:in ( ex:planned ex:ended )",
        "ex:plannd",
        "<http://example.org/plannd> must be one of planned or ended; did you mean 'planned'? Write one of these.",
    ),
    ("sh:in ( 1 2 3 4 5 6 7 8 )", "9", "9 must be one of 1, 2, 3, 4, 5 (and 3 more). Write one of these."),
    ('sh:in ( "a"@en )', '"a"', '“a” has not the datatype or the language that is asked for. Write "a"@en.'),
    ("sh:hasValue ex:o", "1", "<http://example.org/o> is missing among the values of p. Add it."),
    ('sh:name "age"@en ; sh:maxCount 0', "1", "“age” (p) may not be said here. Take it out."),
    (
        "sh:not [ sh:nodeKind sh:IRI ]",
        "ex:o",
        "<http://example.org/o> is such as the shape forbids. Change what is said of it.",
    ),
    (
        "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMaxCount 1",
        "ex:a, ex:b",
        "more than 1 of the 2 values of p are as asked, and 1 may be at most. Take some out.",
    ),
)


@pytest.mark.parametrize(("shape", "values", "said"), SAID, ids=[shape.split()[0][3:] for shape, _, _ in SAID])
def test_a_fault_is_told_with_its_value_and_what_to_do(shape: str, values: str, said: str) -> None:
    report = validated(f"ex:x ex:p {values} .", f"ex:S sh:targetNode ex:x ; sh:property [ sh:path ex:p ; {shape} ] .")
    assert {finding.message for finding in report.findings} == {said}
    assert not report.findings[0].reasons


def test_a_property_that_is_not_allowed_is_told_with_those_that_are() -> None:
    shapes = "ex:S sh:targetNode ex:x ; sh:closed true ; sh:property [ sh:path ex:name ] , [ sh:path ex:age ] ."
    (finding,) = validated("ex:x ex:nmae 1 .", shapes).findings
    assert finding.message == (
        "nmae may not be said here: only age and name may; did you mean 'name'? Take it out, or correct the name."
    )


def test_the_shape_s_own_message_comes_first_in_english_and_the_reasons_behind_it() -> None:
    shapes = """ex:S sh:targetNode ex:x ; sh:property [ sh:path ex:p ; sh:node ex:Org ; sh:message "Falsch."@de , "Wrong."@en ] .
    ex:Org sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:message "Name it."@en ] , [ sh:path ex:kind ; sh:minCount 1 ] ."""
    (finding,) = validated("ex:x ex:p ex:o .", shapes).findings
    assert finding.message == "Wrong."
    assert set(finding.reasons) == {"Name it.", "there is no value of kind. Add one."}


def test_alternatives_are_told_one_by_one_with_their_leaves() -> None:
    shapes = """ex:S sh:targetNode ex:x ; sh:property [ sh:path ex:p ; sh:or ( ex:Mail ex:Phone ) ] .
    ex:Mail sh:nodeKind sh:IRI ; sh:pattern "^mailto:" . ex:Phone sh:node [ sh:pattern "^[+]" ] ."""
    (finding,) = validated('ex:x ex:p "here" .', shapes).findings
    assert finding.message == "“here” must be one of 2 things, and is none. Mend one of them."
    assert finding.reasons == (
        (
            "either “here” is not an IRI, and must be. Write the address in < >, or a name with a prefix. "
            "And “here” does not match the pattern ^mailto:. Write it in that form."
        ),
        "or “here” does not match the pattern ^[+]. Write it in that form.",
    )


def test_alternatives_that_share_a_shape_are_kept_apart() -> None:
    shapes = """ex:S sh:targetNode ex:x ; sh:or ( [ sh:property ex:name , ex:age ] [ sh:property ex:name ] ) .
    ex:name sh:path ex:name ; sh:minCount 1 . ex:age sh:path ex:age ; sh:minCount 1 ."""
    (finding,) = validated("ex:x ex:p 1 .", shapes).findings
    assert finding.reasons == (
        "either there is no value of age. Add one. And there is no value of name. Add one.",
        "or there is no value of name. Add one.",
    )


def test_too_many_that_hold_are_told_apart_from_none() -> None:
    shapes = "ex:S sh:targetNode ex:x ; sh:property [ sh:path ex:p ; sh:xone ( [ sh:minLength 2 ] [ sh:datatype xsd:string ] ) ] ."
    (none,) = validated("ex:x ex:p 1 .", shapes).findings
    assert none.message == "1 must be exactly one of 2 things, and is none. Mend one of them."
    assert [reason.split()[0] for reason in none.reasons] == ["either", "or"]
    (both,) = validated('ex:x ex:p "ab" .', shapes).findings
    assert both.message == "“ab” is 2 things at once, and must be exactly one. Decide for one."
    assert both.reasons == ()


def test_too_few_that_conform_are_told_with_what_the_others_lack() -> None:
    shapes = """ex:S sh:targetNode ex:x ; sh:property [ sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape ex:Org ] .
    ex:Org rdfs:label "organisation"@en ; sh:property [ sh:path ex:name ; sh:minCount 1 ] ."""
    (finding,) = validated("ex:x ex:p ex:a, ex:b .", shapes).findings
    assert (
        finding.message
        == "too few of the 2 values of p are as “organisation”: 1 must be. Add another, or mend one of them."
    )
    assert finding.reasons == ("there is no value of name. Add one.",)


def test_of_very_many_reasons_the_first_are_told() -> None:
    inner = " , ".join(f"[ sh:path ex:p{n} ; sh:minCount 1 ]" for n in range(40))
    (finding,) = validated("ex:x ex:p 1 .", f"ex:S sh:targetNode ex:x ; sh:node [ sh:property {inner} ] .").findings
    assert len(finding.reasons) == 7
    assert finding.reasons[-1] == "and 34 more"


def test_a_long_value_is_cut_and_stays_on_its_line() -> None:
    (finding,) = validated(
        f'ex:x ex:p "{"long " * 100}\\nend" .', "ex:S sh:targetNode ex:x ; sh:property [ sh:path ex:p ; sh:in ( 1 ) ] ."
    ).findings
    assert len(finding.message) < 200
    assert "\n" not in finding.message


def test_nothing_is_said_of_numbers_and_values_that_are_not_at_hand() -> None:
    for shape, values, said in SAID:
        plan = compile_shapes(turtle(f"ex:S sh:targetNode ex:x ; sh:property [ sh:path ex:p ; {shape} ] ."))
        results = plan.run(plan.graph(turtle(f"ex:x ex:p {values} .")))
        messages = {Words().message(result) for result in results}
        assert len(messages) == 1
        (message,) = messages
        assert not re.search(r"there (is|are) (no|\d+) value|None|\[\]|  | under \.", message), message
        if not shape.startswith(("sh:minC", "sh:maxCount 1", "sh:uniq", "sh:equals", "sh:less", "sh:name", "sh:qual")):
            assert message == said
