"""Everything that eugraph raises, as one tree.

    EugraphError                        the root: catch this one
    ├── WorkspaceError                  the workspace itself is not as it must be
    │   ├── NoWorkspaceError            no eugraph.toml here or above
    │   ├── SettingError                eugraph.toml says something that cannot be used
    │   ├── MissingFolderError          a folder that the work needs is not there
    │   └── UnreadableWorkspaceError    files of it cannot be read, and a question needs them all
    ├── InputError                      a file cannot be read as what it claims to be
    │   ├── UnknownFormatError          its name ends in nothing that we read
    │   ├── SyntaxFaultError            it breaks the grammar of its format
    │   │   └── UnknownPrefixError      it uses a prefix that it does not declare
    │   ├── EncodingError               it is not UTF-8
    │   ├── BinaryFileError             it is no text at all
    │   ├── EmptyFileError              it holds nothing
    │   ├── UnreachableFileError        the system does not let us read it
    │   └── RemoteReferenceError        it asks for something from outside: a remote context, a DTD
    ├── QueryError                      a query cannot be asked
    │   ├── UnknownQueryError           no bundled report has this name
    │   ├── ParameterError              a parameter is missing, unknown or ill-typed
    │   ├── QuerySyntaxError            the text is not SPARQL 1.1
    │   └── RefusedQueryError           it would read the network or a file, or write
    ├── EndpointError                   a remote SPARQL endpoint did not answer as it should
    │   ├── EndpointUnavailableError    no answer in time or a 5xx status: retrying may help
    │   └── EndpointRefusedError        a 4xx status or an answer that is no result: retrying will not
    ├── CanonicalisationTimeoutError    blank nodes too entangled to be named in time
    └── OutputError                     the release cannot be written; the earlier one is untouched

`code` is the heading of the error's explanation in docs/errors.md; `exit_status` what the command line ends with.
Faults in the data are no exceptions: they are `eugraph.findings.Finding`s, and all of them are collected.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import ClassVar


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the known word nearest to `word`, or "" where none is near."""
    folded = {name.casefold(): name for name in sorted(known)}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)
    return f"; did you mean {folded[near[0]]!r}?" if near else ""


class EugraphError(Exception):
    """The root of all errors that eugraph raises on purpose."""

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 2


class WorkspaceError(EugraphError):
    """The workspace is not as it must be."""

    code = "workspace"


class NoWorkspaceError(WorkspaceError):
    """Neither the folder nor one above it has a eugraph.toml."""

    code = "no-workspace"

    def __init__(self, start: Path) -> None:
        super().__init__(
            f"{start}: no eugraph.toml here or in a folder above. Change to a workspace or name one with -C DIR."
        )


class SettingError(WorkspaceError):
    """eugraph.toml cannot be used as it stands."""

    code = "setting"

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(f"{path}: {fault}")


class MissingFolderError(WorkspaceError):
    """A folder that the work needs does not exist."""

    code = "missing-folder"

    def __init__(self, path: Path, purpose: str) -> None:
        super().__init__(f"{path}: this folder is missing; it holds {purpose}. Create it, or name another workspace.")


class UnreadableWorkspaceError(WorkspaceError):
    """Files of the workspace cannot be read, so a question would be answered from half a graph."""

    code = "unreadable-workspace"

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("the workspace cannot be read whole.\n" + "\n".join(faults))


class InputError(EugraphError):
    """A file cannot be read as what it claims to be. Line and column count from 1; 0 is unknown."""

    code = "input"

    def __init__(self, path: PurePath, fault: str, *, line: int = 0, column: int = 0) -> None:
        where = path.as_posix() + (f":{line}" if line else "") + (f":{column}" if line and column else "")
        super().__init__(f"{where}: {fault}")
        self.path, self.line, self.column, self.fault = path, line, column, fault


class UnknownFormatError(InputError):
    """The name of a file ends in nothing that eugraph reads."""

    code = "unknown-format"

    def __init__(self, path: PurePath, known: Iterable[str]) -> None:
        super().__init__(path, f"no RDF format goes by this file name. Rename it to end in {', '.join(sorted(known))}.")


class SyntaxFaultError(InputError):
    """A file breaks the grammar of its format."""

    code = "syntax-error"


class UnknownPrefixError(SyntaxFaultError):
    """A name uses a prefix that the file does not declare."""

    code = "unknown-prefix"


class EncodingError(InputError):
    """A file is not UTF-8."""

    code = "wrong-encoding"


class BinaryFileError(InputError):
    """A file holds bytes that no text has."""

    code = "binary-file"


class EmptyFileError(InputError):
    """A file holds no statement."""

    code = "empty-file"


class UnreachableFileError(InputError):
    """The operating system does not let us read a file."""

    code = "unreachable-file"


class RemoteReferenceError(InputError):
    """A file asks for something from outside itself, which eugraph never fetches."""

    code = "remote-reference"


class QueryError(EugraphError):
    """A query cannot be asked."""

    code = "query"


class UnknownQueryError(QueryError):
    """No bundled report has the name."""

    code = "unknown-query"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = list(known)
        super().__init__(f"no report is called {name!r}{did_you_mean(name, known)} `eugraph query --list` names all.")


class ParameterError(QueryError):
    """A parameter is missing, unknown or not of its type."""

    code = "parameter"


class QuerySyntaxError(QueryError):
    """The text of a query is not SPARQL 1.1."""

    code = "query-syntax"


class RefusedQueryError(QueryError):
    """A query would read the network or a file, or change data."""

    code = "refused-query"


class EndpointError(EugraphError):
    """A remote SPARQL endpoint did not answer as it should."""

    code = "endpoint"


class EndpointUnavailableError(EndpointError):
    """No answer in time, or a 5xx status. Retrying may help."""

    code = "endpoint-unavailable"


class EndpointRefusedError(EndpointError):
    """A 4xx status, or an answer that is no SPARQL result. Retrying will not help."""

    code = "endpoint-refused"


class CanonicalisationTimeoutError(EugraphError):
    """The blank nodes of a graph could not be given canonical names in time."""

    code = "canonicalisation-timeout"
    exit_status = 3

    def __init__(self, limit_s: float) -> None:
        super().__init__(
            f"the graph's blank nodes could not be named within {limit_s:g} s. Give the nodes IRIs, or split the graph."
        )


class OutputError(EugraphError):
    """The release cannot be written. What was there before is untouched."""

    code = "output"

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}; nothing that was there has changed. {remedy}")
