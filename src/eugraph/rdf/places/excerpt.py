"""What stands at a place, cut to what a reader can take in."""

from __future__ import annotations

_BEFORE, _WIDTH = 80, 240  # characters of a line


def excerpt(text: str, start: int, column: int = 1) -> str:
    """Return the line that begins at an offset; of a long one what is around the column."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    begin = max(start, start + column - 1 - _BEFORE) if end - start > _WIDTH else start
    cut = min(end, begin + _WIDTH)
    return ("…" if begin > start else "") + text[begin:cut].rstrip("\r") + ("…" if cut < end else "")


def line_at(text: str, line: int, column: int = 1) -> str:
    """Return the line of a number, from 1; "" where there is none."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
        if not start:
            return ""
    return excerpt(text, start, column) if line else ""
