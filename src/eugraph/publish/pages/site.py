"""Which pages a release has, and the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial

from eugraph.changes import Changes
from eugraph.publish.catalogue.model import Catalogue, Dataset
from eugraph.publish.catalogue.paging import Page
from eugraph.publish.documents import Outline
from eugraph.publish.feed.state import Feed
from eugraph.publish.figures import Figures
from eugraph.publish.given import AnsweredReport, ReleaseInput
from eugraph.publish.gone import Former
from eugraph.publish.looking import Looking
from eugraph.publish.pages import changes, feed, kinds, report, shapes, start, vocabulary
from eugraph.publish.pages.cards import Index
from eugraph.publish.pages.catalogue import catalogue_page, dataset_page
from eugraph.publish.pages.engine import Engine, shared, stylesheet
from eugraph.publish.pages.frame import FORMS, About, Crumb, Frame
from eugraph.publish.pages.links import root_of
from eugraph.publish.pages.lists import NAMED, NUMERIC, Listing, in_order, list_path
from eugraph.publish.pages.names import Names
from eugraph.publish.pages.overview import Look, Overview, ranks
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.reference import Reference
from eugraph.publish.pages.start import Tally
from eugraph.publish.pages.summary import Totals
from eugraph.publish.pages.things import Known, former_page
from eugraph.publish.pages.words import one_line
from eugraph.publish.paging import file_name
from eugraph.publish.paths import segment_of

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
    """The pages of one release. First it is shown all statements; the pages of things are made by `ThingPages`."""

    def __init__(self, release: ReleaseInput, paths: Mapping[str, str]) -> None:
        """Read the vocabulary.

        Args:
            release: what the release is made from.
            paths: where the files of ontology and shapes lie, e.g. "ontology/schemes/role" -> its path.
        """
        self._release = release
        self._ontology = {paths[f"ontology/{name}"]: triples for name, triples in release.ontology.items()}
        self._shapes = {paths[f"shapes/{name}"]: triples for name, triples in release.shapes.items()}
        moved = release.moved
        self._about = About(
            title=one_line(release.title),
            description=release.description,
            version=one_line(release.version),
            publisher=one_line(release.publisher),
            licence=release.licence,
            base=release.base_iri if moved is None else moved.new,
        )
        self._schemes = [path for path, triples in self._ontology.items() if vocabulary.has_concepts(triples)]
        self._words = [triple for triples in self._ontology.values() for triple in triples]
        self._names = Names(release.base_iri, moved)
        self._names.learn(self._words)
        self._look = Look(release.base_iri)
        self._overview = Overview()
        self._pens: dict[str, Pen] = {}
        self._engine = Engine(about=self._about, **shared())

    def watch(self, looking: Looking) -> None:
        """Ask to be shown statements about things: all of them, before anything else is asked."""
        self._names.watch(looking)
        self._look.watch(looking)

    def settle(self, living: Iterable[Outline], former: Iterable[Former], predicates: Iterable[str]) -> Index:
        """Learn which documents there are. Return what the pages of things have to know of each other.

        Args:
            living: the documents of what is described.
            former: addresses that are no longer used.
            predicates: the properties of all statements, as N-Triples text.
        """
        self._names.settle(living)
        self._names.settle([address.outline for address in former])
        self._settle_vocabulary(self._names)
        self._overview = self._look.finished(self._words)
        return Index(self._names, self._overview, self.known().names, predicates)

    def known(self) -> Known:
        """Return what the pages of things know anyhow."""
        names = Names(self._release.base_iri, self._release.moved)
        names.learn(self._words)
        self._settle_vocabulary(names)
        return Known(self._about, names, ranks(self._words))

    def _settle_vocabulary(self, names: Names) -> None:
        names.settle_vocabulary({path: self._ontology[path] for path in self._schemes})
        names.settle_vocabulary({path: t for path, t in self._ontology.items() if path not in self._schemes})
        names.settle_shapes(shapes.shape_iris(self._shapes))

    def former(self, address: Former) -> bytes:
        """Return the page at an address that is no longer used."""
        return former_page(address, self._pen(f"{address.path}.html"), self._engine)

    @property
    def lasting(self) -> list[str]:
        """The paths of pages that depend on ontology and shapes alone, or on nothing."""
        return ["style.css", "shapes/index.html", *(f"{path}.html" for path in self._schemes)]

    @property
    def tally(self) -> Tally:
        """What the statements that were shown add up to."""
        return Tally.of(self._overview)

    def others(
        self, figures: Figures, tally: Tally, usage: Totals, lists: Iterable[Listing]
    ) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Yield path, and what makes the content, of every page that is not about one thing, and of the stylesheet.

        Args:
            figures: what the release counts.
            tally: what the whole graph adds up to.
            usage: how things are described.
            lists: the pages of lists.
        """
        yield "style.css", stylesheet
        yield "index.html", partial(self._start, figures, tally)
        for listing in lists:
            yield listing.path, partial(self._list, listing)
        yield "query/index.html", self._reports
        for name in sorted(self._release.reports):
            yield f"query/{segment_of(name)}.html", partial(self._report, name)
        reference = Reference(
            engine=self._engine,
            release=self._release,
            about=self._about,
            ontology=self._ontology,
            shape_files=self._shapes,
            schemes=self._schemes,
            usage=usage,
            licences=self._overview.licences,
            pen=self._pen,
        )
        yield from reference.pages()

    def catalogue(self, catalogue: Catalogue, part: Page, profile: bytes) -> bytes:
        """Return a page of the catalogue; see `catalogue_page`."""
        return catalogue_page(self._engine, catalogue, part, profile)

    def dataset(self, catalogue: Catalogue, one: Dataset, profile: bytes) -> bytes:
        """Return the page of a dataset; see `dataset_page`."""
        return dataset_page(self._engine, catalogue, one, profile)

    def changes(self, found: Changes, files: Container[str]) -> tuple[str, bytes]:
        """Return path and content of the page that says what changed; see `changes_page`."""
        return changes.PATH, changes.changes_page(self._engine, found, self._about.base, files)

    def feed(self, found: Feed) -> tuple[str, bytes]:
        """Return path and content of the page of the change feed."""
        base = self._about.base
        return feed.PATH, feed.feed_page(self._engine, found, base, self._release.address or base)

    def _pen(self, path: str) -> Pen:
        root = root_of(path)
        pen = self._pens.get(root)
        if pen is None:
            pen = self._pens[root] = Pen(self._names, root)
        return pen

    def _start(self, figures: Figures, tally: Tally) -> bytes:
        counts = in_order(figures.things)
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
            day=Pen.day(self._release.date.isoformat()),
            frame=Frame(
                path="index.html",
                title=self._about.title,
                description=self._about.description,
                forms=changes.FORMS[:1] if self._release.previous else (),
            ),
            figures=start.key_figures(figures, tally, self._release.reports),
            browse=browse,
            reports=reports,
            findings=figures.findings,
            downloads=_DOWNLOADS,
            changes=changes.PATH if self._release.previous else "",
            feed=feed.PATH if self._release.feed else "",
            has={segment for segment, _ in counts} | {f"query/{name}" for name in self._release.reports},
        )

    def _list(self, listing: Listing) -> bytes:
        frame = Frame(
            path=listing.path,
            title=listing.kind.many,
            description=listing.kind.about,
            section="browse",
            forms=[
                (f"{listing.segment}/{file_name('', ending)}", media, name) for ending, (media, name) in FORMS.items()
            ],
        )
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
