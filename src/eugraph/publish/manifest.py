"""`release.json`: what a release is, how much is in it, and size and SHA-256 of every file but itself.

Each file stands on a line of its own, and the lines are sorted: where a few files have changed, the others need not be
looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import orjson

from eugraph.publish import entries
from eugraph.publish.figures import Figures
from eugraph.publish.given import ReleaseInput
from eugraph.publish.staging import Kept

_HEAD, _FOOT = b',\n  "files": {\n', b"\n  }\n}\n"  # what stands around the lines of files


def manifest(release: ReleaseInput, figures: Figures, graph_hash: str, files: Iterable[Kept]) -> bytes:
    """Return the file.

    Args:
        release: what is published.
        figures: what it counts.
        graph_hash: of the whole graph.
        files: all of them.
    """
    return _whole(release, figures, graph_hash, b"".join(sorted(map(_line, files))))


def changed(
    old: bytes, release: ReleaseInput, figures: Figures, graph_hash: str, files: Mapping[str, Kept | None]
) -> bytes:
    """Return the file of a release that differs from another one in a few files.

    Args:
        old: the file of the other one.
        release: what is published.
        figures: what it counts.
        graph_hash: of the whole graph.
        files: the path of each file that differs, with the file; None where there is none any more.
    """
    lines = old[old.index(_HEAD) + len(_HEAD) : -len(_FOOT)]
    lines += b",\n" if lines else b""
    gone = filter(None, (entries.line_at(lines, _key(path)) for path in files))
    return _whole(release, figures, graph_hash, entries.changed(lines, gone, map(_line, filter(None, files.values()))))


def _whole(release: ReleaseInput, figures: Figures, graph_hash: str, lines: bytes) -> bytes:
    head = {
        "title": release.title,
        **release.stamp,
        "publisher": release.publisher,
        "licence": release.licence,
        "counts": figures,
        "graph": {"sha256": graph_hash},
    }
    return b"".join(
        [orjson.dumps(head, option=orjson.OPT_INDENT_2).removesuffix(b"\n}"), _HEAD, lines.removesuffix(b",\n"), _FOOT]
    )


def _key(path: str) -> bytes:
    return b"    %b: " % orjson.dumps(path)


def _line(file: Kept) -> bytes:
    return b'%b{"size": %d, "sha256": "%b"},\n' % (_key(file.path), file.size, file.sha256.encode())
