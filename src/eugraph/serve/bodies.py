"""What a request brings: its parameters and its body, no more of it than is borne."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from eugraph.serve.answers import ClientGoneError
from eugraph.serve.errors import ProblemError

FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 1000
Pairs = list[tuple[str, str]]


def media_type_of(request: Request) -> tuple[str, str]:
    """Return the media type of a request's body in small letters, and its charset; each "" where none is told."""
    media_type, *parameters = (part.strip() for part in request.headers.get("content-type", "").lower().split(";"))
    charset = next(
        (value.strip(' "') for name, _, value in (p.partition("=") for p in parameters) if name == "charset"), ""
    )
    return media_type, charset


async def body_of(request: Request, most: int) -> bytes:
    """Return the body of a request.

    Args:
        request: the request.
        most: its longest body, in bytes.

    Raises:
        ProblemError: it is longer.
    """
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > most:
        raise _too_long(most)
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                raise _too_long(most)
    except ClientDisconnect:
        raise ClientGoneError from None
    return bytes(body)


def _too_long(most: int) -> ProblemError:
    return ProblemError(
        413, "too-long", f"the request is longer than {most} bytes. Ask in fewer words.", {"Connection": "close"}
    )


def pairs_of(encoded: bytes) -> Pairs:
    """Return the parameters of a query string or of a form, in their order.

    Raises:
        ProblemError: they are not UTF-8, or there are too many.
    """
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise ProblemError(
            400, "encoding", "the parameters are not UTF-8 in percent-encoding. Encode them so."
        ) from None
    except ValueError:
        raise ProblemError(
            400, "too-many-parameters", f"there are more than {_MOST_FIELDS} parameters. Give fewer."
        ) from None
