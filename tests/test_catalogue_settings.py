"""The table `[catalogue]` of eugraph.toml: what it may hold, and what is said of what it may not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eugraph.catalogue_settings import CatalogueSettings, ServiceKind
from eugraph.config import open_workspace
from eugraph.errors import SettingError

REQUIRED = """
title = "T"
description = "D"
base_iri = "https://example.org/id/"
publisher = "P"
licence = "https://creativecommons.org/licenses/by/4.0/"
version = "1"
"""


def settings(folder: Path, text: str) -> CatalogueSettings:
    (folder / "eugraph.toml").write_text(REQUIRED + text, encoding="utf-8")
    return open_workspace(folder).catalogue


def test_nothing_of_it_is_required(tmp_path: Path) -> None:
    assert settings(tmp_path, "") == CatalogueSettings()


def test_everything_that_is_written_is_read(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        """
        address = "https://data.example.org/eu/"
        [catalogue]
        themes = ["HEAL", "HEAL"]
        keywords = ["blood"]
        languages = ["ENG", "FRA"]
        spatial = ["EUROPE", "NLD"]
        frequency = "MONTHLY"
        availability = "STABLE"
        access_rights = "PUBLIC"
        publisher_type = "NonProfitOrganisation"
        publisher_iri = "https://ror.org/01"
        publisher_page = "https://example.org/"
        contact_name = "Desk"
        contact_email = "data@example.org"
        contact_page = "https://example.org/contact"
        issued = 2024-01-31
        page_size = 50
        previous_version = "https://example.org/v0/"
        [catalogue.services.sparql]
        kind = "sparql"
        endpoint = "https://example.org/sparql"
        title = "SPARQL"
        """,
    )
    assert open_workspace(tmp_path).address == "https://data.example.org/eu/"
    assert found.themes == ("HEAL",)
    assert (found.languages, found.spatial) == (("ENG", "FRA"), ("EUROPE", "NLD"))
    assert (found.frequency, found.availability, found.access_rights) == ("MONTHLY", "STABLE", "PUBLIC")
    assert (found.contact_name, found.contact_email) == ("Desk", "data@example.org")
    assert found.issued == dt.date(2024, 1, 31)
    assert found.page_size == 50
    (service,) = found.services
    assert (service.name, service.kind, service.description) == ("sparql", ServiceKind.SPARQL, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[catalogue]\nthemes = ["HEALTH"]', "catalogue.themes is 'HEALTH', which is no code; did you mean 'HEAL'?"),
        ('[catalogue]\nthemes = "HEAL"', 'Write themes = ["…", "…"]'),
        ('[catalogue]\nlanguages = ["en"]', "Write one of BUL, CES"),
        ('[catalogue]\nspatial = ["Europe"]', "three capital letters"),
        ('[catalogue]\nfrequency = "often"', "catalogue.frequency is 'often'"),
        ('[catalogue]\nkeyword = ["x"]', "the setting catalogue.'keyword' is unknown; did you mean 'keywords'?"),
        ('[catalogue]\ncontact_email = "me"', "such as data@example.org"),
        ('[catalogue]\ncontact_page = "me"', "catalogue.contact_page must be an http or https IRI"),
        ('[catalogue]\nissued = "2024"', "without quotation marks: issued"),
        ('[catalogue]\npublisher_page = ""', "catalogue.publisher_page is missing"),
        ("[catalogue]\npage_size = 0", "catalogue.page_size is 0. Write a number from 1: page_size = 100"),
        ("[catalogue]\npage_size = true", "catalogue.page_size is True"),
        ('[catalogue]\npage_size = "50"', "catalogue.page_size is '50'"),
        ("catalogue = 1", "catalogue is no table"),
        ("[catalogue]\nservices = 1", "[catalogue.services.name]"),
        ('[catalogue.services.A]\nkind = "sparql"', "small letters, digits and hyphens, not 'A'"),
        ('[catalogue.services.a]\nkind = "soap"', "Write one of sparql, api"),
        ('[catalogue.services.a]\nkind = "api"\ntitle = "A"', "catalogue.services.a.endpoint is missing"),
        ('[catalogue.services.a]\nkind = "api"\nendpoint = "x"\ntitle = "A"', "must be an http or https IRI"),
        ('address = "https://example.org/data"', "where the release lies, '/' last"),
        ('address = "https://example.org/data/?a/"', "where the release lies, '/' last"),
        ('address = "data/"', "address must be an http or https IRI"),
    ],
)
def test_what_it_may_not_hold_is_told_with_the_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingError) as caught:
        settings(tmp_path, text)
    assert said in str(caught.value)
    assert "eugraph.toml" in str(caught.value)
