"""What a workspace knows already: which things there are, what they are called, and what a name in an answer means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.authoring.rules import Demand, Rule, Rules, Term
from eugraph.findings import Severity
from eugraph.rdf.lexical import expected_form
from eugraph.vocab import EUG, PREF_LABEL, RDF_TYPE, shorten, term

_NAMES = {PREF_LABEL} | {
    term(name)
    for name in ("skos:altLabel", "eug:acronym", "skos:notation", "eug:legalName", "eug:euCode", "dcterms:title")
}
_PAGE = term("foaf:page")
_ANY_PAGE = "https://example.org/"


class Facts:
    """The things and concepts of a workspace, by address and by name."""

    def __init__(self, curated: Iterable[Quad], ontology: Iterable[Quad], rules: Rules, base_iri: str) -> None:
        self.rules, self.base_iri = rules, base_iri
        self.types: dict[str, set[str]] = {}
        self._labels: dict[str, str] = {}
        self._names: dict[str, set[str]] = {}  # of each thing
        self._sources: dict[str, str] = {}  # web address -> source
        for quad in (*curated, *ontology):
            if not isinstance(quad.subject, NamedNode):
                continue
            iri, value = quad.subject.value, quad.object
            if quad.predicate == RDF_TYPE and isinstance(value, NamedNode):
                self.types.setdefault(iri, set()).update(rules.classes_of(value.value))
            elif quad.predicate in _NAMES and isinstance(value, Literal):
                self._names.setdefault(iri, set()).add(value.value)
                if quad.predicate == PREF_LABEL and (value.language == "en" or iri not in self._labels):
                    self._labels[iri] = value.value
            elif quad.predicate == _PAGE and isinstance(value, NamedNode):
                self._sources.setdefault(value.value, iri)

    def is_described(self, iri: str) -> bool:
        """Tell whether a thing of this address is described, whatever the case of its letters."""
        return iri.casefold() in {known.casefold() for known in self.types}

    def source_of(self, page: str) -> str | None:
        """Return the source that is this web page, None where no source is."""
        return self._sources.get(page)

    @property
    def sources(self) -> list[str]:
        """The sources that are described, in the order of their addresses."""
        return sorted(iri for iri, kinds in self.types.items() if f"{EUG}Source" in kinds)

    def label(self, iri: str) -> str:
        """Return the English name of a thing, "" where it has none."""
        return self._labels.get(iri, "")

    def short(self, iri: str) -> str:
        """Return how an address is shown: below the base, or its last part."""
        if iri.startswith(self.base_iri):
            return iri[len(self.base_iri) :]
        return re.split(r"[#/]", iri)[-1]

    # Choices

    def choices(self, rules: Sequence[Rule]) -> list[str]:
        """Return the things that the rules of a property allow, in the order of their addresses.

        A property is chosen from what there is where its rules name a class, or where their pattern fits addresses of
        the ontology but not any web address. Else there is nothing to choose from.
        """
        if not self.is_closed(rules):
            patterns = [rule.demand.pattern for rule in rules if rule.demand.pattern and rule.demand.node_kind == "IRI"]
            if all(re.search(pattern, _ANY_PAGE) for pattern in patterns):
                return []
        listed = (
            value.value for demand in _demands(rules) for value in demand.values or () if type(value) is NamedNode
        )
        return sorted(iri for iri in {*self.types, *listed} if self.fault(rules, NamedNode(iri)) is None)

    def is_closed(self, rules: Iterable[Rule]) -> bool:
        """Tell whether values must be things that are described here."""
        return any(demand.classes for demand in _demands(rules))

    def named(self, name: str, choices: Sequence[str]) -> list[str]:
        """Return those of the choices that a name can mean: by address, slug or one of their names, in any case."""
        name = name.strip().strip("<>")
        folded = name.casefold()
        for iri in choices:
            if name in (iri, self.short(iri), shorten(iri)):
                return [iri]
        slugs = [iri for iri in choices if folded == self.short(iri).rpartition("/")[2].casefold()]
        if slugs:
            return slugs
        return [iri for iri in choices if folded in (known.casefold() for known in self._names.get(iri, ()))]

    # Checks

    def fault(self, rules: Iterable[Rule], value: Term) -> str | None:
        """Return what the first of the rules that a value breaks has to say of it, None where it keeps them all."""
        for rule in rules:
            if rule.severity is not Severity.VIOLATION:
                continue
            fits = self._fits(rule.demand, value)
            if fits and rule.alternatives:
                fits = any(self._fits(demand, value) for demand in rule.alternatives)
            if not fits:
                return rule.message or f"this breaks the rule {rule.name!r}."
        return None

    def _fits(self, demand: Demand, value: Term) -> bool:
        return all(
            (
                demand.node_kind is None or type(value).__name__.replace("NamedNode", "IRI") in demand.node_kind,
                demand.datatype is None or _has_type(value, demand.datatype),
                demand.pattern is None or re.search(demand.pattern, value.value, _flags(demand.flags)) is not None,
                demand.values is None or value in demand.values,
                demand.languages is None or (isinstance(value, Literal) and value.language in demand.languages),
                len(value.value) >= demand.min_length,
                demand.max_length is None or len(value.value) <= demand.max_length,
                all(kind in self.types.get(value.value, ()) for kind in demand.classes),
                all(_within(name, value, bound) for name, bound in demand.bounds.items()),
            )
        )


def _demands(rules: Iterable[Rule]) -> list[Demand]:
    return [demand for rule in rules for demand in (rule.demand, *rule.alternatives)]


def _flags(flags: str) -> int:
    return sum({"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}.get(flag, 0) for flag in flags)


def _has_type(value: Term, datatype: str) -> bool:
    if not isinstance(value, Literal):
        return False
    return value.datatype.value == datatype and expected_form(value.value, datatype) is None


def _within(name: str, value: Term, bound: Literal) -> bool:
    """Compare numbers as numbers, and days as the texts that they are."""
    one: Decimal | str = value.value
    other: Decimal | str = bound.value
    try:
        one, other = Decimal(value.value), Decimal(bound.value)
    except InvalidOperation:
        if not isinstance(value, Literal) or value.datatype != bound.datatype:
            return False
        one, other = value.value, bound.value
    if one == other:
        return name.endswith("Inclusive")
    return (one > other) is name.startswith("min")  # type: ignore[operator]  # both are of one kind
