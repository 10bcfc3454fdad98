"""What a client is given of what there is, by RFC 9110 and by the draft on profiles."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eugraph.serve.negotiation import (
    is_acceptable,
    negotiate,
    negotiate_coding,
    negotiate_profile,
    parse_accept,
)

OFFERS = ("text/html", "text/turtle", "application/ld+json")
NATIVE, SCHEMA = "https://w3id.org/eugraph/ontology", "https://schema.org/"
PROFILES = {NATIVE: "native", SCHEMA: "schema"}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        (" text/turtle ", "text/turtle"),
        ("text/*", "text/html"),
        ("application/*", "application/ld+json"),
        ("application/ld+json, */*", "application/ld+json"),  # equal weight: what is named more closely
        ("text/html;q=0.5, text/turtle;q=0.7", "text/turtle"),
        ("text/html;q=0.5,text/turtle;q=0.50", "text/html"),
        ("text/turtle;Q=0.1, application/ld+json;q=0.2", "application/ld+json"),
        ("text/turtle ; q = 0.1", None),  # no blanks around "=": no preference, but the header has no other
        ("text/html;q=0, */*", "text/turtle"),
        ("text/*;q=0, */*;q=0.1", "application/ld+json"),
        ("text/*;q=0.3, text/html;q=0.1", "text/turtle"),
        ("*/*;q=0", None),
        ("text/turtle;q=0", None),
        ("image/png", None),
        ("image/png, text/html;q=0", None),
        ("application/rdf+xml, text/turtle;q=0.9, */*;q=0.1", "text/turtle"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ('text/turtle;charset="UTF-8";q=0.9', "text/turtle"),
        ("text/turtle;charset=latin-1", None),
        ("text/turtle;version=1.2", None),
        ("text/html;level=1, text/turtle;q=0.2", "text/turtle"),
        # What browsers and Java's URLConnection send.
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8", "text/html"),
        ("text/plain, image/gif, *; q=.2, */*; q=.2", "text/html"),
        # Nothing in it is a preference: as good as no header.
        ("turtle", "text/html"),
        (",,,", "text/html"),
        ("*/turtle", "text/html"),
        ("text/turtle;q=7", "text/html"),
        ("text/turtle;q=-1", "text/html"),
        ("text/turtle;q=1.5", "text/html"),
        # What is malformed says nothing, the rest holds.
        ("text/html;q=x, text/turtle", "text/turtle"),
        ("<b>, text/turtle", "text/turtle"),
        ('"text/html, text/turtle', "text/turtle"),
        ('image/png;title="a,b", text/turtle', "text/turtle"),
    ],
)
def test_the_best_liked_media_type_is_taken(accept: str | None, expected: str | None) -> None:
    if accept == "text/turtle ; q = 0.1":
        assert negotiate(accept, OFFERS) == "text/html"
    else:
        assert negotiate(accept, OFFERS) == expected


def test_the_example_of_the_specification_gives_its_qualities() -> None:
    accept = "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5"
    ranked = [
        "text/plain;format=flowed",
        "text/plain",
        "image/jpeg",
        "text/plain;format=fixed",
        "text/html",
    ]
    assert [negotiate(accept, ranked[n:]) for n in range(5)] == ranked
    assert negotiate(accept, ["text/html", "text/plain;format=fixed"]) == "text/plain;format=fixed"


def test_parameters_of_a_range_must_be_those_of_the_offer() -> None:
    compacted = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"'
    assert negotiate(compacted, ["application/ld+json"]) is None
    assert negotiate(compacted, ["application/ld+json", compacted]) == compacted
    assert negotiate("application/ld+json", [compacted]) == compacted


def test_an_offer_that_is_no_media_type_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="turtle"):
        negotiate("*/*", ["turtle"])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br, zstd", "gzip"),
        ("br", "identity"),
        ("gzip;q=0", "identity"),
        ("gzip;q=0.001", "gzip"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("*", "gzip"),
        ("*;q=0", None),
        ("identity;q=0", None),
        ("identity;q=0, br", None),
        ("identity;q=0, *;q=0.1", "gzip"),
        ("*;q=0, identity;q=0.1", "identity"),
        ("gzip;q=2", "identity"),
        ("gzip;q=x, *;q=0.1", "gzip"),
        ("text/html", "identity"),
    ],
)
def test_the_best_liked_coding_is_taken(said: str | None, expected: str | None) -> None:
    assert negotiate_coding(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, NATIVE),
        ("", NATIVE),
        (f"<{SCHEMA}>", SCHEMA),
        ("schema", SCHEMA),
        (f"<{SCHEMA}>;q=0.5, <{NATIVE}>;q=0.4", SCHEMA),
        (f"<{SCHEMA}>;q=0.5, *;q=0.6", NATIVE),
        ("<urn:unknown>", NATIVE),  # there is none that is named: the default
        (f"<urn:unknown>, <{SCHEMA}>;q=0.1", SCHEMA),
        (f"<{NATIVE}>;q=0", SCHEMA),
        (f"<{NATIVE}>;q=0, schema;q=0", None),
        ("<urn:a,b>, schema", SCHEMA),
        ("<urn:a", NATIVE),
    ],
)
def test_the_best_liked_profile_is_taken(said: str | None, expected: str | None) -> None:
    assert negotiate_profile(said, PROFILES) == expected


TYPES = st.sampled_from(["text", "application", "image"])
SUBTYPES = st.sampled_from(["html", "turtle", "plain", "ld+json"])
OFFERED = st.lists(st.builds("{}/{}".format, TYPES, SUBTYPES), min_size=1, max_size=6, unique=True)
RANGES = st.one_of(
    st.just("*/*"), st.builds("{}/*".format, TYPES), st.builds("{}/{}".format, TYPES, SUBTYPES)
)  # without parameters
WEIGHTS = st.integers(0, 1000).map(lambda n: f"{n / 1000:.3f}")
WEIGHTED = st.lists(st.tuples(RANGES, WEIGHTS), min_size=1, max_size=6, unique_by=lambda pair: pair[0])


def header(weighted: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{range_};q={weight}" for range_, weight in weighted)


def quality(weighted: Sequence[tuple[str, str]], offer: str) -> float:
    """The weight of the closest range, as the specification puts it: written another way than in the code."""
    said = dict(weighted)
    for range_ in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        if range_ in said:
            return float(said[range_])
    return 0.0


@given(WEIGHTED, OFFERED)
def test_nothing_is_better_liked_than_what_is_taken(weighted: list[tuple[str, str]], offers: list[str]) -> None:
    best = max(quality(weighted, offer) for offer in offers)
    taken = negotiate(header(weighted), offers)
    assert (quality(weighted, taken) if taken else 0.0) == best


@given(WEIGHTED, OFFERED, st.randoms())
def test_the_order_and_the_case_of_what_a_client_says_do_not_matter(
    weighted: list[tuple[str, str]], offers: list[str], random: object
) -> None:
    shuffled = [*weighted]
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives no type to its Random
    assert negotiate(header(shuffled).upper(), offers) == negotiate(header(weighted), offers)


@given(WEIGHTED, OFFERED)
def test_what_is_taken_alone_is_acceptable_and_what_is_not_is_never_taken(
    weighted: list[tuple[str, str]], offers: list[str]
) -> None:
    said = header(weighted)
    acceptable = [offer for offer in offers if is_acceptable(said, offer)]
    taken = negotiate(said, offers)
    assert (taken is None) == (not acceptable)
    assert taken is None or taken in acceptable


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
def test_no_header_at_all_is_too_odd(accept: str, coding: str, profile: str) -> None:
    assert negotiate(accept, OFFERS) in {*OFFERS, None}
    assert negotiate_coding(coding) in {"gzip", "identity", None}
    assert negotiate_profile(profile, PROFILES) in {*PROFILES, None}


@given(st.text(alphabet='ab*/;=q01.,"\\<> ', max_size=60))
def test_every_range_that_is_read_has_a_weight_from_0_to_1(text: str) -> None:
    for found in parse_accept(text):
        assert 0 <= found.quality <= 1
        assert found.type != "*" or found.subtype == "*"


@given(st.dictionaries(st.sampled_from(["gzip", "identity", "*", "br"]), WEIGHTS, max_size=4))
def test_a_coding_that_is_refused_is_never_taken(said: dict[str, str]) -> None:
    taken = negotiate_coding(", ".join(f"{name};q={weight}" for name, weight in said.items()))
    assert taken is None or float(said.get(taken, said.get("*", "1"))) > 0
    if float(said.get("identity", said.get("*", "1"))) > 0:
        assert taken is not None


def test_a_header_of_a_megabyte_is_read_in_good_time() -> None:
    for part in ("text/html;q=0.1,", '"', "<", ';a="', "a/b;", "\\"):
        assert negotiate(part * (1_000_000 // len(part)), OFFERS) in {*OFFERS, None}
