"""JSON-LD contexts that lie elsewhere on the same site, put in where a document names them.

Spec: JSON-LD 1.1 §3.1, <https://www.w3.org/TR/json-ld11/#the-context>.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from eugraph.exchange.doctor.site.address import resolved
from eugraph.exchange.doctor.site.answer import Answer

_MOST = 5  # contexts of one document


def with_contexts(body: bytes, address: str, fetch: Callable[[str], Answer]) -> bytes:
    """Return a JSON-LD document with the contexts that it names by address; as it is where there are none.

    What cannot be fetched stays, and the parser will refuse it.
    """
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return body
    if not isinstance(document, dict):
        return body
    named = document.get("@context")
    contexts = named if isinstance(named, list) else [named]
    if not any(isinstance(context, str) for context in contexts) or len(contexts) > _MOST:
        return body
    document["@context"] = [
        _fetched(context, address, fetch) if isinstance(context, str) else context for context in contexts
    ]
    return orjson.dumps(document)


def _fetched(name: str, address: str, fetch: Callable[[str], Answer]) -> Any:  # noqa: ANN401 - JSON
    answer = fetch(resolved(name, address))
    if not answer.is_good:
        return name
    try:
        found = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return name
    return found.get("@context", name) if isinstance(found, dict) else name
