"""The house layout of YAML files that people write: lines move sideways, and nothing else happens to what they say.

Two spaces a level, lists one level in, one space after a colon and a dash, two before a comment at the end of a line,
one blank line at most. Quotation marks, numbers, order and comments stay as they are. YAML's own scanner says where the
parts of a line are; the lines are then written anew, so that no comment can be lost on the way.

Spec: YAML 1.2.2, <https://yaml.org/spec/1.2.2/>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.tokens import Token

from eugraph.errors import EmptyFileError, LayoutRefusedError, SyntaxFaultError
from eugraph.rdf.read import decode

_STEP = 2
_HEADER = re.compile(r"[|>](?:[-+]?([1-9])[-+]?|[-+])?(?=\s|\Z)")
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
_OPENING = ("FlowMappingStartToken", "FlowSequenceStartToken")
_CLOSING = ("FlowMappingEndToken", "FlowSequenceEndToken")


def lay_out_yaml(data: bytes, path: PurePath) -> str:
    """Return a YAML file in the house layout: the same values and the same comments.

    Args:
        data: the file's bytes, UTF-8.
        path: the file's name as messages shall show it.

    Raises:
        InputError: the file cannot be read.
        LayoutRefusedError: it has something that the layout does not know, or that it could not keep.
    """
    text = decode(data, path).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise EmptyFileError(path, "the file is empty. Describe something in it, or delete it.")
    if odd := _OTHER_BREAKS.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        fault = f"U+{ord(odd[0]):04X} is a line break for some readers of YAML. Write \\u{ord(odd[0]):04x} in quotes."
        raise LayoutRefusedError(path, fault, line=line)
    try:
        before = list(_events(text))
        out = _Layout(text, path).text()
        again = list(_events(out))
    except MarkedYAMLError as error:
        raise _syntax_fault(error, path) from None
    except YAMLError as error:
        raise SyntaxFaultError(path, f"this is no YAML: {' '.join(str(error).split())}. Mend or remove it.") from None
    if again != before or _comments(out) != _comments(text):
        fault = "laid out, the file would not say the same. The file is as it was; please report it."
        raise LayoutRefusedError(path, fault)
    return out


def _yaml() -> YAML:
    return YAML(typ="safe", pure=True)


def _syntax_fault(error: MarkedYAMLError, path: PurePath) -> SyntaxFaultError:
    mark = error.problem_mark or error.context_mark
    said = " ".join(str(error.problem or error.context).split())
    fault = f"the syntax is broken: {said}. Mend this line or the end of the one before."
    return SyntaxFaultError(path, fault, line=mark.line + 1 if mark else 0, column=mark.column + 1 if mark else 0)


def _events(text: str) -> Iterator[tuple[str, ...]]:
    """Yield what a text says, with quotation marks, anchors and tags."""
    for event in _yaml().parse(text):
        names = ("value", "style", "anchor", "tag", "flow_style")
        yield (type(event).__name__, *(str(getattr(event, name, "")) for name in names))


def _comments(text: str) -> list[str]:
    """The comments of a text: what begins with # after a blank, outside of scalars."""
    found, at = [], 0
    for token in _yaml().scan(text):
        if type(token).__name__ != "ScalarToken":
            continue
        start = token.start_mark.index
        if getattr(token, "style", "") in ("|", ">"):  # a comment may stand behind the header
            start = text.find("\n", start) if "\n" in text[start:] else len(text)
        found.append(text[at:start])
        at = token.end_mark.index
    found.append(text[at:])
    return [comment.rstrip() for part in found for comment in re.findall(r"(?:^|(?<=\s))#.*", part)]


@dataclass(slots=True)
class _Block:
    """A block collection that is open: the column of its keys or dashes, now and as it was."""

    kind: str  # "map", "list", or "flush" for a list whose dashes stand right under the key
    column: int
    was: int


@dataclass(slots=True)
class _Line:
    """What is known of a line of the text."""

    column: int = -1  # where it begins from now on; -1 where nothing but a comment may stand on it
    was: int = 0  # where it began; in a block scalar, where all of its lines begin
    kind: str = ""  # "parts" begin on it, it is "inside" a quoted or plain scalar, or is "content" of a block scalar
    in_brackets: bool = False  # at its beginning
    pieces: list[tuple[int, int, str]] = field(default_factory=list)  # start, end, kind of token


