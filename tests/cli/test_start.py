"""Starting up: what is loaded, and what the options say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cli.runner import run
from eugraph.cli import main

HEAVY = ("rdflib", "pyshacl", "pyoxigraph", "SPARQLWrapper", "orjson", "starlette")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_no_engine(option: str) -> None:
    code = (
        "import sys\nfrom eugraph.cli import main\n"
        f"try:\n    main([{option!r}], prog_name='eugraph')\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "eugraph" in done.stdout


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_each_example_in_the_help_has_a_line_of_its_own(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    told = command.get_help(click.Context(command, info_name=name, terminal_width=60))
    assert "\\b" not in told
    assert re.search(r"^  Examples?:\n    .*eugraph", told, re.MULTILINE)


def test_a_slip_in_the_name_of_a_command_is_told(repository: Path) -> None:
    done = run(repository, "valdate")
    assert done.status == 2
    assert "No such command 'valdate'; did you mean 'validate'?" in done.err
    assert "did you mean" not in run(repository, "zzz").err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["query", "--list"]])
def test_an_output_that_cannot_be_written_is_one_line(arguments: list[str], repository: Path) -> None:
    command = [sys.executable, "-m", "eugraph", "-C", str(repository), *arguments]
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["eugraph: the system refuses: No space left on device."]


def test_a_reader_that_goes_is_no_fault(repository: Path) -> None:
    command = [sys.executable, "-m", "eugraph", "-C", str(repository), "query", "collaborations"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
