"""Random faults in good files: those that `eugraph fix` knows, and others that nobody can mend for certain."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_CODES = {"NLD": "NL", "DEU": "DE", "GRC": "EL", "GBR": "UK", "FRA": "FR", "ESP": "ES", "ITA": "IT"}

Spoil = Callable[[re.Match[str], random.Random], str]


class Site(NamedTuple):
    """Characters of a good file that a corruption replaced, with offsets in the corrupted text."""

    kind: str
    file: str
    start: int
    good: str
    bad: str


@dataclass(frozen=True)
class Corruption:
    """A kind of fault: where it can be made, and how. The pattern's group `it` is what changes."""

    name: str
    pattern: re.Pattern[str]
    spoil: Spoil
    certain: bool  # whether some of its faults can be mended for certain


def _slip(word: str, rng: random.Random) -> str:
    """A letter left out, doubled, or changed with its neighbour."""
    letters = [index for index in range(1, len(word) - 1) if word[index].isalpha() and word[index + 1].isalpha()]
    at = rng.choice(letters or [1])
    how = rng.randrange(3)
    if how == 0:
        return word[:at] + word[at + 1 :]
    if how == 1:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _corruption(name: str, pattern: str, spoil: Spoil, *, certain: bool = True) -> Corruption:
    return Corruption(name, re.compile(pattern, re.MULTILINE), spoil, certain)


def _text(*choices: str) -> Spoil:
    """One of some texts, in which {} stands for what was there."""
    return lambda match, rng: rng.choice(choices).format(match["it"])


