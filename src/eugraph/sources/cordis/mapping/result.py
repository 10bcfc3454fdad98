"""Results of projects, from the table `result`: publications, deliverables, summaries of reports, patents."""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.lists import COLLECTIONS, RESULT_KINDS
from eugraph.sources.cordis.mapping.bibliography import CITED, Bibliography
from eugraph.sources.cordis.mapping.context import Context, Counting, Rows
from eugraph.sources.cordis.mapping.known_projects import KnownProjects
from eugraph.sources.cordis.nquads_text import escaped, one_line, predicate, slug
from eugraph.sources.cordis.tables import RESULT
from eugraph.vocab import PREFIXES, term

_RESULT = predicate("eug:result")
_TYPE = f"{predicate('rdf:type')}{term('eug:Result')}"
_LABEL = predicate("skos:prefLabel")
_TITLE = predicate("dcterms:title")
_KIND = f"{predicate('eug:resultKind')}<{PREFIXES['reskind']}"
_RCN = predicate("eug:rcn")
_PAGE = predicate("foaf:page")
_ABSTRACT = predicate("dcterms:abstract")
_SOURCE = predicate("dcterms:source")


class Row(NamedTuple):
    """The cells of a row that are looked at here, under the names of their columns."""

    projectID: str  # noqa: N815 - the names of the columns
    id: str
    rcn: str
    title: str
    collection: str
    type: str
    description: str
    url: str
    contentUpdateDate: str  # noqa: N815


def result_kind(collection: str, kind: str) -> str:
    """Return the concept of a kind of result; that of the collection where the kind is not known, "" of neither."""
    whole = COLLECTIONS.get(collection.lower(), "")
    kind = kind.lower()
    if whole:
        return RESULT_KINDS[whole].get(kind, whole)
    found = {kinds_of[kind] for kinds_of in RESULT_KINDS.values() if kind in kinds_of}
    return found.pop() if len(found) == 1 else ""


class Results:
    """Maps the rows of results."""

    def __init__(self, context: Context, known: KnownProjects) -> None:
        self._context, self._known = context, known
        self._bibliography = Bibliography(context)
        self._seen: dict[str, int] = {}  # last part of the address -> hash of the row

    def read(self, file: str, rows: Rows) -> None:
        """Map the rows of one file."""
        context, known, seen = self._context, self._known, self._seen
        own, cited = (itemgetter(*map(RESULT.columns.index, columns)) for columns in (Row._fields, CITED))
        collections, types = Counting(), Counting()
        for line, raw in rows:
            values = list(map(str.strip, raw))
            row = Row._make(own(values))
            name = self._name(row, hash(tuple(values)), file, line)
            if not name:
                continue
            seen[name] = hash(tuple(values))
            collections.add(row.collection, line)
            types.add(row.type, line)
            context.update(row.contentUpdateDate)
            known.get(row.projectID, file, line)
            here = f"<{context.base}result/{name}>"
            context.write(
                self._lines(here, name, row, file, line)
                + self._bibliography.lines(here, cited(values), file, line, row.id or name)
            )
        context.tallies.add("result", "collection", collections, file)
        context.tallies.add("result", "type", types, file)

    def _name(self, row: Row, mark: int, file: str, line: int) -> str:
        """Return the last part of the result's address; "" of a row that has none, or that came before."""
        add = self._context.ledger.add
        if not row.projectID.isdecimal():
            add(kinds.NO_PROJECT_NUMBER, file, line, about=row.id, column="projectID", value=row.projectID)
            return ""
        name = slug(row.id) or (f"rcn-{row.rcn}" if row.rcn.isdecimal() else "")
        if not name:
            add(kinds.NO_IDENTIFIER, file, line, about=row.projectID, column="id", value=row.id)
        elif name in self._seen:
            same = self._seen[name] == mark
            add(kinds.REPEATED_ROW if same else kinds.CONTRADICTING_ROW, file, line, about=row.id or name)
            return ""
        if "_" in row.id and not row.id.startswith(f"{row.projectID}_"):
            add(kinds.RESULT_OF_ANOTHER, file, line, about=row.id, column="projectID", value=row.projectID)
        return name

    def _lines(self, here: str, name: str, row: Row, file: str, line: int) -> str:
        context, end = self._context, self._context.end
        about = row.id or name
        title = context.plain(row.title, file, line, about, "title")
        label = one_line(title)
        if not label:
            label = about
            context.ledger.add(kinds.NO_TITLE, file, line, about=about, column="title", became=label)
        text = (
            f"<{context.base}project/{row.projectID}>{_RESULT}{here}{end}"
            f'{here}{_TYPE}{end}{here}{_LABEL}"{escaped(label)}"@en{end}{here}{_SOURCE}{context.source}{end}'
        )
        if title:
            text += f'{here}{_TITLE}"{escaped(title)}"@en{end}'
        if concept := self._kind(row, file, line, about):
            text += f"{here}{_KIND}{concept}>{end}"
        if row.rcn:
            text += f'{here}{_RCN}"{escaped(row.rcn)}"{end}'
        if row.description:
            said = context.plain(row.description, file, line, about, "description")
            text += f'{here}{_ABSTRACT}"{escaped(said)}"@en{end}'
        if row.url and (page := context.address(row.url, file, line, about, "url")):
            text += f"{here}{_PAGE}<{page}>{end}"
        return text

    def _kind(self, row: Row, file: str, line: int, about: str) -> str:
        concept = result_kind(row.collection, row.type)
        if not concept or not row.collection or (row.type and concept in RESULT_KINDS):
            note = f"collection {row.collection or 'not stated'}"
            self._context.ledger.add(
                kinds.NO_RESULT_KIND, file, line, about=about, column="type", value=row.type, became=concept, note=note
            )
        return concept

    def finish(self) -> None:
        """Enter the DOIs that several results share."""
        self._context.count("result", len(self._seen))
        self._bibliography.finish()
