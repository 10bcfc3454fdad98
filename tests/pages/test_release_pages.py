"""The pages of a tiny release and of the reference release: well-formed, linked, truthful."""

from __future__ import annotations

import gzip
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from conftest import copy_tiny
from eugraph.pipeline import build
from eugraph.reports import Library
from pages.checking import broken_links, read_pages, resolved
from pages.reading import Page

BASE = "https://w3id.org/eugraph/id/"
OTHER = "https://data.example.net/kg/"
EUG = "https://w3id.org/eugraph/ontology#"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the tiny workspace."""
    folder = tmp_path_factory.mktemp("pages")
    _, made = build(copy_tiny(folder / "tiny"), folder / "dist")
    assert made is not None
    return folder / "dist"


@pytest.fixture(scope="module")
def pages(small: Path) -> dict[str, Page]:
    return read_pages(small)


@pytest.fixture(scope="module")
def reference(release: Path) -> dict[str, Page]:
    return read_pages(release)


@pytest.fixture(scope="module")
def quads(release: Path) -> list[Quad]:
    return list(parse(gzip.decompress((release / "dump/all.nq.gz").read_bytes()), format=RdfFormat.N_QUADS))


def test_every_page_is_well_formed_and_every_link_of_it_alive(small: Path, pages: dict[str, Page]) -> None:
    assert broken_links(small, pages) == []


def test_every_link_of_the_reference_release_is_alive(release: Path, reference: dict[str, Page]) -> None:
    assert broken_links(release, reference) == []


def test_every_document_report_and_scheme_has_a_page(release: Path, reference: dict[str, Page]) -> None:
    named = {path.relative_to(release).with_suffix(".html").as_posix() for path in release.glob("query/*.rq")}
    own = {"ontology", "shapes", "query", "dump", "void.ttl"}
    for path in release.rglob("*.ttl"):
        name = path.relative_to(release)
        is_document = name.parts[0] not in own and len(name.parts) > 1 and not name.name.startswith("index.")
        if is_document or name.parts[:2] == ("ontology", "schemes"):
            named.add(name.with_suffix(".html").as_posix())
    named |= {"index.html", "query/index.html", "ontology/index.html", "shapes/index.html"}
    named |= {"validation.html", "licence.html", "project/index.html", "organisation/index.html"}
    assert named <= reference.keys()


def test_every_page_can_be_reached_from_the_first(release: Path, reference: dict[str, Page]) -> None:
    found, waiting = {"index.html"}, ["index.html"]
    while waiting:
        name = waiting.pop()
        for tag, _, address in reference[name].links:
            target = resolved(name, address.partition("#")[0])
            if tag == "a" and target in reference and target not in found:
                found.add(target)
                waiting.append(target)
    assert reference.keys() - found == set()


def test_no_page_has_a_script_but_its_json_ld_or_asks_for_anything_but_the_stylesheet(
    reference: dict[str, Page],
) -> None:
    for name, page in reference.items():
        for tag, attributes in page.tags:
            assert tag not in ("iframe", "img", "object", "embed", "form", "style", "base", "audio", "video")
            if tag == "script":
                assert attributes == {"type": "application/ld+json"}
            if tag == "link" and attributes["rel"] == "stylesheet":
                assert attributes["href"] == "../" * name.count("/") + "style.css"


def test_the_stylesheet_asks_for_nothing(small: Path) -> None:
    text = (small / "style.css").read_text()
    assert "url(" not in text
    assert "@import" not in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_every_page_is_in_the_manifest(small: Path, pages: dict[str, Page]) -> None:
    listed = json.loads((small / "release.json").read_text())["files"]
    assert set(pages) | {"style.css", "project/alpha.schema.jsonld"} <= set(listed)


def test_pages_under_another_base_are_the_same_after_putting_the_old_base_back(small: Path, tmp_path: Path) -> None:
    _, made = build(copy_tiny(tmp_path / "tiny"), tmp_path / "dist", base_iri=OTHER)
    assert made is not None
    other, own = (
        {path.relative_to(folder).as_posix() for path in folder.rglob("*") if "feed" not in path.parts}  # hashes moved
        for folder in (tmp_path / "dist", small)
    )
    assert other == own
    names = [path for path in sorted(other) if path.endswith((".html", ".schema.jsonld"))]
    names = [path for path in names if not path.startswith("dataset/")]  # tell the checksums of files that moved
    for name in names:
        text = (tmp_path / "dist" / name).read_text().replace(OTHER, BASE)
        # The ontology's own words speak of the base; they are not touched on either side.
        assert text == (small / name).read_text(), name
    alpha = (tmp_path / "dist/project/alpha.html").read_text()
    assert f'href="{OTHER}project/alpha"' in alpha
    assert BASE not in alpha


# What a page says


def test_the_page_of_a_project_reads_like_a_page(pages: dict[str, Page]) -> None:
    text = pages["project/alpha.html"].text
    assert "January 2021 – June 2023" in text.replace("1\N{NO-BREAK SPACE}January", "January")
    assert "1\u202f500\u202f000.50\N{NO-BREAK SPACE}EUR" in text
    assert "1\u202f000\u202f000.25\N{NO-BREAK SPACE}EUR" in text
    assert "coordinated by Example University" in text
    assert "Germany" in text
    assert "2 organisations from 2 countries are described here." in text
    assert EUG not in text


def test_names_in_other_languages_stand_with_their_language(pages: dict[str, Page]) -> None:
    page = pages["organisation/uni.html"]
    assert ("bdi", {"dir": "auto", "lang": "de"}) in page.tags
    assert "Beispiel-Universität (German)" in page.text


def test_claims_that_disagree_are_all_shown_with_source_and_rule(pages: dict[str, Page]) -> None:
    page = pages["project/alpha.html"]
    part = page.text[page.text.index("Where sources differ") :]
    assert "over 3" in part
    assert "A newspaper" in part
    assert "its source ranks higher" in part
    assert re.search(r"2 shown\s+The funder's record\s+2021\s+stated", part)
    assert "differ-numberOfPartners" in page.ids


def test_every_statement_leads_to_its_source_without_a_script(pages: dict[str, Page]) -> None:
    page = pages["project/alpha.html"]
    assert sum(tag == "details" for tag, _ in page.tags) == 3  # the project, its grant, its participations
    assert "claim/project/alpha/startDate/record" in page.ids
    part = page.text[page.text.index("Where this comes from") :]
    assert re.search(r"Start date\s+1\sJanuary 2021\s+The funder's record", part)
    assert re.search(r"Coordinator\s+Example University\s*Follows from statements about other things", part)


def test_an_organisation_tells_its_projects_with_roles_the_latest_first(pages: dict[str, Page]) -> None:
    text = pages["organisation/eha.html"].text
    assert re.search(r"Alpha\s*Project\s*participant\s*1\sJanuary 2021 – June 2023", text)


def test_a_successor_is_told_from_both_ends_and_known_to_be_derived(pages: dict[str, Page]) -> None:
    alpha = pages["project/alpha.html"].text
    assert re.search(r"Successor\s+Beta", alpha)
    assert re.search(r"Successor\s+BetaFollows from statements about other things", alpha)


def test_a_report_shows_names_the_query_and_its_files(pages: dict[str, Page]) -> None:
    page = pages["query/projects.html"]
    assert ("a", "href", "../project/alpha.html") in page.links
    assert {"projects.csv", "projects.json", "projects.rq"} <= {a.rpartition("/")[2] for _, _, a in page.links}
    assert "SELECT" in page.text
    assert ("span", {"class": "k"}) in page.tags


def test_what_has_no_name_is_called_by_what_it_belongs_to(reference: dict[str, Page]) -> None:
    page = reference["query/disputed-claims.html"]
    assert "claim on HARMONY" in page.text
    assert "claim/project/" not in page.text
    assert any(a.startswith("../project/harmony.html#claim/project/harmony/") for _, _, a in page.links)


def test_every_number_of_a_report_is_that_of_its_answer(small: Path, pages: dict[str, Page]) -> None:
    for path in (small / "query").glob("*.json"):
        cells = {cell["value"] for row in json.loads(path.read_text())["results"]["bindings"] for cell in row.values()}
        for _, value, _ in pages[f"query/{path.stem}.html"].pairs:
            assert value in cells | {"2026-11-23", "2026-01-02"}, (path.stem, value)


def test_every_class_property_and_shape_has_its_place(reference: dict[str, Page], release: Path) -> None:
    ontology = parse((release / "ontology/eugraph.ttl").read_bytes(), format=RdfFormat.TURTLE)
    terms = {q.subject.value for q in ontology if isinstance(q.subject, NamedNode)}
    ids = set(reference["ontology/index.html"].ids)
    assert {term.removeprefix(EUG) for term in terms if term.startswith(EUG)} <= ids
    shapes = "https://w3id.org/eugraph/shapes#"
    kinds = {NamedNode(f"http://www.w3.org/ns/shacl#{kind}Shape") for kind in ("Node", "Property")}
    named = {
        quad.subject.value.removeprefix(shapes)
        for path in (release / "shapes").glob("*.ttl")
        for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE)
        if quad.object in kinds and isinstance(quad.subject, NamedNode)
    }
    assert named <= set(reference["shapes/index.html"].ids)


def test_every_finding_is_on_the_page_of_the_validation(release: Path, reference: dict[str, Page]) -> None:
    report = json.loads((release / "validation.json").read_text())
    page = reference["validation.html"]
    rows = sum(tag == "tr" for tag, _ in page.tags) - sum(tag == "thead" for tag, _ in page.tags)
    assert rows == len(report["findings"]) > 0
    assert {value for tag, value, _ in page.pairs if tag == "data"} >= {str(n) for n in report["counts"].values()}


# Numbers are those of the graph


def plain(shown: str) -> str:
    return shown.replace("\u202f", "").replace("\N{MINUS SIGN}", "-")


def test_what_is_shown_of_a_number_is_the_number(reference: dict[str, Page]) -> None:
    checked = 0
    for name, page in reference.items():
        for tag, value, shown in page.pairs:
            if tag == "data" and re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
                if shown in ("yes", "no"):
                    continue
                assert Decimal(plain(shown)) == Decimal(value), name
                checked += 1
    assert checked > 1000


def test_every_number_on_the_page_of_harmony_is_in_the_graph(release: Path, reference: dict[str, Page]) -> None:
    page = reference["project/harmony.html"]
    text = page.text
    said = set()
    for quad in parse((release / "project/harmony.ttl").read_bytes(), format=RdfFormat.TURTLE):
        for node in (quad.subject, quad.object):
            if isinstance(node, (NamedNode, Literal)):
                said |= {str(Decimal(number)) for number in re.findall(r"\d+(?:\.\d+)?", node.value)}
                said |= {str(int(number)) for number in re.findall(r"\d+", node.value)}
    manifest = json.loads((release / "release.json").read_text())
    about = f"{manifest['version']} {manifest['date']} {manifest['licence']} {manifest['title']}"
    said |= {str(Decimal(number)) for number in re.findall(r"\d+(?:\.\d+)?", about)}
    said |= {str(int(number)) for number in re.findall(r"\d+", about)}
    countries = re.search(r"(\d+) organisations from (\d+) countries", text)
    assert countries is not None
    claims = re.findall(r"<claim/([^>]+)/[^/>]+(?:/\d+)?>\n", (release / "project/harmony.ttl").read_text())
    counted = {*countries.groups(), *(str(claims.count(of)) for of in claims)}
    codes = {n for q in _diseases(release) for n in re.findall(r"\d+", q)}
    begun = r'eug:startDate "([\d-]+)"'  # parts stand with their first day
    starts = [day for path in (release / "activity").glob("*.ttl") for day in re.findall(begun, path.read_text())]
    said |= {str(int(part)) for day in starts for part in day.split("-")}
    for number in re.findall(r"\d+(?:\u202f\d{3})*(?:\.\d+)?", text):
        exact = plain(number)
        assert {str(Decimal(exact)), exact.lstrip("0") or "0"} & said or exact in counted | codes, number


def _diseases(release: Path) -> list[str]:
    return [path.read_text() for path in (release / "disease").glob("*.ttl")]


def test_who_takes_part_in_harmony_is_counted_as_a_query_counts_it(
    reference: dict[str, Page], quads: list[Quad]
) -> None:
    takes = {
        q.subject
        for q in quads
        if q.predicate.value == f"{EUG}participatesIn" and q.object == NamedNode(f"{BASE}project/harmony")
    }
    who = {q.object for q in quads if q.predicate.value == f"{EUG}organisation" and q.subject in takes}
    where = {q.object for q in quads if q.predicate.value == f"{EUG}country" and q.subject in who}
    assert (
        f"{len(who)} organisations from {len(where)} countries are described here"
        in reference["project/harmony.html"].text
    )


def test_key_figures_of_the_start_page_are_those_of_queries(reference: dict[str, Page], quads: list[Quad]) -> None:
    def things(name: str) -> set[object]:
        return {q.subject for q in quads if q.predicate.value.endswith("#type") and q.object == NamedNode(EUG + name)}

    grants = things("Grant")
    given = {
        q.subject: Decimal(q.object.value)
        for q in quads
        if q.predicate.value == f"{EUG}euContribution" and q.subject in grants and isinstance(q.object, Literal)
    }
    euro = {q.subject for q in quads if q.predicate.value == f"{EUG}currency" and q.object == Literal("EUR")}
    total = sum((amount for grant, amount in given.items() if grant in euro), Decimal(0))
    countries = {q.object for q in quads if q.predicate.value == f"{EUG}country"}
    page = reference["index.html"]
    values = [Decimal(value) for tag, value, _ in page.pairs if tag == "data"][:6]
    assert values == [
        len(things("Project")),
        len([p for p in reference if re.fullmatch(r"organisation/[^./]+\.html", p)]) - 1,
        len(countries),
        total,
        len(things("Source")),
        len(set(quads)),
    ]
    assert f"{len(given.keys() & euro)} grants" in page.text


def test_a_list_names_every_thing_of_its_kind_in_order(reference: dict[str, Page]) -> None:
    page = reference["project/index.html"]
    rows = [
        a for tag, _, a in page.links if tag == "a" and a.startswith("../project/") and a != "../project/index.html"
    ]
    named = {f"../{name}" for name in reference if name.startswith("project/") and "index" not in name}
    assert set(rows) >= named
    assert "18 in all" in page.text


def test_a_long_dispute_begins_with_how_many_claims_give_each_value(
    reference: dict[str, Page], quads: list[Quad]
) -> None:
    told: dict[str, dict[str, str]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and "/claim/project/harmony/numberOfPartners/" in quad.subject.value:
            value = quad.object.value if isinstance(quad.object, (NamedNode, Literal)) else ""
            told.setdefault(quad.subject.value, {})[quad.predicate.value.rpartition("#")[2]] = value
    counts: dict[str, int] = {}
    for claim in told.values():
        word = claim.get("comparator", "exactly").rpartition("#")[2].rpartition("/")[2]
        value = claim["value"] if word == "exactly" else f"{word} {claim['value']}"
        counts[value] = counts.get(value, 0) + 1
    text = reference["project/harmony.html"].text
    part = text[text.index("Where sources differ") : text.index("Where this comes from")]
    for value, count in counts.items():
        assert re.search(rf"{value}( shown)? in {count} claims?\b", part), (value, count)
    assert f"All {len(told)} claims" in part
    assert len(told) > len(counts) > 1


def test_parts_stand_in_order_of_time(reference: dict[str, Page]) -> None:
    text = reference["project/harmony.html"].text
    text = text[text.index("Parts: activities") : text.index("Also noted")]
    years = [int(year) for year in re.findall(r"\b20\d\d\b", text)]
    assert years == sorted(years)
    assert len(years) > 1


def test_what_the_top_of_a_page_tells_is_told_again_only_where_sources_differ(reference: dict[str, Page]) -> None:
    def glance(name: str) -> str:
        text = reference[name].text
        return text[text.index("At a glance") : text.index("Where this comes from")]

    assert "Acronym" not in glance("project/harmony.html")
    assert "Coordinator" not in glance("project/harmony.html")
    assert re.search(r"Acronym\s+EuroBloodNet\s+sources differ", glance("network/eurobloodnet.html"))
    assert re.search(r"Founded\s+June 1992", glance("organisation/eha.html"))
    assert "Organisation type" not in glance("organisation/eha.html")


def test_a_class_leads_to_what_things_of_it_have(reference: dict[str, Page], quads: list[Quad]) -> None:
    page = reference["ontology/index.html"]
    things = {q.subject for q in quads if q.predicate.value.endswith("#type") and q.object == NamedNode(f"{EUG}Grant")}
    assert "used-Grant" in page.ids
    assert ("a", "href", "#used-Grant") in page.links
    assert re.search(rf"In this release: {len(things)}, with \d+ properties on Grant", page.text)


# schema.org


def test_what_a_page_embeds_is_its_profile_document(release: Path, reference: dict[str, Page]) -> None:
    seen = 0
    for name, page in reference.items():
        path = (release / name).with_suffix(".schema.jsonld")
        assert bool(page.scripts) == path.is_file(), name
        if page.scripts:
            assert page.json_ld == [json.loads(path.read_text())]
            assert page.scripts[0].strip() == path.read_text().strip()
            seen += 1
    assert seen > 500


def test_every_report_has_a_page(reference: dict[str, Page], repository: Path) -> None:
    assert {f"query/{name}.html" for name in Library.open(repository / "queries").reports} <= reference.keys()
