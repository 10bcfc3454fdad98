"""What is kept of imports, packed and counted by other processes while documents are prepared and made.

What they could not make is not there when it is asked for: whoever asks makes it then, so that errors are raised there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager

from eugraph.publish.dumps import packed_imports
from eugraph.publish.errands import in_processes
from eugraph.publish.given import ReleaseInput
from eugraph.publish.sums import counted_imports
from eugraph.publish.workers import processors
from eugraph.rdf.jsonld_context import Context

_MUCH = 16 << 20  # bytes of statements, from which on processes are worth their start


@contextmanager
def beside(release: ReleaseInput, jobs: int | None) -> Iterator[Callable[[], object]]:
    """Begin with what is kept of the imports of a release, and give what waits for it. At the end no process is left.

    Args:
        release: what it is made from.
        jobs: processes that may work at this at once, with one nothing is begun; None takes as many as are worth it.
    """
    imported = release.imported
    if imported is not None and jobs is None:
        jobs = processors() if imported.size >= _MUCH else 1
    if imported is None or jobs is None or jobs < 2:
        yield lambda: None
        return
    context = Context.from_ontology(triple for triples in release.ontology.values() for triple in triples)
    with ThreadPoolExecutor(2) as threads, in_processes(jobs) as run:
        made = [
            threads.submit(packed_imports, imported, context, release.base_iri, release.moved, run),
            threads.submit(counted_imports, imported, run),
        ]
        yield lambda: wait(made)
