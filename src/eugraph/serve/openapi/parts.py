"""What is the same for every release: SPARQL, the Graph Store Protocol, search, documents, and the server itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eugraph.serve.forms import GRAPH, ROWS
from eugraph.serve.profiles import EURIO, LIST, NATIVE, SCHEMA

TAGS = {
    "reports": "Questions that are ready, with typed parameters; answers that can be cited.",
    "sparql": "Questions of one's own.",
    "search": "Finding things.",
    "documents": "Linked data: a document for each thing.",
    "server": "The server itself.",
}


def answer(words: str, content: Mapping[str, Any], headers: Sequence[str] = ()) -> dict[str, Any]:
    """Return an answer in some media types, with headers among the components."""
    named = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    return {"description": words, "content": dict(content), **({"headers": named} if named else {})}


def one_of(name: str, values: Sequence[str], words: str) -> dict[str, Any]:
    """Return a parameter of the query string that has one of some values."""
    return {
        "name": name,
        "in": "query",
        "description": words,
        "schema": {"type": "string", "enum": list(values)},
    }


def _text(name: str, words: str, *, required: bool = False, **schema: object) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": words,
        "schema": {"type": "string", **schema},
    }


def _types(media_types: Sequence[str]) -> dict[str, Any]:
    return {media_type.partition(";")[0]: {} for media_type in media_types}


ANSWER_HEADERS = (
    *("Eugraph-Release", "Eugraph-Truncated", "Eugraph-Rows", "Eugraph-Query-SHA256", "Eugraph-Result-SHA256"),
    *("Repr-Digest", "Link"),
)
_HEADERS = {
    "Eugraph-Release": "The release: its date and the beginning of its graph's hash.",
    "Eugraph-Truncated": "`no`, or the limit that cut the answer: `rows` or `bytes`.",
    "Eugraph-Rows": "How many rows or statements there are.",
    "Eugraph-Query-SHA256": "The hash of the query's text.",
    "Eugraph-Result-SHA256": "The hash of the answer, the same in every format.",
    "Repr-Digest": "The hash of the bytes (RFC 9530).",
    "Link": "Other formats, a link for citing (cite-as), and this description.",
}
FAULTS: dict[str, Any] = {
    status: {"$ref": f"#/components/responses/{name}"}
    for status, name in {"400": "Refused", "404": "Nothing", "406": "NotAcceptable", "default": "Problem"}.items()
}
_RESPONSES = {
    "Refused": "A parameter or a query is wrong; the words say which, and where.",
    "Nothing": "Nothing is here.",
    "NotAcceptable": "Nothing is offered that the client accepts; the words name what is.",
    "Problem": "The request was not answered: too much is asked (413, 414, 429), or it took too long (503, 504).",
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, and what to do next."},
    },
}
_PROBLEM_CONTENT = {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
    "text/plain": {},
    "text/html": {},
}
COMPONENTS: dict[str, Any] = {
    "schemas": {"Problem": _PROBLEM},
    "headers": {name: {"description": words, "schema": {"type": "string"}} for name, words in _HEADERS.items()},
    "responses": {name: answer(words, _PROBLEM_CONTENT) for name, words in _RESPONSES.items()},
}

_ANSWERS = _types((*ROWS.values(), *GRAPH.values()))
_SPARQL_PARAMETERS = [
    _text("query", "The query, in SPARQL 1.1."),
    _text("default-graph-uri", "A graph that is part of the default graph; may be repeated."),
    _text("named-graph-uri", "A graph that can be named; may be repeated."),
    one_of("format", [*ROWS, *GRAPH], "The format; otherwise by the header Accept."),
]
_SPARQL_FORM = {"type": "object", "properties": {p["name"]: p["schema"] for p in _SPARQL_PARAMETERS}}
_SPARQL_FAULTS = {**FAULTS, "403": {"$ref": "#/components/responses/Refused"}}
PATHS: dict[str, Any] = {
    "/sparql": {
        "get": {
            "operationId": "sparql",
            "tags": ["sparql"],
            "summary": "Ask a query; without one, the description of the endpoint, and for browsers a page to ask in.",
            "parameters": _SPARQL_PARAMETERS,
            "responses": {"200": answer("The answer.", {**_ANSWERS, "text/html": {}}), **_SPARQL_FAULTS},
        },
        "post": {
            "operationId": "sparql.post",
            "tags": ["sparql"],
            "summary": "Ask a query that is sent as a form or as it is.",
            "requestBody": {
                "required": True,
                "content": {
                    "application/x-www-form-urlencoded": {"schema": _SPARQL_FORM},
                    "application/sparql-query": {"schema": {"type": "string"}},
                },
            },
            "responses": {"200": answer("The answer.", _ANSWERS), **_SPARQL_FAULTS},
        },
    },
    "/graph-store": {
        "get": {
            "operationId": "graph",
            "tags": ["sparql"],
            "summary": "A whole graph: name one, or ask for the union of all with the parameter default.",
            "parameters": [
                _text("graph", "The IRI of a graph."),
                {
                    "name": "default",
                    "in": "query",
                    "allowEmptyValue": True,
                    "schema": {"type": "string"},
                },
            ],
            "responses": {"200": answer("The graph.", _types(tuple(GRAPH.values()))), **FAULTS},
        }
    },
    "/query/": {
        "get": {
            "operationId": "reports",
            "tags": ["reports"],
            "summary": "The reports and their parameters.",
            "responses": {"200": answer("The list.", {"application/json": {}, "text/html": {}}), **FAULTS},
        }
    },
    "/search": {
        "get": {
            "operationId": "search",
            "tags": ["search"],
            "summary": "Find things by name, acronym, identifier or topic.",
            "parameters": [
                _text("q", "Words, how they begin, or an identifier.", required=True, maxLength=200),
                _text("kind", "The one kind that is wanted, such as project."),
                _text("page", "Which page of the hits, from 1.", pattern="^[0-9]{1,5}$"),
                _text("size", "Hits a page: 20, or up to 100.", pattern="^[0-9]{1,3}$"),
                one_of("format", ["json", "html"], "The format; otherwise by the header Accept."),
            ],
            "responses": {
                "200": answer("A page of hits.", {"application/ld+json": {}, "text/html": {}}, ("Link",)),
                **FAULTS,
            },
        }
    },
    "/{path}": {
        "get": {
            "operationId": "document",
            "tags": ["documents"],
            "summary": "A document, a list, a thing or a file of the release.",
            "description": "A thing answers 303 with its document, a former one 301, a withdrawn one 410.",
            "parameters": [
                {
                    "name": "path",
                    "in": "path",
                    "required": True,
                    "description": "Such as project/harmony; slashes as they are.",
                    "schema": {"type": "string"},
                    "example": "project/",
                },
                one_of("_profile", [NATIVE.token, SCHEMA.token, EURIO.token, LIST], "The vocabulary of the document."),
                _text("_mediatype", "The media type; otherwise by the header Accept."),
                _text("after", "In a list: the thing that the page comes after."),
            ],
            "responses": {
                "200": answer("The document.", {"*/*": {}}, ("Link",)),
                "301": {"description": "The thing has another address."},
                "303": {"description": "The document that describes the thing."},
                "304": {"description": "The client has it as it is."},
                "410": {"description": "The thing was withdrawn."},
                **FAULTS,
            },
        }
    },
    "/.well-known/void": {
        "get": {
            "operationId": "void",
            "tags": ["documents"],
            "summary": "The data set, described with VoID.",
            "responses": {"200": answer("The description.", _types(tuple(GRAPH.values()))), **FAULTS},
        }
    },
    "/health": {
        "get": {
            "operationId": "health",
            "tags": ["server"],
            "summary": "Whether the server answers, and of which release.",
            "responses": {
                "200": answer("It answers.", {"application/json": {}}),
                "503": answer("It cannot answer queries now.", {"application/json": {}}),
                "default": {"$ref": "#/components/responses/Problem"},
            },
        }
    },
    "/metrics": {
        "get": {
            "operationId": "metrics",
            "tags": ["server"],
            "summary": "Figures of the server, for Prometheus.",
            "responses": {
                "200": answer("The figures.", {"text/plain": {}}),
                "default": {"$ref": "#/components/responses/Problem"},
            },
        }
    },
    "/openapi.json": {
        "get": {
            "operationId": "openapi",
            "tags": ["server"],
            "summary": "This description.",
            "responses": {
                "200": answer("This description.", {"application/vnd.oai.openapi+json": {}}),
                "default": {"$ref": "#/components/responses/Problem"},
            },
        }
    },
}
