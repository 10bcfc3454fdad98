"""What a request is answered with when it is not answered: a status of HTTP, and words for the one who asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eugraph.errors import (
    CanonicalisationTimeoutError,
    EndpointError,
    EndpointTimeoutError,
    EugraphError,
    QueryError,
    ThingError,
    UnknownQueryError,
)


@dataclass(eq=False)
class ProblemError(Exception):
    """An answer that is an error. `code` is its heading in docs/serve.md or docs/errors.md."""

    status: int
    code: str
    detail: str  # what is wrong and what to do next
    headers: Mapping[str, str] = field(default_factory=dict)


def problem_of(error: EugraphError) -> ProblemError:
    """Return what to answer where something that was asked raised an error."""
    if isinstance(error, (UnknownQueryError, ThingError)):
        status = 404
    elif isinstance(error, EndpointTimeoutError):
        status = 504
    elif isinstance(error, EndpointError):
        status = 502
    elif isinstance(error, CanonicalisationTimeoutError):
        status = 503
    else:
        status = 400 if isinstance(error, QueryError) else 500
    return ProblemError(status, error.code, str(error))


TOO_MUCH_MEMORY = "the query needs more memory than one may have here. Ask for less, as with a LIMIT."
TOO_DEEP = "the query is nested too deeply to be read. Write it with fewer brackets within brackets."
