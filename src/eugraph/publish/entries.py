"""A text of sorted lines in which a few are changed: they are found by halving, the others are not looked at."""

from __future__ import annotations

from collections.abc import Iterable


def place(text: bytes, wanted: bytes) -> int:
    """Return where the first line begins that does not sort before some bytes, or the end.

    Args:
        text: sorted lines, each with its line feed.
        wanted: the bytes, which may be the beginning of a line.
    """
    low, high = 0, len(text)
    while low < high:  # both are where lines begin
        start = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = text.find(b"\n", start) + 1 or len(text)
        if text[start:end] < wanted:
            low = end
        else:
            high = start
    return low


def line_at(text: bytes, wanted: bytes) -> bytes:
    """Return the first line that begins with some bytes, with its line feed; nothing where there is none."""
    start = place(text, wanted)
    return text[start : text.find(b"\n", start) + 1 or len(text)] if text.startswith(wanted, start) else b""


def changed(text: bytes, gone: Iterable[bytes], new: Iterable[bytes]) -> bytes:
    """Return a text with lines taken out and others put in.

    Args:
        text: sorted lines.
        gone: lines that are in it.
        new: lines to put in, each with its line feed; those that stay are not among them.
    """
    old = sorted((place(text, line), len(line)) for line in set(gone))
    pieces: list[bytes] = []
    start = 0
    for at, size, line in sorted([(at, size, b"") for at, size in old] + [(place(text, x), 0, x) for x in set(new)]):
        pieces += (text[start:at], line)
        start = at + size
    return b"".join([*pieces, text[start:]])