CORRUPTIONS: Sequence[Corruption] = (
    _corruption("language left out", r'"(?P<it>@en)\b', lambda _m, _r: ""),
    _corruption("long language tag", r'"@(?P<it>en)(?![\w-])', lambda _m, _r: "eng"),
    _corruption("datatype left out", r'"(?P<it>\^\^(?:xsd:\w+|<http://www\.w3\.org/2001/XMLSchema#\w+>))', lambda _m, _r: ""),
    _corruption(
        "another datatype of dates",
        r'"[\d-]+"\^\^xsd:(?P<it>date|gYear|gYearMonth)\b',
        lambda m, r: r.choice([each for each in ("date", "gYear", "gYearMonth", "dateTime") if each != m["it"]]),
    ),
    _corruption("language on a plain text", r'eug:(?:acronym|currency|pic|grantNumber) "[^"]+"(?P<it>) ', lambda _m, _r: "@en"),
    _corruption("number as a text", r"eug:value (?P<it>\d+) ", _text('"{}"', '"{}.0"^^xsd:decimal', '" {} "')),
    _corruption("boolean in capitals", r"(?<= )(?P<it>true|false)(?= )", lambda m, _r: f'"{m["it"].title()}"'),
    _corruption(
        "decimal comma",
        r'(?P<it>"\d+\.\d\d"\^\^xsd:decimal)',
        lambda m, _r: f'"{m["it"].split(chr(34))[1].replace(".", ",")}"',
    ),
    _corruption(
        "date in another form",
        r'(?P<it>"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)")\^\^xsd:date',
        lambda m, r: r.choice(('"{d}.{m}.{y}"', '"{y}/{m}/{d}"', '"{y}-{m}-{d}T00:00:00"', '" {y}-{m}-{d}"')).format(**m.groupdict()),
    ),
    _corruption("misspelt property", r"^    eug:(?P<it>[A-Za-z]{6,}) ", lambda m, r: _slip(m["it"], r)),
    _corruption("misspelt concept", r"\b(?:role|confidence|orgtype|comparator|status|srckind):(?P<it>[A-Za-z]{6,})\b", lambda m, r: _slip(m["it"], r)),
    _corruption("misspelt concept in YAML", r"Confidence:(?P<it>stated)", lambda m, r: _slip(m["it"], r)),
    _corruption("misspelt reference", r" <(?:organisation|source|platform|disease)/(?P<it>[a-z0-9-]{9,})> [,;.]", lambda m, r: _slip(m["it"], r)),
    _corruption("misspelt reference in records", r"source/(?P<it>[a-z-]{10,})$", lambda m, r: _slip(m["it"], r)),
    _corruption("country by its code", r"eug:country (?P<it>country:(?:NLD|DEU|GRC|GBR|FRA|ESP|ITA))\b", lambda m, r: r.choice((f'"{_CODES[m["it"][8:]]}"', f'country:{_CODES[m["it"][8:]]}', f'<{_CODES[m["it"][8:]]}>'))),
    _corruption("DOI without its scheme", r"(?P<it><https://doi\.org/(?P<n>10\.[^>]+)>)", lambda m, r: r.choice(('"{n}"', '"doi:{n}"', "<http://dx.doi.org/{n}>", "<http://doi.org/{n}>")).format(n=m["n"])),
    _corruption("ROR without its scheme", r"(?P<it><https://ror\.org/(?P<n>0[^>]+)>)", lambda m, r: r.choice(('"{n}"', "<http://ror.org/{n}>", '"https://ror.org/{n}"', "<https://ror.org/{n}/>")).format(n=m["n"])),
    _corruption("address as a text", r"foaf:(?:homepage|page) (?P<it><https?://[^>]+>)", lambda m, _r: f'"{m["it"][1:-1]}"'),
    _corruption("misspelt key in YAML", r"^(?P<it>acronym|description|source|claims):", lambda m, r: _slip(m["it"], r)),
    _corruption("swapped dates", r'eug:property eug:startDate ;\n    eug:value (?P<it>(?P<s>"[^"]+"\^\^xsd:\w+)(?P<between> ;\n(?:(?!eug:property eug:startDate)[\s\S]){0,1500}?eug:property eug:endDate ;\n    eug:value )(?P<e>"[^"]+"\^\^xsd:\w+))', lambda m, _r: m["e"] + m["between"] + m["s"]),
    _corruption("spare spaces", r'skos:prefLabel "(?P<it>[^"\\]* [^"\\]*)"@', lambda m, r: r.choice((" {}", "{} ", "  {} ")).format(m["it"]) if r.random() < 0.5 else m["it"].replace(" ", "  ", 1)),
    _corruption("spaces in a code", r'eug:pic "(?P<it>\d{9})"', lambda m, r: r.choice((m["it"] + " ", " ".join((m["it"][:3], m["it"][3:6], m["it"][6:]))))),
    _corruption("code in small letters", r'eug:currency "(?P<it>EUR)"', lambda _m, r: r.choice(("eur", "Eur", " EUR"))),
    _corruption("letter O in a ROR", r"<https://ror\.org/(?P<it>0[^>0]*0[^>]*)>", lambda m, _r: m["it"][:1] + m["it"][1:].replace("0", "o", 1)),
    # What nobody can mend for certain: whatever a patch makes of it must be what was there, or nothing.
    _corruption("no date of the calendar", r'"\d{4}-(?P<it>\d\d)(?:-\d\d)?"\^\^xsd', lambda _m, r: r.choice(("13", "00", "77")), certain=False),
    _corruption("ambiguous thousands", r'"(?P<it>\d{4,}\.\d\d)"\^\^xsd:decimal', lambda _m, r: r.choice(("1,250", "1.250.5", "abc", "1 2 3")), certain=False),
    _corruption("another digit in a ROR", r"<https://ror\.org/0[^>]{6}(?P<it>\d\d)>", lambda m, r: f"{(int(m['it']) + r.randrange(1, 90)) % 98:02}", certain=False),
    _corruption("garbled reference", r" <(?:organisation|source)/(?P<it>[a-z0-9-]+)> [,;.]", lambda _m, r: "".join(r.choice("abcdefgh") for _ in range(12)), certain=False),
    _corruption("unknown property", r"^    eug:(?P<it>[A-Za-z]{6,}) ", lambda _m, r: "".join(r.choice("qxzvk") for _ in range(9)), certain=False),
    _corruption("statement left out", r"^    (?P<it>eug:(?:confidence|value|role|currency|programme) [^\n;]* ;)", lambda _m, _r: "", certain=False),
    _corruption("unknown country", r"eug:country (?P<it>country:[A-Z]{3})\b", _text('"XX"', "country:xx", '"Atlantis"@en'), certain=False),
    _corruption("misspelt class", r"^    a eug:(?P<it>[A-Z][a-z]{5,})\b", lambda m, r: _slip(m["it"], r), certain=False),
    _corruption("text for a thing", r"(?P<it><organisation/[a-z0-9-]+>) ;", lambda _m, r: r.choice(('"the organisation"', '"someone"@en', "42")), certain=False),
)  # fmt: skip


def corrupted(texts: Mapping[str, str], rng: random.Random, number: int) -> tuple[dict[str, str], list[Site]]:
    """Return texts with some faults in them, each in a line of its own, and where they are."""
    chosen: list[tuple[str, int, int, str, str]] = []
    while len(chosen) < number:
        corruption = rng.choice(CORRUPTIONS)
        file = rng.choice(sorted(texts))
        matches = list(corruption.pattern.finditer(texts[file]))
        if not matches:
            continue
        match = rng.choice(matches)
        start, end = match.span("it")
        bad = corruption.spoil(match, rng)
        taken = any(file == other and start < until + 300 and there < end + 300 for other, there, until, *_ in chosen)
        if bad != match["it"] and not taken:
            chosen.append((file, start, end, corruption.name, bad))
    result, sites = dict(texts), []
    shift: dict[str, int] = {}
    for file, start, end, kind, bad in sorted(chosen):
        at = start + shift.get(file, 0)
        good = texts[file][start:end]
        result[file] = result[file][:at] + bad + result[file][at + len(good) :]
        shift[file] = shift.get(file, 0) + len(bad) - len(good)
        sites.append(Site(kind, file, at, good, bad))
    return result, sites
