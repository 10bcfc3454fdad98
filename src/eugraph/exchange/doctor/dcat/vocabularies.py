"""The controlled vocabularies that DCAT-AP asks for: how their concepts are told, and which codes there are.

Spec: DCAT-AP 3.0.1, "Controlled Vocabularies",
<https://semiceu.github.io/DCAT-AP/releases/3.0.1/#controlled-vocs>; the tables themselves,
<https://op.europa.eu/en/web/eu-vocabularies/authority-tables>.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from eugraph import authority
from eugraph.findings import Severity

_EU = "http://publications.europa.eu/resource/authority/"
_CODE = r"[A-Z0-9]+(?:[_-][A-Z0-9]+)*"  # of most tables
_EVERY_TABLE = "OP_DATPRO"  # "provisional data", a code of most EU tables
_IANA = "www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """A controlled vocabulary, as a catalogue uses it."""

    title: str  # as messages call it
    spaces: Mapping[
        str, str
    ]  # what the IRIs of its concepts begin with -> IRI of their scheme, "" where they have none
    example: str  # an IRI of it
    codes: frozenset[str] = frozenset()  # what there may be after the space; empty where we do not know all
    form: str = ".*"  # a regular expression of the codes
    foreign: Severity = Severity.WARNING  # how grave a value of another vocabulary is
    one_is_enough: bool = False  # where one value is of it, others may be of other vocabularies
    aliases: tuple[str, ...] = ()  # what other IRIs of the same concepts begin with, which strict checks do not know
    typed_schemes: frozenset[str] = field(default_factory=frozenset)  # schemes to be told as a skos:ConceptScheme

    def space(self, iri: str) -> str | None:
        """What an IRI of the vocabulary begins with, or None for an IRI of another."""
        return next((space for space in self.spaces if iri.startswith(space)), None)

    def knows(self, code: str) -> bool:
        """Tell whether there is a code, as far as we know."""
        return code in self.codes if self.codes else re.fullmatch(self.form, code) is not None


def _eu(
    name: str,
    title: str,
    example: str,
    foreign: Severity = Severity.WARNING,
    *,
    codes: tuple[str, ...] = (),
    form: str = _CODE,
    one_is_enough: bool = False,
    typed_scheme: bool = False,
) -> Vocabulary:
    scheme = _EU + name
    return Vocabulary(
        title=f"the EU table of {title}",
        spaces={f"{scheme}/": scheme},
        example=f"{scheme}/{example}",
        codes=frozenset((*codes, _EVERY_TABLE)) if codes else frozenset(),
        form=form,
        foreign=foreign,
        one_is_enough=one_is_enough,
        typed_schemes=frozenset([scheme] if typed_scheme else ()),
    )


def _adms(
    table: authority.Table, title: str, example: str, foreign: Severity, *more: str, typed_scheme: bool = False
) -> Vocabulary:
    return Vocabulary(
        title=f"the ADMS {title}",
        spaces={table.space: table.scheme},
        example=table.iri(example),
        codes=frozenset((*table.names, *more)),
        foreign=foreign,
        typed_schemes=frozenset([table.scheme] if typed_scheme else ()),
    )


_WARNING, _VIOLATION = Severity.WARNING, Severity.VIOLATION

VOCABULARIES: dict[str, Vocabulary] = {
    "access-right": _eu(
        "access-right",
        "access rights",
        "PUBLIC",
        codes=("CONFIDENTIAL", "NON_PUBLIC", "PUBLIC", "RESTRICTED", "SENSITIVE"),
    ),
    "availability": _eu(
        "planned-availability",
        "planned availabilities",
        "STABLE",
        _VIOLATION,
        codes=tuple(authority.AVAILABILITIES.names),
    ),
    "data-theme": _eu("data-theme", "data themes", "HEAL", codes=tuple(authority.THEMES.names), one_is_enough=True),
    "dataset-type": _eu("dataset-type", "dataset types", "STATISTICAL", one_is_enough=True),
    "file-type": _eu("file-type", "file types", "CSV", _VIOLATION),
    "frequency": _eu("frequency", "frequencies", "ANNUAL", _VIOLATION),
    "language": _eu("language", "languages", "ENG", _VIOLATION, form=rf"[A-Z0-9]{{3}}|{_EVERY_TABLE}"),
    "status": _eu(
        "distribution-status",
        "distribution statuses",
        "COMPLETED",
        _VIOLATION,
        codes=("COMPLETED", "DEPRECATED", "DEVELOP", "DISCONT", "WITHDRAWN"),
        typed_scheme=True,
    ),
    "place": Vocabulary(
        title="the EU tables of countries, places and continents, or of GeoNames",
        spaces={
            **{f"{_EU}{name}/": f"{_EU}{name}" for name in ("country", "place", "continent")},
            "https://sws.geonames.org/": "",
        },
        example=f"{_EU}country/DEU",
        form=rf"{_CODE}|\d+/?",
        typed_schemes=frozenset([f"{_EU}place"]),
    ),
    "licence-type": _adms(
        authority.LICENCE_TYPES,
        "licence types",
        "Attribution",
        _VIOLATION,
        *("GrantBack", "JurisdictionWithinTheEU", "KnownPatentEncumbrance", "NominalCost", "OtherRestrictiveClauses"),
        *("ReservedNames-Endorsement-OfficialStatus", "RoyaltiesRequired", "UnknownIPR"),
    ),
    "publisher-type": _adms(
        authority.PUBLISHER_TYPES, "publisher types", "NonProfitOrganisation", _WARNING, typed_scheme=True
    ),
    "media-type": Vocabulary(
        title="the IANA register of media types",
        spaces={f"http://{_IANA}": "", f"https://{_IANA}": ""},
        example=f"http://{_IANA}text/csv",
        form=r"(?:application|audio|font|haptics|image|message|model|multipart|text|video)/[A-Za-z0-9][\w!#$&^.+-]*",
        foreign=_VIOLATION,
    ),
    "checksum-algorithm": Vocabulary(
        title="the SPDX checksum algorithms",
        spaces={"https://spdx.org/rdf/terms#": ""},
        example="https://spdx.org/rdf/terms#checksumAlgorithm_sha256",
        form="checksumAlgorithm_[a-z0-9_]+",
        aliases=("http://spdx.org/rdf/terms#",),
    ),
    "theme-taxonomy": Vocabulary(
        title="the themes of EU portals",
        spaces={f"{_EU}data-theme": ""},
        example=f"{_EU}data-theme",
        form="",
        one_is_enough=True,
    ),
}

_SCHEMES = frozenset(scheme for table in VOCABULARIES.values() for scheme in table.spaces.values())
_SPACES = tuple(space for table in VOCABULARIES.values() for space, scheme in table.spaces.items() if scheme)


def is_of_a_table(iri: str) -> bool:
    """Tell whether an IRI is that of a table of concepts, or of a concept in one: portals know its name."""
    return bool(iri) and (iri in _SCHEMES or iri.startswith(_SPACES))
