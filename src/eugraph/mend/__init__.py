"""Patches that mend findings: computed from shapes and data, proven by validating again, and shown as a diff."""

from eugraph.mend.applying import diff_of, write_mended
from eugraph.mend.mending import Mending, mend

__all__ = ["Mending", "diff_of", "mend", "write_mended"]
