"""Answers that are kept: a report is asked again only where the statements that changed can bear on it."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import orjson
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from eugraph.rdf.replacing import replacing
from eugraph.reports.bearing import Bearing, Columns
from eugraph.store import EmbeddedStore

_MOST = 2000  # statements that changed: beyond them everything is asked again


class KeptAnswers:
    """The answers of the last time, and what has changed since then."""

    def __init__(self, path: Path, key: str, quads: Iterable[Quad], store: EmbeddedStore) -> None:
        """Compare with the last time.

        Args:
            path: the file that answers are kept in.
            key: stands for all that reports are asked of beside `quads`.
            quads: what may change between two times; a statement in another graph has changed, too.
            store: everything, as it is now.
        """
        self._path, self._key = path, key
        self._now = sorted({f"{quad} .\n" for quad in quads})
        self._old: dict[str, Sequence[str]] = {}
        self._bearing = Bearing((), (), store)
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            known = orjson.loads(path.read_bytes())
            if known["key"] == key:
                before, now = set(known["lines"]), set(self._now)
                removed = _read(before - now)
                changed = [*removed, *_read(now - before)]
                self._bearing = Bearing(changed, removed, store)
                self._old = known["answers"] if len(changed) <= _MOST else {}

    def of(self, name: str, query: str) -> Sequence[str] | None:
        """Return what was kept of a report; None where it is to be asked again.

        Args:
            name: of the report.
            query: prepared.
        """
        known = self._old.get(name)
        if known is None or known[0] != query or self._bearing.on(query, lambda: _columns(known[2])):
            return None
        return known[1:]

    def save(self, answers: Mapping[str, Sequence[str]]) -> None:
        """Keep answers: name -> prepared query, and what is kept."""
        known = {"key": self._key, "lines": self._now, "answers": answers}
        with contextlib.suppress(OSError):  # they are asked again the next time
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self._path) as stream:
                stream.write(orjson.dumps(known))


def _columns(answer: str) -> Columns:
    """Return the IRIs in each column of an answer, which is JSON."""
    found = orjson.loads(answer)
    columns: dict[str, set[NamedNode]] = {name: set() for name in found["head"]["vars"]}
    for row in found["results"]["bindings"]:
        for name, cell in row.items():
            if cell["type"] == "uri":
                columns[name].add(NamedNode(cell["value"]))
    return {name: frozenset(terms) for name, terms in columns.items()}


def _read(lines: Collection[str]) -> list[Triple]:
    return [quad.triple for quad in parse("".join(sorted(lines)), format=RdfFormat.N_QUADS, lenient=True)]
