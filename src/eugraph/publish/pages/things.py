"""The pages of things, one by one, from a document and the cards of its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from eugraph.publish.documents import Document
from eugraph.publish.gone import Former
from eugraph.publish.pages.cards import Card, Own, learn, learn_own
from eugraph.publish.pages.engine import Engine, shared
from eugraph.publish.pages.frame import FORMS, About, Crumb, Frame
from eugraph.publish.pages.links import is_web, root_of
from eugraph.publish.pages.lists import Lister, list_path
from eugraph.publish.pages.markup import NOTHING
from eugraph.publish.pages.names import Names
from eugraph.publish.pages.overview import Overview
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.signs import signs
from eugraph.publish.pages.summary import Told
from eugraph.publish.pages.thing import Describer
from eugraph.publish.pages.words import one_line
from eugraph.rdf.turtle_blanks import Grouped

_WHOLE = "dataset/all.html"  # the page of the dataset that all things are in


@dataclass(frozen=True, slots=True)
class Known:
    """What pages of things know anyhow: the release, the names of vocabulary, the ranks of kinds of sources."""

    about: About
    names: Names
    ranks: Mapping[str, int]


class ThingPages:
    """Makes pages of things; what is on cards is remembered from one to the next."""

    def __init__(self, known: Known) -> None:
        self._about, self._names = known.about, known.names
        self._overview = Overview(ranks=dict(known.ranks))
        self._pens: dict[str, Pen] = {}
        self._describers: dict[str, Describer] = {}
        self._lister = Lister(self._pen("project/index.html"), self._overview)
        self._engine = Engine(about=self._about, **shared())

    def learn(self, cards: Mapping[str, Card]) -> None:
        """Take the cards of the neighbours of documents to come."""
        learn(cards, self._names, self._overview)

    def learn_own(self, document: Document, own: Own) -> None:
        """Take what the whole graph says of the things of a document to come."""
        learn_own(document.iri.value, own, self._overview)

    def told(self, document: Document, graph: Grouped) -> Told:
        """Return what lists and counts tell of a document."""
        return self._lister.told(document, graph.subjects)

    def page(self, document: Document, graph: Grouped, profile: bytes | None) -> bytes:
        """Return the page of a document.

        Args:
            document: what the page is about.
            graph: its statements.
            profile: its schema.org document, which the page embeds as it is.
        """
        path = f"{document.path}.html"
        pen = self._pen(path)
        describer = self._describers.get(pen.root)
        if describer is None:
            describer = self._describers[pen.root] = Describer(pen, self._overview)
        thing = describer.thing(document, graph.subjects)
        forms = [(f"{document.path}.{ending}", media, name) for ending, (media, name) in FORMS.items()]
        if profile is not None:
            forms.append((f"{document.path}.schema.jsonld", "application/ld+json", "schema.org"))
        frame = Frame(
            path=path,
            title=one_line(thing.title.value),
            description=one_line(thing.description[0].value, 300) if thing.description else "",
            crumbs=[Crumb(thing.kind.many, list_path(thing.segment))],
            section="browse",
            forms=forms,
            json_ld=_script(profile),
            signs=signs(
                pen.names.moved(document.iri.value),
                [(path, media) for path, media, _ in forms],
                profile=profile,
                collection=_WHOLE,
            ),
        )
        return self._engine.page("thing.html", frame, thing=thing)

    def _pen(self, path: str) -> Pen:
        root = root_of(path)
        pen = self._pens.get(root)
        if pen is None:
            pen = self._pens[root] = Pen(self._names, root)
        return pen


def former_page(address: Former, pen: Pen, engine: Engine) -> bytes:
    """Return the page at an address that is no longer used: it leads on, or says that nothing is here."""
    target = address.target
    if target and ":" not in target:  # a path: those of a release have no colon
        target = pen.href(f"{target}.html")
    elif not is_web(target):
        target = ""
    frame = Frame(
        path=f"{address.path}.html",
        title=one_line(address.name),
        section="browse",
        forms=[(f"{address.path}.{ending}", media, name) for ending, (media, name) in FORMS.items()],
    )
    day = pen.day(address.day) if address.day else NOTHING
    iri = pen.names.moved(address.document.iri.value)
    successor = pen.iri(address.successor) if address.successor else NOTHING
    values = {"address": address, "successor": successor, "target": target, "day": day, "iri": iri}
    return engine.page("former.html", frame, **values)


def _script(profile: bytes | None) -> Markup:
    """Return a profile document as the text of a script element: its writer has escaped all that could end one."""
    return Markup(profile.decode()) if profile is not None else NOTHING  # noqa: S704 - see above
