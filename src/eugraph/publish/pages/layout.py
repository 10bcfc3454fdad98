"""Which property stands where on the page of a thing. What is not named here comes last among the facts."""

from __future__ import annotations

from eugraph.publish.pages.labels import LABELS
from eugraph.publish.pages.names import Names
from eugraph.publish.pages.words import capital
from eugraph.vocab import term

PERIOD, ADDRESS = "period", "address"  # stand for several properties together


def _iris(*curies: str) -> tuple[str, ...]:
    return tuple(f"<{term(curie).value}>" for curie in curies)


# Facts at the top of a page, in order.
FACTS: tuple[str, ...] = (
    *_iris("eug:acronym", "dcterms:title", "eug:legalName", "skos:altLabel"),
    PERIOD,
    *_iris("eug:status", "eug:activityKind", "eug:organisationType", "eug:activityType", "eug:sourceKind"),
    *_iris("dcterms:isPartOf", "eug:coordinator", "eug:lead", "eug:affiliation", "eug:operator", "eug:developer"),
    *_iris("eug:governingBody"),
    ADDRESS,
    *_iris("foaf:homepage", "foaf:page", "eug:catalogueEntry", "eug:legalBasis", "dcterms:bibliographicCitation"),
    *_iris("dcterms:publisher", "dcterms:issued", "dcterms:modified", "eug:retrieved", "dcterms:license"),
    *_iris("prov:generatedAtTime", "eug:doi", "eug:pic", "eug:ror", "eug:vat", "eug:nuts", "eug:sme", "eug:rcn"),
    *_iris("eug:cometId", "eug:clinicalTrialId", "eug:hashtag", "skos:notation", "skos:broader"),
)
GRANT = (
    *_iris("eug:grantNumber", "eug:doi", "eug:funder", "eug:programme", "eug:call", "eug:fundingScheme"),
    *_iris("eug:signatureDate"),
)
TOPICS = _iris("eug:studies", "eug:fieldOfScience", "dcat:keyword")
RELATED = _iris(
    *("dcterms:hasPart", "eug:predecessor", "eug:successor", "eug:originatesFrom", "eug:relatedTo"),
    *("eug:contributesTo", "eug:usesPlatform", "eug:result", "prov:wasDerivedFrom"),
)
MATCHES = _iris(*(f"skos:{name}Match" for name in ("exact", "close", "broad", "narrow", "related")))
MONEY = _iris(
    *("eug:totalCost", "eug:euContribution", "eug:netEuContribution", "eug:inKindContribution"),
    *("eug:otherContribution", "eug:budget"),
)
NOTES = _iris("eug:remark")
FIGURE = f"<{term('eug:numberOf').value}"  # how the properties that count something begin


def label(predicate: str, names: Names) -> str:
    """Return what a property is called on a page: N-Triples text in, words out."""
    heading = names.headings.get(predicate)
    if heading is None:
        iri = predicate[1:-1]
        heading = names.headings[predicate] = LABELS.get(iri) or capital(names.label(iri))
    return heading


# Said elsewhere on the page, or made for queries only.
HIDDEN = frozenset(
    _iris(
        *("rdf:type", "skos:prefLabel", "dcterms:description", "skos:definition", "dcterms:source"),
        *("skos:inScheme", "skos:topConceptOf", "eug:preferredClaim", "eug:grant", "eug:funds", "eug:currency"),
        *("eug:confidence", "eug:hasParticipation", "eug:holdsParticipation", "eug:durationMonths"),
        *("eug:startDate", "eug:endDate", "eug:startEarliest", "eug:startLatest", "eug:endEarliest", "eug:endLatest"),
        *("eug:street", "eug:postalCode", "eug:city", "eug:country", "prov:hadPrimarySource"),
    )
)
PLACED = HIDDEN | {*FACTS, *GRANT, *TOPICS, *RELATED, *MATCHES, *MONEY, *NOTES}
# Neither worth a line in "where this comes from", nor stated by any source.
UNSOURCED = frozenset(
    _iris(
        *("rdf:type", "dcterms:source", "eug:preferredClaim", "eug:hasParticipation", "eug:holdsParticipation"),
        *("eug:startEarliest", "eug:startLatest", "eug:endEarliest", "eug:endLatest", "eug:grant", "eug:funds"),
        *("skos:topConceptOf", "skos:inScheme", "prov:hadPrimarySource", "prov:wasDerivedFrom"),
        *("prov:generatedAtTime",),
    )
)
