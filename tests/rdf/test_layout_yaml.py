"""The house layout of YAML: twice is once, the same values, every comment, and what it looks like."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from conftest import ROOT
from eugraph.errors import BinaryFileError, EmptyFileError, LayoutRefusedError, SyntaxFaultError
from eugraph.rdf.layout_yaml import lay_out_yaml

NAME = PurePath("data/x.yaml")
FILES = sorted(path for end in ("yaml", "yml") for path in (ROOT / "data").rglob(f"*.{end}"))


def laid_out(text: str | bytes) -> str:
    return lay_out_yaml(text.encode() if isinstance(text, str) else text, NAME)


def values(text: str) -> object:
    """What a file says, every scalar as text with its style."""
    events = YAML(typ="rt", pure=True).parse(text)
    return [(type(e).__name__, getattr(e, "value", None), getattr(e, "style", None)) for e in events]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_of_the_repository_keeps_values_and_is_laid_out_once_for_all(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    out = laid_out(text)
    assert values(out) == values(text)
    assert laid_out(out) == out


# Files as people write them, line by line

KEYS = st.sampled_from(["name", "id", "en", "'quoted key'", '"two words"', "long-key", "ünicode", "&anchor key", "a b"])
SCALARS = st.sampled_from(
    [
        "x",
        "NO",
        "1.50",
        "750000",
        "0x1F",
        "~",
        "2024-03",
        "project/alpha",
        "https://example.org/#part",
        "a: 'b'".replace(": ", ":"),
        "'it''s # no comment'",
        '"tab\\t and \\u00e9 # none"',
        "[a, b,   c]",
        "{a: b,c: [d,e ]}",
        "plain text with # no",
        "*anchor",
        "!tag x",
        "",
    ]
).map(lambda text: "plain text with#no" if text == "plain text with # no" else text)
REMARKS = st.sampled_from(["# why", "#", "# key: value", "# - x", "#   é '"])


@st.composite
def lines_of(draw: st.DrawFn, depth: int = 0, indent: int = 0) -> list[str]:
    """The lines of a block collection whose keys or dashes stand at `indent`."""
    out: list[str] = []
    is_list = draw(st.booleans())
    used: set[str] = set()
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()) and draw(st.booleans()):
            out += draw(st.lists(st.sampled_from(["", "  "]), max_size=3))
            out.append(" " * indent + draw(REMARKS))
        key = draw(KEYS.filter(lambda key: key not in used))
        used.add(key)
        head = " " * indent + ("-" if is_list else f"{key}{draw(st.sampled_from(['', '', ' ']))}:")
        tail = draw(st.sampled_from(["", "", "   # end", " # x"]))
        gap = " " * draw(st.integers(1, 3))
        form = draw(st.sampled_from(["scalar", "scalar", "block", "quoted", "nested", "compact", "flow"]))
        if form == "scalar":
            value = draw(SCALARS.filter(lambda value: "anchor" not in value))
            out.append(f"{head}{gap}{value}{tail}")
        elif form == "block":
            more = indent + draw(st.integers(1, 4))
            header = draw(st.sampled_from(["|", ">", "|-", ">+", "|+"]))
            out.append(f"{head}{gap}{header}{tail}")
            body = draw(st.lists(st.sampled_from(["text", "  deeper", "", "# no comment", "k: v  "]), max_size=4))
            out += [" " * more + "begin", *((" " * more + line) if line else "" for line in body)]
        elif form == "quoted":
            mark = draw(st.sampled_from(['"', "'", ""]))
            rows = ["first", "second   row", *([""] if mark else []), "third"]
            rest = [" " * (indent + draw(st.integers(1, 4))) + row if row else "" for row in rows[1:]]
            out += [f"{head}{gap}{mark}first", *rest[:-1], rest[-1] + mark + tail]
        elif form == "flow":
            pad = " " * (indent + draw(st.integers(1, 5)))
            out += [f"{head}{gap}[a,{tail}", f"{pad}{{b: c,", f"{pad}# in", f"{pad} d: [e]}}", f"{pad}]{tail}"]
        elif depth > 2:
            out.append(f"{head}{gap}deep")
        elif form == "compact" and is_list:
            inner = draw(lines_of(depth + 1, indent + 1 + len(gap)))
            first = next((n for n, line in enumerate(inner) if line.strip() and not line.lstrip().startswith("#")), 0)
            out += [line for line in inner[:first] if line.strip()]
            out += [head + gap + inner[first].lstrip(), *inner[first + 1 :]]
        else:
            out.append(head + tail)
            flush = not is_list and draw(st.booleans())
            inner = draw(lines_of(depth + 1, indent if flush else indent + draw(st.integers(1, 4))))
            dashes = all(
                line.lstrip().startswith(("-", "#")) or not line.strip() or len(line) - len(line.lstrip()) > indent
                for line in inner
            )
            out += inner if not flush or dashes else [f"  {line}" for line in inner]
    return out


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_any_file_keeps_values_and_comments_and_is_laid_out_once_for_all(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(["", "# head\n\n\n", "\ufeff"])) + "\n".join(data.draw(lines_of()))
    text += data.draw(st.sampled_from(["", "\n", "\n\n\n", "\n# end", "\n   # end\n"]))
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    clean = text.removeprefix("\ufeff")
    try:
        before = values(clean)
    except YAMLError:  # a file that nobody can read is for another test
        return
    out = laid_out(text)
    assert values(out) == before
    assert sorted(line.strip() for line in out.split("\n") if line.lstrip().startswith("#")) == sorted(
        line.strip() for line in clean.splitlines() if line.lstrip().startswith("#")
    )
    assert out.count("#") == clean.count("#")
    assert laid_out(out) == out


CASES = {
    "indentation": (
        "a:\n    b:   1.50\n    c :\n    - x\n    -   d: NO\n        e: '1'\n",
        "a:\n  b: 1.50\n  c:\n    - x\n    - d: NO\n      e: '1'\n",
    ),
    "comments": (
        "# head\n\n\n\na: 1 # one\n    # of a\nb:\n # in b\n - x  \n\n\n # after x\nc: y     # end\n# last",
        "# head\n\na: 1  # one\n# of a\nb:\n  # in b\n  - x\n\n  # after x\nc: y  # end\n# last\n",
    ),
    "texts of several lines": (
        "a: |2-\n    deeper\n   text  \n\n\nb: >+\n     folded\n\n      # no comment\nc: 'one\n\n\n     two'\nd: one\n           two\n",
        "a: |2-\n    deeper\n   text  \n\nb: >+\n  folded\n\n   # no comment\nc: 'one\n\n\n  two'\nd: one\n  two\n",
    ),
    "brackets": (
        "a:   [x,  {y: z}]   # flat\nb: [\n   x, # one\n # two\n {y:\n z}\n ]\n",
        "a: [x,  {y: z}]  # flat\nb: [\n    x,  # one\n    # two\n    {y:\n      z}\n  ]\n",
    ),
    "lists of things": (
        "-   id: a\n    x:\n        en: 1\n-\n  id: b\n-  -  1\n   -  2\n",
        "- id: a\n  x:\n    en: 1\n-\n  id: b\n- - 1\n  - 2\n",
    ),
    "line endings of Windows and a byte order mark": ("\ufeffa:  1\r\nb: |\r\n    x\r\n", "a: 1\nb: |\n  x\n"),
    "a text that ends in blank lines": ("a: |+\n   x\n\n\n", "a: |+\n  x\n\n\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_layout_looks_so(name: str) -> None:
    before, after = CASES[name]
    assert laid_out(before) == after
    assert laid_out(after) == after


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("a: 1\n\tb: 2\n", SyntaxFaultError, r"x\.yaml:2:1: the syntax is broken: .*"),
        ("a: [1\n", SyntaxFaultError, r"x\.yaml:2:1: the syntax is broken"),
        ("a: 'x\n", SyntaxFaultError, r"x\.yaml:\d:\d+: the syntax is broken"),
        ("? a\n: b\n", LayoutRefusedError, r"x\.yaml:1: a key that begins with \?"),
        ("a: 1\nb: x\u2028y\n", LayoutRefusedError, r"x\.yaml:2: U\+2028 is a line break for some"),
        ("", EmptyFileError, "the file is empty"),
        ("a: \x00", BinaryFileError, "binary data"),
    ],
)
def test_what_cannot_be_laid_out_is_told(text: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        laid_out(text)


def test_anchors_are_not_followed() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    assert laid_out("\n".join(lines)).count("\n") == 60
