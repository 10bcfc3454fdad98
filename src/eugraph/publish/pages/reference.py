"""Pages to look things up in: ontology, concept schemes, shapes, the validation report, licence and citation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup
from pyoxigraph import Triple

from eugraph.publish.given import ReleaseInput
from eugraph.publish.pages import shapes, validation, vocabulary
from eugraph.publish.pages.diagram import class_diagram
from eugraph.publish.pages.engine import Engine
from eugraph.publish.pages.frame import FORMS, About, Crumb, Frame
from eugraph.publish.pages.pen import Pen
from eugraph.publish.pages.summary import Totals
from eugraph.publish.pages.usage import shown
from eugraph.publish.pages.words import label_of, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The reference pages of one release."""

    engine: Engine
    release: ReleaseInput
    about: About
    ontology: Mapping[str, Sequence[Triple]]  # path of a file without ending -> its statements
    shape_files: Mapping[str, Sequence[Triple]]
    schemes: Sequence[str]  # paths of those files of the ontology that hold concepts
    usage: Totals
    licences: Mapping[str, str]  # source -> its licence
    pen: Callable[[str], Pen]  # by the path of the page

    def pages(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Yield path, and what makes the content, of each."""
        yield "ontology/index.html", self._vocabulary
        for path in self.schemes:
            yield f"{path}.html", partial(self._scheme, path)
        yield "shapes/index.html", self._shape_page
        yield "validation.html", self._validation
        yield "licence.html", self._licence

    def _vocabulary(self) -> bytes:
        pen = self.pen("ontology/index.html")
        found = vocabulary.ontology(self.ontology, pen)
        schemes = [(path, vocabulary.scheme(self.ontology[path], pen)) for path in self.schemes]
        frame = Frame(
            path="ontology/index.html",
            title=one_line(found.title),
            description="Classes and properties of the graph, with definitions and examples.",
            section="vocabulary",
        )
        usage = shown(self.usage, pen)
        return self.engine.page(
            "ontology.html",
            frame,
            ontology=found,
            schemes=sorted(schemes, key=lambda item: item[1].title.casefold()),
            files=sorted(self.ontology),
            diagram=class_diagram(self.ontology, pen),
            usage=usage,
            used={uses.of: uses for uses in usage},
        )

    def _scheme(self, path: str) -> bytes:
        found = vocabulary.scheme(self.ontology[path], self.pen(f"{path}.html"))
        frame = Frame(
            path=f"{path}.html",
            title=one_line(found.title),
            description=found.definitions[0].value if found.definitions else "",
            crumbs=[Crumb("Vocabulary", "ontology/index.html")],
            section="vocabulary",
            forms=[(f"{path}.{ending}", media, name) for ending, (media, name) in FORMS.items()],
        )
        return self.engine.page("scheme.html", frame, scheme=found)

    def _shape_page(self) -> bytes:
        frame = Frame(
            path="shapes/index.html",
            title="Shapes",
            description="What every description has to satisfy, how gravely, and how to mend it.",
            crumbs=[Crumb("Vocabulary", "ontology/index.html")],
            section="vocabulary",
        )
        groups = shapes.shape_groups(self.shape_files, self.pen(frame.path))
        return self.engine.page("shapes.html", frame, groups=groups, files=sorted(self.shape_files))

    def _validation(self) -> bytes:
        found = self.release.validation
        frame = Frame(
            path="validation.html",
            title="Validation",
            description="The validation report that this release passed.",
            section="validation",
            forms=[
                (f"validation.{ending}", media, label)
                for form, ending, media, label in (
                    ("text", "txt", "text/plain", "Text"),
                    ("json", "json", "application/json", "JSON"),
                    ("ttl", "ttl", "text/turtle", "Turtle (SHACL)"),
                )
                if form in found
            ],
        )
        severities = validation.by_severity(found.get("json", b"{}"), self.pen(frame.path))
        return self.engine.page("validation.html", frame, severities=severities)

    def _licence(self) -> bytes:
        frame = Frame(
            path="licence.html",
            title="Licence and citation",
            description="Under which licence the data may be used, and how to cite it.",
            section="licence",
        )
        date = self.release.date
        return self.engine.page(
            "licence.html",
            frame,
            sources=self._licences(),
            key=_citation_key(self.about, date.year),
            date=date,
            day=Pen.day(date.isoformat()),
        )

    def _licences(self) -> list[tuple[Markup, Markup]]:
        """Sources that say under which licence they are themselves."""
        pen = self.pen("licence.html")
        found = sorted(self.licences.items(), key=lambda item: (pen.names.label(item[0]).casefold(), item[0]))
        return [(pen.iri(source), pen.licence(licence)) for source, licence in found]


def _citation_key(about: About, year: int) -> str:
    """Return a name for the BibTeX entry."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in label_of(about.title)).split()
    return "-".join([*words[:4], str(year)]) or f"release-{year}"
