"""One request to a store, and its answer: who asks, with which rights, how long, and how often again.

A server that is overloaded (5xx), and a connection that is not made or breaks, are tried again after a pause that
doubles, within the time that there is. An answer that does not come is not asked for again: the server may still be
at it. A 4xx status is final. Redirects are not followed: a query would be lost, or go to a stranger with a password.

Spec: RFC 9110 §15.6 and §10.2.3, <https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3> (Retry-After).
"""

from __future__ import annotations

import datetime as dt
import re
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse, RemoteDisconnected
from pathlib import Path
from typing import TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request

from eugraph import __version__
from eugraph.errors import (
    EndpointFailedError,
    EndpointRefusedError,
    EndpointTimeoutError,
    EndpointUnavailableError,
    QuerySyntaxError,
)
from eugraph.store.connecting import UnconnectedError, opener
from eugraph.store.credentials import login_for
from eugraph.store.limits import within

AGENT = f"eugraph/{__version__} (+https://w3id.org/eugraph)"
_T = TypeVar("_T")
_PAUSES_S = (0.5, 1.0, 2.0, 4.0)  # before each further try
_FINAL = (501, 505)  # 5xx, and no matter of time
_SAID = 300  # characters of an endpoint's own words
_ADDRESS = re.compile(r"[!-~]+\Z")


class Caller:
    """Sends requests to the addresses of one store."""

    def __init__(self, endpoint: str, *, credentials: Path | None = None) -> None:
        """Take the address by which messages call the store, and the file with its password.

        Args:
            endpoint: http or https address.
            credentials: see `eugraph.store.credentials`; None for the file that the environment names, if any.

        Raises:
            EndpointRefusedError: the address is none.
            CredentialsError: the file cannot be used.
        """
        check_address(endpoint)
        self.endpoint = endpoint
        self._login = login_for(endpoint, credentials)
        self._opener = opener(endpoint, self._login)
        self._asked_for_password = False

    def call(
        self,
        request: Request,
        read: Callable[[HTTPResponse, threading.Event], _T],
        timeout_s: float,
        *,
        again: bool = True,
    ) -> _T:
        """Send a request, and return what `read` makes of the answer.

        Args:
            request: to the same host as the endpoint.
            read: reads the answer; where its event is set, nobody waits for it any more.
            timeout_s: longest wait for the whole answer, further tries included, in seconds (> 0).
            again: whether the request may be sent several times.

        Raises:
            EndpointTimeoutError: the answer was not whole in time.
            EndpointUnavailableError: no answer, or a 5xx status to the last.
            EndpointRefusedError: a 3xx or 4xx status, or an answer that breaks the rules of HTTP.
            QuerySyntaxError: status 400.
        """
        if self._login and self._login.bearer:
            request.add_unredirected_header("Authorization", self._login.bearer)
        request.add_header("User-Agent", AGENT)
        return within(
            lambda stop: self._tried(request, read, timeout_s, stop, _PAUSES_S if again else ()),
            timeout_s,
            lambda: EndpointTimeoutError(self.endpoint, timeout_s),
        )

    def _tried(
        self,
        request: Request,
        read: Callable[[HTTPResponse, threading.Event], _T],
        timeout_s: float,
        stop: threading.Event,
        pauses: tuple[float, ...],
    ) -> _T:
        deadline = time.monotonic() + timeout_s
        if self._login and not self._login.bearer and request.data:
            self._be_asked(request.full_url, timeout_s)
        for pause in (*pauses, None):
            try:
                with self._opener.open(request, timeout=max(deadline - time.monotonic(), 0.001)) as response:
                    return read(response, stop)
            except HTTPError as error:
                with error:
                    wait = _pause(error, pause)
                    if wait is None or time.monotonic() + wait >= deadline:
                        raise self._failed(error) from error
            except (OSError, HTTPException, ValueError, zlib.error) as error:
                wait = pause if _is_passing(error) else None
                if wait is None or time.monotonic() + wait >= deadline:
                    raise self._broken(error, timeout_s) from error
            if stop.wait(wait):
                break
        raise EndpointTimeoutError(self.endpoint, timeout_s)

    def _be_asked(self, address: str, timeout_s: float) -> None:
        """Have the server ask for the password before anything long is sent: it would not read it, and hang up."""
        if not self._asked_for_password:
            self._asked_for_password = True
            with suppress(OSError, HTTPException, ValueError):  # what is wrong will be told of the request itself
                self._opener.open(Request(address, headers={"User-Agent": AGENT}), timeout=timeout_s).close()  # noqa: S310

    def _failed(self, error: HTTPError) -> Exception:
        said = _words(error)
        said = self._login.hidden(said) if self._login else said
        if error.code == 400:
            return QuerySyntaxError(f"{self.endpoint} does not accept the query: {said}")
        if 300 <= error.code < 400:
            there = urljoin(self.endpoint, error.headers.get("Location", ""))
            return EndpointRefusedError(
                f"{self.endpoint}: the endpoint points to another address, {there}. Redirects are not followed, "
                "as the query would be lost or go to a stranger; name that address if you trust it."
            )
        status = f"{self.endpoint}: HTTP {error.code} {error.reason}"
        if error.code == 500:
            return EndpointFailedError(f"{status}: {said}" if said else f"{status}. Look into its log.")
        if error.code > 500 and error.code not in _FINAL:
            later = error.headers.get("Retry-After", "")
            later = f" It asks to wait: {later[:40]}." if later else " Try again later."
            return EndpointUnavailableError(f"{status}: {said}{later}" if said else f"{status}.{later}")
        rights = "Name a file with its password by --credentials." if error.code == 401 and not self._login else ""
        return EndpointRefusedError(
            f"{status}. {rights or 'Check the address and your rights.'}" + (f" It says: {said}" * bool(said))
        )

    def _broken(self, error: Exception, timeout_s: float) -> Exception:
        reason = getattr(error, "reason", error)
        if isinstance(error, TimeoutError) or (isinstance(error, URLError) and isinstance(reason, TimeoutError)):
            return EndpointTimeoutError(self.endpoint, timeout_s)
        if isinstance(error, OSError) and not isinstance(error, HTTPException):
            what = getattr(reason, "strerror", None) or reason
            return EndpointUnavailableError(f"{self.endpoint}: no answer: {what}. Is the endpoint running?")
        return EndpointRefusedError(
            f"{self.endpoint}: the answer breaks the rules of HTTP or is cut short "
            f"({type(error).__name__}: {error}). Check the address."
        )


