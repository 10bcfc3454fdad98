"""Search: things by their names, acronyms, identifiers and topics, with accents folded and words begun.

words      what of a text counts, and the keys of an identifier
entries    what can be found, read from a store
index      SQLite: made once from the entries, asked often
"""

from eugraph.reports.search.entries import Entry, read_entries
from eugraph.reports.search.index import Found, Hit, SearchIndex

__all__ = ["Entry", "Found", "Hit", "SearchIndex", "read_entries"]
