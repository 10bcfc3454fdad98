"""Projects and their grants, from the table `project`; and those that other tables speak of without a row."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.ledger import Kind
from eugraph.sources.cordis.lists import STATUSES
from eugraph.sources.cordis.mapping.call import Calls
from eugraph.sources.cordis.mapping.context import Context, Counting, Rows
from eugraph.sources.cordis.mapping.grant import Grants
from eugraph.sources.cordis.mapping.keywords import keywords
from eugraph.sources.cordis.mapping.known_projects import KnownProject, KnownProjects
from eugraph.sources.cordis.mapping.programme import Programmes
from eugraph.sources.cordis.mapping.scheme import Schemes
from eugraph.sources.cordis.mapping.texts import look_at_objective, look_at_title, without_controls
from eugraph.sources.cordis.nquads_text import DATE, escaped, one_line, predicate
from eugraph.sources.cordis.tables import PROJECT
from eugraph.sources.cordis.values import months
from eugraph.vocab import PREFIXES, term

_TALLIED = ("status", "frameworkProgramme", "fundingScheme")
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
        self._acronyms: Counter[str] = Counter()
        self._titles: Counter[str] = Counter()
        self._marks: dict[str, int] = {}

    def read(self, file: str, rows: Rows) -> None:
        """Map the rows of one file."""
        context, ledger = self._context, self._context.ledger
        tallied = {column: Counting() for column in chain(_TALLIED, _NOT_TAKEN)}
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
            self._map(file, line, row, project)
        for column in _TALLIED:
            context.tallies.add("project", column, tallied[column], file)
        for column in _NOT_TAKEN:
            context.not_taken_column("project", column, tallied[column], file)

    def _map(self, file: str, line: int, row: dict[str, str], project: KnownProject) -> None:
        context, ledger = self._context, self._context.ledger
        number = row["id"]

        def enter(kind: Kind, column: str = "", value: str = "", became: str = "", note: str = "") -> None:
            ledger.add(kind, file, line, about=number, column=column, value=value, became=became, note=note)

        title, objective = (
            without_controls(row[column], ledger, file, line, number, column) for column in ("title", "objective")
        )
        acronym = row["acronym"]
        look_at_title(title, ledger, file, line, number)
        look_at_objective(objective, ledger, file, line, number)
        if row["teaser"].endswith(("...", "…")):
            enter(kinds.TEASER_CUT, "teaser")
        self._acronyms[acronym] += 1
        self._titles[title] += 1

        start, stop, ended = (
            context.day(row[column], file, line, number, column)
            for column in ("startDate", "endDate", "terminationDate")
        )
        if start and stop:
            if start > stop:
                enter(kinds.START_AFTER_END, "startDate", start, note=f"ends on {stop}")
            elif row["duration"] and row["duration"] != str(months(start, stop)):
                enter(kinds.DURATION_DIFFERS, "duration", row["duration"], str(months(start, stop)))
        if ended and ended != stop:
            enter(kinds.TERMINATED_OTHERWISE, "terminationDate", ended, note=f"endDate {stop or 'not stated'}")
        status = STATUSES.get(row["status"])
        if row["status"] and not status:
            enter(kinds.UNKNOWN_CODE, "status", row["status"])
        project.status, project.end = row["status"], stop or ""
        updated = context.day(row["contentUpdateDate"], file, line, number, "contentUpdateDate")
        for column in _UPDATES:
            context.update(row[column])
        words, mixed = keywords(row["keywords"])
        if mixed:
            enter(kinds.KEYWORDS_MIXED, "keywords", row["keywords"])
        if not words:
            enter(kinds.NO_KEYWORDS, "keywords")
        name = one_line(acronym or title) or f"Project {number}"
        if name == f"Project {number}":
            enter(kinds.NO_TITLE, "title", became=name)
        elif acronym and name != acronym:
            enter(kinds.DOUBLE_SPACE, "acronym", acronym, name)

        end = context.end
        here = f"<{context.base}project/{number}>"
        lines = [
            f'{here}{_TYPE}{end}{here}{_LABEL}"{escaped(name)}"@en{end}'
            f"{here}{_GRANT}<{context.base}grant/{number}>{end}"
            f"{here}{_PAGE}{number}>{end}{here}{_SOURCE}{context.source}{end}"
        ]
        if acronym:
            lines.append(f'{here}{_ACRONYM}"{escaped(acronym)}"{end}')
        if title:
            lines.append(f'{here}{_TITLE}"{escaped(title)}"@en{end}')
        if objective:
            lines.append(f'{here}{_ABSTRACT}"{escaped(objective)}"@en{end}')
        for said, day in ((_START, start), (_END, stop), (_TERMINATED, ended), (_MODIFIED, updated)):
            if day:
                lines.append(f'{here}{said}"{day}{DATE}{end}')
        if status:
            lines.append(f"{here}{_STATUS}{status}>{end}")
        if row["rcn"]:
            lines.append(f'{here}{_RCN}"{escaped(row["rcn"])}"{end}')
        lines += [f'{here}{_KEYWORD}"{escaped(word)}"@en{end}' for word in words]
        context.write("".join(lines))
        context.count("project")
        self._grants.map(file, line, row, acronym, project)

    @property
    def sums(self) -> dict[str, int]:
        """What all rows of projects add up to, by column, in cents."""
        return self._grants.sums

    def finish(self, today: str) -> None:
        """Describe the projects that have no row, and enter statuses that do not fit the end, acronyms and titles shared.

        Args:
            today: the day (YYYY-MM-DD) by which a project counts as ended.
        """
        context, end = self._context, self._context.end
        for number, project in sorted(self._known.by_number.items()):
            if project.has_row:
                self._look_at_status(number, project, today)
                continue
            context.ledger.add(kinds.PROJECT_WITHOUT_ROW, project.file, project.line, about=number)
            here = f"<{context.base}project/{number}>"
            context.write(
                f'{here}{_TYPE}{end}{here}{_LABEL}"Project {number}"@en{end}'
                f"{here}{_GRANT}<{context.base}grant/{number}>{end}"
                f"{here}{_PAGE}{number}>{end}{here}{_SOURCE}{context.source}{end}"
            )
            self._grants.bare(number)
            context.count("project")
        for kind, column, counts in (
            (kinds.ACRONYM_SHARED, "acronym", self._acronyms),
            (kinds.TITLE_SHARED, "title", self._titles),
        ):
            for value, count in sorted(counts.items()):
                if count > 1 and value:
                    context.ledger.add(kind, "", 0, column=column, value=value, note=f"{count} projects")

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
