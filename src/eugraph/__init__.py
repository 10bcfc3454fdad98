"""eugraph publishes descriptions of EU-funded projects as a linked-data knowledge graph.

`eugraph.open` is the way in from Python, and `eugraph.doctor` examines a site; see `eugraph.api`. The order of the work
is in `eugraph.pipeline`: read, derive, validate, write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eugraph.api import open as open  # noqa: A004 - `eugraph.open` is its name
    from eugraph.exchange.doctor import doctor as doctor

__all__ = ["__version__", "doctor", "open"]

__version__ = "0.1.0"

if not TYPE_CHECKING:  # for a checker the module has the names above, and no others

    def __getattr__(name: str) -> object:
        """Load the API when it is first asked for, so that `import eugraph` and `eugraph --help` stay quick."""
        if name == "open":
            from eugraph import api

            return api.open
        if name == "doctor":
            from eugraph.exchange.doctor import doctor

            return doctor
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
