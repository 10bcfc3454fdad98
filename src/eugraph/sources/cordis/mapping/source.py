"""The source itself, with the licence and the attribution that CORDIS asks for; and the funder."""

from __future__ import annotations

from eugraph.sources.cordis.mapping.context import Context
from eugraph.sources.cordis.mapping.grant import FUNDER
from eugraph.sources.cordis.nquads_text import DATE, escaped, predicate
from eugraph.vocab import term

ATTRIBUTION = "© European Union, CORDIS"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PAGE = "https://cordis.europa.eu/about/services"


def source_lines(context: Context, retrieved: str) -> str:
    """Return the description of the source, read on a day (YYYY-MM-DD), and of the European Commission."""
    here, funder, end = context.source, f"<{context.base}{FUNDER}>", context.end
    is_a = predicate("rdf:type")
    return (
        f"{here}{is_a}{term('eug:Source')}{end}"
        f'{here}{predicate("skos:prefLabel")}"CORDIS, bulk files of projects and their results"@en{end}'
        f"{here}{predicate('foaf:page')}<{PAGE}>{end}"
        f"{here}{predicate('eug:sourceKind')}{term('srckind:funder')}{end}"
        f'{here}{predicate("eug:retrieved")}"{retrieved}{DATE}{end}'
        f"{here}{predicate('dcterms:license')}<{LICENCE}>{end}"
        f'{here}{predicate("dcterms:rights")}"{escaped(ATTRIBUTION)}"@en{end}'
        f"{here}{predicate('dcterms:publisher')}{funder}{end}"
        f"{funder}{is_a}{term('eug:Organisation')}{end}"
        f'{funder}{predicate("eug:officialName")}"European Commission"@en{end}'
        f"{funder}{predicate('dcterms:source')}{here}{end}"
    )
