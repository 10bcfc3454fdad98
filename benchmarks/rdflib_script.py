"""What a script of today does with the two tables: rows as dictionaries, terms of rdflib, one graph, N-Triples.

It states about what our import states of projects, grants, participations and organisations, without a check and
without a ledger. A graph in memory is rdflib's fastest store, and N-Triples are its fastest format.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, SKOS, Namespace
from rdflib.term import Node

from benchmarks.cordis_tables import TWO
from eugraph.sources.cordis.lists import COUNTRIES, ROLES
from eugraph.vocab import COUNTRY, PREFIXES

_EUG, _SCHEMA = Namespace(PREFIXES["eug"]), Namespace(PREFIXES["schema"])
_PLACEHOLDERS = ("0", "00", "000", "0000", "00000", "N/A", "n/a", "-", ".")

_Said = Iterator[tuple[Node, Node, Node]]


def graph_of(tables: Path, base: str) -> Graph:
    """Read the two tables into a graph."""
    graph = Graph()
    for name, said in zip(TWO, (_project, _participant), strict=True):
        with (tables / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                for triple in said(row, base):
                    graph.add(triple)
    return graph


def _project(row: dict[str, str], base: str) -> _Said:
    project, grant = URIRef(f"{base}project/{row['id']}"), URIRef(f"{base}grant/{row['id']}")
    source = URIRef(f"{base}source/cordis")
    name = " ".join((row["acronym"] or row["title"]).split())
    yield project, RDF.type, _EUG.Project
    yield project, DCTERMS.source, source
    yield project, SKOS.prefLabel, Literal(name, lang="en")
    yield project, _EUG.grant, grant
    yield project, FOAF.page, URIRef(f"https://cordis.europa.eu/project/id/{row['id']}")
    yield project, _EUG.status, URIRef(f"{PREFIXES['status']}{row['status'].lower()}")
    for property_, column in ((DCTERMS.title, "title"), (DCTERMS.abstract, "objective")):
        if row[column]:
            yield project, property_, Literal(row[column].strip(), lang="en")
    yield from _texts(project, row, acronym="acronym", rcn="rcn")
    yield from _typed(
        project, row, XSD.date, startDate="startDate", endDate="endDate", terminationDate="terminationDate"
    )
    if row["contentUpdateDate"]:
        yield project, DCTERMS.modified, Literal(row["contentUpdateDate"][:10], datatype=XSD.date)
    for word in row["keywords"].split(";" if ";" in row["keywords"] else ","):
        if word.strip():
            yield project, DCAT.keyword, Literal(" ".join(word.split()), lang="en")

    yield grant, RDF.type, _EUG.Grant
    yield grant, DCTERMS.source, source
    yield grant, SKOS.prefLabel, Literal(f"Grant agreement {row['id']} ({name})", lang="en")
    yield grant, _EUG.grantNumber, Literal(row["id"])
    yield grant, _EUG.funder, URIRef(f"{base}organisation/european-commission")
    yield grant, _EUG.currency, Literal("EUR")
    yield grant, _EUG.fundingScheme, URIRef(PREFIXES["fscheme"] + _slug(row["fundingScheme"]))
    if row["grantDoi"].startswith("10."):
        yield grant, _EUG.doi, URIRef(f"https://doi.org/{row['grantDoi']}")
    yield from _typed(grant, row, XSD.date, signatureDate="ecSignatureDate")
    yield from _typed(grant, row, XSD.decimal, euContribution="ecMaxContribution")
    if row["totalCost"] not in ("", "0"):
        yield grant, _EUG.totalCost, Literal(row["totalCost"], datatype=XSD.decimal)
    for code in row["legalBasis"].split(";"):
        yield from _coded(grant, _EUG.programme, code, URIRef(f"{base}programme/{_slug(code)}"), _EUG.FundingProgramme)
    for code in {*row["topics"].split(";"), row["masterCall"], row["subCall"]} - {""}:
        yield from _coded(grant, _EUG.call, code, URIRef(f"{base}call/{_slug(code)}"), _EUG.Call)


def _coded(grant: URIRef, property_: URIRef, code: str, thing: URIRef, kind: URIRef) -> _Said:
    yield grant, property_, thing
    yield thing, RDF.type, kind
    yield thing, SKOS.notation, Literal(code.strip())
    yield thing, _EUG.officialName, Literal(code.strip(), lang="en")
    yield thing, DCTERMS.source, URIRef(f"{grant.partition('grant/')[0]}source/cordis")


def _participant(row: dict[str, str], base: str) -> _Said:
    organisation, source = URIRef(f"{base}organisation/{row['organisationID']}"), URIRef(f"{base}source/cordis")
    role = re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", row["role"])
    place = f"{row['projectID']}/{row['organisationID']}/{role}-{row['order']}"
    participation = URIRef(f"{base}participation/{place}")
    yield participation, RDF.type, _EUG.Participation
    yield participation, DCTERMS.source, source
    yield participation, _EUG.confidence, URIRef(f"{PREFIXES['confidence']}stated")
    yield participation, _EUG.participatesIn, URIRef(f"{base}project/{row['projectID']}")
    yield participation, _EUG.organisation, organisation
    yield participation, _EUG.role, URIRef(PREFIXES["role"] + ROLES.get(row["role"], "participant"))
    yield participation, _EUG.currency, Literal("EUR")
    yield from _typed(participation, row, XSD.integer, order="order")
    yield from _typed(participation, row, XSD.decimal, euContribution="ecContribution")
    yield from _typed(participation, row, XSD.decimal, netEuContribution="netEcContribution")
    if row["totalCost"] not in ("", "0"):
        yield participation, _EUG.totalCost, Literal(row["totalCost"], datatype=XSD.decimal)
    if row["endOfParticipation"] == "true":
        yield participation, _EUG.endedEarly, Literal("true", datatype=XSD.boolean)

    yield organisation, RDF.type, _EUG.Organisation
    yield organisation, DCTERMS.source, source
    yield organisation, SKOS.prefLabel, Literal(" ".join(row["name"].split()), lang="en")
    yield organisation, _EUG.pic, Literal(row["organisationID"])
    yield from _texts(organisation, row, legalName="name", acronym="shortName", rcn="rcn", nuts="nutsCode")
    yield from _texts(organisation, row, vat="vatNumber", street="street", postalCode="postCode", city="city")
    yield from _typed(organisation, row, XSD.boolean, sme="SME")
    if row["activityType"]:
        yield organisation, _EUG.activityType, URIRef(PREFIXES["acttype"] + row["activityType"])
    if row["country"] in COUNTRIES:
        yield organisation, _EUG.country, URIRef(COUNTRY + COUNTRIES[row["country"]])
    latitude, comma, longitude = row["geolocation"].partition(",")
    if comma:
        yield organisation, _SCHEMA.latitude, Literal(latitude.strip(), datatype=XSD.decimal)
        yield organisation, _SCHEMA.longitude, Literal(longitude.strip(), datatype=XSD.decimal)
    if address := row["organizationURL"].replace(" ", "%20"):
        yield organisation, FOAF.homepage, URIRef(address if "://" in address else f"http://{address}")


def _texts(thing: URIRef, row: dict[str, str], **columns: str) -> _Said:
    for name, column in columns.items():
        if row[column].strip() and row[column].strip() not in _PLACEHOLDERS:
            yield thing, _EUG[name], Literal(row[column].strip())


def _typed(thing: URIRef, row: dict[str, str], datatype: URIRef, **columns: str) -> _Said:
    for name, column in columns.items():
        if row[column]:
            yield thing, _EUG[name], Literal(row[column], datatype=datatype)


def _slug(code: str) -> str:
    return re.sub("[^a-z0-9]+", "-", code.lower()).strip("-")
