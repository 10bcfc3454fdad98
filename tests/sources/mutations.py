"""Random changes to a text, each of which knows the lines that it touched."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import NamedTuple

_TOKEN = re.compile(r"\w+|[^\w\s]|[ \t]+")
_ALPHABET = "abzA09 \t.,;:'\"<>[]{}()@#|&*!%-_/\\=~é\n"


class Mutation(NamedTuple):
    """A changed text, the one it was before, the first line that differs, and what was done."""

    text: str
    before: str
    line: int
    deed: str
    opens: bool  # a mark that opens or closes something was touched: its effect may show anywhere below


def mutations(text: str, count: int, seed: int) -> list[Mutation]:
    """Make `count` changes, each to the text as it was; none leaves it as it was."""
    chance = random.Random(seed)
    found: list[Mutation] = []
    while len(found) < count:
        deed = chance.choice(_DEEDS)
        changed = deed(text, chance)
        if changed != text:
            found.append(
                Mutation(changed, text, _first_difference(text, changed), deed.__name__, _opens(text, changed))
            )
    return found


def _first_difference(one: str, other: str) -> int:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one.count("\n", 0, at) + 1


def _opens(one: str, other: str) -> bool:
    return any(one.count(sign) != other.count(sign) for sign in "\"'<>[]{}()|#")


def delete_character(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def double_character(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at] + text[at:]


def alter_character(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(_ALPHABET) + text[at + 1 :]


def delete_token(text: str, chance: random.Random) -> str:
    token = _any_token(text, chance)
    return text[: token.start()] + text[token.end() :]


def double_token(text: str, chance: random.Random) -> str:
    token = _any_token(text, chance)
    return text[: token.end()] + text[token.start() :]


def alter_token(text: str, chance: random.Random) -> str:
    token, other = _any_token(text, chance), _any_token(text, chance)
    return text[: token.start()] + other[0] + text[token.end() :]


def delete_line(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def double_line(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return "".join([*lines[: at + 1], *lines[at:]])


def indent_line(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    lines[at] = chance.choice(["\t", "  ", " "]) + lines[at]
    return "".join(lines)


def _any_token(text: str, chance: random.Random) -> re.Match[str]:
    return chance.choice(list(_TOKEN.finditer(text)))


_DEEDS: list[Callable[[str, random.Random], str]] = [
    delete_character,
    double_character,
    alter_character,
    delete_token,
    double_token,
    alter_token,
    delete_line,
    double_line,
    indent_line,
]