class _Layout:
    def __init__(self, text: str, path: PurePath) -> None:
        self._path = path
        self._rows = text.split("\n")
        self._lines = [_Line() for _ in self._rows]
        self._open: list[_Block] = []
        self._brackets = self._opened = 0  # how many are open, and the line of the first of them
        self._keeps_end = False  # the end of the file belongs to a text
        self._bracketed: set[int] = set()  # lines that begin in brackets
        for token in _yaml().scan(text):
            self._note(token)

    # What stands where

    @property
    def _column(self) -> int:
        """Where a value begins that has a line of its own."""
        return self._open[-1].column + _STEP if self._open else 0

    def _note(self, token: Token) -> None:
        kind = type(token).__name__
        start, end = token.start_mark, token.end_mark
        column = self._enter(kind, start.column)
        begins = not self._rows[start.line][: start.column].strip() if start.line < len(self._rows) else False
        line = self._lines[min(start.line, len(self._lines) - 1)]
        if begins and line.column < 0 and (end.index > start.index or kind == "KeyToken"):
            line.column, line.was, line.kind, line.in_brackets = column, start.column, "parts", self._brackets > 0
        if end.index > start.index:
            if not self._brackets and (kind == "KeyToken" or (kind == "ValueToken" and begins)):
                fault = "a key that begins with ? has no house layout. Write key: value."
                raise LayoutRefusedError(self._path, fault, line=start.line + 1)
            if kind == "ScalarToken" and getattr(token, "style", None) in ("|", ">"):
                self._block_scalar(start.line, start.column)
            else:
                self._pieces(token, kind)
        if kind in _OPENING:
            self._brackets += 1
            self._opened = self._opened if self._brackets > 1 else start.line
        elif kind in _CLOSING and not self._brackets:
            self._bracketed.update(range(self._opened + 1, start.line + 1))

    def _enter(self, kind: str, was: int) -> int:
        """Open and close collections as a token says; return the column of a line that begins with it."""
        is_next = kind in ("KeyToken", "BlockEndToken") and not self._brackets
        if is_next and self._open and self._open[-1].kind == "flush":
            self._open.pop()
        if kind in ("BlockMappingStartToken", "BlockSequenceStartToken"):
            self._open.append(_Block("map" if "Mapping" in kind else "list", self._column, was))
        elif kind == "BlockEndToken":
            self._open.pop()
        elif kind == "BlockEntryToken" and self._open and self._open[-1].kind == "map":
            self._open.append(_Block("flush", self._column, self._open[-1].was))
        elif kind in _CLOSING:
            self._brackets -= 1
        if not self._brackets and kind in ("KeyToken", "BlockEntryToken") and self._open:
            return self._open[-1].column
        return self._column + _STEP * self._brackets

    def _pieces(self, token: Token, kind: str) -> None:
        """Note a part, line by line."""
        start, end = token.start_mark, token.end_mark
        for number in range(start.line, end.line + 1):
            line, row = self._lines[number], self._rows[number]
            begin = start.column
            if number > start.line:
                line.kind, line.column = "inside", self._column + _STEP * self._brackets or _STEP
                begin = len(row) - len(row.lstrip(" \t"))
            line.pieces.append((begin, end.column if number == end.line else len(row), kind))

    def _block_scalar(self, number: int, column: int) -> None:
        """Note the lines of a block scalar."""
        header = _HEADER.match(self._rows[number], column)
        assert header, "the scanner has read it"
        parent = self._open[-1].was if self._open else -1
        below = range(number + 1, len(self._rows))
        if header[1] and not self._open:
            fault = "a text with the number of its spaces has no house layout here. Take the number away."
            raise LayoutRefusedError(self._path, fault, line=number + 1)
        first = next((self._rows[n] for n in below if self._rows[n].strip(" ")), "")
        indent = int(header[1]) + parent if header[1] else max(len(first) - len(first.lstrip(" ")), parent + 1)
        self._lines[number].pieces.append((column, header.end(), "block scalar"))
        found = []
        for n in below:
            if self._rows[n].strip(" ") and not self._rows[n].startswith(" " * indent):
                break
            found.append(n)
        keeps = "+" in header[0]
        while found and not keeps and len(self._rows[found[-1]]) <= indent:
            found.pop()  # blank lines below, of which no more than one is needed
        self._keeps_end = "-" not in header[0] and bool(found) and found[-1] == len(self._rows) - 1
        for n in found:
            line = self._lines[n]
            line.kind, line.was, line.column = "content", indent, self._column if self._open else _STEP

    # The lines, written anew

    def text(self) -> str:
        """Return the whole file."""
        out: list[str] = []
        for number, line in enumerate(self._lines):
            row = self._rows[number]
            if line.kind == "content":
                rest = row[line.was :]
                out.append(" " * line.column + rest if rest else "")
            elif line.kind == "inside" and not row.strip():
                out.append("")
            elif line.kind:
                out.append(" " * line.column + self._written(number))
            elif comment := row.strip():
                out.append(" " * self._comment_column(number) + comment)
            elif out and out[-1]:
                out.append("")
        text = "\n".join(out)
        return text if self._keeps_end else text.rstrip("\n") + "\n"

    def _written(self, number: int) -> str:
        """Return a line from its first part on, with the spaces that belong there."""
        row, line = self._rows[number], self._lines[number]
        text, last, before = "", 0, ""
        for start, end, kind in line.pieces:
            gap = row[last:start]
            if not text:
                gap = ""
            elif not line.in_brackets and not _in_brackets(line, start):
                gap = "" if kind == "ValueToken" and before != "AliasToken" else " "
            piece = row[start:end]
            if kind == "block scalar":
                piece = re.sub("[1-9]", str(_STEP), piece)
            text, last, before = text + gap + piece, end, kind
        short = text.rstrip(" \t")
        if not short.endswith("\\"):  # a blank that is escaped belongs to the text
            text = short
        rest = row[last:].strip()
        return f"{text}  {rest}" if rest else text

    def _comment_column(self, number: int) -> int:
        """Return where a comment on a line of its own begins: as what follows, or as what it belonged to before."""
        row = self._rows[number]
        was = len(row) - len(row.lstrip(" \t"))
        parts = [line for line in self._lines[number + 1 :] if line.kind == "parts"]
        following = parts[0] if parts else _Line(0, 0)
        if was > following.was and number not in self._bracketed:
            above = (line for line in reversed(self._lines[:number]) if line.kind == "parts" and line.was <= was)
            return max(next(above, following).column, following.column)
        return following.column


def _in_brackets(line: _Line, column: int) -> bool:
    """Say whether a part of a line stands in brackets that were opened on it."""
    kinds = [kind for start, _, kind in line.pieces if start < column]
    return sum((kind in _OPENING) - (kind in _CLOSING) for kind in kinds) > 0
