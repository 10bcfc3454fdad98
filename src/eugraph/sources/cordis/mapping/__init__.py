"""Rows of the tables to lines of N-Quads: one module for each kind of thing."""

from __future__ import annotations

from eugraph.sources.cordis.mapping.call import Calls
from eugraph.sources.cordis.mapping.context import Context, Counting, Rows
from eugraph.sources.cordis.mapping.field import Fields
from eugraph.sources.cordis.mapping.known_projects import KnownProjects
from eugraph.sources.cordis.mapping.link import Links
from eugraph.sources.cordis.mapping.organisation import Organisations
from eugraph.sources.cordis.mapping.participation import Participations
from eugraph.sources.cordis.mapping.programme import Programmes
from eugraph.sources.cordis.mapping.project import Projects
from eugraph.sources.cordis.mapping.result import Results
from eugraph.sources.cordis.mapping.scheme import Schemes
from eugraph.sources.cordis.mapping.source import source_lines
from eugraph.sources.cordis.tables import POLICY_PRIORITIES, Table


class Mapping:
    """Everything that is mapped, in one graph: tables are read in any order, then `finish` tells the rest.

    Args:
        context: what is written to.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        known = KnownProjects()
        self._calls, self._programmes = Calls(context, known), Programmes(context, known)
        self._schemes = Schemes(context)
        self._projects = Projects(context, known, self._calls, self._programmes, self._schemes)
        self._organisations = Organisations(context)
        self._participations = Participations(context, known, self._organisations)
        self._fields, self._links = Fields(context, known), Links(context, known)
        self._results = Results(context, known)
        self._readers = {
            "project": self._projects.read,
            "organization": self._participations.read,
            "euroSciVoc": self._fields.read,
            "topics": self._calls.read,
            "legalBasis": self._programmes.read,
            "webLink": self._links.read,
            "result": self._results.read,
            "fundingScheme": self._schemes.read,
        }

    def read(self, table: Table, file: str, rows: Rows) -> None:
        """Map the rows of one file."""
        if reader := self._readers.get(table.name):
            reader(file, rows)
            return
        self._leave_out(table, file, rows)

    def _leave_out(self, table: Table, file: str, rows: Rows) -> None:
        """Count the rows of a table that is not in the graph; of policy priorities also code and weight."""
        place, count, weights = (file, 0), 0, Counting()
        for line, values in rows:
            place, count = (file, place[1] or line), count + 1
            if table is POLICY_PRIORITIES:
                weights.add(f"{values[1]} {values[3]}", line)
        self._context.tallies.add(table.name, "code and weight", weights, file)
        if count:
            self._context.not_taken(table.name, "", place, count)

    def finish(self, today: str) -> dict[str, int]:
        """Write and enter what only the whole set tells, and return what the money adds up to, in cents.

        Args:
            today: the day on which the files were fetched (YYYY-MM-DD).
        """
        context = self._context
        self._projects.finish(today)
        self._participations.finish()
        self._organisations.finish()
        for part in (self._calls, self._programmes, self._schemes, self._fields, self._links, self._results):
            part.finish()
        context.write(source_lines(context, today))
        context.enter_counts()
        return {f"project.{column}": cents for column, cents in self._projects.sums.items()} | {
            f"organization.{column}": cents for column, cents in self._participations.sums.items()
        }
