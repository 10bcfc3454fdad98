"""The stores that are pushed to: Oxigraph always, Virtuoso where it is installed for that."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pyoxigraph as ox

from eugraph.store.remote import RemoteStore
from store.oxigraph import oxigraph_server
from store.virtuoso_server import Virtuoso, virtuoso_server

NAMES = ("oxigraph", "virtuoso") if "EUGRAPH_VIRTUOSO" in os.environ else ("oxigraph",)
_OF_VIRTUOSO = ("http://www.w3.org/ns/ldp#", "http://localuriqaserver/", "http://www.openlinksw.com/")


@dataclass
class StoreAtHand:
    """A store on loopback: where it is asked, where one graph is read, and what the command line is to be told."""

    name: str
    root: str
    endpoint: str
    graphs: str  # address to which the name of a graph is added
    options: tuple[str, ...] = ()
    virtuoso: Virtuoso | None = field(default=None, repr=False)

    def held(self) -> dict[str, set[ox.Triple]]:
        """What it holds, by graph, without what it brought along."""
        return {name: self.graph(name) for name in self._names()}

    def graph(self, name: str) -> set[ox.Triple]:
        request = Request(self.graphs + quote(name, safe=""), headers={"Accept": "application/n-triples"})
        with urlopen(request, timeout=60) as answer:
            found = ox.parse(answer.read(), format=ox.RdfFormat.N_TRIPLES, lenient=True)
            return {quad.triple for quad in found}

    def put(self, name: str, text: str) -> None:
        """Have a graph of somebody else's making."""
        if self.virtuoso:
            self.virtuoso.tell(f"SPARQL INSERT INTO GRAPH <{name}> {{ {text} }};")
            return
        request = Request(
            self.graphs + quote(name, safe=""), text.encode(), {"Content-Type": "application/n-triples"}, method="PUT"
        )
        urlopen(request, timeout=60).close()

    def clear(self) -> None:
        """Hold nothing."""
        if self.virtuoso:
            cleared = "".join(f"SPARQL CLEAR GRAPH <{name}>;\n" for name in self._names())
            self.virtuoso.tell(f"log_enable(3, 1);\n{cleared}")  # each statement by itself: it is much faster
        else:
            request = Request(f"{self.root}/store", b"", {"Content-Type": "application/n-quads"}, method="PUT")
            urlopen(request, timeout=60).close()

    def _names(self) -> list[str]:
        answer = RemoteStore(self.endpoint).query("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        names = [graph.value for (graph,) in answer.rows]  # type: ignore[union-attr]  # a SELECT
        return sorted(name for name in names if not name.startswith(_OF_VIRTUOSO))


@contextmanager
def store_at_hand(name: str, folder: Path, *options_of_oxigraph: str) -> Iterator[StoreAtHand]:
    if name == "oxigraph":
        with oxigraph_server(*options_of_oxigraph) as server:
            yield StoreAtHand(name, server.root, server.endpoint, f"{server.root}/store?graph=")
        return
    passwords = folder / "passwords"
    passwords.write_text("machine 127.0.0.1 login dba password dba\n", encoding="utf-8")
    passwords.chmod(0o600)
    with virtuoso_server(folder) as running:
        endpoint = running.endpoint.partition("?")[0]
        root = endpoint.removesuffix("/sparql")
        options = ("--credentials", str(passwords))
        yield StoreAtHand(name, root, endpoint, f"{root}/sparql-graph-crud?graph=", options, running)
