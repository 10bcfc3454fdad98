"""Where the addresses of things lead, as few patterns and their exceptions.

A thing leads to the document of its own path. A participation, a grant, a claim and an imported result stand in that of
another thing, which their addresses tell: see docs/identifiers.md. Where one does not, it is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

from eugraph.publish.addresses import Address


class Rule(NamedTuple):
    """A pattern for what follows the base of an address, and where it leads."""

    pattern: str  # of PCRE, for the whole, without percent-encoding
    target: str  # 303: path of a document, with $1 for the first group; 301: an address below the base, or an IRI
    status: int  # 303, 301, or 410 without a target
    text: str = ""  # the address itself, or with "/" last how those of a family begin; empty for a general rule


class Former(NamedTuple):
    """The document of an address that is no longer used, by its path without an ending."""

    path: str
    target: str  # as of a rule
    status: int  # 301 or 410


class Rules(NamedTuple):
    """Everything that a server is told; the first rule that fits holds."""

    things: list[Rule]
    former: list[Former]
    lasting: str = ""  # pattern for the names of files that never change; "" where there are none


_GENERAL = (
    Rule(r"participation/([^/]+)/.+", "project/$1", 303),
    Rule(r"grant/([^/]+)", "project/$1", 303),
    Rule(r"result/([0-9]+)-.+", "project/$1", 303),
    Rule(r"claim/grant/([^/]+)/.+", "project/$1", 303),
    Rule(r"claim/([^/]+/[^/]+)/.+", "$1", 303),
    Rule(r"(.+)", "$1", 303),
)
_COMPILED = [(re.compile(rule.pattern), rule) for rule in _GENERAL]
_FAMILY = re.compile(r"(?:participation/[^/]+|claim/[^/]+/[^/]+)/")  # things that stand together, as a rule
_ODD = re.compile(rb"[^A-Za-z0-9/_-]")


def rules(
    things: Iterable[tuple[str, Address]], former: Iterable[tuple[str, str, Address]], feed_pages: int = 0
) -> Rules:
    """Return the rules: for former addresses, for exceptions, and the general ones.

    Args:
        things: each address of a thing below the base, with the document that it leads to.
        former: what follows the base, path of the document, where it leads.
        feed_pages: how many pages the change feed has.
    """
    homes = {rest: address.target for rest, address in things}
    families: dict[str, set[str]] = {}
    for rest, home in homes.items():
        if match := _FAMILY.match(rest):
            families.setdefault(match[0], set()).add(home)
    exceptions = {_named(rest, home, families) for rest, home in homes.items() if _general(rest) != home}
    gone = sorted(former)
    return Rules(
        [
            *(Rule(literal(rest), quoted(address.target), address.status, rest) for rest, _, address in gone),
            *sorted(exceptions),
            *_GENERAL,
        ],
        [Former(path, quoted(address.target), address.status) for _, path, address in gone],
        rf"(?!{feed_pages}\.)[0-9]+\.trig" if feed_pages > 1 else "",
    )


def are_the_same(
    changed: Iterable[tuple[str, Address]], beginning_with: Callable[[str], Iterable[tuple[str, Address]]]
) -> bool:
    """Say whether the rules stay as they are where some addresses come or go: where general ones fit all of these.

    Args:
        changed: the addresses that come or go, with what they lead to.
        beginning_with: gives all addresses that begin with a text, as they are now.
    """
    families = set[str]()
    for rest, address in changed:
        if address.status != 303 or _general(rest) != address.target:
            return False
        if match := _FAMILY.match(rest):
            families.add(match[0])
    return all(_general(rest) == address.target for start in families for rest, address in beginning_with(start))


def literal(text: str) -> str:
    """Return the pattern that fits a text and nothing else, byte by byte: it may stand in quotes."""
    return _ODD.sub(lambda match: b"\\x%02x" % match[0][0], unquote_to_bytes(text)).decode("ascii")


def quoted(target: str) -> str:
    """Return an address, below the base or whole, in ASCII and without what servers would read as theirs."""
    return quote(target, safe="%/:?#[]@!&'()*+,;=~")


def _general(rest: str) -> str:
    for pattern, rule in _COMPILED:
        if match := pattern.fullmatch(rest):
            return rule.target.replace("$1", match[1])
    return rest


def _named(rest: str, home: str, families: Mapping[str, set[str]]) -> Rule:
    """Return the rule of an exception: of its whole family where all of that has one home."""
    match = _FAMILY.match(rest)
    if match and len(families[match[0]]) == 1:
        return Rule(f"{literal(match[0])}.+", home, 303, match[0])
    return Rule(literal(rest), home, 303, rest)
