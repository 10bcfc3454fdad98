"""RDF as it stands in files: read it, locate it, write it, hash it."""