def _pause(error: HTTPError, pause: float | None) -> float | None:
    """How long to wait before the next try, in seconds; None where there is none."""
    if error.code < 500 or error.code in _FINAL or pause is None or (error.code == 500 and pause != _PAUSES_S[0]):
        return None  # what fails over a query (500) is asked once more
    return max(pause, _retry_after(error.headers.get("Retry-After", "")))


def _retry_after(text: str) -> float:
    if re.fullmatch(r"[0-9]{1,9}", text.strip()):
        return float(text)
    try:
        return (parsedate_to_datetime(text) - dt.datetime.now(dt.UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):  # no date, or one without a zone
        return 0


def _is_passing(error: Exception) -> bool:
    """Tell whether a connection was not made in time, or was made and broke before the answer."""
    reason = getattr(error, "reason", error)
    return isinstance(error, UnconnectedError | RemoteDisconnected | ConnectionResetError) or isinstance(
        reason, UnconnectedError | RemoteDisconnected | ConnectionResetError | BrokenPipeError
    )


def check_address(endpoint: str) -> None:
    """Refuse what is no address of an endpoint; nothing is sent.

    Raises:
        EndpointRefusedError: it is none.
    """
    if fault := _address_fault(endpoint):
        raise EndpointRefusedError(f"{endpoint}: {fault}")


def _address_fault(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        return f"this is no address: {error}. Write one such as http://localhost:7878/query."
    if parts.scheme not in ("http", "https"):
        return "an endpoint's address begins with http:// or https://."
    if not parts.hostname or port == 0:
        return "the address names no host. Write one such as http://localhost:7878/query."
    if not _ADDRESS.match(address):
        return "the address holds a space or a character beyond ASCII. Write it percent-encoded."
    if parts.username is not None:
        return "the address holds a name or password, which is not sent. Leave it out; --credentials names a file."
    return ""


def _words(error: HTTPError) -> str:
    """What the endpoint said of its failure, on one line, as far as a message has room."""
    try:
        return " ".join(error.read(4 * _SAID).decode(errors="replace").split())[:_SAID]
    except (OSError, HTTPException):
        return ""
