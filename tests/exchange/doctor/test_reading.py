"""What is read of answers: links, pages, rules for robots, sitemaps, addresses, media types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.exchange.doctor.reading.links import Link, header_links
from eugraph.exchange.doctor.reading.media import agree, ending_of, expected, stem_of
from eugraph.exchange.doctor.reading.page import read_page
from eugraph.exchange.doctor.reading.sitemap import Entry, read_sitemap
from eugraph.exchange.doctor.reading.tags import tags
from eugraph.exchange.doctor.robots import is_allowed, rules_for_all
from eugraph.exchange.doctor.site.address import Host, host_of, is_local
from eugraph.exchange.doctor.site.site import Names

HERE = "https://data.example/a/b"


def test_a_link_header_is_read_link_by_link() -> None:
    value = '<x.ttl>; rel="describedby alternate"; type="text/turtle; charset=utf-8", </y>;REL=next, <z>; rel=item; anchor="#q"'
    assert list(header_links(value, HERE)) == [
        Link("describedby", "https://data.example/a/x.ttl", "text/turtle"),
        Link("alternate", "https://data.example/a/x.ttl", "text/turtle"),
        Link("next", "https://data.example/y"),
    ]


def test_a_comma_in_a_target_or_a_quoted_text_ends_no_link() -> None:
    value = '<x,y>; rel=item; title="a, <b>; rel=next", <z>; rel=next'
    assert [(link.rel, link.target) for link in header_links(value, HERE)] == [
        ("item", "https://data.example/a/x,y"),
        ("next", "https://data.example/a/z"),
    ]


@given(st.text())
def test_any_header_is_read(value: str) -> None:
    assert all(link.rel for link in header_links(value, HERE))


@given(st.text(alphabet="<>/!-a b='\"&;scriptlnkhref"))
def test_any_page_is_read(text: str) -> None:
    assert read_page(text.encode(), "text/html", HERE).is_utf_8


def test_a_page_is_read_as_browsers_read_it() -> None:
    page = read_page(
        b"""<!doctype html><!-- <a href=no> --><BASE href="/c/"><LINK REL='cite-as' HREF=&#104;ttps://data.example/id/1>
        <script>if (a < b) { "<a href=no2>" }</script><script type="application/ld+json; charset=utf-8">{"a": "</b>"}</SCRIPT>
        <style>a[href="<a href=no3>"] {}</style><a title="x > y" href='d?e&amp;f' href=no4>x</a><a href=g/>h</a><img src=i.png/>""",
        "text/html; charset=utf-8",
        HERE,
    )
    assert page.links == [Link("cite-as", "https://data.example/id/1")]
    assert page.hrefs == ["https://data.example/c/d?e&f", "https://data.example/c/g/"]
    assert page.json_ld == ['{"a": "</b>"}']
    assert page.loaded == ["https://data.example/c/i.png/"]


def test_tags_that_never_end_are_left() -> None:
    assert [tag.name for tag in tags("<a href=x><b")] == ["a", "b"]
    assert [tag.text for tag in tags("<title>on and on")] == ["on and on"]


def test_a_page_in_another_charset_is_read_by_what_it_tells() -> None:
    page = read_page('<a href="/ü">x</a>'.encode("latin-1"), "text/html; charset=iso-8859-1", HERE)
    assert (page.hrefs, page.is_utf_8) == (["https://data.example/ü"], True)
    assert not read_page(b'<a href="/\xfc">x</a>', "text/html", HERE).is_utf_8


ROBOTS = """
User-agent: good
Disallow:

