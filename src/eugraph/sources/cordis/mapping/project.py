"""Projects and their grants, from the table `project`; and those that other tables speak of without a row."""

from __future__ import annotations

from itertools import chain

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.lists import STATUSES
from eugraph.sources.cordis.mapping.call import Calls
from eugraph.sources.cordis.mapping.cells import Cells
from eugraph.sources.cordis.mapping.context import Context, Counting, Rows
from eugraph.sources.cordis.mapping.grant import Grants
from eugraph.sources.cordis.mapping.keywords import keywords
from eugraph.sources.cordis.mapping.known_projects import KnownProject, KnownProjects
from eugraph.sources.cordis.mapping.programme import Programmes
from eugraph.sources.cordis.mapping.repeats import Repeats
from eugraph.sources.cordis.mapping.scheme import Schemes
from eugraph.sources.cordis.mapping.texts import look_at_acronym, look_at_objective, look_at_title
from eugraph.sources.cordis.nquads_text import DATE, escaped, one_line, predicate
from eugraph.sources.cordis.tables import PROJECT
from eugraph.sources.cordis.values import decimals, months
from eugraph.vocab import PREFIXES, term

_TALLIED = ("status", "frameworkProgramme", "fundingScheme")
_AMOUNTS = ("totalCost", "ecMaxContribution")
_NOT_TAKEN = ("nature", "Human-validated")
_UPDATES = ("contentUpdateDate", "lastUpdateDate", "sourceUpdateDate")

_TYPE = f"{predicate('rdf:type')}{term('eug:Project')}"
_LABEL = predicate("skos:prefLabel")
_ACRONYM = predicate("eug:acronym")
_TITLE = predicate("dcterms:title")
_ABSTRACT = predicate("dcterms:abstract")
_START = predicate("eug:startDate")
_END = predicate("eug:endDate")
_TERMINATED = predicate("eug:terminationDate")
_STATUS = f"{predicate('eug:status')}<{PREFIXES['status']}"
_RCN = predicate("eug:rcn")
_GRANT = predicate("eug:grant")
_KEYWORD = predicate("dcat:keyword")
_PAGE = f"{predicate('foaf:page')}<https://cordis.europa.eu/project/id/"
_MODIFIED = predicate("dcterms:modified")
_SOURCE = predicate("dcterms:source")


