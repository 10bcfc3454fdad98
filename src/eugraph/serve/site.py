"""What is at which address: the paths of a release, and the addresses of things and terms.

| address | what it is |
|---|---|
| a file of the release | that file |
| `/project/harmony` | a document, in the form that is liked best |
| `/id/project/harmony`, and the path of the base | a thing: 303 to the document that it stands in, 301, 410 |
| `/project/` | the list of a kind |
| `/ontology`, `/shapes`, `/scheme/role` | terms: what describes them |

Spec: Cool URIs for the Semantic Web §4, <https://www.w3.org/TR/cooluris/>.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eugraph.publish.addresses import Addresses
from eugraph.publish.catalogue.paging import PATHS
from eugraph.publish.feed.vocabulary import closed_pages
from eugraph.publish.paging import place_of
from eugraph.publish.paths import OWN
from eugraph.publish.staging import MANIFEST
from eugraph.serve import eurio, void
from eugraph.serve.conversions import read_turtle, written
from eugraph.serve.headers import address, link
from eugraph.serve.paging import list_resource
from eugraph.serve.profiles import DCAT_AP, EURIO, NATIVE, SCHEMA, Profile
from eugraph.serve.released import Mark, Released
from eugraph.serve.representation import (
    HTML,
    JSON,
    JSONLD,
    MEDIA_TYPES,
    NTRIPLES,
    RDFXML,
    TURTLE,
    Representation,
    Resource,
    media_type_of_file,
)
from eugraph.serve.things import Things

if TYPE_CHECKING:
    from eugraph.serve.served import Served

_FOR_SERVERS = (".ht", "_", "w3id.", "nginx.")  # files that tell other web servers what is where
_PAGE_OF_THE_CATALOGUE = re.compile(PATHS)
_SCHEMES = "ontology/schemes/"
_GRAPHS = {"ttl": TURTLE, "jsonld": JSONLD, "nt": NTRIPLES, "rdf": RDFXML}


class Site:
    """The addresses of one release."""

    def __init__(self, release: Path, manifest: Mapping[str, Any], mark: Mark | None) -> None:
        """Look over a release.

        Args:
            release: its folder.
            manifest: its release.json.
            mark: what told that from others before it was read.

        Raises:
            OSError: a file of it cannot be read.
        """
        files: Mapping[str, Mapping[str, Any]] = manifest["files"]
        self.base_iri = str(manifest["base"])
        self.files = Released(release, files, mark)
        self.lasting = closed_pages(files)  # files that no later release changes
        self.things = Things(Addresses.read(release), self.base_iri, self.files, self._forms)
        self.members = _members(files, self.things.former)
        self._folders = _graphs_in(files)

    def resolve(self, path: str, raw: bytes, after: str = "") -> Resource | None:
        """Return what is at a path, None for nothing.

        Args:
            path: below the root, without percent-encoding.
            raw: as the request has it.
            after: what a page of a list comes after, where its address does not say so; see `eugraph.serve.paging`.
        """
        if path.startswith(void.PATH) and (forms := void.representations(self, void.PATH)):
            return _form_at(path, void.PATH, Resource(representations=forms))
        if found := self._list(path, after):
            return found
        if path in self.files and not path.startswith(_FOR_SERVERS):
            return self._file(path)
        if path == MANIFEST:
            return Resource(representations=[Representation(path, JSON, None, "", self._manifest)], is_one_form=True)
        if not path or path.endswith("/"):
            return self._folder(path)
        return (
            self._document(path)
            or self._other_form(path)
            or self._form_of_folder(path)
            or self.things.find(path, raw)
            or self._term(path)
            or self._without_slash(path)
        )

    def _file(self, path: str) -> Resource:
        for ending in (f"{SCHEMA.suffix}.jsonld", *MEDIA_TYPES):
            if path.endswith(ending) and (stem := path.removesuffix(ending)) in self.things.former:
                return self.things.no_longer(stem, ending)
        profile = None
        if path.endswith((".html", ".ttl", ".jsonld", ".rdf")) and _is_of_a_thing(path):
            profile = SCHEMA if path.endswith(f"{SCHEMA.suffix}.jsonld") else _own_profile(path)
        found = Representation(path, media_type_of_file(path), profile, path)
        return Resource(representations=[found], is_one_form=True, links=self._of_stem(found))

    def _of_stem(self, found: Representation) -> Sequence[str]:
        """Return the link from one form of a document to the document."""
        if found.profile is None:
            return ()
        stem = found.path.removesuffix(f"{found.profile.suffix}{found.path[found.path.rfind('.') :]}")
        return [link(f"/{stem}", "alternate")]

    def _document(self, path: str) -> Resource | None:
        if path.rpartition("/")[2] == "index":  # the page of a folder is at the folder
            return None
        if path in self.things.former:
            return self.things.no_longer(path, "")
        forms = self._forms(path)
        if not forms:
            return None
        if self.things.are_documents and _is_of_a_thing(path):
            return Resource(representations=forms, status=303)
        return Resource(representations=forms)

    def _forms(self, stem: str) -> list[Representation]:
        """Return the forms of a document: what lies in the release, then what is made of it."""
        if not _is_of_a_thing(stem):
            found = [f"{stem}{ending}" for ending in MEDIA_TYPES if f"{stem}{ending}" in self.files]
            forms = [Representation(file, media_type_of_file(file), None, file) for file in found]
            json = [Representation(f.path, JSON, None, f.file) for f in forms if f.short_type.endswith("+json")]
            return forms + (json if JSON not in (f.media_type for f in forms) else [])
        own = _own_profile(stem)
        native = [
            Representation(f"{stem}{ending}", MEDIA_TYPES[ending], own, f"{stem}{ending}")
            for ending in ((".html", ".ttl", ".jsonld") if own is NATIVE else (".ttl", ".jsonld", ".html"))
            if f"{stem}{ending}" in self.files
        ]
        if f"{stem}.ttl" not in self.files:
            return native
        native.append(Representation(f"{stem}.jsonld", JSON, own, f"{stem}.jsonld"))
        if f"{stem}.rdf" in self.files:  # a page of the catalogue, each form of which leads to pages in that form
            native.append(Representation(f"{stem}.rdf", RDFXML, own, f"{stem}.rdf"))
        else:
            native += [
                Representation(f"{stem}.{form}", _GRAPHS[form], own, "", partial(self._converted, f"{stem}.ttl", form))
                for form in ("nt", "rdf")
            ]
        schema = f"{stem}{SCHEMA.suffix}.jsonld"
        if schema in self.files:
            native += [Representation(schema, media_type, SCHEMA, schema) for media_type in (JSONLD, JSON)]
        if eurio.FILE not in self.files or own is not NATIVE:
            return native
        return native + [
            Representation(
                f"{stem}{EURIO.suffix}.{form}", media_type, EURIO, "", partial(eurio.eurio_document, self, stem, form)
            )
            for form, media_type in (("ttl", TURTLE), ("jsonld", JSONLD))
        ]

    def _other_form(self, path: str) -> Resource | None:
        """Return a form that is made of a document, by its own address."""
        stem = path.partition(".")[0]
        if stem.rpartition("/")[2] == "index":
            return None
        found = next((form for form in self._forms(stem) if form.path == path), None) if stem != path else None
        if found is None or stem in self.things.former:
            return None
        return Resource(representations=[found], is_one_form=True, links=self._of_stem(found))

    def _list(self, path: str, after: str) -> Resource | None:
        """Return a list of things, or a page or a form of it by its own address: `project/index.after-x.ttl`."""
        kind, slash, name = path.partition("/")
        place = place_of(name) if name else ("", "")
        if not slash or kind not in self.members or place is None or name == "index":
            return None
        found = list_resource(
            self.members[kind], kind, place[0] or after, self.files, self.base_iri, self._html_of(f"{kind}/")
        )
        form = next((form for form in found.representations if form.path.endswith(f".{place[1]}")), None)
        return Resource(representations=[form], is_one_form=True) if form else found

    def _html_of(self, folder: str) -> list[Representation]:
        page = f"{folder}index.html"
        return [Representation(page, HTML, None, page)] if page in self.files else []

    def _form_of_folder(self, path: str) -> Resource | None:
        """Return one form of what is at a folder, by its own address: `shapes/index.ttl`."""
        folder, slash, name = path.rpartition("/")
        if not name.startswith("index.") or not (found := self._folder(folder + slash)):
            return None
        return _form_at(path, "", found)

    def _folder(self, path: str) -> Resource | None:
        forms = self._html_of(path)
        if not path:
            forms += void.representations(self, "index")
        elif graphs := self._folders.get(path):
            forms += [
                Representation(f"{path}index.{form}", media_type, None, "", partial(self._joined, graphs, form))
                for form, media_type in _GRAPHS.items()
            ]
        return Resource(representations=forms) if forms else None

    def _term(self, path: str) -> Resource | None:
        """Return where a concept scheme is described, by the path of its address."""
        target = f"{_SCHEMES}{path.removeprefix('scheme/')}"
        if path.startswith("scheme/") and f"{target}.ttl" in self.files:
            return Resource(status=303, location=f"/{target}")
        return None

    def _without_slash(self, path: str) -> Resource | None:
        there = f"{path}/index.html" in self.files or path in self.members
        return Resource(status=301, location=f"/{address(path)}/") if there else None

    async def _manifest(self, _: Served) -> bytes:
        return self.files.manifest()

    async def _converted(self, file: str, form: str, _: Served) -> bytes:
        return await asyncio.to_thread(lambda: written(read_turtle(self.files.read(file)), form, self.base_iri))

    async def _joined(self, graphs: Sequence[str], form: str, _: Served) -> bytes:
        if len(graphs) == 1 and (file := f"{graphs[0].removesuffix('.ttl')}.{form}") in self.files:
            return self.files.read(file)
        return await asyncio.to_thread(lambda: written(read_turtle(*map(self.files.read, graphs)), form, self.base_iri))


def _form_at(path: str, generic: str, found: Resource) -> Resource | None:
    """Return what was found, or the form of it that has a path of its own; None where no form has."""
    if path == generic:
        return found
    form = next((form for form in found.representations if form.path.partition("?")[0] == path), None)
    return Resource(representations=[form], is_one_form=True, links=found.links) if form else None


def _is_of_a_thing(path: str) -> bool:
    return _first(path) not in OWN


def _own_profile(path: str) -> Profile:
    """The profile of a document as it lies in the release. Who asks for the catalogue and says nothing gets RDF."""
    first = _first(path)
    return DCAT_AP if first == "dataset" or _PAGE_OF_THE_CATALOGUE.fullmatch(first) else NATIVE


def _first(path: str) -> str:
    return path.partition("/")[0].partition(".")[0]


def _members(files: Mapping[str, object], former: Mapping[str, object]) -> dict[str, list[str]]:
    """Return the documents of each kind, in order of their paths."""
    found: dict[str, list[str]] = {}
    for file in files:
        if file.endswith(".ttl"):
            kind, slash, rest = file.partition("/")
            if slash and kind not in OWN and (stem := file[:-4]) not in former and not place_of(rest):
                found.setdefault(kind, []).append(stem)
    return found


def _graphs_in(files: Mapping[str, object]) -> dict[str, list[str]]:
    """Return the Turtle files that lie right in the folders of ontology and shapes."""
    found: dict[str, list[str]] = {}
    for file in files:
        if file.startswith(("ontology/", "shapes/")) and file.endswith(".ttl"):
            found.setdefault(file[: file.rfind("/") + 1], []).append(file)
    return {folder: sorted(graphs) for folder, graphs in found.items()}
