"""Organisations: what the rows of their participations say of them, gathered by PIC and described once at the end.

The rows of one PIC may differ. The plain value is the most frequent one, of equals the smallest, so that the order of
the rows does not matter; the others are in the ledger, and other names are kept as such.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.identifiers import is_pic
from eugraph.sources.cordis.mapping.cells import Cells
from eugraph.sources.cordis.mapping.context import Context
from eugraph.sources.cordis.mapping.organisation_facts import OrganisationFacts
from eugraph.sources.cordis.mapping.repeats import Repeats
from eugraph.sources.cordis.nquads_text import escaped, predicate

COLUMNS = (
    "vatNumber",
    "name",
    "shortName",
    "SME",
    "activityType",
    "street",
    "postCode",
    "city",
    "country",
    "nutsCode",
    "geolocation",
    "organizationURL",
    "rcn",
)
_NAME = COLUMNS.index("name")
_MANY = 50  # organisations in one place of the map: more than a street, a campus or a tower has as a rule

_PRINTED = predicate("eug:printedName")


class Variant:
    """What some rows say of an organisation: on which line it stood first, and the participations that say it."""

    __slots__ = ("file", "keys", "line")

    def __init__(self, file: str, line: int) -> None:
        self.file, self.line = file, line
        self.keys: list[str] = []


class Organisations:
    """Gathers the organisations."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._found: dict[str, dict[tuple[str, ...], Variant]] = {}

    def add(self, organisation: str, values: tuple[str, ...], key: str, file: str, line: int) -> None:
        """Remember what one row says; `values` are those of COLUMNS, `key` the end of the participation's address."""
        variants = self._found.setdefault(organisation, {})
        variant = variants.get(values)
        if variant is None:
            variant = variants[values] = Variant(file, line)
        variant.keys.append(key)

    def finish(self) -> None:
        """Describe each organisation, and enter what several share."""
        context = self._context
        facts = OrganisationFacts(context)
        shared = {column: Repeats() for column in ("name", "vatNumber", "geolocation")}
        for organisation in sorted(self._found):
            variants = self._found[organisation]
            values, first = self._plain(organisation, variants)
            row = dict(zip(COLUMNS, values, strict=True))
            self._print_names(row["name"], variants)
            names = sorted({value[_NAME] for value in variants} - {row["name"], ""})
            if not is_pic(organisation):
                context.ledger.add(kinds.NO_PIC, first.file, first.line, about=organisation, column="organisationID")
            facts.describe(organisation, Cells(context, row, first.file, first.line, organisation), names)
            for column, repeats in shared.items():
                at = COLUMNS.index(column)
                for value in sorted({value[at].casefold() if column == "name" else value[at] for value in variants}):
                    repeats.add(value, first.file, first.line)
        for kind, column, least in (
            (kinds.NAME_SHARED, "name", 2),
            (kinds.VAT_SHARED, "vatNumber", 2),
            (kinds.MAP_OF_MANY, "geolocation", _MANY),
        ):
            shared[column].enter(context.ledger, kind, column, "organisations", least)

    def _plain(self, organisation: str, variants: dict[tuple[str, ...], Variant]) -> tuple[tuple[str, ...], Variant]:
        """Return the plain value of each column, and where the organisation stood first."""
        first = next(iter(variants.values()))
        if len(variants) == 1:
            return next(iter(variants)), first
        plain = []
        for at, column in enumerate(COLUMNS):
            counts: Counter[str] = Counter()
            for values, variant in variants.items():
                counts[values[at]] += len(variant.keys)
            best = min(counts, key=lambda value: (not value, -counts[value], value))
            plain.append(best)
            if len(counts) > 1:
                others = sorted(counts.keys() - {best})
                note = ", ".join(f"{counts[value]} x {value or 'nothing'}" for value in [best, *others])
                at_line = next(variant for values, variant in variants.items() if values[at] == others[0])
                self._context.ledger.add(
                    kinds.DIFFERS[column],
                    at_line.file,
                    at_line.line,
                    about=organisation,
                    column=column,
                    value=others[0],
                    became=best,
                    note=note,
                )
        return tuple(plain), first

    def _print_names(self, name: str, variants: dict[tuple[str, ...], Variant]) -> None:
        """State the name that a participation gives, where it is not the organisation's."""
        context = self._context
        for key, printed in chain.from_iterable(
            ((key, values[_NAME]) for key in variant.keys)
            for values, variant in variants.items()
            if values[_NAME] != name and values[_NAME]
        ):
            here = f"<{context.base}participation/{key}>"
            context.write(f'{here}{_PRINTED}"{escaped(printed)}"{context.end}')
