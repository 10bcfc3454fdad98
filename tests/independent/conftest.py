"""The reference workspace as plain Python values."""

from __future__ import annotations

from pathlib import Path

import pytest

from independent.model import Model
from independent.model import load as read_plainly


@pytest.fixture(scope="session")
def workspace(repository: Path) -> Model:
    """The model of the reference workspace."""
    return read_plainly(repository)
