"""What has changed since an answer was cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eugraph.reports.citing.citation import Citation
from eugraph.reports.wording import date_in_words


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a cited answer."""

    same_rows: bool
    same_query: bool
    same_release: bool
    sentences: Sequence[str]  # what there is to tell, the outcome first
    new: Sequence[int]  # places of rows that were not there, where the citation tells each row

    @property
    def is_same(self) -> bool:
        """Whether nothing has changed at all."""
        return self.same_rows and self.same_query and self.same_release


def compare(cited: Citation, now: Citation) -> Comparison:
    """Compare a citation with one of the same query that was made now."""
    same_rows = cited.result_sha256 == now.result_sha256
    same_query = cited.query_sha256 == now.query_sha256
    same_release = cited.release.sha256 == now.release.sha256
    new, gone = _changes(cited.lines, now.lines) if cited.lines and now.lines else ([], 0)
    told = [f"the answer is the same: {_rows(now.rows)}." if same_rows else _other_rows(cited, now, len(new), gone)]
    if not same_query:
        told.append(f"the text of the query {now.name} has changed since.")
    if not same_release:
        told.append(f"the release is another one: {_release(cited)} was cited, this is {_release(now)}.")
    if not same_rows and same_query and same_release:
        told.append("neither the query nor the release has changed, so another store or limit answered.")
    if cited.truncated or now.truncated:
        told.append("an answer that is cut at a limit holds its first rows only.")
    return Comparison(same_rows, same_query, same_release, told, new)


def _changes(before: Sequence[str], after: Sequence[str]) -> tuple[list[int], int]:
    """Return the places of rows that are new, and how many are gone."""
    left = Counter(before)
    new = []
    for place, line in enumerate(after):
        if left[line]:
            left[line] -= 1
        else:
            new.append(place)
    return new, left.total()


def _other_rows(cited: Citation, now: Citation, new: int, gone: int) -> str:
    told = f"the answer is another one: {_rows(cited.rows)} {'was' if cited.rows == 1 else 'were'} cited, now there"
    told += f" {'is' if now.rows == 1 else 'are'} {now.rows:,}"
    if new or gone:
        told += f"; {_rows(gone)} of those cited {'is' if gone == 1 else 'are'} gone or changed, {_rows(new)} of these"
        told += f" {'is' if new == 1 else 'are'} new or changed"
    return f"{told}."


def _release(citation: Citation) -> str:
    release = citation.release
    return f"version {release.version} of {date_in_words(release.date)} (graph {release.sha256[:12]}…)"


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"
