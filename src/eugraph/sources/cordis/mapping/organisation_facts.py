"""What is stated of one organisation, once the plain value of each column is known."""

from __future__ import annotations

import re
from typing import Protocol

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.identifiers import is_pic, nuts, vat_fits, vat_written
from eugraph.sources.cordis.ledger import Kind
from eugraph.sources.cordis.lists import ACTIVITY_TYPES, COUNTRIES
from eugraph.sources.cordis.mapping.context import Context
from eugraph.sources.cordis.nquads_text import BOOLEAN, DECIMAL, escaped, one_line, predicate
from eugraph.sources.cordis.values import truth
from eugraph.vocab import COUNTRY, PREFIXES, term

_TYPE = f"{predicate('rdf:type')}{term('eug:Organisation')}"
_LABEL = predicate("skos:prefLabel")
_ALT_LABEL = predicate("skos:altLabel")
_TEXTS = {
    "name": predicate("eug:legalName"),
    "shortName": predicate("eug:acronym"),
    "street": predicate("eug:street"),
    "postCode": predicate("eug:postalCode"),
    "city": predicate("eug:city"),
    "rcn": predicate("eug:rcn"),
}
_PIC = predicate("eug:pic")
_VAT = predicate("eug:vat")
_SME = predicate("eug:sme")
_ACTIVITY = f"{predicate('eug:activityType')}<{PREFIXES['acttype']}"
_COUNTRY = f"{predicate('eug:country')}<{COUNTRY}"
_NUTS = predicate("eug:nuts")
_LATITUDE = predicate("schema:latitude")
_LONGITUDE = predicate("schema:longitude")
_HOMEPAGE = predicate("foaf:homepage")
_SOURCE = predicate("dcterms:source")

_NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?\Z")
_NOTHING = re.compile(r"(?:0+|n/?a|none|null|-+|\.+)\Z", re.IGNORECASE)  # what a form was filled with to be sent


class Enter(Protocol):
    """What enters a fault of a column."""

    def __call__(self, kind: Kind, column: str, became: str = "", note: str = "") -> None: ...


class OrganisationFacts:
    """Writes organisations."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def describe(self, organisation: str, row: dict[str, str], names: list[str], file: str, line: int) -> None:
        """Write one organisation; `names` are others that rows give it, `file` and `line` where it stood first."""
        context = self._context
        end = context.end
        here = f"<{context.base}organisation/{organisation}>"
        name = one_line(row["name"]) or f"Organisation {organisation}"
        lines = [
            f'{here}{_TYPE}{end}{here}{_LABEL}"{escaped(name)}"@en{end}{here}{_SOURCE}{context.source}{end}',
        ]

        def enter(kind: Kind, column: str, became: str = "", note: str = "") -> None:
            value = row[column]
            context.ledger.add(
                kind, file, line, about=organisation, column=column, value=value, became=became, note=note
            )

        if not row["name"]:
            enter(kinds.NO_TITLE, "name", name)
        elif name != row["name"]:
            enter(kinds.DOUBLE_SPACE, "name", name)
        for column, said in _TEXTS.items():
            if row[column] and not (column in ("street", "postCode", "city") and _NOTHING.match(row[column])):
                lines.append(f'{here}{said}"{escaped(row[column])}"{end}')
            elif row[column]:
                enter(kinds.PLACEHOLDER, column)
        others = {one_line(other) for other in names} - {name}
        lines += [f'{here}{_ALT_LABEL}"{escaped(other)}"@en{end}' for other in sorted(others)]
        if is_pic(organisation):
            lines.append(f'{here}{_PIC}"{organisation}"{end}')
        lines += self._codes(here, row, enter)
        lines += self._place(here, row, enter)
        if url := row["organizationURL"]:
            if found := context.address(url, file, line, organisation, "organizationURL"):
                lines.append(f"{here}{_HOMEPAGE}<{found}>{end}")
        context.write("".join(lines))
        context.count("organisation")

    def _codes(self, here: str, row: dict[str, str], enter: Enter) -> list[str]:
        end, lines = self._context.end, []
        country = COUNTRIES.get(row["country"])
        if country:
            lines.append(f"{here}{_COUNTRY}{country}>{end}")
        elif row["country"]:
            enter(kinds.UNKNOWN_CODE, "country")
        vat = row["vatNumber"].replace(" ", "")
        if not vat:
            enter(kinds.NO_VAT, "vatNumber")
        elif not vat_written(vat):
            enter(kinds.WRONG_VAT, "vatNumber")
        else:
            if not vat_fits(vat, row["country"]):
                enter(kinds.DOUBTFUL_VAT, "vatNumber", note=f"country {row['country']}")
            lines.append(f'{here}{_VAT}"{vat}"{end}')
        small = truth(row["SME"])
        if small:
            lines.append(f'{here}{_SME}"{small}{BOOLEAN}{end}')
        elif row["SME"]:
            enter(kinds.WRONG_TRUTH_VALUE, "SME")
        if row["activityType"] in ACTIVITY_TYPES:
            lines.append(f"{here}{_ACTIVITY}{row['activityType']}>{end}")
        elif row["activityType"]:
            enter(kinds.UNKNOWN_CODE, "activityType")
        if not row["nutsCode"]:
            return lines
        if nuts(row["nutsCode"]):
            if country != COUNTRIES.get(row["nutsCode"][:2]):
                enter(kinds.DOUBTFUL_NUTS, "nutsCode", note=f"country {row['country']}")
            lines.append(f'{here}{_NUTS}"{row["nutsCode"]}"{end}')
        else:
            enter(kinds.WRONG_NUTS, "nutsCode")
        return lines

    def _place(self, here: str, row: dict[str, str], enter: Enter) -> list[str]:
        if not row["geolocation"]:
            return []
        plain = "".join(row["geolocation"].split())
        latitude, _, longitude = plain.partition(",")
        if not (_NUMBER.match(latitude) and _NUMBER.match(longitude)) or not (
            abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180  # noqa: PLR2004 - degrees
        ):
            enter(kinds.WRONG_GEOLOCATION, "geolocation")
            return []
        end = self._context.end
        return [
            f'{here}{_LATITUDE}"{latitude}{DECIMAL}{end}',
            f'{here}{_LONGITUDE}"{longitude}{DECIMAL}{end}',
        ]
