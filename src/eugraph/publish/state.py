"""What is remembered of a release as a whole, so that the next one can be made from it by a patch."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import orjson

from eugraph.publish.given import AnsweredReport, ReleaseInput
from eugraph.publish.harvest import Harvested
from eugraph.publish.pages.start import Tally
from eugraph.publish.pages.summary import Totals
from eugraph.publish.patching import folders_of, stamp
from eugraph.publish.remembered import Memory, program
from eugraph.publish.statements import Statements
from eugraph.publish.sums import Sums


@dataclass(frozen=True, slots=True)
class State:
    """What is summed up over a whole release."""

    quads: int
    sums: Sums
    tally: Tally
    usage: Totals
    former: Mapping[str, str]  # path of an address that is no longer used -> hash of its graph


def remember_state(memory: Memory, state: State, release: ReleaseInput, statements: Statements, out: Path) -> None:
    """Remember a release that lies in `out`. For one without imports a patch is not worth it."""
    if release.imported is None:
        return
    memory["key"] = key_of(release)
    memory.say(statements.taken())
    memory["reports"] = {name: digest(report) for name, report in release.reports.items()}
    memory["folders"] = folders_of(out, memory.files)
    remember_sums(memory, state)
    memory["release"] = stamp(out)


def remember_sums(memory: Memory, state: State) -> None:
    """Remember what is summed up."""
    tally = state.tally
    memory["quads"], memory["usage"], memory["former"] = state.quads, state.usage.dump(), state.former
    memory["sums"] = state.sums.dump()
    memory["tally"] = [tally.countries, str(tally.given), tally.grants]


def remember_harvest(memory: Memory, harvested: Harvested) -> None:
    """Remember the files that describe a release."""
    memory["harvested"] = [[file.path for file in harvested.files], harvested.digests, harvested.listed]


def recall_harvest(memory: Memory) -> Harvested:
    """Return the files that described a release."""
    paths, digests, listed = memory["harvested"]
    return Harvested([memory.files[path] for path in paths], digests, listed)


def recall_state(memory: Memory) -> State:
    """Return what was summed up."""
    countries, given, grants = memory["tally"]
    tally = Tally(Counter(countries), Decimal(given), grants)
    sums = Sums.load(memory["sums"])
    return State(memory["quads"], sums, tally, Totals.load(memory["usage"]), memory["former"])


def key_of(release: ReleaseInput) -> str:
    """Return what stands for all that a release is made from, but for statements that are not imported and answers."""
    assert release.imported is not None
    whole = replace(
        release,
        date=dt.date.min,
        quads=(),
        ontology={},
        shapes={},
        reports={},
        validation={},
        profile=(),
        imported=None,
    )
    parts = [repr(whole), release.imported.key, program()]
    for name, report in sorted(release.reports.items()):
        parts += (name, report.query, *sorted(release.validation))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def digest(report: AnsweredReport) -> str:
    """Return what stands for a report with its answer."""
    parts = (report.csv, report.json, orjson.dumps(report.params), report.more.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def things_in(report: AnsweredReport, base_iri: str) -> Iterable[str]:
    """Yield the addresses that a report tells of."""
    for row in orjson.loads(report.json).get("results", {}).get("bindings", ()):
        yield from (cell["value"] for cell in row.values() if cell["type"] == "uri")
    yield from (base_iri + value for value in report.params.values())


def things_found(validation: bytes) -> Iterable[str]:
    """Yield the addresses that a validation report, as JSON, tells of."""
    for finding in orjson.loads(validation or b"{}").get("findings", ()):
        for text in (finding.get("focus"), finding.get("value"), *finding.get("like", ())):
            if text and text[0] == "<":
                yield text[1:-1]
