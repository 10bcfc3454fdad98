"""One look over all that is said of things."""

from __future__ import annotations

from eugraph.publish.looking import Looking

NAME, KIND, NOTE = "<http://x.example/name>", "<http://x.example/kind>", "<http://x.example/a note>"
SAID = {
    "<http://x.example/a>": {
        "": f'{NAME} "A > B"@en\n{KIND} <http://x.example/k>',
        "<http://x.example/g>": f'{NAME} "A"',
    },
    "_:b": {"": f'{NAME} "nameless"'},
    "<http://x.example/c d>": {"": f'{NOTE} "{KIND} <http://x.example/k>"\n{NAME} _:b\n{NAME} <<( _:b {NAME} "B" )>>'},
}


def test_who_asks_for_a_property_is_shown_its_statements_with_their_graphs() -> None:
    looking, names, kinds = Looking(), list[tuple[str, ...]](), list[tuple[str, ...]]()
    looking.on(NAME, lambda *shown: names.append(shown))
    looking.on(KIND, lambda *shown: kinds.append(shown))
    looking.on(KIND, lambda *shown: kinds.append(shown))
    looking.over(SAID.items())
    assert names == [
        ("http://x.example/a", '"A > B"@en', ""),
        ("http://x.example/a", '"A"', "<http://x.example/g>"),
    ]
    assert kinds == [("http://x.example/a", "<http://x.example/k>", "")] * 2


def test_everything_is_counted_whoever_asks() -> None:
    looking = Looking()
    looking.over(SAID.items())
    assert looking.number == 7
    assert looking.graphs == {"", "<http://x.example/g>"}
    assert looking.things == ["http://x.example/a", "http://x.example/c d"]
    assert set(looking.predicates) == {NAME, KIND, NOTE}


def test_an_iri_with_a_space_is_a_property_like_others() -> None:
    looking, shown = Looking(), list[str]()
    looking.on(NOTE, lambda _iri, value, _graph: shown.append(value))
    looking.over(SAID.items())
    assert shown == [f'"{KIND} <http://x.example/k>"']
