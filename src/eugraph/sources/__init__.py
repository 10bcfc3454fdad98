"""Curated files to quads with places: each file a named graph, no blank node left, every fault a finding."""

from eugraph.sources.decided import read_matches
from eugraph.sources.files import ENDINGS, rdf_files, read_files, read_folder, source_files
from eugraph.sources.provenance import provenance, provenance_of_import
from eugraph.sources.reading import Reading, SourceFile

__all__ = [
    "ENDINGS",
    "Reading",
    "SourceFile",
    "provenance",
    "provenance_of_import",
    "rdf_files",
    "read_files",
    "read_folder",
    "read_matches",
    "source_files",
]
