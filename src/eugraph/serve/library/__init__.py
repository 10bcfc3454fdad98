"""`/query/…`: the query library as an API, and as pages with forms.

asking     what a request asks, and the answer to it
forms      the formats
writing    an answer as an answer of HTTP
page       the same as a page
routes     the addresses
"""

from eugraph.serve.library.routes import routes

__all__ = ["routes"]
