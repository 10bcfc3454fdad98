"""Calls for proposals and the topics within them, from the table `topics` and the calls that projects name."""

from __future__ import annotations

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.mapping.coded import Coded
from eugraph.sources.cordis.mapping.context import Context, Rows
from eugraph.sources.cordis.mapping.known_projects import KnownProjects
from eugraph.sources.cordis.tables import TOPICS


class Calls(Coded):
    """Calls and topics. Whoever names a topic names its call, so that the topic is part of it."""

    def __init__(self, context: Context, known: KnownProjects) -> None:
        super().__init__(context, "call", "eug:Call", "eug:call", "topic", by_title=False)
        self._known = known

    def read(self, file: str, rows: Rows) -> None:
        """Map the rows of one file of topics."""
        ledger = self._context.ledger
        places = [TOPICS.columns.index(column) for column in ("projectID", "topic", "title", "rcn")]
        for line, values in rows:
            number, code, title, rcn = (values[place].strip() for place in places)
            if not number.isdecimal():
                ledger.add(kinds.NO_PROJECT_NUMBER, file, line, column="projectID", value=number)
            elif self.told_before(number, code):
                ledger.add(kinds.REPEATED_ROW, file, line, about=number, column="topic", value=code)
            elif call := self.add(code, file, line):
                self._known.get(number, file, line)
                self.link(number, call)
                self.titled(call, title, file, line, rcn)
            else:
                ledger.add(kinds.NO_IDENTIFIER, file, line, about=number, column="topic", value=code)
