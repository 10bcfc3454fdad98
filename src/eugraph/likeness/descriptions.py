"""What descriptions of organisations and projects are compared by: names and other evidence, read from a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from eugraph.errors import QueryError
from eugraph.sources.cordis.lists import COUNTRIES
from eugraph.store import EmbeddedStore, Solutions
from eugraph.vocab import COUNTRY, PREFIXES

_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("dcterms", "eug", "foaf", "skos"))
_ORGANISATIONS = f"""{_PREFIXES}
SELECT ?thing ?property ?value {{
  ?thing a eug:Organisation ; ?property ?value
  FILTER(?property IN (
    skos:prefLabel, skos:altLabel, eug:legalName, eug:officialName, eug:acronym, eug:country, eug:city, foaf:homepage,
    eug:vat, eug:pic, eug:ror))
}}"""
_PROJECTS = f"""{_PREFIXES}
SELECT ?thing ?property ?value {{
  ?thing a eug:Project
  {{ ?thing ?property ?value
    FILTER(?property IN (skos:prefLabel, skos:altLabel, dcterms:title, eug:acronym, eug:startDate)) }}
  UNION
  {{ ?thing eug:grant ?grant . ?grant ?property ?value FILTER(?property = eug:grantNumber) }}
}}"""
QUERIES = {"organisation": _ORGANISATIONS, "project": _PROJECTS}

_NAMES = ("prefLabel", "legalName", "officialName", "title", "altLabel")  # in this order the first is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is known of one thing on one side; what is not known is empty. All sorted."""

    iri: str
    kind: str  # a key of QUERIES
    names: Sequence[str]  # the one to show first
    acronyms: Sequence[str] = ()
    countries: Sequence[str] = ()  # by three letters; those of the VAT numbers where none is stated
    towns: Sequence[str] = ()
    hosts: Sequence[str] = ()  # of the homepages, without www
    vats: Sequence[str] = ()
    numbers: Sequence[str] = ()  # PICs, numbers of grants: two things never share one
    years: Sequence[int] = ()  # in which it starts
    rors: Sequence[str] = ()


def descriptions(store: EmbeddedStore, kind: str) -> Iterator[Description]:
    """Yield what a store says of each thing that has a name, sorted by address.

    Args:
        store: what is asked, with what follows from it.
        kind: a key of QUERIES.
    """
    answer = store.query(QUERIES[kind])
    if not isinstance(answer, Solutions):
        raise QueryError(f"the query for descriptions of the kind {kind} is no SELECT.")
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for thing, said, value in answer.rows:
        if isinstance(thing, NamedNode) and isinstance(said, NamedNode) and isinstance(value, NamedNode | Literal):
            found[thing.value][_local(said.value)].add(value.value)
    for iri in sorted(found):
        values = {name: sorted(texts) for name, texts in found[iri].items()}
        if names := [text for name in _NAMES for text in values.get(name, ())]:
            yield Description(
                iri=iri,
                kind=kind,
                names=tuple(dict.fromkeys(names)),
                acronyms=values.get("acronym", ()),
                countries=_countries(values),
                towns=values.get("city", ()),
                hosts=sorted(filter(None, map(_host, values.get("homepage", ())))),
                vats=values.get("vat", ()),
                numbers=values.get("pic", ()) or values.get("grantNumber", ()),
                years=sorted({int(day[:4]) for day in values.get("startDate", ()) if day[:4].isdecimal()}),
                rors=values.get("ror", ()),
            )


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _countries(values: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if stated := values.get("country"):
        return [iri.removeprefix(COUNTRY) for iri in stated]
    return sorted({COUNTRIES[vat[:2]] for vat in values.get("vat", ()) if vat[:2] in COUNTRIES})


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # a bracket in the wrong place
        return ""
