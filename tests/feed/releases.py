"""Releases that follow each other, from a tiny workspace that is edited between them."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import copy_tiny
from eugraph.config import open_workspace
from eugraph.pipeline import build

BASE = "https://w3id.org/eugraph/id/"
ALPHA = "data/projects/alpha.ttl"
OTHERS = "data/others.ttl"


class Series:
    """A workspace, and the releases that were made of it one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = copy_tiny(folder / "workspace").root
        self.number = 0

    @property
    def last(self) -> Path:
        return self.folder / f"release-{self.number}"

    def release(self, date: str = "2026-11-23", **options: str) -> Path:
        """Make the next one, which follows the last."""
        previous = self.last if self.number else None
        self.number += 1
        return self._build(date, previous, **options)

    def release_in_place(self, date: str) -> Path:
        """Make the next one in the place of the last."""
        return self._build(date, self.last)

    def _build(self, date: str, previous: Path | None, **options: str) -> Path:
        report, made = build(open_workspace(self.root), self.last, date=date, previous=previous, **options)  # type: ignore[arg-type]  # base_iri only
        assert made is not None, report.write("text", "")
        return self.last

    def edit(self, file: str, *changes: tuple[str, str]) -> None:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def add(self, file: str, text: str) -> None:
        path = self.root / file
        head = "".join(re.findall(r"^@.*\n", (self.root / ALPHA).read_text(encoding="utf-8"), re.MULTILINE))
        path.write_text((path.read_text(encoding="utf-8") if path.exists() else head) + text, encoding="utf-8")

    def settings(self, text: str) -> None:
        with (self.root / "eugraph.toml").open("a", encoding="utf-8") as file:
            file.write(text)


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
