"""From what was asked to status, headers and body."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import orjson
from starlette.types import Send

from eugraph.publish.media_types import FOR_EVER
from eugraph.serve.bounded import Bounded
from eugraph.serve.choosing import VARY, Asked, chosen_of, links_of
from eugraph.serve.errors import ProblemError
from eugraph.serve.headers import Raw, address, entity_tag, http_date
from eugraph.serve.negotiation import GZIP, IDENTITY, negotiate_coding
from eugraph.serve.profiles import ABOUT_PROFILES, LIST
from eugraph.serve.released import Released
from eugraph.serve.representation import HTML, JSON, Representation, Resource
from eugraph.serve.served import Served

CACHING = "public, max-age=300"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_KEPT = 32 << 20  # bytes of what was made
_LARGE = 8 << 20  # bytes of a file that is sent while it is read, and is not packed
_SMALL = 128 << 10  # bytes up to which reading and packing are not worth a thread
_WORTH_PACKING = 256  # bytes
_BLOCK = 256 << 10
_LEVEL = 6  # of gzip
_PACKED = ("application/gzip", "application/octet-stream")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer, ready to be sent."""

    status: int
    headers: Raw
    body: bytes = b""
    tag: str = ""  # its entity tag; empty where no condition holds for it
    modified: str = ""
    unchanged: Raw = field(default_factory=list)  # headers of a 304
    large: Large | None = None  # in place of the body


@dataclass(frozen=True, slots=True)
class Large:
    """A file that is sent while it is read."""

    files: Released
    path: str

    async def send(self, send: Send) -> None:
        """Send the file; where the client is slow, no more of it is read."""
        file = await asyncio.to_thread(self.files.open, self.path)
        try:
            left = self.files.size(self.path)
            while left:
                block = await asyncio.to_thread(file.read, min(_BLOCK, left))
                if not block:
                    return  # cut short meanwhile: the length tells
                left -= len(block)
                await send({"type": "http.response.body", "body": block, "more_body": left > 0})
        finally:
            file.close()


class Replies:
    """Makes the answers of one release."""

    def __init__(self, served: Served) -> None:
        self.served, self._site = served, served.site
        self._made: Bounded[str, bytes] = Bounded(_KEPT)

    async def reply(self, asked: Asked) -> Reply:
        """Return the answer to a request.

        Raises:
            ProblemError: there is none.
        """
        resource = self._site.resolve(asked.path, asked.raw_path, asked.parameters.get("after", ""))
        if resource is None:
            raise ProblemError(404, "not-found", "nothing of this release is at this address. Start at /.")
        if resource.location:
            return self._elsewhere(resource, asked)
        if asked.parameters.get("_profile") == LIST:
            return self._profiles(resource)
        chosen = chosen_of(resource, asked)
        if resource.status == 303:
            return self._elsewhere(Resource(status=303, location=f"/{chosen.path}"), asked, VARY)
        return await self._told(resource, chosen, asked)

    def _elsewhere(self, resource: Resource, asked: Asked, vary: str = "") -> Reply:
        place, mark, part = resource.location.partition("#")
        if asked.query and place.startswith("/") and "?" not in place:
            place += f"?{asked.query.decode('latin-1')}"
        headers = {"Location": address(place + mark + part), "Cache-Control": CACHING, "Vary": vary}
        body = f"{resource.status} {HTTPStatus(resource.status).phrase}: {headers['Location']}\n".encode()
        headers |= {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
        return Reply(status=resource.status, headers=self._raw(headers), body=body)

    def _profiles(self, resource: Resource) -> Reply:
        said = [
            {
                "address": f"/{form.path}",
                "mediaType": form.media_type,
                **({"profile": form.profile.iri, "token": form.profile.token} if form.profile else {}),
            }
            for form in resource.representations
        ]
        body = orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        headers = {
            "Content-Type": JSON,
            "Content-Length": str(len(body)),
            "Content-Profile": f"<{ABOUT_PROFILES}>",
            "Cache-Control": CACHING,
            "Link": ", ".join(links_of(resource)),
        }
        return Reply(status=200, headers=self._raw(headers), body=body)

    async def _told(self, resource: Resource, chosen: Representation, asked: Asked) -> Reply:
        files = self._site.files
        size = files.size(chosen.file) if chosen.file else 0
        coding = self._coding(chosen, size, asked)
        modified = http_date(str(self.served.manifest["date"]))
        headers = {
            "Content-Type": chosen.media_type,
            "Cache-Control": FOR_EVER if chosen.file in self._site.lasting else CACHING,
            "Last-Modified": modified,
            "Link": ", ".join(links_of(resource, chosen, str(self.served.manifest.get("licence", "")))),
            "Vary": "Accept-Encoding" if resource.is_one_form else f"{VARY}, Accept-Encoding",
        }
        if not resource.is_one_form:
            headers["Content-Location"] = address(f"/{chosen.path}")
        if chosen.profile:
            headers["Content-Profile"] = f"<{chosen.profile.iri}>"
        if chosen.media_type == HTML:
            headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        if coding == GZIP:
            headers["Content-Encoding"] = GZIP
        body, large = b"", None
        if size > _LARGE:
            await asyncio.to_thread(lambda: files.open(chosen.file).close())
            large, sha256 = Large(files, chosen.file), files.sha256(chosen.file)
        else:
            body, sha256 = await self._body(chosen, size)
            size = len(body)
            if coding == GZIP:
                body = await _packed(body)
                size = len(body)
        headers |= {"ETag": entity_tag(sha256, coding), "Content-Length": str(size)}
        kept = ("ETag", "Cache-Control", "Content-Location", "Last-Modified", "Vary")
        return Reply(
            status=resource.status,
            headers=self._raw(headers),
            body=body,
            tag=headers["ETag"] if resource.status == 200 else "",
            modified=modified,
            unchanged=self._raw({name: value for name, value in headers.items() if name in kept}),
            large=large,
        )

    def _coding(self, chosen: Representation, size: int, asked: Asked) -> str:
        worth = chosen.short_type not in _PACKED and size <= _LARGE and not (chosen.file and size < _WORTH_PACKING)
        offers = (GZIP, IDENTITY) if worth else (IDENTITY,)
        coding = negotiate_coding(asked.accept_encoding, offers)
        if coding is None:
            told = f"this can be had with the content coding {' or '.join(offers)}. Accept one of them."
            raise ProblemError(406, "not-acceptable", told)
        return coding

    async def _body(self, chosen: Representation, size: int) -> tuple[bytes, str]:
        """Return the bytes of a representation, and their SHA-256."""
        files = self._site.files
        if chosen.make is not None:
            body = self._made.get(chosen.path)
            if body is None:
                body = await chosen.make(self.served)
                self._made.put(chosen.path, body, len(body))
            return body, hashlib.sha256(body).hexdigest()
        if size <= _SMALL:
            return files.read(chosen.file), files.sha256(chosen.file)
        return await asyncio.to_thread(files.read, chosen.file), files.sha256(chosen.file)

    def _raw(self, headers: Mapping[str, str]) -> Raw:
        shown = {**headers, "Eugraph-Release": self.served.name}
        return [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in shown.items() if value]


async def _packed(body: bytes) -> bytes:
    if len(body) <= _SMALL:
        return gzip.compress(body, _LEVEL, mtime=0)
    return await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
