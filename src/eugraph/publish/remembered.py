"""What the old release was made from, document by document: what cannot have changed is not made again.

A key stands for all that the files of a document depend on: its statements, the cards of its neighbours, the settings
and vocabulary of the release, and the program. The keys lie in a file outside of the release. Without it, or where it
does not fit, everything is made anew: the release is the same.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import orjson
from pyoxigraph import Triple

from eugraph.publish.composing import Made, Settings
from eugraph.publish.documents import Document
from eugraph.publish.pages.cards import Card, Own
from eugraph.publish.staging import Kept

_FORMAT = 1
_PARTS = ("publish", "rdf", "vocab.py", "derive/__init__.py")  # of the package, that documents are made by
_LIBRARIES = ("jinja2", "markupsafe", "orjson", "pyoxigraph")
_RELEASES = 8  # folders of releases that are remembered: those written last
_SIZE = 16  # bytes of a digest


class Keys:
    """Makes keys for one release."""

    def __init__(self, settings: Settings, vocabulary: Iterable[Triple]) -> None:
        about = settings.known.about
        said = [repr(about), settings.base_iri, repr(settings.moved), *(version(name) for name in _LIBRARIES)]
        said += sorted({str(triple) for triple in vocabulary})
        program = [data for part in _PARTS for data in _contents(files("eugraph").joinpath(part))]
        self._start = _digest(*(text.encode() for text in said), *program)
        self._cards: dict[str, bytes] = {}

    def key(self, document: Document, own: Own, cards: Mapping[str, Card], profile: bytes | None) -> str:
        """Return the key of a document; for the arguments, see `Job` and `Batch`."""
        parts = [self._start, document.path.encode(), repr([thing.value for thing in document.things]).encode()]
        for subject, text in document.texts.items():
            parts += (subject.encode(), text.encode())
        parts += (repr(own).encode(), profile or b"")
        parts += [self._card(iri, card) for iri, card in cards.items()]
        return _digest(*parts).hex()

    def _card(self, iri: str, card: Card) -> bytes:
        found = self._cards.get(iri)
        if found is None:
            found = self._cards[iri] = _digest(iri.encode(), repr(card).encode())
        return found


def _digest(*parts: bytes) -> bytes:
    """Return a hash of several texts that no other ones have."""
    digest = hashlib.blake2b(digest_size=_SIZE)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.digest()


def _contents(item: Traversable) -> Iterable[bytes]:
    """Yield names and bytes of a file, or of all files below a folder, in order."""
    if item.is_dir():
        for inner in sorted(item.iterdir(), key=lambda inner: inner.name):
            if inner.name != "__pycache__":
                yield from _contents(inner)
    else:
        yield item.name.encode()
        yield item.read_bytes()


def recall(path: Path) -> dict[str, Made]:
    """Return what was remembered of a release, by the paths of its documents; nothing where that cannot be read."""
    try:
        saved = orjson.loads(path.read_bytes())
        if saved["format"] != _FORMAT:
            return {}
        return {
            name: Made(name, key, digest, [Kept(*file) for file in kept])
            for name, (key, digest, kept) in saved["documents"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def remember(path: Path, made: Iterable[Made]) -> None:
    """Save what a release was made from, in place of what was saved before.

    Raises:
        OSError: it cannot be written.
    """
    saved = {"format": _FORMAT, "documents": {m.path: [m.key, m.graph_hash, [tuple(f) for f in m.files]] for m in made}}
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        new.write_bytes(orjson.dumps(saved, option=orjson.OPT_APPEND_NEWLINE))
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    by_age = sorted(path.parent.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in by_age[_RELEASES:]:
        file.unlink()
