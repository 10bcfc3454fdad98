"""A text without the language tag that is wanted, or with one that stands for it. Which language it is must be certain.

It is where the shape allows one language alone; where all texts of the workspace are in one; where the same text stands
under the same property in one language; or where all other texts of the property are in one language and the words of
this one are of that language, and of no other.

Spec: BCP 47 §2.2.1, <https://www.rfc-editor.org/rfc/rfc5646#section-2.2.1>: the shortest code of ISO 639 is the tag.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pyoxigraph import Literal, Quad

from eugraph.mend.change import Candidate
from eugraph.mend.knowledge import Knowledge
from eugraph.mend.wanted import LANG_STRING, STRING, Wanted
from eugraph.rdf.locate import Term

ENOUGH = 5  # texts that tell in which language a property is written

_LONG_TAGS = {
    "bul": "bg", "ces": "cs", "cze": "cs", "dan": "da", "deu": "de", "ger": "de", "ell": "el", "gre": "el", "eng": "en",
    "spa": "es", "est": "et", "fin": "fi", "fra": "fr", "fre": "fr", "gle": "ga", "hrv": "hr", "hun": "hu", "ita": "it",
    "lit": "lt", "lav": "lv", "mlt": "mt", "dut": "nl", "nld": "nl", "nor": "no", "pol": "pl", "por": "pt", "ron": "ro",
    "rum": "ro", "slk": "sk", "slo": "sk", "slv": "sl", "swe": "sv", "english": "en", "german": "de", "deutsch": "de",
    "french": "fr", "italian": "it", "spanish": "es", "dutch": "nl",
}  # fmt: skip
# Words that a text of a few sentences can hardly do without, none of which is a word of two of the languages.
_WORDS = {
    "en": "the of and with for from by that which is are was were their this has have at on it its",
    "de": "der das und mit für von dem ist sind wurde auf eine einer zur zum sich nicht auch werden",
    "fr": "le les et avec pour du dans est sont une qui sur au aux cette ont par leur",
    "es": "el los y con para del está una que las fue entre sus como más",
    "it": "il gli e con della dei per nel una che sono alla delle degli",
    "nl": "het een en met voor van de is zijn werd op aan niet ook",
}
_OF_WORD = {
    word: language
    for word, (language, *others) in {
        word: [language for language, words in _WORDS.items() if word in words.split()]
        for words in _WORDS.values()
        for word in words.split()
    }.items()
    if not others
}
_WORD = re.compile(r"[^\W\d_]+")


def candidates(old: Term, wanted: Wanted, known: Knowledge, quad: Quad) -> Iterator[Candidate]:
    """Yield the text in the language that it certainly is in."""
    if not isinstance(old, Literal):
        return
    if old.language:
        short = _LONG_TAGS.get(old.language.lower())
        if short and any(_is_in(short, wide) for wide in wanted.languages):
            yield Candidate(Literal(old.value, language=short), f"the tag of the language {old.language} is {short}")
        return
    if old.datatype == STRING and (wanted.languages or LANG_STRING in wanted.datatypes):
        found = certain_language(old.value, wanted, known, quad)
        if found:
            yield Candidate(Literal(old.value, language=found[0]), found[1])


def certain_language(text: str, wanted: Wanted, known: Knowledge, quad: Quad) -> tuple[str, str] | None:
    """Return the language that a text certainly is in, and why; None where that is not certain."""
    allowed = wanted.languages
    if len(allowed) == 1 and allowed[0] != "*" and _may_be(text, allowed[0]):
        return allowed[0], f"the shape allows the language {allowed[0]} alone"
    everywhere = known.all_languages
    tag = next(iter(everywhere), "")
    if len(everywhere) == 1 and everywhere.total() >= ENOUGH and _may_be(text, tag):
        return tag, f"all {everywhere.total()} texts of the workspace that have a language are in {tag}"
    prop = known.spoken_of(quad)
    same = known.tags_of_text.get((prop, text), set())
    if len(same) == 1:
        tag = next(iter(same))
        return tag, f"the same text stands elsewhere in the language {tag}"
    beside = known.languages.get(prop, Counter())
    if len(beside) == 1 and beside.total() >= ENOUGH:
        tag = next(iter(beside))
        if language_of_words(text) == tag:
            return tag, f"all other texts of the property are in {tag}, and the words of this one are too"
    return None


def language_of_words(text: str) -> str:
    """Return the language of which a text has at least two small words, and no other language any; "" for none."""
    found = _languages_in(text)
    if len(found) != 1:
        return ""
    language, number = found.most_common(1)[0]
    return language if number >= 2 else ""


def _may_be(text: str, tag: str) -> bool:
    """Tell whether the words of a text say nothing against a language."""
    found = _languages_in(text)
    return not found or tag in found


def _languages_in(text: str) -> Counter[str]:
    return Counter(_OF_WORD[word] for each in _WORD.findall(text) if (word := each.lower()) in _OF_WORD)


def _is_in(tag: str, wide: str) -> bool:
    return wide in (tag, "*") or tag.startswith(f"{wide}-")
