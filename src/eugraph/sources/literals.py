"""Scalars to literals. A number keeps its own text: 1.50 stays 1.50, and no money passes through a float.

Spec: YAML 1.2.2 §10.3.2, <https://yaml.org/spec/1.2.2/#1032-tag-resolution>; RDF 1.1 Concepts §3.3.
"""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from eugraph.errors import WrongValueError
from eugraph.rdf.jsonld_context import Term
from eugraph.rdf.lexical import expected_form
from eugraph.sources.records import Scalar
from eugraph.sources.words import Words
from eugraph.vocab import PREFIXES, shorten

XSD = PREFIXES["xsd"]
BOOLEAN = f"{XSD}boolean"

_NULL = re.compile(r"(?:null|Null|NULL|~|)\Z")
_TRUTH = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_NUMBERS = (
    (re.compile(r"[-+]?[0-9]+\Z"), "integer"),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)\Z"), "decimal"),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+\Z"), "double"),
)
_NO_DIGITS = re.compile(r"(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z")
_SURROGATES = re.compile("[\ud800-\udfff]")


def is_nothing(scalar: Scalar) -> bool:
    """Tell whether a scalar says that there is no value: null, ~ or nothing at all, without quotation marks."""
    return not scalar.text or (scalar.plain and _NULL.match(scalar.text) is not None)


def is_language(text: str) -> bool:
    """Tell whether a text is a language tag. Spec: BCP 47 §2.1, <https://www.rfc-editor.org/rfc/rfc5646#section-2.1>."""
    try:
        Literal("", language=text)
    except ValueError:
        return False
    return True


class Literals:
    """Makes the literals of one file, or raises a `WrongValueError` with the place of what is none."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def text(self, scalar: Scalar, language: str = "") -> Literal:
        """Return a text, in a language where one is given."""
        value = self._whole(scalar)
        return Literal(value, language=language.lower()) if language else Literal(value)

    def typed(self, scalar: Scalar, term: Term, key: str) -> Literal:
        """Return a literal of the datatype that a key asks for."""
        text = self._whole(scalar)
        if term.kind == BOOLEAN and scalar.plain and _TRUTH.match(text):
            text = text.lower()
        if form := expected_form(text, term.kind):
            fault = f"{text!r} under {key} is no {shorten(term.kind)}. Write {form}{self._other_key(text, term)}."
            raise self._words.fault(WrongValueError, scalar.spot, fault)
        return Literal(text, datatype=NamedNode(term.kind))

    def explicit(self, scalar: Scalar, datatype: NamedNode) -> Literal:
        """Return a literal of a datatype that the file names itself; whether it has the form is checked later."""
        return Literal(self._whole(scalar), datatype=datatype)

    def bare(self, scalar: Scalar) -> Literal:
        """Return what a scalar is by itself: a number, a truth value or a text, as YAML's core schema has it."""
        text = self._whole(scalar)
        if not scalar.plain:
            return Literal(text)
        if _TRUTH.match(text):
            return Literal(text.lower(), datatype=NamedNode(BOOLEAN))
        for form, name in _NUMBERS:
            if form.match(text):
                return Literal(text, datatype=NamedNode(XSD + name))
        if _NO_DIGITS.match(text):
            fault = f"{text} is a number that is not written in decimal digits. Write it so, or in quotation marks."
            raise self._words.fault(WrongValueError, scalar.spot, fault)
        return Literal(text)

    def _other_key(self, text: str, term: Term) -> str:
        """Say which key of the same property the text would be right under."""
        for other in self._words.siblings(term):
            if other.kind.startswith(XSD) and other.kind != term.kind and not expected_form(text, other.kind):
                return f", or use {other.name} in place of {term.name}"
        return ""

    def _whole(self, scalar: Scalar) -> str:
        """Return the text, with escaped halves of a character put together."""
        if _SURROGATES.search(scalar.text) is None:
            return scalar.text
        try:
            return scalar.text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            fault = "the text holds half a character, \\ud800 to \\udfff. Write the character itself."
            raise self._words.fault(WrongValueError, scalar.spot, fault) from None
