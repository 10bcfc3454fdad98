"""Files of the catalogue: as large, of the type and with the checksum that it tells.

Spec: DCAT 3 §6.8, <https://www.w3.org/TR/vocab-dcat-3/#Class:Distribution>; SPDX checksums.
"""

from __future__ import annotations

import hashlib
import re

from eugraph.exchange.doctor.reading.graph import DCAT, SPDX, Statements
from eugraph.exchange.doctor.reading.media import agree, expected, is_wider
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.answer import Answer, Failure
from eugraph.exchange.doctor.visit import Visit

_ALGORITHMS = {
    "md5": "md5",
    "sha1": "sha1",
    "sha224": "sha224",
    "sha256": "sha256",
    "sha384": "sha384",
    "sha512": "sha512",
}
_MEDIA_TYPE = re.compile(r"https?://www\.iana\.org/assignments/media-types/([a-z]+/[^/#?\s]+)")
_NUMBER = re.compile(r"(\d+)(?:\.0*)?")


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
    answer = visit.get(target)
    if answer.failure is Failure.TOO_LARGE:
        section.skip(f"{target}: the file is too large for its checksum to be taken.")
        return
    if not answer.is_good:
        return  # it is told where the links are looked at
    unpacked = " It was sent with Content-Encoding: gzip, so that clients unpack it: send a packed file as it is."
    note = unpacked if "gzip" in answer.headers.get("content-encoding", "") and target.endswith("gz") else ""
    for told in known.values(thing, DCAT + "byteSize"):
        number = _NUMBER.fullmatch(told)
        if number and int(number[1]) != len(answer.body):
            section.violation(
                "size-differs",
                target,
                f"dcat:byteSize of <{thing}> is {told}, and the file has {len(answer.body)} bytes. Correct it.{note}",
            )
    for checksum in known.values(thing, SPDX + "checksum"):
        _checksum(section, known, checksum, answer, note)
    _type(section, known, thing, answer)


def _checksum(section: Section, known: Statements, checksum: str, answer: Answer, note: str) -> None:
    named = "".join(known.values(checksum, SPDX + "algorithm")).rpartition("_")[2].lower().replace("-", "")
    told = next(iter(known.values(checksum, SPDX + "checksumValue")), "").lower()
    if named not in _ALGORITHMS or not told:
        section.skip(
            f"{answer.address}: its checksum is of an algorithm that is not computed here ({named or 'none'})."
        )
        return
    found = hashlib.new(_ALGORITHMS[named], answer.body, usedforsecurity=False).hexdigest()
    if found != told:
        section.violation(
            "checksum-differs",
            answer.address,
            f"The {named} in the catalogue is {told[:16]}…, and that of the file {found[:16]}…: harvesters take "
            f"it for damaged. Write the catalogue after the file.{note}",
        )


def _type(section: Section, known: Statements, thing: str, answer: Answer) -> None:
    """Compare the media type that the catalogue says; of a packed file it is that of what is inside."""
    packed = known.values(thing, DCAT + "compressFormat", DCAT + "packageFormat")
    for named in known.values(thing, *((DCAT + "compressFormat",) if packed else (DCAT + "mediaType",))):
        match = _MEDIA_TYPE.fullmatch(named)
        told = answer.media_type
        if (
            match
            and told
            and not agree(match[1], told)
            and not is_wider(match[1], told)
            and expected(answer.url) != match[1]
        ):
            section.warning(
                "type-differs",
                answer.address,
                f"The catalogue says that this is {match[1]}, and the server {told}. Make them one.",
            )
