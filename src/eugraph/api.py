"""The Python API: open a workspace, ask it, check it, publish it.

>>> import eugraph
>>> workspace = eugraph.open()
>>> workspace.settings.title
'A tiny workspace'
>>> rows = workspace.query("project-members", project="project/alpha")
>>> [(row["name"], row["role"]) for row in rows.dicts()]
[('European Hematology Association', 'participant'), ('Example University', 'coordinator')]

Files are read when something is asked of them, and once; `OpenWorkspace.reload` forgets what was read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from pyoxigraph import Literal, NamedNode, Quad, Triple

from eugraph.checking import check
from eugraph.config import Workspace, open_workspace
from eugraph.errors import QueryError, ViolationsError
from eugraph.loading import Loaded, load, readable
from eugraph.pipeline import build
from eugraph.publish import Release
from eugraph.publish.documents import documents
from eugraph.reports import Answer, Library, ask, prepare, read_query
from eugraph.reports import Report as BundledReport
from eugraph.reports.describe import Description, describe
from eugraph.reports.find import find
from eugraph.reports.neighbourhood import Neighbourhood, neighbourhood
from eugraph.reports.parameters import Term, guess
from eugraph.reports.rows import Rows, Value
from eugraph.store import Graph, Solutions, Store
from eugraph.validate import Report
from eugraph.vocab import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph as RdflibGraph

Param = str | int | float | Decimal | dt.date | NamedNode | Literal

__all__ = ["OpenWorkspace", "Param", "Rows", "Value", "open"]

_SPARQL = re.compile(r"[\s{]")  # a report's name has neither


def open(path: str | PathLike[str] = ".") -> OpenWorkspace:  # noqa: A001 - `eugraph.open` reads well, and is its name
    """Open the workspace that `path` lies in: the nearest folder, itself or above, with a eugraph.toml.

    Raises:
        NoWorkspaceError: there is none.
        SettingError: eugraph.toml cannot be used as it stands.
    """
    return OpenWorkspace(open_workspace(Path(path)))


class OpenWorkspace:
    """A workspace that questions can be asked of."""

    def __init__(self, settings: Workspace) -> None:
        """Take the settings; nothing is read yet."""
        self.settings = settings

    def __repr__(self) -> str:
        return f"<eugraph workspace {self.settings.title!r} in {self.settings.root}>"

    @cached_property
    def _loaded(self) -> Loaded:
        return load(self.settings)

    def reload(self) -> None:
        """Forget what was read, so that the next question sees the files as they are then."""
        for name in ("_loaded", "graph", "vocabulary"):
            self.__dict__.pop(name, None)

    # Statements

    @property
    def quads(self) -> list[Quad]:
        """All statements about things, curated and derived, as pyoxigraph quads with the lexical forms of the files.

        Raises:
            UnreadableWorkspaceError: a file cannot be read.

        >>> import eugraph
        >>> len({quad.graph_name for quad in eugraph.open().quads})  # three files, and what is derived
        4
        """
        return readable(self._loaded).quads

    @cached_property
    def graph(self) -> RdflibGraph:
        """The same statements as an `rdflib.Graph` of their own; changing it changes no file.

        Raises:
            UnreadableWorkspaceError: a file cannot be read.

        >>> import eugraph
        >>> from rdflib import URIRef
        >>> workspace = eugraph.open()
        >>> alpha = URIRef(workspace.settings.base_iri + "grant/alpha")
        >>> print(workspace.graph.value(alpha, URIRef("https://w3id.org/eugraph/ontology#totalCost")))
        1500000.50
        """
        from eugraph.rdf.to_rdflib import to_graph  # rdflib loads slowly

        return to_graph(quad.triple for quad in self.quads)

    @cached_property
    def vocabulary(self) -> RdflibGraph:
        """The ontology and the concept schemes as an `rdflib.Graph`.

        Raises:
            UnreadableWorkspaceError: a file cannot be read.
        """
        from eugraph.rdf.to_rdflib import to_graph

        return to_graph(quad.triple for quad in readable(self._loaded).ontology.quads)

    # Questions

    @property
    def reports(self) -> dict[str, str]:
        """The names of the bundled reports, and what each asks."""
        return {report.name: report.asks for report in Library.open(self.settings.queries).reports.values()}

    def query(self, name_or_sparql: str | Path, /, **params: Param) -> Rows:
        """Ask for rows: by a report's name, with a SELECT query, or with one in a file (a `Path`).

        Args:
            name_or_sparql: what to ask. Queries see all named graphs together, the ontology and the concept schemes.
            params: values for the report's parameters, or for variables of the query. A text is read as on the command
                line: `organisation="organisation/eha"`; in a query of one's own only <IRI> and http(s)://… are IRIs.

        Raises:
            UnknownQueryError: there is no such report.
            ParameterError: a parameter is missing, unknown or not of its type.
            QuerySyntaxError: the query is not SPARQL 1.1.
            RefusedQueryError: it would read something else than the workspace, or write.
            QueryError: it does not ask for rows.
            UnreadableWorkspaceError: a file of the workspace cannot be read.

        >>> import eugraph
        >>> eugraph.open().query('''
        ...     PREFIX eug: <https://w3id.org/eugraph/ontology#>
        ...     SELECT ?project ?cost WHERE { ?project eug:grant/eug:totalCost ?cost FILTER(?cost > ?least) }
        ... ''', least=1_000_000)
        project             cost
        -------------  ---------
        project/alpha  1500000.5
        (1 row)
        """
        result = self._answer(name_or_sparql, params)
        if not isinstance(result, Solutions):
            raise QueryError("this query does not ask for rows. Use `construct` for a graph, `ask` for yes or no.")
        base = self.settings.base_iri
        cut = self._report(name_or_sparql).cut if _names_a_report(name_or_sparql) else lambda _: ""
        return Rows(result, base, more=cut(Answer(result=result, base_iri=base)))

    def construct(self, sparql: str | Path, /, **params: Param) -> RdflibGraph:
        """Return the graph that a CONSTRUCT or DESCRIBE query asks for; see `query`.

        Raises:
            QueryError: the query asks for something else.
        """
        from eugraph.rdf.to_rdflib import to_graph

        result = self._answer(sparql, params)
        if not isinstance(result, Graph):
            raise QueryError("this query does not ask for a graph. Use `query` for rows, `ask` for yes or no.")
        return to_graph(result.triples)

    def ask(self, sparql: str | Path, /, **params: Param) -> bool:
        """Return the answer to an ASK query; see `query`.

        Raises:
            QueryError: the query asks for something else.
        """
        result = self._answer(sparql, params)
        if not isinstance(result, bool):
            raise QueryError("this query does not ask for yes or no. Use `query` for rows, `construct` for a graph.")
        return result

    def _answer(self, query: str | Path, params: Mapping[str, Param]) -> Solutions | Graph | bool:
        base = self.settings.base_iri
        if _names_a_report(query):
            report = self._report(query)
            text, terms = report.text, report.terms({name: _text(value) for name, value in params.items()}, base)
        else:
            text = read_query(query) if isinstance(query, Path) else query
            terms = {name: _term(name, value, base) for name, value in params.items()}
        return ask(readable(self._loaded).store, prepare(text, terms, base_iri=base), base_iri=base).result

    def _report(self, name: str) -> BundledReport:
        return Library.open(self.settings.queries)[name]

    # One thing

    def find(
        self, name: str, *, endpoint: str | None = None, timeout_s: float = 30, credentials: Path | None = None
    ) -> str:
        """Return the IRI of the thing that `name` means: an IRI, a path such as project/harmony, or a name of it.

        Args:
            name: letters of both cases are one, accents do not count, and the beginning of a name is enough.
            endpoint: address of a SPARQL endpoint that holds the graph, to look there in place of the workspace.
            timeout_s: longest wait for the endpoint, in seconds.
            credentials: a file with the endpoint's password, in the form of .netrc; None for the one that the
                environment variable EUGRAPH_CREDENTIALS names, if any.

        Raises:
            UnknownThingError: nothing is called so.
            AmbiguousNameError: several things are.
            EndpointError: the endpoint did not answer.

        >>> import eugraph
        >>> eugraph.open().find("beispiel-universitat")
        'https://w3id.org/eugraph/id/organisation/uni'
        """
        return find(self._store(endpoint, timeout_s, credentials), name, self.settings.base_iri).value

    def describe(
        self, name: str, *, endpoint: str | None = None, timeout_s: float = 30, credentials: Path | None = None
    ) -> Description:
        """Return what `eugraph show` tells of a thing; see `find` for what may be its name."""
        store, base = self._store(endpoint, timeout_s, credentials), self.settings.base_iri
        thing = find(store, name, base)
        return describe(neighbourhood(store, thing), thing, base)

    def document(
        self,
        name: str,
        form: str = "ttl",
        *,
        endpoint: str | None = None,
        timeout_s: float = 30,
        credentials: Path | None = None,
    ) -> str:
        """Return the statements on a thing as in its document in the release, as "ttl" or "jsonld".

        What has no document of its own, such as a grant, comes with the statements on it and the names of what they
        point to. Without `endpoint` literals are as written in the files. See `find` for what may be the name.

        Raises:
            QueryError: there is no such form.
            ThingError: nothing, or more than one thing, is called so.
            EndpointError: the endpoint did not answer.
        """
        if form not in ("ttl", "jsonld"):
            raise QueryError(f"a document has no format {form}. Use one of ttl, jsonld.")
        from eugraph.rdf.jsonld import write_jsonld
        from eugraph.rdf.jsonld_context import Context
        from eugraph.rdf.turtle import write_turtle

        store, base = self._store(endpoint, timeout_s, credentials), self.settings.base_iri
        thing = find(store, name, base)
        loaded = readable(self._loaded)
        vocabulary = [quad.triple for quad in loaded.ontology.quads]
        quads = [Quad(*triple) for triple in neighbourhood(store, thing).triples] if endpoint else loaded.quads
        first, triples = _document(thing, quads, vocabulary, base)
        if form == "ttl":
            return write_turtle(triples, PREFIXES, base, first=first)
        return write_jsonld(triples, thing, Context.from_ontology(vocabulary), base).decode()

    def _store(self, endpoint: str | None, timeout_s: float, credentials: Path | None) -> Store:
        if endpoint is None:
            return readable(self._loaded).store
        from eugraph.store.union import union_store  # SPARQLWrapper loads slowly

        return union_store(endpoint, timeout_s=timeout_s, credentials=credentials)

    def place(self, iri: str) -> str:
        """Return file and line where the first statement on a thing stands; empty where no file speaks of it.

        >>> import eugraph
        >>> workspace = eugraph.open()
        >>> workspace.place(workspace.find("Alpha"))
        'data/projects/alpha.ttl:10'
        """
        place = self._loaded.curated.place(NamedNode(iri)) or self._loaded.ontology.place(NamedNode(iri))
        return f"{place.path.as_posix()}:{place.line}" if place else ""

    # The work

    def validate(self) -> Report:
        """Return everything that is wrong in the workspace, each finding with its place.

        >>> import eugraph
        >>> eugraph.open().validate().summary()
        '0 violations, 0 warnings, 8 infos'
        """
        return check(self._loaded)

    def build(
        self,
        out: str | PathLike[str] | None = None,
        *,
        base_iri: str | None = None,
        date: str | dt.date | None = None,
        previous: str | PathLike[str] | None = None,
        jobs: int | None = None,
    ) -> Release:
        """Make the release in the folder `out`, from the files as they are now.

        Args:
            out: folder of the release; None takes `dist` in the workspace, as the command line does. What it held stays
                whole until the new release is.
            base_iri: what the things' IRIs begin with in the release; None keeps the workspace's base.
            date: the day that the release bears; None takes SOURCE_DATE_EPOCH, else the newest day in the data.
            previous: folder of the release before, such as `out`; the new one tells what changed since, and goes on
                with its change feed. None makes a release that tells of no other.
            jobs: processes that write documents; None takes one a processor for a large workspace, else one.

        Raises:
            NoReleaseError: `previous` is no release.
            PreviousReleaseError: it has another base, or is damaged.
            ViolationsError: violations in the data; nothing was written. Its `report` holds the findings.
            OutputError: the release cannot be written; `out` is as it was.
        """
        day = date.isoformat() if isinstance(date, dt.date) else date
        folder = self.settings.release if out is None else Path(out)
        before = None if previous is None else Path(previous)
        report, release = build(self.settings, folder, base_iri=base_iri, date=day, previous=before, jobs=jobs)
        if release is None:
            raise ViolationsError(report, report.summary())
        return release


def _document(
    thing: NamedNode, quads: Sequence[Quad], vocabulary: Sequence[Triple], base_iri: str
) -> tuple[Sequence[NamedNode], Sequence[Triple]]:
    """What stands in the document of `thing`, and its statements.

    Where it has no document, these are the statements on it, and the names of what they point to.
    """
    for document in documents(quads, base_iri, vocabulary):
        if document.iri == thing:
            return document.things, document.triples
    known = Neighbourhood([*(quad.triple for quad in quads), *vocabulary])
    own = [Triple(thing, predicate, value) for predicate, values in known.of(thing).items() for value in values]
    pointed = [t.object for t in own if isinstance(t.object, NamedNode)]
    return [thing], [
        *own,
        *(Triple(node, predicate, name) for node in pointed for predicate, name in known.names(node)),
    ]


def _names_a_report(query: str | Path) -> TypeGuard[str]:
    return isinstance(query, str) and not _SPARQL.search(query)


def _text(value: Param) -> str:
    """A value as it is written on the command line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, NamedNode | Literal) else str(value)


def _term(name: str, value: Param, base_iri: str) -> Term:
    """The term that a value stands for in a query of one's own: a text is an IRI only if it looks like one."""
    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, str):
        is_iri = value.startswith(("http://", "https://")) or (value.startswith("<") and value.endswith(">"))
        return guess(name, value, base_iri) if is_iri else Literal(value)
    kinds = {bool: "boolean", int: "integer", float: "double", Decimal: "decimal", dt.date: "date"}
    kind = kinds.get(type(value), "dateTime")
    text = f"{value:f}" if isinstance(value, Decimal) else repr(value) if isinstance(value, float) else _text(value)
    return Literal(text, datatype=NamedNode(PREFIXES["xsd"] + kind))
