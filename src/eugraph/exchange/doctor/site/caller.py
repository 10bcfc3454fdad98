"""Requests with their redirects, counted by hand and never to where nobody may be sent."""

from __future__ import annotations

import time
from collections.abc import Mapping

from eugraph.exchange.doctor.site.address import Host, host_of, is_local, is_web, resolved, without_fragment
from eugraph.exchange.doctor.site.answer import Answer, Failure, Hop
from eugraph.exchange.doctor.site.connection import Connections, FailedError, Received
from eugraph.exchange.doctor.site.limits import Limits
from eugraph.exchange.doctor.site.site import NOWHERE, Clock, Names

_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_PAUSES_S = (1.0, 3.0)  # before a busy server is asked again
_LONGEST_PAUSE_S = 10.0
_NO_HEAD = (0, 400, 403, 404, 405, 501)  # what servers say that do not know HEAD


class Caller:
    """Asks hosts over HTTP."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        """Take what bounds all requests together."""
        self._limits, self._clock = limits, clock
        self._connections = Connections()

    def close(self) -> None:
        """Close the connections that are kept."""
        self._connections.close()

    def follow(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        names: Names,
        named: set[Host] | frozenset[Host],
        *,
        anywhere: bool = False,
        redirects: int | None = None,
    ) -> Answer:
        """Return the answer at the end of the redirects.

        Args:
            method: GET or HEAD.
            address: as it is published; a fragment is not sent.
            headers: to be sent.
            names: where the site stands and is published.
            named: the hosts that the user named; they alone may be private.
            anywhere: whether other public hosts are asked too.
            redirects: the most that are followed; 0 returns a redirect as the answer, None takes the limit.

        Raises:
            OutOfTimeError: the time for everything is over.
        """
        most = self._limits.redirects if redirects is None else redirects
        address = without_fragment(address)
        url = names.to_root(address)
        hops: list[Hop] = []

        def answer(received: Received = (0, {}, b""), failure: Failure | None = None) -> Answer:
            status, told, body = received
            there = names.to_base(url)
            return Answer(
                address=address, url=there, status=status, headers=told, body=body, hops=tuple(hops), failure=failure
            )

        while True:
            host = host_of(url)
            if host is None:
                return answer(failure=Failure.REFUSED_SCHEME)
            if host not in named and not anywhere:
                return answer(failure=Failure.PRIVATE if is_local(url) else Failure.ELSEWHERE)
            try:
                received = self._ask(method, url, headers, may_be_private=host in named)
            except FailedError as error:
                return answer((error.status, dict(error.headers), b""), error.failure)
            target = received[1].get("location")
            if received[0] not in _REDIRECTS or target is None or redirects == 0:
                return answer(received)
            hops.append(Hop(received[0], target))
            if len(hops) > most:
                return answer(received, Failure.CIRCLE)
            there = without_fragment(resolved(target, url))
            if not is_web(there):
                return answer(received, Failure.REFUSED_SCHEME)
            url = names.to_root(there)

    def without_body(
        self,
        address: str,
        headers: Mapping[str, str],
        names: Names,
        named: set[Host] | frozenset[Host],
        *,
        anywhere: bool = False,
    ) -> Answer:
        """Return the answer to HEAD; to GET where the server seems not to know HEAD. See `follow`."""
        answer = self.follow("HEAD", address, headers, names, named, anywhere=anywhere)
        if answer.failure in (None, Failure.BROKEN) and answer.status in _NO_HEAD:
            return self.follow("GET", address, headers, names, named, anywhere=anywhere)
        return answer

    def _ask(self, method: str, url: str, headers: Mapping[str, str], *, may_be_private: bool) -> Received:
        """Send one request, again where the server says that it is busy."""
        for pause in (*_PAUSES_S, None):
            received = self._connections.ask(
                method,
                url,
                headers,
                may_be_private=may_be_private,
                timeout_s=min(self._limits.answer_s, self._clock.left()),
                most_bytes=self._limits.answer_bytes,
            )
            if received[0] not in _BUSY or pause is None:
                break
            asked = received[1].get("retry-after", "")
            wait = float(asked) if asked.isascii() and asked.isdigit() else pause
            time.sleep(min(wait, _LONGEST_PAUSE_S, self._clock.left()))
        return received


class Strangers:
    """Asks any public host whether an address answers; private ones are never asked."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        """Take what bounds all requests together."""
        self._caller = Caller(limits, clock)

    def close(self) -> None:
        """Close the connections that are kept."""
        self._caller.close()

    def ask(self, address: str) -> Answer:
        """Return the answer of an address without its body."""
        return self._caller.without_body(address, {}, NOWHERE, frozenset(), anywhere=True)
