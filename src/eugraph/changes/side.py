"""One of the two states that are compared: a release, or statements at hand."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from pyoxigraph import Quad, RdfFormat, Triple, parse

from eugraph.errors import CompressionError, NoReleaseError, SyntaxFaultError, UnreachableFileError
from eugraph.findings import Finding
from eugraph.rdf.nquads import sorted_lines
from eugraph.rdf.stream import StatementReader, form_of

MANIFEST = "release.json"
_AGAIN = "Make or fetch the release again."


@dataclass(frozen=True, slots=True)
class Told:
    """A finding without its place, which moves with every line that is written above it."""

    severity: str
    code: str
    focus: str
    path: str
    value: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A state of the graph."""

    name: str  # as people call it
    path: PurePath  # where its statements stand, for messages
    lines: Callable[[], Iterator[str]]  # its quads as lines of N-Quads, in code point order where that was to be had
    vocabulary: Callable[[], Iterable[Triple]]  # ontology and concept schemes, for names
    findings: Sequence[Told] | None = None  # what was found in it; None where nobody looked
    base_iri: str = ""  # what the IRIs of things begin with; empty where that is not known

    def quads_of(self, lines: Iterable[str]) -> list[Quad]:
        """Return the quads of some of its lines.

        Raises:
            SyntaxFaultError: one is no N-Quads.
        """
        try:
            return list(parse("".join(lines), format=RdfFormat.N_QUADS, lenient=True))
        except SyntaxError as error:
            what = f"a line is no statement in N-Quads: {error.msg}. {_AGAIN}"
            raise SyntaxFaultError(self.path, what) from None


def side_of_quads(
    path: PurePath,
    quads: Iterable[Quad],
    *,
    vocabulary: Iterable[Triple] = (),
    findings: Iterable[Finding] | None = None,
    base_iri: str = "",
) -> Side:
    """Return a state that is at hand. A blank node in it is equal only to one of the same label."""
    lines = list(sorted_lines(quads))
    known = list(vocabulary)
    told = None if findings is None else [_told_of(finding) for finding in findings]
    return Side(
        name=str(path),
        path=path,
        lines=lambda: iter(lines),
        vocabulary=lambda: known,
        findings=told,
        base_iri=base_iri,
    )


def release_side(folder: Path) -> Side:
    """Return the state that a release holds. Its dump is read line by line, each time that it is asked for.

    Raises:
        NoReleaseError: the folder is no release.
        InputError: a file of it cannot be read; for the dump, while it is read.
    """
    return side_in(folder, read_json(folder / MANIFEST))


def side_in(folder: Path, manifest: Mapping[str, object]) -> Side:
    """Return the state that a release holds, finished or in the making.

    Args:
        folder: where its dump, its ontology and its validation report lie.
        manifest: what its release.json says, or will say, of version, date and base.

    Raises:
        InputError: a file of it cannot be read; for the dump, while it is read.
    """
    validation, dump = folder / "validation.json", folder / "dump" / "all.nq.gz"
    version, date = (str(manifest.get(key, "")) for key in ("version", "date"))
    return Side(
        name=" ".join(filter(None, (version, f"of {date}" if date else ""))) or folder.name,
        path=dump,
        lines=lambda: _unpacked(dump),
        vocabulary=lambda: _turtle(sorted((folder / "ontology").rglob("*.ttl"))),
        findings=_told_in(read_json(validation)) if validation.is_file() else None,
        base_iri=str(manifest.get("base", "")),
    )


def read_json(path: Path) -> Mapping[str, object]:
    """Return what a file of a release holds, which is one object.

    Raises:
        NoReleaseError: it cannot be read, or is something else.
    """
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise NoReleaseError(path.parent, f"{path.name} cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise NoReleaseError(path.parent, f"{path.name} is no JSON ({error})") from error
    if not isinstance(found, dict):
        raise NoReleaseError(path.parent, f"{path.name} holds no object")
    return found


def _unpacked(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            yield from lines
    except (EOFError, gzip.BadGzipFile, zlib.error, UnicodeDecodeError) as error:
        what = f"the dump is damaged or cut short: {error}. {_AGAIN}"
        raise CompressionError(path, what) from error
    except OSError as error:
        what = f"the dump cannot be read: {error.strerror}. {_AGAIN}"
        raise UnreachableFileError(path, what) from error


def _turtle(paths: Iterable[Path]) -> Iterator[Triple]:
    for path in paths:
        try:
            with path.open("rb") as source:
                yield from (quad.triple for quad in StatementReader(source, path, form_of(path)))
        except OSError as error:
            raise UnreachableFileError(path, f"the file cannot be read: {error.strerror}. {_AGAIN}") from error


def _told_in(report: Mapping[str, object]) -> Sequence[Told]:
    found = report.get("findings")
    return [
        Told(*(str(each.get(key) or "") for key in ("severity", "code", "focus", "path", "value", "message")))
        for each in (found if isinstance(found, list) else ())
        if isinstance(each, dict)
    ]


def _told_of(finding: Finding) -> Told:
    return Told(finding.severity.word, finding.code, finding.focus, finding.path, finding.value, finding.message)
