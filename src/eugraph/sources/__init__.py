"""Curated files to quads with places: each file a named graph, no blank node left, every fault a finding."""

from eugraph.sources.files import ENDINGS, Reading, SourceFile, rdf_files, read_files, read_folder, source_files
from eugraph.sources.provenance import provenance

__all__ = ["ENDINGS", "Reading", "SourceFile", "provenance", "rdf_files", "read_files", "read_folder", "source_files"]
