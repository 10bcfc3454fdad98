"""How long, how much and how often a site is asked."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What no site can make the doctor exceed."""

    answer_s: float = 30  # longest wait for one whole answer, in seconds
    total_s: float = 900  # longest time for everything, in seconds
    answer_bytes: int = 50 * MIB  # largest answer that is read, unpacked
    unpacked_bytes: int = 2048 * MIB  # most that a dump may unpack to while its statements are counted
    nested_bytes: int = 128 * MIB  # the same for formats that nest, whose text is held to see how deep
    redirects: int = 10  # followed for one answer
    pages: int = 10_000  # of one catalogue or feed
    statements: int = 5_000_000  # of one dump, held while they are counted
    sitemaps: int = 100  # files of one sitemap index
