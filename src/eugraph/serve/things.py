"""Where the addresses of things lead: to a document, to a new address, or nowhere any more.

Spec: Cool URIs for the Semantic Web §4, <https://www.w3.org/TR/cooluris/>; RFC 3987 §3.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from eugraph.publish.addresses import Address, Addresses
from eugraph.publish.feed.vocabulary import STREAM
from eugraph.publish.pages.links import fragment
from eugraph.publish.paths import is_cut, path_of, rest_of
from eugraph.serve.headers import address
from eugraph.serve.released import Released
from eugraph.serve.representation import Representation, Resource

IDS = "id/"  # things are found below this path, wherever their base is
_BEYOND_ASCII = re.compile(rb"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_OWN_FORMS = 3  # of a document, those that lie in the release


class Things:
    """The addresses of the things of one release."""

    def __init__(
        self,
        addresses: Addresses,
        base_iri: str,
        files: Released,
        forms: Callable[[str], Sequence[Representation]],
    ) -> None:
        """Take what a release says of them.

        Args:
            addresses: where addresses lead that are no document.
            base_iri: what their IRIs begin with.
            files: the files of the release.
            forms: gives the forms of a document by its path without ending.
        """
        self._addresses, self._base_iri, self._files, self._forms = addresses, base_iri, files, forms
        own_path = unquote(urlsplit(base_iri).path)[1:]
        self._prefixes = (own_path, IDS) if own_path else (IDS,)
        self.are_documents = not own_path  # a thing and its document have one address
        self.former = {path_of(rest): (rest, found) for rest, found in addresses.former()}  # by path

    def standing_in(self, stem: str) -> list[str]:
        """Return the IRIs of all things that stand in a document."""
        found = [self._base_iri + rest for rest in self._addresses.leading_to(stem)]
        return found if is_cut(stem) else [self._base_iri + rest_of(stem), *found]

    def find(self, path: str, raw: bytes) -> Resource | None:
        """Return where a path leads, None where it is the address of no thing; see `Site.resolve`."""
        for prefix in self._prefixes:
            if not path.startswith(prefix):
                continue
            for rest in _readings(path, raw, len(prefix)):
                if found := self._leads_to(rest, prefix):
                    return found
        return None

    def _leads_to(self, rest: str, prefix: str) -> Resource | None:
        found = self._addresses.get(rest)
        if found is None:
            stem = path_of(rest) if rest != STREAM else rest
            return Resource(status=303, location=f"/{stem}") if f"{stem}.ttl" in self._files else None
        if found.status == 301:
            new = found.target
            return Resource(status=301, location=address(new if _ABSOLUTE.match(new) else f"/{prefix}{new}"))
        if found.status == 410:
            return Resource(status=410, representations=self._forms(path_of(rest))[:_OWN_FORMS])
        return Resource(status=303, location=f"/{found.target}#{fragment(rest)}")

    def no_longer(self, stem: str, ending: str) -> Resource:
        """Return what is at the document of an address that is no longer used."""
        rest, found = self.former[stem]
        if found.status == 410:
            forms = self._forms(stem)[:_OWN_FORMS]
            if ending:
                forms = [form for form in forms if form.path == stem + ending]
            return Resource(status=410, representations=forms, is_one_form=bool(ending))
        if _ABSOLUTE.match(found.target):
            return Resource(status=301, location=address(found.target))
        home = self._addresses.get(found.target) or Address(303, path_of(found.target))
        return Resource(status=301, location=f"/{home.target}{ending}" if home.status == 303 else f"/{IDS}{rest}")


def _readings(path: str, raw: bytes, start: int) -> Iterator[str]:
    """Yield the IRIs, without their base, that a path can stand for: some escapes may be a part of the IRI.

    Args:
        path: the whole path without percent-encoding.
        raw: the same as the request has it.
        start: characters that the base takes of the path.
    """
    yield path[start:]
    if b"%" not in raw:
        return
    kept = _BEYOND_ASCII.sub(lambda match: unquote_to_bytes(match[0]), raw).decode("utf-8", "replace").lstrip("/")
    for reading in (kept, raw.decode("ascii", "replace").lstrip("/")):
        if reading != path and reading[:start] == path[:start]:
            yield reading[start:]
