"""Good sites get full marks: the release of this repository from a folder and served, and a site that is not ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from eugraph.exchange.doctor import Report, doctor
from eugraph.findings import Severity
from eugraph.serve.negotiation import negotiate
from exchange.doctor.conftest import released
from exchange.doctor.planted import BASE
from exchange.doctor.sites import Answering, Given, files, hosted, table, turtle
from publish.catalogues import EVERYTHING
from serve.running import serving


def assert_full_marks(report: Report) -> None:
    assert [found for found in report.diagnoses if found.severity > Severity.INFO] == []
    assert report.score is not None
    lacking = [how for _, how in report.score.raises()]
    assert all(how.startswith("Add dcterms:temporal. ") for how in lacking), lacking  # an ontology is of no time
    assert not report.score.not_examined()
    assert not report.is_cut


def examined(report: Report) -> dict[str, list[str]]:
    return {section.name: section.examined for section in report.sections}


def test_the_reference_release_gets_full_marks_from_its_folder(release: Path) -> None:
    report = doctor(release)
    assert_full_marks(report)
    looked = examined(report)
    assert all(looked[name] for name in looked.keys() - {"negotiation", "media-types", "feed"})
    assert {found.code for found in report.diagnoses} <= {"feed-missing", "property-recommended"}


def test_the_reference_release_gets_full_marks_when_it_is_served(release: Path) -> None:
    with serving(release, "--rate", "0") as server:
        report = doctor(server.root, sample=60)
    assert_full_marks(report)
    looked = examined(report)
    assert looked["negotiation"] == ["20 identifiers"]
    assert all(looked[name] for name in looked.keys() - {"feed"})
    assert {found.code for found in report.diagnoses} <= {"feed-missing", "property-recommended", "linkset-type"}


def test_a_host_of_files_with_rules_gets_full_marks(small: Path) -> None:
    with hosted(files(small)) as host:
        assert_full_marks(doctor(host.root))


def test_a_release_whose_documents_and_identifiers_have_two_addresses_gets_full_marks(tmp_path: Path) -> None:
    folder = released(tmp_path, tmp_path / "dist", EVERYTHING)
    report = doctor(folder)
    assert_full_marks(report)
    assert report.base == "https://data.example.org/tiny/"
    with hosted(files(folder)) as host:
        assert_full_marks(doctor(host.root))


def test_two_looks_at_one_site_say_the_same(small: Path) -> None:
    first, second = (doctor(small, sample=7) for _ in range(2))
    assert first == second
    assert any("documents were looked at" in note for note in first.notes)


# A site that is not ours

ROOT = "https://data.stadt.example.eu/"
FOREIGN = f"""@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix hydra: <http://www.w3.org/ns/hydra/core#> .
@prefix lang: <http://publications.europa.eu/resource/authority/language/> .
@prefix file: <http://publications.europa.eu/resource/authority/file-type/> .
@prefix theme: <http://publications.europa.eu/resource/authority/data-theme/> .
@base <{ROOT}> .
<dcat/katalog> a dcat:Catalog ; dct:title "Offene Daten"@de ; dct:description "Daten der Stadt."@de ;
    dct:publisher <amt> ; dct:language lang:DEU ; dct:license <http://creativecommons.org/publicdomain/zero/1.0/> ;
    dct:issued "2020-01-01"^^xsd:date ; dct:modified "2026-01-01"^^xsd:date ; foaf:homepage <> ;
    dct:spatial <http://publications.europa.eu/resource/authority/country/DEU> ;
    dcat:themeTaxonomy <http://publications.europa.eu/resource/authority/data-theme> .
