"""What the tests in a browser need."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from browser.chromium import browser


@pytest.fixture(scope="session")
def axe() -> Path:
    """axe-core, which `make browser` fetches."""
    path = Path(os.environ.get("EUGRAPH_AXE", ""))
    if not path.is_file() or browser() is None:
        pytest.skip("needs chromium and axe-core; `make browser` brings them and runs this")
    return path.resolve()
