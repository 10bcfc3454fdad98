"""Previous releases that cannot be followed: told before anything is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eugraph.config import open_workspace
from eugraph.errors import EugraphError, NoReleaseError, PreviousReleaseError, SettingError
from eugraph.pipeline import build
from feed.releases import ALPHA, Series, contents
from feed.test_feed import EARLIER_END, LATER_END, walked


@pytest.fixture
def series(tmp_path: Path) -> Series:
    return Series(tmp_path)


def page_of(release: Path) -> Path:
    return next(release.glob("feed/*/1.trig"))


def rewrite(release: Path, path: str, text: str) -> None:
    """Replace a file, and let release.json name it as it is now."""
    (release / path).write_text(text, encoding="utf-8")
    manifest = json.loads((release / "release.json").read_bytes())
    manifest["files"][path] = {"size": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()}
    (release / "release.json").write_text(json.dumps(manifest), encoding="utf-8")


def forget(release: Path, path: str) -> None:
    manifest = json.loads((release / "release.json").read_bytes())
    del manifest["files"][path]
    (release / "release.json").write_text(json.dumps(manifest), encoding="utf-8")


def without_file(name: str) -> Callable[[Path], object]:
    return lambda release: (release / name).unlink()


FAULTS: dict[str, tuple[Callable[[Path], object], type[EugraphError], str]] = {
    "no manifest": (without_file("release.json"), NoReleaseError, "release.json cannot be read"),
    "another manifest": (
        lambda release: (release / "release.json").write_text("[]"),
        NoReleaseError,
        "release.json holds no object",
    ),
    "no dump": (lambda release: forget(release, "dump/all.nq.gz"), NoReleaseError, "names no dump/all.nq.gz"),
    "dump gone": (without_file("dump/all.nq.gz"), PreviousReleaseError, "dump/all.nq.gz cannot be read"),
    "page gone": (lambda release: page_of(release).unlink(), PreviousReleaseError, "1.trig cannot be read"),
    "page cut short": (
        lambda release: page_of(release).write_bytes(page_of(release).read_bytes()[:-9]),
        PreviousReleaseError,
        "1.trig is not as release.json says",
    ),
    "page not named": (
        lambda release: forget(release, page_of(release).relative_to(release).as_posix()),
        PreviousReleaseError,
        "does not name feed/",
    ),
    "state edited": (
        lambda release: (release / "feed/state.json").write_text("{}"),
        PreviousReleaseError,
        "feed/state.json is not as release.json says",
    ),
    "state empty": (
        lambda release: rewrite(release, "feed/state.json", "{}"),
        PreviousReleaseError,
        "does not say what a feed holds",
    ),
    "state of a stranger": (
        lambda release: rewrite(release, "feed/state.json", '{"began": "../..", "pages": [], "versions": {}}'),
        PreviousReleaseError,
        "feed/state.json cannot be used",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_damaged_release_is_told_and_nothing_is_written(series: Series, fault: str) -> None:
    release = series.release()
    damage, error, told = FAULTS[fault]
    damage(release)
    before = contents(series.folder)
    with pytest.raises(error, match=told):
        build(open_workspace(series.root), series.folder / "next", previous=release)
    assert contents(series.folder) == before


def test_a_folder_that_is_no_release_is_refused(series: Series) -> None:
    with pytest.raises(NoReleaseError, match="nowhere"):
        build(open_workspace(series.root), series.folder / "next", previous=series.folder / "nowhere")


def test_a_release_of_another_base_is_refused(series: Series) -> None:
    release = series.release()
    with pytest.raises(PreviousReleaseError, match="--base-iri"):
        build(
            open_workspace(series.root),
            series.folder / "next",
            base_iri="https://data.example.org/id/",
            previous=release,
        )


def test_after_a_release_without_a_feed_one_begins_and_that_is_said(series: Series) -> None:
    series.settings("feed = false\n")
    release = series.release()
    toml = series.root / "eugraph.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("feed = false\n", ""), encoding="utf-8")
    series.edit(ALPHA, (EARLIER_END, LATER_END))
    said: list[str] = []
    _, made = build(open_workspace(series.root), series.folder / "next", previous=release, say=said.append)
    assert made is not None
    assert said[0] == f"following {release}, which has no change feed: one begins"
    assert {member.happened for member in walked(series.folder / "next").members} == {"Create"}
    assert "end date" in (series.folder / "next/changes.md").read_text(encoding="utf-8")


def test_a_setting_that_is_neither_true_nor_false_is_refused(series: Series) -> None:
    series.settings('feed = "yes"\n')
    with pytest.raises(SettingError, match="feed = true or feed = false"):
        open_workspace(series.root)
