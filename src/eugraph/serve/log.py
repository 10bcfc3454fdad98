"""The access log: a line on standard error for each request that was answered, as JSON or as text.

Queries and parameters are not in it: they can tell what somebody works on.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Callable, Mapping
from typing import Literal, TextIO

import orjson

from eugraph.errors import visible

LogForm = Literal["json", "text", "none"]
FORMS: tuple[LogForm, ...] = ("json", "text", "none")


class Log:
    """Writes lines, in one of the forms."""

    def __init__(self, form: LogForm, stream: TextIO | None = None) -> None:
        self._form = form
        self._stream = stream or sys.stderr

    def event(self, event: str, **fields: object) -> None:
        """Write what happened: a request, or something of the server itself."""
        if self._form == "none":
            return
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        said = {key: value for key, value in fields.items() if value not in (None, "")}
        line = _json(now, event, said) if self._form == "json" else _text(now, event, said)
        with contextlib.suppress(OSError, ValueError):  # that nobody reads the log stops nothing
            self._stream.write(line)
            self._stream.flush()


def _json(now: str, event: str, said: Mapping[str, object]) -> str:
    return orjson.dumps({"time": now, "event": event, **said}, default=str).decode() + "\n"


def _text(now: str, event: str, said: Mapping[str, object]) -> str:
    words = " ".join(f"{key}={visible(str(value))}" for key, value in said.items())
    return f"{now} {event} {words}\n"


Say = Callable[[str], object]
