"""Whether headers say what the answers are, by endings, by the links that led there, and by charset.

Spec: RFC 9110 §8.3, <https://www.rfc-editor.org/rfc/rfc9110#section-8.3>; RFC 6657 (charset of text types).
"""

from __future__ import annotations

import re

from eugraph.exchange.doctor.reading.media import (
    HTML,
    RDF_ENDINGS,
    agree,
    ending_of,
    expected,
    is_rdf,
    is_wider,
    registered,
)
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.answer import Answer
from eugraph.exchange.doctor.visit import Visit

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\";\s]+)", re.IGNORECASE)
_UTF_8 = ("utf-8", "utf8")
_NEEDS_CHARSET = ("text/csv", "text/plain", HTML)
_GENERAL = ("", "application/octet-stream", "binary/octet-stream", "text/plain")


def check(visit: Visit, section: Section) -> None:
    """Look at every answer that any check has had so far."""
    if not visit.site.is_served:
        section.skip("Media types and charsets: a folder has none; they are the server's that will publish it.")
        return
    answers = {answer.url: answer for answer in visit.met.values() if visit.site.holds(answer.url)}
    for answer in answers.values():
        _type(section, answer)
        _charset(section, answer)
    section.saw(len(answers), "answer")


def _type(section: Section, answer: Answer) -> None:
    wanted, told = expected(answer.url), answer.media_type
    if not told:
        section.warning(
            "media-type-missing",
            answer.url,
            f"The answer has no Content-Type. Have the server send {wanted or 'the right one'}.",
        )
    elif wanted and not agree(wanted, told) and not _is_finer(wanted, told, ending_of(answer.url)):
        grave = is_rdf(wanted) or told in _GENERAL or HTML in (wanted, told)
        note = section.violation if grave else section.warning
        note(
            "media-type-wrong",
            answer.url,
            f"The name of the file promises {wanted}, and the header says {told}: readers are chosen by the header. "
            "Add the type to the server's configuration.",
        )
    elif registered(told) != told and is_rdf(told):
        section.info("media-type-old", answer.url, f"{told} was never registered. Send {registered(told)}.")


def _is_finer(wanted: str, told: str, ending: str) -> bool:
    """Tell whether a header says more than an ending can."""
    return is_wider(told, wanted) or (ending == "json" and told in RDF_ENDINGS)


def _charset(section: Section, answer: Answer) -> None:
    found = _CHARSET.search(answer.headers.get("content-type", ""))
    if found and found[1].lower() not in _UTF_8 and (is_rdf(answer.media_type) or answer.media_type in _NEEDS_CHARSET):
        note = section.violation if is_rdf(answer.media_type) else section.warning
        note(
            "charset-wrong",
            answer.url,
            f"The header says charset={found[1]}; RDF and what people read of it is UTF-8. Send charset=utf-8.",
        )
    elif not found and answer.media_type in _NEEDS_CHARSET[:2] and ending_of(answer.url) != "txt":
        section.info(
            "charset-missing",
            answer.url,
            f"{answer.media_type} comes without charset, and some clients take it for Latin-1. Send charset=utf-8.",
        )
