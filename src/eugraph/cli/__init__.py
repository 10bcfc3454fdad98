"""The command line: each command reads arguments, calls one function and prints."""

from eugraph.cli.main import main

__all__ = ["main"]
