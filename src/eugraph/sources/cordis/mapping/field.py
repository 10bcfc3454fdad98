"""Fields of science, from the table `euroSciVoc`, by the notation at the end of a code, in the tree of the codes."""

from __future__ import annotations

from collections import defaultdict

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.mapping.choosing import Choice
from eugraph.sources.cordis.mapping.context import Context, Counting, Rows
from eugraph.sources.cordis.mapping.known_projects import KnownProjects
from eugraph.sources.cordis.nquads_text import escaped, one_line, predicate
from eugraph.sources.cordis.tables import EUROSCIVOC
from eugraph.vocab import SCHEME, term

_FIELD = predicate("eug:fieldOfScience")
_TYPE = f"{predicate('rdf:type')}{term('eug:FieldOfScience')}"
_NAME = predicate("eug:officialName")
_NOTATION = predicate("skos:notation")
_BROADER = predicate("skos:broader")
_MEMBER = f"{predicate('skos:inScheme')}<{SCHEME}field-of-science>"
_TOP = f"{predicate('skos:topConceptOf')}<{SCHEME}field-of-science>"
_SOURCE = predicate("dcterms:source")


class Fields:
    """Gathers the fields while rows are read, and describes each once at the end."""

    def __init__(self, context: Context, known: KnownProjects) -> None:
        self._context, self._known = context, known
        self._titles: dict[str, Choice] = defaultdict(Choice)
        self._paths: dict[str, Choice] = defaultdict(Choice)
        self._linked: set[tuple[str, str]] = set()

    def read(self, file: str, rows: Rows) -> None:
        """Map the rows of one file."""
        context, ledger, base, end = self._context, self._context.ledger, self._context.base, self._context.end
        places = [EUROSCIVOC.columns.index(column) for column in EUROSCIVOC.columns[:4]]
        depths, codes = Counting(), Counting()
        for line, values in rows:
            number, code, path, title = (values[place].strip() for place in places)
            steps = code.strip("/").split("/")
            if not number.isdecimal():
                ledger.add(kinds.NO_PROJECT_NUMBER, file, line, column="projectID", value=number)
                continue
            if not all(map(str.isdecimal, steps)):
                ledger.add(kinds.NO_IDENTIFIER, file, line, about=number, column="euroSciVocCode", value=code)
                continue
            depths.add(str(len(steps)), line)
            self._known.get(number, file, line).has_field = True
            codes.add(code, line)
            if (number, steps[-1]) in self._linked:
                ledger.add(kinds.REPEATED_ROW, file, line, about=number, column="euroSciVocCode", value=code)
                continue
            self._linked.add((number, steps[-1]))
            context.write(f"<{base}project/{number}>{_FIELD}<{base}field/{steps[-1]}>{end}")
            self._paths[steps[-1]].add("/".join(steps), file, line)
            self._titles[steps[-1]].add(title, file, line)
            names = path.strip("/").split("/")
            if len(names) != len(steps) or names[-1] != title:  # a name may hold a slash: the tree is in the code
                names = names if len(names) == len(steps) else []
            for at, name in enumerate(names[:-1]):
                self._titles[steps[at]].add(name, file, line, weight=0)
        context.tallies.add("euroSciVoc", "euroSciVocCode", codes, file)
        context.tallies.add("euroSciVoc", "depth of euroSciVocCode", depths, file)

    def finish(self) -> None:
        """Describe each field, and those above it."""
        context = self._context
        base, end = context.base, context.end
        paths: dict[str, str] = {}
        for notation, choice in sorted(self._paths.items()):
            best = choice.best(kinds.PATHS_DIFFER, context, "euroSciVocCode", notation)
            steps = best.split("/")
            for at, step in enumerate(steps):
                paths.setdefault(step, steps[at - 1] if at else "")
        for notation, above in sorted(paths.items()):
            here = f"<{base}field/{notation}>"
            lines = [
                f'{here}{_TYPE}{end}{here}{_NOTATION}"{notation}"{end}{here}{_MEMBER}{end}',
                f"{here}{_BROADER}<{base}field/{above}>{end}" if above else f"{here}{_TOP}{end}",
                f"{here}{_SOURCE}{context.source}{end}",
            ]
            if titles := self._titles.get(notation):
                title = titles.best(kinds.TITLES_DIFFER, context, "euroSciVocTitle", notation)
                lines.append(f'{here}{_NAME}"{escaped(one_line(title))}"@en{end}')
            context.write("".join(lines))
            context.count("field")
        for number, project in sorted(self._known.by_number.items()):
            if project.has_row and not project.has_field:
                context.ledger.add(kinds.NO_FIELD, project.file, project.line, about=number)
