"""The kinds of entries that the mapping makes in the ledger; those of the readers stand with the readers.

docs/import-cordis.md tells what each is for and how many of it Horizon Europe has; a test compares.
"""

from __future__ import annotations

from eugraph.sources.cordis.ledger import Kind, Outcome

D, M, Q, N = Outcome.DROPPED, Outcome.MENDED, Outcome.DOUBTED, Outcome.NOTED

# Rows
NO_PROJECT_NUMBER = Kind("no-project-number", D, "The row has no number of a project, and no address without it.")
NO_IDENTIFIER = Kind("no-identifier", D, "The row has no identifier that could be part of an address.")
REPEATED_ROW = Kind("repeated-row", D, "The row says again what another row says of the same thing.")
CONTRADICTING_ROW = Kind("contradicting-row", D, "Another row has described this thing before, and otherwise.")
PROJECT_WITHOUT_ROW = Kind("project-without-row", N, "The project has no row: it is known by its number only.")
TABLE_NOT_TAKEN = Kind("table-not-taken", D, "The rows of this table are not in the graph; the note says how many.")
COLUMN_NOT_TAKEN = Kind("column-not-taken", D, "This column is not in the graph; the note says how many rows fill it.")
TALLY = Kind("tally", N, "So many rows have this value in this column; the first of them is named.")

# Values of any table
WRONG_DATE = Kind("wrong-date", D, "This is no date of the calendar.")
WRONG_AMOUNT = Kind("wrong-amount", D, "This is no amount of money.")
NEGATIVE_AMOUNT = Kind("negative-amount", D, "The amount is below zero.")
DECIMAL_COMMA = Kind("decimal-comma", M, "The decimals stood behind a comma, and stand behind a point.")
WRONG_TRUTH_VALUE = Kind("wrong-truth-value", D, "This says neither true nor false.")
UNKNOWN_CODE = Kind("unknown-code", D, "The code is in no list that is known here.")
WRONG_ADDRESS = Kind("wrong-address", D, "This is no web address, nor can it be made one with certainty.")
MENDED_ADDRESS = Kind("mended-address", M, "The address had no scheme, or characters that no address may have.")
DOUBLE_SPACE = Kind("double-space", M, "The name has two spaces in a row or some at its ends; shown with one.")
MARKUP = Kind("markup", M, "Entities of HTML stand in the text; what they stand for was put in their place.")
SPELLINGS = Kind("spellings", M, "Codes that differ in case or signs only are one thing; the plain spelling is kept.")

# Projects
SIGNED_PAST_END = Kind("signed-past-end", Q, "The status is SIGNED, though the project has ended by its end date.")
CLOSED_BEFORE_END = Kind("closed-before-end", Q, "The status is CLOSED, though the end date is still to come.")
TERMINATED_OTHERWISE = Kind("terminated-otherwise", N, "The day of termination is not the end date; both are kept.")
DURATION_DIFFERS = Kind("duration-differs", D, "The duration is not what start and end give.")
START_AFTER_END = Kind("start-after-end", Q, "The project starts after it ends.")
NO_SIGNATURE_DATE = Kind("no-signature-date", N, "The day of signature is not stated.")
CONFIDENTIAL = Kind("confidential", N, "The objective is not told: the text says that it is confidential.")
OBJECTIVE_LINES = Kind("objective-lines", N, "The objective has line breaks, and keeps them.")
OBJECTIVE_LONG = Kind("objective-long", N, "The objective has more than 2,000 characters.")
OBJECTIVE_TAGS = Kind("objective-tags", N, "The objective has tags of HTML, and keeps them as text.")
TEASER_CUT = Kind("teaser-cut", D, "The teaser is the beginning of the objective, cut; it is not in the graph.")
NO_BREAK_SPACE = Kind("no-break-space", N, "The text has spaces that do not break, and keeps them.")
GARBLED = Kind("garbled", Q, "Characters of the text look as if it had been read in a wrong encoding.")
CONTROL_CHARACTER = Kind("control-character", M, "A control character was taken out of the text.")
TITLE_CAPITALS = Kind("title-capitals", N, "The title is in capitals, and stays so.")
ACRONYM_SIGNS = Kind("acronym-signs", N, "The acronym has signs beyond ASCII that are neither letters nor digits.")
ACRONYM_SHARED = Kind("acronym-shared", N, "Several projects have this acronym.")
TITLE_SHARED = Kind("title-shared", N, "Several projects have this title.")
KEYWORDS_MIXED = Kind("keywords-mixed", Q, "Keywords stand between commas and semicolons; the semicolons part them.")
NO_KEYWORDS = Kind("no-keywords", N, "The project has no keywords.")
NO_FIELD = Kind("no-field", N, "The project is in no field of science.")

