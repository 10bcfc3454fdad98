"""What may stand under one key of YAML, as JSON Schema: by the kind of the key, and by what the shapes demand of it.

Spec: JSON Schema 2020-12 validation, <https://json-schema.org/draft/2020-12/json-schema-validation>.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import NamedNode

from eugraph.authoring.facts import Facts
from eugraph.authoring.rules import Demand, Rule
from eugraph.findings import Severity
from eugraph.rdf.jsonld_context import Context, Term
from eugraph.vocab import EUG, PREFIXES

Schema = dict[str, Any]

_XSD, _LANG = PREFIXES["xsd"], PREFIXES["rdf"] + "langString"
_STRING = f"{_XSD}string"
_TAG = "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"
_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2})?$"
_DAY = r"((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-9])|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31)"
_FORMS = {
    "date": rf"^-?[0-9]{{4,}}-{_DAY}{_ZONE}",
    "gYearMonth": rf"^-?[0-9]{{4,}}-(0[1-9]|1[0-2]){_ZONE}",
    "gYear": rf"^-?[0-9]{{4,}}{_ZONE}",
    "decimal": r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$",
    "integer": r"^[+-]?[0-9]+$",
}
_NUMBERS = {"decimal": "number", "integer": "integer", "gYear": "integer"}
_BOUNDS = {"minInclusive": "minimum", "maxInclusive": "maximum", "minExclusive": "exclusiveMinimum"}
_BOUNDS["maxExclusive"] = "exclusiveMaximum"
_LONGEST = 15  # digits of a number that every reader of JSON holds exactly
_PARTS = {"claims": "Claim", "participations": "Participation", "grant": "Grant"}


class Values:
    """Makes the schemas of what stands under keys."""

    def __init__(self, facts: Facts, context: Context) -> None:
        self._facts, self._context = facts, context

    def under(self, term: Term, kind: str) -> Schema | None:
        """Return what may stand under a key of a thing of a class, None where nothing may."""
        if term.kind == "@reverse":
            return _one_or_more({"$ref": f"#/$defs/{_PARTS[term.name]}"}, None, is_list=True)
        rules = [r for r in self._facts.rules.on(kind, term.iri) if r.severity is Severity.VIOLATION]
        if term.iri == f"{EUG}value":
            return _one_or_more({"$ref": "#/$defs/AnyValue"}, None)
        if term.kind == "@language":
            return self._texts(rules)
        single = self._single(term, rules)
        if single is None:
            return None
        most = min((rule.max_count for rule in rules if rule.max_count is not None), default=None)
        return _one_or_more(single, most)

    def _texts(self, rules: Sequence[Rule]) -> Schema:
        text: Schema = {"type": ["string", "number", "boolean"]}
        for rule in rules:
            text |= _text_demands(rule)
        once = any(rule.unique_language or rule.max_count == 1 for rule in rules)
        found: Schema = {
            "type": "object",
            "patternProperties": {_TAG: _one_or_more(text, 1 if once else None)},
            "additionalProperties": False,
            "minProperties": 1,
        }
        if needed := sorted({rule.needed_language for rule in rules if rule.needed_language}):
            found["required"] = needed
            found["errorMessage"] = next(rule.message for rule in rules if rule.needed_language)
        if any(rule.max_count == 1 for rule in rules):
            found["maxProperties"] = 1
        return found

    def _single(self, term: Term, rules: Sequence[Rule]) -> Schema | None:
        if term.kind == "@vocab":
            return self._property(rules)
        if term.kind == "@id":
            return self._thing(term, rules)
        types = {demand.datatype for rule in rules for demand in (rule.demand, *rule.alternatives) if demand.datatype}
        datatype = term.kind or _STRING
        choices = []
        if not types or datatype in types:
            choices += [_typed(term.kind.removeprefix(_XSD), rules)] if term.kind else self._plain(rules)
        siblings = {other.kind or _STRING for other in self._context.plan_of(f"<{term.iri}>").terms.values()}
        choices += [self._explicit(other) for other in sorted(types - siblings)]
        if not types:
            choices.append({"$ref": "#/$defs/Explicit"})
            choices += [] if term.kind else [{"$ref": "#/$defs/Thing"}]
        return _any(choices) if choices else None

    def _plain(self, rules: Sequence[Rule]) -> list[Schema]:
        """A text without a language; a number in YAML is one too, where it has the form."""
        text: Schema = {"type": "string"}
        for rule in rules:
            text |= _text_demands(rule)
        if "pattern" not in text:
            return [text, {"type": ["number", "boolean"]}]
        lengths = _lengths(text["pattern"])
        if not lengths:
            return [text]
        return [text, {"type": "integer", "minimum": 10 ** (lengths[0] - 1), "maximum": 10 ** lengths[-1] - 1}]

    def _explicit(self, datatype: str) -> Schema:
        """A literal that names its own datatype, for which there is no key."""
        return {
            "type": "object",
            "properties": {
                "@value": _typed(datatype.removeprefix(_XSD), ()),
                "@type": {"enum": [self.short(datatype), datatype]},
            },
            "required": ["@value", "@type"],
            "additionalProperties": False,
        }

    def _property(self, rules: Sequence[Rule]) -> Schema:
        """The name of a property: those that the rules allow."""
        allowed = set(self._facts.choices(rules))
        terms = [term for term in self._context.terms.values() if term.kind not in ("@class", "@reverse")]
        if not self._facts.is_closed(rules):
            return {"anyOf": [{"enum": sorted(term.name for term in terms)}, {"$ref": "#/$defs/Address"}]}
        names = sorted(term.name for term in terms if term.iri in allowed)
        return {"enum": [*names, *sorted({self.short(iri) for iri in allowed} - set(names)), *sorted(allowed)]}

    # Addresses

    def _thing(self, term: Term, rules: Sequence[Rule]) -> Schema:
        """An address, or a thing with its keys."""
        if term.name == "grant":
            return {"anyOf": [self._address(rules), {"$ref": "#/$defs/Grant"}]}
        address = self._address(rules)
        if self._facts.choices(rules) and "enum" in str(address):
            return address
        return {"anyOf": [address, {"$ref": "#/$defs/Thing"}]}

    def _address(self, rules: Sequence[Rule]) -> Schema:
        parts: list[Schema] = []
        message = next((rule.message for rule in rules if rule.message), "")
        concepts = [iri for iri in self._facts.choices(rules) if not iri.startswith(self._facts.base_iri)]
        is_closed = self._facts.is_closed(rules)
        if concepts and is_closed:
            short = [self.short(iri) for iri in concepts]
            return {"enum": [*short, *concepts], "errorMessage": message}
        for rule in rules:
            if rule.alternatives:
                parts.append(_any([found for demand in rule.alternatives if (found := self._demanded(demand))]))
            if found := self._demanded(rule.demand):
                parts.append(found)
        schema: Schema = {"$ref": "#/$defs/Address"}
        if parts:
            schema = parts[0] if len(parts) == 1 else {"allOf": parts}
        if concepts:
            schema = {"anyOf": [{"enum": [self.short(iri) for iri in concepts]}, schema]}
        if parts and message:
            schema = {**schema, "errorMessage": message}
        return schema

    def _demanded(self, demand: Demand) -> Schema | None:
        """What one demand makes of an address, None where that is nothing."""
        if demand.values is not None:
            iris = [value.value for value in demand.values if isinstance(value, NamedNode)]
            return {"enum": [*(self.short(iri) for iri in iris), *iris]}
        patterns = [demand.pattern] if demand.pattern else []
        patterns += [pattern for kind in demand.classes for pattern in self.id_patterns(kind)]
        found = [{"type": "string", "pattern": form} for pattern in patterns for form in [self._short_form(pattern)]]
        if not found:
            return None
        return found[0] if len(found) == 1 else {"allOf": found}

    def id_patterns(self, kind: str) -> list[str]:
        """The patterns that the address of a thing of a class must have, as the shapes write them."""
        rules = [rule for rule in self._facts.rules.of(kind) if rule.severity is Severity.VIOLATION and not rule.if_any]
        return [rule.demand.pattern for rule in rules if rule.demand.pattern and _is_of_node(rule)]

    def id_schema(self, kind: str) -> Schema:
        """What the address of a thing of a class must be."""
        found: list[Schema] = [
            {"type": "string", "pattern": self._short_form(pattern)} for pattern in self.id_patterns(kind)
        ]
        if not found:
            return {"$ref": "#/$defs/Address"}
        return found[0] if len(found) == 1 else {"allOf": found}

    def _short_form(self, pattern: str) -> str:
        """Return a pattern for whole addresses as one that the short ways to write them fit too."""
        if pattern.startswith("/"):  # below the base nothing stands before kind/slug
            return f"(^|/){pattern[1:]}"
        for prefix, space in self._context.prefixes.spaces.items():
            for written in (re.escape(space), space.replace(".", r"\."), space):
                if pattern.startswith(f"^{written}"):
                    return f"^({written}|{prefix}:){pattern[1 + len(written) :]}"
        return pattern

    def short(self, iri: str) -> str:
        """Return an address as people write it in YAML."""
        if iri.startswith(self._facts.base_iri):
            return iri[len(self._facts.base_iri) :]
        parts = self._context.prefixes.split(iri)
        return ":".join(parts) if parts else iri


def _is_of_node(rule: Rule) -> bool:
    return not rule.paths and not rule.beyond


def _any(schemas: Sequence[Schema]) -> Schema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": list(schemas)}


def _one_or_more(single: Schema, most: int | None, *, is_list: bool = False) -> Schema:
    """A value, or a list of values."""
    items: Schema = {"type": "array", "items": single, "minItems": 1}
    if most is not None:
        items["maxItems"] = most
    return {"anyOf": [items, single] if is_list else [single, items]}


def _text_demands(rule: Rule) -> Schema:
    """What a rule demands of a text that JSON Schema can say."""
    found: Schema = {}
    if rule.demand.pattern and not rule.demand.flags:
        found |= {"pattern": rule.demand.pattern, "errorMessage": rule.message}
    if rule.demand.min_length:
        found["minLength"] = rule.demand.min_length
    if rule.demand.max_length is not None:
        found["maxLength"] = rule.demand.max_length
    return found


def _lengths(pattern: str | None) -> list[int]:
    """How many digits a number may have that is a text of this pattern; [] where none is."""
    if pattern is None:
        return []
    found = [n for n in range(1, _LONGEST + 1) if re.search(pattern, "1" * n)]
    return found if found and found == list(range(found[0], found[-1] + 1)) else []


def _typed(name: str, rules: Iterable[Rule]) -> Schema:
    """A literal of a datatype: a text of its form, and the number or truth value that YAML has for it."""
    if name == "boolean":
        return {"anyOf": [{"type": "boolean"}, {"enum": ["true", "false"]}]}
    text: Schema = {"type": "string"}
    if name in _FORMS:
        text["pattern"] = _FORMS[name]
    number: Schema = {"type": _NUMBERS[name]} if name in _NUMBERS else {}
    for rule in rules:
        for bound, value in rule.demand.bounds.items():
            if name in ("decimal", "integer"):
                number[_BOUNDS[bound]] = float(value.value) if "." in value.value else int(value.value)
                if bound.startswith("min") and not value.value.startswith("-"):
                    text["pattern"] = text["pattern"].replace("[+-]?", "[+]?")
        if rule.demand.bounds:
            text["errorMessage"] = number["errorMessage"] = rule.message
    return {"anyOf": [text, number]} if number else text
