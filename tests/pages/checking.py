"""Follows every link of a release."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from pages.reading import Page


def read_pages(folder: Path) -> dict[str, Page]:
    """Every page of a release, by its path. A page that is not well-formed is told with its path."""
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        try:
            pages[name] = Page(path.read_text(encoding="utf-8"))
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}") from error
    return pages


def broken_links(folder: Path, pages: dict[str, Page]) -> list[str]:
    """What does not lead anywhere, leaves the release where it should not, or loads from elsewhere."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    ids = {name: set(page.ids) for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        for tag, attribute, address in page.links:
            if tag == "link" and address in page.signs:
                continue
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                if parts.scheme == "data" and tag == "link":
                    continue
                if tag != "a" or parts.scheme not in ("http", "https", "mailto"):
                    broken.append(f"{name}: <{tag} {attribute}={address!r}> leaves the release")
                continue
            target = resolved(name, unquote(parts.path))
            if target not in files:
                broken.append(f"{name}: {address} is no file")
            elif parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
                broken.append(f"{name}: {address} has no such place")
    return broken


def resolved(page: str, path: str) -> str:
    """The path below the release that a relative address leads to from a page."""
    if not path:
        return page
    steps = page.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return f"../{path}"
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
