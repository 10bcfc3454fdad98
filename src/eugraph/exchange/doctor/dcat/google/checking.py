"""What Google misses at the datasets that pages describe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eugraph.exchange.doctor.dcat.google.forms import OF_DATASETS, OF_FILES, misshapen
from eugraph.exchange.doctor.dcat.google.reading import Document, Node, speaks_schema_org
from eugraph.exchange.doctor.dcat.google.requirements import LONGEST, RECOMMENDED, REQUIRED, SHORTEST, Wanted
from eugraph.exchange.doctor.dcat.wrong import VALUE, Wrong, tell
from eugraph.exchange.doctor.diagnosis import Diagnosis
from eugraph.findings import Severity


def google(documents: Iterable[tuple[str, object]], *, each: bool = False) -> Iterator[Diagnosis]:
    """Yield what Google's dataset search requires or recommends, and pages do not have.

    Args:
        documents: the address of a page, and the JSON-LD in it as parsed JSON; a page may come several times.
        each: see `examine`.

    Yields:
        Diagnoses; none for pages without a dataset. Of a dataset that a page only mentions, such as one in a list of
        all, no more is asked than what is required.
    """
    yield from tell(_pages(documents), each=each)


def _pages(documents: Iterable[tuple[str, object]]) -> Iterator[tuple[str, Wrong]]:
    named: dict[str, dict[str, str]] = {}  # name -> which dataset -> a page that has it
    for where, parsed in documents:
        document = Document(parsed)
        found = [*document.datasets()]
        if found and not speaks_schema_org(parsed):
            message = "The JSON-LD has a Dataset, and no context says that it is schema.org's. Add one."
            yield where, Wrong("google-context", Severity.VIOLATION, message)
        for dataset, mentioned in found:
            which = next((str(iri) for iri in (dataset.get("@id"), *document.texts(dataset, "url")) if iri), where)
            for name in document.texts(dataset, "name"):
                named.setdefault(name, {}).setdefault(which, where)
            for wrong in _dataset(document, dataset, mentioned=mentioned):
                yield where, wrong
    for name, several in named.items():
        if len(several) > 1:
            message = f"{len(several)} datasets have the name “{name}”. Give each a name of its own."
            yield min(several.values()), Wrong("google-name-shared", Severity.WARNING, message)


def _dataset(document: Document, dataset: Node, *, mentioned: bool) -> Iterator[Wrong]:
    for wanted in REQUIRED:
        if not document.texts(dataset, wanted.name):
            yield _missing("A Dataset", wanted, "required")
    for wanted in () if mentioned else RECOMMENDED:
        if not document.values(dataset, wanted.name):
            yield _missing("A Dataset", wanted, "recommended")
    for text in document.texts(dataset, "description"):
        if not SHORTEST <= len(text) <= LONGEST:
            message = f"The description has {VALUE} characters. Write {SHORTEST} to {LONGEST}."
            yield Wrong("google-form", Severity.WARNING, message, str(len(text)))
    for message, value in misshapen(document, dataset, OF_DATASETS):
        yield Wrong("google-form", Severity.WARNING, message, value)
    for file in document.values(dataset, "distribution"):
        if isinstance(file, dict):
            yield from _distribution(document, file)


_ADDRESS = Wanted("contentUrl", Severity.VIOLATION, "Give the address of the file.")
_FORMAT = Wanted("encodingFormat", Severity.WARNING, "Give its media type.")


def _distribution(document: Document, node: Node) -> Iterator[Wrong]:
    if not document.values(node, _ADDRESS.name):
        yield _missing("A distribution", _ADDRESS, "required")
    if not document.values(node, _FORMAT.name):
        yield _missing("A distribution", _FORMAT, "recommended")
    for message, value in misshapen(document, node, OF_FILES):
        yield Wrong("google-form", Severity.WARNING, message, value)


def _missing(what: str, wanted: Wanted, how: str) -> Wrong:
    message = f"{what} has no {wanted.name}, which is {how}. {wanted.remedy}"
    return Wrong(f"google-{how}", wanted.severity, message)
