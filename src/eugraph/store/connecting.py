"""How a connection to a store is made: in a third of the time, with a password where one is asked for, no redirects."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPHandler,
    HTTPPasswordMgrWithPriorAuth,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from eugraph.store.credentials import Login


class UnconnectedError(TimeoutError):
    """A connection was not made within a third of the time."""


class _Connection(http.client.HTTPConnection):
    def connect(self) -> None:
        _connect(self, super().connect)


class _SafeConnection(http.client.HTTPSConnection):
    def connect(self) -> None:
        _connect(self, super().connect)


def _connect(connection: http.client.HTTPConnection, connect: Callable[[], None]) -> None:
    """Give a connection up after a third of the time, so that there is some for another try."""
    whole = connection.timeout
    connection.timeout = whole and whole / 3
    try:
        connect()
    except TimeoutError as error:
        raise UnconnectedError(str(error)) from error
    finally:
        connection.timeout = whole
    connection.sock.settimeout(whole)


class _Handler(HTTPHandler):
    def http_open(self, req: Request) -> Any:  # noqa: ANN401 - as the library has it
        return self.do_open(_Connection, req)


class _SafeHandler(HTTPSHandler):
    def https_open(self, req: Request) -> Any:  # noqa: ANN401 - as the library has it
        return self.do_open(_SafeConnection, req)


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing, so that the status is raised as an error."""


class _Digest(HTTPDigestAuthHandler):
    """Digest that answers a challenge and, from then on, sends the answer without being asked.

    Spec: RFC 7616 §3.3, <https://www.rfc-editor.org/rfc/rfc7616#section-3.3>.
    """

    def __init__(self, passwords: HTTPPasswordMgrWithPriorAuth) -> None:
        super().__init__(passwords)
        self._challenge: Mapping[str, str] | None = None

    def get_authorization(self, req: Request, chal: Mapping[str, str]) -> str | None:
        self._challenge = chal
        return super().get_authorization(req, chal)

    def http_request(self, req: Request) -> Request:
        if self._challenge and (answer := super().get_authorization(req, self._challenge)):
            req.add_unredirected_header(self.auth_header, f"Digest {answer}")
        return req

    https_request = http_request


def opener(endpoint: str, login: Login | None) -> OpenerDirector:
    """Return what opens addresses of the endpoint's host; a name and password are sent when the host asks for them."""
    handlers: list[Any] = [_NoRedirects, _Handler, _SafeHandler]
    if login and not login.bearer:
        passwords = HTTPPasswordMgrWithPriorAuth()
        parts = urlsplit(endpoint)
        passwords.add_password(None, f"{parts.scheme}://{parts.netloc}/", login.name, login.secret)
        handlers += [HTTPBasicAuthHandler(passwords), _Digest(passwords)]
    return build_opener(*handlers)
