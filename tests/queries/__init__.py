"""Cases for the bundled queries: an input graph, parameters, and the rows that must come back."""
