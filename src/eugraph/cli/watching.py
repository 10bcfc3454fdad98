"""`eugraph validate --watch`: looks at the files of the workspace, and answers each time that one was saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

import click

from eugraph.live import LiveWorkspace
from eugraph.validate import Report

_EVERY_S = 0.01  # a look at the times of a hundred files takes a third of a millisecond


def stay(root: Path, written: Callable[[Report], Iterable[str]]) -> NoReturn:
    """Print a report, and another one after each change, until the user ends it.

    Args:
        root: the folder of a workspace.
        written: the text of a report, in pieces.
    """
    workspace = LiveWorkspace(root)
    first = True
    while True:
        start = time.perf_counter()
        answer = workspace.look()
        if answer is None:
            time.sleep(_EVERY_S)
            continue
        for piece in written(answer.report) if answer.report else (f"eugraph: {answer.fault}\n",):
            click.echo(piece, nl=False, color=True)  # nothing is stripped
        milliseconds = round((time.perf_counter() - start) * 1000)
        names = ", ".join(path.relative_to(root).as_posix() for path in answer.changed[:3])
        more = f" and {len(answer.changed) - 3} more" if len(answer.changed) > 3 else ""
        what = "the whole workspace" if first else f"{names}{more}: {answer.checked} checks again"
        click.echo(f"-- {what} in {milliseconds} ms; waiting for the next save, Ctrl-C ends --", err=True)
        first = False
