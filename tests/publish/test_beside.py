"""What is kept of imports is made by other processes, and where they cannot, here."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cli.runner import fingerprint
from eugraph.config import open_workspace
from eugraph.imported import Imported
from eugraph.loading import load
from eugraph.publish import ReleaseInput, publish
from eugraph.publish.beside import beside
from eugraph.publish.calls import Run
from eugraph.publish.errands import in_processes
from imported.test_patches import workspace_with_source
from release.test_incremental import given


@pytest.fixture
def release(tmp_path: Path) -> ReleaseInput:
    loaded = load(open_workspace(workspace_with_source(tmp_path / "workspace")))
    return replace(given(loaded), quads=loaded.quads, imported=loaded.imported, sources=["cordis"])


def kept(release: ReleaseInput) -> Iterator[Path]:
    assert isinstance(release.imported, Imported)
    for name in ("dumps", "sums"):
        yield from (release.imported.kept_in / name).glob("*")


def test_dumps_and_sums_are_there_when_the_wait_is_over(release: ReleaseInput) -> None:
    assert not [*kept(release)]
    with beside(release, 2) as wait:
        wait()
        dumps, sums = kept(release)
        assert {path.name for path in dumps.iterdir()} > {"all.nq.gz", "all.ttl.gz", "all.jsonld.gz"}
        assert (sums / "sums.json").is_file()


@pytest.mark.parametrize("jobs", [1, None])
def test_nothing_is_begun_with_one_job_or_for_a_small_import(release: ReleaseInput, jobs: int | None) -> None:
    with beside(release, jobs) as wait:
        wait()
    assert not [*kept(release)]


def test_the_release_is_the_same_whoever_packs(release: ReleaseInput, tmp_path: Path) -> None:
    publish(release, tmp_path / "one", jobs=1)
    for folder in kept(release):
        folder.rename(tmp_path / folder.parent.name)
    publish(release, tmp_path / "three", jobs=3)
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "three")
    for folder in kept(release):
        assert fingerprint(folder) == fingerprint(tmp_path / folder.parent.name)


def test_a_failure_meanwhile_leaves_neither_processes_nor_folders(release: ReleaseInput) -> None:
    def fail() -> None:
        with beside(release, 2):
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert not [*kept(release)]


def test_what_no_process_could_make_is_made_here(
    release: ReleaseInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(release, tmp_path / "one", jobs=1)
    for folder in kept(release):
        folder.rename(tmp_path / folder.parent.name)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    with beside(release, 2) as wait:
        wait()
        assert not [*kept(release)]
    monkeypatch.undo()
    publish(release, tmp_path / "other", jobs=1)
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "other")


def test_what_goes_wrong_in_a_process_is_told(tmp_path: Path) -> None:
    written = tmp_path / "written"
    with in_processes(2) as run:
        run([partial(written.write_text, "here", encoding="utf-8")])
        assert written.read_text(encoding="utf-8") == "here"
        with pytest.raises(ChildProcessError, match=r"FileNotFoundError.*nowhere"):
            run([partial(written.write_text, "again", encoding="utf-8"), partial(os.listdir, tmp_path / "nowhere")])
        assert written.read_text(encoding="utf-8") == "again"
        with pytest.raises(ChildProcessError, match="ended before"):
            run([partial(os._exit, 3)])


def test_calls_that_wait_for_their_turn_fail_when_all_ends(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    lasting = f"import time; pipe = open({str(tmp_path / 'pipe')!r}, 'wb', 0); pipe.write(b'x'); time.sleep(600)"
    faults: list[ChildProcessError] = []

    def ask(run: Run) -> None:
        try:
            run([partial(exec, lasting), partial(os.listdir, tmp_path), partial(os.listdir, tmp_path)])
        except ChildProcessError as fault:
            faults.append(fault)

    with in_processes(1) as run:
        asking = threading.Thread(target=ask, args=(run,), daemon=True)
        asking.start()
        with (tmp_path / "pipe").open("rb", buffering=0) as pipe:
            assert pipe.read(1) == b"x"
    asking.join(timeout=60)
    assert [str(fault) for fault in faults] == ["a process ended before its work did"]


def test_a_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    lasting = f"import time; pipe = open({str(tmp_path / 'pipe')!r}, 'wb', 0); pipe.write(b'x'); time.sleep(600)"
    program = f"""
        from functools import partial
        from eugraph.publish.errands import in_processes
        with in_processes(1) as run:
            run([partial(exec, {lasting!r})])
    """
    path = os.pathsep.join(filter(None, sys.path))
    parent = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], env=os.environ | {"PYTHONPATH": path})
    with (tmp_path / "pipe").open("rb", buffering=0) as pipe:
        assert pipe.read(1) == b"x"
        began = time.monotonic()
        parent.kill()
        parent.wait()
        assert pipe.read() == b""  # nobody holds its other end any more
    assert time.monotonic() - began < 300
