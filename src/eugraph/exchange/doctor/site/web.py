"""A site of the web: the hosts that the user named, and no others.

They are the host of the address that the user named, and the one that this address redirects to.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import BinaryIO

from eugraph.exchange.doctor.reading.media import endings_for, expected
from eugraph.exchange.doctor.site.address import Host, host_of, is_local, resolved, without_fragment
from eugraph.exchange.doctor.site.answer import Answer
from eugraph.exchange.doctor.site.caller import Caller
from eugraph.exchange.doctor.site.limits import Limits
from eugraph.exchange.doctor.site.site import NOWHERE, Clock, Names


class WebSite:
    """A `Site` behind an http or https address."""

    is_served = True

    def __init__(self, start: str, limits: Limits, clock: Clock) -> None:
        """Begin at an address, which is asked where it leads.

        Args:
            start: what the user named.
            limits: what bounds each answer.
            clock: what bounds all of them.
        """
        self.limits = limits
        self._clock = clock
        self._caller = Caller(limits, clock)
        host = host_of(start)
        assert host is not None
        self._named: set[Host] = {host}
        found = self._caller.without_body(start, {}, NOWHERE, self._named, anywhere=not is_local(start))
        end = found.url if found.failure is None else without_fragment(start)
        if (there := host_of(end)) is not None:
            self._named.add(there)
        root = resolved(".", end.partition("?")[0])
        self.names = Names(root, root, root)

    def open(self, address: str) -> tuple[Answer, BinaryIO]:
        """See `Site.open`."""
        answer = self.get(address)
        return replace(answer, body=b""), io.BytesIO(answer.body)

    def left(self) -> float:
        """See `Site.left`."""
        return self._clock.left()

    def close(self) -> None:
        """See `Site.close`."""
        self._caller.close()

    def holds(self, address: str) -> bool:
        """See `Site.holds`."""
        return self.names.holds(address) or host_of(address) in self._named

    def get(self, address: str, accept: str = "", *, headers: Mapping[str, str] | None = None) -> Answer:
        """See `Site.get`."""
        sent = _sent(accept) | dict(headers or {})
        answer = self._caller.follow("GET", address, sent, self.names, self._named)
        form = self._form(answer, accept)
        found = self._caller.follow("GET", form, sent, self.names, self._named) if form else answer
        return replace(found, address=answer.address)

    def head(self, address: str, accept: str = "") -> Answer:
        """See `Site.head`."""
        answer = self._caller.without_body(address, _sent(accept), self.names, self._named)
        form = self._form(answer, accept)
        found = self._caller.without_body(form, _sent(accept), self.names, self._named) if form else answer
        return replace(found, address=answer.address)

    def _form(self, answer: Answer, accept: str) -> str:
        """Return the document that an identifier leads to through its own host; "" for what is no such identifier.

        Identifiers at w3id.org are redirected there. Where the site itself knows nothing of them, that is no fault.
        """
        address = answer.address
        if answer.status != 404 or self.names.ids == self.names.root or not address.startswith(self.names.ids):
            return ""
        for ending in endings_for(accept) if not expected(address) else ():
            form = f"{address}.{ending}"
            if self._caller.without_body(form, {}, self.names, self._named).is_good:
                return form
        return ""

    def once(self, method: str, address: str, headers: Mapping[str, str]) -> Answer:
        """See `Site.once`."""
        return self._caller.follow(method, address, headers, self.names, self._named, redirects=0)


def _sent(accept: str) -> dict[str, str]:
    return {"Accept": accept} if accept else {}
