"""The tables of sources in eugraph.toml."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eugraph.config import OnViolation, Workspace, open_workspace
from eugraph.errors import SettingError


def reopened(tiny: Workspace, settings: str) -> Workspace:
    with (tiny.root / "eugraph.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{settings}\n")
    return open_workspace(tiny.root)


def test_a_source_is_read(tiny: Workspace) -> None:
    workspace = reopened(
        tiny,
        """
        [sources.cordis-horizon]
        kind = "cordis"
        files = ["downloads/horizon.zip", "/srv/cordis"]
        date = 2025-12-06
        on_violation = "report"
        """,
    )
    (source,) = workspace.sources
    assert source.name == "cordis-horizon"
    assert source.kind == "cordis"
    assert source.files == (tiny.root / "downloads/horizon.zip", Path("/srv/cordis"))
    assert source.date == dt.date(2025, 12, 6)
    assert source.on_violation is OnViolation.REPORT


def test_violations_stop_where_nothing_else_is_said(tiny: Workspace) -> None:
    (source,) = reopened(tiny, '[sources.cordis]\nkind = "cordis"\nfiles = ["a.zip"]').sources
    assert source.on_violation is OnViolation.STOP
    assert source.date is None


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ('sources = "cordis"', "sources holds no tables"),
        ("[sources]\ncordis = 1", "sources holds no tables"),
        ('[sources."CORDIS 1"]\nkind = "cordis"', "a source is named in small letters"),
        ("[sources.cordis]", "the setting sources.cordis.kind is missing"),
        ('[sources.cordis]\nkind = "csv"', "sources.cordis.kind is 'csv'. Write cordis"),
        ('[sources.cordis]\nkind = "cordis"', "sources.cordis.files names nothing to import"),
        ('[sources.cordis]\nkind = "cordis"\nfiles = "a.zip"', "sources.cordis.files names nothing to import"),
        ('[sources.cordis]\nkind = "cordis"\nfiles = [""]', "sources.cordis.files names nothing to import"),
        ('[sources.cordis]\nkind = "cordis"\nfiles = ["a"]\ndate = "2025-12-06"', "without quotation marks"),
        ('[sources.cordis]\nkind = "cordis"\nfiles = ["a"]\ndate = 2025-12-06T10:00:00', "without quotation marks"),
        ('[sources.cordis]\nkind = "cordis"\nfiles = ["a"]\non_violation = "stopp"', 'Write "stop" or "report"'),
        ('[sources.cordis]\nkind = "cordis"\nfile = ["a"]', "sources.cordis.'file' is unknown; did you mean 'files'?"),
    ],
)
def test_a_table_that_cannot_be_used_is_told(tiny: Workspace, settings: str, fault: str) -> None:
    with pytest.raises(SettingError) as raised:
        reopened(tiny, settings)
    assert fault in str(raised.value)
