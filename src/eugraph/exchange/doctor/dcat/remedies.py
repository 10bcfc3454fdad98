"""What to do where a property is missing, in a sentence."""

from __future__ import annotations

from eugraph.exchange.doctor.dcat.properties import DATE, NODE, TEXT, Property
from eugraph.exchange.doctor.dcat.terms import an
from eugraph.exchange.doctor.dcat.vocabularies import VOCABULARIES
from eugraph.validate.words.names import listed

_REMEDIES = {
    "adms:status": "Say whether the record is new, changed or withdrawn.",
    "dcat:accessURL": "Name an address where the data can be had; the download URL will do where there is one.",
    "dcat:bbox": "Give the rectangle around the place, so that it can be found on a map.",
    "dcat:centroid": "Give the middle of the place, so that it can be found on a map.",
    "dcat:contactPoint": "Name whom to ask, as a vcard:Kind with an e-mail address or a page.",
    "dcat:distribution": "Name the files or services by which the data can be had.",
    "dcat:endDate": "Give the last day, unless the period is still open.",
    "dcat:endpointDescription": "Name a description of the service that machines read, such as OpenAPI.",
    "dcat:endpointURL": "Give the address at which the service answers.",
    "dcat:hadRole": "Say what the one is to the other.",
    "dcat:keyword": "Add some words that people search for, each with its language.",
    "dcat:servesDataset": "Name the datasets that the service gives access to.",
    "dcat:startDate": "Give the first day of the period.",
    "dcat:theme": "Name one theme of the EU table of data themes or more; portals sort by them.",
    "dcat:themeTaxonomy": "Name <http://publications.europa.eu/resource/authority/data-theme>.",
    "dcatap:availability": "Say for how long the file will stay, by the EU table of planned availabilities.",
    "dcterms:conformsTo": "Name the standard or profile that it follows.",
    "dcterms:description": "Say in a few sentences what it is, in each language that you have.",
    "dcterms:format": "Name the format by the EU table of file types.",
    "dcterms:issued": "Give the day of its first publication.",
    "dcterms:license": "Name the licence by its IRI; without one, nobody may use the data.",
    "dcterms:modified": "Give the day of the last change.",
    "dcterms:publisher": "Name the organisation or person that answers for it, as a foaf:Agent.",
    "dcterms:relation": "Name the other thing.",
    "dcterms:spatial": "Name the countries or places that it covers, by the EU tables.",
    "dcterms:temporal": "Say from when to when the data are, as a dcterms:PeriodOfTime.",
    "dcterms:title": "Give it a title, in each language that you have.",
    "foaf:homepage": "Name the page that shows the catalogue to people.",
    "foaf:name": "Give it a name.",
    "foaf:primaryTopic": "Name the dataset, service or catalogue that the record is about.",
    "skos:prefLabel": "Give it a label.",
    "spdx:algorithm": "Name the algorithm, such as spdx:checksumAlgorithm_sha256.",
    "spdx:checksumValue": "Give the sum as xsd:hexBinary.",
}


def remedy(asked: Property) -> str:
    """Say what to do where a property has no value."""
    return _REMEDIES.get(asked.name) or f"Give {wanted(asked)}."


def wanted(asked: Property) -> str:
    """Say what a value must be: "a text", "a node that is a dcat:Dataset", "a literal of xsd:decimal"."""
    if asked.value == TEXT:
        return "a text"
    if asked.value == NODE:
        return "an IRI"
    if asked.value == DATE:
        return "a date as xsd:date, xsd:dateTime, xsd:gYearMonth or xsd:gYear"
    if not asked.classes:
        return f"a literal of {asked.value}"
    if asked.vocabulary:
        return f"an IRI of {VOCABULARIES[asked.vocabulary].title}"
    return f"the IRI of {listed([an(name) for name in asked.classes])}"
