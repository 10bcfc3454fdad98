"""The elements of a project's XML record to rows of the tables of the CSV files.

Values are as the CSV files have them: texts as they stand, codes of one step without the slash before them, a day
without midnight behind it, "" for what is absent. What those files have no column for is not taken: related articles,
names of regions, pages of journals, pictures, and the numbers, dates and holders of patents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from eugraph.sources.cordis.tables import (
    EUROSCIVOC,
    FUNDING_SCHEME,
    LEGAL_BASIS,
    ORGANIZATION,
    POLICY_PRIORITIES,
    PROJECT,
    RESULT,
    TOPIC_KEYWORD,
    TOPICS,
    WEB_LINK,
    Table,
)

TableRow = tuple[Table, int, list[str]]  # the table, the line from 1, the values in the order of the table's columns

ROW_TAGS = ("project", "organization", "programme", "category", "webLink", "result")  # what rows are made of

_RESULT_TYPES = ("isPublishedAs", "isDeliveredAs", "isRegisteredAs")


class Surplus(NamedTuple):
    """A value for which a row has no room, since another under the same name stands before it."""

    line: int
    name: str  # of the element
    value: str


@dataclass(slots=True)
class Record:
    """The record of one project.

    Args:
        project: its root, which has an `id`; names are without namespace.
        lines: of the elements that are named in ROW_TAGS.
    """

    project: Element
    lines: Mapping[Element, int]
    surplus: list[Surplus] = field(default_factory=list)  # known when all rows have been made

    def rows(self) -> Iterator[TableRow]:
        """Yield the project's own row, then those of what it is related to."""
        own = self._texts(self.project, self.project)
        related: dict[str, list[Element]] = {}
        for element in self.project.iterfind("relations/associations/*"):
            related.setdefault(element.tag, []).append(element)
        categories = self.project.findall("relations/categories/category")
        about = {"projectID": own["id"], "projectAcronym": own.get("acronym", "")}
        yield self._row(PROJECT, self.project, own | self._of_project(own, related, categories))
        for element in related.get("organization", ()):
            yield self._row(ORGANIZATION, element, self._participation(element) | about)
        for element in categories:
            yield from self._category_rows(element, about)
        for element in related.get("programme", ()):
            yield from self._programme_rows(element, about)
        for element in related.get("webLink", ()):
            yield self._row(WEB_LINK, element, self._texts(element, element) | element.attrib | about)
        for element in related.get("result", ()):
            yield self._row(RESULT, element, self._result(element) | about)

    def _of_project(
        self, own: Mapping[str, str], related: Mapping[str, list[Element]], categories: Iterable[Element]
    ) -> dict[str, str]:
        """What stands elsewhere in the record; of several topics or programme parts, which have rows, the first."""
        programmes = related.get("programme", ())
        bases = [element for element in programmes if element.get("type") == "relatedLegalBasis"]
        bases.sort(key=lambda element: element.get("uniqueProgrammePart") != "true")
        topics = [element for element in programmes if element.get("type") == "relatedTopic"]
        calls = {element.get("type"): element.findtext("identifier", "") for element in related.get("call", ())}
        schemes = [e for e in categories if e.get("classification") == "projectFundingSchemeCategory"]
        return {
            "legalBasis": bases[0].findtext("code", "") if bases else "",
            "topics": topics[0].findtext("code", "") if topics else "",
            "frameworkProgramme": next((e.findtext("frameworkProgramme", "") for e in (*bases, *topics)), ""),
            "masterCall": calls.get("relatedMasterCall", ""),
            "subCall": calls.get("relatedSubCall", ""),
            "fundingScheme": _code(schemes[0]) if schemes else "",
            "grantDoi": self.project.findtext("identifiers/grantDoi", ""),
            "Human-validated": self.project.findtext("validation/euroSciVoc", ""),
            "terminationDate": own.get("terminationDate", "").removesuffix(" 00:00:00"),
        }

    def _participation(self, element: Element) -> dict[str, str]:
        said = self._texts(element, element)
        at = self._texts(element.find("address"), element)
        kinds = element.findall("relations/categories/category[@classification='organizationActivityType']")
        regions = element.findall("relations/regions/region[@type='relatedNutsCode']")
        return element.attrib | {
            "organisationID": said.get("id", ""),
            "vatNumber": said.get("vatNumber", ""),
            "name": said.get("legalName", ""),
            "shortName": said.get("shortName", ""),
            "SME": element.get("sme", ""),
            "activityType": self._first("activityType", element, [_code(kind) for kind in kinds]),
            "street": at.get("street", ""),
            "postCode": at.get("postalCode", ""),
            "city": at.get("city", ""),
            "country": at.get("country", ""),
            "nutsCode": self._first("nutsCode", element, [region.findtext("nutsCode", "") for region in regions]),
            "geolocation": at.get("geolocation", ""),
            "organizationURL": at.get("url", ""),
            "rcn": said.get("rcn", ""),
            "role": element.get("type", ""),
            "endOfParticipation": element.get("terminated", ""),
            "departmentName": said.get("departmentName", ""),
            "postBox": at.get("postBox", ""),
        }

    def _category_rows(self, element: Element, about: dict[str, str]) -> Iterator[TableRow]:
        said = self._texts(element, element)
        match element.get("classification"):
            case "euroSciVoc":
                columns = {
                    "euroSciVocCode": said.get("code", ""),
                    "euroSciVocPath": said.get("displayCode", ""),
                    "euroSciVocTitle": said.get("title", ""),
                    "euroSciVocDescription": said.get("description", ""),
                }
                yield self._row(EUROSCIVOC, element, columns | about)
            case "policyPriorities":
                yield self._row(POLICY_PRIORITIES, element, said | element.attrib | about)
            case "projectFundingSchemeCategory":
                yield self._row(FUNDING_SCHEME, element, said | {"code": _code(element)})

    def _programme_rows(self, element: Element, about: dict[str, str]) -> Iterator[TableRow]:
        said = self._texts(element, element)
        code = said.get("code", "")
        match element.get("type"):
            case "relatedTopic":
                yield self._row(TOPICS, element, said | {"topic": code} | about)
                for keyword in element.iterfind("relations/categories/category[@classification='topicKeyword']"):
                    of_keyword = self._texts(keyword, keyword)
                    columns = {"keywordCode": of_keyword.get("code", ""), "keyword": of_keyword.get("title", "")}
                    yield self._row(TOPIC_KEYWORD, keyword, columns | {"topic": code} | about)
            case "relatedLegalBasis":
                above = ">".join(parent.findtext("code", "") for parent in element.iterfind("parent//programme"))
                yield self._row(
                    LEGAL_BASIS, element, said | element.attrib | {"legalBasis": code, "parent": above} | about
                )

    def _result(self, element: Element) -> dict[str, str]:
        categories = element.findall("relations/categories/category")
        collections = [_code(e) for e in categories if e.get("classification") == "collection"]
        types = [_code(e) for e in categories if e.get("type") in _RESULT_TYPES]
        links = [link.findtext("physUrl", "") for link in element.iterfind("relations/associations/webLink")]
        return {
            **self._texts(element, element),
            **self._texts(element.find("details"), element),
            **self._texts(element.find("identifiers"), element),
            "collection": self._first("collection", element, collections),
            "type": self._first("type", element, types),
            "url": self._first("url", element, links),
        }

    def _row(self, table: Table, element: Element, values: Mapping[str, str]) -> TableRow:
        return table, self.lines[element], [values.get(column, "") for column in table.columns]

    def _texts(self, element: Element | None, row: Element) -> dict[str, str]:
        """The texts of an element's children by their names; what comes twice is surplus in the row."""
        if element is None:
            return {}
        said = {child.tag: child.text or "" for child in element}
        if len(said) < len(element):
            for name in said:
                said[name] = self._first(name, row, [child.text or "" for child in element.iterfind(name)])
        return said

    def _first(self, name: str, row: Element, values: list[str]) -> str:
        if len(values) > 1:
            self.surplus.extend(Surplus(self.lines[row], name, value) for value in values[1:])
        return values[0] if values else ""


def _code(category: Element) -> str:
    """The code of a category of one step, which XML writes with a slash before it."""
    return category.findtext("code", "").removeprefix("/")
