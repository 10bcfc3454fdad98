"""Options that all imports have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

_F = TypeVar("_F", bound=Callable[..., object])
_BASE_IRI = "https://w3id.org/eugraph/id/"  # where there is no workspace

base_option = click.option(
    "--base-iri", metavar="IRI", help=f"What the things' IRIs begin with.  [default: the workspace's, else {_BASE_IRI}]"
)


def name_option(default: str) -> Callable[[_F], _F]:
    """The name of the source, and so of its graph."""
    return click.option(
        "--name",
        default=default,
        show_default=True,
        callback=_checked,
        help="Name of the source, and of its graph.",
    )


def _checked(_: click.Context, __: click.Parameter, name: str) -> str:
    from eugraph.config import SOURCE_NAME

    if not SOURCE_NAME.match(name):
        raise click.BadParameter(
            f"{name!r} is no name of a source. Use small letters, digits and single hyphens, and neither 'derived' nor "
            "'provenance'."
        )
    return name


def base_of(folder: Path, given: str | None) -> str:
    """Return what things' IRIs begin with: as given, else as the workspace says, else our own."""
    from eugraph.config import check_base, open_workspace
    from eugraph.errors import NoWorkspaceError

    if given:
        check_base(Path("--base-iri"), given)
        return given
    try:
        return open_workspace(folder).base_iri
    except NoWorkspaceError:
        return _BASE_IRI
