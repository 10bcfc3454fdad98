"""Typed parameters of a query: text from a command line to an RDF term, put in at the variable's tokens.

A term is written as SPARQL writes it, escapes included, so no value can become syntax.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from eugraph.errors import ParameterError
from eugraph.rdf.lexical import expected_form
from eugraph.store.tokens import tokens
from eugraph.vocab import COUNTRY, PREFIXES

TYPES = ("iri", "date", "integer", "string", "country", "lang")

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*\Z")
_RELATIVE = re.compile(r"(?!/)(?!(?:.*/)?\.\.?(?:/|\Z))[^\x00-\x20<>\"{}|\\^`:?#]+\Z")
_THING = re.compile(r"[a-z]{3,}(?:-[a-z]+)*/[a-z0-9][a-z0-9.-]+\Z")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")  # the path of a thing without its kind, which the example tells
_COUNTRY = re.compile(rf"(?:<?{re.escape(COUNTRY)})?[A-Za-z0-9]{{3}}\Z")
_LANG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z")
_XSD = PREFIXES["xsd"]

Term = NamedNode | Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a report, as the query's header declares it."""

    name: str
    type: str  # one of TYPES
    required: bool
    example: str

    def term(self, text: str, base_iri: str) -> Term:
        """Return the RDF term that `text` stands for.

        Raises:
            ParameterError: it is not of the parameter's type.
        """
        if self.type == "iri":
            kind, slash, _ = self.example.partition("/")
            if slash and ":" not in kind and _SLUG.match(text):
                text = f"{kind}/{text}"
            return _iri(self.name, text, base_iri, self.example)
        if self.type == "country":
            if not _COUNTRY.match(text):
                raise ParameterError(f"parameter {self.name}: {text!r} is no country. Write three letters such as NLD.")
            return NamedNode(COUNTRY + text.rpartition("/")[2].upper())
        if self.type == "string":
            return Literal(text)
        if self.type == "lang":
            if not _LANG.match(text):
                raise ParameterError(f"parameter {self.name}: {text!r} is no language tag. Write one such as en.")
            return Literal(text.lower())
        datatype = _XSD + self.type
        if hint := expected_form(text, datatype):
            raise ParameterError(f"parameter {self.name}: {text!r} is no {self.type}. Write {hint}.")
        return Literal(text, datatype=NamedNode(datatype))


def _iri(name: str, text: str, base_iri: str, example: str = "organisation/eha") -> NamedNode:
    text = text.removeprefix("<").removesuffix(">")
    whole = text if _IRI.match(text) else base_iri + text if base_iri and _RELATIVE.match(text) else ""
    if whole:
        try:
            return NamedNode(whole)
        except ValueError as error:
            raise ParameterError(f"parameter {name}: {text!r} is no IRI: {error}. Check it.") from error
    raise ParameterError(
        f"parameter {name}: {text!r} is no IRI. Write one such as {example} or https://…; "
        "`eugraph show` with a name in its place tells that of a thing."
    )


def guess(name: str, text: str, base_iri: str) -> Term:
    """Return the term for a parameter of an ad-hoc query.

    `<…>`, what begins with http:// or https://, and the path of a thing such as organisation/eha are IRIs; `"…"` is a
    text whatever it looks like; then come integers and dates; all else is a text.

    Raises:
        ParameterError: it looks like an IRI and is none.
    """
    if len(text) > 1 and text[0] == text[-1] == '"':
        return Literal(text[1:-1])
    if (text.startswith("<") and text.endswith(">")) or text.startswith(("http://", "https://")) or _THING.match(text):
        return _iri(name, text, base_iri)
    for kind in ("integer", "date"):
        if expected_form(text, _XSD + kind) is None:
            return Literal(text, datatype=NamedNode(_XSD + kind))
    return Literal(text)


def put_in(text: str, terms: Mapping[str, Term]) -> str:
    """Return the query with each variable of `terms` replaced by its term, wherever it stands as a value.

    `BOUND(?x)` becomes `(true)`.

    Raises:
        ParameterError: the query has no such variable, or sets it itself (`AS ?x`, `VALUES ?x`).
    """
    used: set[str] = set()
    out: list[str] = []
    last_word = ""
    braces = bound = 0
    projecting = False
    for token in tokens(text):
        piece = token.text
        if token.kind == "word":
            last_word = piece.upper()
            bound = len(out)
            projecting = last_word in ("SELECT", "DISTINCT", "REDUCED") or (
                projecting and last_word not in ("WHERE", "FROM")
            )
        elif token.kind == "less":
            piece = "< "  # so that no engine takes it for the beginning of an IRI
        elif token.kind == "other":
            braces += (piece == "{") - (piece == "}")
            projecting = projecting and piece != "{"
        elif token.kind == "variable" and piece[1:] in terms:
            name = piece[1:]
            _refuse_setting(name, last_word, piece)
            used.add(name)
            piece = str(terms[name])
            if last_word == "BOUND":
                out[bound], piece = "", "true"
            if projecting and _projected(out):  # outside of an inner SELECT the value stands too, so its name is free
                inner = f"_{len(out)}" if braces else ""
                piece = f"({piece} AS {token.text}{inner})"
        if token.kind not in ("space", "comment", "word"):
            stays = (last_word == "BY" and piece not in ("(", "{", "}")) or (last_word == "BOUND" and piece == "(")
            last_word = last_word if stays else ""
        out.append(piece)
    if missing := sorted(set(terms) - used):
        raise ParameterError(f"the query has no variable ?{missing[0]} for the parameter {missing[0]}.")
    return "".join(out)


def _refuse_setting(name: str, word: str, variable: str) -> None:
    if word in ("AS", "VALUES", "BY"):
        raise ParameterError(
            f"parameter {name}: the query has {word} {variable}, which no value can replace. "
            "Use another variable there."
        )


def _projected(before: list[str]) -> bool:
    """Tell whether the token that follows `before` is a bare item of SELECT, not part of an expression in brackets."""
    depth = 0
    for piece in reversed(before):
        depth += (piece == ")") - (piece == "(")
        if depth < 0:
            return False
        if piece.upper() == "SELECT":
            return True
    return True
