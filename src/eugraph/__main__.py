"""`python -m eugraph` is the command line."""

from eugraph.cli import main

main(prog_name="eugraph")
