"""The rows of a query, page by page, from endpoints that give only so many rows at once and may not say that they cut.

A page goes on after the last key of the one before, not after a number of rows: Virtuoso sorts 10,000 rows and no more.
The last key of a page may have more rows than the page had room for, so it is asked for again; a page is only the last
one if nothing comes after it. So no row is missed where an endpoint gives fewer than it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode

from eugraph.errors import EndpointRefusedError
from eugraph.exchange.construct import Construct
from eugraph.exchange.rows import Given, NoTerm

Row = Mapping[str, Given]


@dataclass(slots=True)
class Paging:
    """Asks for pages.

    Args:
        ask: sends a query and returns its rows.
        query: what is asked.
        size: how many rows are asked for at once; less, once the endpoint was seen to cut.
        cut: takes the number of rows at which the endpoint cuts, when that is seen.
        endpoint: its address, for messages.
    """

    ask: Callable[[str], Sequence[Row]]
    query: Construct
    size: int
    cut: Callable[[int], object]
    endpoint: str

    def pages(self) -> Iterator[Sequence[Row]]:
        """Yield all rows, each once.

        Raises:
            EndpointRefusedError: the endpoint does not keep to the order that was asked for.
        """
        after: str | None = None
        short: tuple[int, str] | None = None  # a page that had fewer rows than were asked for, and its last key
        ended: set[str] = set()  # keys that pages ended with
        while rows := self.ask(self.query.page(self.size, after=after)):
            keys = [self._key(row) for row in rows]
            last = keys[-1]
            if short and any(key != short[1] for key in keys):
                self.size = short[0]
                self.cut(short[0])
            short = (len(rows), last) if len(rows) < self.size else None
            whole = [row for row, key in zip(rows, keys, strict=True) if key != last]
            if whole:
                yield whole
                after = keys[len(whole) - 1]
            else:
                yield from self._drained(last, rows)
                after = last
            if after in ended:
                raise EndpointRefusedError(f"{self.endpoint}: it gives the same page again, so no end would come.")
            ended.add(after)

    def _drained(self, key: str, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
        """Yield all rows of one key, of which the first are known."""
        offset = 0
        while rows:
            yield rows
            offset += len(rows)
            rows = self.ask(self.query.page(self.size, at=key, offset=offset))

    def _key(self, row: Row) -> str:
        term = row.get(self.query.variables[0])
        if term is None or isinstance(term, BlankNode):
            return ""
        return term.text if isinstance(term, NoTerm) else term.value
