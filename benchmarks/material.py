"""What the benchmarks work on, made of a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from pyoxigraph import Quad, Triple

from benchmarks.replica import copies_for, replica
from eugraph.config import Workspace
from eugraph.loading import Loaded, load
from eugraph.publish.documents import Document, documents
from eugraph.rdf.jsonld_context import Context


@dataclass(frozen=True)
class Material:
    """A workspace as the steps of the work see it, each part made once."""

    workspace: Workspace

    @cached_property
    def loaded(self) -> Loaded:
        """Everything read."""
        return load(self.workspace)

    @cached_property
    def vocabulary(self) -> list[Triple]:
        """Ontology and concept schemes."""
        return [quad.triple for quad in self.loaded.ontology.quads]

    @cached_property
    def documents(self) -> list[Document]:
        """All documents of the release."""
        return documents(self.loaded.quads, self.workspace.base_iri, self.vocabulary)

    @cached_property
    def context(self) -> Context:
        """The JSON-LD context of the release."""
        return Context.from_ontology(self.vocabulary)

    @cached_property
    def everything(self) -> list[Triple]:
        """What queries and shapes see: statements about things, ontology and concept schemes, each once."""
        return list(dict.fromkeys(quad.triple for quad in chain(self.loaded.quads, self.loaded.ontology.quads)))

    def curated(self, statements: int = 0) -> list[Quad]:
        """The curated statements, or a replica of about that many."""
        quads, base = self.loaded.curated.quads, self.workspace.base_iri
        return list(replica(quads, copies_for(quads, statements, base), base))


def size(statements: float) -> str:
    """Return a number of statements as people say it: 12 k, 1.0 M."""
    return f"{statements / 1e6:.1f} M" if statements >= 950_000 else f"{statements / 1e3:.0f} k"
