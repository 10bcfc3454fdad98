"""Rows become the statements that they mean, and each fault an entry with file, line, column and value."""

from __future__ import annotations

from pathlib import Path

import pytest

from eugraph.config import open_workspace
from eugraph.derive import derive
from eugraph.loading import load
from eugraph.validate.engine import run_shapes
from sources.cordis.importing import BASE, INVENTED, Imported


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """Invented projects with every fault that the mapping knows how to tell."""
    return Imported([INVENTED], tmp_path_factory.mktemp("invented") / "out")


def test_a_project_is_what_its_row_says(invented: Imported) -> None:
    assert invented.said("project/900000001") == {
        "rdf:type": {"eug:Project"},
        "skos:prefLabel": {"TULIP@en"},
        "eug:acronym": {"TULIP"},
        "dcterms:title": {"Tulips under  pressure@en"},
        "dcterms:abstract": {'First line.\nSecond "line" with a \\ in it.@en'},
        "eug:startDate": {"2022-01-01^xsd:date"},
        "eug:endDate": {"2024-12-31^xsd:date"},
        "eug:terminationDate": {"2024-06-30^xsd:date"},
        "eug:status": {"status:signed"},
        "eug:rcn": {"800001"},
        "eug:grant": {"grant/900000001"},
        "dcat:keyword": {"tulip@en", "pressure@en"},
        "eug:fieldOfScience": {"field/219"},
        "eug:result": {"result/900000001-1-publihorizon", "result/900000001-2-publihorizon"},
        "foaf:homepage": {"<https://old.tulip.example/>"},
        "foaf:page": {
            "<https://cordis.europa.eu/project/id/900000001>",
            "<https://social.example/tulip>",
            "<https://tulip.example/>",
        },
        "dcterms:modified": {"2025-03-01^xsd:date"},
        "dcterms:source": {"source/cordis"},
    }


def test_a_total_of_nothing_beside_eu_money_is_not_stated(invented: Imported) -> None:
    assert invented.said("grant/900000001") == {
        "rdf:type": {"eug:Grant"},
        "skos:prefLabel": {"Grant agreement 900000001 (TULIP)@en"},
        "eug:grantNumber": {"900000001"},
        "eug:doi": {"<https://doi.org/10.3030/900000001>"},
        "eug:funder": {"organisation/european-commission"},
        "eug:fundingScheme": {"fscheme:horizon-ria"},
        "eug:euContribution": {"1000.5^xsd:decimal"},
        "eug:currency": {"EUR"},
        "eug:signatureDate": {"2021-12-01^xsd:date"},
        "eug:programme": {"programme/horizon-2-1", "programme/horizon-2-1-3"},
        "eug:call": {"call/horizon-hlth-2021-x-01", "call/horizon-hlth-2021-x-01-02"},
        "dcterms:source": {"source/cordis"},
    }
    (entry,) = invented.entries("total-not-stated")
    assert (entry["outcome"], entry["line"], entry["value"]) == ("mended", 2, "0")


def test_a_wrong_doi_is_kept_as_a_text(invented: Imported) -> None:
    assert invented.said("grant/900000003")["dcterms:identifier"] == {"doi: none"}
    assert invented.said("result/900000001-3-delivhorizon")["dcterms:identifier"] == {"10.1/x"}


def test_money_stated_as_nothing_is_told_from_money_not_stated(invented: Imported) -> None:
    third = invented.said("participation/900000001/999000002/participant-3")
    associated = invented.said("participation/900000001/999000003/associated-partner-3")
    assert third["eug:euContribution"] == {"0^xsd:decimal"}
    assert third["eug:currency"] == {"EUR"}
    assert not {"eug:euContribution", "eug:netEuContribution", "eug:currency"} & associated.keys()


def test_a_participation_has_role_place_and_money(invented: Imported) -> None:
    assert invented.said("participation/900000001/999000002/participant-2") == {
        "rdf:type": {"eug:Participation"},
        "eug:participatesIn": {"project/900000001"},
        "eug:organisation": {"organisation/999000002"},
        "eug:role": {"role:participant"},
        "eug:order": {"2^xsd:integer"},
        "eug:euContribution": {"400^xsd:decimal"},
        "eug:netEuContribution": {"400^xsd:decimal"},
        "eug:totalCost": {"400^xsd:decimal"},
        "eug:currency": {"EUR"},
        "eug:endedEarly": {"true^xsd:boolean"},
        "eug:confidence": {"confidence:stated"},
        "dcterms:source": {"source/cordis"},
    }


def test_a_decimal_comma_becomes_a_point(invented: Imported) -> None:
    said = invented.said("participation/900000002/999000003/coordinator-1")
    assert said["eug:netEuContribution"] == {"2400.5^xsd:decimal"}


