"""Write docs/reference/ from the ontology, the shapes and the headers of the reports: `make reference`.

A test compares what stands there with what this makes, so the reference cannot lag behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from eugraph.reports import Library
from eugraph.reports.library import Report
from eugraph.vocab import EUG, PREFIXES, shorten

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Made by `make reference`. Do not edit. -->"
_EUGSH = PREFIXES["eugsh"]
_SINGLE = URIRef(f"{EUG}SingleValuedProperty")
_TARGETS = {
    SH.targetClass: "every {}",
    SH.targetSubjectsOf: "whatever has {}",
    SH.targetObjectsOf: "whatever {} leads to",
}
_OPERATORS = {
    SH.inversePath: "^{}",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}
_LIKE = (
    (RDFS.subClassOf, "a kind of"),
    (RDFS.subPropertyOf, "a kind of"),
    (OWL.equivalentClass, "the same as"),
    (OWL.equivalentProperty, "the same as"),
    (SKOS.exactMatch, "exactly like"),
    (SKOS.closeMatch, "nearly like"),
    (SKOS.broadMatch, "narrower than"),
    (SKOS.narrowMatch, "wider than"),
    (SKOS.relatedMatch, "related to"),
)


def pages() -> dict[str, str]:
    """Return the text of each page, by its name in docs/reference/."""
    return {"reports.md": _reports(), "shapes.md": _shapes(), "terms.md": _terms()}


def _page(title: str, intro: str, lines: Iterator[str]) -> str:
    return "\n".join([MADE, "", f"# {title}", "", intro, "", *lines]).rstrip("\n") + "\n"


def _curie(term: Node) -> str:
    short = shorten(str(term))
    return short if short.startswith("<") else f"`{short}`"


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|")


def _objects(graph: Graph, subject: Node, predicate: Node) -> list[Node]:
    return sorted(graph.objects(subject, predicate), key=str)


def _english(graph: Graph, subject: Node, predicate: Node) -> str:
    """Return the English text of a property, else one without language, on one line."""
    found = [value for value in graph.objects(subject, predicate) if isinstance(value, Literal)]
    best = sorted(found, key=lambda value: (value.language != "en", value.language or "", str(value)))
    return _cell(str(best[0])) if best else ""


def _graph(*files: Path) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


# Shapes


def _shapes() -> str:
    intro = (
        "What each shape asks, file by file. The name is the code at the end of a finding of "
        "[`eugraph validate`](../cli.md#eugraph-validate); its text says the fault and the remedy. "
        "[Validation](../validate.md) tells how shapes are run."
    )
    return _page("Shapes", intro, _shape_files())


def _shape_files() -> Iterator[str]:
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        graph = _graph(file)
        shapes = sorted(set(graph.subjects(SH.message)) - set(graph.subjects(RDF.type, SH.SPARQLConstraint)), key=str)
        if not shapes:  # the prefixes
            continue
        yield from (f"## shapes/{file.name}", "", file.read_text(encoding="utf-8").partition("\n")[0].strip("# "), "")
        for shape in shapes:
            yield from _shape(graph, shape)


def _shape(graph: Graph, shape: Node) -> Iterator[str]:
    severity = str(graph.value(shape, SH.severity)).rpartition("#")[2].lower()
    targets = sorted(
        words.format(_curie(value))
        for holder in (shape, *graph.subjects(SH.property, shape))
        for predicate, words in _TARGETS.items()
        for value in graph.objects(holder, predicate)
    )
    path = graph.value(shape, SH.path)
    source = graph.value(shape, DCTERMS.source)
    yield from (f"### {str(shape).removeprefix(_EUGSH)}", "", _english(graph, shape, SH.message), "")
    yield f"- Severity: {severity}"
    yield f"- Asked of: {', '.join(targets)}"
    if path is not None:
        yield f"- Looks at: `{_path(graph, path)}`"
    yield from (f"- Rests on: {_curie(source)}" if source else "", "")


def _path(graph: Graph, path: Node) -> str:
    """Return a SHACL path as SPARQL writes it. Spec: SHACL §2.3.1, <https://www.w3.org/TR/shacl/#property-paths>."""
    if isinstance(path, URIRef):
        return shorten(str(path))
    for predicate, form in _OPERATORS.items():
        if (inner := graph.value(path, predicate)) is not None:
            text = _path(graph, inner)
            return form.format(text if isinstance(inner, URIRef) else f"({text})")
    if (several := graph.value(path, SH.alternativePath)) is not None:
        return " | ".join(_path(graph, item) for item in Collection(graph, several))
    return "/".join(_path(graph, item) for item in Collection(graph, path))


