"""The wheel alone is enough: away from the repository and without network, a workspace is started and published.

The wheel is built with the test environment's own build tool and unpacked; Python then starts without site-packages, and
finds the unpacked wheel and the packages that it depends on, but not the repository.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docs.pages_apart import anchors, links

_BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
_RUN = """\
import socket, sys
def refuse(*_):
    raise OSError("the network was asked for")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
from eugraph.cli import main
main(sys.argv[1:], prog_name="eugraph")
"""
_FETCHED = {  # what a browser fetches by itself: element -> attributes
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
_POINTERS = {
    "cite-as",
    "type",
    "canonical",
    "license",
    "alternate",
    "describedby",
    "up",
    "author",
}  # kinds of <link> that nothing fetches


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {value for name in ("id", "name") if (value := given.get(name, ""))}
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        if tag != "link" or not _POINTERS & set(given.get("rel", "").split()):
            self.fetched |= {given[name] for name in _FETCHED.get(tag, ()) if name in given}


def read_page(path: Path) -> _Links:
    found = _Links()
    found.feed(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def unpacked(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(folder)], cwd=repository, capture_output=True, text=True, check=True
    )
    with zipfile.ZipFile(folder / done.stdout.split()[-1]) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def python(unpacked: Path, folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = [str(unpacked), *dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, "-S", "-c", code, *arguments],  # -S: no .pth file leads to the repository
        cwd=folder,
        env={**environment, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def demo(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with its release, made by the wheel."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for arguments in (("init", "demo"), ("-C", "demo", "build")):
        done = python(unpacked, folder, _RUN, *arguments)
        assert done.returncode == 0, done.stderr
    return folder / "demo"


def test_the_repository_cannot_be_imported_from(unpacked: Path, repository: Path, tmp_path: Path) -> None:
    code = "import sys, eugraph; print(eugraph.__file__); print(*sys.path, sep='\\n')"
    [place, *paths] = python(unpacked, tmp_path, code).stdout.splitlines()
    assert Path(place).is_relative_to(unpacked)
    assert str(repository) not in paths
    assert str(repository / "src") not in paths


def test_the_wheel_carries_what_the_repository_has(unpacked: Path, repository: Path) -> None:
    carried = unpacked / "eugraph" / "_workspace"
    for folder, ending in (("ontology", "ttl"), ("shapes", "ttl"), ("queries", "rq")):
        for path in (repository / folder).rglob(f"*.{ending}"):
            assert (carried / path.relative_to(repository)).read_bytes() == path.read_bytes()
    source = repository / "src"
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert (unpacked / path.relative_to(source)).is_file(), path


def test_the_help_leads_to_the_documentation_that_messages_name(
    unpacked: Path, repository: Path, tmp_path: Path
) -> None:
    told = python(unpacked, tmp_path, _RUN, "--help").stdout
    folder = Path("".join(line.strip() for line in told.partition("docs/:\n")[2].splitlines()))
    assert folder == unpacked / "eugraph" / "_docs" / "docs"
    for page in (repository / "docs").rglob("*.md"):
        assert (folder / page.relative_to(repository / "docs")).read_bytes() == page.read_bytes()


def test_every_link_of_the_documentation_in_the_wheel_leads_somewhere(unpacked: Path) -> None:
    pages = sorted((unpacked / "eugraph" / "_docs").rglob("*.md"))
    assert len(pages) > 20
    for page in pages:
        for link in links(page):
            target, _, anchor = link.partition("#")
            if not urlsplit(link).scheme:
                there = page.parent / target if target else page
                assert there.exists(), f"{page}: {link}"
                assert not anchor or anchor in anchors(there), f"{page}: {link}"


def test_the_wheel_carries_nothing_else(unpacked: Path) -> None:
    names = {path.relative_to(unpacked).parts[0] for path in unpacked.rglob("*") if path.is_file()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"eugraph"}
    assert not [path for path in unpacked.rglob("*") if path.suffix in (".pyc", ".pth")]


def test_a_workspace_is_started_and_published_away_from_the_repository(demo: Path) -> None:
    assert (demo / "dist" / "release.json").is_file()
    assert (demo / "dist" / "project" / "lantern.ttl").is_file()


def test_every_link_of_every_page_of_the_release_leads_somewhere(demo: Path) -> None:
    release = (demo / "dist").resolve()
    pages = {path: read_page(path) for path in sorted(release.rglob("*.html"))}
    assert release / "index.html" in pages
    checked = 0
    for path, page in pages.items():
        for link in page.links | page.fetched:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            assert not parts.path.startswith("/"), f"{path}: {link} leaves the folder of the release"
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_relative_to(release), f"{path}: {link}"
            assert target.is_file(), f"{path}: {link}"
            if parts.fragment and target in pages:
                assert unquote(parts.fragment) in pages[target].ids, f"{path}: {link}"
            checked += 1
    assert checked > 50


def test_no_page_asks_another_host_for_anything(demo: Path) -> None:
    for path in (demo / "dist").rglob("*.html"):
        asked = [link for link in read_page(path).fetched if urlsplit(link).scheme not in ("", "data")]
        assert not asked, f"{path}: {asked}"
        assert "//" not in "".join(link[:2] for link in read_page(path).fetched)
