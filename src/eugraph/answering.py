"""Answers: of a report, of a file with a query, of a query as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from eugraph.config import Workspace
from eugraph.errors import QueryError, UnreachableFileError
from eugraph.loading import load, readable
from eugraph.rdf.stream import StatementReader, form_of
from eugraph.reports import Answer, Library, Report, ask, has_header, parse_report, prepare, read_query, undescribed
from eugraph.reports.parameters import guess
from eugraph.store import Graph, Row, Solutions, Store, TimedStore
from eugraph.validate.departures import departures
from eugraph.validate.vocabulary import Vocabulary
from eugraph.vocab import PREFIXES

_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")


def answer(
    workspace: Workspace,
    name: str,
    given: Mapping[str, str],
    *,
    text: str | None = None,
    endpoint: str | None = None,
    timeout_s: float = 30,
    credentials: Path | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> Answer:
    """Ask a report, a file with a query, or the query `text`, of the workspace or of a remote endpoint.

    Args:
        workspace: whose reports and statements are asked.
        name: a report's name, or the path of a file with a query. What the header of a file says holds.
        given: parameters, name -> text.
        text: the query itself; then `name` only names it in messages.
        endpoint: address of a SPARQL endpoint that holds the graph; the union of its graphs is asked.
        timeout_s: longest wait for the answer, in seconds; reading the workspace is not counted.
        credentials: a file with the endpoint's password, see `eugraph.store.credentials`.
        say: takes a line on each parameter that names a thing of which the workspace says nothing, and one where there
            may be more rows.

    Raises:
        QueryError: the query cannot be asked, or was not answered in time.
        EndpointError: the endpoint did not answer as it should.
    """
    base = workspace.base_iri
    report: Report | None = None
    if text is None and Path(name).suffix in (".rq", ".sparql"):
        text = read_query(Path(name))
    if text is None:
        report = Library.open(workspace.queries)[name]
        text = report.text
    elif has_header(text):
        report = parse_report(Path(name).stem, text, file=name if name != "-" else "standard input")
    if report is not None:
        terms = report.terms(given, base)
    else:
        terms = {parameter: guess(parameter, value, base) for parameter, value in given.items()}
    filled = prepare(text, terms, base_iri=base)
    if endpoint is not None:
        from eugraph.store.union import union_store  # SPARQLWrapper brings rdflib along

        store: Store = union_store(endpoint, timeout_s=timeout_s, credentials=credentials, say=say)
    else:
        loaded = readable(load(workspace, say=say))
        for line in undescribed(terms, loaded.curated.quads, base, lambda thing: any(loaded.store.about(thing))):
            say(line)
        store = TimedStore(loaded.store, timeout_s)
    found = ask(store, filled, base_iri=base)
    if report is None:
        return found
    if line := report.cut(found):
        say(f"{report.name}: {line}")
    return replace(found, edges=report.edges)


def departures_from(vocabulary: Path, answer: Answer) -> Answer:
    """Compare a graph with the vocabulary in whose words it is, and answer with rows: one for each kind of departure.

    Args:
        vocabulary: an RDF file, perhaps packed by gzip: an ontology in OWL, or schema.org.
        answer: the graph.

    Raises:
        QueryError: the answer is no graph, or the file describes no class or property.
        InputError: the file cannot be read.
    """
    if not isinstance(answer.result, Graph):
        raise QueryError("only a graph can be compared with a vocabulary. Ask a profile, or with CONSTRUCT.")
    try:
        with vocabulary.open("rb") as source:
            known = Vocabulary.read(StatementReader(source, vocabulary, form_of(vocabulary)))
    except OSError as error:
        raise UnreachableFileError(vocabulary, f"the file cannot be read: {error.strerror}. Check the name.") from error
    if not known.classes and not known.properties:
        raise QueryError(f"{vocabulary}: no class and no property is described here. Name the file of a vocabulary.")
    rows: list[Row] = []
    for found in departures(answer.result.triples, known):
        texts = (found.kind.value, found.class_, found.property_, found.found)
        count = Literal(str(found.count), datatype=_INTEGER)
        rows.append((*map(Literal, texts), count, NamedNode(found.example)))
    columns = ("departure", "class", "property", "found", "count", "example")
    return Answer(result=Solutions(columns, rows), base_iri=answer.base_iri)