class Projects:
    """Maps the rows of projects; at the end those without a row."""

    def __init__(
        self, context: Context, known: KnownProjects, calls: Calls, programmes: Programmes, schemes: Schemes
    ) -> None:
        self._context, self._known = context, known
        self._grants = Grants(context, calls, programmes, schemes)
        self._acronyms, self._titles = Repeats(), Repeats()
        self._marks: dict[str, int] = {}

    def read(self, file: str, rows: Rows) -> None:
        """Map the rows of one file."""
        context, ledger = self._context, self._context.ledger
        tallied = {column: Counting() for column in chain(_TALLIED, _NOT_TAKEN)}
        separators, precisions = Counting(), {column: Counting() for column in _AMOUNTS}
        for line, values in rows:
            row = dict(zip(PROJECT.columns, map(str.strip, values), strict=True))
            number = row["id"]
            if not number.isdecimal():
                ledger.add(kinds.NO_PROJECT_NUMBER, file, line, column="id", value=number)
                continue
            project = self._known.get(number, file, line)
            mark = hash(tuple(row.values()))
            if project.has_row:
                same = self._marks[number] == mark
                ledger.add(kinds.REPEATED_ROW if same else kinds.CONTRADICTING_ROW, file, line, about=number)
                continue
            self._marks[number] = mark
            project.file, project.line, project.has_row = file, line, True
            for column, counting in tallied.items():
                counting.add(row[column], line)
            separators.add("".join(sign for sign in ",;" if sign in row["keywords"]), line)
            for column, counting in precisions.items():
                counting.add(decimals(row[column]), line)
            self._map(Cells(context, row, file, line, number), project)
        for column in _TALLIED:
            context.tallies.add("project", column, tallied[column], file)
        context.tallies.add("project", "separators in keywords", separators, file)
        for column, counting in precisions.items():
            context.tallies.add("project", f"decimals of {column}", counting, file)
        for column in _NOT_TAKEN:
            context.not_taken_column("project", column, tallied[column], file)

    def _map(self, cells: Cells, project: KnownProject) -> None:
        context, end = self._context, self._context.end
        number, acronym = cells["id"], cells["acronym"]
        title, objective = cells.text("title"), cells.text("objective")
        look_at_acronym(acronym, cells)
        look_at_title(title, cells)
        look_at_objective(objective, cells)
        if cells["teaser"].endswith(("...", "…")):
            cells.enter(kinds.TEASER_CUT, "teaser", value="")
        self._acronyms.add(acronym, *cells.place)
        self._titles.add(title, *cells.place)
        for column in _UPDATES:
            context.update(cells[column])

        here = f"<{context.base}project/{number}>"
        lines = [self._core(number, self._name(cells, title))]
        for said, text in ((_TITLE, title), (_ABSTRACT, objective)):
            if text:
                lines.append(f'{here}{said}"{escaped(text)}"@en{end}')
        for said, column in ((_ACRONYM, "acronym"), (_RCN, "rcn")):
            if cells[column]:
                lines.append(f'{here}{said}"{escaped(cells[column])}"{end}')
        lines += self._dates(here, cells, project)
        if status := STATUSES.get(cells["status"]):
            lines.append(f"{here}{_STATUS}{status}>{end}")
        elif cells["status"]:
            cells.enter(kinds.UNKNOWN_CODE, "status")
        lines += [f'{here}{_KEYWORD}"{escaped(word)}"@en{end}' for word in self._keywords(cells)]
        context.write("".join(lines))
        self._grants.map(cells, project)

    def _core(self, number: str, name: str) -> str:
        context, end = self._context, self._context.end
        context.count("project")
        here = f"<{context.base}project/{number}>"
        return (
            f'{here}{_TYPE}{end}{here}{_LABEL}"{escaped(name)}"@en{end}'
            f"{here}{_GRANT}<{context.base}grant/{number}>{end}"
            f"{here}{_PAGE}{number}>{end}{here}{_SOURCE}{context.source}{end}"
        )

    def _name(self, cells: Cells, title: str) -> str:
        acronym = cells["acronym"]
        name = one_line(acronym or title)
        if not name:
            name = f"Project {cells['id']}"
            cells.enter(kinds.NO_TITLE, "title", name)
        elif acronym and name != acronym:
            cells.enter(kinds.DOUBLE_SPACE, "acronym", name)
        return name

    def _keywords(self, cells: Cells) -> list[str]:
        words, mixed = keywords(cells["keywords"])
        if mixed:
            cells.enter(kinds.KEYWORDS_MIXED, "keywords")
        if not words:
            cells.enter(kinds.NO_KEYWORDS, "keywords")
        return words

    def _dates(self, here: str, cells: Cells, project: KnownProject) -> list[str]:
        start, stop, ended = cells.day("startDate"), cells.day("endDate"), cells.day("terminationDate")
        updated = cells.day("contentUpdateDate")
        project.status, project.end = cells["status"], stop or ""
        if start and stop and start > stop:
            cells.enter(kinds.START_AFTER_END, "startDate", note=f"ends on {stop}")
        elif start and stop and cells["duration"] not in ("", length := str(months(start, stop))):
            cells.enter(kinds.DURATION_DIFFERS, "duration", length)
        if ended and ended != stop:
            cells.enter(kinds.TERMINATED_OTHERWISE, "terminationDate", note=f"endDate {stop or 'not stated'}")
        stated = ((_START, start), (_END, stop), (_TERMINATED, ended), (_MODIFIED, updated))
        return [f'{here}{said}"{day}{DATE}{self._context.end}' for said, day in stated if day]

    @property
    def sums(self) -> dict[str, int]:
        """What all rows of projects add up to, by column, in cents."""
        return self._grants.sums

    def finish(self, today: str) -> None:
        """Describe the projects without a row; enter statuses that do not fit the end, and shared acronyms and titles.

        Args:
            today: the day (YYYY-MM-DD) by which a project counts as ended.
        """
        context = self._context
        for number, project in sorted(self._known.by_number.items()):
            if project.has_row:
                self._look_at_status(number, project, today)
                continue
            context.ledger.add(kinds.PROJECT_WITHOUT_ROW, project.file, project.line, about=number)
            context.write(self._core(number, f"Project {number}"))
            self._grants.bare(number)
        self._acronyms.enter(context.ledger, kinds.ACRONYM_SHARED, "acronym", "projects")
        self._titles.enter(context.ledger, kinds.TITLE_SHARED, "title", "projects")

    def _look_at_status(self, number: str, project: KnownProject, today: str) -> None:
        if not project.end:
            return
        if project.status == "SIGNED" and project.end < today:
            kind = kinds.SIGNED_PAST_END
        elif project.status == "CLOSED" and project.end > today:
            kind = kinds.CLOSED_BEFORE_END
        else:
            return
        note = f"endDate {project.end}, today {today}"
        self._context.ledger.add(
            kind, project.file, project.line, about=number, column="status", value=project.status, note=note
        )
