"""The VoID description: that there is one, that its dumps exist, and that they hold what it counts.

Spec: Describing Linked Datasets with the VoID Vocabulary, <https://www.w3.org/TR/void/>.
"""

from __future__ import annotations

from eugraph.errors import InputError
from eugraph.exchange.doctor.discovery import place_and_fault
from eugraph.exchange.doctor.dumps import Dump, TooMuchError, form_of_dump, read_dump
from eugraph.exchange.doctor.reading.graph import VOID, Statements
from eugraph.exchange.doctor.reading.media import ACCEPT_RDF, RDF_ENDINGS, TURTLE
from eugraph.exchange.doctor.reading.statements import rdf_type, statements
from eugraph.exchange.doctor.section import Section
from eugraph.exchange.doctor.site.address import resolved
from eugraph.exchange.doctor.site.answer import Answer, Failure
from eugraph.exchange.doctor.visit import Visit

_HEAD = 4096  # bytes that tell a format
_PLACES = (".well-known/void", "void.ttl", "void.rdf", "void")


def check(visit: Visit, section: Section) -> None:
    """Find the description, and look at each dump that it names; what they describe is noted in the visit."""
    found = _find(visit)
    if found is None:
        section.info(
            "void-missing",
            visit.site.names.base,
            "No VoID description is at .well-known/void or void.ttl: programs do not learn how large the data are and "
            "where the dump is. Publish one.",
        )
        return
    try:
        known = Statements(statements(found, visit.get, media_type="" if rdf_type(found) else TURTLE))
    except InputError as error:
        section.violation("void-unreadable", found.url, f"The VoID cannot be read: {place_and_fault(error)}")
        return
    datasets = known.of_type(VOID + "Dataset")
    if not datasets:
        section.warning("void-empty", found.url, "Nothing in it is a void:Dataset. Describe the data set.")
    dumps = 0
    for dataset in datasets:
        named = list(dict.fromkeys(known.values(dataset, VOID + "dataDump")))
        dumps += len(named)
        total = next(iter(known.values(dataset, VOID + "triples")), "")
        _dumps(visit, section, dataset, [name for name in named if visit.site.holds(name)], total)
    section.saw(len(datasets), "data set")
    section.saw(dumps, "dump")


def _find(visit: Visit) -> Answer | None:
    """Return the description; at the root of the host too, where the specification has it."""
    root = [resolved("/.well-known/void", visit.site.names.base)] if visit.site.is_served else []
    for address in dict.fromkeys([*(visit.site.names.base + place for place in _PLACES), *root]):
        answer = visit.get(address, ACCEPT_RDF)
        if answer.is_good and (rdf_type(answer) or address.endswith("/void")):
            return answer
    return None


def _dumps(visit: Visit, section: Section, dataset: str, named: list[str], total: str) -> None:
    """Read the dumps of a dataset: those of one name are forms of one, those of several its parts."""
    parts: dict[str, list[tuple[str, Dump]]] = {}
    for address in named:
        dump = _dump(visit, section, address)
        if dump is not None:
            parts.setdefault(_stem(address), []).append((address, dump))
            visit.things += sorted(s for s in dump.subjects if s.startswith(visit.site.names.ids))
    for (first, counted), *others in parts.values():
        for address, dump in others:
            if None not in (dump.statements, counted.statements) and dump.statements != counted.statements:
                section.violation(
                    "dumps-differ",
                    address,
                    f"The dump has {dump.statements:,} statements, and {first}, another form of it, "
                    f"{counted.statements:,}. Write both from one graph.",
                )
    if len(parts) == len({_stem(address) for address in named}) and parts and total.isascii() and total.isdigit():
        _total(section, dataset, int(total), [dump for (_, dump), *_ in parts.values()])


def _total(section: Section, dataset: str, total: int, parts: list[Dump]) -> None:
    """Compare what is told with the sum of the parts, and with each: they may be the same data in several ways."""
    sums = {sum(dump.quads for dump in parts)}
    if all(dump.statements is not None for dump in parts):
        sums.add(sum(dump.statements or 0 for dump in parts))
    if total not in sums | {number for dump in parts for number in (dump.quads, dump.statements)}:
        told = " or ".join(f"{number:,}" for number in sorted(sums))
        section.violation(
            "void-triples-differ",
            dataset,
            f"void:triples says {total:,}, and the dumps have {told}. Count again when the dump is written.",
        )


def _dump(visit: Visit, section: Section, address: str) -> Dump | None:
    """Return what a dump holds; None where it cannot be counted, which is noted."""
    answer, body = visit.open(address)
    with body:
        if answer.failure is Failure.TOO_LARGE:
            section.skip(f"{address}: the dump is too large to be counted.")
            return None
        if not answer.is_good:
            section.violation(
                "dump-dead", address, f"VoID names this dump, but {answer.fault}. Publish it, or correct the address."
            )
            return None
        head = body.read(_HEAD)
        body.seek(0)
        form = form_of_dump(answer, head)
        if form is None:
            section.skip(f"{address}: nothing tells in which format the dump is.")
            return None
        try:
            return read_dump(answer, body, form, visit.site.limits, visit.site.left)
        except InputError as error:
            section.violation("dump-unreadable", address, f"The dump cannot be read: {place_and_fault(error)}")
        except TooMuchError:
            section.skip(f"{address}: the dump is too large to be counted.")
    return None


def _stem(address: str) -> str:
    stem = address.removesuffix(".gz")
    ending = stem.rpartition(".")[2]
    return stem.removesuffix(f".{ending}") if ending in RDF_ENDINGS.values() else stem
