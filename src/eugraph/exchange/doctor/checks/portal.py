"""What a data portal says of the statements of the catalogue, and Google of the datasets in pages.

The checks themselves are in `eugraph.exchange.doctor.dcat`; here they are asked, and told apart by their names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import orjson

from eugraph.exchange.doctor.dcat import Score, examine, google, score, shapes
from eugraph.exchange.doctor.reading.graph import DCAT
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import is_web, without_fragment
from eugraph.exchange.doctor.visit import Visit

SECTIONS = {
    "dcat-ap": "DCAT-AP 3.0.1, mandatory and recommended",
    "vocabularies": "controlled vocabularies",
    "values": "texts, dates and contact points",
    "listing": "what lists what",
    "addresses": "addresses that others can reach",
}


def check(visit: Visit, sections: Mapping[str, Section]) -> None:
    """Look at the statements of all pages of the catalogue; `sections` are those of `SECTIONS`."""
    if visit.catalogue is None:
        for section in sections.values():
            section.skip("There is no catalogue.")
        return
    for found in examine(visit.catalogue.quads, visit.catalogue.address):
        sections[found.check].add(found)
    datasets = len(visit.catalogue.statements.of_type(DCAT + "Dataset"))
    for section in sections.values():
        section.saw(datasets, "dataset")


def check_shapes(visit: Visit, section: Section, paths: Sequence[Path]) -> None:
    """Validate the catalogue by shapes that the user names.

    Raises:
        InputError: a file cannot be read.
        ShapesError: there is no shape, or the shapes cannot be run.
    """
    if visit.catalogue is None:
        section.skip("There is no catalogue.")
        return
    section.add(*shapes(visit.catalogue.quads, paths, visit.catalogue.address))
    section.saw(len(paths), "file or folder of shapes", "files or folders of shapes")


def check_pages(visit: Visit, section: Section) -> None:
    """Look at the schema.org JSON-LD that pages embed."""
    documents: list[tuple[str, object]] = []
    for page in visit.chosen(visit.documents):
        seen = visit.visited(page).page
        for text in seen.json_ld if seen else ():
            try:
                documents.append((page, orjson.loads(text.encode("utf-8", "surrogatepass"))))
            except orjson.JSONDecodeError as error:
                section.violation(
                    "page-json-broken",
                    page,
                    f"The JSON-LD in this page is no JSON: {error}. Search engines read nothing of it. Mend it.",
                )
    section.add(*google(documents))
    section.saw(len(documents), "document in pages", "documents in pages")


def points(visit: Visit) -> Score | None:
    """Return the score of the catalogue, by what was asked before; None where there is no catalogue."""
    if visit.catalogue is None:
        return None
    return score(visit.catalogue.quads, _status(visit))


def _status(visit: Visit) -> Callable[[str], int | None]:
    """Return what tells the status of an address, None where it was not asked."""
    asked = visit.statuses()

    def status(address: str) -> int | None:
        return asked.get(without_fragment(address)) if is_web(address) else None

    return status
