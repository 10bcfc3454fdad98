"""The results as a Markdown table and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version

from benchmarks.cost import Line

Results = Mapping[str, Sequence[Line]]  # name of a benchmark -> its lines

_HEAD = ("what", "ours", "peer", "ratio", "budget", "kept")
_PEERS = ("pyoxigraph", "rdflib", "pyshacl", "PyLD")


def markdown(results: Results) -> str:
    """Return one table for all benchmarks, and below it what there is to say of single lines."""
    rows = [_HEAD, tuple("--:" if name == "ratio" else "---" for name in _HEAD)]
    rows += (_row(name, line) for name, lines in results.items() for line in lines)
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    notes = dict.fromkeys(f"- {line.what}: {line.note}\n" for lines in results.values() for line in lines if line.note)
    return table + ("\n" + "".join(notes) if notes else "") + f"\n{_where()}\n"


def _row(name: str, line: Line) -> tuple[str, ...]:
    peer = f"{line.peer_name}: {line.shown(line.peer) if line.peer else 'none'}" if line.peer_name else ""
    ratio = "" if line.ratio is None else f"{_sign(line)}{line.ratio:.3g}"
    budget = line.budget.text(line.ours.unit) if line.budget else ""
    cells = (f"{name}: {line.what}", line.shown(line.ours), peer, ratio, budget, line.verdict)
    return tuple(cell.replace("|", "\\|") for cell in cells)


def _sign(line: Line) -> str:
    return "> " if line.ours.capped else "< " if line.peer and line.peer.capped else ""


def as_json(results: Results) -> str:
    """Return the same as JSON, costs in seconds or bytes."""
    lines = [
        {"benchmark": name, **asdict(line), "ratio": line.ratio, "kept": line.verdict or None}
        for name, found in results.items()
        for line in found
    ]
    return json.dumps({"where": _where(), "lines": lines}, ensure_ascii=False, indent=2) + "\n"


def _where() -> str:
    peers = ", ".join(f"{name} {version(name)}" for name in _PEERS)
    return f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors; {peers}."
