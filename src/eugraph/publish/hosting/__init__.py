"""Files that tell web servers what a release is: media types, negotiation, where addresses of things lead.

- rules: where addresses lead, as patterns
- apache, nginx, pages: the same for servers, and for hosts of static sites
- w3id: the same for the host of the identifiers
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eugraph.publish.addresses import Address
from eugraph.publish.hosting import apache, nginx, pages, w3id
from eugraph.publish.hosting.rules import rules

__all__ = ["hosting"]


def hosting(
    things: Iterable[tuple[str, Address]],
    former: Iterable[tuple[str, str, Address]],
    *,
    base_iri: str,
    address: str,
    feed_pages: int = 0,
) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of each file.

    Args:
        things: each address of a thing below the base, with the document that it leads to.
        former: addresses that are no longer used: what follows the base, path of the document, where it leads.
        base_iri: what the addresses begin with, as published.
        address: where the release lies, "/" last; empty where that is not known, and so the identifiers have no home.
        feed_pages: how many pages the change feed has; all but the last never change.
    """
    found = rules(things, former, feed_pages)
    yield apache.FILE, apache.write(found).encode()
    yield nginx.FILE, nginx.write(found).encode()
    yield pages.HEADERS_FILE, pages.headers().encode()
    yield pages.REDIRECTS_FILE, pages.redirects(found).encode()
    if address:
        yield w3id.FILE, w3id.write(found, base_iri, address).encode()
