"""Where a document lies in the release: an IRI below the base as a path without its ending.

Two IRIs never share a path, not even where letters of both cases are one (Windows, macOS). A path holds a-z, 0-9, "-",
"_", "/" and "~" only; everything else is "~" and two hexadecimal digits for each byte of UTF-8. It needs no quoting in
a link, and as no "." is in it, no document lies where another one has its folder.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote_to_bytes

_PLAIN = re.compile(rb"[a-z0-9_-]")
_ALL_PLAIN = re.compile(r"[a-z0-9_-]{1,90}(?:/[a-z0-9_-]{1,90})*")
_DEVICES = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(10)}
_NEVER = _DEVICES | {"index"}  # names of devices of Windows; the page of a folder
_CUT = "~~"  # begins what stands for a text that is too long, and no escape
_LONGEST_SEGMENT = 120  # characters; ext4 and NTFS allow 255 with the ending
_LONGEST = 180  # characters of the whole path; Windows allows 260 with the folder of the release

OWN = frozenset(
    {
        *("dump", "download", "frame", "ontology", "shapes", "query", "feed", "sitemap"),
        *("context", "validation", "index", "release", "licence", "style", "void", "robots", "linkset"),
    }
)


def path_of(rest: str, taken: frozenset[str] = OWN) -> str:
    """Return the path for the part of an IRI that follows the base.

    Args:
        rest: what follows the base, e.g. "project/harmony"; may be any text.
        taken: first segments that mean something else; a document of that name gets its first letter escaped.
    """
    segments = rest.split("/")
    if _ALL_PLAIN.fullmatch(rest) and len(rest) <= _LONGEST and not _NEVER.intersection(segments):
        return rest if segments[0] not in taken else _escape(rest[0], always=True) + rest[1:]
    path = "/".join([segment_of(segments[0], taken), *map(segment_of, segments[1:])])
    return path if len(path) <= _LONGEST else f"{path.partition('/')[0]}/{_digest(rest)}"


def is_cut(path: str) -> bool:
    """Say whether a path stands for a text that was too long, so that it cannot be turned back."""
    return _CUT in path


def rest_of(path: str) -> str:
    """Return the part of an IRI that `path_of` made a path of; not for one that is cut.

    Raises:
        ValueError: no such part has this path.
    """
    if is_cut(path):
        raise ValueError(f"{path} is not the path of a thing that could be turned back")
    rest = "/".join("" if segment == "~" else _unescape(segment) for segment in path.split("/"))
    if path_of(rest) != path:
        raise ValueError(f"{path} is not the path of a thing")
    return rest


def segment_of(text: str, taken: frozenset[str] = frozenset()) -> str:
    """Return a name for one file or folder, without its ending. The empty text is "~"."""
    if not text:
        return "~"
    name = "".join(_escape(character) for character in text)
    if text in _NEVER or text in taken:
        name = _escape(text[0], always=True) + name[1:]
    return name if len(name) <= _LONGEST_SEGMENT else f"{name[:60]}{_digest(text)}"


def _escape(character: str, *, always: bool = False) -> str:
    data = character.encode("utf-8", "surrogatepass")
    if not always and _PLAIN.fullmatch(data):
        return character
    return "".join(f"~{byte:02x}" for byte in data)


def _unescape(segment: str) -> str:
    return unquote_to_bytes(segment.replace("~", "%")).decode("utf-8", "surrogatepass")


def _digest(text: str) -> str:
    """Return what stands for a text that is too long."""
    return _CUT + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]
