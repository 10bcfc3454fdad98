"""What a process does with a question: looks at the query, asks the store, cuts the answer at the limits, writes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import TypeVar

import pyoxigraph as ox

from eugraph.errors import EugraphError, QuerySyntaxError, RefusedQueryError, did_you_mean
from eugraph.reports.answer import GRAPH_FORMATS, Answer
from eugraph.reports.faults import explained
from eugraph.reports.parameters import put_in
from eugraph.serve.errors import ProblemError, problem_of
from eugraph.serve.forms import KINDS, Kind
from eugraph.serve.workers.blocks import write_blocks
from eugraph.serve.workers.cutting import cut_note
from eugraph.serve.workers.messages import Asked, Head, Question, Source, WholeGraph
from eugraph.store import Graph, Solutions, Store
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
        if self._store is None:
            raise ProblemError(501, "no-graphs", "this server answers for another one, whose graphs it does not know.")
        return frozenset(graph.value for graph in self._store.graphs())

    def _question(self, question: Question, send: Send) -> None:
        start = time.perf_counter()
        text = put_in(question.text, question.terms) if question.terms else question.text
        truncated = ""
        try:
            answer = self._asked(text, question)
            if isinstance(answer, OpenSolutions):
                rows, _, truncated = _within(answer.rows, question)
                answer = Solutions(answer.columns, rows)
            elif not isinstance(answer, (bool, Solutions, Graph)):
                first, more, _ = _within(answer, question)
                if more:
                    form = _form("graph", question)
                    head = Head(kind="graph", form=form, streams=True, seconds=time.perf_counter() - start)
                    _stream(head, chain(first, more, answer), send)
                    return
                answer = Graph(first)
        except QuerySyntaxError as error:
            raise QuerySyntaxError(explained(str(error), text)) from None
        kind, count = _counted(answer)
        form = _form(kind, question)
        body = cut_note(self._written(answer, form), form, truncated)
        send(Head(kind=kind, form=form, rows=count, truncated=truncated, seconds=time.perf_counter() - start))
        if body:
            send(body)
        send(b"")

    def _asked(self, text: str, question: Question) -> OpenSolutions | Iterator[ox.Triple] | Solutions | Graph | bool:
        services = self._source.allowed_services
        belt = without_services(text, services) if services else None
        if self._store is None:
            refuse_outward(text, own_graphs=f"{self._source.base_iri}graph/", services=services)
            return self._remote(question).query(text)
        for graph in (*question.default_graphs, *question.named_graphs):
            if graph not in self._graphs:
                near = did_you_mean(graph, self._graphs)
                raise RefusedQueryError(f"<{graph}> is no graph of this store{near or '.'} {_LISTING}")
        refuse_outward(text, own_graphs="", graphs=self._graphs, services=services)
        dataset = None
        if question.default_graphs or question.named_graphs:
            dataset = Dataset(question.default_graphs, question.named_graphs)
        return self._store.open(text, dataset=dataset, base_iri=self._source.base_iri, belt=belt)

    def _remote(self, question: Question) -> Store:
        from eugraph.store.remote import RemoteStore  # SPARQLWrapper brings rdflib along

        return RemoteStore(
            self._source.endpoint,
            timeout_s=self._source.timeout_s,
            default_graphs=question.default_graphs,
        )

    def _written(self, answer: Solutions | Graph | bool, form: str) -> bytes:
        if isinstance(answer, Graph) and form not in GRAPH_FORMATS:
            parts: list[bytes] = []
            write_blocks(sorted(set(answer.triples), key=str), form, parts.append)
            return b"".join(parts)
        return Answer(result=answer, base_iri=self._source.base_iri).write(form).encode()

    def _whole(self, asked: WholeGraph, send: Send) -> None:
        if asked.graph is not None and asked.graph not in self._graphs:
            near = did_you_mean(asked.graph, self._graphs)
            raise ProblemError(
                404, "unknown-graph", f"<{asked.graph}> is no graph of this store{near or '.'} {_LISTING}"
            )
        assert self._store is not None
        found = self._store.statements(ox.NamedNode(asked.graph) if asked.graph else None)
        _stream(Head(kind="graph", form=asked.form, streams=True), found, send)


def _stream(head: Head, triples: Iterable[ox.Triple], send: Send) -> None:
    send(head)
    write_blocks(triples, head.form, send)
    send(b"")


_LISTING = "SELECT ?g { GRAPH ?g {} } lists all."


def _within(found: Iterator[_T], question: Question) -> tuple[list[_T], list[_T], str]:
    """Take what is within the limits of a question, then one more where there is more, and say which limit it was."""
    taken: list[_T] = []
    size = 0
    for each in found:
        size += len(str(each))
        if size > question.max_bytes:
            return taken, [each], "bytes"
        if len(taken) == question.max_rows:
            return taken, [each], "rows"
        taken.append(each)
    return taken, [], ""


def _counted(answer: Solutions | Graph | bool) -> tuple[Kind, int]:
    if isinstance(answer, bool):
        return "boolean", 1
    return ("graph", len(set(answer.triples))) if isinstance(answer, Graph) else ("rows", len(answer.rows))


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
