"""Which datasets a release has: the whole graph, each programme, each imported source, the ontology, each report."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from eugraph.changes import Changes, Words
from eugraph.publish.addresses import Addresses
from eugraph.publish.catalogue.downloads import FORMS, downloads, file_of
from eugraph.publish.catalogue.model import CSV, JSON_LD, NQUADS, RESULTS, TURTLE, Dataset, File, Form, Period, Role
from eugraph.publish.catalogue.survey import Survey, name_of
from eugraph.publish.dumps import shard_path
from eugraph.publish.feed.vocabulary import STREAM
from eugraph.publish.figures import Figures
from eugraph.publish.given import ReleaseInput
from eugraph.publish.pages.kinds import ORDER, kind_of
from eugraph.publish.pages.terms import literal
from eugraph.publish.pages.words import one_line, plural
from eugraph.publish.paths import path_of, segment_of
from eugraph.publish.staging import Kept
from eugraph.publish.statements import Statements, split
from eugraph.rdf.jsonld_context import Context
from eugraph.vocab import PREFIXES, RDF_TYPE, term

_LICENCE, _RIGHTS = f"<{PREFIXES['dcterms']}license>", f"<{PREFIXES['dcterms']}rights>"
_PRIMARY = f"<{PREFIXES['prov']}hadPrimarySource>"
_ISSUED, _WHOLES = term("dcterms:issued"), {term("owl:Ontology"), term("skos:ConceptScheme")}
_LONGEST = 4900  # characters of a description; 5000 are read
_STREAM = f"{STREAM}.ttl"
_FEW = 3  # kinds of things that a description counts by name


@dataclass(frozen=True, kw_only=True)
class Datasets:
    """Makes the datasets of one release."""

    release: ReleaseInput
    statements: Statements
    survey: Survey
    figures: Figures
    addresses: Addresses  # where things lead that are no document by themselves
    context: Context
    files: Mapping[str, Kept]  # of the release, by path
    changes: Changes | None = None  # since the previous release; None where none is known
    before: Mapping[str, Kept] = field(default_factory=dict)  # files that were made for the catalogue, by path
    touched: Container[str] | None = None  # documents that may have changed since; None where all may

    def whole(self) -> Dataset:
        """Return the whole graph as a dataset."""
        what = "The whole graph as {}, {}"
        return Dataset(
            slug="all",
            name="The whole graph",
            title=one_line(self.release.title),
            description=_cut(f"{self.release.description.strip()} {self._counts()}"),
            files=[
                self._file("dump/all.nq.gz", NQUADS, what.format("N-Quads", "with a named graph for each file.")),
                self._file("dump/all.ttl.gz", TURTLE, what.format("Turtle", "in one graph.")),
                self._file("dump/all.jsonld.gz", JSON_LD, what.format("JSON-LD", "in one graph.")),
            ],
            period=self.survey.period(),
            provenance=self._provenance(),
            role=Role.WHOLE,
            stream=_STREAM if _STREAM in self.files else "",
            notes=_cut(Words(self.changes).summary()) if self.changes else "",
        )

    def _counts(self) -> str:
        things = sorted(self.figures.things.items(), key=lambda item: (ORDER.get(item[0], len(ORDER)), item[0]))
        named = [f"{count} {kind_of(kind).many.lower()}" for kind, count in things if kind not in ("source", "graph")]
        words = f"{', '.join(named[:_FEW])} and more" if len(named) > _FEW else " and ".join(named) or "nothing yet"
        return f"Described here: {words}, in {self.figures.quads} statements."

    def _provenance(self) -> str:
        found = ", ".join(plural(count, severity) for severity, count in self.figures.findings.items())
        return (
            f"The statements stand in {self.figures.graphs} named graphs, one for each file, and every description "
            f"names the sources that it rests on. Findings when checked against the shapes: {found or 'none'}."
        )

    def programmes(self) -> Iterator[tuple[Dataset, list[tuple[str, bytes | None]]]]:
        """Yield a dataset for each outermost programme that pays for a project described here, with its files.

        A file that is as before comes without content.
        """
        base, moved = self.release.base_iri, self.release.moved
        for programme, projects in sorted(self.survey.programmes.items()):
            name = one_line(name_of(self.statements, programme))
            rest = programme.removeprefix(base).removeprefix("programme/")
            slug = f"programme/{path_of(rest, frozenset())}"
            paths = {f"download/{slug}.{form.ending}.gz": form for form in FORMS}
            texts = {path: f"The projects under {name} as {form.name}." for path, form in paths.items()}
            listed, written = [], list[tuple[str, bytes | None]]()
            if self._is_as_before((programme, *projects), paths):
                listed = [_listed(self.before[path], form, texts[path]) for path, form in paths.items()]
                written = [(path, None) for path in paths]
            else:
                things = self._standing_with(programme, projects)
                for path, data in zip(
                    paths, downloads(self.statements, things, self.context, base, moved), strict=True
                ):
                    listed.append(file_of(path, paths[path], texts[path], data))
                    written.append((path, data))
            many = "1 project" if len(projects) == 1 else f"{len(projects)} projects"
            found = Dataset(
                slug=slug,
                name=f"Projects under {name}",
                title=one_line(f"Projects under {name}: {self.release.title}"),
                description=_cut(
                    f"The {many} described here that have a grant under {name} or one of its parts, with their grants, "
                    "participations and the claims of sources about them."
                ),
                files=listed,
                keywords=[name],
                period=self.survey.period_of(projects) or self.survey.period_of([programme]),
                role=Role.PART,
            )
            yield found, written

    def _is_as_before(self, documents: Iterable[str], paths: Iterable[str]) -> bool:
        """Say whether files were made of these documents before, and nothing in them can have changed."""
        touched = self.touched
        if touched is None or not all(path in self.before for path in paths):
            return False
        return not any(iri in touched for iri in documents)

    def _standing_with(self, programme: str, projects: Sequence[str]) -> list[str]:
        """Return a programme, projects, and all that stands in the documents of these."""
        base = self.release.base_iri
        paths = [path_of(iri.removeprefix(base)) for iri in projects]
        guests = self.addresses.standing_in(paths)
        return [*dict.fromkeys((programme, *projects, *(f"{base}{rest}" for p in paths for rest in guests.get(p, ()))))]

    def sources(self) -> Iterator[Dataset]:
        """Yield a dataset for each imported source."""
        base = self.release.base_iri
        for name in self.release.sources:
            graph = f"{base}graph/{name}"
            path = f"dump/{shard_path(graph, base)}.nq.gz"
            if path not in self.files:
                continue
            source = self._value(graph, _PRIMARY)
            title = one_line(name_of(self.statements, source)) if source else name
            yield Dataset(
                slug=f"source/{segment_of(name)}",
                name=title,
                title=one_line(f"{title}, as imported"),
                description=_cut(
                    f"The statements that were imported from {title}, in a graph of their own. They are not curated "
                    "here: what is wrong in the source is in the validation report of the release."
                ),
                files=[self._file(path, NQUADS, f"The statements imported from {title}, as N-Quads.")],
                role=Role.PART,
                licence=self._value(source, _LICENCE) or self._value(graph, _LICENCE),
                rights=self._value(source, _RIGHTS),
            )

    def ontology(self) -> Iterator[Dataset]:
        """Yield the ontology with its concept schemes as a dataset, where there is one."""
        files, issued = [], set[str]()
        for name, triples in self.release.ontology.items():
            is_scheme = any(t.predicate == RDF_TYPE and t.object == term("skos:ConceptScheme") for t in triples)
            what = f"The concept scheme {name.rpartition('/')[2]}" if is_scheme else "The ontology"
            issued |= _issued(triples)
            path = f"ontology/{'/'.join(map(segment_of, name.split('/')))}"
            files += [
                self._file(f"{path}.{form.ending}", form, f"{what} as {form.name}.") for form in (TURTLE, JSON_LD)
            ]
        if files:
            yield Dataset(
                slug="ontology",
                name="Ontology and concept schemes",
                title=one_line(f"Ontology: {self.release.title}"),
                description=_cut(
                    "The classes and properties that the descriptions are written in, and the concept schemes of "
                    "roles, statuses, kinds and countries, each term with a label, a definition and its source."
                ),
                files=sorted(files, key=lambda file: file.path),
                period=Period(start=min(issued)) if issued else None,  # since then its terms have meant something
                role=Role.VOCABULARY,
            )

    def reports(self) -> Iterator[Dataset]:
        """Yield a dataset for each report: its answer."""
        for name, report in sorted(self.release.reports.items()):
            path = f"query/{segment_of(name)}"
            given = ", ".join(f"{key} {value}" for key, value in sorted(report.params.items()))
            asked = f" Answered for {given}." if given else ""
            yield Dataset(
                slug=path,
                name=one_line(report.title),
                title=one_line(f"{report.title}: {self.release.title}"),
                description=_cut(
                    f"{report.asks.strip()}{asked} The answer to a report over the whole graph, with the query that "
                    f"gives it. {report.more}"
                ),
                files=[
                    self._file(f"{path}.csv", CSV, "The answer as a table in CSV, with a line of headings."),
                    self._file(f"{path}.json", RESULTS, "The answer as SPARQL 1.1 Query Results JSON."),
                ],
                keywords=[one_line(report.title)],
                period=self.survey.period(),
                provenance=f"Answered by the query in {path}.rq, over all statements of the release.",
                role=Role.RESULT,
            )

    def _file(self, path: str, form: Form, description: str) -> File:
        return _listed(self.files[path], form, description)

    def _value(self, iri: str, predicate: str) -> str:
        """Return the first value of a property as plain text; "" where there is none."""
        found = [split(line)[1] for line in self.statements.of(f"<{iri}>").split("\n") if line.startswith(predicate)]
        value = min(found, default="")
        return value[1:-1] if value.startswith("<") else literal(value).value if value else ""


def _listed(kept: Kept, form: Form, description: str) -> File:
    return File(
        path=kept.path,
        form=form,
        description=description,
        is_packed=kept.path.endswith(".gz"),
        size=kept.size,
        sha256=kept.sha256,
    )


def _issued(triples: Sequence[Triple]) -> set[str]:
    """Return the days on which an ontology or scheme was issued, YYYY-MM-DD."""
    wholes = {each.subject for each in triples if each.predicate == RDF_TYPE and each.object in _WHOLES}
    values = (each.object for each in triples if each.predicate == _ISSUED and each.subject in wholes)
    return {value.value for value in values if isinstance(value, Literal) and value.datatype == term("xsd:date")}


def names_of_places(vocabulary: Sequence[Triple], space: str) -> dict[str, str]:
    """Return the English names of the places that a vocabulary holds, by what follows `space` in their IRIs."""
    names: dict[str, str] = {}
    label = term("skos:prefLabel")
    for triple in vocabulary:
        place, value = triple.subject, triple.object
        if triple.predicate != label or not isinstance(place, NamedNode) or not isinstance(value, Literal):
            continue
        if place.value.startswith(space) and value.language == "en":
            code = place.value[len(space) :]
            names[code] = min(value.value, names.get(code, value.value))
    return names


def _cut(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"
