"""Which formats data.europa.eu counts as non-proprietary and as machine-readable.

The portal's lists have codes of the EU table of file types. A media type counts as the code it stands for.

Source: "Metadata quality dashboard", <https://dataeuropa.gitlab.io/data-provider-manual/metadata-quality-dashboard/>;
the lists, <https://gitlab.com/dataeuropa/vocabularies>.
"""

from __future__ import annotations


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


NON_PROPRIETARY = _codes(
    "BMP CSV DBF ETSI_XML GEOJSON GPKG GZIP HTML ICS JPEG2000 JSON JSON_LD KML KMZ NETCDF ODS PNG RDF_N_QUADS "
    "RDF_N_TRIPLES RDF_TRIG RDF_TURTLE RDF_XML RSS RTF TAR TIFF TSV TXT WMS_SRVC XML ZIP"
)
MACHINE_READABLE = _codes(
    "CSV GEOJSON ICS JSON JSON_LD KML KMZ NETCDF ODS RDFA RDF_N_QUADS RDF_N_TRIPLES RDF_TRIG RDF_TURTLE RDF_XML RSS "
    "SHP XLS XLSX XML"
)

CODES_OF_MEDIA_TYPES = {
    "application/geo+json": "GEOJSON",
    "application/gzip": "GZIP",
    "application/json": "JSON",
    "application/ld+json": "JSON_LD",
    "application/n-quads": "RDF_N_QUADS",
    "application/n-triples": "RDF_N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/rss+xml": "RSS",
    "application/sparql-results+json": "JSON",
    "application/trig": "RDF_TRIG",
    "application/vnd.google-earth.kml+xml": "KML",
    "application/vnd.google-earth.kmz": "KMZ",
    "application/vnd.ms-excel": "XLS",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/xml": "XML",
    "application/zip": "ZIP",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "text/calendar": "ICS",
    "text/csv": "CSV",
    "text/html": "HTML",
    "text/plain": "TXT",
    "text/tab-separated-values": "TSV",
    "text/turtle": "RDF_TURTLE",
    "text/xml": "XML",
}
