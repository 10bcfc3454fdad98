"""Options that name an RDF format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from eugraph.rdf.stream import Form


def named_form(_: click.Context, __: click.Parameter, value: str | None) -> Form | None:
    """Read the value of an option: a format by its ending, with .gz behind it or not."""
    if value is None:
        return None
    from eugraph.rdf.stream import FORMAT_NAMES, form_named

    if form := form_named(value):
        return form
    raise click.BadParameter(f"{value!r} is none of {', '.join(FORMAT_NAMES)}, with .gz behind it or not.")


def form_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a format."""
    from eugraph.rdf.stream import FORMAT_NAMES

    return [name + end for end in ("", ".gz") for name in FORMAT_NAMES if (name + end).startswith(incomplete)]