def test_an_organisation_has_the_codes_of_others_by_its_country(invented: Imported) -> None:
    assert invented.said("organisation/999000001") == {
        "rdf:type": {"eug:Organisation"},
        "skos:prefLabel": {"UNIVERSITY OF NOWHERE@en"},
        "eug:legalName": {"UNIVERSITY  OF NOWHERE"},
        "eug:acronym": {"UN"},
        "eug:pic": {"999000001"},
        "eug:vat": {"EL123456789"},
        "eug:sme": {"true^xsd:boolean"},
        "eug:activityType": {"acttype:HES"},
        "eug:country": {"country:GRC"},
        "eug:nuts": {"EL303"},
        "eug:street": {"Road 1"},
        "eug:city": {"ATHINA"},
        "schema:latitude": {"37.98^xsd:decimal"},
        "schema:longitude": {"23.72^xsd:decimal"},
        "foaf:homepage": {"<http://www.nowhere.example/a%20b>"},
        "eug:rcn": {"700001"},
        "dcterms:source": {"source/cordis"},
    }


def test_of_names_that_differ_the_most_frequent_is_kept_and_the_other_too(invented: Imported) -> None:
    said = invented.said("organisation/999000003")
    assert (said["skos:prefLabel"], said["skos:altLabel"]) == ({"Works Renamed@en"}, {"Works (Old Name)@en"})
    printed = invented.said("participation/900000001/999000003/associated-partner-3")["eug:printedName"]
    assert printed == {"Works (Old Name)"}
    assert "eug:printedName" not in invented.said("participation/900000002/999000003/coordinator-1")


def test_a_project_without_a_row_is_known_by_its_number(invented: Imported) -> None:
    assert invented.said("project/900000077") == {
        "rdf:type": {"eug:Project"},
        "skos:prefLabel": {"Project 900000077@en"},
        "eug:grant": {"grant/900000077"},
        "foaf:page": {"<https://cordis.europa.eu/project/id/900000077>"},
        "dcterms:source": {"source/cordis"},
    }
    assert invented.said("grant/900000077")["eug:grantNumber"] == {"900000077"}


def test_a_publication_has_what_it_is_cited_by(invented: Imported) -> None:
    assert invented.said("result/900000001-1-publihorizon") == {
        "rdf:type": {"eug:Result"},
        "skos:prefLabel": {"Tulips & ice@en"},
        "dcterms:title": {"Tulips & ice@en"},
        "eug:resultKind": {"reskind:peerReviewedArticle"},
        "eug:doi": {"<https://doi.org/10.1234/abc_(1)%3C2%3E>"},
        "eug:issn": {"0378-5955"},
        "eug:authors": {"Doe, Jo"},
        "eug:journal": {"Flowers"},
        "eug:journalNumber": {"7"},
        "eug:publisherName": {"Garden Press"},
        "dcterms:issued": {"2024^xsd:gYear"},
        "eug:rcn": {"400001"},
        "dcterms:source": {"source/cordis"},
    }


def test_topics_are_part_of_calls_and_calls_of_programmes(invented: Imported) -> None:
    topic = invented.said("call/horizon-hlth-2021-x-01-02")
    assert topic["dcterms:isPartOf"] == {"call/horizon-hlth-2021-x-01"}
    assert topic["eug:officialName"] == {"HORIZON-HLTH-2021-X-01-02@en"}
    assert topic["dcterms:title"] == {"Tulips and health@en"}
    assert invented.said("call/horizon-hlth-2021-x-01")["dcterms:isPartOf"] == {"programme/horizon-2-1"}
    assert invented.said("programme/horizon-2-1-3")["dcterms:isPartOf"] == {"programme/horizon-2-1"}
    assert invented.said("programme/horizon-2")["dcterms:isPartOf"] == {"programme/horizon-europe"}


def test_fields_hang_below_each_other_as_their_codes_say(invented: Imported) -> None:
    assert invented.said("field/219")["skos:broader"] == {"field/39"}
    assert invented.said("field/39")["eug:officialName"] == {"clinical medicine@en"}
    assert invented.said("field/21")["skos:topConceptOf"] == {"<https://w3id.org/eugraph/scheme/field-of-science>"}


def test_a_scheme_that_our_list_lacks_is_described(invented: Imported) -> None:
    said = [quad for quad in invented.quads if quad.subject.value.endswith("funding-scheme#horizon-new-thing")]  # type: ignore[union-attr]  # no triple is a subject
    assert {"HORIZON-NEW-THING"} <= {getattr(quad.object, "value", "") for quad in said}


def test_licence_and_attribution_are_one_step_from_everything(invented: Imported) -> None:
    said = invented.said("source/cordis")
    assert said["dcterms:license"] == {"<https://creativecommons.org/licenses/by/4.0/>"}
    assert said["dcterms:rights"] == {"© European Union, CORDIS@en"}
    things = {quad.subject for quad in invented.quads}
    sourced = {quad.subject for quad in invented.quads if quad.predicate.value.endswith("/terms/source")}
    assert {str(thing) for thing in things - sourced} == {f"<{BASE}source/cordis>"}


