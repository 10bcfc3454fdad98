"""Is the workspace right? Checks that come before SHACL, the shapes themselves, and one report of it all."""

from eugraph.validate.engine import Engine, Outcome
from eugraph.validate.report import Report, pieces
from eugraph.validate.workspace import (
    Graphs,
    has_shapes,
    place_finder,
    report_of,
    shape_places,
    validate,
    validate_imported,
)

__all__ = [
    "Engine",
    "Graphs",
    "Outcome",
    "Report",
    "has_shapes",
    "pieces",
    "place_finder",
    "report_of",
    "shape_places",
    "validate",
    "validate_imported",
]
