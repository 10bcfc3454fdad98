"""The feed over HTTP: media types, and what may be kept for ever, by `eugraph serve` and by the rules for other servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from eugraph.publish.feed.vocabulary import closed_pages
from feed.releases import Series
from feed.test_feed import many
from feed.walker import walk
from serve.running import serving

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release whose feed has three pages."""
    series = Series(tmp_path_factory.mktemp("served"))
    many(series, 230)
    return series.release()


@pytest.fixture(scope="module")
def client(release: Path) -> Iterator[httpx.Client]:
    with serving(release) as server, httpx.Client(base_url=server.root, timeout=60) as client:
        yield client


def pages_of(release: Path) -> list[str]:
    return [path.relative_to(release).as_posix() for path in sorted(release.glob("feed/*/*.trig"))]


def test_full_pages_may_be_kept_for_ever(client: httpx.Client, release: Path) -> None:
    answers = [client.get(f"/{path}") for path in pages_of(release)]
    assert {answer.headers["Content-Type"] for answer in answers} == {"application/trig"}
    kept = [answer.headers["Cache-Control"] == FOR_EVER for answer in answers]
    assert kept == [True, True, False]
    assert all(answer.headers["ETag"] for answer in answers)
    assert client.get("/feed/stream.ttl").headers["Cache-Control"] != FOR_EVER
    again = client.get(f"/{pages_of(release)[0]}", headers={"If-None-Match": answers[0].headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, FOR_EVER)


def test_a_walk_over_the_server_finds_every_member(client: httpx.Client) -> None:
    root = str(client.base_url.join("/feed/stream.ttl"))
    walked = walk(lambda url: client.get(url).content, root)
    assert len(walked.members) > 230


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/n-quads,application/trig;q=0.9,application/ld+json;q=0.8", "application/ld+json"),
        ("text/html", "text/html; charset=utf-8"),
    ],
)
def test_the_stream_itself_leads_to_its_root(client: httpx.Client, accept: str, media: str) -> None:
    led = client.get("/id/feed/stream")
    assert (led.status_code, led.headers["Location"]) == (303, "/feed/stream")
    answer = client.get("/feed/stream", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media)


def test_other_servers_are_told_as_much(release: Path) -> None:
    for file in (".htaccess", "nginx.conf"):
        text = (release / file).read_text(encoding="utf-8")
        assert "application/trig" in text
        assert FOR_EVER in text
        assert r"(?!3\.)[0-9]+\.trig" in text
    assert "/*.trig\n  Content-Type: application/trig\n" in (release / "_headers").read_text(encoding="utf-8")


def test_the_last_page_of_each_feed_is_open() -> None:
    pages = ["feed/0a/1.trig", "feed/0a/2.trig", "feed/0a/10.trig", "feed/ff/1.trig", "feed/0a/x.trig", "a/1.trig"]
    assert closed_pages(pages) == {"feed/0a/1.trig", "feed/0a/2.trig"}
