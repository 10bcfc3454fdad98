"""Documents of CORDIS are what their frames make, as those of the reference workspace are."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

from benchmarks.jsonld import with_tables
from benchmarks.pyld_framing import comparable, expanded, framed, names_of_properties
from conftest import ROOT
from eugraph.config import open_workspace
from eugraph.loading import load
from eugraph.publish.documents import Contents
from eugraph.publish.frames import frame_path, frames
from eugraph.publish.statements import Statements
from eugraph.rdf.jsonld import write_jsonld
from eugraph.rdf.jsonld_context import Context

SAMPLES = {"project": 12, "organisation": 50, "call": 30, "programme": 10, "field": 30, "source": 100}  # one in so many


def test_a_sample_of_the_documents_of_cordis_is_framed_to_themselves(shared: Path, tmp_path: Path) -> None:
    with tarfile.open(shared / "cordis" / "haemato-subset.tar.gz") as archive:
        archive.extractall(tmp_path / "slice", filter="data")
    tables = next((tmp_path / "slice").rglob("project.csv")).parent
    loaded = load(with_tables(open_workspace(ROOT), tables, tmp_path / "home"))
    assert loaded.imported is not None
    base, ontology = loaded.workspace.base_iri, [quad.triple for quad in loaded.ontology.quads]
    context = Context.from_ontology(ontology)
    made = dict(frames(context, [*ontology, *(quad.triple for quad in loaded.shapes.quads)], base))
    statements = Statements(loaded.imported.said)
    statements.take(loaded.quads)
    contents = Contents(statements, base, ontology, loaded.imported.graphs)
    seen = 0
    for kind, share in SAMPLES.items():
        frame = json.loads(made[frame_path(kind)])
        names = names_of_properties(frame["@context"])
        for outline in [one for one in contents.outlines if one.kind == kind][::share]:
            document = contents.document(outline)
            ours = json.loads(write_jsonld(document.graph(), document.iri, context, base))
            theirs = framed(expanded(document.triples), frame)
            assert ours.pop("@context").items() <= theirs.pop("@context").items()
            assert comparable(theirs, names) == comparable(ours, names), document.path
            seen += 1
    assert seen >= 40