<amt> a foaf:Agent , foaf:Organization ; foaf:name "Amt für Statistik"@de ; dct:type <http://purl.org/adms/publishertype/LocalAuthority> .
<amt#kontakt> a vcard:Organization ; vcard:fn "Amt" ; vcard:hasEmail <mailto:amt@stadt.example.eu> .
"""
DATASET = """<dcat/katalog> dcat:dataset <daten/{n}> .
<daten/{n}> a dcat:Dataset ; dct:title "Bäume {n}"@de ; dct:description "Alle Bäume im Bezirk {n}."@de ;
    dct:publisher <amt> ; dcat:contactPoint <amt#kontakt> ; dcat:keyword "Bäume"@de ; dcat:theme theme:ENVI ;
    dct:identifier "{n}" ; dct:spatial <http://publications.europa.eu/resource/authority/country/DEU> ;
    dct:temporal <daten/{n}#zeit> ; dcat:distribution <daten/{n}#csv> ; dcat:landingPage <seite/{n}> ;
    dct:issued "2025-01-01"^^xsd:date ; dct:modified "2026-01-01"^^xsd:date ; dct:language lang:DEU ;
    dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
    dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> .
<daten/{n}#zeit> a dct:PeriodOfTime ; dcat:startDate "2020-01-01"^^xsd:date ; dcat:endDate "2025-01-01"^^xsd:date .
<daten/{n}#csv> a dcat:Distribution ; dct:title "CSV"@de ; dct:description "Als Tabelle."@de ;
    dcat:accessURL <download?id={n}> ; dcat:downloadURL <download?id={n}> ; dct:format file:CSV ;
    dcat:mediaType <http://www.iana.org/assignments/media-types/text/csv> ; dcat:byteSize "6"^^xsd:nonNegativeInteger ;
    dct:license <http://creativecommons.org/publicdomain/zero/1.0/> ; dct:issued "2025-01-01"^^xsd:date ;
    dct:rights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
    <http://data.europa.eu/r5r/availability> <http://publications.europa.eu/resource/authority/planned-availability/STABLE> .
