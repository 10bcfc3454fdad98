"""Ask a store a report or an ad-hoc query, and write the answer down."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse_query_results,
    serialize,
)

from eugraph.errors import ParameterError, QueryError, QuerySyntaxError, visible
from eugraph.rdf.nquads import BaseMove
from eugraph.rdf.turtle import write_turtle
from eugraph.reports.edges import Edges, write_graphml
from eugraph.reports.faults import explained
from eugraph.reports.parameters import Term, put_in
from eugraph.store import EmbeddedStore, Graph, Row, Solutions, Store
from eugraph.store.guard import refuse_outward
from eugraph.vocab import PREFIXES, shorten

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Cell = NamedNode | BlankNode | Literal | Triple | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a store answered, and the base that its things' IRIs begin with."""

    result: Solutions | Graph | bool
    base_iri: str
    edges: Edges | None = None  # which columns of rows make a graph, where they do

    @property
    def default_format(self) -> str:
        """What is written where nobody asks for a format."""
        return "ttl" if isinstance(self.result, Graph) else "table"

    def moved(self, move: BaseMove | None) -> Answer:
        """The rows of the answer with things under another base."""
        if move is None or not isinstance(self.result, Solutions):
            return self
        rows = [tuple(_moved(cell, move) for cell in row) for row in self.result.rows]
        return replace(self, result=Solutions(self.result.columns, rows), base_iri=move.new)

    def cut(self, rows: int) -> Answer:
        """The first rows of the answer, or of its statements as they are written."""
        if isinstance(self.result, Solutions):
            return replace(self, result=Solutions(self.result.columns, self.result.rows[:rows]))
        if isinstance(self.result, Graph):
            return replace(self, result=Graph(sorted(self.result.triples, key=str)[:rows]))
        return self

    def write(self, form: str) -> str:
        """Return the answer in one of the formats of `FORMATS`.

        Raises:
            QueryError: the format cannot hold this kind of answer.
        """
        if isinstance(self.result, bool):
            if form in ("json", "xml"):
                return _convert(json.dumps({"head": {}, "boolean": self.result}), form)
            if form not in ASK_FORMATS:
                raise QueryError(f"yes or no has no format {form}. Use one of {', '.join(ASK_FORMATS)}.")
            return f"{str(self.result).lower()}\n"
        if isinstance(self.result, Graph):
            if form not in GRAPH_FORMATS:
                raise QueryError(f"a graph has no format {form}. Use one of {', '.join(GRAPH_FORMATS)}.")
            return GRAPH_FORMATS[form](self.result.triples, self.base_iri)
        if form == GRAPHML:
            if self.edges is None:
                raise QueryError("these rows are no edges of a graph. Ask a report whose header has a line `# graph:`.")
            return write_graphml(self.result, self.edges)
        if form not in TABLE_FORMATS:
            raise QueryError(f"rows have no format {form}. Use one of {', '.join(TABLE_FORMATS)}.")
        return TABLE_FORMATS[form](self.result, self.base_iri)


def prepare(text: str, terms: Mapping[str, Term], *, base_iri: str) -> str:
    """Put the terms in at the query's variables and refuse what leads out of the store.

    Raises:
        ParameterError: a term has no place in the query.
        RefusedQueryError: the query would read something else than the store.
    """
    filled = put_in(text, terms)
    refuse_outward(filled, own_graphs=f"{base_iri}graph/")
    for name, term in terms.items():
        if isinstance(term, Literal) and _is_query(text) and not _is_query(put_in(text, {name: term})):
            raise ParameterError(
                f"parameter {name}: {term.value!r} stands for a text or number, and ?{name} stands where only an IRI "
                "can, as for a property. Give an IRI: a whole one, or a path in <…>."
            )
    return filled


def _is_query(text: str) -> bool:
    """Tell whether the engine can read a query; asked of a store without statements, so it is answered at once."""
    try:
        EmbeddedStore().query(text)
    except QuerySyntaxError:
        return False
    except QueryError:  # it was read, and failed in being answered
        return True
    return True


def ask(store: Store, prepared: str, *, base_iri: str) -> Answer:
    """Ask a prepared query.

    Raises:
        QuerySyntaxError: the query is not SPARQL 1.1.
        EndpointError: a remote store did not answer.
    """
    try:
        result = store.query(prepared)
    except QuerySyntaxError as error:
        raise QuerySyntaxError(explained(str(error), prepared)) from None
    return Answer(result=result, base_iri=base_iri)


def _moved(cell: Cell, move: BaseMove) -> Cell:
    if isinstance(cell, NamedNode) and cell.value.startswith(move.old):
        return NamedNode(move.new + cell.value[len(move.old) :])
    return cell


def plain(cell: Cell) -> str:
    """A cell as the CSV results format has it: the IRI or the text itself, nothing where unbound.

    Spec: SPARQL 1.1 Query Results CSV and TSV Formats §3, <https://www.w3.org/TR/sparql11-results-csv-tsv/#csv>.
    """
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, (Triple, BlankNode)) else cell.value


