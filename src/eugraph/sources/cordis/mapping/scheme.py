"""Funding schemes: those of our list by their concepts, others described by the import itself."""

from __future__ import annotations

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.lists import FUNDING_SCHEMES
from eugraph.sources.cordis.mapping.cells import Cells
from eugraph.sources.cordis.mapping.context import Context, Rows
from eugraph.sources.cordis.nquads_text import escaped, one_line, predicate, slug
from eugraph.sources.cordis.tables import FUNDING_SCHEME
from eugraph.vocab import PREFIXES, SCHEME, term


class Schemes:
    """The funding schemes that projects name."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._unknown: dict[str, tuple[str, str, int]] = {}
        self._titles: dict[str, str] = {}

    def concept(self, cells: Cells) -> str:
        """Return the concept of a project's funding scheme in angle brackets; "" where there is none."""
        code = cells["fundingScheme"]
        found = slug(code)
        if found and found not in FUNDING_SCHEMES:
            self._unknown.setdefault(found, (code, *cells.place))
        return f"<{PREFIXES['fscheme']}{found}>" if found else ""

    def read(self, file: str, rows: Rows) -> None:
        """Take the titles of schemes, for those that our list lacks."""
        places = [FUNDING_SCHEME.columns.index(column) for column in ("code", "title")]
        for line, values in rows:
            code, title = (values[place].strip() for place in places)
            if not (found := slug(code)):
                self._context.ledger.add(kinds.NO_IDENTIFIER, file, line, column="code", value=code)
            elif title:
                self._titles[found] = min(title, self._titles.get(found, title))

    def finish(self) -> None:
        """Describe the schemes that our list lacks."""
        context = self._context
        is_a, label = predicate("rdf:type"), predicate("skos:prefLabel")
        notation, member = predicate("skos:notation"), predicate("skos:inScheme")
        for name, (code, file, line) in sorted(self._unknown.items()):
            here = f"<{PREFIXES['fscheme']}{name}>"
            title = one_line(self._titles.get(name, "")) or code
            context.ledger.add(kinds.UNKNOWN_SCHEME, file, line, about=name, column="fundingScheme", value=code)
            context.write(
                f"{here}{is_a}{term('skos:Concept')}{context.end}"
                f'{here}{label}"{escaped(title)}"@en{context.end}'
                f'{here}{notation}"{escaped(code)}"{context.end}'
                f"{here}{member}<{SCHEME}funding-scheme>{context.end}"
                f"{here}{predicate('dcterms:source')}{context.source}{context.end}"
            )