# Grants and money
TOTAL_NOT_STATED = Kind("total-not-stated", M, "The total cost of 0 beside EU money means that it is not stated.")
COST_NOT_STATED = Kind("cost-not-stated", M, "The participant's cost of 0 means that it is not stated.")
NO_EU_MONEY = Kind("no-eu-money", N, "The EU contribution of the grant is 0 or not stated.")
MORE_THAN_COST = Kind("more-than-cost", Q, "The EU contribution is more than the total cost.")
PARTS_DO_NOT_ADD_UP = Kind("parts-do-not-add-up", Q, "The participants' contributions do not add up to the grant's.")
NET_DOES_NOT_ADD_UP = Kind("net-does-not-add-up", Q, "The net contributions do not add up to the grant's.")
NO_CONTRIBUTION = Kind("no-contribution", N, "The participant's contribution is not stated.")
NO_NET_CONTRIBUTION = Kind("no-net-contribution", N, "The participant's net contribution is not stated.")
NO_COST = Kind("no-cost", N, "The participant's cost is not stated.")
NO_GRANT_DOI = Kind("no-grant-doi", N, "The DOI of the grant is not stated.")
GRANT_DOI_OF_ANOTHER = Kind("grant-doi-of-another", Q, "The DOI of the grant does not end in its number.")
UNKNOWN_SCHEME = Kind("unknown-scheme", N, "The funding scheme is not in our list; the import describes it.")
SUBCALL_DIFFERS = Kind("subcall-differs", N, "The call within the call differs from it; the grant has both.")

# Participations
NOT_ONE_COORDINATOR = Kind("not-one-coordinator", Q, "The project has no coordinator, or several.")
UNKNOWN_ROLE = Kind("unknown-role", M, "The role is none that is known here; it is taken for a plain participant.")
WRONG_ORDER = Kind("wrong-order", D, "The place in the list of participants is no whole number.")
ORGANISATION_TWICE = Kind("organisation-twice", N, "An organisation takes part twice in the project.")
ROLE_TWICE = Kind("role-twice", Q, "An organisation takes part twice in the project in one role.")
ORDER_REPEATS = Kind("order-repeats", Q, "Two participants of the project have one place in its list.")
NO_PIC = Kind("no-pic", Q, "The identifier of the organisation is not a PIC of nine digits.")
NO_SME_FLAG = Kind("no-sme-flag", N, "Whether the participant is a small or medium-sized enterprise is not stated.")
NO_COUNTRY = Kind("no-country", N, "The country of the participant is not stated.")
NO_NUTS = Kind("no-nuts", N, "The region of the participant is not stated.")
NO_GEOLOCATION = Kind("no-geolocation", N, "The place of the participant on the map is not stated.")
GEOLOCATION_SPACES = Kind("geolocation-spaces", M, "Spaces stood in the place on the map, and were taken out.")
WRONG_GEOLOCATION = Kind("wrong-geolocation", D, "The place on the map is no pair of latitude and longitude.")
SME_PUBLIC = Kind("sme-public", Q, "A university or public body is marked as a small enterprise.")

# Organisations
PLACEHOLDER = Kind("placeholder", D, "This only says that a form had to be filled.")
NO_VAT = Kind("no-vat", N, "No row states a VAT number of the organisation.")
WRONG_VAT = Kind("wrong-vat", D, "The VAT number begins with no letters of a country.")
DOUBTFUL_VAT = Kind("doubtful-vat", Q, "The VAT number has not the form of the organisation's country.")
VAT_SHARED = Kind("vat-shared", N, "Organisations with several PICs have this VAT number.")
NAME_SHARED = Kind("name-shared", N, "Organisations with several PICs have this name.")
DOUBTFUL_NUTS = Kind("doubtful-nuts", Q, "The region lies in another country than the organisation.")
WRONG_NUTS = Kind("wrong-nuts", D, "This is no code of a NUTS region.")
MAP_OF_MANY = Kind("map-of-many", Q, "Many organisations have this place on the map: it may be that of a country.")
DIFFERS = {
    column: Kind(f"{name}-differs", M, f"Rows of one PIC differ in {column}; the most frequent value is kept.")
    for column, name in {
        "vatNumber": "vat",
        "name": "name",
        "shortName": "short-name",
        "SME": "sme",
        "activityType": "activity-type",
        "street": "street",
        "postCode": "post-code",
        "city": "city",
        "country": "country",
        "nutsCode": "nuts",
        "geolocation": "geolocation",
        "organizationURL": "homepage",
        "rcn": "rcn",
    }.items()
}

# Results
RESULT_OF_ANOTHER = Kind("result-of-another", N, "The number in the result's identifier is not that of its project.")
NO_RESULT_KIND = Kind("no-result-kind", N, "The kind of the result is not stated, or not known here.")
WRONG_DOI = Kind("wrong-doi", M, "This is no DOI; it is kept as a text.")
DOI_SIGNS = Kind("doi-signs", M, "The DOI has characters that no address may have; they are percent-encoded.")
DOI_CASE = Kind("doi-case", M, "The DOI has capitals; it is written small, so that equal ones meet.")
DOI_SHARED = Kind("doi-shared", N, "Several results have this DOI.")
WRONG_ISSN = Kind("wrong-issn", Q, "The ISSN has not the form of one; it is kept as it is.")
ISSN_CHECK_DIGIT = Kind("issn-check-digit", Q, "The check digit of the ISSN does not fit; it is kept as it is.")
WRONG_ISBN = Kind("wrong-isbn", Q, "The ISBN has not the form of one, or its check digit does not fit; kept as it is.")
WRONG_YEAR = Kind("wrong-year", D, "This is no year.")
NO_TITLE = Kind("no-title", M, "There is no title; an identifier stands in its place.")

# Links
SEVERAL_HOMEPAGES = Kind("several-homepages", M, "The project has several websites; one is its homepage, others pages.")
ARCHIVED_LINK = Kind("archived-link", N, "The address was archived: it may lead nowhere.")

# Fields, topics, programmes
PATHS_DIFFER = Kind("paths-differ", M, "Rows give one field of science several paths; the most frequent is kept.")
TITLES_DIFFER = Kind("titles-differ", M, "Rows give one code several titles; the most frequent is kept.")
