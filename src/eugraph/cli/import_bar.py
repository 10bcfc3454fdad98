"""The progress bar of an import."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar  # click has no public name for what it returns

    from eugraph.progress import Show

_SILENT_S = 1.0  # seconds before a bar is shown


class ImportBar:
    """A bar on standard error, only on a terminal and only beyond the first second, with statements a second."""

    def __init__(self) -> None:
        self._began, self._done = time.monotonic(), 0
        self._bar: ProgressBar[int] | None = None

    def __enter__(self) -> Show:
        return self._show

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def _show(self, done: int, size: int, statements: int) -> None:
        took = time.monotonic() - self._began
        if took < _SILENT_S or not size or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = click.progressbar(length=size, label="import", file=sys.stderr, show_pos=False)
        self._bar.label = f"{statements:,} statements, {statements / took:,.0f}/s"
        self._bar.update(min(done, size) - self._done)
        self._done = min(done, size)
