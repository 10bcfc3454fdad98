"""Statements as a YAML file that people go on with: a thing with its grant and its participations below it.

Spec: YAML 1.2.2, <https://yaml.org/spec/1.2.2/>.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Triple

from eugraph.errors import AnswerError
from eugraph.rdf.jsonld_context import Context, Plan
from eugraph.vocab import EUG, PREFIXES, RDF_TYPE

_XSD = PREFIXES["xsd"]
_PART_OF = f"{EUG}participatesIn"
_WORD = re.compile(r"[^\W\d][\w./()+&'-]*(?::[\w./()+&'-]+)*")  # it may hold a colon that nothing blank follows
_PLAIN = re.compile(rf"{_WORD.pattern}(?: [\w./()+&'-]+)*\Z")
_TYPED = re.compile(r"[\w.+:-]+\Z")
_OTHER_MEANINGS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def yaml_of(triples: Sequence[Triple], node: NamedNode, context: Context, base_iri: str) -> str:
    """Return what is said of a thing, its grant and its participations, one value a property, in the house layout."""
    return "".join(f"{line}\n" for line in _Writer(triples, context, base_iri).thing(node))


class _Writer:
    def __init__(self, triples: Sequence[Triple], context: Context, base_iri: str) -> None:
        self._context, self._base = context, base_iri
        self._said: dict[NamedNode, dict[str, Triple]] = {}
        self._parts: list[NamedNode] = []
        for triple in triples:
            assert isinstance(triple.subject, NamedNode)
            self._said.setdefault(triple.subject, {})[triple.predicate.value] = triple
            if triple.predicate.value == _PART_OF:
                self._parts.append(triple.subject)

    def thing(self, node: NamedNode) -> list[str]:
        """Return the lines of a thing with all that hangs on it."""
        kind = self._said[node][RDF_TYPE.value].object
        assert isinstance(kind, NamedNode)
        known = self._context.classes.get(kind.value)
        lines = [f"id: {self._short(node)}", f"type: {known.name if known else self._short(kind)}"]
        lines += self._properties(node)
        for number, part in enumerate(self._parts if kind.value == f"{EUG}Project" else ()):
            inner = self._properties(part)
            lines += ["participations:"] if number == 0 else []
            lines += [f"  - {inner[0]}", *(f"    {line}" for line in inner[1:])]
        return lines

    def _properties(self, node: NamedNode) -> list[str]:
        said = {iri: t.object for iri, t in self._said[node].items() if iri not in (RDF_TYPE.value, _PART_OF)}
        plans = {iri: self._context.plan_of(f"<{iri}>") for iri in said}
        return [
            line for iri in sorted(plans, key=lambda iri: plans[iri]) for line in self._lines(plans[iri], said[iri])
        ]

    def _lines(self, plan: Plan, value: object) -> list[str]:
        """Return the lines of one property with its value."""
        if plan.main is None:
            return [self._unnamed(plan.predicate, value)]
        if isinstance(value, NamedNode):
            if plan.name == "grant" and value in self._said:
                return [f"{plan.name}:", *(f"  {line}" for line in self.thing(value))]
            return [f"{plan.name}: {_scalar(self._short(value))}"]
        assert isinstance(value, Literal)
        if value.language:
            return [f"{plan.name}:", f"  {value.language}: {_scalar(value.value)}"]
        key = plan.terms.get(value.datatype.value)
        if key is None:
            return [f"{plan.name}: {self._explicit(value)}"]
        is_typed = key.kind.startswith(_XSD) and _TYPED.match(value.value)
        return [f"{key.name}: {value.value if is_typed else _scalar(value.value)}"]

    def _unnamed(self, predicate: str, value: object) -> str:
        """Return the line of a property that has no plain name."""
        name = self._short(NamedNode(predicate[1:-1]))
        if "://" in name:
            raise AnswerError(f"--format: YAML has no key for {predicate}. Write Turtle.")
        if isinstance(value, NamedNode):
            return f"{name}: {{id: {_quoted(self._short(value))}}}"
        assert isinstance(value, Literal)
        return f"{name}: {self._explicit(value)}"

    def _explicit(self, value: Literal) -> str:
        """Return a literal with its language or datatype beside it."""
        more = f'"@language": {value.language}' if value.language else f'"@type": {self._short(value.datatype)}'
        return f'{{"@value": {_quoted(value.value)}, {more}}}'

    def _short(self, node: NamedNode) -> str:
        if node.value.startswith(self._base):
            return node.value[len(self._base) :]
        parts = self._context.prefixes.split(node.value)
        return ":".join(parts) if parts else node.value


def _scalar(text: str) -> str:
    """Return a text as it stands after a colon, in quotation marks where it would be taken for something else."""
    return text if _PLAIN.match(text) and text.lower() not in _OTHER_MEANINGS else _quoted(text)


def _quoted(text: str) -> str:
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
