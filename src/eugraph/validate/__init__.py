"""Is the workspace right? Checks that come before SHACL, the shapes themselves, and one report of it all."""

from eugraph.validate.report import Report
from eugraph.validate.workspace import Graphs, validate

__all__ = ["Graphs", "Report", "validate"]
