"""What goes between the server and a process that answers queries, each message with its length before it.

To the process goes its `Source`, then one `Question` or `WholeGraph` after the other. Back comes for each either a
`ProblemError`, or a `Head` and then blocks of bytes, and an empty one that says that nothing is missing. A
`ProblemError` in the place of a block says that the answer broke off.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

import orjson

from eugraph.reports.citing import Digest
from eugraph.reports.edges import Edges
from eugraph.reports.parameters import Term
from eugraph.serve.errors import ProblemError
from eugraph.serve.forms import Kind

LENGTH = 8  # bytes before each message; before one to the server, another one says what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a process answers from."""

    folder: Path | None  # of a store on disk
    endpoint: str = ""  # where there is no folder: the address of a SPARQL endpoint
    base_iri: str  # that relative IRIs of a query stand below
    allowed_services: frozenset[str] = frozenset()  # endpoints that a query may ask with SERVICE
    timeout_s: float = 30  # of an endpoint
    max_memory_bytes: int = 0  # of the process; 0 for any


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query, and how it is to be answered."""

    text: str
    forms: Mapping[Kind, str]  # the format for each kind of answer; a kind that is not here cannot be accepted
    terms: Mapping[str, Term] = field(default_factory=dict)  # for variables of the text
    default_graphs: tuple[str, ...] = ()  # these two are the dataset, where one is not empty
    named_graphs: tuple[str, ...] = ()
    max_rows: int  # rows that are answered at most; of a graph see `WholeGraph`
    max_bytes: int
    edges: Edges | None = None  # which columns of rows make a graph, where they do
    is_cited: bool = False  # the head tells what stands for the answer, and no note is in it


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeGraph:
    """All statements of one graph, None for the union of all graphs."""

    graph: str | None
    form: str
    max_rows: int  # statements up to which the answer is whole before its first byte
    max_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is known of an answer before its bytes."""

    kind: Kind
    form: str
    streams: bool = False  # the rest is not known yet
    rows: int = 0  # or statements, or 1 for yes and no
    truncated: str = ""  # which limit cut it, `rows` or `bytes`
    seconds: float = 0  # that the process worked
    digest: Digest | None = None  # of an answer that is cited


Asked = Question | WholeGraph


def for_worker(message: Source | Asked) -> bytes:
    """Return the bytes of a message to a process."""
    data = pickle.dumps(message, protocol=5)
    return len(data).to_bytes(LENGTH, "little") + data


def from_server(source: IO[bytes]) -> Source | Asked | None:
    """Read a message in a process; None where nobody sends any more."""
    length = source.read(LENGTH)
    size = int.from_bytes(length, "little")
    data = source.read(size)
    if len(length) < LENGTH or len(data) < size:
        return None
    message: Source | Asked = pickle.loads(data)  # noqa: S301 - from the process that started this one
    return message


def for_server(message: Head | ProblemError | bytes) -> bytes:
    """Return the bytes of an answer, or of a block of one, that a process sends.

    They are JSON, as the server is not to trust a process that has taken in what strangers wrote.
    """
    tag = _TAGS[type(message)]
    data = message if isinstance(message, bytes) else orjson.dumps(asdict(message))
    return len(data).to_bytes(LENGTH, "little") + tag + data


def from_worker(tag: bytes, data: bytes) -> Head | ProblemError | bytes:
    """Return the message that came with a tag."""
    if tag == _TAGS[bytes]:
        return data
    said = orjson.loads(data)
    if tag != _TAGS[Head]:
        return ProblemError(**said)
    digest = said.pop("digest")
    return Head(**said, digest=digest and Digest(**digest))


_TAGS: Mapping[type, bytes] = {bytes: b"b", Head: b"h", ProblemError: b"f"}
