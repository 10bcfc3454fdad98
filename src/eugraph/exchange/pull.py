"""Statements of a remote endpoint, taken page by page into a folder, with a ledger of what was dropped or doubted.

The folder is like that of every import: `quads.nq`, sorted, in one named graph and that of provenance; `ledger.jsonl`;
`summary.json`; and `query.rq`, what was asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from pyoxigraph import Literal, NamedNode, Quad, Triple

from eugraph.errors import EndpointError, QuerySyntaxError
from eugraph.exchange.construct import Construct, read_construct
from eugraph.exchange.making import Made
from eugraph.exchange.pages import Paging
from eugraph.exchange.pull_kinds import CUT, DIFFERS, KINDS, NOT_COUNTED, PAGE
from eugraph.exchange.rows import read_rows
from eugraph.exchange.sorting import SortedLines
from eugraph.sources import provenance_of_import
from eugraph.sources.cordis.ledger import Kind, Ledger
from eugraph.sources.import_folder import LEDGER, QUADS, SUMMARY, import_folder
from eugraph.store.remote import RemoteStore
from eugraph.vocab import PREF_LABEL, RDF_TYPE, term

QUERY = "query.rq"


@dataclass(frozen=True, slots=True, kw_only=True)
class PullSummary:
    """The counts of an import from an endpoint; `counted` is how many rows the endpoint says there are."""

    name: str
    endpoint: str
    date: str
    licence: str
    statements: int
    rows: int
    counted: int | None
    pages: int
    ledger: Sequence[tuple[Kind, int]]

    @property
    def malformed(self) -> bool:
        """Whether the rows may not be all there are."""
        return any(kind.malformed for kind, _ in self.ledger)

    def as_json(self) -> bytes:
        """Return the summary as it is written into the folder."""
        said = {name: getattr(self, name) for name in self.__slots__ if name != "ledger"}
        said["ledger"] = {kind.name: {"outcome": kind.outcome.value, "count": count} for kind, count in self.ledger}
        return orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)

    def as_text(self) -> str:
        """Return the summary in words, for a terminal."""
        lines = [f"{self.rows:,} rows on {self.pages:,} pages became {self.statements:,} statements"]
        lines += (f"  {count:>7,}  {kind.name:<20} {kind.outcome.value}: {kind.reason}" for kind, count in self.ledger)
        return "\n".join(lines)


def pull(
    endpoint: str,
    construct: str,
    out: Path,
    *,
    base_iri: str,
    name: str,
    date: dt.date,
    licence: str,
    page: int = 5_000,
    timeout_s: float = 60,
    credentials: Path | None = None,
    progress: Callable[[int], object] = lambda _rows: None,
) -> PullSummary:
    """Take what a CONSTRUCT query says from an endpoint into the folder `out`.

    Args:
        endpoint: address of the endpoint.
        construct: the query, without ORDER BY, LIMIT, OFFSET and GROUP BY of its own.
        out: the folder, which is new, empty, or of an earlier import.
        base_iri: what the graph's name begins with.
        name: name of the source: its graph is `<base>graph/<name>`.
        date: the day on which it is read.
        licence: IRI of the licence under which the endpoint's data is.
        page: how many rows are asked for at once.
        timeout_s: longest wait for a page, in seconds (> 0).
        credentials: see `eugraph.store.credentials`.
        progress: takes the number of rows that were read, after each page.

    Raises:
        QueryError: the query is no CONSTRUCT, or has no pages.
        EndpointError: the endpoint did not answer as it should; `out` is as it was.
        OutputError: the folder cannot be written, or holds what no import put there.
    """
    query = read_construct(construct)
    store = RemoteStore(endpoint, timeout_s=timeout_s, credentials=credentials)
    graph = NamedNode(f"{base_iri}graph/{name}")
    source = NamedNode(f"{base_iri}source/{name}")
    with (
        import_folder(out, (QUADS, LEDGER, SUMMARY, QUERY)) as folder,
        (folder / LEDGER).open("xb") as entries,
        SortedLines(folder) as lines,
    ):
        ledger = Ledger(entries)
        made = Made(ledger, endpoint, query.template)
        counted = _counted(store, query, ledger, endpoint)
        paging = Paging(
            lambda text: read_rows(store.raw(text)[0], endpoint),
            query,
            page,
            lambda rows: ledger.add(CUT, endpoint, made.rows, value=str(rows)),
            endpoint,
        )
        pages = 0
        for rows in paging.pages():
            pages += 1
            ledger.add(PAGE, endpoint, made.rows + 1, value=str(len(rows)))
            for triple in made.of(rows):
                lines.add(f"{_quad(triple, graph)} .\n".encode())
            progress(made.rows)
        if counted not in (None, made.rows):
            ledger.add(DIFFERS, endpoint, 0, value=str(made.rows), note=f"{counted} were counted")
        for triple in made.with_names(base_iri):
            lines.add(f"{_quad(triple, graph)} .\n".encode())
        for quad in _origin(graph, source, endpoint, date, licence):
            lines.add(f"{quad} .\n".encode())
        statements = 0
        with (folder / QUADS).open("xb") as quads:
            for line in lines.lines():
                quads.write(line)
                statements += 1
        summary = PullSummary(
            name=name,
            endpoint=endpoint,
            date=date.isoformat(),
            licence=licence,
            statements=statements,
            rows=made.rows,
            counted=counted,
            pages=pages,
            ledger=[(kind, ledger.counts[kind]) for kind in KINDS if ledger.counts[kind]],
        )
        (folder / SUMMARY).write_bytes(summary.as_json())
        (folder / QUERY).write_text(construct, encoding="utf-8")
    return summary


def _counted(store: RemoteStore, query: Construct, ledger: Ledger, endpoint: str) -> int | None:
    try:
        [row] = read_rows(store.raw(query.count())[0], endpoint)
        count = row["rows"]
    except (EndpointError, QuerySyntaxError) as error:
        ledger.add(NOT_COUNTED, endpoint, 0, note=str(error))
        return None
    return int(count.value) if isinstance(count, Literal) else None


def _quad(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _origin(graph: NamedNode, source: NamedNode, endpoint: str, date: dt.date, licence: str) -> Iterator[Quad]:
    """Where the statements came from: the source in their graph, and that of the graph in the graph of provenance."""
    yield Quad(source, RDF_TYPE, term("eug:Source"), graph)
    yield Quad(source, PREF_LABEL, Literal(f"SPARQL endpoint {endpoint}", language="en"), graph)
    yield Quad(source, term("foaf:page"), NamedNode(endpoint), graph)
    yield Quad(source, term("eug:retrieved"), Literal(date.isoformat(), datatype=term("xsd:date")), graph)
    yield Quad(source, term("dcterms:license"), NamedNode(licence), graph)
    yield from provenance_of_import(graph, source, date=date, licence=licence)
