"""A SPARQL and linked-data server over one release."""