# Terms


def _terms() -> str:
    intro = (
        "Every class, property and concept, as the ontology defines it. How they hang together is told in "
        "[the model](../model.md). Keys of YAML and columns of CSV are the names without the prefix; properties of "
        "other vocabularies have [names of their own](../authoring.md#keys)."
    )
    return _page("Terms", intro, _term_sections())


def _term_sections() -> Iterator[str]:
    graph = _graph(ROOT / "ontology" / "eugraph.ttl")
    ours = sorted({each for each in graph.subjects(RDF.type) if str(each).startswith(EUG)}, key=str)
    classes = [term for term in ours if (term, RDF.type, OWL.Class) in graph]
    rest = [term for term in ours if term not in classes]
    for title, terms in (("Classes", classes), ("Properties", rest)):
        yield from (f"## {title}", "")
        for term in terms:
            yield from _term(graph, term)
    reused = sorted(set(graph.subjects(RDF.type, _SINGLE)) - set(ours), key=str)
    yield from ("## Properties of others that have one value at most", "")
    yield from (", ".join(map(_curie, reused)) + ".", "", "## Concept schemes", "")
    for file in sorted((ROOT / "ontology" / "schemes").glob("*.ttl")):
        yield from _scheme(_graph(file))


def _term(graph: Graph, term: Node) -> Iterator[str]:
    yield from (f"### {shorten(str(term))}", "", _english(graph, term, SKOS.definition), "")
    label = _english(graph, term, RDFS.label)
    yield f"- Label: {label}"
    for predicate, word in ((RDFS.domain, "Of"), (RDFS.range, "Value"), (OWL.inverseOf, "The other way")):
        if found := _objects(graph, term, predicate):
            yield f"- {word}: {', '.join(map(_curie, found))}"
    if (term, RDF.type, _SINGLE) in graph:
        yield "- At most one value"
    like = [f"{word} {_curie(o)}" for predicate, word in _LIKE for o in _objects(graph, term, predicate)]
    if like:
        yield f"- Elsewhere: {', '.join(like)}"
    yield ""
    for example in graph.objects(term, SKOS.example):
        yield from ("```turtle", str(example).strip(), "```", "")


def _scheme(graph: Graph) -> Iterator[str]:
    [scheme] = graph.subjects(RDF.type, SKOS.ConceptScheme)
    yield from (f"### {_english(graph, scheme, SKOS.prefLabel)}", "", _english(graph, scheme, SKOS.definition), "")
    concepts = sorted(set(graph.subjects(SKOS.inScheme, scheme)), key=str)
    if not concepts:
        yield from ("Its concepts stand in `data/`.", "")
        return
    yield from ("| Concept | Name | Meaning |", "|---|---|---|")
    for concept in concepts:
        meaning = _english(graph, concept, SKOS.definition)
        yield f"| {_curie(concept)} | {_english(graph, concept, SKOS.prefLabel)} | {meaning} |".replace("  |", " |")
    yield ""


# Reports


def _reports() -> str:
    intro = (
        "What each report asks, takes and answers, as the header of its query says. "
        "[Reports and queries](../queries.md) tells how to ask them, and how to write your own."
    )
    return _page("Reports", intro, _report_sections())


def _report_sections() -> Iterator[str]:
    for report in Library.open(ROOT / "queries").reports.values():
        yield from _report(report)


def _report(report: Report) -> Iterator[str]:
    yield from (f"## {report.name}", "", f"{report.title}. {report.asks}", "")
    if report.parameters:
        yield from ("| Parameter | Type | | For example |", "|---|---|---|---|")
        for each in report.parameters:
            yield f"| `{each.name}` | {each.type} | {'required' if each.required else 'optional'} | `{each.example}` |"
        yield ""
    if report.limit:
        yield from (f"At most {report.limit.rows:,} {report.limit.which}.", "")
    if report.edges:
        yield from ("Rows are edges: `--format graphml` gives a graph.", "")
    yield from ("| Column | Holds |", "|---|---|")
    for column in report.columns.split(";"):
        name, _, meaning = column.partition(":")
        yield f"| `{name.strip()}` | {_cell(meaning)} |"
    yield ""


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
