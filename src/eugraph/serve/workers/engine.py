"""What a process does with a question: looks at the query, asks the store, cuts the answer at the limits, writes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import TypeVar

import pyoxigraph as ox

from eugraph.errors import EugraphError, QuerySyntaxError, did_you_mean
from eugraph.reports.answer import GRAPH_FORMATS, Answer
from eugraph.reports.citing import digest_of
from eugraph.reports.faults import explained
from eugraph.reports.parameters import put_in
from eugraph.serve.errors import ProblemError, problem_of
from eugraph.serve.forms import KINDS, Kind
from eugraph.serve.workers.blocks import write_blocks
from eugraph.serve.workers.cutting import cut_note
from eugraph.serve.workers.messages import Asked, Head, Question, Source, WholeGraph
from eugraph.store import Graph, Solutions, Store
from eugraph.store.belt import keyword_fault
from eugraph.store.embedded import Dataset, OpenSolutions
from eugraph.store.guard import refuse_outward, without_services
from eugraph.store.on_disk import open_store

Send = Callable[[Head | bytes], object]
_T = TypeVar("_T")


class Engine:
    """Answers questions from one source."""

    def __init__(self, source: Source) -> None:
        """Open the store of a source."""
        self._source = source
        self._store = open_store(source.folder) if source.folder else None

    def answer(self, asked: Asked, send: Send) -> None:
        """Send the head of an answer and then its blocks, an empty one last.

        Raises:
            ProblemError: it cannot be answered, or not to the end.
        """
        try:
            if isinstance(asked, WholeGraph):
                self._whole(asked, send)
            else:
                self._question(asked, send)
        except EugraphError as error:
            raise problem_of(error) from error

    @cached_property
    def _graphs(self) -> frozenset[str]:
        assert self._store is not None
        return frozenset(graph.value for graph in self._store.graphs())

    def _question(self, question: Question, send: Send) -> None:
        start = time.perf_counter()
        text = put_in(question.text, question.terms) if question.terms else question.text
        truncated = ""
        try:
            answer = self._asked(text, question)
            if isinstance(answer, OpenSolutions):
                rows, _, truncated = _within(answer.rows, question)
                found: Solutions | bool = Solutions(answer.columns, rows)
            elif isinstance(answer, bool):
                found = answer
            else:
                self._graph(answer, _form("graph", question), question, send, start)
                return
        except QuerySyntaxError as error:
            raise QuerySyntaxError(explained(str(error), text)) from None
        kind: Kind = "boolean" if isinstance(found, bool) else "rows"
        form = _form(kind, question)
        body = Answer(result=found, base_iri=self._source.base_iri, edges=question.edges).write(form).encode()
        if not question.is_cited:
            body = cut_note(body, form, truncated)
        head = Head(
            kind=kind,
            form=form,
            rows=1 if isinstance(found, bool) else len(found.rows),
            truncated=truncated,
            digest=digest_of(found) if question.is_cited else None,
        )
        _send_whole(head, body, send, start)

    def _asked(self, text: str, question: Question) -> OpenSolutions | Iterator[ox.Triple] | bool:
        services = self._source.allowed_services
        if self._store is None:
            refuse_outward(text, own_graphs=f"{self._source.base_iri}graph/", services=services)
            return _opened(self._remote(question, text).query(text))
        for graph in (*question.default_graphs, *question.named_graphs):
            if graph not in self._graphs:
                raise _unknown(graph, self._graphs, 400)
        refuse_outward(text, own_graphs="", graphs=self._graphs, services=services)
        dataset = None
        if question.default_graphs or question.named_graphs:
            dataset = Dataset(question.default_graphs, question.named_graphs)
        belt = without_services(text, services) if services else None
        return self._store.open(text, dataset=dataset, base_iri=self._source.base_iri, belt=belt)

    def _remote(self, question: Question, text: str) -> Store:
        named = question.default_graphs or question.named_graphs or keyword_fault(text, "from", self._source.base_iri)
        if not named:
            return self._union
        from eugraph.store.remote import RemoteStore  # SPARQLWrapper brings rdflib along

        return RemoteStore(
            self._source.endpoint,
            timeout_s=self._source.timeout_s,
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
        )

    @cached_property
    def _union(self) -> Store:
        from eugraph.store.union import union_store  # as above

        return union_store(self._source.endpoint, timeout_s=self._source.timeout_s)

    def _whole(self, asked: WholeGraph, send: Send) -> None:
        start = time.perf_counter()
        if self._store is None:
            raise ProblemError(501, "no-graphs", "this server asks another one, whose graphs are to be had there.")
        if asked.graph is not None and asked.graph not in self._graphs:
            raise _unknown(asked.graph, self._graphs, 404)
        found = self._store.statements(ox.NamedNode(asked.graph) if asked.graph else None)
        self._graph(found, asked.form, asked, send, start)

    def _graph(self, found: Iterator[ox.Triple], form: str, asked: Asked, send: Send, start: float) -> None:
        """Send a graph: sorted, and whole before its first byte, where it is within the limits; else as it comes."""
        first, more, _ = _within(found, asked)
        if more:
            send(Head(kind="graph", form=form, streams=True, seconds=time.perf_counter() - start))
            write_blocks(chain(first, more, found), form, send)
            send(b"")
            return
        triples = sorted(set(first), key=str)
        if form in GRAPH_FORMATS:
            body = GRAPH_FORMATS[form](triples, self._source.base_iri).encode()
        else:
            parts: list[bytes] = []
            write_blocks(triples, form, parts.append)
            body = b"".join(parts)
        is_cited = isinstance(asked, Question) and asked.is_cited
        digest = digest_of(Graph(triples)) if is_cited else None
        _send_whole(Head(kind="graph", form=form, rows=len(triples), digest=digest), body, send, start)


def _send_whole(head: Head, body: bytes, send: Send, start: float) -> None:
    send(replace(head, seconds=time.perf_counter() - start))
    if body:
        send(body)
    send(b"")


def _opened(answer: Solutions | Graph | bool) -> OpenSolutions | Iterator[ox.Triple] | bool:
    """An answer that is there as a whole, as if it came row by row."""
    if isinstance(answer, Solutions):
        return OpenSolutions(answer.columns, iter(answer.rows))
    return iter(answer.triples) if isinstance(answer, Graph) else answer


def _unknown(graph: str, graphs: Collection[str], status: int) -> ProblemError:
    near = did_you_mean(graph, graphs)
    return ProblemError(status, "unknown-graph", f"<{graph}> is no graph of this store{near or '.'} {_LISTING}")


_LISTING = "SELECT ?g { GRAPH ?g {} } lists all."


def _within(found: Iterator[_T], asked: Asked) -> tuple[list[_T], list[_T], str]:
    """Take what is within the limits of a question, then one more where there is more, and say which limit it was."""
    taken: list[_T] = []
    size = 0
    for each in found:
        size += len(str(each))
        if size > asked.max_bytes:
            return taken, [each], "bytes"
        if len(taken) == asked.max_rows:
            return taken, [each], "rows"
        taken.append(each)
    return taken, [], ""


def _form(kind: Kind, question: Question) -> str:
    """The format in which the one who asks accepts this kind of answer.

    Raises:
        ProblemError: there is none.
    """
    if kind not in question.forms:
        offered = ", ".join(media_type.partition(";")[0] for media_type in KINDS[kind].values())
        words = {"rows": "rows", "boolean": "yes or no", "graph": "a graph"}[kind]
        raise ProblemError(
            406, "not-acceptable", f"the answer is {words}, which can be had as {offered}. Accept one of them."
        )
    return question.forms[kind]
