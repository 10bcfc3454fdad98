"""The one door to ruamel.yaml: YAML files to plain records, each part with its line and column.

Its events are taken one by one, so that anchors, tags and depth are refused before they can do harm. Scalars are not
resolved here: what `NO` or `1.50` is, its key says. YAML is read as version 1.2 has it.

Spec: YAML 1.2.2, <https://yaml.org/spec/1.2.2/>; YAML-LD, <https://json-ld.github.io/yaml-ld/spec/>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from eugraph.errors import (
    EmptyFileError,
    InputError,
    RefusedYamlError,
    RepeatedKeyError,
    SyntaxFaultError,
    WrongValueError,
)
from eugraph.rdf.jsonld_context import Context
from eugraph.sources.records import Entry, Items, Record, Scalar, Spot, Value
from eugraph.sources.statements import Content, Statements

DEEPEST = 60  # mappings and lists in each other

_KEYWORDS = {"@id": "id", "@type": "type", "@included": "included"}
# YAML 1.2 §5.1; some readers also take the last three for line breaks.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029]")
_BEGINS = re.compile(r"found character '(.+)' that cannot start any token")


def read_yaml(text: str, path: PurePath, *, context: Context, base_iri: str) -> Content:
    """Return what the documents of a YAML file state.

    Args:
        text: the file's text, without a byte order mark.
        path: the file's name as messages shall show it.
        context: what the keys mean.
        base_iri: what relative addresses begin with.

    Raises:
        SyntaxFaultError: the text is no YAML, or uses a part of it that is not read.
        EmptyFileError: no document says anything.
    """
    if odd := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        fault = f'the character U+{ord(odd[0]):04X} cannot be seen. Write it as "\\u{ord(odd[0]):04X}", or delete it.'
        raise SyntaxFaultError(path, fault, line=line, column=odd.start() - text.rfind("\n", 0, odd.start()))
    statements = Statements(context, base_iri, path)
    builder = _Builder(path)
    documents = list(builder.documents(_events(text, path)))
    statements.faults += builder.faults
    records = []
    for document in documents:
        if isinstance(document, Record):
            records.append(document)
        else:
            fault = (
                "a document describes one thing in lines such as id: project/harmony. Write a key, a colon and a blank."
            )
            statements.fault(WrongValueError, document.spot, fault)
    if not documents:
        raise EmptyFileError(path, "the file states nothing. Describe something in it, or delete it.")
    statements.add_all(records)
    return statements.content()


def _events(text: str, path: PurePath) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise _fault(error, len(text.rstrip()), path) from None


def _fault(error: MarkedYAMLError, end: int, path: PurePath) -> InputError:
    """Say in plain words what is wrong; what is not closed is told where it begins."""
    problem, context = str(error.problem or error), str(error.context or "")
    mark: StringMark | None = error.problem_mark or error.context_mark
    unclosed = mark is not None and mark.index >= end and "block" not in context
    if error.context_mark and (unclosed or "simple key" in context):
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    begin = _BEGINS.search(problem)
    if begin and begin[1] in ("\\t", "\t"):
        fault = "a tab stands where YAML wants blanks. Indent with blanks."
    elif begin:
        fault = f"a text cannot begin with {begin[1]}. Put it in quotation marks."
    elif problem.startswith("mapping values are not allowed"):
        fault = (
            "a colon stands where none can. Put a text that holds a colon in quotation marks, or mend the line above: "
            "its colon or its indentation."
        )
    elif "could not find expected ':'" in problem:
        fault = "no colon follows this key. Write key: value, or mend the indentation."
    elif "expected <block end>" in problem:
        fault = (
            "this does not go on with what stands above. Mend the indentation or the quotation marks, here or above."
        )
    elif "end of stream" in problem or "<stream end>" in problem:
        fault = "this is not closed before the file ends. Close the quotation mark or bracket."
    elif problem.startswith("expected ',' or"):
        fault = "no comma and no closing bracket follows. Write one, or put a text with a colon in quotation marks."
    else:
        fault = f"this is no YAML: {problem}. Mend this line or the one before."
    return SyntaxFaultError(path, fault, line=line, column=column)


@dataclass
class _Open:
    """A mapping or list that has begun and not ended."""

    spot: Spot
    is_mapping: bool
    values: list[Value] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    keys: dict[str, Spot] = field(default_factory=dict)
    key: Scalar | None = None  # its value comes next

    def closed(self) -> Value:
        return Record(self.entries, self.spot) if self.is_mapping else Items(self.values, self.spot)


class _Builder:
    """Builds records of events."""

    def __init__(self, path: PurePath) -> None:
        self._path = path
        self._open: list[_Open] = []
        self.faults: list[InputError] = []

    def documents(self, events: Iterator[Event]) -> Iterator[Value]:
        """Yield what each document holds; one that holds nothing is passed over."""
        for event in events:
            spot = Spot(event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, DocumentStartEvent):
                self._check_directives(event, spot)
                continue
            if isinstance(event, NodeEvent):
                self._check_node(event, spot)
            value = self._value(event, spot)
            if value is None:
                continue
            if self._open:
                self._put(value)
            elif not (isinstance(value, Scalar) and value.plain and value.text in ("", "~", "null")):
                yield value

    def _value(self, event: Event, spot: Spot) -> Value | None:
        """Return a value that is whole with this event, None for one that begins or for none."""
        if isinstance(event, ScalarEvent):
            return Scalar(event.value, spot, plain=event.style is None or event.style == "")
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._begin(spot, is_mapping=isinstance(event, MappingStartEvent))
        elif isinstance(event, CollectionEndEvent):
            return self._open.pop().closed()
        return None

    def _begin(self, spot: Spot, *, is_mapping: bool) -> None:
        if self._open and self._open[-1].is_mapping and self._open[-1].key is None:
            fault = "a key is a plain name, and here is a mapping or a list. Write key: value."
            raise self._error(SyntaxFaultError, spot, fault)
        if len(self._open) >= DEEPEST:
            fault = (
                f"more than {DEEPEST} mappings and lists stand in each other. Give inner things their own documents."
            )
            raise self._error(RefusedYamlError, spot, fault)
        self._open.append(_Open(spot, is_mapping))

    def _put(self, value: Value) -> None:
        """Add a key or a value to the innermost mapping or list."""
        inner = self._open[-1]
        if not inner.is_mapping:
            inner.values.append(value)
        elif inner.key is None:
            assert isinstance(value, Scalar)  # `_begin` refuses other keys
            inner.key = value
        else:
            key = _KEYWORDS.get(inner.key.text, inner.key.text)
            if first := inner.keys.get(key):
                fault = f"the key {key!r} stands in line {first.line} already. Write all its values there, as a list."
                self.faults.append(self._error(RepeatedKeyError, inner.key.spot, fault))
            else:
                inner.keys[key] = inner.key.spot
                inner.entries.append(Entry(key, inner.key.spot, value))
            inner.key = None

    def _check_directives(self, event: DocumentStartEvent, spot: Spot) -> None:
        if event.version not in (None, (1, 2)) or event.tags:
            fault = "eugraph reads YAML 1.2 without tags of one's own. Remove the lines that begin with %."
            raise self._error(RefusedYamlError, spot, fault)

    def _check_node(self, event: NodeEvent, spot: Spot) -> None:
        if isinstance(event, AliasEvent) or event.anchor is not None:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            copies = f"{sign}{event.anchor} copies a part of the file to elsewhere, and eugraph reads no copies."
            fault = f"{copies} Write the value out, or in quotation marks if the text is meant."
            raise self._error(RefusedYamlError, spot, fault)
        if tag := getattr(event, "tag", None):
            tag = str(tag).replace("tag:yaml.org,2002:", "!!")
            fault = f"{tag} is a tag, and the key alone says what its value is. Remove the tag."
            raise self._error(RefusedYamlError, spot, fault)

    def _error(self, kind: type[InputError], spot: Spot, fault: str) -> InputError:
        return kind(self._path, fault, line=spot.line, column=spot.column)
