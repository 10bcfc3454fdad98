"""Real files of CORDIS that lie beside the repository: their totals to the cent, and each count that was measured."""

from __future__ import annotations

import ast
import os
import random
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sources.cordis.importing import Imported

FULL = os.environ.get("EUGRAPH_CORDIS") == "full"


@pytest.fixture(scope="module")
def slice_of(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The haematology projects of Horizon Europe, as CSV and as XML."""
    folder = tmp_path_factory.mktemp("slice")
    with tarfile.open(shared / "cordis" / "haemato-subset.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def horizon(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """All of Horizon Europe."""
    if not FULL:
        pytest.skip("takes half a minute: make cordis")
    return Imported([shared / "cordis" / "horizon-tables.tar.xz"], tmp_path_factory.mktemp("horizon") / "out")


def test_the_slice_is_the_same_graph_from_csv_and_from_xml(slice_of: Path, tmp_path: Path) -> None:
    csv = Imported(sorted(slice_of.glob("*.csv")), tmp_path / "csv")
    xml = Imported([slice_of / "xml"], tmp_path / "xml")
    assert set(csv.lines) == set(xml.lines)
    assert csv.summary.things == xml.summary.things
    assert csv.summary.things["project"] == 120
    told = ("column-not-taken", "table-not-taken", "tally")
    counts, others = csv.counts(), xml.counts()
    assert {kind: n for kind, n in counts.items() if kind not in told} == {
        kind: n for kind, n in others.items() if kind not in told
    }


def test_horizon_2020_is_read_in_its_own_layout(shared: Path, tmp_path: Path) -> None:
    made = Imported([shared / "cordis" / "h2020-sample"], tmp_path / "out")
    assert made.summary.things["participation"] == 5149
    assert made.counts()["decimal-comma"] == 2050
    assert made.counts()["project-without-row"] == 35208
    roles = made.tally("organization", "role")
    assert roles == {
        "participant": 4030, "coordinator": 568, "thirdParty": 388, "partner": 160, "internationalPartner": 3
    }  # fmt: skip
    money: Counter[tuple[bool, bool]] = Counter()
    of_it: dict[str, set[str]] = {}
    for quad in made.quads:
        if quad.subject.value.startswith("https://w3id.org/eugraph/id/participation/115974/"):  # type: ignore[union-attr]  # no triple is a subject
            said = of_it.setdefault(str(quad.subject), set())
            said.add(quad.predicate.value.rpartition("#")[2])
            if quad.predicate.value.endswith("#euContribution") and float(quad.object.value):  # type: ignore[union-attr]  # money is no triple
                said.add("paid")
    for said in of_it.values():
        money["euContribution" in said, "paid" in said] += 1
    assert money[True, False] == 13  # industry partners, whose contribution is stated as nothing
    assert money[False, False] == 0


def test_the_totals_of_horizon_europe_match_to_the_cent(horizon: Imported) -> None:
    assert horizon.summary.money["project.ecMaxContribution"] == 5_052_623_823_367
    assert horizon.summary.money["organization.netEcContribution"] == 5_052_153_132_744
    assert horizon.summary.money["project.totalCost"] == 5_252_070_691_417
    things = horizon.summary.things
    assert (things["project"], things["participation"]) == (19_189, 119_242)
    assert (things["organisation"], things["result"]) == (30_721, 91_721)
    assert len(horizon.quads) == horizon.summary.statements == len(set(horizon.lines))


def test_the_ledger_reproduces_what_was_measured_of_horizon_europe(horizon: Imported) -> None:
    counts = horizon.counts()
    measured = {
        "signed-past-end": 2197, "closed-before-end": 133, "terminated-otherwise": 739, "total-not-stated": 9382,
        "no-eu-money": 0, "more-than-cost": 0, "parts-do-not-add-up": 67, "net-does-not-add-up": 58,
        "no-contribution": 20052, "no-net-contribution": 11, "no-cost": 42, "no-sme-flag": 315,
        "not-one-coordinator": 0, "organisation-twice": 149, "role-twice": 32, "order-repeats": 2220,
        "no-country": 2, "name-differs": 9, "vat-differs": 9, "city-differs": 277, "country-differs": 0,
        "sme-differs": 99, "activity-type-differs": 1, "rcn-differs": 0, "geolocation-differs": 5,
        "short-name-differs": 7, "street-differs": 12, "name-shared": 59, "vat-shared": 80,
        "geolocation-spaces": 3, "no-geolocation": 194, "wrong-geolocation": 0, "wrong-doi": 1, "doi-shared": 2414,
        "wrong-issn": 19, "no-grant-doi": 182, "grant-doi-of-another": 1, "objective-lines": 10029,
        "objective-tags": 1, "title-capitals": 920, "control-character": 0, "garbled": 1, "objective-long": 444,
        "teaser-cut": 19159, "acronym-shared": 650, "no-field": 2943, "paths-differ": 0, "title-shared": 46,
        "keywords-mixed": 37, "no-keywords": 1729, "negative-amount": 0, "confidential": 1, "no-nuts": 329,
        "subcall-differs": 0, "sme-public": 172, "no-vat": 6617,
    }  # fmt: skip
    assert {kind: counts[kind] for kind in measured} == measured
    columns = Counter((entry["kind"], entry.get("column")) for entry in horizon.ledger)
    assert (columns["double-space", "title"], columns["no-break-space", "objective"]) == (409, 65)
    assert Counter(entry["note"] for entry in horizon.entries("no-grant-doi")) == {"SIGNED": 180, "CLOSED": 2}
    by_scheme = Counter(entry["note"] for entry in horizon.entries("total-not-stated"))
    assert by_scheme.most_common(3) == [
        ("HORIZON-TMA-MSCA-PF-EF", 5185),
        ("HORIZON-ERC-POC", 981),
        ("HORIZON-CSA", 667),
    ]
    notes = {entry["value"]: entry["note"] for entry in horizon.entries("map-of-many")}
    assert notes["42.6978634,23.3221789"] == "145 organisations"
    assert [entry["about"] for entry in horizon.entries("confidential")] == ["101188114"]


def test_the_tallies_reproduce_how_often_values_stand_in_horizon_europe(horizon: Imported) -> None:
    tally = horizon.tally
    assert tally("organization", "role") == {
        "participant": 74877, "associatedPartner": 20052, "coordinator": 19189, "thirdParty": 5124
    }  # fmt: skip
    countries = tally("organization", "country")
    assert (len(countries), countries["EL"], countries["UK"], countries["XK"]) == (177, 5224, 5855, 17)
    assert tally("organization", "length of nutsCode") == {"5": 104870, "2": 14040, "0": 329, "4": 3}
    assert max(map(int, tally("organization", "participants of a project"))) == 199
    assert tally("result", "collection") == {
        "publication": 46959, "deliverable": 37051, "pubsum": 6942, "ipr": 768, "": 1
    }  # fmt: skip
    assert tally("result", "type")["PEER_REVIEWED_ARTICLE"] == 28892
    precision = {column: tally("project", f"decimals of {column}") for column in ("totalCost", "ecMaxContribution")}
    assert precision["ecMaxContribution"] == {"0": 9151, "1": 2499, "2": 7539}
    assert (precision["totalCost"]["0"], _parted(precision["totalCost"])) == (15152, 4037)
    for column, whole, parted, missing in (
        ("ecContribution", 62066, 37124, 20052), ("netEcContribution", 80153, 39078, 11), ("totalCost", 95320, 23880, 42)
    ):  # fmt: skip
        found = tally("organization", f"decimals of {column}")
        assert (found["0"], _parted(found), found[""]) == (whole, parted, missing)
    depths = {"4": 18123, "3": 13676, "5": 6514, "6": 1230, "2": 889, "7": 28, "1": 12}
    assert tally("euroSciVoc", "depth of euroSciVocCode") == depths
    assert len(tally("euroSciVoc", "euroSciVocCode")) == 957
    assert tally("project", "separators in keywords") == {",": 16564, ";": 299, ",;": 37, "": 2289}
    assert tally("legalBasis", "legalBasis")["HORIZON.1.2"] == 6678
    assert tally("legalBasis", "uniqueProgrammePart") == {"true": 19189, "": 5784}
    assert tally("policyPriorities", "code and weight")["/biodiversity 0"] == 16448


def _parted(precision: dict[str, int]) -> int:
    """How many amounts have decimals."""
    return sum(count for decimals, count in precision.items() if decimals not in ("", "0"))


def test_the_ledger_names_the_odd_acronyms_and_dois_that_were_found_in_horizon_europe(
    horizon: Imported, shared: Path
) -> None:
    measured = (shared / "cordis" / "horizon-quirks.txt").read_text(encoding="utf-8")
    acronyms = re.search(r"^acronym dup 650 weird (\[.+\])$", measured, re.MULTILINE)
    assert acronyms is not None
    assert [entry["value"] for entry in horizon.entries("acronym-signs")] == ast.literal_eval(acronyms[1])
    assert "doi with illegal IRI chars 5\n" in measured
    dois = [entry["value"] for entry in horizon.entries("doi-signs")]
    assert len(dois) == 12
    assert sum("\\" in value for value in dois) == 5  # the others have ?, #, % or a hyphen beyond ASCII
    assert [entry["value"] for entry in horizon.entries("wrong-doi")] == ["10.107/s10639-023-12408-x"]


def test_entries_are_found_again_at_their_place(horizon: Imported, shared: Path) -> None:
    drawn = random.Random(5).sample(horizon.ledger, 200)  # chosen by even chance, the same each time
    wanted: dict[str, list[dict[str, object]]] = {}
    for entry in drawn:
        wanted.setdefault(entry["file"].rpartition("/")[2], []).append(entry)
    with tarfile.open(shared / "cordis" / "horizon-tables.tar.xz") as archive:
        for member in archive:
            entries = wanted.pop(Path(member.name).name, [])
            file = archive.extractfile(member)
            lines = file.read().decode().split("\n") if entries and file else []
            for entry in entries:
                text = "\n".join(_row(lines, int(str(entry["line"]))))
                about = re.split(r"[/_]", str(entry.get("about", "")))[0]
                if entry["kind"] != "tally":
                    assert about in text
                    value = str(entry.get("value", ""))
                    assert value in text.replace('""', '"') or entry["kind"] in {
                        "name-shared", "doi-shared", "organisation-twice", "role-twice", "order-repeats",
                    }  # fmt: skip
    assert not wanted


def _row(lines: list[str], number: int) -> Iterator[str]:
    """The lines of a row: up to the next that begins with a number in quotation marks."""
    yield lines[number - 1]
    for line in lines[number:]:
        if re.match(r'"\d{9}";', line):
            return
        yield line
