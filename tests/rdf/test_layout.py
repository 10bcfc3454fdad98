"""The house layout of Turtle: twice is once, the same statements, every comment, and what it looks like."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from conftest import ROOT
from eugraph.errors import EncodingError, LayoutRefusedError, SyntaxFaultError
from eugraph.rdf.layout import lay_out_turtle
from eugraph.rdf.layout_tokens import tokens
from eugraph.rdf.turtle import write_turtle
from eugraph.vocab import PREFIXES
from rdf.rdf_strategies import BASE, graphs, graphs_with_blanks

FILES = [path for folder in ("data", "ontology", "shapes", "tests") for path in sorted((ROOT / folder).rglob("*.ttl"))]
NAME = PurePath("data/x.ttl")


def laid_out(text: str | bytes) -> str:
    return lay_out_turtle(text.encode() if isinstance(text, str) else text, NAME, base_iri=BASE)


def statements(text: str) -> set[str]:
    """The statements as parsed, blank nodes with canonical names."""
    dataset = Dataset(parse(text, format=RdfFormat.TURTLE, base_iri=BASE))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def comments(text: str) -> list[str]:
    found = tokens(text)
    return sorted(filter(None, [token.after for token in found] + [c.text for token in found for c in token.before]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_of_the_repository_keeps_statements_and_comments_and_is_laid_out_once_for_all(path: Path) -> None:
    text = path.read_text(encoding="utf-8-sig")
    out = laid_out(text)
    assert statements(out) == statements(text)
    assert sorted(re.findall(r"^\s*(#.*?)\s*$", out, re.MULTILINE)) == sorted(
        re.findall(r"^\s*(#.*?)\s*$", text, re.MULTILINE)
    )
    assert laid_out(out) == out


SPACES = st.sampled_from([" ", "\n", "\t", "\r\n", "\n\n\n", " \n ", "\r"])
REMARKS = st.sampled_from(["# plain", "#", "# ; . , [ (", '# "', "#  two  ", "# <x> a é😀", "#\ttab", "# '''"])
GAPS = st.one_of(
    SPACES,
    SPACES,
    st.tuples(SPACES, REMARKS, st.sampled_from(["\n", "\r\n", "\n\n"])).map("".join),
    st.tuples(REMARKS, st.just("\n"), REMARKS, st.just("\n")).map(" ".join),
)
TERSE = {("datatype", "iri"), ("datatype", "name"), ("string", "datatype"), ("string", "language")}


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """Turtle with blanks, line breaks and comments wherever they may be."""
    graph = draw(st.one_of(graphs(), graphs_with_blanks()))
    text = write_turtle(graph, PREFIXES, BASE)
    out = draw(st.sampled_from(["", "# head\n\n", "\ufeff", "\ufeff# head\r\n"]))
    before = ""
    for token in tokens(text):
        if (before, token.kind) not in TERSE or draw(st.booleans()):
            out += draw(GAPS) if draw(st.booleans()) else " "
        out += token.text
        before = token.kind
        if token.text == ";" and draw(st.booleans()):
            out += draw(GAPS) + ";"
    return out + draw(st.sampled_from(["", "\n", " # end", "\n\n# end\n# of all\n\n"]))


@given(mangled())
@settings(max_examples=300, deadline=None)
def test_any_file_keeps_statements_and_comments_and_is_laid_out_once_for_all(text: str) -> None:
    clean = text.removeprefix("\ufeff")
    if not statements(clean):
        return
    out = laid_out(text)
    assert statements(out) == statements(clean)
    assert comments(out) == comments(clean)
    assert laid_out(out) == out


@given(mangled())
@settings(max_examples=100, deadline=None)
def test_terms_are_written_letter_by_letter_as_they_were(text: str) -> None:
    clean = text.removeprefix("\ufeff")
    if not statements(clean):
        return

    def words(text: str) -> list[str]:
        kinds = ("iri", "string", "language", "number", "blank", "name")
        head = {PREFIXES["rdf"] + "type", "rdf:type"}
        found = [token.text for token in tokens(text) if token.kind in kinds and token.text.strip("<>") not in head]
        return sorted(text for text in found if not text.endswith(":"))

    declared = {f"<{space}>" for space in (*PREFIXES.values(), BASE)}
    assert [w for w in words(laid_out(text)) if w not in declared] == [w for w in words(clean) if w not in declared]


CASES = {
    "predicates": (
        "<s> <p> <o>;a <C>,<D>;;<q> 1 , 2.50;.",
        "<s>\n    a <C>, <D> ;\n    <p> <o> ;\n    <q> 1 ,\n        2.50 .\n",
    ),
    "prefixes": (
        'PREFIX  b: <b:>\nprefix a: <a:>\n@prefix c:<c:>.\nBASE <https://example.org/>\nb:s a:p "x"^^a:t .',
        '@base <https://example.org/> .\n@prefix a: <a:> .\n@prefix b: <b:> .\n\nb:s\n    a:p "x"^^a:t .\n',
    ),
    "prefixes in the middle": (
        "@prefix b: <b:> .\nb:s b:p b:o .\n# two\n@prefix a: <a:> . # why\n@prefix b: <b:> .\n\na:s a:p a:o .",
        "@prefix a: <a:> . # why\n@prefix b: <b:> .\n\nb:s\n    b:p b:o .\n\n# two\n\na:s\n    a:p a:o .\n",
    ),
    "a prefix with two meanings": (
        "@prefix a: <a:> .\n@prefix z: <z:> .\na:s a:p a:o .\n@prefix a: <b:> .\n@base <c:/> .\n# next\na:s a:p <o> .",
        (
            "@prefix a: <a:> .\n@prefix z: <z:> .\n\na:s\n    a:p a:o .\n\n@prefix a: <b:> .\n@base <c:/> .\n\n"
            "# next\na:s\n    a:p <o> .\n"
        ),
    ),
    "a relative prefix before its base": (
        "@prefix a: <#> .\n@base <http://b/> .\na:s <p> <o> .",
        "@prefix a: <#> .\n@base <http://b/> .\n\na:s\n    <p> <o> .\n",
    ),
    "a base in a base": (
        "@base <x/> .\n@base <x/> .\n<s> <p> <o> .",
        "@base <x/> .\n@base <x/> .\n\n<s>\n    <p> <o> .\n",
    ),
    "rdf:type": (
        "@prefix r: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n<s> <p> <o> ; r:type <C> .",
        "<s>\n    a <C> ;\n    <p> <o> .\n",
    ),
    "comments": (
        (
            "# head\n<s> # subject\n  # before\n  <p> # verb\n <o> , # one\n # two\n <o2> # three\n ; # four\n <q> # five\n"
            "# six\n 1 ; # seven\n # eight\n . # nine\n# ten"
        ),
        (
            "# head\n<s> # subject\n    # before\n    <p> # verb\n        <o> , # one\n        # two\n        <o2> ; # three\n"
            "    # four\n    <q> # five\n        # six\n        1 ; # seven\n    # eight\n    . # nine\n\n# ten\n"
        ),
    ),
    "a comment travels with its predicate": (
        "<s>\n # why so\n <p> <o> ; # the o\n # a class\n a <C> . # the C",
        "<s>\n    # a class\n    a <C> ; # the C\n    # why so\n    <p> <o> . # the o\n",
    ),
    "comments in a literal": (
        '<s> <p> "x" # text\n ^^ # type\n <t> # end\n .',
        '<s>\n    <p>\n        # text\n        # type\n        "x"^^<t> . # end\n',
    ),
    "blank lines around comments": (
        "# one\n\n\n# two\n\n<s> <p> <o> .\n# three\n<s2> <p> <o> .\n\n\n# four\n\n# five",
        "# one\n\n# two\n\n<s>\n    <p> <o> .\n\n# three\n<s2>\n    <p> <o> .\n\n# four\n\n# five\n",
    ),
    "brackets": (
        "<s> <p> [ ] , [<q>[<r> 1]] , (1 2( )) .\n[<q> 1] .\n[] <p> 1 .\n(1) <p> 2 .",
        "<s>\n    <p> [] ,\n        [ <q> [ <r> 1 ] ] ,\n        ( 1 2 () ) .\n\n[ <q> 1 ] .\n\n[]\n    <p> 1 .\n\n( 1 )\n    <p> 2 .\n",
    ),
    "brackets of several lines": (
        "<s> <p> [<q> 1; a <C>] ; <r> [<q> 1, 2], (1 # one\n 2) .",
        (
            "<s>\n    <p> [\n        a <C> ;\n        <q> 1\n    ] ;\n    <r>\n        [\n            <q> 1 ,\n                2\n        ] ,\n"
            "        (\n            1 # one\n            2\n        ) .\n"
        ),
    ),
    "comments in brackets": (
        "<s> <p> [ # open\n <q> 1 # one\n # last\n ] , # shut\n ( # items\n # none\n ) .",
        (
            "<s>\n    <p>\n        [ # open\n            <q> 1 # one\n            # last\n        ] , # shut\n"
            "        ( # items\n            # none\n        ) .\n"
        ),
    ),
    "a long list": (
        f"<s> <p> ( {' '.join(f'<item/{n}>' for n in range(12))} ) .",
        "<s>\n    <p> (\n" + "".join(f"        <item/{n}>\n" for n in range(12)) + "    ) .\n",
    ),
    "long strings": (
        "<s> <p> \"\"\"a \"\"quoted\"\"\n\n  # no comment \r\n\t<x> .\"\"\"@en,'''it''s\n'''@de , 'x' .",
        "<s>\n    <p> \"\"\"a \"\"quoted\"\"\n\n  # no comment \r\n\t<x> .\"\"\"@en ,\n        '''it''s\n'''@de ,\n        'x' .\n",
    ),
    "line endings of Windows, a byte order mark, tabs": (
        "\ufeff# head\r\n\r\n<s>\t<p>\t<o> .\t\r\n# end\t\r\n",
        "# head\n\n<s>\n    <p> <o> .\n\n# end\n",
    ),
    "names that look like marks": (
        "@prefix e: <e:> . @prefix : <d:> . e:a.b e:c-d e:e\\,f , :, e:, true, _:b.1, -1.5E3, +.5 .",
        (
            "@prefix : <d:> .\n@prefix e: <e:> .\n\ne:a.b\n    e:c-d e:e\\,f ,\n        : ,\n        e: ,\n        true ,\n"
            "        _:b.1 ,\n        -1.5E3 ,\n        +.5 .\n"
        ),
    ),
    "prefixes that look like directives": (
        "PREFIX prefix: <p:> BASE <http://b/> PREFIX base: <b:> prefix:s base:p <o> .",
        "@base <http://b/> .\n@prefix base: <b:> .\n@prefix prefix: <p:> .\n\nprefix:s\n    base:p <o> .\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_layout_looks_so(name: str) -> None:
    before, after = CASES[name]
    assert laid_out(before) == after
    assert laid_out(after) == after


def test_an_unused_prefix_goes_unless_somebody_wrote_of_it() -> None:
    out = laid_out("@prefix a: <a:> .\n@prefix b: <b:> . # for later\n<s> <p> <o> .")
    assert out.startswith("@prefix b: <b:> . # for later\n\n<s>")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<s> <p> <o> .\n<s> <p> << <s> <p> <o> >> .", 2),
        ("<s> <p> <o> {| <q> 1 |} .", 1),
        ('<s> <p>\n "x"@en--ltr .', 2),
        ("<s> <p> " + "( " * 60 + ") " * 60 + ".", 1),
    ],
)
def test_what_the_layout_does_not_know_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(LayoutRefusedError) as caught:
        laid_out(text)
    assert str(caught.value).startswith(f"data/x.ttl:{line}: the layout knows Turtle 1.1")


def test_a_file_that_cannot_be_read_is_told_with_its_place() -> None:
    with pytest.raises(SyntaxFaultError, match=r"data/x\.ttl:2:\d+: the syntax is broken"):
        laid_out("<s> <p>\n ; .")
    with pytest.raises(EncodingError, match=r"data/x\.ttl:1:10"):
        laid_out(b'<s> <p> "\xe4" .')
