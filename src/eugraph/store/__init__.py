"""One protocol, `Store`, over the embedded engine and over any SPARQL 1.1 endpoint."""

from eugraph.store.embedded import EmbeddedStore
from eugraph.store.limits import TimedStore
from eugraph.store.protocol import Graph, Row, Solutions, Store

__all__ = ["EmbeddedStore", "Graph", "Row", "Solutions", "Store", "TimedStore"]
