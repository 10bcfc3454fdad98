"""The template engine and the names of one release, for pages that are made when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from eugraph.publish.documents import Outline
from eugraph.publish.pages.engine import MENU, Engine, shared
from eugraph.publish.pages.frame import About, Frame
from eugraph.publish.pages.links import root_of
from eugraph.publish.pages.names import Names
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.vocabulary import has_concepts
from eugraph.publish.paths import path_of
from eugraph.serve.served import Served
from eugraph.vocab import PREF_LABEL, shorten, term

_NAMES = (PREF_LABEL, term("rdfs:label"))
_MORE = (("search", "Search", "search"), ("sparql", "SPARQL", "sparql"))


class Frames:
    """Makes pages for one release. Its vocabulary is read when this is made."""

    def __init__(self, served: Served) -> None:
        manifest = served.manifest
        self.about = About(
            title=str(manifest.get("title", "")),
            description="",
            version=str(manifest.get("version", "")),
            publisher=str(manifest.get("publisher", "")),
            licence=str(manifest.get("licence", "")),
            base=served.base_iri,
        )
        self._served = served
        self.vocabulary = _vocabulary(served.release)
        self._terms = Names(served.base_iri, None)
        words = dict(self.vocabulary)
        for triples in words.values():
            self._terms.learn(triples)
        schemes = {path: triples for path, triples in words.items() if has_concepts(triples)}
        self._terms.settle_vocabulary(schemes)
        self._terms.settle_vocabulary({path: triples for path, triples in words.items() if path not in schemes})
        self._engine = Engine(_templates(), about=self.about, **(shared() | {"menu": (*MENU, *_MORE)}))

    def page(self, template: str, frame: Frame, **values: object) -> bytes:
        """Return a page, in UTF-8."""
        return self._engine.page(template, frame, **values)

    @cached_property
    def terms(self) -> Mapping[str, str]:
        """The terms that have a prefix: classes, properties and concepts, with their labels in English."""
        labels: dict[str, str] = {}
        triples = [triple for _, found in self.vocabulary for triple in found]
        for triple in triples:
            subject, value = triple.subject, triple.object
            if triple.predicate in _NAMES and isinstance(subject, NamedNode) and isinstance(value, Literal):
                name = shorten(subject.value)
                if name[0] != "<" and value.language in ("en", None):
                    labels[name] = min(value.value, labels.get(name, value.value))
        for triple in triples:  # what other vocabularies name is used by the ontology, and not named in it
            for node in (triple.predicate, triple.object):
                if isinstance(node, NamedNode) and (name := shorten(node.value))[0] != "<":
                    labels.setdefault(name, "")
        return dict(sorted(labels.items()))

    def pen(self, path: str, iris: Iterable[str]) -> Pen:
        """Return what writes values for the page at a path.

        Args:
            path: of the page, below the server.
            iris: all that are to be written.
        """
        names = Names(self._served.base_iri, None)
        wanted = sorted(set(iris))
        for iri in wanted:
            if known := self._terms.known(iri):
                names.take(iri, known)
        found = self._served.found.labels(wanted) if self._served.found else {}
        names.learn(Triple(NamedNode(iri), PREF_LABEL, Literal(label, language="en")) for iri, label in found.items())
        names.settle(Outline(iri, place, (iri,)) for iri in wanted if (place := self._place(iri)))
        return Pen(names, root_of(path))

    def _place(self, iri: str) -> str:
        """Return where the document of a thing lies, "" where it has none of its own."""
        base = self._served.base_iri
        if not iri.startswith(base):
            return ""
        place = path_of(iri[len(base) :])
        return place if f"{place}.html" in self._served.manifest["files"] else ""


def _vocabulary(release: Path) -> Sequence[tuple[str, Sequence[Triple]]]:
    """Return path and statements of each file of the ontology."""
    return [
        (
            path.relative_to(release).with_suffix("").as_posix(),
            [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, lenient=True)],
        )
        for path in sorted((release / "ontology").rglob("*.ttl"))
    ]


def _templates() -> dict[str, str]:
    folder = files(__package__) / "templates"
    return {entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".html")}
