"""What is asked of a project and of an organisation, in the order of asking.

The shapes decide which answers are needed and what they may be. Where they need more than is asked here, that is asked
too: see `eugraph.authoring.drafts`.
"""

from __future__ import annotations

from dataclasses import replace

from eugraph.authoring.answers import Question
from eugraph.vocab import EUG, PREFIXES

PROJECT, GRANT, ORGANISATION = f"{EUG}Project", f"{EUG}Grant", f"{EUG}Organisation"
SOURCE, PARTICIPATION = f"{EUG}Source", f"{EUG}Participation"
_DATE = "YYYY, YYYY-MM or YYYY-MM-DD"


def _question(key: str, ask: str, kind: str, path: str, *, has_lines: bool = False) -> Question:
    prefix, _, name = path.partition(":")
    return Question(key, ask, kind, PREFIXES[prefix] + name, has_lines=has_lines)


OF_PROJECT = (
    _question("acronym", "Acronym", PROJECT, "eug:acronym"),
    _question("name", "Name, in English", PROJECT, "skos:prefLabel"),
    _question("title", "Official title, in English", PROJECT, "dcterms:title"),
    _question("description", "Description in your own words", PROJECT, "dcterms:description", has_lines=True),
    _question("start", f"Start, {_DATE}", PROJECT, "eug:startDate"),
    _question("end", f"End, {_DATE}", PROJECT, "eug:endDate"),
    _question("homepage", "Website", PROJECT, "foaf:homepage"),
)
OF_GRANT = (
    _question("grant-number", "Grant number", GRANT, "eug:grantNumber"),
    _question("programme", "Programme", GRANT, "eug:programme"),
)
OF_ORGANISATION = (
    _question("acronym", "Acronym", ORGANISATION, "eug:acronym"),
    _question("name", "Name, in English", ORGANISATION, "skos:prefLabel"),
    _question("legal-name", "Registered name", ORGANISATION, "eug:legalName"),
    _question("description", "Description in your own words", ORGANISATION, "dcterms:description", has_lines=True),
    _question("type", "Type", ORGANISATION, "eug:organisationType"),
    _question("country", "Country", ORGANISATION, "eug:country"),
    _question("city", "Town", ORGANISATION, "eug:city"),
    _question("homepage", "Website", ORGANISATION, "foaf:homepage"),
    _question("pic", "PIC, nine digits", ORGANISATION, "eug:pic"),
    _question("ror", "ROR identifier, with https://ror.org/", ORGANISATION, "eug:ror"),
)
COORDINATOR = replace(_question("coordinator", "Coordinator", PARTICIPATION, "eug:organisation"), is_needed=False)
NEW_COORDINATOR = replace(
    _question(
        "new-coordinator", "Coordinator that is not described yet: its name in English", ORGANISATION, "skos:prefLabel"
    ),
    is_needed=False,
)
COORDINATOR_COUNTRY = _question("country", "Country of the new coordinator", ORGANISATION, "eug:country")
OF_SOURCE = (
    _question("source-title", "Title of the page, as it prints it", SOURCE, "skos:prefLabel"),
    _question("source-kind", "Who speaks there", SOURCE, "eug:sourceKind"),
    _question("retrieved", "Read on, YYYY-MM-DD", SOURCE, "eug:retrieved"),
)
PAGE = Question(
    "source",
    "Where this is said: the address of a page, or a source of the workspace",
    SOURCE,
    PREFIXES["foaf"] + "page",
)

_COMMON = {"slug", PAGE.key, *(question.key for question in OF_SOURCE)}
_OF_PROJECT = (*OF_PROJECT, *OF_GRANT, COORDINATOR, NEW_COORDINATOR, COORDINATOR_COUNTRY)
KEYS = {
    "project": _COMMON | {question.key for question in _OF_PROJECT},
    "organisation": _COMMON | {question.key for question in OF_ORGANISATION},
}  # kind -> the answers that it has, each the option of this name
