"""What a JSON-LD processor passes over in silence: keys without a meaning, ill addresses, ill languages.

The file is walked with the contexts written in it: terms, prefixes, `@vocab`, nested contexts and those of a term.
Where a context lies elsewhere nothing is said, as the reader refuses it. The context of a type is taken to hold in all
that is inside.

Spec: JSON-LD 1.1 Processing Algorithms §5.1.2, <https://www.w3.org/TR/json-ld11-api/#expansion-algorithm>.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from pyoxigraph import NamedNode

from eugraph.errors import InputError, UnknownKeyError, WrongValueError, did_you_mean
from eugraph.rdf.jsonld_active import KEYWORDS, ActiveContext, ActiveTerm

_INDEXED = {"@index", "@id", "@type", "@graph"}
_INSIDE = ("@graph", "@included", "@list", "@set", "@nest")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True)
class _Fault:
    kind: type[InputError]
    word: str
    message: str
    is_key: bool


def dropped(text: str, path: PurePath) -> list[InputError]:
    """Return an error for each key and value of a JSON-LD file that no statement would be made of.

    A text that is no JSON gives none: its reader says so.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return []
    faults = dict.fromkeys(_node(document, ActiveContext()))
    return [fault.kind(path, fault.message, line=_line(text, fault)) for fault in faults]


def _line(text: str, fault: _Fault) -> int:
    for written in (json.dumps(fault.word, ensure_ascii=False), json.dumps(fault.word)):
        if found := re.search(re.escape(written) + (r"\s*:" if fault.is_key else ""), text):
            return text.count("\n", 0, found.start()) + 1
    return 0


def _node(value: object, context: ActiveContext) -> Iterator[_Fault]:
    if isinstance(value, list):
        for item in value:
            yield from _node(item, context)
    if not isinstance(value, dict):
        return
    if "@context" in value:
        yield from _languages_of_context(value["@context"])
        context = context.with_local(value["@context"])
    for key, types in value.items():
        if context.keyword(key) == "@type":
            for name in types if isinstance(types, list) else [types]:
                context = context.with_type(name) if isinstance(name, str) else context
    for key, inner in value.items():
        if key != "@context":
            yield from _entry(key, inner, context)


def _entry(key: str, value: object, context: ActiveContext) -> Iterator[_Fault]:
    keyword = context.keyword(key)
    if not context.means_something(key):
        near = did_you_mean(key, context.terms) or "."
        message = f"no context gives the key {key!r} a meaning, so it would be dropped{near} Correct it, or define it."
        yield _Fault(UnknownKeyError, key, message, is_key=True)
    elif keyword in ("@id", "@type"):
        for item in value if isinstance(value, list) else [value]:
            yield from _address(item, context)
    elif keyword == "@language":
        yield from _language(value)
    elif keyword in _INSIDE:
        yield from _node(value, context)
    elif keyword == "@reverse" and isinstance(value, dict):
        for inner, things in value.items():
            yield from _entry(inner, things, context)
    elif not keyword:
        yield from _values(value, context.terms.get(key, ActiveTerm(key)), context)


def _values(value: object, term: ActiveTerm, context: ActiveContext) -> Iterator[_Fault]:
    if term.iri is None or term.type == "@json":
        return
    if term.context != ():
        context = context.with_local(term.context)
    if isinstance(value, dict) and "@language" in term.containers:
        for language in value:
            if language != "@none" and context.keyword(language) != "@none":
                yield from _language(language, is_key=True)
        return
    if isinstance(value, dict) and _INDEXED & set(term.containers) and not KEYWORDS & set(value):
        value = list(value.values())
    for item in value if isinstance(value, list) else [value]:
        is_address = isinstance(item, str) and term.type in ("@id", "@vocab")
        yield from _address(item, context) if is_address else _node(item, context)


def _address(value: object, context: ActiveContext) -> Iterator[_Fault]:
    if not isinstance(value, str) or value in context.terms or value.startswith(("@", "_:")) or not context.is_known:
        return
    try:
        NamedNode(value if _SCHEME.match(value) else "https://example.org/" + value)
    except ValueError as error:
        message = f"{value!r} is no address, so it would be dropped: {error}. Write it as an IRI."
        yield _Fault(WrongValueError, value, message, is_key=False)


def _language(value: object, *, is_key: bool = False) -> Iterator[_Fault]:
    if value is not None and not (isinstance(value, str) and _LANGUAGE.match(value)):
        message = f"{value!r} is no language, so the text would be dropped. Write a code such as en or en-GB."
        yield _Fault(WrongValueError, str(value), message, is_key=is_key)


def _languages_of_context(local: object) -> Iterator[_Fault]:
    for part in local if isinstance(local, list) else [local]:
        if isinstance(part, dict):
            yield from _language(part.get("@language"))
            for said in part.values():
                if isinstance(said, dict):
                    yield from _language(said.get("@language"))
