"""One look over all statements of a release, after which each document can be made by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Triple

from eugraph.publish.composing import Settings
from eugraph.publish.documents import Contents, Outline
from eugraph.publish.given import ReleaseInput
from eugraph.publish.gone import Former, part
from eugraph.publish.looking import Looking
from eugraph.publish.pages import Site
from eugraph.publish.plan import Plan
from eugraph.publish.profile import Profile
from eugraph.publish.statements import Statements
from eugraph.rdf.jsonld_context import Context


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a release is made of, looked through."""

    vocabulary: Sequence[Triple]
    statements: Statements
    contents: Contents
    site: Site
    settings: Settings
    plan: Plan
    living: Sequence[Outline]  # documents of what is described
    former: Sequence[Former]  # addresses that are no longer used


def prepare(release: ReleaseInput, paths: Mapping[str, str]) -> Prepared:
    """Look over a release. Its quads are gone through once, and not kept.

    Args:
        release: what it is made from.
        paths: where the files of ontology and shapes lie; see `Site`.
    """
    vocabulary = [triple for triples in release.ontology.values() for triple in triples]
    imported = release.imported
    site, statements = Site(release, paths), Statements(imported.said if imported else None)
    statements.take(release.quads)
    looking = Looking()
    site.watch(looking)
    contents = Contents(statements, release.base_iri, vocabulary, imported.graphs if imported else (), looking)
    living, former = part(contents, statements)
    settings = Settings(release.base_iri, release.moved, Context.from_ontology(vocabulary), site.known())
    plan = Plan(contents, site.settle(living, former, contents.predicates), Profile(release.profile, release.moved))
    return Prepared(vocabulary, statements, contents, site, settings, plan, living, former)