User-agent: bad
User-agent: *
Disallow: /private
Allow: /private/but-this
Disallow: /*.zip$
Disallow: /a*b*c  # a comment
Crawl-delay: 5
Disallow:

User-agent: other
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/private/x?y", False),
        ("/private/but-this/x", True),
        ("/x.zip", False),
        ("/x.zip?y", True),
        ("/a1b2c3", False),
        ("/acb", True),
        ("/PRIVATE", True),
    ],
)
def test_the_longest_rule_for_every_robot_decides(path: str, allowed: bool) -> None:
    assert is_allowed(f"https://data.example{path}", rules_for_all(ROBOTS)) is allowed


def test_a_rule_of_equal_length_that_allows_wins() -> None:
    assert is_allowed("https://e/x", rules_for_all("User-agent: *\nDisallow: /x\nAllow: /x"))


def test_a_pattern_of_many_stars_is_decided_at_once() -> None:
    rules = rules_for_all("User-agent: *\nDisallow: /" + "*a" * 2000 + "$")
    assert is_allowed("https://e/" + "a" * 1999 + "b", rules)


def test_a_sitemap_is_read_and_what_is_not_of_it_is_left_out() -> None:
    body = b"""<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="http://i/">
        <s:url><i:image><s:loc>no</s:loc></i:image><s:loc> https://e/1?a&amp;b </s:loc><s:lastmod>2026</s:lastmod></s:url>
        <s:url><s:loc>https://e/2</s:loc></s:url></s:urlset>"""
    found = read_sitemap(body)
    assert found.entries == [Entry("https://e/1?a&b", "2026"), Entry("https://e/2", "")]
    assert not found.is_index
    assert not found.fault


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://localhost/", True),
        ("http://LOCALHOST:8000/x", True),
        ("http://a.localhost", True),
        ("https://127.0.0.1/", True),
        ("https://10.2.3.4/", True),
        ("https://172.16.0.1/", True),
        ("https://192.168.1.1/", True),
        ("https://169.254.169.254/", True),
        ("https://100.64.0.1/", True),
        ("http://0.0.0.0/", True),
        ("https://[::1]/", True),
        ("https://[fe80::1]/", True),
        ("https://[fd00::1]/", True),
        ("https://[::ffff:127.0.0.1]/", True),
        ("https://[::ffff:8.8.8.8]/", False),
        ("https://[2002:7f00:1::]/", True),
        ("http://printer.local/", True),
        ("http://x.internal/", True),
        ("https://8.8.8.8/", False),
        ("https://example.org/", False),
        ("https://localhost.example.org/", False),
        ("https://user@localhost/", True),
        ("urn:x:localhost", False),
    ],
)
def test_an_address_that_only_neighbours_reach_is_told(address: str, local: bool) -> None:
    assert is_local(address) is local


def test_usual_ports_are_one_host_and_others_are_not() -> None:
    assert host_of("http://E.org/") == host_of("https://e.org:443/x") == Host("e.org", 0)
    assert host_of("http://e.org:8080") == Host("e.org", 8080)
    assert [host_of(bad) for bad in ("http://", "ftp://e/", "http://e:x/", "http://[e/", "x", "http://e:99999/")] == [
        None
    ] * 6


def test_endings_tell_the_type_and_what_belongs_together() -> None:
    assert [expected(f"https://e/{name}") for name in ("a.ttl", "a.jsonld?x", "a", "a.nq.gz", "a.csv#x")] == [
        "text/turtle",
        "application/ld+json",
        "",
        "application/gzip",
        "text/csv",
    ]
    assert stem_of("https://e/a.b/c.ttl") == stem_of("https://e/a.b/c.jsonld") == "https://e/a.b/c"
    assert ending_of("https://e/a.b/c") == ""
    assert agree("text/xml", "application/xml")
    assert not agree("text/plain", "text/turtle")


def test_a_site_of_three_addresses_is_asked_where_it_stands() -> None:
    names = Names("http://127.0.0.1/", "https://data.example/x/", "https://w3id.example/id/")
    assert (
        names.to_root("https://w3id.example/id/a") == names.to_root("https://data.example/x/a") == "http://127.0.0.1/a"
    )
    assert names.published("https://w3id.example/id/a") == "https://data.example/x/a"
    assert names.published("https://other.example/a") == "https://other.example/a"
