"""Files of the catalogue: as large, of the type and with the checksum that it tells.

Spec: DCAT 3 §6.8, <https://www.w3.org/TR/vocab-dcat-3/#Class:Distribution>; SPDX checksums.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from eugraph.exchange.doctor.reading.graph import DCAT, SPDX, Statements
from eugraph.exchange.doctor.reading.media import agree, expected, is_wider
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.answer import Answer, Failure
from eugraph.exchange.doctor.visit import Visit

_ALGORITHMS = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}
_BLOCK = 1 << 20  # bytes
_MEDIA_TYPE = re.compile(r"https?://www\.iana\.org/assignments/media-types/([a-z]+/[^/#?\s]+)")
_NUMBER = re.compile(r"(\d+)(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class _Measured:
    """What was found of a file."""

    size: int  # bytes
    digests: Mapping[str, str]  # algorithm -> hexadecimal digits


def check(visit: Visit, section: Section) -> None:
    """Fetch the files that the catalogue offers for download, and compare them with what it says."""
    if visit.catalogue is None:
        section.skip("Files: there is no catalogue.")
        return
    known = visit.catalogue.statements
    files = [(thing, target) for thing, target in known.links(DCAT + "downloadURL") if visit.site.holds(target)]
    chosen = set(visit.chosen(target for _, target in files))
    for thing, target in files:
        if target in chosen:
            _file(visit, section, known, thing, target)
    section.saw(len(chosen), "file")
    every = len({target for _, target in files})
    if every > len(chosen):
        section.skip(f"{every - len(chosen):,} more files: see --sample.")


def _file(visit: Visit, section: Section, known: Statements, thing: str, target: str) -> None:
    checksums = known.values(thing, SPDX + "checksum")
    answer, body = visit.open(target)
    with body:
        if answer.failure is Failure.TOO_LARGE:
            section.skip(f"{target}: the file is too large for its checksum to be taken.")
        if not answer.is_good:
            return  # it is told where the links are looked at
        measured = _measured(visit, body, {_algorithm(known, each) for each in checksums} & _ALGORITHMS)
    unpacked = " It was sent with Content-Encoding: gzip, so that clients unpack it: send a packed file as it is."
    note = unpacked if "gzip" in answer.headers.get("content-encoding", "") and target.endswith("gz") else ""
    for told in known.values(thing, DCAT + "byteSize"):
        number = _NUMBER.fullmatch(told)
        if number and int(number[1]) != measured.size:
            section.violation(
                "size-differs",
                target,
                f"dcat:byteSize of <{thing}> is {told}, and the file has {measured.size} bytes. Correct it.{note}",
            )
    for checksum in checksums:
        _checksum(section, known, checksum, target, measured, note)
    _type(section, known, thing, answer)


def _measured(visit: Visit, body: BinaryIO, algorithms: set[str]) -> _Measured:
    """Read a file through once."""
    digests = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    size = 0
    while block := body.read(_BLOCK):
        visit.site.left()
        size += len(block)
        for digest in digests.values():
            digest.update(block)
    return _Measured(size, {name: digest.hexdigest() for name, digest in digests.items()})


def _algorithm(known: Statements, checksum: str) -> str:
    """Return the algorithm of a checksum as it is called here; "" where it has none."""
    return "".join(known.values(checksum, SPDX + "algorithm")).rpartition("_")[2].lower().replace("-", "")


def _checksum(section: Section, known: Statements, checksum: str, target: str, measured: _Measured, note: str) -> None:
    named = _algorithm(known, checksum)
    told = next(iter(known.values(checksum, SPDX + "checksumValue")), "").lower()
    found = measured.digests.get(named)
    if found is None or not told:
        section.skip(f"{target}: its checksum is of an algorithm that is not computed here ({named or 'none'}).")
    elif found != told:
        section.violation(
            "checksum-differs",
            target,
            f"The {named} in the catalogue is {told[:16]}…, and that of the file {found[:16]}…: harvesters take "
            f"it for damaged. Write the catalogue after the file.{note}",
        )


def _type(section: Section, known: Statements, thing: str, answer: Answer) -> None:
    """Compare the media type that the catalogue says; of a packed file it is that of the packing."""
    packed = known.values(thing, DCAT + "compressFormat", DCAT + "packageFormat")
    for named in packed or known.values(thing, DCAT + "mediaType"):
        match, sent = _MEDIA_TYPE.fullmatch(named), answer.media_type
        if match is None or not sent or expected(answer.url) == match[1]:
            continue
        if not agree(match[1], sent) and not is_wider(match[1], sent):
            section.warning(
                "type-differs",
                answer.address,
                f"The catalogue says that this is {match[1]}, and the server {sent}. Make them one.",
            )
