"""A JSON Schema for descriptions in YAML, made of shapes, JSON-LD context and ontology.

With it an editor completes keys and says at once what one thing alone shows to be wrong. What needs more than that
thing (queries, other files, what follows from claims) is left to `eugraph validate`; `unsaid` names it.

Spec: JSON Schema 2020-12, <https://json-schema.org/draft/2020-12/json-schema-core>.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.authoring.facts import Facts
from eugraph.authoring.rules import Rule, Rules
from eugraph.authoring.schema_values import Schema, Values
from eugraph.config import Workspace
from eugraph.errors import UnreadableWorkspaceError
from eugraph.findings import Severity
from eugraph.rdf.jsonld_context import Context, Term
from eugraph.sources import read_folder
from eugraph.vocab import EUG, PREFIXES

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_DOMAIN, _DEFINITION, _LABEL = (
    PREFIXES["rdfs"] + "domain",
    PREFIXES["skos"] + "definition",
    PREFIXES["rdfs"] + "label",
)
_DECIMAL = PREFIXES["xsd"] + "decimal"
_IMPLIED = {"Claim": "subject", "Participation": "participatesIn", "Grant": ""}  # class of a part -> key its place says
_SAID_AT_ONCE = ("Claim", "Participation", "Source")  # nobody makes claims about these
_NAMED_BY_RULE = ("Claim", "Participation")
_ID = "Address: kind/slug, such as project/harmony. It never changes."
_TYPE = "What it is: a class of the ontology."


def schema_text(workspace: Workspace) -> str:
    """Return the schema of the descriptions of a workspace as a JSON document.

    Raises:
        UnreadableWorkspaceError: its ontology or shapes cannot be read.
    """
    base, root = workspace.base_iri, workspace.root
    ontology = read_folder(workspace.ontology, base_iri=base, shown_from=root, keep_blank_nodes=True)
    shapes = read_folder(workspace.shapes, base_iri=base, shown_from=root, keep_blank_nodes=True)
    if faults := [*ontology.findings, *shapes.findings]:
        raise UnreadableWorkspaceError([f"{fault.place}: {fault.message}" for fault in faults])
    facts = Facts([], ontology.quads, Rules(shapes.quads, ontology.quads), base)
    schema = json_schema(facts, Context.from_ontology(ontology.quads), ontology.quads, workspace.title)
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def json_schema(facts: Facts, context: Context, ontology: Iterable[Quad], title: str) -> Schema:
    """Return the schema of one YAML document.

    Args:
        facts: the rules, and the concepts to choose from.
        context: what the keys mean.
        ontology: definitions and domains of properties.
        title: of the workspace.
    """
    return _Maker(facts, context, ontology).whole(title)


def unsaid(rule: Rule) -> list[str]:
    """Return what a rule demands that the schema does not say, by the names of SHACL; [] where it says all.

    A rule that is no violation is not in the schema at all, so that editors mark as wrong only what is.
    """
    if rule.severity is not Severity.VIOLATION:
        return ["severity"]
    missing = set(rule.beyond)
    if rule.if_any and rule.min_count == 0:
        missing.add("targetSubjectsOf")
    if rule.demand.flags:
        missing.add("flags")
    if rule.min_count > 1:
        missing.add("minCount")
    if rule.demand.datatype == _DECIMAL:  # also a text, of which a pattern tells the sign and not the size
        missing |= {name for name, to in rule.demand.bounds.items() if name[:3] == "max" or to.value[0] == "-"}
    demanded = {kind for demand in (rule.demand, *rule.alternatives) for kind in demand.classes}
    if any(kind.startswith(EUG) for kind in demanded):
        missing.add("class")  # the address tells the kind of a thing, but not whether anybody describes it
    return sorted(missing)


class _Maker:
    def __init__(self, facts: Facts, context: Context, ontology: Iterable[Quad]) -> None:
        self._facts, self._context = facts, context
        self._values = Values(facts, context)
        self._claimable = set(facts.choices(facts.rules.on(f"{EUG}Claim", f"{EUG}property")))
        self._domains: dict[str, set[str]] = {}
        self._told: dict[str, str] = {}
        for quad in ontology:
            subject, value = quad.subject, quad.object
            if not isinstance(subject, NamedNode):
                continue
            if quad.predicate.value == _DOMAIN and isinstance(value, NamedNode):
                self._domains.setdefault(subject.value, set()).add(value.value)
            elif quad.predicate.value == _DEFINITION and isinstance(value, Literal):
                self._told[subject.value] = value.value
            elif quad.predicate.value == _LABEL and isinstance(value, Literal):
                self._told.setdefault(subject.value, value.value)
        terms = (term for term in context.terms.values() if term.kind != "@class")
        self._keys = sorted(terms, key=lambda term: (context.plan_of(f"<{term.iri}>")[:2], term.name))
        self._pool: dict[str, Schema] = {}  # what stands under a key, by the name of its definition
        self._classes = {term.name: term for term in context.classes.values() if term.iri in facts.rules.classes}

    def whole(self, title: str) -> Schema:
        """Return the whole schema."""
        classes = {name: self._class(term) for name, term in sorted(self._classes.items())}
        long_names = {self._values.short(term.iri) for term in self._keys}
        return {
            "$schema": DIALECT,
            "title": f"Descriptions in YAML: {title}",
            "$comment": "Made by `eugraph schema` of shapes, ontology and context. The first line of a YAML file that "
            "uses it is: # yaml-language-server: $schema=PATH",
            "type": "object",
            "allOf": [{"$ref": "#/$defs/Thing"}, {"required": ["type"]}],
            "$defs": {
                "Address": {"type": "string", "pattern": r"^\S+$"},
                "AnyValue": {"type": ["string", "number", "boolean", "object"]},
                "Explicit": {
                    "type": "object",
                    "properties": {"@value": {}, "@type": {"type": "string"}, "@language": {"type": "string"}},
                    "required": ["@value"],
                    "additionalProperties": False,
                },
                "Thing": self._thing(),
                "Key": {"not": {"enum": sorted(long_names)}},  # what has a plain name is called by it
                **classes,
                **dict(sorted(self._pool.items())),
            },
        }

    def _thing(self) -> Schema:
        """A thing of any class, by its type; without one it is only spoken of."""
        cases: list[Schema] = []
        for name in sorted(self._classes):
            needed = [] if name in _NAMED_BY_RULE else ["id"]
            needed += [_IMPLIED[name]] if _IMPLIED.get(name) else []
            then: Schema = {"$ref": f"#/$defs/{name}"}
            if needed:
                then["required"] = needed
            cases.append({"if": _is_a(name), "then": then})
        names = sorted(self._classes)
        spoken_of = {"properties": {"id": {"$ref": "#/$defs/Address"}, "name": {"type": "object"}}}
        cases.append(
            {
                "if": {"not": {"required": ["type"]}},
                "then": {**spoken_of, "required": ["id"], "additionalProperties": False},
            }
        )
        known = {"anyOf": [{"enum": names}, {"type": "string", "pattern": r"^[^:\s]+:\S+$"}]}
        return {
            "type": "object",
            "properties": {
                "id": {"description": _ID},
                "type": {"description": _TYPE, "anyOf": [known, {"type": "array", "items": known, "minItems": 1}]},
            },
            "allOf": cases,
        }

    def _class(self, kind: Term) -> Schema:
        """A thing of one class; where it stands as a part of another, "type" and what the place says may be missing."""
        properties: Schema = {
            "id": {"description": _ID, **self._values.id_schema(kind.iri)},
            "type": {"description": _TYPE},
            "included": {"description": "More things.", "type": "array", "items": {"$ref": "#/$defs/Thing"}},
        }
        if kind.name in _IMPLIED:
            properties["type"]["anyOf"] = [{"const": kind.name}, {"type": "array", "contains": {"const": kind.name}}]
        above = self._facts.rules.classes_of(kind.iri)
        for term in self._keys:
            domains = self._domains.get(term.iri)
            if domains and term.kind != "@reverse" and not domains & above:
                continue
            schema = self._values.under(term, kind.iri)
            if schema is not None:
                told = self._told.get(term.iri, "") if term.kind != "@reverse" else f"The {term.name} of this thing."
                properties[term.name] = self._pooled(term.name, kind.name, {"description": told, **schema})
        prefixes = "|".join(sorted(self._context.prefixes.spaces))
        return {
            "description": self._told.get(kind.iri, kind.name),
            "type": "object",
            "properties": properties,
            "propertyNames": {"$ref": "#/$defs/Key"},
            "patternProperties": {f"^({prefixes}):": True},
            "additionalProperties": False,
            **self._together(kind, properties),
        }

    def _pooled(self, key: str, kind: str, schema: Schema) -> Schema:
        """Return a reference to a schema that several classes share."""
        for name in (f"key.{key}", f"key.{key}.{kind}"):
            if self._pool.setdefault(name, schema) == schema:
                return {"$ref": f"#/$defs/{name}"}
        raise AssertionError(f"two schemas for {key} of {kind}")

    def _together(self, kind: Term, properties: Mapping[str, object]) -> Schema:
        """What keys demand of each other: needed ones, those that exclude each other, those that need another."""
        parts: list[Schema] = []
        rules = [rule for rule in self._facts.rules.of(kind.iri) if rule.severity is Severity.VIOLATION]
        for rule in rules:
            names = [term.name for term in self._keys if term.iri in rule.paths and term.name in properties]
            if not names or rule.beyond:
                continue
            if (rule.is_needed or (rule.if_any and rule.min_count > 0)) and _IMPLIED.get(kind.name) not in names:
                needed = self._needed(names, kind)
                triggers = [t.name for t in self._keys if t.iri in rule.if_any and t.name in properties]
                if triggers:
                    some = {"anyOf": [{"required": [name]} for name in triggers]}
                    parts.append({"if": some, "then": needed, "errorMessage": rule.message})
                elif not rule.if_any:
                    parts.append({**needed, "errorMessage": rule.message})
            same = [name for name in names if self._context.terms[name].iri == rule.paths[0]]
            if rule.max_count == 1 and len(rule.paths) == 1:
                for number, one in enumerate(same):
                    parts += [
                        {"not": {"required": [one, other]}, "errorMessage": rule.message}
                        for other in same[number + 1 :]
                    ]
        return {"allOf": parts} if parts else {}

    def _needed(self, names: list[str], kind: Term) -> Schema:
        """One of some keys, or a claim that says it."""
        choices: list[Schema] = [{"required": [name]} for name in names]
        if kind.name not in _SAID_AT_ONCE and any(self._context.terms[name].iri in self._claimable for name in names):
            said = {"properties": {"property": {"enum": names}}, "required": ["property"]}
            claims = {"anyOf": [said, {"type": "array", "contains": said}]}
            choices.append({"properties": {"claims": claims}, "required": ["claims"]})
        return choices[0] if len(choices) == 1 else {"anyOf": choices}


def _is_a(name: str) -> Schema:
    told = {"anyOf": [{"const": name}, {"type": "array", "contains": {"const": name}}]}
    return {"properties": {"type": told}, "required": ["type"]}
