"""A folder of files, as any host of files would give them: media types by endings, a form by `Accept`.

What is named without an ending gives the form that is asked for, as hosts with rules for it do. Nothing outside the
folder is read, whatever a link in it or an address says.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from eugraph.exchange.doctor.reading.media import endings_for, expected
from eugraph.exchange.doctor.site.address import without_fragment
from eugraph.exchange.doctor.site.answer import Answer, Failure
from eugraph.exchange.doctor.site.limits import Limits
from eugraph.exchange.doctor.site.site import Clock, Names

ROOT = "https://folder.invalid/"  # stands for the address of a folder of which nothing says where it is published


class FolderSite:
    """A `Site` that is a folder."""

    is_served = False

    def __init__(self, folder: Path, limits: Limits, clock: Clock) -> None:
        """Take a folder that exists."""
        self._folder = folder.resolve()
        self.names, self.limits = Names(ROOT, ROOT, ROOT), limits
        self._clock = clock

    def open(self, address: str) -> tuple[Answer, BinaryIO]:
        """See `Site.open`."""
        answer = self.head(address)
        file = self._file(without_fragment(address), "") if answer.is_good else None
        if file is None:
            return answer, io.BytesIO()
        try:
            return answer, file[0].open("rb")
        except OSError:
            return replace(answer, status=0, failure=Failure.UNREADABLE), io.BytesIO()

    def left(self) -> float:
        """See `Site.left`."""
        return self._clock.left()

    def close(self) -> None:
        """See `Site.close`; nothing is open."""

    def holds(self, address: str) -> bool:
        """See `Site.holds`."""
        return self.names.holds(address)

    def get(self, address: str, accept: str = "", *, headers: Mapping[str, str] | None = None) -> Answer:  # noqa: ARG002 - of `Site`
        """See `Site.get`; headers mean nothing to a folder."""
        return self._answer(address, accept, with_body=True)

    def head(self, address: str, accept: str = "") -> Answer:
        """See `Site.head`."""
        return self._answer(address, accept, with_body=False)

    def once(self, method: str, address: str, headers: Mapping[str, str]) -> Answer:
        """See `Site.once`; a folder redirects nowhere."""
        return self._answer(address, headers.get("Accept", ""), with_body=method == "GET")

    def _answer(self, address: str, accept: str, *, with_body: bool) -> Answer:
        self._clock.left()
        address = without_fragment(address)
        file = self._file(address, accept) if self.holds(address) else None
        if file is None:
            return Answer(address=address, url=address, status=404)
        url = address if file[1] == "" else address + file[1]
        try:
            size = file[0].stat().st_size
            if with_body and size > self.limits.answer_bytes:
                return Answer(address=address, url=url, status=200, failure=Failure.TOO_LARGE)
            body = file[0].read_bytes() if with_body else b""
        except OSError:
            return Answer(address=address, url=url, failure=Failure.UNREADABLE)
        headers = {"content-type": expected(url), "content-length": str(size)}
        return Answer(address=address, url=url, status=200, headers=headers, body=body)

    def _file(self, address: str, accept: str) -> tuple[Path, str] | None:
        """Return the file, and what was put behind the address to find it; None where there is none."""
        path = unquote(urlsplit(self.names.to_root(address).removeprefix(ROOT)).path, errors="surrogateescape")
        if "\0" in path:
            return None
        found = self._folder / path.lstrip("/")
        if path.endswith("/") or not path:
            return self._within(found / "index.html", "index.html")
        if exact := self._within(found, ""):
            return exact
        forms = (self._within(found.with_name(f"{found.name}.{end}"), f".{end}") for end in endings_for(accept))
        return next((form for form in forms if form), None) or self._within(found / "index.html", "/index.html")

    def _within(self, file: Path, added: str) -> tuple[Path, str] | None:
        try:
            real = file.resolve()
            return (real, added) if real.is_file() and real.is_relative_to(self._folder) else None
        except (OSError, RuntimeError, ValueError):  # names that the system cannot have, links in a circle
            return None
