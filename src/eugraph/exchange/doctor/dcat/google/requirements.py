"""What Google requires and recommends of a schema.org Dataset.

Source: "Dataset structured data", <https://developers.google.com/search/docs/appearance/structured-data/dataset>.
"""

from __future__ import annotations

from typing import NamedTuple

from eugraph.findings import Severity

SHORTEST, LONGEST = 50, 5000  # characters of a description


class Wanted(NamedTuple):
    """A property that a dataset should have."""

    name: str
    severity: Severity  # of its absence
    remedy: str


REQUIRED = (
    Wanted("name", Severity.VIOLATION, "Give a name that no other dataset has."),
    Wanted("description", Severity.VIOLATION, f"Say in {SHORTEST} to {LONGEST} characters what the dataset is."),
)
RECOMMENDED = (
    Wanted("creator", Severity.WARNING, "Name the person or organisation that made it."),
    Wanted("license", Severity.WARNING, "Name the licence by its address."),
    Wanted("distribution", Severity.WARNING, "Name the files as DataDownload, with contentUrl and encodingFormat."),
    Wanted("identifier", Severity.INFO, "Give a DOI or another lasting identifier."),
    Wanted("keywords", Severity.INFO, "Add words that people search for."),
    Wanted("url", Severity.INFO, "Give the address of the page about it."),
    Wanted("temporalCoverage", Severity.INFO, "Say what time the data cover, such as 2014-01-01/2020-12-31."),
    Wanted("spatialCoverage", Severity.INFO, "Say what place the data cover."),
    Wanted("isAccessibleForFree", Severity.INFO, "Say whether it is free of charge."),
    Wanted("includedInDataCatalog", Severity.INFO, "Name the catalogue that it is in."),
)
