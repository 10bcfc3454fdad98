"""A trial: a workspace with other texts in some of its files, read and validated again, nothing written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from eugraph.checking import check
from eugraph.findings import Finding
from eugraph.loading import Loaded, load_anew
from eugraph.mend.change import Edit, Fix, edited
from eugraph.sources import SourceFile

Key = tuple[object, ...]

_BLANK_NODE = re.compile(r"/node/[0-9a-f]{24}")  # the name of one is made of what is said of it


@dataclass
class State:
    """A workspace with some texts changed, and what is wrong with it."""

    loaded: Loaded
    findings: Sequence[Finding]
    keys: Counter[Key]
    texts: dict[SourceFile, str]  # those that differ from the files


def is_stopped(state: State) -> bool:
    """Tell whether something is wrong with files themselves, so that nothing else was looked at."""
    readings = (state.loaded.curated, state.loaded.ontology, state.loaded.shapes)
    return any(reading.findings for reading in readings)


def validated(loaded: Loaded, texts: dict[SourceFile, str]) -> State:
    """Validate a workspace as it was read; `texts` are those that differ from the files."""
    findings = check(loaded, repeats=True).findings
    return State(loaded, findings, Counter(map(_key, findings)), texts)


def validated_with(start: State, patches: Sequence[Fix], extra: Sequence[Path]) -> State:
    """Do the edits of patches to the texts of a state, read it again, and validate it."""
    edits: dict[PurePath, set[Edit]] = {}
    for fix in patches:
        for edit in fix.edits:
            edits.setdefault(edit.name, set()).add(edit)
    texts = dict(start.texts)
    for file in start.loaded.curated.files:
        if file.name in edits:
            text = start.loaded.curated.data_of(file).decode("utf-8")
            texts[file] = edited(text, sorted(edits[file.name]))
    instead = {file.path: start.loaded.curated.data_of(file) for file in start.loaded.curated.files}
    instead |= {file.path: text.encode("utf-8") for file, text in texts.items()}
    return validated(load_anew(start.loaded, instead, extra), texts)


def _key(finding: Finding) -> Key:
    """What makes a finding the same after a patch, which may shift columns and rename blank nodes.

    The message is no part of it: it may name other things, and a patch may mend their names.
    """
    return (
        finding.place.path if finding.place else None,
        finding.code,
        finding.severity,
        _BLANK_NODE.sub("/node/", finding.focus),
        finding.path,
        _BLANK_NODE.sub("/node/", finding.value),
        finding.shape,
        finding.component,
    )


def _stay(start: State, trial: State, patches: Sequence[Fix]) -> Counter[Key]:
    """The findings that patches are for and that are there as before."""
    meant = Counter(map(_key, {finding for fix in patches for finding in fix.findings}))
    return Counter({key: trial.keys[key] - start.keys[key] + number for key, number in meant.items()})


def parted(start: State, trial: State, batch: Sequence[Fix]) -> tuple[Sequence[Fix], Sequence[Fix]]:
    """Part patches that do not hold together: those that nothing speaks against come first, else halves."""
    come = trial.keys - start.keys
    places = {finding.place.path for finding in trial.findings if finding.place and come[_key(finding)]}
    stay = _stay(start, trial, batch)
    suspect = [
        any(stay[_key(finding)] > 0 for finding in fix.findings) or any(edit.name in places for edit in fix.edits)
        for fix in batch
    ]
    if len(set(suspect)) == 2:
        first = [fix for fix, is_suspect in zip(batch, suspect, strict=True) if not is_suspect]
        return first, [fix for fix, is_suspect in zip(batch, suspect, strict=True) if is_suspect]
    half = len(batch) // 2
    return batch[:half], batch[half:]


def is_better(start: State, trial: State, patches: Sequence[Fix]) -> bool:
    """Tell whether all that the patches are for is gone, and nothing has come."""
    return not trial.keys - start.keys and not +_stay(start, trial, patches)


def refusal(start: State, trial: State, patches: Sequence[Fix]) -> str:
    """Say why a patch does not prove right."""
    come = trial.keys - start.keys
    for finding in trial.findings:
        if come[_key(finding)]:
            return f"{finding.code} would come at {finding.place or finding.focus}"
    stay = _stay(start, trial, patches)
    code = next(finding.code for fix in patches for finding in fix.findings if stay[_key(finding)] > 0)
    return f"{code} would stay"
