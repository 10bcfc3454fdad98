"""robots.txt: what a crawler that it does not name may fetch.

Spec: RFC 9309 §2.2, <https://www.rfc-editor.org/rfc/rfc9309#section-2.2>.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

LARGEST = 500 * 1024  # bytes that crawlers have to read


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a group."""

    allows: bool
    path: str


def rules_for_all(text: str) -> list[Rule]:
    """Return the rules of the groups for `*`."""
    rules: list[Rule] = []
    agents: list[str] = []
    in_rules = False
    for line in text.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            agents = [value] if in_rules else [*agents, value]
            in_rules = False
        elif name in ("allow", "disallow"):
            in_rules = True
            if "*" in agents and value:
                rules.append(Rule(name == "allow", value))
    return rules


def is_allowed(address: str, rules: Sequence[Rule]) -> bool:
    """Tell whether the longest rule that fits an address lets it be fetched."""
    parts = urlsplit(address)
    path = _encoded((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    fitting = [rule for rule in rules if _fits(_encoded(rule.path), path)]
    if not fitting:
        return True
    longest = max(len(rule.path) for rule in fitting)
    return any(rule.allows for rule in fitting if len(rule.path) == longest)


def _fits(pattern: str, path: str) -> bool:
    """Tell whether a path begins as a pattern says; `*` stands for anything, `$` at its end for the path's.

    Each part between stars is looked for once, from where the last one ended: no pattern takes long.
    """
    whole = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    if not parts:
        return not whole or place == len(path)
    *between, last = parts
    for part in between:
        at = path.find(part, place)
        if at < 0:
            return False
        place = at + len(part)
    if whole:
        return len(path) - len(last) >= place and path.endswith(last)
    return path.find(last, place) >= 0


def _encoded(path: str) -> str:
    return quote(path, safe="!#$%&'()*+,/:;=?@[]~-._", errors="surrogatepass")
