"""The command line: each command reads arguments, calls one function and prints."""

from eugraph.rdf.collecting import collect_seldom

collect_seldom()  # before all the rest is loaded, in which it would be at work too

from eugraph.cli.main import main  # noqa: E402 - see above

__all__ = ["main"]
