"""A release over HTTP, read-only: SPARQL 1.1 Protocol, Graph Store Protocol, linked data.

One process speaks HTTP and never works on a query. Queries are answered in processes of their own, which can be ended.
"""
