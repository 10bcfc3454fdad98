"""Each planted fault is told by its code, at its node, and nothing else is."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from pyoxigraph import NamedNode, Triple

from eugraph.exchange.doctor.dcat import examine
from eugraph.exchange.doctor.dcat.codes import CODES
from eugraph.findings import Severity
from exchange.doctor.dcat.foreign import BASE, foreign, statements

WHERE = "https://where.example/catalog.ttl"
EU = "http://publications.europa.eu/resource/authority"


class Planted(NamedTuple):
    code: str
    place: str  # below the base
    words: str  # in the message
    more: str = ""  # statements added
    gone: tuple[str, str] = ("", "")  # subject below the base, and what the IRI of the property ends in
    severity: Severity = Severity.WARNING
    beside: frozenset[str] = frozenset()  # codes that the fault has as its consequences
    datasets: int = 1


VIOLATION, INFO = Severity.VIOLATION, Severity.INFO
PLANTED = [
    Planted("property-missing", "daten/0", "dcterms:title", gone=("daten/0", "terms/title"), severity=VIOLATION),
    Planted("property-missing", "datei/0", "dcat:accessURL", gone=("datei/0", "#accessURL"), severity=VIOLATION),
    Planted("property-missing", "katalog", "dcterms:publisher", gone=("katalog", "publisher"), severity=VIOLATION),
    Planted("property-missing", "eintrag/0", "dcterms:modified", gone=("eintrag/0", "modified"), severity=VIOLATION),
    Planted("property-missing", "themen", "dcterms:title", gone=("themen", "terms/title"), severity=VIOLATION),
    Planted("property-recommended", "daten/0", "dcat:keyword", gone=("daten/0", "#keyword")),
    Planted("property-recommended", "daten/0", "dcterms:temporal", gone=("daten/0", "temporal"), severity=INFO),
    Planted("property-repeated", "datei/0", "dcat:byteSize", '<datei/0> dcat:byteSize "1"^^xsd:nonNegativeInteger .', severity=VIOLATION),
    Planted("property-deprecated", "daten/0", "dcat:version", '<daten/0> <http://www.w3.org/2002/07/owl#versionInfo> "1" .'),
    Planted("property-deprecated", "datei/0", "dcat:byteSize", '<datei/0> dcat:bytes "1" .'),
    Planted("term-unknown", "datei/0", "did you mean 'accessURL'?", "<datei/0> dcat:accessUrl <datei/x> ."),
    Planted("term-unknown", "neu", "dcat:DataSet", "<neu> a dcat:DataSet ."),
    Planted("term-unknown", "katalog", "dcterms:LinguisticSystem is a class", "<katalog> dct:LinguisticSystem <x> ."),
    Planted("value-kind", "daten/0", "“Baum”", '<daten/0> dcat:landingPage "Baum" .', severity=VIOLATION),
    Planted("value-kind", "daten/0", "Give a text", "<daten/0> dcat:keyword <baum> .", severity=VIOLATION),
    Planted("value-blank", "daten/0", "dcat:theme", "<daten/0> dcat:theme [ a skos:Concept ; skos:prefLabel 'X'@de ] .", severity=VIOLATION, beside=frozenset(["language-missing"])),
    Planted("value-datatype", "daten/0", "xsd:string", '<daten/0> dct:issued "2020-06-01" .', gone=("daten/0", "issued"), severity=VIOLATION),
    Planted("value-datatype", "datei/0", "nonNegativeInteger", '<datei/0> dcat:byteSize 7 .', gone=("datei/0", "byteSize"), severity=VIOLATION),
    Planted("node-missing", "daten/0", "<https://data.stadt.example.eu/datei/x>", "<daten/0> dcat:distribution <datei/x> .", severity=VIOLATION),
    Planted("class-missing", "daten/0", "foaf:Agent", "<daten/0> dct:creator <gelb> . <gelb> a skos:Collection ."),
    Planted("class-missing", "daten/0", "of no class", '<daten/0> dcat:distribution <gelb> . <gelb> dct:title "x"@de .', severity=VIOLATION),
    Planted("class-implied", "daten/0", "foaf:Person", "<daten/0> dct:creator <ich> . <ich> a foaf:Person .", severity=INFO),
    Planted("class-unsaid", "daten/0", "foaf:Document", "<daten/0> foaf:page <blatt> .", severity=INFO),
    Planted("concept-foreign", "datei/0", "file types", "<datei/0> dct:format <csv> . <csv> a dct:MediaTypeOrExtent .", gone=("datei/0", "format"), severity=VIOLATION),
    Planted("concept-foreign", "datei/0", "with http", "<datei/0> dct:format <https://publications.europa.eu/resource/authority/file-type/CSV> . <https://publications.europa.eu/resource/authority/file-type/CSV> a dct:MediaTypeOrExtent .", gone=("datei/0", "format"), severity=VIOLATION),
    Planted("concept-unknown", "daten/0", "did you mean 'ENVI'?", f"<daten/0> dcat:theme <{EU}/data-theme/ENV> . <{EU}/data-theme/ENV> a skos:Concept ; skos:prefLabel 'x'@en ; skos:inScheme <{EU}/data-theme> ."),
    Planted("concept-unknown", "daten/0", "'de'", f"<daten/0> dct:language <{EU}/language/de> . <{EU}/language/de> a dct:LinguisticSystem ; skos:inScheme <{EU}/language> ."),
    Planted("concept-unexplained", "daten/0", "languages", f"<daten/0> dct:language <{EU}/language/FRA> .", severity=INFO),
    Planted("publisher-type", "daten/0", "eu/art>", '<daten/0> dct:publisher <amt2> . <amt2> a foaf:Agent ; foaf:name "Zwei" ; dct:type <art> . <art> a skos:Concept ; skos:prefLabel "Amt"@de .', gone=("daten/0", "publisher"), severity=INFO, beside=frozenset(["concept-foreign"])),
    Planted("licence-unknown", "datei/0", "<https://data.stadt.example.eu/lizenz>", "<datei/0> dct:license <lizenz> . <lizenz> a dct:LicenseDocument ; dct:type <http://purl.org/adms/licencetype/Attribution> .", gone=("datei/0", "license"), severity=INFO),
    Planted("literal-ill-formed", "daten/0", "“2026-13-01”", '<daten/0> dct:issued "2026-13-01"^^xsd:date .', gone=("daten/0", "issued"), severity=VIOLATION),
    Planted("literal-ill-formed", "irgendwas", "“viel”", '<irgendwas> <gemessen> "viel"^^xsd:decimal .', severity=VIOLATION),
    Planted("text-empty", "daten/0", "dcat:keyword", '<daten/0> dcat:keyword " "@de .'),
    Planted("language-missing", "daten/0", "dcterms:description", '<daten/0> dct:description "Alle Bäume der Stadt." .', gone=("daten/0", "terms/description"), severity=INFO),
    Planted("language-repeated", "daten/0", "@de", '<daten/0> dct:title "Gehölze"@de .'),
    Planted("dates-disordered", "daten/0", "2019-01-01", '<daten/0> dct:modified "2019-01-01"^^xsd:date .', gone=("daten/0", "modified")),
    Planted("period-disordered", "zeit", "2019-12-31", '<zeit> a dct:PeriodOfTime ; dcat:startDate "2020-01"^^xsd:gYearMonth ; dcat:endDate "2019-12-31"^^xsd:date .', severity=VIOLATION),
    Planted("checksum-length", "summe", "sha1", '<summe> a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha1 ; spdx:checksumValue "abcd"^^xsd:hexBinary .', severity=VIOLATION, beside=frozenset(["concept-foreign"])),
    Planted("contact-unreachable", "wer", "no e-mail", '<daten/0> dcat:contactPoint <wer> . <wer> a vcard:Kind ; vcard:fn "Wer" .'),
    Planted("contact-unreachable", "wer", "“wer@example.eu”", '<daten/0> dcat:contactPoint <wer> . <wer> a vcard:Kind ; vcard:hasEmail "wer@example.eu" .'),
    Planted("dataset-unlisted", "daten/0", "dcat:dataset", gone=("katalog", "#dataset")),
    Planted("distribution-unlisted", "datei/0", "dcat:distribution", gone=("daten/0", "#distribution"), beside=frozenset(["property-recommended"])),
    Planted("service-unlisted", "dienst", "dcat:service", '<dienst> a dcat:DataService ; dct:title "X"@de ; dcat:endpointURL <y> .', beside=frozenset(["property-recommended"])),
    Planted("series-empty", "reihe", "dcat:inSeries", gone=("daten/0", "inSeries")),
    Planted("title-shared", "daten/0", "“Eins”", '<daten/0> dct:title "Eins"@fr . <daten/1> dct:title "Eins"@fr .', datasets=2),
    Planted("identifier-shared", "daten/0", "“eins”", '<daten/0> dct:identifier "eins" . <daten/1> dct:identifier "eins" .', datasets=2, severity=VIOLATION),
    Planted("file-repeated", "daten/0", "datei/0.csv", '<daten/0> dcat:distribution <zwei> . <zwei> a dcat:Distribution ; dcat:downloadURL <datei/0.csv> ; dcat:accessURL <x> .', beside=frozenset(["property-recommended"])),
    Planted("address-local", "datei/0", "http://localhost:5000", "<datei/0> dcat:downloadURL <http://localhost:5000/x.csv> .", severity=VIOLATION),
    Planted("address-local", "datei/0", "https://10.1.2.3", "<datei/0> dcat:downloadURL <https://10.1.2.3/x.csv> .", severity=VIOLATION),
    Planted("address-local", "datei/0", "file:", "<datei/0> dcat:downloadURL <file:///home/x.csv> .", severity=VIOLATION),
    Planted("address-scheme", "datei/0", "urn:x:y", "<datei/0> dcat:accessURL <urn:x:y> ."),
]  # fmt: skip


def without(data: list[Triple], subject: str, ending: str) -> list[Triple]:
    """The statements but for those of a property at a node."""
    node = NamedNode(BASE + subject)
    return [each for each in data if not (each.subject == node and each.predicate.value.endswith(ending))]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"{planted.code}-{planted.words}")
def test_a_planted_fault_is_told_there_and_nothing_else_is(planted: Planted) -> None:
    good = foreign(planted.datasets, background=True)
    bad = (without(good, *planted.gone) if planted.gone[0] else good) + statements(planted.more)
    before = set(examine(good, WHERE, each=True))
    found = [each for each in examine(bad, WHERE, each=True) if each not in before]
    (told, *more) = [each for each in found if each.code == planted.code]
    assert {each.message for each in more} <= {told.message}
    assert told.where == BASE + planted.place
    assert planted.words in told.message
    assert told.severity == planted.severity
    assert told.check == CODES[planted.code].check
    assert {each.code for each in found} - {planted.code} <= planted.beside


def test_every_code_of_the_statements_is_planted() -> None:
    checks = {"dcat-ap", "vocabularies", "values", "listing", "addresses"}
    apart = {"catalogue-missing", "catalogue-empty"}  # below
    assert {planted.code for planted in PLANTED} | apart == {c for c, code in CODES.items() if code.check in checks}


def test_where_there_is_no_catalogue_that_is_told_of_the_whole() -> None:
    data = [each for each in foreign() if not str(each.object).endswith("#Catalog>")]
    (found,) = [each for each in examine(data, WHERE) if each.code == "catalogue-missing"]
    assert (found.where, found.severity) == (WHERE, Severity.VIOLATION)


def test_of_nothing_only_the_missing_catalogue_is_told() -> None:
    assert [each.code for each in examine([], WHERE)] == ["catalogue-missing"]


def test_a_catalogue_that_lists_nothing_is_told() -> None:
    data = [each for each in foreign() if each.predicate.value.rpartition("#")[2] not in ("dataset", "service")]
    (found,) = [each for each in examine(data, WHERE) if each.code == "catalogue-empty"]
    assert (found.where, found.severity) == (f"{BASE}katalog", Severity.WARNING)


def test_a_good_catalogue_of_others_gets_remarks_alone() -> None:
    """Without the tables beside it, as most catalogues come, and with them."""
    assert {each.severity for each in examine(foreign(3), WHERE)} == {Severity.INFO}
    told = {(each.code, each.message.partition(" ")[0]) for each in examine(foreign(1, background=True), WHERE)}
    assert told == {
        ("class-implied", "A"),  # a series is a dataset
        ("concept-foreign", "dcat:theme"),  # a theme of its own beside one of the EU's
        ("concept-foreign", "spdx:algorithm"),  # its IRI with http
        ("value-blank", "dcterms:spatial"),  # a rectangle in place of a name
    }


def test_what_is_said_of_many_is_told_once_and_names_some() -> None:
    data = [each for each in foreign(30, background=True) if not each.predicate.value.endswith("#keyword")]
    found = [each for each in examine(data, WHERE) if each.code == "property-recommended"]
    (told,) = [each for each in found if "dcat:Dataset" in each.message]
    assert told.where == f"{BASE}daten/0"
    assert told.message.endswith(f"The same at 29 others, such as {BASE}daten/1 and {BASE}daten/10.")
    each_of_them = [each for each in examine(data, WHERE, each=True) if "A dcat:Dataset has no" in each.message]
    assert len(each_of_them) == 30


def test_faults_that_differ_in_the_value_alone_are_told_once() -> None:
    more = '<daten/0> dcat:landingPage "eins" . <daten/1> dcat:landingPage "zwei" .'
    (told,) = [each for each in examine(foreign(2) + statements(more), WHERE) if each.code == "value-kind"]
    assert "a text for a value, “eins”. Give the IRI of a foaf:Document. The like at" in told.message
    assert told.message.endswith(f" {BASE}daten/1.")


def test_a_blank_node_is_told_at_the_dataset_that_has_it() -> None:
    more = '<daten/0> dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2021"^^xsd:gYear ; dcat:endDate "2020"^^xsd:gYear ] .'
    (found,) = [each for each in examine(foreign() + statements(more), WHERE) if each.code == "period-disordered"]
    assert found.where == f"{BASE}daten/0"


def test_blank_nodes_in_a_circle_are_told_of_the_whole() -> None:
    more = '_:a dct:relation _:b . _:b dct:relation _:a ; dct:issued "x"^^xsd:date .'
    (found,) = [each for each in examine(foreign() + statements(more), WHERE) if each.code == "literal-ill-formed"]
    assert found.where == WHERE
