"""What changed since the previous release, as a feed that readers of news take.

Spec: RFC 4287, <https://www.rfc-editor.org/rfc/rfc4287>.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from pyoxigraph import NamedNode

from eugraph.changes import Changes, Words
from eugraph.publish.catalogue.model import Catalogue
from eugraph.publish.pages.links import document_at
from eugraph.publish.pages.words import clean
from eugraph.xml_text import escaped, quoted

ATOM = "changes.atom"


def atom(catalogue: Catalogue, changes: Changes, files: Container[str]) -> bytes:
    """Return the feed: an entry for each thing that changed, in the order of their names.

    Args:
        catalogue: of the release.
        changes: since the previous release.
        files: paths of the release, to some of which entries lead.
    """
    return "".join(f"{line}\n" for line in _lines(catalogue, changes, files)).encode()


def _lines(catalogue: Catalogue, changes: Changes, files: Container[str]) -> Iterator[str]:
    moment = f"{catalogue.date.isoformat()}T00:00:00Z"

    def url(path: str) -> str:
        return quoted(catalogue.public(catalogue.url(path)))

    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield f"<id>{escaped(catalogue.public(catalogue.iri))}#changes</id>"
    yield f"<title>{_text(f'Changes of {catalogue.title}')}</title>"
    yield f"<updated>{moment}</updated>"
    yield f"<author><name>{_text(catalogue.publisher)}</name></author>"
    yield f'<link rel="self" type="application/atom+xml" href={url(ATOM)}/>'
    yield f'<link rel="alternate" type="text/html" href={url("changes.html")}/>'
    words = Words(changes)
    for heading, thing in words.things():
        iri = thing.node.value if isinstance(thing.node, NamedNode) else str(thing.node)
        summary = "; ".join(words.edit(edit, thing.node) for edit in thing.edits)
        yield "<entry>"
        yield f"<id>{escaped(iri)}#{thing.kind}-{catalogue.date.isoformat()}</id>"
        yield f"<title>{_text(f'{heading}: {thing.kind}')}</title>"
        yield f"<updated>{moment}</updated>"
        yield f'<category term="{thing.kind}"/>'
        if (path := document_at(iri, catalogue.public(catalogue.base))) in files:
            yield f'<link rel="alternate" type="text/html" href={url(path)}/>'
        yield f"<summary>{_text(summary or f'{heading} was {thing.kind}.')}</summary>"
        yield "</entry>"
    yield "</feed>"


def _text(text: str) -> str:
    return escaped(clean(text))
