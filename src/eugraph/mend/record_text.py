"""The characters of a value in YAML and CSV, and how another value is written in their place.

The key says what a value is, so only its text can be mended. Only a value that stands in one line as it is meant,
without escapes, is touched; unless the text there is the value that is to be replaced, nothing is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from eugraph.rdf.locate import Term
from eugraph.rdf.turtle_terms import relative

_PLAIN_END = re.compile(r"[ \t]*(?:#.*)?(?:\r?\n|\Z)|[ \t]*[,\]}]")
_CELL_END = re.compile(r"[ \t]*(?:,|\"(?!\")|\r|\n|\Z)|[ \t]+\|[ \t]")
_SAFE = re.compile(r"[^\W_](?:[\w./()+~-]|:(?=\S)| (?=[\w(])|#(?<=\S#))*\Z")  # as a plain scalar of YAML


class RecordText:
    """One file of YAML or CSV."""

    def __init__(self, text: str, *, is_csv: bool, base_iri: str, spaces: Mapping[str, str]) -> None:
        """Take a text that was read.

        Args:
            text: what the file holds.
            is_csv: whether it is CSV, else YAML.
            base_iri: what relative addresses begin with.
            spaces: namespaces by prefix.
        """
        self._text, self._is_csv, self._base = text, is_csv, base_iri
        self._spaces = spaces

    def value(self, offset: int, old: Term, new: Term) -> tuple[int, int, str] | None:
        """Return start, end and new text that put one value in the place of another; None where that cannot be."""
        if self._is_csv and self._text.startswith('"', offset):
            offset = inside_quotes(self._text, offset)
        quote = "" if self._is_csv else self._text[offset : offset + 1]
        quote = quote if quote in ('"', "'") else ""
        for form in self._forms(old):
            written = f"{quote}{form}{quote}"
            escaped = "\\" in form or (quote and quote in form)
            if not form or escaped or not self._text.startswith(written, offset):
                continue
            end = offset + len(written)
            if not (_CELL_END if self._is_csv else _PLAIN_END).match(self._text, end):
                continue
            meant = self._write(form, old, new, quote)
            return None if meant is None else (offset, end, meant)
        return None

    def _forms(self, node: Term) -> Iterator[str]:
        """The ways in which a value may be written, the longest first."""
        yield node.value
        if isinstance(node, NamedNode):
            if (rest := relative(node.value, self._base)) is not None:
                yield rest
            for prefix, space in sorted(self._spaces.items()):
                if node.value.startswith(space):
                    yield f"{prefix}:{node.value[len(space) :]}"

    def _write(self, form: str, old: Term, new: Term, quote: str) -> str | None:
        if isinstance(new, Literal) and (not isinstance(old, Literal) or new.value == old.value):
            return None  # the key says that it is an address, or of which datatype or language it is
        if isinstance(new, NamedNode):
            forms = list(self._forms(new))
            prefix = form.partition(":")[0] + ":"
            text = next((each for each in forms if each.startswith(prefix)), forms[-1])
        else:
            text = new.value
        if self._is_csv:
            return None if re.search(r'[",\r\n|]', text) else text
        if quote == '"':
            return json.dumps(text, ensure_ascii=False)
        if quote == "'":
            return None if "'" in text or "\n" in text else f"'{text}'"
        return text if _SAFE.match(text) else json.dumps(text, ensure_ascii=False)


def inside_quotes(text: str, offset: int) -> int:
    """Return where the text of a cell begins, after its quotation mark at an offset and after blanks."""
    at = offset + 1
    while text[at : at + 1].isspace():
        at += 1
    return at
