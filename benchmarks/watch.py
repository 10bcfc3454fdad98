"""Watching the workspace: from a save to the answer of `eugraph validate --watch`, a real process and real files.

The edits are of the largest file, whose places take longest to find: one that no rule looks at, and one on which
derived statements rest. Each is made and taken back, as an editor does it, by writing beside and renaming.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.cost import Budget, Cost, Line, median
from benchmarks.effort import Effort
from benchmarks.timing import SCRIPTS, ProcessFailedError
from eugraph.config import FOLDERS, SETTINGS_FILE, Workspace

ANSWER = Budget(plus=0.1)

_EDITS = (
    ("a text", re.compile(r'(?<=")[^"\\\n]+(?="@en)'), "Another text"),
    ("a claim", re.compile(r"confidence:stated"), "confidence:unverified"),
)


def measure(workspace: Workspace, effort: Effort) -> Sequence[Line]:
    """Time the answers to saves of a copy of the workspace."""
    with tempfile.TemporaryDirectory(prefix="eugraph-bench-") as folder:
        root = Path(folder)
        shutil.copy(workspace.root / SETTINGS_FILE, root)
        for name in FOLDERS:
            shutil.copytree(workspace.root / name, root / name)
        command = [str(SCRIPTS / "eugraph"), "-C", folder, "validate", "--watch"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            try:
                _answer(process)
                return list(_lines(root, process, effort.rounds))
            finally:
                process.kill()


def _lines(root: Path, process: subprocess.Popen[str], rounds: int) -> Iterator[Line]:
    path = max((root / "data").rglob("*.ttl"), key=lambda path: (path.stat().st_size, path))
    text = path.read_text(encoding="utf-8")
    for what, place, new in _EDITS:
        edited = place.sub(new, text, count=1)
        if edited == text:
            continue
        costs = [_saved(path, content, process) for _ in range(rounds) for content in (edited, text)]
        yield Line(what=f"eugraph validate --watch, {what} in {path.name}", ours=median(costs), budget=ANSWER)


def _saved(path: Path, text: str, process: subprocess.Popen[str]) -> Cost:
    """Save a file and wait for the answer."""
    beside = path.with_name(f".{path.name}")  # hidden files are passed over
    beside.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    beside.replace(path)
    _answer(process)
    return Cost(time.perf_counter() - start)


def _answer(process: subprocess.Popen[str]) -> None:
    """Wait for the line that follows each answer."""
    assert process.stderr is not None
    line = process.stderr.readline()
    if "waiting for the next save" not in line:
        raise ProcessFailedError(f"eugraph validate --watch said: {line}")
