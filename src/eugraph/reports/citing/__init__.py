"""Citations of answers: what was asked of which release, and what came back, so that it can be asked again.

digest      the hash of an answer, and of each of its rows
citation    what a citation holds, as JSON and as a link
formats     the same as text, BibTeX and CSL-JSON
comparing   what has changed between two of them, in words
"""

from eugraph.reports.citing.citation import Citation, CitedRelease, cited, link, read_citation
from eugraph.reports.citing.comparing import Comparison, compare
from eugraph.reports.citing.digest import Digest, digest_of
from eugraph.reports.citing.formats import FORMATS, write_citation

__all__ = [
    "FORMATS",
    "Citation",
    "CitedRelease",
    "Comparison",
    "Digest",
    "cited",
    "compare",
    "digest_of",
    "link",
    "read_citation",
    "write_citation",
]
