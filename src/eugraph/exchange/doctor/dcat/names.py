"""Names of properties and classes: those that a newer one has replaced, and those that there are not."""

from __future__ import annotations

from collections.abc import Iterator

from eugraph.errors import did_you_mean
from eugraph.exchange.doctor.dcat.fault import Fault
from eugraph.exchange.doctor.dcat.statements import Statements
from eugraph.exchange.doctor.dcat.terms import short
from eugraph.findings import Severity

_VERSIONS = {
    "dcterms:hasVersion": "dcat:hasVersion",
    "dcterms:isVersionOf": "dcat:isVersionOf",
    "owl:versionInfo": "dcat:version",
    "adms:last": "dcat:last",
    "adms:next": "dcat:next",
    "adms:prev": "dcat:prev",
}
_REPLACED = {  # class -> property -> the one to use
    "dcat:Dataset": _VERSIONS,
    "dcterms:PeriodOfTime": {"schema:startDate": "dcat:startDate", "schema:endDate": "dcat:endDate"},
}
_REPLACED_ANYWHERE = {
    "dcat:bytes": "dcat:byteSize",
    "dcat:size": "dcat:byteSize",
    "dcat:granularity": "dcat:spatialResolutionInMeters or dcat:temporalResolution",
    "dcat:dataDictionary": "foaf:page",
    "dcat:dataQuality": "dqv:hasQualityAnnotation",
    "dcat:Download": "dcat:Distribution",
    "dcat:Feed": "dcat:Distribution",
    "dcat:WebService": "dcat:DataService",
}
_ADMS_STATUS = "http://purl.org/adms/status/"
_TERMS = {
    "dcat": (
        "Catalog CatalogRecord DataService Dataset DatasetSeries Distribution Relationship Resource Role "
        "accessService accessURL bbox byteSize catalog centroid compressFormat contactPoint dataset distribution "
        "downloadURL endDate endpointDescription endpointURL first hadRole hasCurrentVersion hasVersion inCatalog "
        "inSeries isDistributionOf isVersionOf keyword landingPage last mediaType next nextVersion packageFormat prev "
        "previousVersion qualifiedRelation record resource seriesMember servesDataset service "
        "spatialResolutionInMeters startDate temporalResolution theme themeTaxonomy version"
    ),
    "dcterms": (
        "Agent AgentClass BibliographicResource FileFormat Frequency Jurisdiction LicenseDocument LinguisticSystem "
        "Location LocationPeriodOrJurisdiction MediaType MediaTypeOrExtent MethodOfAccrual MethodOfInstruction "
        "PeriodOfTime PhysicalMedium PhysicalResource Policy ProvenanceStatement RightsStatement SizeOrDuration "
        "Standard abstract accessRights accrualMethod accrualPeriodicity accrualPolicy alternative audience available "
        "bibliographicCitation conformsTo contributor coverage created creator date dateAccepted dateCopyrighted "
        "dateSubmitted description educationLevel extent format hasFormat hasPart hasVersion identifier "
        "instructionalMethod isFormatOf isPartOf isReferencedBy isReplacedBy isRequiredBy issued isVersionOf language "
        "license mediator medium modified provenance publisher references relation replaces requires rights "
        "rightsHolder source spatial subject tableOfContents temporal title type valid"
    ),
}
_KNOWN = {prefix: frozenset(names.split()) for prefix, names in _TERMS.items()}


def deprecated(said: Statements) -> Iterator[Fault]:
    """Yield properties that DCAT-AP has replaced, and statuses of a list that it has left.

    Spec: DCAT-AP 3.0.1, deprecated properties, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/#deprecation>.
    """
    for kind, replaced in _REPLACED.items():
        for old, new in replaced.items():
            step = said.step(old)
            for node in said.of_class(kind) if step else ():
                if node in step:
                    yield _replaced(node, old, new)
    for node in said.of_class("dcat:Distribution"):
        for value in said.values(node, "adms:status"):
            if said.iri(value).startswith(_ADMS_STATUS):
                yield _replaced(node, f"<{said.iri(value)}>", "the EU table of distribution statuses")


def unknown(said: Statements) -> Iterator[Fault]:
    """Yield properties and classes of DCAT and Dublin Core that there are not, such as dcat:accessUrl."""
    for predicate in list(said.graph.predicates()):
        if name := _wrong(said, predicate, is_class=False):
            yield from (_named(node, name) for node in said.graph.forward(predicate))
    step = said.step("rdf:type")
    classes = {value for values in step.values() for value in values}
    wrong = {value: name for value in classes if (name := _wrong(said, value, is_class=True))}
    for node, values in step.items() if wrong else ():
        yield from (_named(node, wrong[value]) for value in values if value in wrong)


def _wrong(said: Statements, number: int, *, is_class: bool) -> str:
    """The name, where it is of DCAT or Dublin Core and they do not have it, or not any longer, or not as this."""
    name = short(said.iri(number))
    prefix, _, local = name.partition(":")
    known = local in _KNOWN.get(prefix, ()) and local[:1].isupper() == is_class
    return name if prefix in _KNOWN and not known else ""


def _named(node: int, name: str) -> Fault:
    if name in _REPLACED_ANYWHERE:
        return _replaced(node, name, _REPLACED_ANYWHERE[name])
    prefix, _, local = name.partition(":")
    if local in _KNOWN[prefix]:
        message = (
            f"{name} is a {'class' if local[0].isupper() else 'property'}, and is not used as one. Correct the name."
        )
    else:
        meant = did_you_mean(local, _KNOWN[prefix]) or "."
        message = f"There is no {name}{meant} Correct the name: what it says is lost."
    return Fault(node, "term-unknown", Severity.WARNING, message)


def _replaced(node: int, old: str, new: str) -> Fault:
    return Fault(node, "property-deprecated", Severity.WARNING, f"{old} is no longer used. Use {new} in its place.")
