"""`eugraph doctor`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from eugraph.cli.query import LONGEST_S
from eugraph.cli.terminal import has_colours
from eugraph.cli.validate import give_up, paint

FORMS = ("text", "json", "html")  # eugraph.exchange.doctor.formats.FORMATS, without loading it
_SEVERITIES = ("violation", "warning", "info")


@click.command(name="doctor")
@click.argument("site", metavar="URL|DIR")
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Format of the report."
)
@click.option(
    "--shapes",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    metavar="PATH",
    help="Validate the catalogue by these SHACL shapes too; may be repeated.",
)
@click.option(
    "--previous", metavar="DIR|URL", default="", help="The previous release, whose identifiers are to be here still."
)
@click.option(
    "--published-at",
    metavar="URL",
    default="",
    help="The address that the site is, or will be, published under.  [default: what it says itself]",
)
@click.option("--external", is_flag=True, help="Ask other hosts too whether what is linked there answers.")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    metavar="N",
    help="Look at N documents of a kind where there are more: each time the same.",
)
@click.option(
    "--timeout-s",
    type=click.FloatRange(min=0.1, max=LONGEST_S),
    default=30,
    show_default=True,
    help="Longest wait for one answer, in seconds.",
)
@click.option(
    "--within-s",
    type=click.FloatRange(min=1, max=LONGEST_S),
    default=900,
    show_default=True,
    help="Longest time for everything, in seconds.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default="violation",
    show_default=True,
    help="Mildest severity that fails.",
)
def command(
    site: str,
    form: str,
    shapes: tuple[Path, ...],
    previous: str,
    published_at: str,
    external: bool,
    sample: int,
    timeout_s: float,
    within_s: float,
    fail_on: str,
) -> None:
    r"""Say what a portal, a search engine or a crawler of linked data would say of a site.

    The site is any address or folder, made by eugraph or not. Only the host that is named is asked.

    \b
    Examples:
        eugraph doctor dist
        eugraph doctor https://data.example.org/ --format html > report.html
    """
    from eugraph.exchange.doctor import doctor
    from eugraph.exchange.doctor.formats import write
    from eugraph.findings import Severity
    from eugraph.store.watchdog import limited
    from eugraph.validate.listing import plain

    with _Line() as line, limited(within_s, give_up):
        report = doctor(
            site,
            shapes=shapes,
            previous=previous,
            published_at=published_at,
            external=external,
            sample=sample,
            timeout_s=timeout_s,
            within_s=within_s,
            progress=line.show,
        )
    for piece in write(form, report, paint if has_colours() else plain):
        click.echo(piece, nl=False, color=True)  # nothing is stripped
    sys.exit(report.exit_status(Severity[fail_on.upper()]))


class _Line:
    """A line on standard error, only on a terminal: how many addresses were asked, and the one at hand."""

    def __init__(self) -> None:
        self._asked = 0

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_: object) -> None:
        if self._asked and sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)

    def show(self, address: str) -> None:
        """Show that one more address is asked."""
        self._asked += 1
        if sys.stderr.isatty():
            from eugraph.errors import visible

            click.echo(f"\r\x1b[K{self._asked:>7,} asked  {visible(address[-60:])}", nl=False, err=True)
