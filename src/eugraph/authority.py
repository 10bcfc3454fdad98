"""The concepts of controlled vocabularies that a catalogue may name, by their codes, with their English names.

DCAT-AP asks for concepts of the Publications Office's authority tables and of ADMS. Only the codes that a setting may
hold, and those that a release itself needs, are here.

Source: <https://op.europa.eu/en/web/eu-vocabularies/authority-tables>; ADMS, <https://www.w3.org/TR/vocab-adms/>.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_EU = "http://publications.europa.eu/resource/authority/"
_ADMS = "http://purl.org/adms/"


@dataclass(frozen=True, slots=True)
class Table:
    """A controlled vocabulary: code -> English name. The IRI of a concept is `space` with the code after it."""

    scheme: str  # IRI
    title: str
    space: str
    names: Mapping[str, str]

    def iri(self, code: str) -> str:
        """Return the IRI of a concept."""
        return self.space + code


def _eu(name: str, title: str, names: Mapping[str, str]) -> Table:
    return Table(f"{_EU}{name}", title, f"{_EU}{name}/", names)


THEMES = _eu(
    "data-theme",
    "Data theme",
    {
        "AGRI": "Agriculture, fisheries, forestry and food",
        "ECON": "Economy and finance",
        "EDUC": "Education, culture and sport",
        "ENER": "Energy",
        "ENVI": "Environment",
        "GOVE": "Government and public sector",
        "HEAL": "Health",
        "INTR": "International issues",
        "JUST": "Justice, legal system and public safety",
        "REGI": "Regions and cities",
        "SOCI": "Population and society",
        "TECH": "Science and technology",
        "TRAN": "Transport",
    },
)
FREQUENCIES = _eu(
    "frequency",
    "Frequency",
    {
        "ANNUAL": "annual",
        "ANNUAL_2": "semiannual",
        "ANNUAL_3": "three times a year",
        "BIENNIAL": "biennial",
        "BIMONTHLY": "bimonthly",
        "BIWEEKLY": "biweekly",
        "CONT": "continuous",
        "DAILY": "daily",
        "DAILY_2": "twice a day",
        "HOURLY": "hourly",
        "IRREG": "irregular",
        "MONTHLY": "monthly",
        "MONTHLY_2": "semimonthly",
        "MONTHLY_3": "three times a month",
        "NEVER": "never",
        "OTHER": "other",
        "QUARTERLY": "quarterly",
        "TRIENNIAL": "triennial",
        "UNKNOWN": "unknown",
        "UPDATE_CONT": "continuously updated",
        "WEEKLY": "weekly",
        "WEEKLY_2": "semiweekly",
        "WEEKLY_3": "three times a week",
    },
)
LANGUAGES = _eu(
    "language",
    "Language",
    {
        "BUL": "Bulgarian",
        "CES": "Czech",
        "DAN": "Danish",
        "DEU": "German",
        "ELL": "Greek",
        "ENG": "English",
        "EST": "Estonian",
        "FIN": "Finnish",
        "FRA": "French",
        "GLE": "Irish",
        "HRV": "Croatian",
        "HUN": "Hungarian",
        "ISL": "Icelandic",
        "ITA": "Italian",
        "LAV": "Latvian",
        "LIT": "Lithuanian",
        "MKD": "Macedonian",
        "MLT": "Maltese",
        "NLD": "Dutch",
        "NOR": "Norwegian",
        "POL": "Polish",
        "POR": "Portuguese",
        "RON": "Romanian",
        "SLK": "Slovak",
        "SLV": "Slovenian",
        "SPA": "Spanish",
        "SQI": "Albanian",
        "SRP": "Serbian",
        "SWE": "Swedish",
        "TUR": "Turkish",
        "UKR": "Ukrainian",
    },
)
FILE_TYPES = _eu(
    "file-type",
    "File type",
    {
        "CSV": "CSV",
        "JSON": "JSON",
        "JSON_LD": "JSON-LD",
        "RDF_N_QUADS": "RDF N-Quads",
        "RDF_TRIG": "RDF TriG",
        "RDF_TURTLE": "RDF Turtle",
    },
)
AVAILABILITIES = _eu(
    "planned-availability",
    "Planned availability",
    {"AVAILABLE": "available", "EXPERIMENTAL": "experimental", "STABLE": "stable", "TEMPORARY": "temporary"},
)
ACCESS_RIGHTS = _eu(
    "access-right",
    "Access right",
    {"NON_PUBLIC": "non-public", "PUBLIC": "public", "RESTRICTED": "restricted"},
)
DATASET_TYPES = _eu("dataset-type", "Dataset type", {"ONTOLOGY": "Ontology"})
CONTINENTS = _eu(
    "continent",
    "Continent",
    {
        "AFRICA": "Africa",
        "AMERICA": "America",
        "ANTARCTICA": "Antarctica",
        "ASIA": "Asia",
        "EUROPE": "Europe",
        "OCEANIA": "Oceania",
    },
)
COUNTRIES = _eu("country", "Country", {})  # their names are in the concept scheme of the workspace
PUBLISHER_TYPES = Table(
    f"{_ADMS}publishertype/1.0",
    "Publisher type",
    f"{_ADMS}publishertype/",
    {
        "Academia-ScientificOrganisation": "Academia/Scientific organisation",
        "Company": "Company",
        "IndustryConsortium": "Industry consortium",
        "LocalAuthority": "Local Authority",
        "NationalAuthority": "National authority",
        "NonGovernmentalOrganisation": "Non-Governmental Organisation",
        "NonProfitOrganisation": "Non-Profit Organisation",
        "PrivateIndividual(s)": "Private Individual(s)",
        "RegionalAuthority": "Regional authority",
        "StandardisationBody": "Standardisation body",
        "SupraNationalAuthority": "Supra-national authority",
    },
)
LICENCE_TYPES = Table(
    f"{_ADMS}licencetype/1.0",
    "Licence type",
    f"{_ADMS}licencetype/",
    {
        "Attribution": "Attribution",
        "NoDerivativeWork": "No derivative work",
        "NonCommercialUseOnly": "Non-commercial use only",
        "PublicDomain": "Public domain",
        "ViralEffect-ShareAlike": "Viral effect (a.k.a. Share-alike)",
    },
)
