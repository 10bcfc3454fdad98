"""Identifiers and addresses: which are well-formed, and how they are written as IRIs."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode

_DOI = re.compile(r"10\.[0-9]{4,9}/\S+\Z")
_DOI_BEFORE = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_PIC = re.compile(r"[0-9]{9}\Z")
_ISSN = re.compile(r"([0-9]{4})-?([0-9]{3})([0-9Xx])\Z")
_ISBN = re.compile(r"[0-9]{9}[0-9Xx]\Z|97[89][0-9]{10}\Z")
_NUTS = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}\Z")
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?(?:[/?][A-Za-z0-9._~!$&'()*+,;=:@/?-]*)?\Z")
_SCHEME = re.compile(r"https?://[^/?#\s.]", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+\.?(?::[0-9]+)?(?:[/?#].*)?\Z")
_KEPT_IN_URL = "/?#:@!$&'()*+,;=%-._~"

# The number after the two letters of a VAT number. Of countries outside the Union the data show the form.
# Source: <https://ec.europa.eu/taxation_customs/vies/#/faq>, question 11.
_VAT = {
    "AT": r"U[0-9]{8}",
    "BE": r"[01]?[0-9]{9}",
    "BG": r"[0-9]{9,10}",
    "CH": r"E[0-9]{9}(?:MWST|TVA|IVA)?",
    "CY": r"[0-9]{8}[A-Z]",
    "CZ": r"[0-9]{8,10}",
    "DE": r"[0-9]{9}",
    "DK": r"[0-9]{8}",
    "EE": r"[0-9]{9}",
    "EL": r"[0-9]{9}",
    "ES": r"[0-9A-Z][0-9]{7}[0-9A-Z]",
    "FI": r"[0-9]{8}",
    "FR": r"[0-9A-HJ-NP-Z]{2}[0-9]{9}",
    "GB": r"(?:[0-9]{9}(?:[0-9]{3})?|(?:GD|HA)[0-9]{3})",
    "HR": r"[0-9]{11}",
    "HU": r"[0-9]{8}",
    "IE": r"(?:[0-9][0-9A-Z+*][0-9]{5}[A-Z]|[0-9]{7}W?[A-Z]{1,2})",
    "IT": r"[0-9]{11}",
    "LT": r"(?:[0-9]{9}|[0-9]{12})",
    "LU": r"[0-9]{8}",
    "LV": r"[0-9]{11}",
    "MT": r"[0-9]{8}",
    "NL": r"[0-9A-Z+*]{9}B[0-9A-Z+*]{2}",
    "NO": r"[0-9]{9}(?:MVA)?",
    "PL": r"[0-9]{10}",
    "PT": r"[0-9]{9}",
    "RO": r"[0-9]{2,10}",
    "SE": r"[0-9]{12}",
    "SI": r"[0-9]{8}",
    "SK": r"[0-9]{10}",
    "XI": r"(?:[0-9]{9}(?:[0-9]{3})?|(?:GD|HA)[0-9]{3})",
}
_VAT_OF = {prefix: re.compile(f"{prefix}{number}\\Z") for prefix, number in _VAT.items()}
_VAT_ANYWHERE = re.compile(r"[A-Z]{2}[0-9A-Z+*.]{2,18}\Z")  # what the shape organisation-vat takes
_LETTERS = {"UK": ("GB", "XI"), "GR": ("EL",), "MC": ("FR",), "IM": ("GB",)}  # a country whose numbers begin otherwise


def doi(text: str) -> str | None:
    """Return a DOI without what stands before it, in small letters, as DOIs are compared; None where it is none.

    Spec: DOI Handbook §3.4 on case, <https://www.doi.org/doi-handbook/HTML/case-sensitivity.html>.
    """
    bare = _DOI_BEFORE.sub("", text.strip(), count=1)
    return bare.lower() if _DOI.match(bare) else None


def doi_address(number: str) -> str:
    """Return the address of a DOI, with what no IRI may hold percent-encoded.

    Spec: DOI Handbook, encoding, <https://www.doi.org/doi-handbook/HTML/encoding-issues.html>.
    """
    return "https://doi.org/" + quote(number, safe="/:;().,-_~!$&'*+=@")


def is_pic(text: str) -> bool:
    """Tell whether a text is a participant identification code, nine digits."""
    return bool(_PIC.match(text))


@lru_cache(maxsize=65536)
def issn(text: str) -> str | None:
    """Return an ISSN as 0000-000X, whether its check digit fits or not; None where it has not the form of one."""
    found = _ISSN.match(text)
    return f"{found[1]}-{found[2]}{found[3].upper()}" if found else None


@lru_cache(maxsize=65536)
def issn_fits(number: str) -> bool:
    """Tell whether the check digit of an ISSN (0000-000X) fits.

    Spec: ISO 3297, weights 8 to 2 modulo 11, <https://www.issn.org/understanding-the-issn/what-is-an-issn/>.
    """
    digits = number.replace("-", "")
    total = sum(int(digit) * (8 - place) for place, digit in enumerate(digits[:7]))
    return "0123456789X"[-total % 11] == digits[7]


@lru_cache(maxsize=65536)
def isbn(text: str) -> str | None:
    """Return an ISBN of ten or thirteen digits without hyphens and spaces, where its check digit fits; else None.

    Spec: ISO 2108, <https://www.isbn-international.org/content/isbn-users-manual>.
    """
    digits = re.sub(r"[\s-]", "", text).upper()
    if not _ISBN.match(digits):
        return None
    if len(digits) == 10:
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return digits if sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0 else None
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits if total % 10 == 0 else None


def is_nuts(text: str) -> bool:
    """Tell whether a text has the form of a NUTS code."""
    return bool(_NUTS.match(text))


def vat_fits(number: str, country: str) -> bool:
    """Tell whether a VAT number has the form of its country (the EU's two letters; any form where we know none)."""
    letters = number[:2]
    if letters != country and letters not in _LETTERS.get(country, ()):
        return False
    pattern = _VAT_OF.get(letters)
    return bool(pattern.match(number) if pattern else _VAT_ANYWHERE.match(number))


def vat_written(number: str) -> bool:
    """Tell whether a VAT number can stand in the graph: two letters and up to eighteen more characters."""
    return bool(_VAT_ANYWHERE.match(number))


@lru_cache(maxsize=4096)
def address(text: str) -> str | None:
    """Return a web address as an IRI, with a scheme and with what no IRI may hold percent-encoded; else None.

    Spec: RFC 3987 §2.2, <https://www.rfc-editor.org/rfc/rfc3987#section-2.2>.
    """
    if _PLAIN_URL.match(text):
        return text
    bare = text.strip()
    if not _SCHEME.match(bare):
        if "://" in bare or not _HOST.match(bare):
            return None
        bare = f"http://{bare}"
    scheme, _, rest = bare.partition("://")
    if not _HOST.match(rest):
        return None
    head, hash_sign, fragment = rest.partition("#")
    found = f"{scheme.lower()}://{_encoded(head)}" + (f"#{_encoded(fragment).replace('#', '%23')}" if hash_sign else "")
    try:
        NamedNode(found)
    except ValueError:
        return None
    return found


def _encoded(part: str) -> str:
    lone = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)
    return "".join(each if each > "\x9f" else quote(each, safe=_KEPT_IN_URL) for each in lone)
