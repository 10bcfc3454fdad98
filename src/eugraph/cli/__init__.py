"""The command line: each command reads arguments, calls one function and prints."""

from eugraph.rdf.collecting import collecting_seldom

with collecting_seldom():  # what is loaded stays
    from eugraph.cli.main import main

__all__ = ["main"]
