"""Results of projects, from the table `result`: publications, deliverables, summaries of reports, patents."""

from __future__ import annotations

import html
import re
from operator import itemgetter

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.lists import COLLECTIONS, RESULT_KINDS
from eugraph.sources.cordis.mapping.bibliography import Bibliography
from eugraph.sources.cordis.mapping.context import Context, Counting, Rows
from eugraph.sources.cordis.mapping.known_projects import KnownProjects
from eugraph.sources.cordis.mapping.texts import without_controls
from eugraph.sources.cordis.nquads_text import escaped, one_line, predicate, slug
from eugraph.sources.cordis.tables import RESULT
from eugraph.vocab import PREFIXES, term

_TALLIED = ("collection", "type")
_ENTITY = re.compile(r"&(?:[A-Za-z]+|#[0-9]+|#x[0-9A-Fa-f]+);")

_RESULT = predicate("eug:result")
_TYPE = f"{predicate('rdf:type')}{term('eug:Result')}"
_LABEL = predicate("skos:prefLabel")
_TITLE = predicate("dcterms:title")
_KIND = f"{predicate('eug:resultKind')}<{PREFIXES['reskind']}"
_RCN = predicate("eug:rcn")
_PAGE = predicate("foaf:page")
_ABSTRACT = predicate("dcterms:abstract")
_SOURCE = predicate("dcterms:source")


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
        context, ledger, base, end = self._context, self._context.ledger, self._context.base, self._context.end
        seen, known = self._seen, self._known
        cells = itemgetter(
            *map(
                RESULT.columns.index,
                ("projectID", "id", "rcn", "title", "collection", "type", "description", "url", "contentUpdateDate"),
            )
        )
        cited = itemgetter(*map(RESULT.columns.index, Bibliography.COLUMNS))
        tallied = {column: Counting() for column in _TALLIED}
        for line, raw in rows:
            values = list(map(str.strip, raw))
            number, code, rcn, title, collection, kind, description, url, updated = cells(values)
            if not number.isdecimal():
                ledger.add(kinds.NO_PROJECT_NUMBER, file, line, about=code, column="projectID", value=number)
                continue
            name = slug(code) or (f"rcn-{rcn}" if rcn.isdecimal() else "")
            if not name:
                ledger.add(kinds.NO_IDENTIFIER, file, line, about=number, column="id", value=code)
                continue
            mark = hash(tuple(values))
            if name in seen:
                ledger.add(
                    kinds.REPEATED_ROW if seen[name] == mark else kinds.CONTRADICTING_ROW, file, line, about=code
                )
                continue
            seen[name] = mark
            tallied["collection"].add(collection, line)
            tallied["type"].add(kind, line)
            context.update(updated)
            known.get(number, file, line)
            if not code.startswith(f"{number}_") and "_" in code:
                ledger.add(kinds.RESULT_OF_ANOTHER, file, line, about=code, column="projectID", value=number)
            here = f"<{base}result/{name}>"
            title = self.text(title, file, line, code, "title")
            label = one_line(title)
            if not label:
                label = code or name
                ledger.add(kinds.NO_TITLE, file, line, about=code, column="title", became=label)
            text = (
                f"<{base}project/{number}>{_RESULT}{here}{end}"
                f'{here}{_TYPE}{end}{here}{_LABEL}"{escaped(label)}"@en{end}{here}{_SOURCE}{context.source}{end}'
            )
            if title:
                text += f'{here}{_TITLE}"{escaped(title)}"@en{end}'
            concept = result_kind(collection, kind)
            if concept:
                text += f"{here}{_KIND}{concept}>{end}"
            if not concept or (kind and concept in RESULT_KINDS) or not collection:
                ledger.add(
                    kinds.NO_RESULT_KIND, file, line, about=code, column="type", value=kind, became=concept,
                    note=f"collection {collection or 'not stated'}",
                )
            if rcn:
                text += f'{here}{_RCN}"{escaped(rcn)}"{end}'
            if description:
                said = self.text(description, file, line, code, "description")
                text += f'{here}{_ABSTRACT}"{escaped(said)}"@en{end}'
            if url and (page := context.address(url, file, line, code, "url")):
                text += f"{here}{_PAGE}<{page}>{end}"
            context.write(text + self._bibliography.lines(here, cited(values), file, line, code, self))
        for column in _TALLIED:
            context.tallies.add("result", column, tallied[column], file)

    def text(self, text: str, file: str, line: int, about: str, column: str) -> str:
        """Return a text without control characters, and with characters in the place of entities of HTML."""
        text = without_controls(text, self._context.ledger, file, line, about, column)
        if "&" not in text or not _ENTITY.search(text):
            return text
        plain = html.unescape(text)
        if plain != text:
            self._context.ledger.add(
                kinds.MARKUP, file, line, about=about, column=column, value=text, became=plain
            )
        return without_controls(plain, self._context.ledger, file, line, about, column)

    def finish(self) -> None:
        """Enter the DOIs that several results share."""
        self._context.count("result", len(self._seen))
        self._bibliography.finish()
