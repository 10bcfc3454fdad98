"""What DCAT-AP 3.0.1 says of each property, class by class.

Spec: DCAT-AP 3.0.1, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/>.
"""

from __future__ import annotations

from dataclasses import dataclass

from eugraph.findings import Severity

TEXT, NODE, DATE = "text", "node", "date"  # a literal; any node; a literal of one of DATES
DATES = ("xsd:date", "xsd:dateTime", "xsd:gYear", "xsd:gYearMonth")
RESOURCE = "dcat:Catalog|dcat:Dataset|dcat:DataService|dcat:DatasetSeries"
_LAW = "eli:LegalResource"


@dataclass(frozen=True, slots=True)
class Property:
    """What is said of one property at the members of one class."""

    name: str
    count: str  # how many values: least and most, such as "0..1"
    value: str  # TEXT, NODE, DATE, a datatype, or a class; classes of which one must fit are joined by "|"
    vocabulary: str = ""  # see `vocabularies`: values must be of it
    recommended: Severity | None = None  # how grave it is that there is none, where one need not be
    iri: Severity | None = None  # how grave it is that a value has no IRI, where it must have one

    @property
    def least(self) -> int:
        """How many values there must be."""
        return int(self.count[0])

    @property
    def single(self) -> bool:
        """Whether there is one value at most."""
        return self.count.endswith("1")

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of which a value must have one; () for literals and for any node."""
        datatype = self.value.startswith("xsd:") or self.value in (TEXT, DATE, NODE)
        return () if datatype else tuple(self.value.split("|"))


_P = Property
_VIOLATION, _WARNING, _INFO = Severity.VIOLATION, Severity.WARNING, Severity.INFO

_TITLE, _DESCRIPTION = _P("dcterms:title", "1..n", TEXT), _P("dcterms:description", "1..n", TEXT)
_ISSUED, _MODIFIED = _P("dcterms:issued", "0..1", DATE), _P("dcterms:modified", "0..1", DATE)
_LANGUAGE = _P("dcterms:language", "0..n", "dcterms:LinguisticSystem", "language")
_LEGISLATION = _P("dcatap:applicableLegislation", "0..n", _LAW, iri=_VIOLATION)
_SPATIAL = _P("dcterms:spatial", "0..n", "dcterms:Location", "place", _INFO)
_TEMPORAL = _P("dcterms:temporal", "0..n", "dcterms:PeriodOfTime", "", _INFO)
_FREQUENCY = _P("dcterms:accrualPeriodicity", "0..1", "dcterms:Frequency", "frequency")
_PUBLISHER = _P("dcterms:publisher", "0..1", "foaf:Agent", "", _WARNING, iri=_WARNING)
_CONTACT = _P("dcat:contactPoint", "0..n", "vcard:Kind", "", _WARNING)
_THEME = _P("dcat:theme", "0..n", "skos:Concept", "data-theme", _WARNING, _VIOLATION)
_KEYWORD = _P("dcat:keyword", "0..n", TEXT, "", _WARNING)
_LICENCE = _P("dcterms:license", "0..1", "dcterms:LicenseDocument", "", _WARNING)
_RIGHTS = _P("dcterms:rights", "0..1", "dcterms:RightsStatement")
_ACCESS = _P("dcterms:accessRights", "0..1", "dcterms:RightsStatement", "access-right")
_STANDARD = _P("dcterms:conformsTo", "0..n", "dcterms:Standard")
_FORMAT = _P("dcterms:format", "0..1", "dcterms:MediaTypeOrExtent", "file-type", _WARNING)
_PAGE = _P("dcat:landingPage", "0..n", "foaf:Document")
_RESOLUTION = (
    _P("dcat:spatialResolutionInMeters", "0..1", "xsd:decimal"),
    _P("dcat:temporalResolution", "0..1", "xsd:duration"),
)

PROPERTIES: dict[str, tuple[Property, ...]] = {
    "dcat:Catalog": (
        *(_TITLE, _DESCRIPTION, _LEGISLATION, _RIGHTS),
        _P("dcterms:publisher", "1..1", "foaf:Agent", iri=_WARNING),
        _P("dcterms:language", "0..n", "dcterms:LinguisticSystem", "language", _INFO),
        _P("dcterms:license", "0..1", "dcterms:LicenseDocument", "", _INFO),
        _P("dcterms:issued", "0..1", DATE, "", _INFO),
        _P("dcterms:modified", "0..1", DATE, "", _INFO),
        _SPATIAL,
        _P("dcat:themeTaxonomy", "0..n", "skos:ConceptScheme", "theme-taxonomy", _INFO),
        _P("foaf:homepage", "0..1", "foaf:Document", "", _INFO),
        _P("dcterms:creator", "0..1", "foaf:Agent"),
        _P("dcterms:hasPart", "0..n", "dcat:Catalog"),
        _P("dcterms:isPartOf", "0..n", "dcat:Catalog"),
        _P("dcat:catalog", "0..n", "dcat:Catalog"),
        _P("dcat:dataset", "0..n", "dcat:Dataset"),
        _P("dcat:service", "0..n", "dcat:DataService"),
        _P("dcat:record", "0..n", "dcat:CatalogRecord"),
    ),
    "dcat:CatalogRecord": (
        _P("foaf:primaryTopic", "1..1", RESOURCE),
        _P("dcterms:modified", "1..1", DATE),
        _P("dcterms:issued", "0..1", DATE, "", _INFO),
        _P("dcterms:conformsTo", "0..1", "dcterms:Standard", "", _INFO),
        _P("adms:status", "0..1", "skos:Concept", "", _INFO),
        _P("dcterms:language", "0..n", "dcterms:LinguisticSystem"),
        _P("dcterms:source", "0..1", "dcat:CatalogRecord"),
        _P("dcterms:title", "0..n", TEXT),
        _P("dcterms:description", "0..n", TEXT),
    ),
    "dcat:Dataset": (
        *(_TITLE, _DESCRIPTION, _PUBLISHER, _CONTACT, _THEME, _KEYWORD, _SPATIAL, _TEMPORAL),
        _P("dcat:distribution", "0..n", "dcat:Distribution", "", _WARNING),
        *(_ISSUED, _MODIFIED, _LANGUAGE, _FREQUENCY, _ACCESS, _STANDARD, _LEGISLATION, _PAGE, *_RESOLUTION),
        _P("dcterms:type", "0..n", "skos:Concept", "dataset-type"),
        _P("dcterms:creator", "0..n", "foaf:Agent"),
        _P("dcterms:identifier", "0..n", TEXT),
        _P("adms:identifier", "0..n", "adms:Identifier"),
        _P("dcat:version", "0..1", TEXT),
        _P("adms:versionNotes", "0..n", TEXT),
        _P("dcterms:hasVersion", "0..n", "dcat:Dataset"),
        _P("dcterms:source", "0..n", "dcat:Dataset"),
        _P("dcterms:provenance", "0..n", "dcterms:ProvenanceStatement"),
        _P("dcterms:relation", "0..n", NODE),
        _P("dcterms:isReferencedBy", "0..n", NODE),
        _P("foaf:page", "0..n", "foaf:Document"),
        _P("adms:sample", "0..n", "dcat:Distribution"),
        _P("dcat:inSeries", "0..n", "dcat:DatasetSeries"),
        _P("dcat:qualifiedRelation", "0..n", "dcat:Relationship"),
        _P("prov:qualifiedAttribution", "0..n", "prov:Attribution"),
        _P("prov:wasGeneratedBy", "0..n", "prov:Activity"),
    ),
    "dcat:DatasetSeries": (
        *(_TITLE, _DESCRIPTION, _PUBLISHER, _CONTACT, _ISSUED, _MODIFIED, _FREQUENCY, _LEGISLATION),
        _P("dcterms:spatial", "0..n", "dcterms:Location", "place"),
        _P("dcterms:temporal", "0..n", "dcterms:PeriodOfTime"),
    ),
    "dcat:Distribution": (
        _P("dcat:accessURL", "1..n", NODE),
        _P("dcterms:description", "0..n", TEXT, "", _INFO),
        _P("dcatap:availability", "0..1", "skos:Concept", "availability", _INFO),
        *(_FORMAT, _LICENCE, _RIGHTS, _ISSUED, _MODIFIED, _LANGUAGE, _STANDARD, _LEGISLATION, *_RESOLUTION),
        _P("dcterms:title", "0..n", TEXT),
        _P("dcat:downloadURL", "0..n", NODE),
        _P("dcat:accessService", "0..n", "dcat:DataService"),
        _P("dcat:byteSize", "0..1", "xsd:nonNegativeInteger"),
        _P("dcat:mediaType", "0..1", "dcterms:MediaType", "media-type"),
        _P("dcat:compressFormat", "0..1", "dcterms:MediaType", "media-type"),
        _P("dcat:packageFormat", "0..1", "dcterms:MediaType", "media-type"),
        _P("spdx:checksum", "0..1", "spdx:Checksum"),
        _P("odrl:hasPolicy", "0..1", "odrl:Policy"),
        _P("adms:status", "0..1", "skos:Concept", "status"),
        _P("foaf:page", "0..n", "foaf:Document"),
    ),
    "dcat:DataService": (
        _TITLE,
        _P("dcat:endpointURL", "1..n", NODE),
        *(_PUBLISHER, _CONTACT, _THEME, _KEYWORD, _ACCESS, _LEGISLATION, _PAGE),
        _P("dcat:endpointDescription", "0..n", NODE, "", _INFO),
        _P("dcat:servesDataset", "0..n", "dcat:Dataset", "", _INFO),
        _P("dcterms:conformsTo", "0..n", "dcterms:Standard", "", _INFO),
        _P("dcterms:description", "0..n", TEXT),
        _P("dcterms:format", "0..n", "dcterms:MediaTypeOrExtent", "file-type"),
        _P("dcterms:license", "0..1", "dcterms:LicenseDocument"),
    ),
    "foaf:Agent": (
        _P("foaf:name", "1..n", TEXT),
        _P("dcterms:type", "0..1", "skos:Concept", "publisher-type", _INFO),
    ),
    "vcard:Kind": (),
    "skos:Concept": (_P("skos:prefLabel", "1..n", TEXT),),
    "skos:ConceptScheme": (_TITLE,),
    "spdx:Checksum": (
        _P("spdx:algorithm", "1..1", "spdx:ChecksumAlgorithm", "checksum-algorithm"),
        _P("spdx:checksumValue", "1..1", "xsd:hexBinary"),
    ),
    "adms:Identifier": (_P("skos:notation", "0..1", TEXT),),
    "dcterms:LicenseDocument": (_P("dcterms:type", "0..n", "skos:Concept", "licence-type", _INFO),),
    "dcterms:Location": (
        _P("dcat:bbox", "0..1", TEXT, "", _INFO),
        _P("dcat:centroid", "0..1", TEXT, "", _INFO),
        _P("locn:geometry", "0..1", TEXT),
    ),
    "dcterms:PeriodOfTime": (
        _P("dcat:startDate", "0..1", DATE, "", _INFO),
        _P("dcat:endDate", "0..1", DATE, "", _INFO),
        _P("time:hasBeginning", "0..1", "time:Instant"),
        _P("time:hasEnd", "0..1", "time:Instant"),
    ),
    "dcat:Relationship": (
        _P("dcterms:relation", "1..n", RESOURCE),
        _P("dcat:hadRole", "1..n", "dcat:Role"),
    ),
}

IMPLIED: dict[str, tuple[str, ...]] = {  # class -> classes below it in their own vocabularies
    "dcat:Dataset": ("dcat:Catalog", "dcat:DatasetSeries"),
    "dcterms:MediaTypeOrExtent": ("dcterms:MediaType", "dcterms:FileFormat"),
    "dcterms:MediaType": ("dcterms:FileFormat",),
    "dcterms:RightsStatement": ("dcterms:LicenseDocument",),
    "foaf:Agent": ("foaf:Organization", "foaf:Person", "foaf:Group", "org:Organization"),
    "vcard:Kind": ("vcard:Organization", "vcard:Individual", "vcard:Group", "vcard:Location"),
}
