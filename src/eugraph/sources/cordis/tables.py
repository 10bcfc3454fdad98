"""The tables of the CORDIS bulk files and their columns, under the names that Horizon Europe's files give them.

Every reader, of CSV as of XML, yields rows of these tables, with the values in this order. A table is known by
the header of its file, not by its name: the names differ from programme to programme.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `columns` in our order, `needs` what a header must have to be taken for it.

    `synonyms` are what other programmes call a column: their name -> ours.
    """

    name: str
    columns: tuple[str, ...]
    needs: frozenset[str]
    synonyms: dict[str, str]


def _table(name: str, columns: str, needs: str, synonyms: dict[str, str] | None = None) -> Table:
    return Table(name, tuple(columns.split()), frozenset(needs.split()), synonyms or {})


PROJECT = _table(
    "project",
    "id acronym status title startDate endDate totalCost ecMaxContribution legalBasis topics ecSignatureDate"
    " frameworkProgramme masterCall subCall fundingScheme nature objective contentUpdateDate rcn grantDoi keywords"
    " Human-validated terminationDate duration teaser sourceUpdateDate lastUpdateDate",
    "id acronym title frameworkProgramme",
    {"programme": "legalBasis", "call": "masterCall", "projectID": "id"},
)
ORGANIZATION = _table(
    "organization",
    "projectID projectAcronym organisationID vatNumber name shortName SME activityType street postCode city country"
    " nutsCode geolocation organizationURL contactForm contentUpdateDate rcn order role ecContribution"
    " netEcContribution totalCost endOfParticipation active departmentName postBox",
    "projectID organisationID name role",
    {"id": "organisationID", "organizationUrl": "organizationURL", "organisationUrl": "organizationURL"},
)
EUROSCIVOC = _table(
    "euroSciVoc",
    "projectID euroSciVocCode euroSciVocPath euroSciVocTitle euroSciVocDescription",
    "projectID euroSciVocCode euroSciVocTitle",
)
TOPICS = _table("topics", "projectID topic title rcn", "projectID topic title")
LEGAL_BASIS = _table(
    "legalBasis", "projectID legalBasis title uniqueProgrammePart rcn parent", "projectID legalBasis title"
)
WEB_LINK = _table(
    "webLink",
    "projectID physUrl availableLanguages status archivedDate type source represents title",
    "projectID physUrl",
    {"id": "rcn"},
)
RESULT = _table(
    "result",
    "projectID rcn id title collection type doi isbn issn authors journalTitle journalNumber publishedYear publisher"
    " description url contentUpdateDate",
    "projectID id title",
    {"isPublishedAs": "type", "deliverableType": "type", "attachment": "url"},
)
POLICY_PRIORITIES = _table("policyPriorities", "projectID code title weight", "projectID code weight")
TOPIC_KEYWORD = _table("topicKeyword", "projectID topic keywordCode keyword", "projectID keywordCode keyword")
FUNDING_SCHEME = _table("fundingScheme", "code title description", "code title")

TABLES = {
    table.name: table
    for table in (
        PROJECT,
        ORGANIZATION,
        EUROSCIVOC,
        TOPICS,
        LEGAL_BASIS,
        WEB_LINK,
        RESULT,
        POLICY_PRIORITIES,
        TOPIC_KEYWORD,
        FUNDING_SCHEME,
    )
}
