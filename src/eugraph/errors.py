"""Everything that eugraph raises, as one tree.

    EugraphError                        the root: catch this one
    ├── WorkspaceError                  the workspace itself is not as it must be
    │   ├── NoWorkspaceError            no eugraph.toml here or above
    │   ├── SettingError                eugraph.toml says something that cannot be used
    │   ├── MissingFolderError          a folder that the work needs is not there
    │   ├── EmptyFolderError            a folder holds nothing of what it is for
    │   ├── ShapesError                 the shapes cannot be run
    │   │   └── ShapesTimeoutError      the query of one takes longer than it may
    │   ├── UnreadableWorkspaceError    files of it cannot be read, and a question needs them all
    │   └── NewWorkspaceError           a new one cannot be made there
    ├── InputError                      a file cannot be read as what it claims to be
    │   ├── UnknownFormatError          its name ends in nothing that we read
    │   ├── SyntaxFaultError            it breaks the grammar of its format
    │   │   ├── UnknownPrefixError      it uses a prefix that it does not declare
    │   │   └── RefusedYamlError        it uses a part of YAML that eugraph does not read: anchors, tags
    │   ├── UnknownKeyError             a key or column of YAML or CSV is no name of the ontology
    │   ├── MissingKeyError             a thing has no address or no type
    │   ├── RepeatedKeyError            a key, a column or the address of a row comes twice
    │   ├── WrongValueError             a value has not the form that its key asks for
    │   ├── RaggedRowError              a row has more or fewer cells than the header
    │   ├── NoVocabularyError           YAML or CSV cannot be understood, as there is no ontology
    │   ├── EncodingError               it is not UTF-8
    │   ├── BinaryFileError             it is no text at all
    │   ├── EmptyFileError              it holds nothing
    │   ├── UnreachableFileError        the system does not let us read it
    │   ├── CompressionError            its gzip is damaged or cut short
    │   ├── ArchiveError                an archive or packed file is damaged, cut short or none
    │   ├── ArchiveRefusedError         an archive is not unpacked: encrypted, or so dense that it must be a trap
    │   ├── NoCordisError               nothing in it is a table or a record of CORDIS
    │   ├── TooManyFaultsError          more rows of it are malformed than is borne
    │   ├── UndatedError                nothing in it says of which day it is
    │   ├── RemoteReferenceError        it asks for something from outside: a remote context, a DTD
    │   └── LayoutRefusedError          its layout cannot be mended without changing what it says
    ├── QueryError                      a query cannot be asked
    │   ├── UnknownQueryError           no bundled report has this name
    │   ├── ParameterError              a parameter is missing, unknown or ill-typed
    │   ├── QuerySyntaxError            the text is not SPARQL 1.1
    │   ├── RefusedQueryError           it would read the network or a file, or write
    │   ├── QueryTimeoutError           it was not answered in time
    │   └── CitationError               a citation cannot be read, or not be verified
    ├── EndpointError                   a remote SPARQL endpoint did not answer as it should
    │   ├── EndpointUnavailableError    no answer or a 5xx status: retrying may help
    │   │   ├── EndpointFailedError     it failed over this query (status 500)
    │   │   └── EndpointTimeoutError    no whole answer in time
    │   ├── EndpointRefusedError        a 4xx status or an answer that is no result: retrying will not
    │   ├── EndpointLimitError          the answer is longer than is read
    │   └── CredentialsError            the file with passwords for endpoints cannot be used
    ├── PushError                       a store does not hold what was sent to it
    │   └── ForeignGraphsError          graphs of these names are in the store, and are not ours
    ├── SiteError                       a site cannot be examined: no folder, no address, or no answer
    │   └── SiteTimeoutError            the time was over before anything was looked at
    ├── ThingError                      no one thing is meant by a name
    │   ├── UnknownThingError           nothing is called so
    │   └── AmbiguousNameError          several things are
    ├── FormatLimitError                a format cannot hold what is to be written in it
    ├── NoReleaseError                  a folder is no release
    ├── PreviousReleaseError            a release cannot be followed by the one that is built
    ├── ViolationsError                 violations in the data stopped a build; it carries the report
    ├── NotInstalledError               a package that only this function needs is not there
    ├── AuthoringError                  a thing cannot be added to the workspace; nothing was written
    │   ├── AnswerError                 an answer is not what the shapes demand
    │   ├── MissingAnswersError         answers are missing, and there is nobody to ask
    │   ├── SlugError                   a slug is taken, or can be none
    │   └── NotConformingError          with the new thing, the workspace would break its shapes
    ├── CanonicalisationTimeoutError    blank nodes too entangled to be named in time
    └── OutputError                     a release or a file cannot be written; the earlier one is untouched

`code` is the heading of the error's explanation in docs/errors.md; `exit_status` what the command line ends with.
Faults in the data are no exceptions: they are `eugraph.findings.Finding`s, and all of them are collected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any, ClassVar

_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200d\u2060\ufeff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

_AUTHORED = (".yaml", ".yml", ".csv")  # what people write descriptions in, and no format of RDF


def visible(text: str) -> str:
    """Return `text` with escapes in place of the characters that a terminal obeys; tabs and line feeds stay.

    These are the control characters, those that turn the direction of writing, and those that nobody sees.
    """
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def did_you_mean(word: str, known: Iterable[str], written: Callable[[str], str] = str) -> str:
    """Return "; did you mean 'x'?" for the known word nearest to `word`, or "" where none is near.

    Args:
        word: what stands there.
        known: what could.
        written: how the message writes a known word, where not as it is.
    """
    import difflib  # where nothing is wrong, nothing is compared

    folded = {name.casefold(): name for name in sorted(known)}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)
    return f"; did you mean {written(folded[near[0]])!r}?" if near else ""


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
            f"{start}: no eugraph.toml here or in a folder above. Change to a workspace, name one with -C DIR, "
            "or start one with `eugraph init`."
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


class EmptyFolderError(WorkspaceError):
    """A folder holds no file of the kind that it is for."""

    code = "empty-folder"

    def __init__(self, path: Path, purpose: str) -> None:
        super().__init__(
            f"{path}: nothing in this folder can be read; it is for {purpose}. Put a file in, or mend its name."
        )


class ShapesError(WorkspaceError):
    """The shapes are none, or are such that no engine can run them."""

    code = "shapes"


class ShapesTimeoutError(ShapesError):
    """The query of a shape takes longer than it may."""

    code = "shapes-timeout"
    exit_status = 3

    def __init__(self, limit_s: float, shape: str = "a shape") -> None:
        remedy = "Have each pattern of it share a variable with another, or allow more time with --timeout-s."
        super().__init__(f"{shape}: its query takes longer than {limit_s:g} s. {remedy}")


class UnreadableWorkspaceError(WorkspaceError):
    """Files of the workspace cannot be read, so a question would be answered from half a graph."""

    code = "unreadable-workspace"

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("the workspace cannot be read whole.\n" + "\n".join(faults))


class NewWorkspaceError(WorkspaceError):
    """A workspace cannot be made in a folder. Nothing was written."""

    code = "new-workspace"

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}; nothing was written. {remedy}")


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

    def __init__(self, path: PurePath, known: Iterable[str] = (), otherwise: str = "", *, fault: str = "") -> None:
        endings = ", ".join(sorted(known))
        if path.suffix.lower() in _AUTHORED and path.suffix.lower() not in known:
            otherwise += ". YAML and CSV are read in a workspace only, where `eugraph show` writes a thing as Turtle"
        named = f"no RDF format goes by this file name. Rename it to end in {endings}{otherwise}."
        super().__init__(path, fault or named)


class SyntaxFaultError(InputError):
    """A file breaks the grammar of its format."""

    code = "syntax-error"


class UnknownPrefixError(SyntaxFaultError):
    """A name uses a prefix that the file does not declare."""

    code = "unknown-prefix"


class RefusedYamlError(SyntaxFaultError):
    """A file uses a part of YAML that eugraph does not read: it would hide what stands where."""

    code = "refused-yaml"


class UnknownKeyError(InputError):
    """A key of YAML or a column of CSV is no name that the ontology gives, or one of JSON-LD has no meaning."""

    code = "unknown-key"


class MissingKeyError(InputError):
    """A thing in YAML or CSV lacks its address or its type."""

    code = "missing-key"


class RepeatedKeyError(InputError):
    """A key, a column, or the address of a row comes twice."""

    code = "repeated-key"


class WrongValueError(InputError):
    """A value has not the form that its key asks for."""

    code = "wrong-value"


class RaggedRowError(InputError):
    """A row of a table has more or fewer cells than its header."""

    code = "ragged-row"


class NoVocabularyError(InputError):
    """The keys of a file have no meaning, as the ontology that gives it is not at hand."""

    code = "no-vocabulary"


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


class CompressionError(InputError):
    """A file that should be gzip is damaged, cut short or none."""

    code = "broken-gzip"


class ArchiveError(InputError):
    """An archive or a packed file is damaged, cut short or none. What stands before the break could be read."""

    code = "broken-archive"


class ArchiveRefusedError(InputError):
    """An archive is not unpacked: it is encrypted, or so dense that it must be a trap."""

    code = "archive-refused"


class NoCordisError(InputError):
    """Nothing in the files that were named is a table or a record of CORDIS."""

    code = "no-cordis"


class TooManyFaultsError(InputError):
    """More rows are malformed than is borne. Nothing was written."""

    code = "too-many-faults"

    def __init__(self, path: PurePath, line: int, reason: str, most: int) -> None:
        super().__init__(
            path,
            f"more than {most} rows or files are malformed, the last one here: {reason} Look at the file, or bear more "
            "with --max-errors.",
            line=line,
        )


class UndatedError(InputError):
    """Nothing in the files says of which day they are."""

    code = "undated"


class RemoteReferenceError(InputError):
    """A file asks for something from outside itself, which eugraph never fetches."""

    code = "remote-reference"


class LayoutRefusedError(InputError):
    """A file cannot be laid out so that nothing of it changes. It is left as it is."""

    code = "layout-refused"


class QueryError(EugraphError):
    """A query cannot be asked."""

    code = "query"


class UnknownQueryError(QueryError):
    """No bundled report has the name."""

    code = "unknown-query"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = list(known)
        remedy = "`eugraph query --list` names all."
        if "{" in name:
            remedy = "A query of your own stands in a file that ends in .rq, or comes on standard input, as `-`."
        super().__init__(f"no report is called {name!r}{did_you_mean(name, known) or '.'} {remedy}")


class ParameterError(QueryError):
    """A parameter is missing, unknown or not of its type."""

    code = "parameter"


class QuerySyntaxError(QueryError):
    """The text of a query is not SPARQL 1.1."""

    code = "query-syntax"


class RefusedQueryError(QueryError):
    """A query would read the network or a file, or change data."""

    code = "refused-query"


class QueryTimeoutError(QueryError):
    """A query was not answered in time."""

    code = "query-timeout"
    exit_status = 3

    def __init__(self, limit_s: float) -> None:
        super().__init__(
            f"the query was not answered within {limit_s:g} s. Ask for less, or allow more time with --timeout-s."
        )


class CitationError(QueryError):
    """A text is no citation of an answer, or one that cannot be verified."""

    code = "citation"


class EndpointError(EugraphError):
    """A remote SPARQL endpoint did not answer as it should."""

    code = "endpoint"


class EndpointUnavailableError(EndpointError):
    """No answer, or a 5xx status. Retrying may help."""

    code = "endpoint-unavailable"


class EndpointFailedError(EndpointUnavailableError):
    """The endpoint failed over this query (status 500); it may well answer others."""

    code = "endpoint-failed"


class EndpointTimeoutError(EndpointUnavailableError):
    """No whole answer in time."""

    code = "endpoint-timeout"
    exit_status = 3

    def __init__(self, endpoint: str, limit_s: float) -> None:
        super().__init__(
            f"{endpoint}: no whole answer within {limit_s:g} s. Ask for less, or allow more time with --timeout-s."
        )


class EndpointRefusedError(EndpointError):
    """A 4xx status, or an answer that is no SPARQL result. Retrying will not help."""

    code = "endpoint-refused"


class EndpointLimitError(EndpointError):
    """The answer is longer than is read."""

    code = "endpoint-limit"
    exit_status = 3

    def __init__(self, endpoint: str, max_bytes: int) -> None:
        super().__init__(f"{endpoint}: the answer is longer than {max_bytes} bytes. Ask for less, as with LIMIT.")


class CredentialsError(EndpointError):
    """The file with passwords for endpoints cannot be used. Nothing was sent."""

    code = "credentials"


class PushError(EugraphError):
    """A store does not hold what was sent to it. What it held of other graphs is as it was."""

    code = "push"
    exit_status = 1

    def __init__(self, endpoint: str, faults: Sequence[str]) -> None:
        what, them = _graphs(len(faults)), "it" if len(faults) == 1 else "them"
        said = f"{endpoint}: {what} not as {'it was' if len(faults) == 1 else 'they were'} sent."
        super().__init__("\n  ".join((f"{said} Push again to send {them} anew.", *faults)))


def _graphs(number: int, whose: str = "") -> str:
    return f"1 graph{whose} is" if number == 1 else f"{number} graphs{whose} are"


class ForeignGraphsError(PushError):
    """Graphs of these names are in the store, and eugraph did not bring them. Nothing was sent."""

    code = "foreign-graphs"
    exit_status = 2

    def __init__(self, endpoint: str, graphs: Sequence[str]) -> None:
        what, them = _graphs(len(graphs), " of the release"), "it" if len(graphs) == 1 else "them"
        said = f"{endpoint}: {what} there already, and eugraph did not bring {them}. Nothing was sent."
        EugraphError.__init__(self, "\n  ".join((f"{said} Add --adopt to replace {them}.", *graphs)))


class SiteError(EugraphError):
    """A site cannot be examined at all."""

    code = "site"

    def __init__(self, site: str, fault: str) -> None:
        super().__init__(f"{site}: {fault}")


class SiteTimeoutError(SiteError):
    """The time for everything was over before anything was looked at."""

    code = "site-timeout"
    exit_status = 3

    def __init__(self, site: str, limit_s: float) -> None:
        super().__init__(site, f"nothing was found within {limit_s:g} s. Allow more with --within-s.")


class ThingError(EugraphError):
    """No one thing is meant by a name."""

    code = "thing"


class UnknownThingError(ThingError):
    """Nothing is called so."""

    code = "unknown-thing"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        near = did_you_mean(name, known)
        super().__init__(
            f"nothing is called {name!r}{near or '.'} "
            "Write an IRI, a path such as project/harmony, or how a name begins."
        )


class AmbiguousNameError(ThingError):
    """Several things are called so."""

    code = "ambiguous-name"

    def __init__(self, name: str, choices: Sequence[str]) -> None:
        listed = "\n".join(f"  {choice}" for choice in choices)
        super().__init__(f"{len(choices)} things are called {name!r}. Name one by the path before its name:\n{listed}")


class FormatLimitError(EugraphError):
    """A format cannot hold a statement that is to be written in it."""

    code = "format-limit"


class NoReleaseError(EugraphError):
    """A folder is no release."""

    code = "no-release"

    def __init__(self, folder: Path, fault: str) -> None:
        super().__init__(f"{folder}: this is no release: {fault}. Name a folder that `eugraph build` has written.")


class PreviousReleaseError(EugraphError):
    """A release cannot be followed by the one that is to be built. Nothing was written."""

    code = "previous-release"

    def __init__(self, folder: Path, fault: str, remedy: str) -> None:
        super().__init__(f"{folder}: the previous release cannot be followed: {fault}. {remedy}")


class ViolationsError(EugraphError):
    """Violations in the data stopped a build before anything was written."""

    code = "violations"
    exit_status = 1

    def __init__(self, report: object, summary: str) -> None:
        super().__init__(f"no release was written: {summary}. The attribute `report` of this error holds the findings.")
        self.report: Any = report  # a eugraph.validate.Report; that module stands above this one


class NotInstalledError(EugraphError):
    """A package that only one function needs is not installed."""

    code = "not-installed"

    def __init__(self, package: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs the package {package}. Install it: python -m pip install {package}")


class AuthoringError(EugraphError):
    """A thing cannot be added to the workspace. Nothing was written."""

    code = "authoring"


class AnswerError(AuthoringError):
    """An answer is not what the shapes demand."""

    code = "answer"


class MissingAnswersError(AuthoringError):
    """Answers are missing, and there is nobody to ask."""

    code = "missing-answers"


class SlugError(AuthoringError):
    """A slug is taken, or can be none."""

    code = "slug"


class NotConformingError(AuthoringError):
    """With the new thing, the workspace would break its shapes."""

    code = "not-conforming"
    exit_status = 1

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__("with this the workspace would not conform; nothing was written.\n" + "\n".join(findings))


class CanonicalisationTimeoutError(EugraphError):
    """The blank nodes of a graph could not be given canonical names in time."""

    code = "canonicalisation-timeout"
    exit_status = 3

    def __init__(self, limit_s: float) -> None:
        super().__init__(
            f"the graph's blank nodes could not be named within {limit_s:g} s. Give the nodes IRIs, or split the graph."
        )


class OutputError(EugraphError):
    """A release or a file cannot be written. What was there before is untouched."""

    code = "output"

    def __init__(
        self, path: PurePath, reason: str, remedy: str, kept: str = "nothing that was there has changed"
    ) -> None:
        super().__init__(f"{path}: {reason}; {kept}. {remedy}")
