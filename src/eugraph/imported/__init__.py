"""The imported sources of a workspace: read once, kept in `.eugraph/`, and asked together with what is curated.

    .eugraph/
    ├── imports/<source>/<key>/     what an import made: quads.nq, rows.jsonl, ledger.jsonl, …
    ├── base/<key>/                 all imports as one store, derived.nq: what follows from them, and both by subject
    ├── dumps/<key>/                what the dumps of a release have of it, packed
    ├── sums/<key>/                 what a release counts of it
    └── store/<key>/                a base, and with it what is curated: this is what queries ask

Each key is a hash of all that the folder was made from, so that a folder that is there is right, and is never changed.
It is written beside and renamed: whenever the work is broken off, the old state is there or the new one. Folders that
are no longer needed are removed by a later run.
"""

from eugraph.imported.current import Import, current_imports
from eugraph.imported.graph import Imported, imported

__all__ = ["Import", "Imported", "current_imports", "imported"]
