"""The metadata quality by the rules of data.europa.eu."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from pyoxigraph import Triple

from eugraph.exchange.doctor.dcat import Score, score
from eugraph.exchange.doctor.dcat.licences import is_known_licence
from eugraph.exchange.doctor.dcat.score import Asked, Measured
from eugraph.exchange.doctor.dcat.score.metrics import DIMENSIONS, METRICS
from exchange.doctor.dcat.foreign import BASE, foreign, statements

CATALOGUE = '<k> a dcat:Catalog ; dct:title "K"@en ; dct:description "K"@en ; dct:publisher <p> ; dcat:dataset <d> .\n'
EU = "http://publications.europa.eu/resource/authority"


def met(got: Score) -> dict[str, tuple[int, int]]:
    """Metric -> how many datasets meet it, of how many."""
    return {each.metric.key: (each.met, each.asked) for each in got.measured}


def points(got: Score) -> Mapping[str, float]:
    return {name: found for name, found, _ in got.dimensions()}


def test_the_metrics_add_up_to_what_the_portal_says() -> None:
    most = {name: sum(each.points for each in METRICS if each.dimension == name) for name in DIMENSIONS}
    assert most == {
        "findability": 100,
        "accessibility": 100,
        "interoperability": 110,
        "reusability": 75,
        "contextuality": 20,
    }
    assert sum(most.values()) == 405
    assert len({each.key for each in METRICS}) == len(METRICS) == 23


@pytest.mark.parametrize(
    ("share", "word"),
    [(405, "excellent"), (351, "excellent"), (350, "good"), (221, "good"), (220, "sufficient"), (121, "sufficient"), (120, "bad"), (0, "bad")],
)  # fmt: skip
def test_the_word_follows_from_the_points(share: int, word: str) -> None:
    """Of 405 datasets, so many meet everything."""
    got = Score(tuple(Measured(metric, share, 405) for metric in METRICS), 405)
    assert round(got.points) == share
    assert got.rating == word


def test_a_good_catalogue_of_others_gets_all_points() -> None:
    got = score(foreign(3), lambda _: 200)
    assert {key for key, (yes, of) in met(got).items() if yes < of} == set()
    assert (got.points, got.most, got.rating, got.datasets) == (405, 405, "excellent", 3)
    assert list(got.raises()) == []


def test_a_bare_dataset_gets_no_points_but_for_what_it_breaks_no_rule_of() -> None:
    text = '<d> a dcat:Dataset ; dct:title "D"@en ; dct:description "D"@en . <f> dcat:accessURL <a> .'
    got = score(statements(CATALOGUE + text), lambda _: 200)
    assert {key for key, (yes, _) in met(got).items() if yes} == {"dcat-ap"}
    assert (got.points, got.rating) == (30, "bad")
    assert next(iter(got.raises())) == (50, "Make dcat:accessURL answer with 2xx. 1 of 1 datasets lack it.")


def test_a_dataset_that_breaks_dcat_ap_loses_the_points_for_it_and_another_does_not() -> None:
    data = [each for each in foreign(2) if str(each.subject) != f"<{BASE}datei/0>" or "accessURL" not in str(each)]
    got = score(data)
    assert met(got)["dcat-ap"] == (1, 2)
    broken = statements('<daten/0> dct:issued "gestern"^^xsd:date .')
    assert met(score(foreign(2) + broken))["dcat-ap"] == (1, 2)


def test_of_several_distributions_the_best_counts_as_a_whole() -> None:
    """What one has and another has too is not added up."""
    text = f"""
        <d> a dcat:Dataset ; dct:title "D"@en ; dct:description "D"@en ; dcat:distribution <pdf>, <csv> .
        <pdf> a dcat:Distribution ; dcat:accessURL <a> ; dct:format <{EU}/file-type/PDF> ; dct:rights <r> ;
            dct:license <https://example.org/own> .
        <csv> a dcat:Distribution ; dcat:accessURL <b> ; dct:format <{EU}/file-type/CSV> .
    """
    found = met(score(statements(CATALOGUE + text)))
    assert found["non-proprietary"] == found["machine-readable"] == (1, 1)
    assert found["rights"] == found["licence"] == (0, 1)


def test_points_are_the_mean_over_datasets_of_which_it_is_known() -> None:
    data = [each for each in foreign(4) if str(each.subject) != f"<{BASE}daten/0>" or "#keyword" not in str(each)]
    got = score(data, {f"{BASE}seite/1": 200, f"{BASE}seite/2": 404, f"{BASE}datei/1.csv": 200})
    assert met(got)["keyword"] == (3, 4)
    assert met(got)["access-url-status"] == (1, 2)
    assert met(got)["download-url-status"] == (1, 1)
    assert points(got)["findability"] == 70 + 30 * 3 / 4
    assert points(got)["accessibility"] == 50 / 2 + 20 + 30
    assert next(iter(got.raises())) == (25, "Make dcat:accessURL answer with 2xx. 1 of 2 datasets lack it.")


@pytest.mark.parametrize("status", [199, 301, 404, 500])
def test_only_an_answer_with_2xx_counts(status: int) -> None:
    found = met(score(foreign(), lambda _: status))
    assert found["access-url-status"] == found["download-url-status"] == (0, 1)


def test_a_dataset_without_download_url_loses_the_points_for_its_answer_too() -> None:
    data = [each for each in foreign() if "downloadURL" not in str(each.predicate)]
    assert met(score(data, lambda _: 200))["download-url-status"] == (0, 1)
    nobody: list[Asked | None] = [None, {}, lambda _: None]
    for asked in nobody:  # nothing is known
        assert met(score(data, asked))["download-url-status"] == (0, 0)


def test_format_and_media_type_both_must_be_of_their_lists() -> None:
    data = [each for each in foreign() if "mediaType" not in str(each.predicate)]
    assert met(score(data))["format-vocabulary"] == (0, 1)
    own = statements("<datei/0> dcat:mediaType <csv> .")
    assert met(score(data + own))["format-vocabulary"] == (0, 1)
    assert met(score(data + own))["machine-readable"] == (1, 1)


def test_a_media_type_tells_an_open_format_too() -> None:
    data: list[Triple] = [each for each in foreign() if not str(each.predicate).endswith("terms/format>")]
    assert met(score(data))["non-proprietary"] == met(score(data))["machine-readable"] == (1, 1)


def test_the_dates_of_the_dataset_count_for_its_files() -> None:
    found = met(score(foreign()))
    assert found["issued"] == found["modified"] == (1, 1)


def test_without_datasets_nothing_is_examined() -> None:
    got = score([])
    assert (got.points, got.most, got.datasets, got.rating) == (0, 0, 0, "bad")
    assert len(got.not_examined()) == 23


def test_json_has_all_of_it() -> None:
    told = json.loads(json.dumps(score(foreign()).as_json()))
    assert told["points"] == told["most"] == 325
    assert told["dimensions"]["findability"] == {"points": 100, "most": 100}
    assert told["metrics"]["access-url-status"]["points"] is None
    assert told["metrics"]["keyword"] == {"dimension": "findability", "points": 30, "most": 30, "met": 1, "asked": 1}


@pytest.mark.parametrize(
    ("iri", "known"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", True),
        ("http://creativecommons.org/licenses/by-sa/3.0", True),
        ("https://creativecommons.org/licenses/by/3.0/at/legalcode", True),
        ("https://creativecommons.org/publicdomain/zero/1.0/", True),
        (f"{EU}/licence/CC_BY_4_0", True),
        ("https://opensource.org/licenses/MIT", True),
        ("http://opendatacommons.org/licenses/odbl/1.0/", True),
        ("https://www.etalab.gouv.fr/licence-ouverte-open-licence/", True),
        ("https://creativecommons.org/", False),
        ("https://creativecommons.org/licenses/by/9.0/", False),
        ("https://evil.example/?https://creativecommons.org/licenses/by/4.0/", False),
        ("https://example.org/terms", False),
    ],
)
def test_known_licences(iri: str, known: bool) -> None:
    assert is_known_licence(iri) is known
