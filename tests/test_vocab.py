"""The terms that the code speaks of are terms of the ontology, and prefixes are those of its files."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import NamedNode

from eugraph.loading import Loaded
from eugraph.vocab import EUG, PREFIXES, SCHEME, shorten, term


def test_every_term_in_the_code_is_declared(loaded: Loaded, repository: Path) -> None:
    declared = {quad.subject.value for quad in loaded.ontology.quads if isinstance(quad.subject, NamedNode)}
    ours = {prefix for prefix, space in PREFIXES.items() if space.startswith((EUG, SCHEME))}
    for path in sorted((repository / "src").rglob("*.py")):
        for curie in re.findall(r'term\("(\w+:\w+)"\)', path.read_text(encoding="utf-8")):
            if curie.partition(":")[0] in ours:
                assert term(curie).value in declared, f"{path.name}: {curie}"


def test_prefixes_are_those_of_the_files(repository: Path) -> None:
    for folder in ("ontology", "shapes", "data"):
        for path in sorted((repository / folder).rglob("*.ttl")):
            for prefix, space in re.findall(r"^@prefix (\S*): <(\S*)>", path.read_text(encoding="utf-8"), re.MULTILINE):
                assert PREFIXES[prefix] == space, f"{path}: {prefix}"


def test_a_known_name_is_shortened_and_others_are_not() -> None:
    assert shorten(EUG + "Project") == "eug:Project"
    assert shorten("https://example.org/x") == "<https://example.org/x>"
    assert shorten(EUG) == f"<{EUG}>"
    assert shorten("http://purl.org/dc/terms/a/b") == "<http://purl.org/dc/terms/a/b>"
