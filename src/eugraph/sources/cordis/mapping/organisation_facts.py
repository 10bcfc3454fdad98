"""What is stated of one organisation, once the plain value of each column is known."""

from __future__ import annotations

import re

from eugraph.sources.cordis import kinds
from eugraph.sources.cordis.identifiers import is_nuts, is_pic, vat_fits, vat_written
from eugraph.sources.cordis.lists import ACTIVITY_TYPES, COUNTRIES
from eugraph.sources.cordis.mapping.cells import Cells
from eugraph.sources.cordis.mapping.context import Context
from eugraph.sources.cordis.nquads_text import BOOLEAN, DECIMAL, escaped, one_line, predicate
from eugraph.sources.cordis.values import point, truth
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

# What a form was filled with to be sent.
_NOTHING = re.compile(r"(?:0+|n/?a|none|null|missing|-+|\.+)\Z", re.IGNORECASE)
_FORMS = ("street", "postCode", "city")


class OrganisationFacts:
    """Writes organisations."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def describe(self, organisation: str, cells: Cells, names: list[str]) -> None:
        """Write one organisation; `names` are others that rows give it."""
        context, end = self._context, self._context.end
        here = f"<{context.base}organisation/{organisation}>"
        name = one_line(cells["name"]) or f"Organisation {organisation}"
        lines = [f'{here}{_TYPE}{end}{here}{_LABEL}"{escaped(name)}"@en{end}{here}{_SOURCE}{context.source}{end}']
        if not cells["name"]:
            cells.enter(kinds.NO_TITLE, "name", name)
        elif name != cells["name"]:
            cells.enter(kinds.DOUBLE_SPACE, "name", name)
        others = {one_line(other) for other in names} - {name}
        lines += [f'{here}{_ALT_LABEL}"{escaped(other)}"@en{end}' for other in sorted(others)]
        if is_pic(organisation):
            lines.append(f'{here}{_PIC}"{organisation}"{end}')
        lines += self._texts(here, cells)
        lines += self._codes(here, cells)
        lines += self._regions(here, cells)
        lines += self._vat(here, cells)
        lines += self._place(here, cells)
        if found := cells.address("organizationURL"):
            lines.append(f"{here}{_HOMEPAGE}<{found}>{end}")
        context.write("".join(lines))
        context.count("organisation")

    def _texts(self, here: str, cells: Cells) -> list[str]:
        lines = []
        for column, said in _TEXTS.items():
            if column in _FORMS and _NOTHING.match(cells[column]):
                cells.enter(kinds.PLACEHOLDER, column)
            elif cells[column]:
                lines.append(f'{here}{said}"{escaped(cells[column])}"{self._context.end}')
        return lines

    def _codes(self, here: str, cells: Cells) -> list[str]:
        lines = []
        small = truth(cells["SME"])
        if small:
            lines.append(f'{here}{_SME}"{small}{BOOLEAN}{self._context.end}')
        elif cells["SME"]:
            cells.enter(kinds.WRONG_TRUTH_VALUE, "SME")
        if cells["activityType"] in ACTIVITY_TYPES:
            lines.append(f"{here}{_ACTIVITY}{cells['activityType']}>{self._context.end}")
        elif cells["activityType"]:
            cells.enter(kinds.UNKNOWN_CODE, "activityType")
        return lines

    def _regions(self, here: str, cells: Cells) -> list[str]:
        end, lines = self._context.end, []
        country, code = COUNTRIES.get(cells["country"]), cells["nutsCode"]
        if country:
            lines.append(f"{here}{_COUNTRY}{country}>{end}")
        elif cells["country"]:
            cells.enter(kinds.UNKNOWN_CODE, "country")
        if not code:
            return lines
        if not is_nuts(code):
            cells.enter(kinds.WRONG_NUTS, "nutsCode")
            return lines
        if country != COUNTRIES.get(code[:2]):
            cells.enter(kinds.DOUBTFUL_NUTS, "nutsCode", note=f"country {cells['country']}")
        return [*lines, f'{here}{_NUTS}"{code}"{end}']

    def _vat(self, here: str, cells: Cells) -> list[str]:
        number = cells["vatNumber"].replace(" ", "")
        if not number:
            cells.enter(kinds.NO_VAT, "vatNumber")
            return []
        if _NOTHING.match(number):
            cells.enter(kinds.PLACEHOLDER, "vatNumber")
            cells.enter(kinds.NO_VAT, "vatNumber")
            return []
        if not vat_written(number):
            cells.enter(kinds.WRONG_VAT, "vatNumber")
            return []
        if not vat_fits(number, cells["country"]):
            cells.enter(kinds.DOUBTFUL_VAT, "vatNumber", note=f"country {cells['country']}")
        return [f'{here}{_VAT}"{number}"{self._context.end}']

    def _place(self, here: str, cells: Cells) -> list[str]:
        found = point(cells["geolocation"])
        if not found:
            if cells["geolocation"]:
                cells.enter(kinds.WRONG_GEOLOCATION, "geolocation")
            return []
        end = self._context.end
        return [f'{here}{_LATITUDE}"{found[0]}{DECIMAL}{end}', f'{here}{_LONGITUDE}"{found[1]}{DECIMAL}{end}']
