"""What stores write anew: one text for all the ways in which they may write a term that is still the same value.

Oxigraph and Virtuoso keep numbers as numbers. A decimal loses its last zeros, a byte is an integer afterwards, a truth
value is true and not 1; Virtuoso makes decimals of integers beyond 64 bits, and a datatype of its own of WKT. Those are
differences of form. What is lost beyond them, such as digits of a long decimal, is no difference of form.

Spec: XML Schema Datatypes 1.1 §3.3, §3.4, <https://www.w3.org/TR/xmlschema11-2/#built-in-primitive-datatypes>.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation, localcontext

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eugraph.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
_INTEGERS = ("integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger")
_SIZED = ("long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte")
_DECIMALS = frozenset(_XSD + name for name in ("decimal", *_INTEGERS, *_SIZED))
_FLOATS = frozenset(_XSD + name for name in ("double", "float"))
_MOMENTS = frozenset(_XSD + name for name in ("dateTime", "dateTimeStamp", "time"))
_FRACTION = re.compile(r"(\.[0-9]*?)0+(?=Z|[-+]|\Z)")
_GEOMETRY = "http://www.openlinksw.com/schemas/virtrdf#Geometry"
_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"


def alike(triple: Triple) -> str:
    """Return one text for all triples that differ from this one in form only; labels of blank nodes do not count."""
    return f"{_text(triple.subject)} {triple.predicate} {_text(triple.object)}"


def _text(term: NamedNode | BlankNode | Literal | Triple) -> str:
    if isinstance(term, Triple):
        return f"<<( {alike(term)} )>>"
    if isinstance(term, BlankNode):
        return "_:"
    return _literal(term) if isinstance(term, Literal) else str(term)


def _literal(literal: Literal) -> str:
    datatype, value = literal.datatype.value, literal.value
    if literal.language:
        return f"{Literal(value)}@{literal.language.lower()}"
    if datatype in _DECIMALS:
        return f"{_decimal(value)}^^decimal"
    if datatype in _FLOATS:
        return f"{_float(value)}^^{datatype}"
    if datatype == _XSD + "boolean":
        return {"1": "true", "0": "false"}.get(value, value) + "^^boolean"
    if datatype in _MOMENTS:
        zoned = f"{value[:-6]}Z" if value.endswith(("+00:00", "-00:00")) else value
        return _FRACTION.sub(lambda match: match[1] if len(match[1]) > 1 else "", zoned) + f"^^{datatype}"
    return f"{Literal(value)}^^{_WKT}" if datatype == _GEOMETRY else str(literal)


def _decimal(text: str) -> str:
    try:
        with localcontext(prec=max(len(text), 1)):
            return f"{Decimal(text).normalize():f}" if re.fullmatch(r"[-+]?[0-9.]+", text) else text
    except InvalidOperation:
        return text


def _float(text: str) -> str:
    try:
        return repr(float(text))
    except ValueError:
        return text
