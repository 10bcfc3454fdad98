"""`/openapi.json`: all addresses of the server, described for programs; the reports with their parameters.

    description   the whole document
    reports       the query library
    parts         what is the same for every release: SPARQL, search, documents, the server itself

Spec: OpenAPI 3.1, <https://spec.openapis.org/oas/v3.1.0>.
"""

from eugraph.serve.openapi.description import describe, routes

__all__ = ["describe", "routes"]
