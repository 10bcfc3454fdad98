"""One request over HTTP and its answer, bounded in time and size, to an address that may be asked.

Where a name is resolved, what it resolved to is what is checked and what is connected to: no name can mean one thing
when it is looked at, and another when it is used.

Spec: RFC 9110, <https://www.rfc-editor.org/rfc/rfc9110>.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from eugraph import __version__
from eugraph.exchange.doctor.site.address import Host, as_sent, host_of, is_local, is_public
from eugraph.exchange.doctor.site.answer import Failure
from eugraph.store.limits import within

AGENT = f"eugraph-doctor/{__version__} (+https://w3id.org/eugraph)"
_BLOCK = 1 << 16


class FailedError(Exception):
    """There is no whole answer."""

    def __init__(self, failure: Failure, status: int = 0, headers: Mapping[str, str] | None = None) -> None:
        """Take the reason, and what was told before it failed."""
        super().__init__(failure)
        self.failure, self.status, self.headers = failure, status, headers or {}


Received = tuple[int, dict[str, str], bytes]  # status, headers, body


class Connections:
    """Connections that are kept open, one to a host."""

    def __init__(self) -> None:
        """Begin with none."""
        self._open: dict[tuple[str, Host], http.client.HTTPConnection] = {}

    def close(self) -> None:
        """Close all of them."""
        while self._open:
            _close(self._open.popitem()[1])

    def ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        *,
        may_be_private: bool,
        timeout_s: float,
        most_bytes: int,
    ) -> Received:
        """Send a request without body, and return status, headers and body; redirects are answers like others.

        Args:
            method: GET or HEAD.
            address: http or https.
            headers: to be sent beside those that every request has.
            may_be_private: whether the address may lead to a private network or this machine.
            timeout_s: longest wait for the whole answer, in seconds (> 0).
            most_bytes: largest body, without its content coding.

        Raises:
            FailedError: there is no whole answer, and why.
        """
        host = host_of(address)
        assert host is not None
        if not may_be_private and is_local(address):
            raise FailedError(Failure.PRIVATE)
        key = (urlsplit(address).scheme, host)
        kept = self._open.pop(key, None)
        if kept is not None:
            try:
                return self._asked(kept, key, method, address, headers, timeout_s, most_bytes)
            except FailedError as error:
                if error.failure not in (Failure.BROKEN, Failure.UNREACHABLE) or error.status:
                    raise  # else it was closed while nobody used it
        fresh = _connection(address, host, may_be_private=may_be_private, timeout_s=timeout_s)
        return self._asked(fresh, key, method, address, headers, timeout_s, most_bytes)

    def _asked(
        self,
        connection: http.client.HTTPConnection,
        key: tuple[str, Host],
        method: str,
        address: str,
        headers: Mapping[str, str],
        timeout_s: float,
        most_bytes: int,
    ) -> Received:
        connection.timeout = timeout_s
        if connection.sock is not None:
            connection.sock.settimeout(timeout_s)
        target = as_sent(address) if connection.host != key[1].name and key[0] == "http" else _target(address)
        sent = {"User-Agent": AGENT, "Accept-Encoding": "gzip", **headers}

        def exchange(_: threading.Event) -> Received:
            connection.request(method, target, headers=sent)
            response = connection.getresponse()
            told = _headers(response)
            try:
                body = _body(response, told, most_bytes)
            except FailedError as error:
                raise FailedError(error.failure, response.status, told) from None
            if response.isclosed() and not response.will_close:
                self._open[key] = connection
            return response.status, told, body

        try:
            return within(exchange, timeout_s, lambda: FailedError(Failure.TIMEOUT))
        except FailedError:
            _close(connection)
            raise
        except (OSError, http.client.HTTPException, ValueError) as error:
            _close(connection)
            kind = next(failure for kind, failure in _FAILURES.items() if isinstance(error, kind))
            raise FailedError(kind) from None


class _PrivateError(OSError):
    """A name leads to a private address."""


_FAILURES: dict[type[Exception], Failure] = {  # the first that an error is one of
    _PrivateError: Failure.PRIVATE,
    ssl.SSLCertVerificationError: Failure.CERTIFICATE,
    TimeoutError: Failure.TIMEOUT,
    http.client.HTTPException: Failure.BROKEN,
    OSError: Failure.UNREACHABLE,
    ValueError: Failure.BROKEN,
}


def _close(connection: http.client.HTTPConnection) -> None:
    """Close a connection at once, so that whoever still reads from it ends."""
    if connection.sock is not None:
        with suppress(OSError):  # it is closed already
            connection.sock.shutdown(socket.SHUT_RDWR)
    connection.close()


def _connection(address: str, host: Host, *, may_be_private: bool, timeout_s: float) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    kind = _Safe if parts.scheme == "https" else _Plain
    proxy = None if is_local(address) or proxy_bypass(host.name) else getproxies().get(parts.scheme)
    through = urlsplit(proxy if "//" in proxy else f"//{proxy}") if proxy else None
    if through is None or not through.hostname:
        return kind(host.name, parts.port, timeout=timeout_s, may_be_private=may_be_private)
    connection = kind(through.hostname, through.port or 80, timeout=timeout_s, may_be_private=True)
    if parts.scheme == "https":
        connection.set_tunnel(host.name, parts.port or 443)
    return connection


class _Plain(http.client.HTTPConnection):
    def __init__(self, host: str, port: int | None, *, timeout: float, may_be_private: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self._create_connection = partial(_connected, may_be_private=may_be_private)


class _Safe(http.client.HTTPSConnection):
    def __init__(self, host: str, port: int | None, *, timeout: float, may_be_private: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self._create_connection = partial(_connected, may_be_private=may_be_private)


def _connected(
    place: tuple[str, int], timeout: float, source: tuple[str, int] | None = None, *, may_be_private: bool
) -> socket.socket:
    """Return a socket that is connected to the first address of a name that answers."""
    failed: OSError = OSError("the name leads nowhere")
    try:
        found = socket.getaddrinfo(*place, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a name that is none
        raise OSError(str(error)) from error
    for *_, number in found:
        if not may_be_private and not is_public(str(number[0])):
            failed = _PrivateError()
            continue
        try:
            return socket.create_connection((str(number[0]), int(number[1])), timeout, source)
        except OSError as error:
            failed = error
    raise failed


def _target(address: str) -> str:
    parts = urlsplit(as_sent(address))
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _headers(response: http.client.HTTPResponse) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in response.getheaders():
        known = found.get(name.lower())
        found[name.lower()] = value if known is None else f"{known}, {value}"
    return found


def _body(response: http.client.HTTPResponse, headers: Mapping[str, str], most: int) -> bytes:
    """Return the body without its content coding, never more than `most` bytes of it."""
    packed = headers.get("content-encoding", "").strip().lower() in ("gzip", "x-gzip")
    unpack = zlib.decompressobj(31) if packed else None
    parts: list[bytes] = []
    length = 0
    while block := response.read1(_BLOCK):
        while block:
            try:
                piece = unpack.decompress(block, _BLOCK) if unpack else block
            except zlib.error:
                raise FailedError(Failure.DAMAGED) from None
            parts.append(piece)
            length += len(piece)
            if length > most:
                raise FailedError(Failure.TOO_LARGE)
            block = unpack.unconsumed_tail if unpack else b""
    if unpack and parts and not unpack.eof:
        raise FailedError(Failure.DAMAGED)
    return b"".join(parts)
