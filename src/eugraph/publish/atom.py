"""What changed since the previous release, as a feed that readers of news take.

Spec: RFC 4287, <https://www.rfc-editor.org/rfc/rfc4287>.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from eugraph.publish.catalogue.model import Catalogue
from eugraph.publish.given import Change
from eugraph.publish.pages.words import clean

ATOM = "changes.atom"


def atom(catalogue: Catalogue, changes: Sequence[Change]) -> bytes:
    """Return the feed: an entry for each thing that changed, in the order of their addresses."""
    return "".join(f"{line}\n" for line in _lines(catalogue, changes)).encode()


def _lines(catalogue: Catalogue, changes: Sequence[Change]) -> Iterator[str]:
    moment = f"{catalogue.date.isoformat()}T00:00:00Z"

    def url(path: str) -> str:
        return quoteattr(catalogue.public(catalogue.url(path)))

    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield f"<id>{escape(catalogue.public(catalogue.iri))}#changes</id>"
    yield f"<title>{_text(f'Changes of {catalogue.title}')}</title>"
    yield f"<updated>{moment}</updated>"
    yield f"<author><name>{_text(catalogue.publisher)}</name></author>"
    yield f'<link rel="self" type="application/atom+xml" href={url(ATOM)}/>'
    yield f'<link rel="alternate" type="text/html" href={url("catalog.html")}/>'
    for change in sorted(changes, key=lambda change: change.iri):
        yield "<entry>"
        yield f"<id>{escape(catalogue.public(change.iri))}#{change.kind}-{catalogue.date.isoformat()}</id>"
        yield f"<title>{_text(f'{change.name}: {change.kind}')}</title>"
        yield f"<updated>{moment}</updated>"
        yield f'<category term="{change.kind}"/>'
        if change.path:
            yield f'<link rel="alternate" type="text/html" href={url(f"{change.path}.html")}/>'
        yield f"<summary>{_text(change.summary or f'{change.name} was {change.kind}.')}</summary>"
        yield "</entry>"
    yield "</feed>"


def _text(text: str) -> str:
    return escape(clean(text))
