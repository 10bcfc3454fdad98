"""Is the workspace right? Checks that come before SHACL, the shapes themselves, and one report of it all."""

from eugraph.validate.engine import Engine
from eugraph.validate.report import Report
from eugraph.validate.workspace import Graphs, has_shapes, validate

__all__ = ["Engine", "Graphs", "Report", "has_shapes", "validate"]
