"""Sites that are broken or mean harm: the doctor ends, says so, and asks nobody that it should not."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from eugraph.errors import SiteError, SiteTimeoutError
from eugraph.exchange.doctor import Report, doctor
from eugraph.exchange.doctor.examination import examine_site
from eugraph.exchange.doctor.site.limits import MIB, Limits
from eugraph.exchange.doctor.wishes import Wishes
from exchange.doctor.sites import Answering, Given, hosted, table, turtle

PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix hydra: <http://www.w3.org/ns/hydra/core#> .
@prefix void: <http://rdfs.org/ns/void#> . @prefix tree: <https://w3id.org/tree#> . @prefix ldes: <https://w3id.org/ldes#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix dcterms: <http://purl.org/dc/terms/> .
"""
CATALOGUE = (
    PREFIXES
    + "<https://data.example/c> a dcat:Catalog ; dcat:dataset <https://data.example/d> .\n<https://data.example/d> a dcat:Dataset .\n"
)
SMALL = Limits(
    answer_s=2, total_s=20, answer_bytes=MIB, unpacked_bytes=4 * MIB, nested_bytes=4 * MIB, pages=50, statements=10_000
)


def examined(answering: Answering, limits: Limits = SMALL) -> Report:
    with hosted(answering) as host:
        return examine_site(host.root, Wishes(limits=limits))


def told(report: Report) -> set[str]:
    return {found.code for found in report.diagnoses}


def page(number: int, after: str) -> Given:
    return turtle(
        f"{PREFIXES}<> hydra:next <{after}> . <https://data.example/c> a dcat:Catalog .\n"
        f"<https://data.example/d{number}> a dcat:Dataset .\n"
    )


def test_redirects_without_end_are_left() -> None:
    def answering(path: str, headers: Mapping[str, str]) -> Given | None:
        number = int(path.partition("n=")[2] or 0)
        return (
            Given(status=302, headers={"Location": f"/catalog.ttl?n={number + 1}"}) if "catalog.ttl" in path else None
        )

    with hosted(answering) as host:
        report = doctor(f"{host.root}catalog.ttl")
        assert len(host.asked) < 100
    assert {"start-unreachable", "catalogue-not-found"} <= told(report)
    assert "The redirects never end" in str(report.diagnoses)


def test_a_redirect_to_itself_is_left() -> None:
    report = examined(lambda path, _: Given(status=301, headers={"Location": path}))
    assert "start-unreachable" in told(report)


def endless() -> Iterator[bytes]:
    while True:
        yield b"# and so on\n" * 10_000


def drops() -> Iterator[bytes]:
    while True:
        time.sleep(0.2)
        yield b"#"


def test_an_answer_without_end_is_cut() -> None:
    report = examined(
        lambda path, _: Given(headers={"Content-Type": "text/turtle"}, body=endless()) if path == "/" else None
    )
    assert "The answer is larger than harvesters read" in str(report.diagnoses)


def test_an_answer_that_drips_is_given_up() -> None:
    started = time.monotonic()
    report = examined(
        lambda path, _: Given(headers={"Content-Type": "text/turtle"}, body=drops()) if path == "/" else None
    )
    assert "No whole answer comes in time" in str(report.diagnoses)
    assert time.monotonic() - started < 15


def test_the_time_for_everything_is_kept_and_told() -> None:
    def answering(path: str, headers: Mapping[str, str]) -> Given | None:
        time.sleep(0.1)
        return turtle(CATALOGUE) if path == "/" else None

    started = time.monotonic()
    report = examined(answering, Limits(answer_s=2, total_s=3))
    assert report.is_cut
    assert time.monotonic() - started < 6


def test_a_site_that_is_too_slow_to_begin_with_is_an_error_of_its_own() -> None:
    def answering(path: str, headers: Mapping[str, str]) -> Given | None:
        time.sleep(0.3)
        return None

    with pytest.raises(SiteTimeoutError):
        examined(answering, Limits(answer_s=2, total_s=1))


def bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * MIB
    return b"".join([*(packer.compress(block) for _ in range(64)), packer.flush()])


