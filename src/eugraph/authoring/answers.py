"""Questions, and what an answer to one means: a term that the shapes allow, or the message of the shape it breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from eugraph.authoring.facts import Facts
from eugraph.authoring.rules import Rule
from eugraph.errors import AnswerError, MissingAnswersError, did_you_mean
from eugraph.rdf.lexical import expected_form
from eugraph.vocab import PREFIXES

SET = "set:"  # before the key of a question that has no option of its own

_XSD = PREFIXES["xsd"]
_LANG = PREFIXES["rdf"] + "langString"
_DATES = (f"{_XSD}date", f"{_XSD}gYearMonth", f"{_XSD}gYear")
_MOST_SHOWN = 40  # choices that are listed
# No text holds these: control characters but the line feed, and halves of characters.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+\Z")


Answer = Literal | NamedNode
Known = Callable[[str], NamedNode | None]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: of which property of a thing of which class."""

    key: str  # of the option --key; with SET before it, of --set KEY=…
    ask: str  # what a person reads
    kind: str  # IRI of the class
    path: str  # IRI of the property
    is_needed: bool | None = None  # None where the shapes decide
    has_lines: bool = False  # the text may have several

    @property
    def option(self) -> str:
        """How the answer is given on the command line."""
        return f"--set {self.key[len(SET) :]}=…" if self.key.startswith(SET) else f"--{self.key}"


@dataclass
class Interview:
    """Collects answers: given ones first, then those of a person, if there is one.

    `ask` shows a prompt and returns a line; `say` shows a text. Without `ask` nobody is asked.
    """

    facts: Facts
    given: Mapping[str, str]
    ask: Callable[[str], str] | None = None
    say: Callable[[str], object] = lambda _: None
    missing: dict[str, str] = field(default_factory=dict, init=False)  # option -> what is asked

    def answer(
        self, question: Question, default: str = "", known: Known = lambda _: None, offered: Sequence[str] = ()
    ) -> Answer | None:
        """Return the answer to a question, None where there is none.

        Args:
            question: what is asked.
            default: what an empty answer means.
            known: tells what an answer means in another way than the shapes do, or None.
            offered: things that `known` knows, to be listed where the shapes leave nothing to choose from.

        Raises:
            AnswerError: a given answer is not what the shapes demand.
        """
        meaning = _Meaning(self.facts, question)
        text = self.given.get(question.key)
        if text is None and self.ask is None:
            text = default or None
        if text is not None:
            return known(text.strip()) or meaning.of(text)
        if self.ask is not None:
            choices = meaning.choices or offered
            return self._asked(self.ask, _prompt(question, meaning, default, choices), meaning, default, known, choices)
        if meaning.is_needed:
            self.missing[question.option] = question.ask
        return None

    def _asked(
        self,
        ask: Callable[[str], str],
        prompt: str,
        meaning: _Meaning,
        default: str,
        known: Known,
        choices: Sequence[str],
    ) -> Answer | None:
        while True:
            text = ask(prompt).strip() or default
            if text == "?" and choices:
                self.say(self._listed(choices))
            elif text:
                try:
                    return known(text) or meaning.of(text)
                except AnswerError as error:
                    self.say(str(error).partition(": ")[2])
            elif meaning.is_needed:
                self.say("This is needed.")
            else:
                return None

    def _listed(self, choices: Sequence[str]) -> str:
        """Return the choices, a line each."""
        rows = [(self.facts.short(iri), self.facts.label(iri)) for iri in choices[:_MOST_SHOWN]]
        width = max((len(name) for name, _ in rows), default=0)
        more = len(choices) - len(rows)
        lines = [f"  {name:<{width}}  {label}".rstrip() for name, label in rows]
        return "\n".join(lines + ([f"  … and {more} more"] if more > 0 else []))

    def finish(self) -> None:
        """Raise MissingAnswersError where a needed answer was not given and nobody could be asked."""
        if self.missing:
            options = "; ".join(f"{option} ({ask})" for option, ask in self.missing.items())
            raise MissingAnswersError(f"missing: {options}. Add the options, or answer in a terminal with --ask.")


def _prompt(question: Question, meaning: _Meaning, default: str, choices: Sequence[str]) -> str:
    hints = []
    if default:
        hints.append(f"empty for {default}")
    elif not meaning.is_needed:
        hints.append("may be empty")
    if choices:
        hints.append("? lists them")
    return question.ask + (f" ({', '.join(hints)})" if hints else "")


class _Meaning:
    """What an answer to one question can mean."""

    def __init__(self, facts: Facts, question: Question) -> None:
        self._facts, self._question = facts, question
        self._rules: Sequence[Rule] = facts.rules.on(question.kind, question.path)
        self.choices = facts.choices(self._rules)
        by_shapes = any(rule.is_needed for rule in self._rules)
        self.is_needed = by_shapes if question.is_needed is None else question.is_needed

    def of(self, text: str) -> Answer:
        """Return what a text means.

        Raises:
            AnswerError: nothing that the shapes allow.
        """
        text = text.strip().replace("\r\n", "\n")
        if odd := _UNSEEN.search(text):
            raise self._error(f"the character U+{ord(odd[0]):04X} cannot be seen. Take it out.")
        if not text:
            raise self._error("there is no text. Write one, or leave the option out.")
        if "\n" in text and not self._question.has_lines:
            raise self._error("this takes one line. Take the line break out.")
        value = self._chosen(text) if self.choices else self._made(text)
        if fault := self._facts.fault(self._rules, value):
            raise self._error(fault)
        return value

    def _chosen(self, text: str) -> NamedNode:
        if _IRI.match(text) and not self._facts.is_closed(self._rules):
            return NamedNode(text)
        found = self._facts.named(text, self.choices)
        if len(found) == 1:
            return NamedNode(found[0])
        shorts = [self._facts.short(iri) for iri in self.choices]
        if found:
            several = ", ".join(self._facts.short(iri) for iri in found[:5])
            raise self._error(f"{text!r} may be {several}. Write the one that is meant.")
        near = did_you_mean(text, [*shorts, *(short.rpartition("/")[2] for short in shorts), *self._labels])
        some = ", ".join(shorts[:5]) + (", …" if len(shorts) > 5 else "")
        raise self._error(f"nothing here is called {text!r}{near or '.'} Choose one of {some}.")

    @cached_property
    def _labels(self) -> list[str]:
        return [label for iri in self.choices if (label := self._facts.label(iri))]

    def _made(self, text: str) -> Answer:
        demands = [demand for rule in self._rules for demand in (rule.demand, *rule.alternatives)]
        kinds = {demand.node_kind for demand in demands}
        types = [demand.datatype for demand in demands if demand.datatype]
        if "IRI" in kinds:
            if not _IRI.match(text):
                message = next((rule.message for rule in self._rules if rule.demand.node_kind == "IRI"), "")
                raise self._error(message or "this is no address. Write it whole, with https://.")
            return NamedNode(text)
        if _LANG in types:
            return Literal(text, language="en")
        fitting = [name for name in types if expected_form(text, name) is None]
        for name in (*(date for date in _DATES if date in fitting), *fitting, *types):
            return Literal(text, datatype=NamedNode(name))
        return Literal(text)

    def _error(self, fault: str) -> AnswerError:
        return AnswerError(f"{self._question.option}: {fault}")
