"""A document in the words of EURIO, made when it is asked for.

The profile is one query over the whole graph. Asked for one document, it runs over what that query looks at from there:
all that is said of the things that stand in the document, what they point to, and the little that it needs of what
points to them. What comes out for these things is the same as over the whole graph.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from eugraph.reports import ask, prepare
from eugraph.serve.conversions import written
from eugraph.serve.errors import ProblemError
from eugraph.serve.workers import Question
from eugraph.store import EmbeddedStore, Graph
from eugraph.vocab import PREFIXES

if TYPE_CHECKING:
    from eugraph.serve.served import Served
    from eugraph.serve.site import Site

QUERY = "profiles/eurio"
FILE = "query/profiles/eurio.rq"  # of a release
_MOST = 200_000  # statements that one document is made from
_MOST_BYTES = 64 << 20
_AROUND = """
PREFIX rdf: <{rdf}>
PREFIX dcterms: <{dcterms}>
PREFIX eug: <{eug}>
CONSTRUCT {{ ?s ?p ?o }}
WHERE {{
  {{ VALUES ?s {{ {things} }} ?s ?p ?o }}
  UNION
  {{ VALUES ?t {{ {things} }} ?t ?pointing ?s . ?s ?p ?o }}
  UNION
  {{
    VALUES ?t {{ {things} }}
    VALUES ?pointing {{
      dcterms:isPartOf eug:call eug:fundingScheme eug:funder eug:grant eug:lead eug:operator eug:organisation
      eug:participatesIn eug:programme eug:result
    }}
    ?s ?pointing ?t ; ?p ?o .
    VALUES ?p {{
      rdf:type dcterms:isPartOf eug:call eug:confidence eug:fundingScheme eug:funder eug:grant eug:lead eug:operator
      eug:organisation eug:participatesIn eug:programme eug:result eug:role
    }}
  }}
  UNION
  {{ VALUES ?t {{ {things} }} ?s eug:affiliation ?t . BIND(eug:affiliation AS ?p) BIND(?t AS ?o) }}
  UNION
  {{
    VALUES ?t {{ {things} }}
    ?person eug:affiliation ?t .
    ?s eug:lead ?person ; ?p ?o .
    VALUES ?p {{ rdf:type eug:lead }}
  }}
  UNION
  {{ VALUES ?t {{ {things} }} ?taking eug:organisation ?t ; eug:participatesIn ?s . ?s a ?o . BIND(rdf:type AS ?p) }}
  UNION
  {{ VALUES ?t {{ {things} }} ?grant eug:call ?t . ?t dcterms:isPartOf ?s . ?s a ?o . BIND(rdf:type AS ?p) }}
  UNION
  {{ VALUES ?t {{ {things} }} ?t eug:call ?call . ?call dcterms:isPartOf ?s . ?s a ?o . BIND(rdf:type AS ?p) }}
}}
"""


async def eurio_document(site: Site, stem: str, form: str, served: Served) -> bytes:
    """Return what EURIO's words say of the things that stand in a document.

    Args:
        site: the addresses of the release.
        stem: path of the document, without ending.
        form: a format of graphs.
        served: whose store is asked.

    Raises:
        ProblemError: the store cannot be asked, or the document would be made from too much.
    """
    things = site.things.standing_in(stem)
    around = await _around(things, served)
    text = prepare(served.library[QUERY].text, {}, base_iri=site.base_iri)

    def make() -> bytes:
        return written(_about(things, _profile(text, around, site.base_iri)), form, site.base_iri)

    return await asyncio.to_thread(make)


async def _around(things: Sequence[str], served: Served) -> bytes:
    """Return what the query of the profile looks at, as N-Triples."""
    listed = " ".join(str(ox.NamedNode(thing)) for thing in things)
    text = _AROUND.format(things=listed, **{name: PREFIXES[name] for name in ("rdf", "dcterms", "eug")})
    question = Question(text=text, forms={"graph": "nt"}, max_rows=_MOST, max_bytes=_MOST_BYTES)
    answered = await served.queries.ask(question)
    parts = [answered.body]
    if answered.blocks is not None:
        parts += [block async for block in answered.blocks]
    if answered.head.truncated:
        told = "this would be made from too much. Ask the profile of all things with `eugraph query profiles/eurio`."
        raise ProblemError(406, "not-acceptable", told)
    return b"".join(parts)


def _profile(text: str, statements: bytes, base_iri: str) -> Iterable[ox.Triple]:
    store = ox.Store()
    store.bulk_load(statements, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    result = ask(EmbeddedStore(store=store), text, base_iri=base_iri).result
    assert isinstance(result, Graph)
    return result.triples


def _about(things: Sequence[str], triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return the statements about things, and about the nodes that the profile makes below their addresses."""
    own = set(things)
    return {
        triple
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.partition("#")[0] in own
    }
