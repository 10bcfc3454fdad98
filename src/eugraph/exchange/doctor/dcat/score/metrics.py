"""What counts: each metric with its dimension, its points and its question.

Source: data.europa.eu, "Metadata quality assessment methodology", <https://data.europa.eu/mqa/methodology>.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eugraph.exchange.doctor.dcat.licences import is_known_licence
from eugraph.exchange.doctor.dcat.score.formats import CODES_OF_MEDIA_TYPES, MACHINE_READABLE, NON_PROPRIETARY
from eugraph.exchange.doctor.dcat.score.subject import Subject
from eugraph.exchange.doctor.dcat.vocabularies import VOCABULARIES

Answer = bool | None  # None: not known, as nobody asked
Question = Callable[[Subject], Answer]


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing that counts."""

    key: str
    dimension: str
    points: int
    of: str  # what it is asked of: "dataset" or "distribution"
    question: Question
    remedy: str  # what raises it


def _says(*names: str) -> Question:
    return lambda subject: subject.says(*names)


def _all_of(name: str, vocabulary: str) -> Question:
    space = VOCABULARIES[vocabulary].space
    return lambda subject: bool(iris := subject.iris(name)) and all(space(iri) is not None for iri in iris)


def _answers(name: str) -> Question:
    return lambda subject: subject.answers(name)


def _format_among(codes: frozenset[str]) -> Question:
    return lambda subject: bool(_codes(subject) & codes)


def _codes(subject: Subject) -> set[str]:
    types = [iri.partition("/media-types/")[2] for iri in subject.iris("dcat:mediaType")]
    space = next(iter(VOCABULARIES["file-type"].spaces))
    return {
        *(CODES_OF_MEDIA_TYPES[name] for name in types if name in CODES_OF_MEDIA_TYPES),
        *(iri.removeprefix(space) for iri in subject.iris("dcterms:format")),
    }


def _both(first: Question, second: Question) -> Question:
    return lambda subject: bool(first(subject) and second(subject))


def _known_licence(subject: Subject) -> bool:
    return any(is_known_licence(iri) for iri in subject.iris("dcterms:license"))


_F, _A, _I, _R, _C = DIMENSIONS = (
    "findability",
    "accessibility",
    "interoperability",
    "reusability",
    "contextuality",
)
_SET, _FILE = "dataset", "distribution"
_VOCABULARY = _both(_all_of("dcterms:format", "file-type"), _all_of("dcat:mediaType", "media-type"))

METRICS = (
    Metric("keyword", _F, 30, _SET, _says("dcat:keyword"), "Add dcat:keyword."),
    Metric("category", _F, 30, _SET, _says("dcat:theme"), "Add dcat:theme."),
    Metric("spatial", _F, 20, _SET, _says("dcterms:spatial"), "Add dcterms:spatial."),
    Metric("temporal", _F, 20, _SET, _says("dcterms:temporal"), "Add dcterms:temporal."),
    Metric("access-url-status", _A, 50, _FILE, _answers("dcat:accessURL"), "Make dcat:accessURL answer with 2xx."),
    Metric("download-url", _A, 20, _FILE, _says("dcat:downloadURL"), "Add dcat:downloadURL."),
    Metric(
        "download-url-status", _A, 30, _FILE, _answers("dcat:downloadURL"), "Make dcat:downloadURL answer with 2xx."
    ),
    Metric("format", _I, 20, _FILE, _says("dcterms:format"), "Add dcterms:format."),
    Metric("media-type", _I, 10, _FILE, _says("dcat:mediaType"), "Add dcat:mediaType."),
    Metric(
        *("format-vocabulary", _I, 10, _FILE, _VOCABULARY),
        "Take dcterms:format from the EU table of file types and dcat:mediaType from IANA.",
    ),
    Metric("non-proprietary", _I, 20, _FILE, _format_among(NON_PROPRIETARY), "Offer an open format, such as CSV."),
    Metric(
        "machine-readable", _I, 20, _FILE, _format_among(MACHINE_READABLE), "Offer a format for machines, such as JSON."
    ),
    Metric("dcat-ap", _I, 30, _SET, lambda subject: subject.conforms, "Mend the violations of check dcat-ap."),
    Metric("licence", _R, 20, _FILE, _says("dcterms:license"), "Add dcterms:license."),
    Metric("licence-vocabulary", _R, 10, _FILE, _known_licence, "Name a licence that portals know."),
    Metric("access-rights", _R, 10, _SET, _says("dcterms:accessRights"), "Add dcterms:accessRights."),
    Metric(
        *("access-rights-vocabulary", _R, 5, _SET, _all_of("dcterms:accessRights", "access-right")),
        "Take dcterms:accessRights from the EU table of access rights.",
    ),
    Metric("contact-point", _R, 20, _SET, _says("dcat:contactPoint"), "Add dcat:contactPoint."),
    Metric("publisher", _R, 10, _SET, _says("dcterms:publisher"), "Add dcterms:publisher."),
    Metric("rights", _C, 5, _FILE, _says("dcterms:rights"), "Add dcterms:rights."),
    Metric("byte-size", _C, 5, _FILE, _says("dcat:byteSize"), "Add dcat:byteSize."),
    Metric("issued", _C, 5, _FILE, _says("dcterms:issued"), "Add dcterms:issued."),
    Metric("modified", _C, 5, _FILE, _says("dcterms:modified"), "Add dcterms:modified."),
)
