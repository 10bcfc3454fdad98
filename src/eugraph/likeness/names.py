"""Names as they are compared: words without case, accents, signs, legal forms and joining words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

Words = tuple[str, ...]

_SIGNS = re.compile(r"[^\w]+|_")
_DOTTED = re.compile(r"(?<![^\W\d_])((?:[^\W\d_]\.){2,})")  # letters with a full stop each: S.p.A., G.m.b.H.
_DIGRAPHS = str.maketrans({"ß": "ss", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))  # ü is written ue where a form takes no accents
_LEGAL_FORMS = """
    ab ag aisbl aps as asbl bv bvba cic co corp corporation cv doo ead eeig ehf eood ev fmba gbr geie ggmbh gie gmbh ike
    inc incorporated kft kg kgaa limited llc llp lp ltd mbh nv nyrt ohg ood oy oyj pc plc pllc rf rt sa sae sapa sarl
    sas sasu sca scarl scpa se sia sl slne slu snc sp spa spol spzoo sprl srl srls sro ssa stichting uab vof vzw zoo zrt
"""
_JOINING = """
    a al and at av d da das de degli dei del della delle dello der des di do dos du e ed el en et for fur i il in l la
    las le les los na och of og on para per pour pro the to und van voor von y z za
"""
_JOINED = frozenset(_JOINING.split())
_PASSED_OVER = _JOINED.union(_LEGAL_FORMS.split())


@cache
def words(name: str) -> Words:
    """Return the words of a name in their order, small and plain.

    Legal forms and joining words are left out, unless nothing else is in the name. Letters that a form may have spelled
    out, as in Universitaet, are written with one letter in any name.

    >>> words("Ludwig-Maximilians-Universität München e.V.") == words("LUDWIG MAXIMILIANS UNIVERSITAET MUENCHEN")
    True
    >>> words("A.B. S.p.A.")
    ('ab', 'spa')
    """
    joined = _DOTTED.sub(lambda found: found[0].replace(".", ""), name)
    plain = unicodedata.normalize("NFKD", joined).casefold().translate(_DIGRAPHS)
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    found = [_folded(word) for word in _SIGNS.split(letters) if word]
    return tuple(w for w in found if w not in _PASSED_OVER) or tuple(found)


def _folded(word: str) -> str:
    for spelled, letter in _UMLAUTS:
        word = word.replace(spelled, letter)
    return word


def initials(name: str) -> str:
    """Return the first letters of the words of a name, as acronyms are made: "European Hematology Association": eha."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    found = [word for word in _SIGNS.split(plain) if word and word not in _JOINED]
    return "".join(word[0] for word in found)


@cache
def letters(name: str) -> str:
    """Return the letters and digits of an acronym: AP-HP and APHP are one."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


@cache
def trigrams(word: str) -> frozenset[str]:
    """Return the runs of three letters in a word, with its beginning and its end."""
    marked = f"^{word}$"
    return frozenset(marked[at : at + 3] for at in range(len(marked) - 2))


@cache
def word_likeness(one: str, other: str) -> float:
    """Return how like two words are, from 0 to 1: the share of their trigrams that both have (Dice).

    >>> word_likeness("universita", "university") > 0.7
    True
    """
    if one == other:
        return 1.0
    mine, others = trigrams(one), trigrams(other)
    return 2 * len(mine & others) / (len(mine) + len(others))
