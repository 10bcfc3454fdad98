"""The change feed, as a page: what it is, and which pages it has."""

from __future__ import annotations

from eugraph.publish.feed.state import Feed
from eugraph.publish.feed.vocabulary import STATE, STREAM
from eugraph.publish.pages.engine import Engine
from eugraph.publish.pages.frame import FORMS, Frame
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.signs import signs

PATH = f"{STREAM}.html"


def feed_page(engine: Engine, feed: Feed, base_iri: str, address: str) -> bytes:
    """Return the page.

    Args:
        engine: renders.
        feed: what it is about.
        base_iri: what the IRIs of things begin with, as published.
        address: where the release lies, "/" last.
    """
    forms = [(f"{STREAM}.{ending}", media, name) for ending, (media, name) in FORMS.items()]
    frame = Frame(
        path=PATH,
        title="Change feed",
        description="Every version of every description, for those who keep a copy.",
        forms=forms,
        signs=signs(base_iri + STREAM, [(path, media) for path, media, _ in forms], profile=None),
    )
    rows = [
        (path, page.members, Pen.day(page.first[:10]), Pen.day(page.last[:10]))
        for path, page in zip(feed.paths, feed.pages, strict=True)
    ]
    return engine.page(
        "feed.html",
        frame,
        feed=feed,
        rows=rows,
        last=Pen.day(feed.last[:10]) if feed.last else "",
        stream=f"{address}{STREAM}.ttl",
        state=STATE,
    )
