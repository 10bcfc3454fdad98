"""Morph-KGC, the peer of the import: its mapping of projects and organisations, and how it is run.

It reads the two tables with the SQL engine that it brings for views over CSV, because of its two other ways one takes
commas alone and one guesses the delimiter in Python. Each rule asks for its key and its value alone, so that no column
is read in vain; it runs on as many processes as there are processors and writes N-Triples, the shorter of its formats.

What the mapping leaves out of what we state, because RML has no words for it:
- of an organisation with rows that differ, the most frequent value: all values are stated;
- what is part of what, of calls and programmes, and the other things that the tables only refer to;
- control characters, entities of HTML, and addresses that have to be mended or are none;
- the checks, and with them the ledger.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import ROOT
from eugraph.sources.cordis.lists import COUNTRIES, ROLES, STATUSES
from eugraph.vocab import COUNTRY, PREFIXES, term

PYTHON = ROOT / ".venv" / "bench-cordis" / "bin" / "python"  # of its environment: it needs another pyoxigraph
OUTPUT = "morph-kgc.nt"

_CONFIG, _MAPPING, _COUNTRIES = "morph-kgc.ini", "morph-kgc.rml.ttl", "countries.csv"
_READ = "read_csv('{table}.csv', delim=';', header=true, quote='\"', escape='\"', all_varchar=true)"
_ONE_LINE = "trim(regexp_replace({}, '\\s+', ' ', 'g'))"
_SLUG = "trim(regexp_replace(lower(strip_accents({})), '[^a-z0-9]+', '-', 'g'), '-')"
_SEMICOLONS = "unnest(string_split({}, ';'))"
_DEGREES = "split_part(regexp_replace(geolocation, '\\s', '', 'g'), ',', {})"
_NOT_FILLED = "(0+|n/?a|none|null|missing|-+|\\.+)"
_FILLED = "CASE WHEN regexp_full_match({0}, '" + _NOT_FILLED + "', 'i') THEN '' ELSE {0} END"
_KEYWORD = "trim(unnest(string_split(keywords, CASE WHEN contains(keywords, ';') THEN ';' ELSE ',' END)), ' ,;')"


@dataclass(frozen=True, slots=True)
class _Said:
    """One predicate: its object is `constant`, or the value of a piece of SQL in a form."""

    predicate: str
    sql: str = ""
    form: str = ""  # "" a plain literal, "@en", a datatype as `xsd:date`, or what an IRI begins with
    constant: str = ""  # in Turtle


@dataclass(frozen=True, slots=True)
class _Things:
    """Things of one class, one or more a row."""

    iri: str  # what their addresses begin with
    key: str  # SQL of the rest of the addresses
    table: str
    said: tuple[_Said, ...]
    join: str = ""


def _case(column: str, names: dict[str, str]) -> str:
    return f"CASE {column} " + " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in names.items()) + " END"


def _money(column: str, predicate: str, *, zero: bool = True) -> _Said:
    sql = column if zero else f"CASE WHEN TRY_CAST({column} AS DOUBLE) = 0 THEN '' ELSE {column} END"
    return _Said(predicate, sql, "xsd:decimal")


def _things(base: str) -> tuple[_Things, ...]:
    """Return what the two tables speak of."""

    def constant(predicate: str, curie: str) -> _Said:
        return _Said(predicate, constant=str(term(curie)))

    source = _Said("dcterms:source", constant=f"<{base}source/cordis>")
    euro = _Said("eug:currency", constant='"EUR"')
    codes = (_Said("skos:notation", "code"), _Said("eug:officialName", "code", "@en"), source)
    role = "trim(regexp_replace(role, '([A-Z])', '-\\1', 'g'))"
    participation = (
        f"projectID || '/' || organisationID || '/' || lower({role}) || "
        "coalesce('-' || CAST(TRY_CAST(\"order\" AS INTEGER) AS VARCHAR), '')"
    )
    called = f"(SELECT {_SEMICOLONS.format('topics')} AS code FROM {{0}} UNION SELECT masterCall FROM {{0}} UNION "
    called = (called + "SELECT subCall FROM {0})").format(_READ.format(table="project"))
    legal = f"(SELECT {_SEMICOLONS.format('legalBasis')} AS code FROM {_READ.format(table='project')})"
    return (
        _Things(
            f"{base}project/",
            "id",
            "project",
            (
                constant("rdf:type", "eug:Project"),
                source,
                _Said("skos:prefLabel", _ONE_LINE.format("CASE WHEN acronym = '' THEN title ELSE acronym END"), "@en"),
                _Said("eug:acronym", "trim(acronym)"),
                _Said("dcterms:title", "trim(title)", "@en"),
                _Said("dcterms:abstract", "trim(objective)", "@en"),
                _Said("eug:startDate", "startDate", "xsd:date"),
                _Said("eug:endDate", "endDate", "xsd:date"),
                _Said("eug:terminationDate", "terminationDate", "xsd:date"),
                _Said("dcterms:modified", "contentUpdateDate[:10]", "xsd:date"),
                _Said("eug:status", _case("status", STATUSES), PREFIXES["status"]),
                _Said("eug:rcn", "rcn"),
                _Said("dcat:keyword", _KEYWORD, "@en"),
                _Said("eug:grant", "id", f"{base}grant/"),
                _Said("foaf:page", "id", "https://cordis.europa.eu/project/id/"),
            ),
        ),
        _Things(
            f"{base}grant/",
            "id",
            "project",
            (
                constant("rdf:type", "eug:Grant"),
                source,
                euro,
                _Said(
                    "skos:prefLabel", f"'Grant agreement ' || id || ' (' || {_ONE_LINE.format('acronym')} || ')'", "@en"
                ),
                _Said("eug:grantNumber", "id"),
                _Said("eug:funder", constant=f"<{base}organisation/european-commission>"),
                _Said("eug:doi", "CASE WHEN grantDoi[:3] = '10.' THEN grantDoi END", "https://doi.org/"),
                _Said("eug:signatureDate", "ecSignatureDate", "xsd:date"),
                _Said("eug:fundingScheme", _SLUG.format("fundingScheme"), PREFIXES["fscheme"]),
                _Said("eug:programme", _SLUG.format(_SEMICOLONS.format("legalBasis")), f"{base}programme/"),
                *(
                    _Said("eug:call", _SLUG.format(code), f"{base}call/")
                    for code in (_SEMICOLONS.format("topics"), "masterCall", "subCall")
                ),
                _money("ecMaxContribution", "eug:euContribution"),
                _money("totalCost", "eug:totalCost", zero=False),
            ),
        ),
        _Things(
            f"{base}participation/",
            participation,
            "organization",
            (
                constant("rdf:type", "eug:Participation"),
                constant("eug:confidence", "confidence:stated"),
                source,
                euro,
                _Said("eug:participatesIn", "projectID", f"{base}project/"),
                _Said("eug:organisation", "organisationID", f"{base}organisation/"),
                _Said("eug:role", _case("role", ROLES), PREFIXES["role"]),
                _Said("eug:order", 'CAST(TRY_CAST("order" AS INTEGER) AS VARCHAR)', "xsd:integer"),
                _money("ecContribution", "eug:euContribution"),
                _money("netEcContribution", "eug:netEuContribution"),
                _money("totalCost", "eug:totalCost", zero=False),
                _Said("eug:endedEarly", "CASE WHEN lower(endOfParticipation) = 'true' THEN 'true' END", "xsd:boolean"),
            ),
        ),
        _Things(
            f"{base}organisation/",
            "organisationID",
            "organization",
            (
                constant("rdf:type", "eug:Organisation"),
                source,
                _Said("skos:prefLabel", _ONE_LINE.format("name"), "@en"),
                _Said("eug:legalName", "trim(name)"),
                _Said("eug:acronym", "trim(shortName)"),
                _Said("eug:pic", "organisationID"),
                _Said("eug:vat", _FILLED.format("replace(vatNumber, ' ', '')")),
                _Said("eug:sme", "lower(SME)", "xsd:boolean"),
                _Said("eug:activityType", "activityType", PREFIXES["acttype"]),
                *(
                    _Said(predicate, _FILLED.format(f"trim({column})"))
                    for predicate, column in (
                        ("eug:street", "street"),
                        ("eug:postalCode", "postCode"),
                        ("eug:city", "city"),
                    )
                ),
                _Said("eug:rcn", "rcn"),
                _Said("eug:nuts", "nutsCode"),
                _Said("schema:latitude", _DEGREES.format(1), "xsd:decimal"),
                _Said("schema:longitude", _DEGREES.format(2), "xsd:decimal"),
                _Said(
                    "foaf:homepage",
                    "CASE WHEN regexp_full_match(organizationURL, 'https?://[!-~]+') THEN organizationURL "
                    "WHEN regexp_full_match(organizationURL, '[a-zA-Z0-9.-]+\\.[!-~]+') "
                    "THEN 'http://' || organizationURL END",
                    "<>",
                ),
            ),
        ),
        _Things(
            f"{base}organisation/",
            "organisationID",
            "organization",
            (_Said("eug:country", "concept", COUNTRY),),
            join=f"JOIN {_READ.format(table='countries')} ON country = code",
        ),
        _Things(f"{base}call/", _SLUG.format("code"), called, (constant("rdf:type", "eug:Call"), *codes)),
        _Things(
            f"{base}programme/", _SLUG.format("code"), legal, (constant("rdf:type", "eug:FundingProgramme"), *codes)
        ),
    )


def command(tables: Path, base: str) -> list[str]:
    """Write mapping and configuration beside the tables, and return the command, to be run in their folder.

    Spec: <https://morph-kgc.readthedocs.io/en/stable/documentation/#engine-configuration>.
    """
    (tables / _MAPPING).write_text("".join(_turtle(base)), encoding="utf-8")
    rows = "".join(f'"{code}";"{concept}"\n' for code, concept in COUNTRIES.items())
    (tables / _COUNTRIES).write_text('"code";"concept"\n' + rows, encoding="utf-8")
    (tables / _CONFIG).write_text(
        f"[CONFIGURATION]\noutput_file: {OUTPUT}\noutput_format: N-TRIPLES\nsafe_percent_encoding: /\n"
        f"number_of_processes: {os.cpu_count()}\nlogging_level: WARNING\n[CORDIS]\nmappings: {_MAPPING}\n",
        encoding="utf-8",
    )
    return [str(PYTHON), "-m", "morph_kgc", _CONFIG]


def _turtle(base: str) -> Iterator[str]:
    """Yield the mapping in the vocabulary of RML, <http://w3id.org/rml/core/spec>."""
    yield "@prefix rml: <http://w3id.org/rml/> .\n"
    rules = [(things, said) for things in _things(base) for said in things.said]
    for number, (things, said) in enumerate(rules):
        table = things.table if things.table.startswith("(") else _READ.format(table=things.table)
        value = f", {said.sql} AS value" if said.sql else ""
        query = f"SELECT DISTINCT {things.key} AS key{value} FROM {table} {things.join}"
        where = "key <> '' AND value <> ''" if value else "key <> ''"
        query = f"SELECT * FROM ({query}) WHERE {where}".replace("\\", "\\\\")
        yield (
            f"<http://example.org/rule/{number}> a rml:TriplesMap ;\n"
            f'  rml:logicalSource [ rml:query """{query}""" ] ;\n'
            f'  rml:subjectMap [ rml:template "{things.iri}{{key}}" ] ;\n'
            f"  rml:predicateObjectMap [ rml:predicate {term(said.predicate)} ; {_object(said)} ] .\n"
        )


def _object(said: _Said) -> str:
    if said.constant:
        return f"rml:object {said.constant}"
    if said.form == "<>":
        return 'rml:objectMap [ rml:reference "value" ; rml:termType rml:IRI ]'
    if said.form.startswith("http"):
        return f'rml:objectMap [ rml:template "{said.form}{{value}}" ]'
    if said.form.startswith("@"):
        kind = f' ; rml:language "{said.form[1:]}"'
    else:
        kind = f" ; rml:datatype {term(said.form)}" if said.form else ""
    return f'rml:objectMap [ rml:reference "value" ; rml:termType rml:Literal{kind} ]'
