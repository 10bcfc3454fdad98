"""Plain records to quads with places, by the JSON-LD context: what YAML and CSV share.

A record is read as the JSON-LD that it spells, with three conveniences. A part that its place explains (a claim, a
participation, a grant) needs neither type nor address. The value of a claim is written as under the key that its
`property` names. A text under a key for texts may look like a number.

Spec: JSON-LD 1.1, <https://www.w3.org/TR/json-ld11/>; YAML-LD, <https://json-ld.github.io/yaml-ld/spec/>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.errors import InputError, MissingKeyError, RepeatedKeyError, WrongValueError
from eugraph.rdf.jsonld_context import Context, Term
from eugraph.sources.addresses import Addresses, Link, part_class
from eugraph.sources.kinds import KINDS
from eugraph.sources.literals import Literals, is_language, is_nothing
from eugraph.sources.places import PlaceIndex
from eugraph.sources.records import Entry, Items, Record, Scalar, Spot, Value, each
from eugraph.sources.words import ID, INCLUDED, TYPE, Words
from eugraph.vocab import EUG, RDF_TYPE

_VALUE, _TEXT = "@value", "@language"


@dataclass(frozen=True, slots=True)
class Content:
    """What one file states, where each statement stands, and what is wrong with it."""

    quads: Sequence[Quad]
    places: PlaceIndex
    faults: Sequence[InputError]


@dataclass
class Statements:
    """Collects the statements of the records of one file."""

    context: Context
    base_iri: str
    path: PurePath
    quads: list[Quad] = field(default_factory=list, init=False)
    faults: list[InputError] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.words = Words(self.context, self.base_iri, self.path)
        self.places = PlaceIndex(self.path)
        self._literals = Literals(self.words)
        self._nowhere = NamedNode(f"{self.base_iri}project/nowhere")  # stands for an address that is amiss
        self._addresses = Addresses(self.words, self.base_iri)

    def content(self) -> Content:
        """Return all; a file with faults states nothing, as half of it would only have more."""
        unique = {str(fault): fault for fault in self.faults}  # a bad part of an address is met twice
        return Content([] if unique else self.quads, self.places, list(unique.values()))

    def fault(self, kind: type[InputError], spot: Spot, text: str) -> None:
        """Note a fault at a place of the file."""
        self.faults.append(self.words.fault(kind, spot, text))

    def add_all(self, records: Iterable[Record]) -> None:
        """Take in what records say, each of a thing of its own."""
        records = list(records)
        for record in records:
            self._addresses.reserve(record)
        for record in records:
            self._thing(record, None)

    # Things

    def _thing(self, record: Record, link: Link | None) -> NamedNode:
        subject, spot = self._identify(record, link)
        self.places.note_subject(subject, spot)
        self._classify(subject, record, link)
        skipped = {ID, TYPE}
        claimed = None
        try:
            claimed = self._form_of_value(record)
        except InputError:  # is told where the property is read
            skipped.add("value")
        for entry in record.entries:
            with self._noting():
                if entry.key == INCLUDED:
                    self._included(entry.value)
                elif entry.key not in skipped:
                    self._entry(subject, entry, claimed)
        return subject

    def _included(self, value: Value) -> None:
        for thing in each(value):
            if not isinstance(thing, Record):
                raise self.words.fault(WrongValueError, thing.spot, "included holds things. Write keys and values.")
            self._thing(thing, None)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Note a fault and go on with what comes next."""
        try:
            yield
        except InputError as error:
            self.faults.append(error)

    def _identify(self, record: Record, link: Link | None) -> tuple[NamedNode, Spot]:
        """Return the address of a thing and where it stands."""
        written = record.value(ID)
        try:
            if written is None:
                return self._addresses.made(record, link), record.spot
            word = self._word(written, ID)
            address = self.words.address(word)
            if (path := self.words.path_of(address)) and "/" not in path:
                fault = f"{word.text!r} is no address of a thing. Write kind/slug, such as project/harmony."
                raise self.words.fault(WrongValueError, word.spot, fault)
            return address, word.spot
        except InputError as error:
            self.faults.append(error)
            return self._nowhere, record.spot

    def _classify(self, subject: NamedNode, record: Record, link: Link | None) -> None:
        """Say what a thing is: what "type" says, else what follows from the key that it stands under."""
        written = record.value(TYPE)
        if written is not None:
            for value in each(written):
                with self._noting():
                    word = self._word(value, TYPE)
                    self._say(subject, RDF_TYPE, self.words.type(word), word.spot)
            return
        if (name := part_class(link)) and (iri := self.words.class_iri(name)):
            self._say(subject, RDF_TYPE, iri, record.spot)
            return
        told = {entry.key for entry in record.entries}
        if link is None or told - {ID, "name"}:
            kind = KINDS.get(self.words.path_of(subject).partition("/")[0], ("Project",))
            fault = f"it is not said what this is. Add its type: {' and '.join(kind)}."
            self.fault(MissingKeyError, record.spot, fault)

    def _form_of_value(self, record: Record) -> Term | None:
        """Return the key that the value of a claim is written as under, None for what is no claim.

        Raises:
            InputError: its property is unknown, so that nobody can tell.
        """
        word = record.value("property")
        return self.words.key_of(word) if isinstance(word, Scalar) else None

    # Keys and values

    def _entry(self, subject: NamedNode, entry: Entry, claimed: Term | None) -> None:
        term = self.words.key(entry.key, entry.spot)
        form = claimed if claimed is not None and term.iri == f"{EUG}value" else term
        values = each(entry.value)
        if not values:
            fault = f"the list under {entry.key} is empty. Write a value, or delete the key."
            raise self.words.fault(WrongValueError, entry.value.spot, fault)
        for value in values:
            with self._noting():
                self._value(subject, term, form, value, entry.key)

    def _value(self, subject: NamedNode, term: Term, form: Term, value: Value, key: str) -> None:
        """Say one value of a property `term`, written as under the key `form`."""
        if isinstance(value, Items):
            raise self.words.fault(WrongValueError, value.spot, f"a list stands in a list under {key}. Write one list.")
        if isinstance(value, Record):
            self._record(subject, term, form, value, key)
            return
        if is_nothing(value):
            fault = f"{key} has no value. Write one, in quotation marks if the text is meant, or delete the key."
            raise self.words.fault(WrongValueError, value.spot, fault)
        if term.kind == "@reverse":
            self._say(self.words.address(value), NamedNode(term.iri), subject, value.spot)
        elif form.kind == _TEXT:
            fault = f"a text under {key} needs a language. Write {{en: …}}, in a table the column {key}@en."
            raise self.words.fault(WrongValueError, value.spot, fault)
        else:
            self._say(subject, NamedNode(term.iri), self._single(form, value, key), value.spot)

    def _single(self, form: Term, value: Scalar, key: str) -> NamedNode | Literal:
        if form.kind == "@id":
            return self.words.address(value)
        if form.kind == "@vocab":
            return self.words.name(value)
        if form.kind:
            return self._literals.typed(value, form, key)
        if form.iri == f"{EUG}value" or ":" in form.name:
            return self._literals.bare(value)  # the key says nothing about its values
        return self._literals.text(value)

    def _record(self, subject: NamedNode, term: Term, form: Term, value: Record, key: str) -> None:
        if value.value(_VALUE) is not None:
            self._explicit(subject, term, value)
        elif form.kind == _TEXT:
            self._texts(subject, term, value, key)
        elif term.kind == "@reverse":
            node = self._thing(value, Link(term, subject))
            self._say(node, NamedNode(term.iri), subject, value.spot)
        elif form.kind == "@id" or value.value(ID) is not None:
            node = self._thing(value, Link(term, subject))
            spot = next((e.value.spot for e in value.entries if e.key == ID), value.spot)
            self._say(subject, NamedNode(term.iri), node, spot)
        else:
            fault = f"{key} takes a plain value, and here are keys. Write the value after the colon."
            raise self.words.fault(WrongValueError, value.spot, fault)

    def _texts(self, subject: NamedNode, term: Term, value: Record, key: str) -> None:
        """Say texts by language."""
        seen: set[str] = set()
        for language, spot, texts in value.entries:
            if not is_language(language):
                fault = f"{language!r} under {key} is no language. Write a tag such as en or de."
                self.fault(WrongValueError, spot, fault)
                continue
            if language.lower() in seen:
                self.fault(RepeatedKeyError, spot, f"the language {language} comes twice. Write its texts as one list.")
            seen.add(language.lower())
            for text in each(texts):
                if not isinstance(text, Scalar) or is_nothing(text):
                    fault = f"there is no text under {language} of {key}. Write one, or delete the key."
                    self.fault(WrongValueError, text.spot, fault)
                else:
                    with self._noting():
                        literal = self._literals.text(text, language)
                        self._say(subject, NamedNode(term.iri), literal, text.spot)

    def _explicit(self, subject: NamedNode, term: Term, record: Record) -> None:
        """Say a literal that is written with its own datatype or language, as JSON-LD has it."""
        for entry in record.entries:
            if entry.key not in (_VALUE, TYPE, _TEXT):
                fault = f"{entry.key!r} stands beside @value, where only @type and @language may. Remove it."
                raise self.words.fault(WrongValueError, entry.spot, fault)
        value = self._word(record.value(_VALUE), _VALUE)
        datatype, language = record.value(TYPE), record.value(_TEXT)
        if datatype is not None and language is not None:
            fault = "a text in a language has no datatype. Remove @type or @language."
            raise self.words.fault(WrongValueError, record.spot, fault)
        literal: Literal
        if datatype is not None:
            literal = self._literals.explicit(value, self.words.type(self._word(datatype, "@type")))
        elif language is not None:
            tag = self._word(language, _TEXT)
            if not is_language(tag.text):
                raise self.words.fault(
                    WrongValueError, tag.spot, f"{tag.text!r} is no language. Write a tag such as en."
                )
            literal = self._literals.text(value, tag.text)
        else:
            literal = self._literals.bare(value)
        self._say(subject, NamedNode(term.iri), literal, value.spot)

    def _word(self, value: Value | None, key: str) -> Scalar:
        """Return a value that must be one word."""
        if isinstance(value, Scalar) and not is_nothing(value):
            return value
        assert value is not None
        raise self.words.fault(WrongValueError, value.spot, f"{key} needs a text here. Write one after the colon.")

    def _say(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal, spot: Spot) -> None:
        self.quads.append(Quad(subject, predicate, value))
        self.places.note(subject, predicate, value, spot)
