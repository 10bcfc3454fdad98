"""The active context of JSON-LD: what keys and values mean where they stand, from the contexts written in the file.

A context that lies elsewhere is never fetched; once a part of it does, the context is not `is_known`.

Spec: JSON-LD 1.1 Processing Algorithms §4 and §5.2, <https://www.w3.org/TR/json-ld11-api/#context-processing-algorithms>.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

KEYWORDS = frozenset(
    {"@base", "@container", "@context", "@direction", "@graph", "@id", "@import", "@included", "@index", "@json"}
    | {"@language", "@list", "@nest", "@none", "@prefix", "@propagate", "@protected", "@reverse", "@set", "@type"}
    | {"@value", "@version", "@vocab"}
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class ActiveTerm:
    """What a context says of a key."""

    iri: str | None  # expanded where it can be, or a keyword
    type: object = None  # "@id", "@vocab", "@json", "@none", an IRI, or None
    containers: tuple[str, ...] = ()
    context: object = ()  # scoped to the key, () for none
    is_reverse: bool = False


@dataclass(frozen=True)
class ActiveContext:
    """The names in force."""

    terms: Mapping[str, ActiveTerm] = field(default_factory=dict)
    vocab: str | None = None
    base: str = ""
    document: str = ""  # the address of the file, which a new context goes back to
    is_known: bool = True  # False once a part of it lies elsewhere
    around: ActiveContext | None = None  # what holds in inner things where the context is that of a type

    def with_local(self, local: object) -> ActiveContext:
        """Return the context in force where a `@context` is met."""
        if local is None:
            return ActiveContext(base=self.document, document=self.document)
        if isinstance(local, list):
            context = self
            for part in local:
                context = context.with_local(part)
            return context
        if not isinstance(local, dict) or "@import" in local:
            return replace(self, is_known=False)
        context = self
        if isinstance(base := local.get("@base", ""), str):
            context = replace(context, base=urljoin(context.base, base) if base else context.base)
        if "@vocab" in local:
            vocab = local["@vocab"]
            space = (context.expand(vocab, relative=True) or context.base) if isinstance(vocab, str) else None
            context = replace(context, vocab=(context.vocab or space) if vocab == "" else space)
        return _Defining(context, local).context()

    def with_type(self, name: str) -> ActiveContext:
        """Return the context in force in a thing of a type. Spec: <https://www.w3.org/TR/json-ld11/#type-scoped-contexts>."""
        term = self.terms.get(name)
        if term is None or term.context == ():
            return self
        scoped = self.with_local(term.context)
        keeps = isinstance(term.context, dict) and term.context.get("@propagate") is True
        return scoped if keeps else replace(scoped, around=self.around or self)

    def inside(self) -> ActiveContext:
        """The context in force in a thing inside of this one."""
        return self.around or self

    def keyword(self, key: str) -> str:
        """The keyword that a key is or stands for, else ""."""
        if key.startswith("@"):
            return key
        term = self.terms.get(key)
        return term.iri if term and term.iri and term.iri.startswith("@") else ""

    def means_something(self, key: str) -> bool:
        """Tell whether statements can be made of a key."""
        if not self.is_known or key.startswith("@"):
            return not self.is_known or key in KEYWORDS
        if key in self.terms:
            iri = self.terms[key].iri
            return iri is None or iri in KEYWORDS or ":" in iri or self.vocab is not None
        return not key.startswith("_:") if ":" in key else self.vocab is not None

    def expand(self, word: str, *, vocabulary: bool = False, relative: bool = False) -> str:
        """Return the IRI or blank node that a word stands for, or the word where it stands for none.

        Args:
            word: as written.
            vocabulary: it may be a term, or be completed by `@vocab`.
            relative: it may be relative to the base.

        Spec: <https://www.w3.org/TR/json-ld11-api/#iri-expansion>.
        """
        if vocabulary and (term := self.terms.get(word)):
            return term.iri or ""
        prefix, colon, name = word.partition(":")
        if colon and prefix:
            if prefix == "_" or name.startswith("//"):
                return word
            if (space := self.terms.get(prefix)) and space.iri:
                return space.iri + name
            if _ABSOLUTE.match(word):
                return word
        if vocabulary and self.vocab is not None and word not in KEYWORDS:
            return self.vocab + word
        return urljoin(self.base, word) if relative else word


class _Defining:
    """Defines the terms of one local context; one may be made of another that stands further down."""

    def __init__(self, context: ActiveContext, local: Mapping[str, object]) -> None:
        self._local = {key: said for key, said in local.items() if not key.startswith("@")}
        self._terms = {key: term for key, term in context.terms.items() if key not in self._local}
        self._context = replace(context, terms=self._terms)
        self._open: set[str] = set()

    def context(self) -> ActiveContext:
        """The context with all of its terms."""
        for key in self._local:
            self._define(key)
        return self._context

    def _define(self, key: str) -> None:
        if key in self._terms or key not in self._local or key in self._open:
            return
        self._open.add(key)
        value = self._local[key]
        said = value if isinstance(value, dict) else {"@id": value}
        iri = said.get("@reverse", said.get("@id", key))
        kind, container = said.get("@type"), said.get("@container")
        self._terms[key] = ActiveTerm(
            self._iri(iri, key) if isinstance(iri, str) else None,
            self._iri(kind, key) if isinstance(kind, str) else kind,
            (container,) if isinstance(container, str) else tuple(container) if isinstance(container, list) else (),
            said.get("@context", ()),
            "@reverse" in said,
        )

    def _iri(self, word: str, key: str) -> str:
        if word in KEYWORDS:
            return word
        for name in (word, word.partition(":")[0]):
            if name != key:
                self._define(name)
        return self._context.expand(word, vocabulary=True)
