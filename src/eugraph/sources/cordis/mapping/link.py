"""Web addresses of projects, from the table `webLink`."""

from __future__ import annotations

from collections import defaultdict

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.mapping.context import Context, Counting, Rows
from eugraph.sources.cordis.mapping.known_projects import KnownProjects
from eugraph.sources.cordis.nquads_text import predicate
from eugraph.sources.cordis.tables import WEB_LINK

_HOMEPAGE = predicate("foaf:homepage")
_PAGE = predicate("foaf:page")


class Links:
    """Gathers the addresses while rows are read: a project has one homepage, and pages besides."""

    def __init__(self, context: Context, known: KnownProjects) -> None:
        self._context, self._known = context, known
        self._sites: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
        self._pages: dict[str, set[str]] = defaultdict(set)

    def read(self, file: str, rows: Rows) -> None:
        """Map the rows of one file."""
        context, ledger = self._context, self._context.ledger
        tallied = {"type": Counting(), "represents": Counting()}
        for line, values in rows:
            row = dict(zip(WEB_LINK.columns, map(str.strip, values), strict=True))
            number = row["projectID"]
            if not number.isdecimal():
                ledger.add(kinds.NO_PROJECT_NUMBER, file, line, column="projectID", value=number)
                continue
            self._known.get(number, file, line)
            for column, counting in tallied.items():
                counting.add(row[column], line)
            found = context.address(row["physUrl"], file, line, number, "physUrl")
            if found is None:
                continue
            if row["archivedDate"] or row["status"] == "legacy":
                ledger.add(
                    kinds.ARCHIVED_LINK, file, line, about=number, column="archivedDate", value=row["archivedDate"]
                )
            if row["type"] == "relatedWebsite" and row["represents"] in ("", "project"):
                self._sites[number].setdefault(found, (file, line))
            else:
                self._pages[number].add(found)
        for column, counting in tallied.items():
            context.tallies.add("webLink", column, counting, file)

    def finish(self) -> None:
        """State one homepage a project, the smallest where there are several, and the pages."""
        context = self._context
        for number in sorted(self._sites.keys() | self._pages.keys()):
            here = f"<{context.base}project/{number}>"
            sites = sorted(self._sites.get(number, {}))
            lines = [f"{here}{_HOMEPAGE}<{sites[0]}>{context.end}"] if sites else []
            for other in sites[1:]:
                file, line = self._sites[number][other]
                context.ledger.add(
                    kinds.SEVERAL_HOMEPAGES, file, line, about=number, column="physUrl", value=other, note=sites[0]
                )
            pages = self._pages.get(number, set()) | set(sites[1:])
            lines += [f"{here}{_PAGE}<{page}>{context.end}" for page in sorted(pages)]
            context.write("".join(lines))
