"""The words of LDES, TREE and ActivityStreams, and where the parts of a feed lie.

Spec: <https://w3id.org/ldes/vocabulary>, <https://w3id.org/tree/specification>,
<https://www.w3.org/TR/activitystreams-vocabulary/>.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from eugraph.vocab import PREFIXES as OF_THINGS

AS = "https://www.w3.org/ns/activitystreams#"
TREE = "https://w3id.org/tree#"
PREFIXES = {**OF_THINGS, "as": AS, "ldes": "https://w3id.org/ldes#", "tree": TREE}

STREAM = "feed/stream"  # path of the root without ending, and what its IRI has after the base
STATE = "feed/state.json"
_PAGE = re.compile(r"(feed/[0-9a-f]+/)([1-9][0-9]*)\.trig")


def page_path(began: str, number: int) -> str:
    """Return where a page lies; `began` tells one feed from another, pages are counted from 1."""
    return f"feed/{began}/{number}.trig"


def closed_pages(paths: Iterable[str]) -> frozenset[str]:
    """Return which of the files of a release are pages that never change: all but the last one of a feed."""
    numbers: dict[str, list[int]] = {}
    for path in paths:
        if match := _PAGE.fullmatch(path):
            numbers.setdefault(match[1], []).append(int(match[2]))
    return frozenset(f"{folder}{n}.trig" for folder, found in numbers.items() for n in found if n != max(found))