def test_a_packed_answer_that_swells_is_cut() -> None:
    swelling = Given(headers={"Content-Type": "text/turtle", "Content-Encoding": "gzip"}, body=bomb())
    report = examined(table({"/": swelling}))
    assert "The answer is larger than harvesters read" in str(report.diagnoses)


def test_an_answer_that_is_no_gzip_although_it_says_so_is_told() -> None:
    report = examined(
        table({"/": Given(headers={"Content-Type": "text/turtle", "Content-Encoding": "gzip"}, body=b"x" * 99)})
    )
    assert "cannot be unpacked" in str(report.diagnoses)


@pytest.mark.parametrize("name", ["all.nt.gz", "all.ttl.gz", "all.jsonld.gz"])
def test_a_dump_that_swells_is_not_counted(name: str) -> None:
    void = turtle(f"{PREFIXES}<#all> a void:Dataset ; void:dataDump <{name}> ; void:triples 5 .")
    report = examined(table({"/void.ttl": void, f"/{name}": Given(body=bomb())}))
    section = next(section for section in report.sections if section.name == "void")
    assert "too large to be counted" in str(section.unexamined)


def test_of_a_dump_of_too_many_statements_only_the_number_counts() -> None:
    lines = "".join(f"<https://e/{number}> <https://e/p> <https://e/o> .\n" for number in range(12_000))
    for told, codes in ((12_000, set()), (5, {"void-triples-differ"})):
        void = turtle(f"{PREFIXES}<#all> a void:Dataset ; void:dataDump <all.nt> ; void:triples {told} .")
        report = examined(table({"/void.ttl": void, "/all.nt": Given(body=lines.encode())}))
        assert {found.code for found in report.diagnoses if found.check == "void"} == codes


# Pages


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        ({"/": page(1, "/2"), "/2": page(2, "/")}, "page-cycle"),
        ({"/": page(1, "/")}, "page-cycle"),
        ({"/": page(1, "/2"), "/2": page(2, "/3"), "/3": page(3, "/2")}, "page-cycle"),
        ({"/": page(1, "/2"), "/2": page(1, "/3"), "/3": turtle(CATALOGUE)}, "page-repeated"),
        ({"/": page(1, "/2")}, "page-dead"),
        ({"/": page(1, "/2"), "/2": turtle("no turtle")}, "page-unreadable"),
        ({"/": page(1, "/2"), "/2": turtle("# x\n" * MIB)}, "page-too-large"),
        ({"/": page(1, "https://other.example/2")}, "page-elsewhere"),
        ({"/": page(1, "http://10.0.0.1/2")}, "page-local"),
        ({"/": page(1, "http://[::1]:8080/2")}, "page-local"),
    ],
)
def test_pages_that_lead_astray_are_told(pages: dict[str, Given], code: str) -> None:
    report = examined(table(pages))
    assert [each.code for each in report.diagnoses if each.check == "paging"] == [code]


def test_pages_without_end_are_left_and_told() -> None:
    def answering(path: str, headers: Mapping[str, str]) -> Given | None:
        number = path[2:] or "0"
        return page(int(number), f"/p{int(number) + 1}") if path[1:2] in ("p", "") and number.isdigit() else None

    report = examined(answering)
    assert "pages-endless" in told(report)


def test_ten_thousand_pages_are_walked_each_dataset_once() -> None:
    last = 10_000

    def answering(path: str, headers: Mapping[str, str]) -> Given | None:
        if path[1:2] not in ("p", "") or not (path[2:] or "0").isdigit():
            return None
        number = int(path[2:] or 0)
        text = f"<https://data.example/c> a dcat:Catalog .\n<https://data.example/d{number}> a dcat:Dataset .\n"
        after = f"<> hydra:next </p{number + 1}> ; hydra:totalItems {last} .\n" if number < last - 1 else ""
        return turtle(PREFIXES + after + text)

    report = examined(answering, Limits(total_s=300))
    paging = next(section for section in report.sections if section.name == "paging")
    assert paging.examined == ["10,000 pages", "10,000 datasets"]
    assert not paging.diagnoses


