"""The change feed, as a page: what it is, and which pages it has."""

from __future__ import annotations

from eugraph.publish.feed.state import Feed
from eugraph.publish.feed.vocabulary import STATE, STREAM
from eugraph.publish.pages.engine import Engine
from eugraph.publish.pages.frame import FORMS, Frame
from eugraph.publish.pages.pen import Pen

PATH = f"{STREAM}.html"


def feed_page(engine: Engine, feed: Feed, address: str) -> bytes:
    """Return the page.

    Args:
        engine: renders.
        feed: what it is about.
        address: where the release lies, "/" last.
    """
    frame = Frame(
        path=PATH,
        title="Change feed",
        description="Every version of every description, for those who keep a copy.",
        forms=[(f"{STREAM}.{ending}", media, name) for ending, (media, name) in FORMS.items()],
    )
    rows = [
        (feed.path(number), page.members, Pen.day(page.first[:10]), Pen.day(page.last[:10]))
        for number, page in enumerate(feed.pages, 1)
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