def test_each_fault_is_entered_once_with_its_place(invented: Imported) -> None:
    counts = invented.counts()
    assert counts == {
        "acronym-shared": 1, "archived-link": 1, "city-differs": 1, "closed-before-end": 1, "column-not-taken": 2,
        "confidential": 1, "contradicting-row": 1, "cost-not-stated": 3, "decimal-comma": 2, "doi-case": 1,
        "doi-shared": 1, "doi-signs": 2, "double-space": 2, "doubtful-nuts": 1, "doubtful-vat": 1,
        "duration-differs": 1, "geolocation-spaces": 1, "grant-doi-of-another": 1, "issn-check-digit": 1,
        "keywords-mixed": 1, "markup": 1, "mended-address": 2, "more-than-cost": 1, "name-differs": 1,
        "name-shared": 1, "negative-amount": 1, "net-does-not-add-up": 1, "no-contribution": 1, "no-cost": 1,
        "no-eu-money": 1, "no-field": 2, "no-geolocation": 3, "no-identifier": 2, "no-keywords": 1,
        "no-net-contribution": 1, "no-nuts": 2, "no-pic": 1, "no-project-number": 1, "no-result-kind": 1,
        "no-signature-date": 1, "no-sme-flag": 4, "no-title": 1, "no-vat": 1, "objective-lines": 1,
        "order-repeats": 1, "organisation-twice": 2, "placeholder": 1, "project-without-row": 1, "repeated-row": 2,
        "result-of-another": 1, "role-twice": 1, "several-homepages": 1, "signed-past-end": 1, "sme-public": 1,
        "spellings": 1, "table-not-taken": 1, "tally": counts["tally"], "teaser-cut": 1, "terminated-otherwise": 1,
        "title-capitals": 2, "title-shared": 1, "total-not-stated": 1, "unknown-code": 3, "unknown-role": 1,
        "unknown-scheme": 1, "wrong-address": 2, "wrong-amount": 1, "wrong-date": 1, "wrong-doi": 2,
        "wrong-geolocation": 1, "wrong-isbn": 1, "wrong-issn": 1, "wrong-nuts": 1, "wrong-order": 1,
        "wrong-truth-value": 1, "wrong-vat": 1, "wrong-year": 1,
    }  # fmt: skip
    of_many = {"acronym-shared", "doi-shared", "name-shared", "title-shared", "tally", "net-does-not-add-up", "no-pic"}
    of_many |= {"organisation-twice", "role-twice", "order-repeats"}
    for entry in invented.ledger:
        row = Path(entry["file"]).read_text("utf-8").splitlines()[entry["line"] - 1 :][:2]
        assert row
        if entry["kind"] not in of_many:
            assert entry.get("value", "").split("\n")[0] in " ".join(row)


def test_the_ledger_tells_how_many_decimals_amounts_have(invented: Imported) -> None:
    assert invented.tally("project", "decimals of ecMaxContribution") == {"1": 1, "0": 2}  # abc has none either
    assert sum(invented.tally("organization", "decimals of ecContribution").values()) == sum(
        invented.tally("organization", "role").values()
    )


@pytest.mark.parametrize(("acronym", "is_odd"), [("ELANA®", True), ("A – B", True), ("RS³", False), ("ÉLAN-α", False)])
def test_an_acronym_with_signs_that_are_hard_to_type_is_noted(tmp_path: Path, acronym: str, is_odd: bool) -> None:
    text = (
        (INVENTED / "project.csv")
        .read_text(encoding="utf-8")
        .replace('"900000001";"TULIP"', f'"900000001";"{acronym}"')
    )
    (tmp_path / "project.csv").write_text(text, encoding="utf-8")
    made = Imported([tmp_path / "project.csv"], tmp_path / "out")
    assert [entry["value"] for entry in made.entries("acronym-signs")] == [acronym] * is_odd
    assert made.said("project/900000001")["eug:acronym"] == {acronym}


def test_the_shapes_find_nothing_but_what_the_ledger_tells(invented: Imported, repository: Path) -> None:
    loaded = load(open_workspace(repository))
    derived = derive(invented.quads, loaded.ontology.quads, base_iri=BASE)
    results = run_shapes([*invented.quads, *derived, *loaded.ontology.quads], loaded.shapes.quads).results
    found = {result.shape.value.rpartition("#")[2] for result in results if "Info" not in result.severity.value}
    assert found == {
        "grant-doi-number",  # grant-doi-of-another
        "grant-euContribution-total",  # more-than-cost
        "organisation-nuts-country",  # doubtful-nuts
        "organisation-sme-public",  # sme-public
        "participation-duplicate",  # role-twice
        "result-isbn",  # wrong-isbn
        "result-issn",  # wrong-issn
    }
