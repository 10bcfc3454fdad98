"""A good catalogue that is not ours: other habits, every class of DCAT-AP, blank nodes, nothing of the tables beside."""

from __future__ import annotations

from pyoxigraph import RdfFormat, Triple, parse

BASE = "https://data.stadt.example.eu/"
_EU = "http://publications.europa.eu/resource/authority"
_PREFIXES = """
    @base <https://data.stadt.example.eu/> .
    @prefix adms: <http://www.w3.org/ns/adms#> .
    @prefix dcat: <http://www.w3.org/ns/dcat#> .
    @prefix dcatap: <http://data.europa.eu/r5r/> .
    @prefix dct: <http://purl.org/dc/terms/> .
    @prefix eli: <http://data.europa.eu/eli/ontology#> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    @prefix locn: <http://www.w3.org/ns/locn#> .
    @prefix odrl: <http://www.w3.org/ns/odrl/2/> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix spdx: <http://spdx.org/rdf/terms#> .
    @prefix time: <http://www.w3.org/2006/time#> .
    @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix file: <http://publications.europa.eu/resource/authority/file-type/> .
    @prefix lang: <http://publications.europa.eu/resource/authority/language/> .
"""
_CATALOGUE = """
    <katalog> a dcat:Catalog ; dct:title "Offene Daten"@de, "Open data"@en ; dct:description "Daten der Stadt."@de ;
        dct:publisher <amt> ; dct:language lang:DEU, lang:ENG ; dct:license <https://www.govdata.de/dl-de/by-2-0> ;
        dct:issued "2019"^^xsd:gYear ; dct:modified "2026-03-01T10:00:00Z"^^xsd:dateTime ; foaf:homepage <> ;
        dct:spatial <https://sws.geonames.org/2950159/> ; dcat:service <api> ; dcat:dataset <reihe> ;
        dcat:themeTaxonomy <http://publications.europa.eu/resource/authority/data-theme> .
    <amt> a foaf:Organization, foaf:Agent ; foaf:name "Amt für Statistik"@de ;
        dct:type <http://purl.org/adms/publishertype/LocalAuthority> .
    <api> a dcat:DataService ; dct:title "Schnittstelle"@de ; dcat:endpointURL <api/v1> ; dct:publisher <amt> ;
        dcat:endpointDescription <api/openapi.json> ; dcat:contactPoint <amt#kontakt> ; dcat:keyword "Statistik"@de ;
        dcat:theme <http://publications.europa.eu/resource/authority/data-theme/SOCI> ;
        dct:conformsTo <https://spec.openapis.org/oas/v3.1.0> ; dct:format file:JSON .
    <amt#kontakt> a vcard:Organization ; vcard:fn "Auskunft" ; vcard:hasEmail <mailto:auskunft@stadt.example.eu> .
    <reihe> a dcat:DatasetSeries ; dct:title "Jahrbuch"@de ; dct:description "Jedes Jahr eines."@de ;
        dct:publisher <amt> ; dcat:contactPoint <amt#kontakt> ;
        dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> .
"""
_DATASET = """
    <katalog> dcat:dataset <daten/{n}> ; dcat:record <eintrag/{n}> .
    <api> dcat:servesDataset <daten/{n}> .
    <eintrag/{n}> a dcat:CatalogRecord ; foaf:primaryTopic <daten/{n}> ; dct:modified "2026-02-01"^^xsd:date ;
        dct:issued "2020-02-01"^^xsd:date ; dct:conformsTo <https://semiceu.github.io/DCAT-AP/releases/3.0.1/> ;
        adms:status <http://publications.europa.eu/resource/authority/concept-status/CURRENT> .
    <daten/{n}> a dcat:Dataset ; dct:title "Bäume {n}"@de, "Trees {n}"@en ; dct:description "Alle Bäume, Nummer {n}."@de ;
        dct:identifier "baum-{n}" ; dct:publisher <amt> ; dct:language lang:DEU ; dcat:keyword "Baum"@de ;
        dcat:contactPoint [ a vcard:Kind ; vcard:fn "Gartenamt" ; vcard:hasURL <garten> ] ; dcat:inSeries <reihe> ;
        dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI>, <themen/gruen> ;
        dct:spatial [ a dct:Location ; dcat:bbox "POLYGON((1 1,2 1,2 2,1 1))" ; dcat:centroid "POINT(1 1)" ] ;
        dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2020"^^xsd:gYear ; dcat:endDate "2020-12-31"^^xsd:date ] ;
        dct:issued "2020-06-01"^^xsd:date ; dct:modified "2026-01"^^xsd:gYearMonth ; dcat:version "1.{n}" ;
        dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
        dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/WEEKLY> ;
        dcat:temporalResolution "P1D"^^xsd:duration ; dcat:spatialResolutionInMeters "10.5"^^xsd:decimal ;
        dcat:landingPage <seite/{n}> ; dcat:distribution <datei/{n}> ; adms:versionNotes "Neu gezählt."@de ;
        adms:identifier [ a adms:Identifier ; skos:notation "10.1000/{n}" ] ;
        dcat:qualifiedRelation [ a dcat:Relationship ; dct:relation <daten/0> ; dcat:hadRole <rolle/teil> ] ;
        prov:qualifiedAttribution [ a prov:Attribution ] ; prov:wasGeneratedBy [ a prov:Activity ] .
    <datei/{n}> a dcat:Distribution ; dct:title "CSV"@de ; dct:description "Als Tabelle."@de ; dcat:accessURL <seite/{n}> ;
        dcat:downloadURL <datei/{n}.csv> ; dct:format file:CSV ; dct:license <https://www.govdata.de/dl-de/by-2-0> ;
        dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ; dcat:accessService <api> ;
        dcatap:availability <http://publications.europa.eu/resource/authority/planned-availability/STABLE> ;
        adms:status <http://publications.europa.eu/resource/authority/distribution-status/COMPLETED> ;
        dct:rights [ a dct:RightsStatement ] ; dcat:byteSize "12{n}"^^xsd:nonNegativeInteger ;
        spdx:checksum [ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha1 ;
            spdx:checksumValue "da39a3ee5e6b4b0d3255bfef95601890afd80709"^^xsd:hexBinary ] .
"""
# What the authority tables, and descriptions of what is named, would say beside it.
_BACKGROUND = f"""
    <https://www.govdata.de/dl-de/by-2-0> a dct:LicenseDocument ; dct:type <http://purl.org/adms/licencetype/Attribution> .
    <http://purl.org/adms/licencetype/Attribution> a skos:Concept ; skos:prefLabel "Attribution"@en ;
        skos:inScheme <http://purl.org/adms/licencetype/1.0> .
    <http://purl.org/adms/publishertype/LocalAuthority> a skos:Concept ; skos:prefLabel "Local"@en ;
        skos:inScheme <http://purl.org/adms/publishertype/1.0> .
    <http://purl.org/adms/publishertype/1.0> a skos:ConceptScheme ; dct:title "Types"@en .
    <https://spec.openapis.org/oas/v3.1.0> a dct:Standard . <https://semiceu.github.io/DCAT-AP/releases/3.0.1/> a dct:Standard .
    <amt#kontakt> a vcard:Kind . <rolle/teil> a dcat:Role . <> a foaf:Document . <seite/0> a foaf:Document .
    <themen/gruen> a skos:Concept ; skos:prefLabel "Grün"@de ; skos:inScheme <themen> .
    <themen> a skos:ConceptScheme ; dct:title "Themen"@de .
    <https://sws.geonames.org/2950159/> a dct:Location .
    <{_EU}/data-theme> a skos:ConceptScheme ; dct:title "Data theme"@en .
    <{_EU}/distribution-status> a skos:ConceptScheme ; dct:title "Status"@en .
    <{_EU}/data-theme/SOCI> a skos:Concept ; skos:prefLabel "Society"@en ; skos:inScheme <{_EU}/data-theme> .
    <{_EU}/data-theme/ENVI> a skos:Concept ; skos:prefLabel "Environment"@en ; skos:inScheme <{_EU}/data-theme> .
    <{_EU}/concept-status/CURRENT> a skos:Concept ; skos:prefLabel "current"@en .
    <{_EU}/access-right/PUBLIC> a dct:RightsStatement ; skos:inScheme <{_EU}/access-right> .
    <{_EU}/frequency/ANNUAL> a dct:Frequency ; skos:inScheme <{_EU}/frequency> .
    <{_EU}/frequency/WEEKLY> a dct:Frequency ; skos:inScheme <{_EU}/frequency> .
    lang:DEU a dct:LinguisticSystem ; skos:inScheme <{_EU}/language> .
    lang:ENG a dct:LinguisticSystem ; skos:inScheme <{_EU}/language> .
    file:CSV a dct:MediaTypeOrExtent ; skos:inScheme <{_EU}/file-type> .
    file:JSON a dct:MediaTypeOrExtent ; skos:inScheme <{_EU}/file-type> .
    <{_EU}/planned-availability/STABLE> a skos:Concept ; skos:prefLabel "stable"@en ;
        skos:inScheme <{_EU}/planned-availability> .
    <{_EU}/distribution-status/COMPLETED> a skos:Concept ; skos:prefLabel "completed"@en ;
        skos:inScheme <{_EU}/distribution-status> .
    <https://www.iana.org/assignments/media-types/text/csv> a dct:MediaType .
    spdx:checksumAlgorithm_sha1 a spdx:ChecksumAlgorithm .
"""


def foreign(datasets: int = 1, *, background: bool = False) -> list[Triple]:
    """The catalogue with a number of datasets; with `background` a check without the tables finds all that it needs."""
    each = "".join(_DATASET.replace("{n}", str(number)) for number in range(datasets))
    return statements(_CATALOGUE + each + (_BACKGROUND if background else ""))


def statements(turtle: str) -> list[Triple]:
    """What a text says, with the prefixes and the base of the catalogue."""
    return [quad.triple for quad in parse((_PREFIXES + turtle).encode(), format=RdfFormat.TURTLE)]
