"""How a connection to a store is made: in a third of the time, with a password where one is asked for, no redirects."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPHandler,
    HTTPPasswordMgrWithDefaultRealm,
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


def opener(endpoint: str, login: Login | None) -> OpenerDirector:
    """Return what opens addresses of the endpoint's host; a name and password are sent when the host asks for them."""
    handlers: list[Any] = [_NoRedirects, _Handler, _SafeHandler]
    if login and not login.bearer:
        passwords = HTTPPasswordMgrWithDefaultRealm()
        parts = urlsplit(endpoint)
        passwords.add_password(None, f"{parts.scheme}://{parts.netloc}/", login.name, login.secret)
        handlers += [HTTPBasicAuthHandler(passwords), HTTPDigestAuthHandler(passwords)]
    return build_opener(*handlers)
