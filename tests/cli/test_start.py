"""Starting up: what is loaded, and what the options say."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
