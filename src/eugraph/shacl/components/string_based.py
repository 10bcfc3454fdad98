"""String-based components: sh:minLength, sh:maxLength, sh:pattern, sh:languageIn, sh:uniqueLang.

Spec: SHACL §4.4, <https://www.w3.org/TR/shacl/#core-components-string>.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from pyoxigraph import BlankNode, Literal, NamedNode

from eugraph.shacl.component import Component, ValueComponent, Values, Violation
from eugraph.shacl.graph import Term
from eugraph.shacl.regex import PatternError, check_pattern, matching
from eugraph.shacl.run import Run
from eugraph.shacl.shape import Shape
from eugraph.shacl.shapes_graph import ShapesGraph
from eugraph.vocab import term


@dataclass(frozen=True, eq=False)
class MinLength(ValueComponent):
    """So many characters at least. Spec: §4.4.1, <https://www.w3.org/TR/shacl/#MinLengthConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:MinLengthConstraintComponent")
    length: int

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        terms, least = run.graph.terms, self.length
        return {node for node in nodes if isinstance(it := terms[node], BlankNode) or len(it.value) < least}


@dataclass(frozen=True, eq=False)
class MaxLength(ValueComponent):
    """So many characters at most. Spec: §4.4.2, <https://www.w3.org/TR/shacl/#MaxLengthConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:MaxLengthConstraintComponent")
    length: int

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        terms, most = run.graph.terms, self.length
        return {node for node in nodes if isinstance(it := terms[node], BlankNode) or len(it.value) > most}


@dataclass(frozen=True, eq=False)
class Pattern(ValueComponent):
    """The text, or the IRI, matches a regular expression.

    Spec: §4.4.3, <https://www.w3.org/TR/shacl/#PatternConstraintComponent>.
    """

    iri: ClassVar[NamedNode] = term("sh:PatternConstraintComponent")
    pattern: str
    flags: str

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        terms = run.graph.terms
        texts = {node: it.value for node in nodes if not isinstance(it := terms[node], BlankNode)}
        right = matching(self.pattern, self.flags, set(texts.values()))
        return {node for node in nodes if texts.get(node) not in right}


@dataclass(frozen=True, eq=False)
class LanguageIn(ValueComponent):
    """The text is in one of the languages. Spec: §4.4.4, <https://www.w3.org/TR/shacl/#LanguageInConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:LanguageInConstraintComponent")
    languages: tuple[str, ...]

    def wrong(self, run: Run, nodes: set[int]) -> Collection[int]:
        """See `ValueComponent.wrong`."""
        terms = run.graph.terms
        ranges = tuple(language.lower() for language in self.languages)

        def matches(tag: str) -> bool:  # langMatches, RFC 4647 §3.3.1
            return any(tag == wide or tag.startswith(f"{wide}-") or (wide == "*" and tag != "") for wide in ranges)

        return {
            node
            for node in nodes
            if not isinstance(it := terms[node], Literal) or not it.language or not matches(it.language.lower())
        }


@dataclass(frozen=True, eq=False)
class UniqueLang(Component):
    """No two values share a language. Spec: §4.4.5, <https://www.w3.org/TR/shacl/#UniqueLangConstraintComponent>."""

    iri: ClassVar[NamedNode] = term("sh:UniqueLangConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: Values) -> Iterable[Violation]:  # noqa: ARG002 - as the base
        """See `Component.violations`."""
        terms = run.graph.terms
        for focus, found in values.by_focus.items():
            if len(found) > 1:
                tags = [
                    tag.lower() for node in found if isinstance(it := terms[node], Literal) and (tag := it.language)
                ]
                if len(set(tags)) < len(tags):
                    yield from (Violation(focus) for number in Counter(tags).values() if number > 1)


def compile_string_based(shapes: ShapesGraph, node: Term) -> Iterator[Component]:
    """Read the components of this family that a shape has.

    Raises:
        ShapesError: a length is no whole number, or a pattern no regular expression.
    """
    lengths: tuple[tuple[str, Callable[[int], Component], str], ...] = (
        ("sh:minLength", MinLength, "4.4.1"),
        ("sh:maxLength", MaxLength, "4.4.2"),
    )
    for name, kind, clause in lengths:
        length = shapes.number(node, name, clause)
        if length is not None:
            yield kind(length)
    flags = shapes.one(node, "sh:flags", "4.4.3")
    for value in shapes.values(node, "sh:pattern"):
        pattern = shapes.text(node, "sh:pattern", value, "4.4.3")
        wanted = shapes.text(node, "sh:flags", flags, "4.4.3") if flags is not None else ""
        try:
            check_pattern(pattern, wanted)
        except PatternError as error:
            fault = f"sh:pattern {pattern!r} with the flags {wanted!r} is no regular expression: {error}"
            raise shapes.fault(node, fault, "Mend the pattern.", "4.4.3") from None
        yield Pattern(pattern, wanted)
    head = shapes.one(node, "sh:languageIn", "4.4.4")
    if head is not None:
        tags = shapes.items(node, "sh:languageIn", head, "4.4.4")
        yield LanguageIn(tuple(shapes.text(node, "sh:languageIn", tag, "4.4.4") for tag in tags))
    if shapes.flag(node, "sh:uniqueLang", "4.4.5"):
        yield UniqueLang()