def test_a_catalogue_that_counts_wrongly_is_told() -> None:
    text = "<> hydra:totalItems 3 . <https://data.example/c> a dcat:Catalog . <https://data.example/d> a dcat:Dataset ."
    assert "catalogue-incomplete" in told(examined(table({"/": turtle(PREFIXES + text)})))


# What is no RDF


@pytest.mark.parametrize(
    "given",
    [
        Given(headers={"Content-Type": "text/turtle"}, body=b"\xff\xfe\x00<"),
        Given(headers={"Content-Type": "text/turtle"}, body='<a> <b> "über" .'.encode("latin-1")),
        Given(headers={"Content-Type": "text/turtle"}, body=b"<html><body>Not found</body></html>"),
        Given(headers={"Content-Type": "application/ld+json"}, body=b"[" * 100_000),
        Given(headers={"Content-Type": "application/ld+json"}, body=b'{"a":' * 100_000),
        Given(
            headers={"Content-Type": "application/ld+json"},
            body=b'{"@context": "https://other.example/c", "@id": "x:y", "a": 1}',
        ),
        Given(headers={"Content-Type": "application/rdf+xml"}, body=b'<!DOCTYPE r [<!ENTITY a "aaaa">]><r>&a;</r>'),
        Given(headers={"Content-Type": "application/rdf+xml"}, body=b"<r>" * 100_000),
        Given(headers={"Content-Type": "text/turtle"}, body=b"<a:a> <a:b> " + b"[ <a:c> " * 5_000),
    ],
)
def test_what_is_no_rdf_is_told_and_survived(given: Given) -> None:
    assert {"catalogue-unreadable", "catalogue-not-found"} <= told(examined(table({"/": given})))


def test_graphs_that_cannot_be_told_apart_in_time_are_left() -> None:
    nodes = 14  # a complete graph: naming its nodes takes for ever
    edges = "".join(f"_:n{a} <https://e/p> _:n{b} .\n" for a in range(nodes) for b in range(nodes) if a != b)
    text = CATALOGUE + edges
    report = examined(
        table(
            {
                "/catalog.ttl": turtle(text),
                "/catalog.nt": Given(headers={"Content-Type": "application/n-triples"}, body=edges.encode()),
            }
        ),
        Limits(answer_s=2, total_s=60),
    )
    forms = next(section for section in report.sections if section.name == "forms")
    assert "cannot be told apart" in str(forms.unexamined)


@pytest.mark.parametrize(
    "body",
    [
        b"\x1f\x8b broken",
        gzip.compress(b"<urlset" + b" " * (60 * MIB) + b"/>", 9),
        b'<!DOCTYPE u [<!ENTITY a "b">]><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>',
        b"<html/>",
        b"",
    ],
)
def test_a_sitemap_that_crawlers_drop_is_told(body: bytes) -> None:
    assert "sitemap-broken" in told(examined(table({"/": turtle(CATALOGUE), "/sitemap.xml": Given(body=body)})))


def test_a_sitemap_with_too_many_pages_is_told() -> None:
    entries = b"".join(b"<url><loc>https://data.example/%d</loc></url>" % number for number in range(50_001))
    body = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + entries + b"</urlset>"
    report = examined(
        table({"/": turtle(CATALOGUE), "/sitemap.xml": Given(body=body)}), Limits(answer_s=10, total_s=120)
    )
    assert "sitemap-too-long" in told(report)


def test_an_index_that_names_itself_ends() -> None:
    with hosted(lambda path, _: index if path == "/sitemap.xml" else None) as host:
        index = Given(
            body=f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{host.root}sitemap.xml'
            "</loc></sitemap></sitemapindex>".encode()
        )
        doctor(host.root)
        assert host.asked.count("GET /sitemap.xml") == 1


@pytest.mark.parametrize(
    "text", ["<" * 20_000, "<a " * 20_000, "<!--" * 20_000, "<![" * 20_000, "&#" * 20_000, "<a b='" * 9_000]
)
def test_a_page_that_never_closes_anything_is_read_in_time(text: str) -> None:
    started = time.monotonic()
    examined(table({"/": Given(headers={"Content-Type": "text/html"}, body=text.encode())}))
    assert time.monotonic() - started < 10


