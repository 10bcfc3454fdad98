"""The reports of a workspace: `queries/*.rq`, each with a header that says what it asks and takes.

# title:   Partners of an organisation
# asks:    With whom has this organisation worked, and in which projects?
# columns: partner, name, projects
# param:   organisation  iri  required  e.g. organisation/eha
# limit:   1000 partners, those of most projects
# chart:   bar x=name y=projects
# graph:   source=organisation target=partner weight=projects

Beside them stand the profiles, `queries/profiles/*.rq`: each makes a graph in the words of another vocabulary by
CONSTRUCT. Their headers have a title and a question alone; a line `#` ends the header.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eugraph.errors import EmptyFolderError, ParameterError, QueryError, UnknownQueryError, did_you_mean
from eugraph.reports.answer import Answer
from eugraph.reports.edges import Edges
from eugraph.reports.parameters import TYPES, Parameter, Term
from eugraph.store import Solutions
from eugraph.store.tokens import tokens

PROFILES = "profiles"  # the folder of the profiles, below that of the reports

_KEYS = ("title", "asks", "columns", "param", "limit", "chart", "graph")
_HEADER = re.compile(r"#\s*title:")
_GRAPHS = frozenset(("CONSTRUCT", "DESCRIBE"))
_FORMS = _GRAPHS | {"SELECT", "ASK"}
_CHANGING = frozenset(("RAND", "NOW", "UUID", "STRUUID", "BNODE"))


@dataclass(frozen=True, slots=True)
class Limit:
    """How much a query gives at most, where a list at the size of CORDIS would be longer than anybody reads."""

    rows: int
    which: str  # what is counted, and which of them come first, in words

    def reached(self, rows: int) -> str:
        """Return a sentence that says so where an answer of so many rows may be cut; else ""."""
        if rows < self.rows:
            return ""
        return f"there may be more: at most {self.rows:,} {self.which}, are given. Narrow it by its parameters."


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One bundled query with what its header says."""

    name: str
    title: str
    asks: str
    columns: str
    chart: str
    limit: Limit | None
    edges: Edges | None
    parameters: tuple[Parameter, ...]
    text: str  # the whole file, header included

    def terms(self, given: Mapping[str, str], base_iri: str) -> dict[str, Term]:
        """Return the terms for the given parameters.

        Raises:
            ParameterError: one is unknown, missing or not of its type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                takes = ", ".join(known) or "none"
                raise ParameterError(
                    f"report {self.name}: the parameter {name!r} is unknown{did_you_mean(name, known) or '.'} "
                    f"It takes: {takes}."
                )
        for parameter in self.parameters:
            if parameter.required and parameter.name not in given:
                such = f"{parameter.name}={parameter.example}"
                raise ParameterError(
                    f"report {self.name}: the parameter {parameter.name} is missing. "
                    f"Give it a value, such as {such} (on the command line after --param)."
                )
        return {name: known[name].term(text, base_iri) for name, text in given.items()}

    def cut(self, answer: Answer) -> str:
        """Return a sentence that says so where an answer to this report may be cut; else ""."""
        rows = answer.result
        return self.limit.reached(len(rows.rows)) if self.limit and isinstance(rows, Solutions) else ""

    def example(self) -> dict[str, str]:
        """The values that the header gives as examples for the required parameters."""
        return {parameter.name: parameter.example for parameter in self.parameters if parameter.required}


@dataclass(frozen=True, slots=True)
class Library:
    """The reports of a folder, by name, and its profiles, each by profiles/ and its name."""

    reports: Mapping[str, Report]
    profiles: Mapping[str, Report] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> Library:
        """Read every `*.rq` right in `folder` and in its folder `profiles`.

        Raises:
            QueryError: a file or the folder cannot be read, a header lacks a line or has one that is unknown, or an
                answer would differ each time: two builds of the same data give the same release.
            EmptyFolderError: there is none.
        """
        reports, profiles = _read(folder), {}
        if not reports:
            raise EmptyFolderError(folder, "the report queries")
        if (folder / PROFILES).is_dir():
            profiles = _read(folder, f"{PROFILES}/")
        return cls(reports, profiles)

    def __getitem__(self, name: str) -> Report:
        everything = {**self.reports, **self.profiles}
        try:
            return everything[name]
        except KeyError:
            raise UnknownQueryError(name, everything) from None


def _read(folder: Path, below: str = "") -> dict[str, Report]:
    """Read the queries in a folder, or in one `below` it, which is part of their names."""
    try:
        names = sorted(f"{below}{path.name}" for path in (folder / below).iterdir() if path.suffix == ".rq")
    except OSError as error:
        fault = f"{folder / below}: the reports cannot be read: {error.strerror}. Check the permissions of the folder."
        raise QueryError(fault) from error
    reports = {
        name[:-3]: parse_report(name[:-3], read_query(folder / name), file=f"{folder.name}/{name}") for name in names
    }
    for report in reports.values():
        _refuse_changing(report, f"{folder.name}/{report.name}.rq")
    return reports


def read_query(path: Path) -> str:
    """Read a file with a query.

    Raises:
        QueryError: the file cannot be read as UTF-8 text.
    """
    try:
        if path.is_fifo():
            raise QueryError(f"{path}: this is a pipe, which may never end. Save the query in a file.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryError(f"{path}: the query cannot be read: {error.strerror}. Check the name.") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: the query is not UTF-8. Save it as UTF-8.") from error


def has_header(text: str) -> bool:
    """Tell whether a query begins with the header of a report."""
    return _HEADER.match(text) is not None


def _refuse_changing(report: Report, file: str) -> None:
    for token in tokens(report.text):
        if token.kind == "word" and token.text.upper() in _CHANGING:
            line = report.text.count("\n", 0, token.offset) + 1
            raise QueryError(
                f"{file}:{line}: {token.text.upper()} gives something else each time, and a release is the "
                "same whenever it is made. Leave it out."
            )


def parse_report(name: str, text: str, *, file: str = "") -> Report:
    """Read the header of a query. That of a query for a graph needs no columns.

    Args:
        name: of the report.
        text: the whole file.
        file: what messages call the file; otherwise the name and .rq.

    Raises:
        QueryError: the header lacks a line or has one that is unknown or malformed.
    """
    file = file or f"{name}.rq"
    lines: dict[str, list[str]] = {key: [] for key in _KEYS}
    key = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#") or line == "#":
            break
        head, colon, rest = line[1:].partition(":")
        if colon and head.strip() in lines:
            key = head.strip()
            lines[key].append(rest.strip())
        elif key and head.startswith("   "):  # an indented line goes on with the one before
            lines[key][-1] += " " + line[1:].strip()
        else:
            raise QueryError(f"{file}:{number}: a header line begins with one of {', '.join(_KEYS)}.")
    words = (token.text.upper() for token in tokens(text) if token.kind == "word")
    is_graph = next((word for word in words if word in _FORMS), "") in _GRAPHS
    for key in ("title", "asks") if is_graph and not lines["columns"] else ("title", "asks", "columns"):
        if len(lines[key]) != 1:
            other = "" if any(lines.values()) else " Keep a query that is no report in another folder."
            raise QueryError(f"{file}:1: the header needs one line `# {key}: …`.{other}")
    return Report(
        name=name,
        title=lines["title"][0],
        asks=lines["asks"][0],
        columns=" ".join(lines["columns"]),
        chart=" ".join(lines["chart"]),
        limit=_limit(file, " ".join(lines["limit"])),
        edges=_edges(file, " ".join(lines["graph"])),
        parameters=tuple(_parameter(file, line) for line in lines["param"]),
        text=text,
    )


def _limit(file: str, line: str) -> Limit | None:
    rows, _, which = line.partition(" ")
    if line and not (rows.isdecimal() and which):
        raise QueryError(f"{file}: a limit reads `# limit: 1000 projects, those that started last`; not {line!r}.")
    return Limit(int(rows), which.strip()) if line else None


def _edges(file: str, line: str) -> Edges | None:
    try:
        return Edges.read(line) if line else None
    except ValueError as error:
        raise QueryError(
            f"{file}: a graph reads `# graph: source=column target=column weight=column`; {error}."
        ) from error


def _parameter(file: str, line: str) -> Parameter:
    words = line.split(None, 3)
    if len(words) < 4 or words[1] not in TYPES or words[2] not in ("required", "optional"):
        raise QueryError(
            f"{file}: a parameter reads `# param: name type required|optional e.g. value`, "
            f"type one of {', '.join(TYPES)}; not {line!r}."
        )
    example = words[3].removeprefix("e.g.").split()
    if not example:
        raise QueryError(f"{file}: the parameter {words[0]} has no example after `e.g.`.")
    return Parameter(name=words[0], type=words[1], required=words[2] == "required", example=example[0])
