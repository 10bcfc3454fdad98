"""What a release has for those who harvest it: catalogue, VoID, sitemap, links between its parts.

All of it is made last, because it tells the sizes and checksums of the files that there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eugraph.publish.atom import ATOM, atom
from eugraph.publish.catalogue import making
from eugraph.publish.catalogue.model import Catalogue
from eugraph.publish.documents import Outline
from eugraph.publish.figures import Figures
from eugraph.publish.given import ReleaseInput
from eugraph.publish.linkset import linkset
from eugraph.publish.pages.signs import LINKSET
from eugraph.publish.preparing import Prepared
from eugraph.publish.sitemap import sitemap
from eugraph.publish.staging import Staging
from eugraph.publish.statements import Statements
from eugraph.publish.void import describe, statistics
from eugraph.vocab import term

_MODIFIED = f"<{term('dcterms:modified').value}> "
_DAY = f'"^^<{term("xsd:date").value}>'
_ENDING = ".schema.jsonld"


def harvest(release: ReleaseInput, ready: Prepared, figures: Figures, staging: Staging) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of each file.

    Args:
        release: what the release is made from.
        ready: the same, looked through.
        figures: what it counts.
        staging: its folder, with every other file but the manifest; what the catalogue offers besides is written to it.

    Raises:
        OutputError: the data describes something at the address of the catalogue or of a dataset.
    """
    catalogue = making.make(release, ready, figures, staging)
    files = dict(making.documents(catalogue))
    profiles = {path.removesuffix(_ENDING): data for path, data in files.items() if path.endswith(_ENDING)}
    files |= ready.site.catalogue(catalogue, profiles)
    yield from files.items()
    yield LINKSET, linkset(catalogue)
    void = describe(catalogue, statistics(ready.statements), _examples(ready.living))
    yield ".well-known/void", void
    yield "void.ttl", void
    former = {f"{address.path}.html" for address in ready.former}
    pages = {file.path for file in staging.files if file.path.endswith(".html")} - former
    if release.changes is not None:
        yield ATOM, atom(catalogue, release.changes)
    yield from _sitemap(catalogue, sorted(pages), ready.living, ready.statements)


def _examples(living: Sequence[Outline]) -> list[str]:
    """Return the first thing of each kind, which begins the alphabet."""
    first: dict[str, str] = {}
    for outline in living:
        first.setdefault(outline.kind, outline.iri)
    return sorted(first.values())


def _sitemap(
    catalogue: Catalogue, pages: Sequence[str], living: Sequence[Outline], statements: Statements
) -> Iterator[tuple[str, bytes]]:
    days = {f"{outline.path}.html": day for outline in living if (day := _modified(statements.of(f"<{outline.iri}>")))}
    release = catalogue.date.isoformat()
    return sitemap(pages, lambda path: days.get(path, release), lambda path: catalogue.public(catalogue.url(path)))


def _modified(text: str) -> str:
    """Return the last day on which a description was changed, as it says itself; "" where it does not."""
    lines = (line for line in text.split("\n") if line.startswith(_MODIFIED) and line.endswith(_DAY))
    return max((line[len(_MODIFIED) + 1 : -len(_DAY)] for line in lines), default="")