# Where nobody may be sent


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "gopher://127.0.0.1/"]
)
def test_a_redirect_to_another_scheme_is_not_followed(target: str) -> None:
    redirect = Given(status=302, headers={"Location": target})
    report = examined(
        table({"/": turtle(CATALOGUE + "<https://data.example/d> dcat:landingPage <go> ."), "/go": redirect})
    )
    assert "it redirects to what is no http or https address" in str(report.diagnoses)


@pytest.mark.parametrize(
    "name", ["localhost", "127.0.0.1", "[::1]", "127.1", "2130706433", "0x7f000001", "169.254.169.254"]
)
def test_a_redirect_to_another_port_or_name_of_the_machine_is_not_followed(name: str) -> None:
    with hosted(table({"/secret": turtle(CATALOGUE)})) as secret:
        redirect = Given(status=302, headers={"Location": f"http://{name}:{secret.port}/secret"})
        linked = turtle(CATALOGUE + "<https://data.example/d> dcat:landingPage <go> .")
        report = examined(table({"/": linked, "/go": redirect, "/catalog.ttl": redirect}))
        assert not secret.asked
    assert "link-dead" in told(report)


def test_what_the_catalogue_links_of_the_machine_is_not_asked_even_with_external() -> None:
    with hosted(table({"/secret": turtle(CATALOGUE)})) as secret:
        urls = [f"http://{name}:{secret.port}/secret" for name in ("127.0.0.1", "localhost", "127.1", "2130706433")]
        links = " ".join(f"<https://data.example/d> dcat:landingPage <{url}> ." for url in urls)
        with hosted(table({"/": turtle(CATALOGUE + links)})) as host:
            examine_site(host.root, Wishes(limits=SMALL, external=True))
        assert not secret.asked


def test_a_context_elsewhere_is_not_fetched() -> None:
    with hosted(table({"/c.jsonld": Given(body=b"{}")})) as other:
        document = f'{{"@context": "http://127.0.0.1:{other.port}/c.jsonld", "@id": "x:y", "a": 1}}'.encode()
        examined(table({"/": Given(headers={"Content-Type": "application/ld+json"}, body=document)}))
        assert not other.asked


@pytest.mark.parametrize("target", ["", "ftp://data.example/", "file:///etc", "http://", "http://[x/", "http://a b/"])
def test_what_is_no_address_and_no_folder_is_refused(target: str) -> None:
    with pytest.raises(SiteError):
        doctor(target)


def test_a_host_that_answers_nobody_is_told(tmp_path: object) -> None:
    with pytest.raises(SiteError, match="no connection can be made"):
        doctor("http://127.0.0.1:9/")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.ttl").write_text(CATALOGUE)
    site = tmp_path / "site"
    site.mkdir()
    (site / "catalog.ttl").symlink_to(tmp_path / "secret.ttl")
    (site / "index.html").write_text(
        '<link rel="describedby" type="text/turtle" href="../secret.ttl"><a href="%2e%2e/secret.ttl">x</a>'
    )
    assert "catalogue-not-found" in told(doctor(site))


def test_a_flood_of_headers_is_told() -> None:
    flood = Given(headers={f"X-{number}": "x" * 100 for number in range(200)}, body=b"x")
    with pytest.raises(SiteError, match="the answer breaks the rules of HTTP"):
        examined(table({"/": flood}))
    assert "The answer breaks" not in str(examined(table({"/": turtle(CATALOGUE), "/catalog.ttl": flood})).diagnoses)


def test_a_server_that_is_busy_is_asked_again_after_a_pause() -> None:
    asked: list[str] = []

    def answering(path: str, headers: Mapping[str, str]) -> Given | None:
        asked.append(path)
        if path == "/" and asked.count("/") < 3:
            return Given(status=429, headers={"Retry-After": "0"})
        return turtle(CATALOGUE) if path == "/" else None

    assert "start-unreachable" not in told(examined(answering))
