"""`eugraph convert`."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

import click

from eugraph.cli.rdf_form import form_names, named_form

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar  # click has no public name for what it returns

    from eugraph.rdf.stream import Form

_STDIO = "-"
_SILENT_S = 1.0  # seconds before a bar is shown


@click.command(name="convert")
@click.argument("source", metavar="IN", type=click.Path(allow_dash=True))
@click.argument("target", metavar="OUT", type=click.Path(allow_dash=True))
@click.option(
    "--from",
    "read_as",
    metavar="FORMAT",
    callback=named_form,
    shell_complete=form_names,
    help="Format of IN.  [default: by its name]",
)
@click.option(
    "--to",
    "write_as",
    metavar="FORMAT",
    callback=named_form,
    shell_complete=form_names,
    help="Format of OUT.  [default: by its name]",
)
@click.option("--base-iri", metavar="IRI", help="What relative IRIs are resolved against where IN sets no base.")
@click.option("--union", is_flag=True, help="Put named graphs together where OUT cannot hold them.")
@click.option("--pretty", is_flag=True, help="Sort and lay out for reading (ttl, nt, nq, jsonld); needs memory.")
def command(
    source: str,
    target: str,
    read_as: Form | None,
    write_as: Form | None,
    base_iri: str | None,
    union: bool,
    pretty: bool,
) -> None:
    r"""Convert RDF from any format to any: the file IN to the file OUT.

    Formats are ttl, trig, nt, nq, rdf and jsonld, told by the endings of the names; .gz behind one is gzip. `-` is
    standard input or output, and has its format from --from or --to. OUT may be IN.

    \b
    Examples:
        eugraph convert dist/dump/all.nq.gz all.trig
        curl … | eugraph convert - - --from rdf --to ttl --pretty
    """
    from eugraph.rdf.convert import PRETTY, Conversion, convert

    work = Conversion(
        origin=PurePath("standard input" if source == _STDIO else source),
        source=_form(source, read_as, "--from"),
        target=_form(target, write_as, "--to"),
        base_iri=_base(base_iri),
        union=union,
        pretty=pretty,
    )
    if pretty and work.target.name not in PRETTY:
        raise click.UsageError(f"--pretty has no layout for {work.target.name}. It is for {', '.join(PRETTY)}.")
    with _sink(target) as sink, _opened(source) as stream, _bar(stream) as advance:
        count = convert(stream, sink, work, advance)
    if target != _STDIO:
        click.echo(f"wrote {count} statements to {target}", err=True)


def _form(name: str, named: Form | None, option: str) -> Form:
    from eugraph.rdf.stream import form_of

    if name != _STDIO:
        return form_of(PurePath(name), named)
    if named is None:
        stream = "input" if option == "--from" else "output"
        raise click.UsageError(f"Standard {stream} (-) has no name that tells a format. Add {option} FORMAT.")
    return named


def _base(iri: str | None) -> str | None:
    from pyoxigraph import NamedNode

    try:
        return NamedNode(iri).value if iri else None
    except ValueError:
        raise click.BadParameter(f"{iri!r} is no absolute IRI.", param_hint="--base-iri") from None


@contextlib.contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    from eugraph.errors import UnreachableFileError

    if name == _STDIO:
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below; only opening is to be told in these words
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}. Check its name and permissions."
        raise UnreachableFileError(PurePath(name), what) from error
    with file:
        yield file


@contextlib.contextmanager
def _sink(name: str) -> Iterator[BinaryIO]:
    from eugraph.errors import OutputError
    from eugraph.rdf.replacing import replacing

    if name != _STDIO:
        with replacing(Path(name)) as file:
            yield file
        return
    stream = sys.stdout.buffer
    try:
        yield stream
        stream.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:  # the reader has enough, such as `head`
            raise
        kept = "what was printed is not whole"
        raise OutputError(
            PurePath("standard output"), error.strerror or str(error), "Mend that, and run it again.", kept
        ) from error


@contextlib.contextmanager
def _bar(source: BinaryIO) -> Iterator[_Progress]:
    progress = _Progress(source)
    try:
        yield progress
    finally:
        progress.end()


class _Progress:
    """A bar on standard error, only on a terminal, only of a file, and only beyond the first second."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self._began, self._done = source, time.monotonic(), 0
        self._bar: ProgressBar[int] | None = None
        self._wanted = sys.stderr.isatty() and source.seekable()

    def __call__(self, count: int) -> None:
        """Show how much of the source is read, and the number of statements so far."""
        if not self._wanted or time.monotonic() - self._began < _SILENT_S:
            return
        if self._bar is None:
            size = os.fstat(self._source.fileno()).st_size
            self._bar = click.progressbar(length=size, label="convert", file=sys.stderr, show_pos=False)
        at = self._source.tell()
        self._bar.label = f"convert {count:,} statements"
        self._bar.update(at - self._done)
        self._done = at

    def end(self) -> None:
        """Leave the line of the bar."""
        if self._bar is not None:
            self._bar.render_finish()
