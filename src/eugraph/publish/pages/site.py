"""Which pages a release has, and the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from eugraph.publish.documents import Document
from eugraph.publish.figures import Figures
from eugraph.publish.given import AnsweredReport, ReleaseInput
from eugraph.publish.gone import Former
from eugraph.publish.pages import kinds, report, shapes, start, vocabulary
from eugraph.publish.pages.engine import Engine, stylesheet
from eugraph.publish.pages.frame import FORMS, About, Crumb, Frame
from eugraph.publish.pages.links import is_web, root_of
from eugraph.publish.pages.lists import NAMED, NUMERIC, Listing, Lists, list_path
from eugraph.publish.pages.names import Names
from eugraph.publish.pages.overview import overview
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.reference import Reference
from eugraph.publish.pages.thing import Describer
from eugraph.publish.pages.usage import Usage
from eugraph.publish.pages.words import capital, number, one_line, plural
from eugraph.publish.paths import segment_of
from eugraph.rdf.turtle_blanks import Grouped

_QUERY_FORMS = {
    "csv": ("text/csv", "CSV"),
    "json": ("application/sparql-results+json", "JSON"),
    "rq": ("application/sparql-query", "SPARQL"),
}
_DOWNLOADS = (
    ("dump/all.nq.gz", "N-Quads", "with named graphs, sorted"),
    ("dump/all.ttl.gz", "Turtle", "one graph"),
    ("dump/all.jsonld.gz", "JSON-LD", "one graph"),
)


class Site:
    """The pages of one release. Pages of things first, one by one; then all others, which sum them up."""

    def __init__(
        self,
        release: ReleaseInput,
        documents: Sequence[Document],
        former: Sequence[Former],
        paths: Mapping[str, str],
    ) -> None:
        """Look over the whole graph once.

        Args:
            release: what the release is made from.
            documents: all documents of what is described.
            former: addresses that are no longer used.
            paths: where the files of ontology and shapes lie, e.g. "ontology/schemes/role" -> its path.
        """
        self._release = release
        self._former = {address.document.path: address for address in former}
        self._ontology = {paths[f"ontology/{name}"]: triples for name, triples in release.ontology.items()}
        self._shapes = {paths[f"shapes/{name}"]: triples for name, triples in release.shapes.items()}
        moved = release.moved
        self._about = About(
            title=one_line(release.title),
            description=release.description,
            version=one_line(release.version),
            date=release.date,
            publisher=one_line(release.publisher),
            licence=release.licence,
            base=release.base_iri if moved is None else moved.new,
        )
        self._schemes = [path for path, triples in self._ontology.items() if vocabulary.has_concepts(triples)]
        names = Names(release.base_iri, moved)
        words = [triple for triples in self._ontology.values() for triple in triples]
        names.learn(words)
        names.learn(quad.triple for quad in release.quads)
        names.settle([*documents, *(address.document for address in former)])
        names.settle_vocabulary({path: self._ontology[path] for path in self._schemes})
        names.settle_vocabulary({path: t for path, t in self._ontology.items() if path not in self._schemes})
        names.settle_shapes(shapes.shape_iris(self._shapes))
        self._names = names
        self._overview = overview(release.quads, words, release.base_iri)
        self._pens: dict[str, Pen] = {}
        self._describers: dict[str, Describer] = {}
        self._lists = Lists(self._pen("project/index.html"), self._overview)
        self._usage = Usage(self._overview)
        self._engine = Engine(about=self._about, capital=capital, number=number, plural=plural, is_web=is_web)

    def page(self, document: Document, graph: Grouped, profile: bytes | None) -> bytes:
        """Return the page of a document. What is described there is remembered for the lists.

        Args:
            document: what the page is about.
            graph: the statements of the document.
            profile: its schema.org document, which the page embeds as it is.
        """
        if address := self._former.get(document.path):
            return self._gone(address)
        path = f"{document.path}.html"
        pen = self._pen(path)
        describer = self._describers.get(pen.root)
        if describer is None:
            describer = self._describers[pen.root] = Describer(pen, self._overview)
        thing = describer.thing(document, graph.subjects)
        self._lists.add(document, graph.subjects.get(f"<{document.iri.value}>", {}))
        self._usage.add(document, graph.subjects)
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
        )
        return self._engine.page("thing.html", frame, thing=thing)

    def _gone(self, address: Former) -> bytes:
        """Return the page at an address that is no longer used: it leads on, or says that nothing is here."""
        path = f"{address.path}.html"
        pen = self._pen(path)
        target = address.target
        if target and ":" not in target:  # a path: those of a release have no colon
            target = pen.href(f"{target}.html")
        elif not is_web(target):
            target = ""
        frame = Frame(
            path=path,
            title=one_line(address.name),
            section="browse",
            forms=[(f"{address.path}.{ending}", media, name) for ending, (media, name) in FORMS.items()],
        )
        day = pen.day(address.day) if address.day else Markup("")
        iri = self._names.moved(address.document.iri.value)
        successor = pen.iri(address.successor) if address.successor else Markup("")
        values = {"address": address, "successor": successor, "target": target, "day": day, "iri": iri}
        return self._engine.page("former.html", frame, **values)

    def others(self, figures: Figures) -> Iterator[tuple[str, bytes]]:
        """Yield (path, content) of every page that is not about one thing, and the stylesheet."""
        yield "style.css", stylesheet()
        yield "index.html", self._start(figures)
        for listing in self._lists.listings():
            yield listing.path, self._list(listing)
        yield "query/index.html", self._reports()
        for name in sorted(self._release.reports):
            yield f"query/{segment_of(name)}.html", self._report(name)
        reference = Reference(
            engine=self._engine,
            release=self._release,
            about=self._about,
            ontology=self._ontology,
            shape_files=self._shapes,
            schemes=self._schemes,
            usage=self._usage,
            licences=self._overview.licences,
            pen=self._pen,
        )
        yield from reference.pages()

    def _pen(self, path: str) -> Pen:
        root = root_of(path)
        pen = self._pens.get(root)
        if pen is None:
            pen = self._pens[root] = Pen(self._names, root)
        return pen

    def _start(self, figures: Figures) -> bytes:
        counts = self._lists.counts()
        browse = [
            start.Browse(kind.many, kind.about, self._pen("index.html").number(str(count)), list_path(segment))
            for segment, count in counts
            for kind in [kinds.kind_of(segment)]
        ]
        reports = [
            (f"query/{segment_of(name)}.html", found.title)
            for name, found in sorted(self._release.reports.items(), key=_by_title)
        ]
        return self._engine.page(
            "start.html",
            Frame(path="index.html", title=self._about.title, description=self._about.description),
            figures=start.key_figures(figures, self._overview, self._release.quads, self._release.reports),
            browse=browse,
            reports=reports,
            findings=figures.findings,
            downloads=_DOWNLOADS,
            has={segment for segment, _ in counts} | {f"query/{name}" for name in self._release.reports},
        )

    def _list(self, listing: Listing) -> bytes:
        frame = Frame(path=listing.path, title=listing.kind.many, description=listing.kind.about, section="browse")
        return self._engine.page("list.html", frame, listing=listing, numeric=NUMERIC, named=NAMED)

    def _reports(self) -> bytes:
        rows = []
        pen = self._pen("query/index.html")
        for name, found in sorted(self._release.reports.items(), key=_by_title):
            path = f"query/{segment_of(name)}"
            rows.append((path, found, report.parameters(found, pen)))
        frame = Frame(
            path="query/index.html",
            title="Reports",
            description="Questions to the graph, with their answers and the queries that give them.",
            section="reports",
        )
        return self._engine.page("reports.html", frame, rows=rows)

    def _report(self, name: str) -> bytes:
        found = self._release.reports[name]
        path = f"query/{segment_of(name)}"
        pen = self._pen(f"{path}.html")
        frame = Frame(
            path=f"{path}.html",
            title=one_line(found.title),
            description=found.asks,
            crumbs=[Crumb("Reports", "query/index.html")],
            section="reports",
            forms=[(f"{path}.{ending}", media, label) for ending, (media, label) in _QUERY_FORMS.items()],
        )
        return self._engine.page(
            "report.html",
            frame,
            name=name,
            report=found,
            table=report.table(found, pen),
            parameters=report.parameters(found, pen),
            query=report.highlighted(found.query),
            narrowest=report.FEW_COLUMNS,
        )


def _by_title(item: tuple[str, AnsweredReport]) -> tuple[str, str]:
    return item[1].title, item[0]


def _script(profile: bytes | None) -> Markup:
    """Return a profile document as the text of a script element: its writer has escaped all that could end one."""
    return Markup(profile.decode()) if profile is not None else Markup("")  # noqa: S704 - see above
