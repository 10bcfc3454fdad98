"""The statements that went and came, found by walking along two sorted lists of lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eugraph.changes.side import Side


@dataclass(frozen=True, slots=True)
class Difference:
    """Lines of N-Quads, each with its line feed, in code point order."""

    gone: list[str]
    come: list[str]


class _OutOfOrderError(Exception):
    """A line comes before the one that it should follow."""


def differing(old: Side, new: Side) -> Difference:
    """Return what only one side states. Memory grows with what differs; with all where a side is not in order.

    The dump of a release that was moved to another base is in the order of the old base.

    Raises:
        InputError: a side cannot be read.
    """
    try:
        return _walk(_in_order(old.lines()), _in_order(new.lines()))
    except _OutOfOrderError:
        return _walk(iter(sorted(set(old.lines()))), iter(sorted(set(new.lines()))))


def _in_order(lines: Iterator[str]) -> Iterator[str]:
    last = ""
    for line in lines:
        if line <= last:
            raise _OutOfOrderError
        yield line
        last = line


def _walk(old: Iterator[str], new: Iterator[str]) -> Difference:
    gone, come = list[str](), list[str]()
    before, after = next(old, None), next(new, None)
    while before is not None and after is not None:
        if before == after:
            before, after = next(old, None), next(new, None)
        elif before < after:
            gone.append(before)
            before = next(old, None)
        else:
            come.append(after)
            after = next(new, None)
    if before is not None:
        gone += [before, *old]
    if after is not None:
        come += [after, *new]
    return Difference(gone, come)
