"""Dates, amounts, identifiers and languages as people write them. Text in, text out; no locale is asked."""

from __future__ import annotations

import re
from decimal import Decimal

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_THIN = "\u202f"  # narrow no-break space, between groups of three digits (ISO 80000-1 §7.3.1)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_NUMBER = re.compile(r"([+-]?)(\d+)(\.\d+)?\Z")
_CC = "https://creativecommons.org/licenses/"
_ZERO = "https://creativecommons.org/publicdomain/zero/"
_SHORT = {"eu", "doi", "iri", "pic", "ror"}
_STOP = re.compile(r"\.(?=\s+[A-Z])")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_TURNING = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])

_LANGUAGES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "gl": "Galician",
    "he": "Hebrew",
    "hr": "Croatian",
    "hu": "Hungarian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lb": "Luxembourgish",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "mt": "Maltese",
    "nb": "Norwegian",
    "nl": "Dutch",
    "nn": "Norwegian (Nynorsk)",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
_CODES = (  # what an address of a code in a disease vocabulary looks like -> vocabulary, start of the code
    (re.compile(r"http://www\.orpha\.net/ORDO/Orphanet_(\w+)\Z"), "Orphanet", "ORPHA:"),
    (re.compile(r"http://purl\.obolibrary\.org/obo/MONDO_(\w+)\Z"), "MONDO", "MONDO:"),
    (re.compile(r"http://purl\.obolibrary\.org/obo/DOID_(\w+)\Z"), "Disease Ontology", "DOID:"),
    (re.compile(r"http://purl\.obolibrary\.org/obo/NCIT_(\w+)\Z"), "NCI Thesaurus", "NCIT:"),
    (re.compile(r"http://purl\.obolibrary\.org/obo/HP_(\w+)\Z"), "Human Phenotype Ontology", "HP:"),
    (re.compile(r"http://id\.nlm\.nih\.gov/mesh/(\w+)\Z"), "MeSH", ""),
    (re.compile(r"http://snomed\.info/id/(\w+)\Z"), "SNOMED CT", ""),
    (re.compile(r"http://id\.who\.int/icd/entity/(\w+)\Z"), "ICD-11", ""),
    (re.compile(r"https://bioregistry\.io/umls:(\S+)\Z"), "UMLS", ""),
    (re.compile(r"https://bioregistry\.io/omim(?:\.ps)?:(\S+)\Z"), "OMIM", ""),
    (re.compile(r"https://bioregistry\.io/icd10cm:(\S+)\Z"), "ICD-10-CM", ""),
    (re.compile(r"https://bioregistry\.io/icd10:(\S+)\Z"), "ICD-10", ""),
    (re.compile(r"https://bioregistry\.io/icdo:(\S+)\Z"), "ICD-O", ""),
    (re.compile(r"https://bioregistry\.io/meddra:(\S+)\Z"), "MedDRA", ""),
)


def clean(text: str) -> str:
    """Return a text as HTML may hold it: a control character is shown as U+FFFD, lines end in a line feed.

    Spec: HTML §13.2.3.5, <https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream>.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("\ufffd", text) if _UNSEEN.search(text) else text


def one_line(text: str, longest: int = 160) -> str:
    """Return a text for a title, a label or a link: one line without marks of direction, cut with "…" if long."""
    line = " ".join(clean(text).translate(_TURNING).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def number(text: str) -> str:
    """Return an integer or decimal with its digits in groups of three: "42433075" is "42 433 075", "2017" is as it is.

    A text that is no plain number comes back unchanged.
    """
    found = _NUMBER.match(text)
    if not found:
        return text
    sign, digits, rest = found.groups()
    if len(digits) > 4:
        digits = f"{int(digits):,}".replace(",", _THIN) if digits[0] != "0" else digits
    if rest and len(rest) == len(".2") and len(digits) > 3:
        rest += "0"  # an amount of that size with a single decimal is money, whose cents have two
    minus = "\N{MINUS SIGN}" if sign == "-" else ""
    return f"{minus}{digits}{rest or ''}"


def amount(value: Decimal) -> str:
    """Return a sum as `number` shows it: with two digits of cents, or with none where there are none."""
    return number(f"{value:.0f}" if value == value.to_integral_value() else f"{value:.2f}")


def first_sentence(text: str) -> str:
    """Return a text up to the first full stop that a space and a large letter follow."""
    found = _STOP.search(text)
    return text[: found.start() + 1] if found else text


def day(text: str) -> str:
    """Return a year, month or day as people write it: "2017-01" is "January 2017". Other texts come back unchanged."""
    found = _DATE.match(text)
    if not found:
        return text
    year, month, number_of_day = found.groups()
    if month is None:
        return year
    if not 1 <= int(month) <= len(MONTHS):
        return text
    name = f"{MONTHS[int(month) - 1]} {year}"
    return name if number_of_day is None else f"{int(number_of_day)}\N{NO-BREAK SPACE}{name}"


def is_day(text: str) -> bool:
    """Say whether HTML's `datetime` may hold the text, and `day` can read it."""
    return day(text) != text or (len(text) == len("2017") and text.isdigit())


def language(tag: str) -> str:
    """Return the English name of a language, or its tag where we have none."""
    return _LANGUAGES.get(tag.lower().partition("-")[0], tag)


def code(iri: str) -> tuple[str, str] | None:
    """Return (vocabulary, code) for the address of a disease's code, else None."""
    for pattern, vocabulary, start in _CODES:
        if found := pattern.match(iri):
            return vocabulary, start + found[1]
    return None


def licence_name(licence: str) -> str:
    """Return the usual name of a Creative Commons licence, else the address as it is."""
    for start, name in ((_CC, "CC "), (_ZERO, "CC0 ")):
        if licence.startswith(start):
            code, _, version = licence.removeprefix(start).strip("/").partition("/")
            return f"{name}{code.upper()} {version}".strip() if start == _CC else f"{name}{code}".strip()
    return licence


def label_of(name: str) -> str:
    """Return words for a name of a column or a property: "sourceDate" is "source date"."""
    words = _HUMP.sub(" ", name).replace("_", " ").lower().split()
    return " ".join(word.upper() if word in _SHORT else word for word in words)


def capital(text: str) -> str:
    """Return a text with its first letter large."""
    return text[:1].upper() + text[1:]


def plural(count: int, one: str, many: str = "") -> str:
    """Return "1 project", "2 projects"; the number stands in groups of three digits."""
    return f"{number(str(count))} {one if count == 1 else many or f'{one}s'}"