def _csv(solutions: Solutions, _: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(solutions.columns)
    writer.writerows([plain(cell) for cell in row] for row in solutions.rows)
    return out.getvalue()


def _json(solutions: Solutions, _: str) -> str:
    """The SPARQL JSON results format, a row a line so that two answers can be compared line by line.

    Spec: <https://www.w3.org/TR/sparql11-results-json/>.
    """
    rows = ",\n".join(
        "  "
        + json.dumps(
            {c: _json_term(cell) for c, cell in zip(solutions.columns, row, strict=True) if cell is not None},
            ensure_ascii=False,
        )
        for row in solutions.rows
    )
    head = json.dumps({"vars": list(solutions.columns)}, ensure_ascii=False)
    return f'{{"head": {head},\n"results": {{"bindings": [\n{rows}\n]}}}}\n'


def _json_term(cell: Cell) -> dict[str, object]:
    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, BlankNode):
        return {"type": "bnode", "value": cell.value}
    if isinstance(cell, Literal):
        term: dict[str, object] = {"type": "literal", "value": cell.value}
        if cell.direction:
            raise QueryError(
                f"the text {cell.value[:40]!r} has a direction of writing, which the results formats of SPARQL 1.1 "
                "cannot hold. Use csv or table, or ask for STR(…)."
            )
        if cell.language:
            term["xml:lang"] = cell.language
        elif cell.datatype.value != PREFIXES["xsd"] + "string":
            term["datatype"] = cell.datatype.value
        return term
    raise QueryError("an answer with triple terms has no JSON form in SPARQL 1.1.")


def _convert(text: str, form: str) -> str:
    """A JSON result as TSV or XML, by the engine's own writers."""
    target = {"xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON}[form]
    written = parse_query_results(text, format=QueryResultsFormat.JSON).serialize(format=target)
    return (written or b"").decode().rstrip("\n") + "\n"


def _xml(solutions: Solutions, base_iri: str) -> str:
    """The SPARQL XML results format.

    Spec: <https://www.w3.org/TR/rdf-sparql-XMLres/>.
    """
    for number, row in enumerate(solutions.rows, 1):
        for column, cell in zip(solutions.columns, row, strict=True):
            if isinstance(cell, Literal) and (bad := _NO_XML.search(cell.value)):
                raise QueryError(
                    f"row {number}, ?{column}: the text holds the character U+{ord(bad[0]):04X}, which XML "
                    "cannot hold. Use another format, such as json."
                )
    return _convert(_json(solutions, base_iri), "xml")


def _shown(cell: Cell, base_iri: str) -> str:
    """A cell for people: things without the base, terms as prefix:name."""
    if isinstance(cell, NamedNode):
        iri = cell.value
        short = iri[len(base_iri) :] if iri.startswith(base_iri) else shorten(iri)
        return visible(short[1:-1] if short.startswith("<") else short)
    return visible(" ".join(plain(cell).split()))


def _grid(solutions: Solutions, base_iri: str) -> list[list[str]]:
    return [list(solutions.columns), *([_shown(cell, base_iri) for cell in row] for row in solutions.rows)]


def _is_number(rows: Sequence[Row], column: int) -> bool:
    numeric = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "double")}
    cells = [row[column] for row in rows if row[column] is not None]
    return bool(cells) and all(isinstance(cell, Literal) and cell.datatype.value in numeric for cell in cells)


def _table(solutions: Solutions, base_iri: str) -> str:
    grid = _grid(solutions, base_iri)
    if not solutions.rows:
        return "  ".join(grid[0]) + "\n(no rows)\n"
    widths = [max(len(row[column]) for row in grid) for column in range(len(grid[0]))]
    right = [_is_number(solutions.rows, column) for column in range(len(widths))]
    grid.insert(1, ["-" * width for width in widths])
    lines = (
        "  ".join(cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(row, widths, right, strict=True)).rstrip()
        for row in grid
    )
    return "\n".join(lines) + "\n"


def _markdown(solutions: Solutions, base_iri: str) -> str:
    head, *rows = [[cell.replace("|", "\\|") for cell in row] for row in _grid(solutions, base_iri)]
    rule = ["--:" if _is_number(solutions.rows, column) else "---" for column in range(len(head))]
    return "".join("| " + " | ".join(row) + " |\n" for row in (head, rule, *rows))


def _turtle(triples: Sequence[Triple], base_iri: str) -> str:
    return write_turtle(triples, PREFIXES, base_iri)


def _ntriples(triples: Sequence[Triple], _: str) -> str:
    return "".join(sorted(f"{triple} .\n" for triple in set(triples)))


def _jsonld(triples: Sequence[Triple], _: str) -> str:
    written = serialize(sorted(set(triples), key=str), format=RdfFormat.JSON_LD)
    return json.dumps(json.loads(written or b"[]"), ensure_ascii=False, indent=2) + "\n"


TABLE_FORMATS: dict[str, Callable[[Solutions, str], str]] = {
    "table": _table,
    "csv": _csv,
    "tsv": lambda solutions, base: _convert(_json(solutions, base), "tsv"),
    "json": _json,
    "xml": _xml,
    "md": _markdown,
}
GRAPH_FORMATS: dict[str, Callable[[Sequence[Triple], str], str]] = {
    "ttl": _turtle,
    "nt": _ntriples,
    "jsonld": _jsonld,
}
ASK_FORMATS = ("table", "csv", "json", "xml")
GRAPHML = "graphml"  # of rows that are edges
FORMATS = (*TABLE_FORMATS, GRAPHML, *GRAPH_FORMATS)
