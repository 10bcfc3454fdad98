"""Starting a workspace of one's own.

- settings: what it is called, and the checks of that
- material: the files that it begins with, from the templates and from what the package carries
- placing: the folder, whole or not at all
"""

from __future__ import annotations

from pathlib import Path

from eugraph.scaffold.material import material
from eugraph.scaffold.placing import check, place
from eugraph.scaffold.settings import DEFAULTS, NewWorkspace

__all__ = ["DEFAULTS", "NewWorkspace", "check", "start"]


def start(target: Path, settings: NewWorkspace) -> int:
    """Make a workspace in the folder `target` and return the number of its files.

    Args:
        target: a folder that does not exist, or that is empty but for `.git`; the folder above it exists.
        settings: what is written into it.

    Raises:
        NewWorkspaceError: the folder cannot be used; nothing was written.
    """
    files = material(settings)
    place(files, target)
    return len(files)