"""
PAGE = '<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{n}</title>{head}</head><body>{body}</body></html>'


def html(body: str, head: str = "") -> Given:
    text = PAGE.format(n="Daten", head=head, body=body)
    return Given(headers={"Content-Type": "text/html; charset=utf-8"}, body=text.encode())


def foreign() -> Answering:
    """A portal without files: pages of datasets, a catalogue in two pages, downloads by a query, data by negotiation."""
    pages = {}
    for page, numbers in ((1, (1, 2)), (2, (3,))):
        address = f"{ROOT}dcat?page={page}"
        view = f"<{ROOT}dcat> a hydra:Collection ; hydra:totalItems 3 ; hydra:view <{address}> . <{address}> a hydra:PartialCollectionView"
        view += (
            f" ; hydra:first <{ROOT}dcat?page=1> ; hydra:last <{ROOT}dcat?page=2>"
            + f" ; hydra:next <{ROOT}dcat?page=2>" * (page == 1)
        )
        pages[f"/dcat?page={page}"] = turtle(f"{FOREIGN}{view} .\n" + "".join(DATASET.format(n=n) for n in numbers))
    described = f'<link rel="describedby" type="text/turtle" href="{ROOT}dcat?page=1">'
    links = "".join(f'<a href="/daten/{n}">Bäume {n}</a>' for n in (1, 2, 3))
    csv = Given(headers={"Content-Type": "text/csv; charset=utf-8"}, body=b"a,b\n1\n")
    answers = {
        "/": html(links, described),
        "/dcat/katalog": turtle(FOREIGN),
        **pages,
        **{f"/seite/{n}": html(f'<a href="/download?id={n}">CSV</a>') for n in (1, 2, 3)},
        **{f"/download?id={n}": csv for n in (1, 2, 3)},
    }

    def answering(path: str, headers: Mapping[str, str]) -> Given | None:
        if not path.startswith("/daten/"):
            return answers.get(path)
        chosen = negotiate(headers.get("accept"), ["text/html", "text/turtle"])
        if chosen is None:
            return Given(status=406)
        there = path.replace("daten", "seite") if chosen == "text/html" else "/dcat?page=1"
        return Given(status=303, headers={"Location": there, "Vary": "Accept"})

    return answering


def test_a_good_portal_that_is_not_ours_is_found_good() -> None:
    with hosted(foreign()) as host:
        report = doctor(host.root, published_at=ROOT)
    looked = examined(report)
    assert looked["paging"] == ["2 pages", "3 datasets"]
    assert looked["distributions"] == ["3 files"]
    assert [found for found in report.diagnoses if found.severity > Severity.INFO] == []


@pytest.mark.parametrize("form", [RdfFormat.RDF_XML, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES])
def test_a_catalogue_is_found_in_every_format_and_by_its_own_address(form: RdfFormat) -> None:
    triple = Triple(
        NamedNode(f"{ROOT}c"),
        NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        NamedNode("http://www.w3.org/ns/dcat#Catalog"),
    )
    body = serialize([triple], format=form)
    assert body is not None
    answer = Given(headers={"Content-Type": form.media_type}, body=body)
    with hosted(table({"/export?what=dcat": answer})) as host:
        report = doctor(f"{host.root}export?what=dcat")
    assert "catalogue-not-found" not in {found.code for found in report.diagnoses}


def test_a_catalogue_embedded_in_a_page_is_found() -> None:
    document = (
        '{"@context": {"dcat": "http://www.w3.org/ns/dcat#"}, "@id": "https://data.example/c", "@type": "dcat:Catalog"}'
    )
    page = html("", f'<script type="application/ld+json">{document}</script>')
    with hosted(table({"/": page})) as host:
        assert "catalogue-not-found" not in {found.code for found in doctor(host.root).diagnoses}


def test_a_context_on_the_same_site_is_fetched() -> None:
    document = b'{"@context": "/context.jsonld", "@id": "https://data.example/c", "@type": "dcat:Catalog"}'
    context = b'{"@context": {"dcat": "http://www.w3.org/ns/dcat#"}}'
    given = {"/catalog.jsonld": document, "/context.jsonld": context}
    with hosted(
        table({path: Given(headers={"Content-Type": "application/ld+json"}, body=body) for path, body in given.items()})
    ) as host:
        codes = {found.code for found in doctor(host.root).diagnoses}
    assert not codes & {"catalogue-not-found", "catalogue-unreadable"}


def test_identifiers_that_another_host_redirects_are_no_fault_of_a_plain_host(small: Path) -> None:
    """A host of files without rules: its documents stand, and who asks for identifiers comes through w3id.org."""
    good = files(small)

    def plain(path: str, headers: Mapping[str, str]) -> Given | None:
        name = path.lstrip("/")
        return good(path, headers) if not name or (small / name).exists() else None

    with hosted(plain) as host:
        report = doctor(host.root)
    assert [found for found in report.diagnoses if found.severity > Severity.INFO] == []
    negotiation = next(section for section in report.sections if section.name == "negotiation")
    assert negotiation.unexamined == ["Identifiers that the site does not answer itself: the host that they name does."]


def test_identifiers_at_the_site_itself_are_its_own_matter(small: Path) -> None:
    good = files(small)

    def moved(path: str, headers: Mapping[str, str]) -> Given | None:
        given = good(path, headers) if (small / path.lstrip("/")).exists() else None
        if given is None or not isinstance(given.body, bytes):
            return None
        return replace(given, body=given.body.replace(BASE.encode(), f"http://{headers['host']}/".encode()))

    with hosted(moved) as host:
        codes = {found.code for found in doctor(host.root).diagnoses}
    assert {"identifier-dead", "signpost-dead"} <= codes


@pytest.mark.parametrize(("other", "differs"), [("next.nt", False), ("next.ttl", False), ("last.nt", True)])
def test_a_form_may_lead_to_the_same_form_and_nowhere_else(other: str, differs: bool) -> None:
    text = (
        "<https://data.example/c> a <http://www.w3.org/ns/dcat#Catalog> ; <http://www.w3.org/ns/hydra/core#next> <{}> ."
    )
    lines = text.format("next.ttl"), text.format(f"https://data.example/{other}")
    given = {"/catalog.ttl": turtle(f"@base <https://data.example/> . {lines[0]}"), "/catalog.nt": turtle(lines[1])}
    with hosted(table(given)) as host:
        codes = {found.code for found in doctor(host.root).diagnoses}
    assert ("forms-differ" in codes) is differs
