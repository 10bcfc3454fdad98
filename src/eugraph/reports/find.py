"""Which thing a person means: by IRI, by its path below the base, or by one of its names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from pyoxigraph import Literal, NamedNode, Quad

from eugraph.errors import AmbiguousNameError, UnknownThingError, did_you_mean
from eugraph.sources.gone import gone
from eugraph.store import Solutions, Store
from eugraph.vocab import PREF_LABEL, PREFIXES, term

_NAMES = {
    PREF_LABEL: 1,
    term("eug:acronym"): 2,
    term("eug:grantNumber"): 2,
    term("eug:pic"): 2,
    term("skos:altLabel"): 3,
    term("dcterms:title"): 3,
    term("eug:legalName"): 3,
    term("eug:rcn"): 3,
}  # how near a name is to the thing: the name itself, what stands for it, other spellings and titles
_BESIDE = ("claim/", "grant/", "participation/", "source/")  # kinds that stand beside what people ask for
_CURIE = re.compile(r"([A-Za-z][\w-]*):(?!//)(\S+)\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
_MOST_SHOWN = 20  # things to choose from
_MOST_COMPARED = 20_000  # names among which a similar one is looked for


class _How(IntEnum):
    """How well a name fits, the best first."""

    EXACT = 1  # but for case
    FOLDED = 2  # but for accents
    PREFIX = 3


@dataclass(frozen=True, slots=True)
class _Name:
    thing: NamedNode
    text: str
    rank: int  # one of _NAMES


def undescribed(
    terms: Mapping[str, object],
    quads: Sequence[Quad],
    base_iri: str,
    also: Callable[[NamedNode], bool] = lambda _: False,
) -> list[str]:
    """Return a line for each parameter that names a thing which is not described, or no longer: it may be a slip.

    Args:
        terms: the parameters.
        quads: what is said.
        base_iri: what the IRIs of things begin with.
        also: tells whether a thing of which the quads say nothing is described elsewhere, as in an imported source.
    """
    asked = {term.value for term in terms.values() if isinstance(term, NamedNode) and term.value.startswith(base_iri)}
    if not asked:
        return []
    described = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    lines = []
    for iri in sorted(asked - described):
        if also(NamedNode(iri)):
            continue
        path = iri.removeprefix(base_iri)
        kind, slash, slug = path.partition("/")
        # A name without its kind, or with another one; else a similar name of the kind.
        paths = sorted(known.removeprefix(base_iri) for known in described if known.endswith(f"/{slug or path}"))
        if paths or not slash:
            near = f"; did you mean {paths[0]!r}?" if paths else ""
        else:
            slugs = sorted(known.rpartition("/")[2] for known in described if known.startswith(f"{base_iri}{kind}/"))
            near = did_you_mean(slug, slugs[:_MOST_COMPARED])
        lines.append(f"nothing is described at {path}{near or '. Look at its spelling.'}")
    for iri, former in gone(quads).items():
        if iri in asked and former.successor:
            new = former.successor.removeprefix(base_iri)
            lines.append(f"{iri.removeprefix(base_iri)} is called {new} since {former.day}. Ask for that.")
        elif iri in asked:
            lines.append(f"{iri.removeprefix(base_iri)} was withdrawn on {former.day}.")
    return lines


def find(store: Store, text: str, base_iri: str) -> NamedNode:
    """Return the thing that `text` means.

    Args:
        store: who knows the things.
        text: an IRI, `prefix:name`, a path below the base such as project/harmony, or a name, an acronym, a grant
            number or a PIC, or how one of them begins; letters of both cases are one, and accents do not count.
        base_iri: what the IRIs of things begin with.

    Raises:
        UnknownThingError: nothing is called so.
        AmbiguousNameError: several things are, none better than the others.
        EndpointError: a remote store did not answer.
    """
    text = " ".join(text.split()).removeprefix("<").removesuffix(">")
    for iri in _iris(text, base_iri):
        if store.query(f"ASK {{ {iri} ?property ?value }}"):
            return iri
    names = _names(store, f"FILTER(LCASE(STR(?name)) = LCASE({Literal(text)}))")
    found = _best(names, text, base_iri)
    if not found:
        names = _names(store)
        found = _best(names, text, base_iri)
    if not found:
        known = {name.text for name in names} if len(names) <= _MOST_COMPARED else ()
        raise UnknownThingError(text, known)
    if len(found) > 1:
        raise AmbiguousNameError(text, _choices(store, found, base_iri))
    return found[0]


def fold(text: str) -> str:
    """Return what is compared of a name: no case, no accents, one space between words."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _iris(text: str, base_iri: str) -> list[NamedNode]:
    """The IRIs that a text may stand for."""
    texts = []
    if (curie := _CURIE.match(text)) and curie[1] in PREFIXES:
        texts.append(PREFIXES[curie[1]] + curie[2])
    if _SCHEME.match(text):
        texts.append(text)
    elif "/" in text:
        texts.append(base_iri + text)
    found = []
    for iri in texts:
        try:
            found.append(NamedNode(iri))
        except ValueError:
            continue  # no IRI, so a name
    return found


def _names(store: Store, condition: str = "") -> list[_Name]:
    query = (
        f"SELECT DISTINCT ?thing ?property ?name WHERE {{ VALUES ?property {{ {' '.join(map(str, _NAMES))} }} "
        f"?thing ?property ?name . {condition} }}"
    )
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    return [
        _Name(thing, name.value, _NAMES[prop])
        for thing, prop, name in answer.rows
        if isinstance(thing, NamedNode) and isinstance(prop, NamedNode) and isinstance(name, Literal)
    ]


def _best(names: Iterable[_Name], text: str, base_iri: str) -> list[NamedNode]:
    """The things whose names fit best: first how, then things of the workspace, then by kind, then by a nearer name."""
    wanted, folded = text.casefold(), fold(text)
    ranks: dict[NamedNode, tuple[int, bool, bool, int]] = {}
    for name in names:
        if how := _how(name, wanted, folded):
            path = name.thing.value.removeprefix(base_iri)
            rank = (how, path == name.thing.value, path.startswith(_BESIDE), name.rank)
            ranks[name.thing] = min(rank, ranks.get(name.thing, rank))
    best = min(ranks.values(), default=None)
    return sorted((thing for thing, rank in ranks.items() if rank == best), key=str)


def _how(name: _Name, wanted: str, folded: str) -> _How | None:
    if name.text.casefold() == wanted:
        return _How.EXACT
    plain = fold(name.text)
    slug = name.thing.value.rpartition("/")[2]
    if folded and (plain == folded or slug == folded.replace(" ", "-")):
        return _How.FOLDED
    return _How.PREFIX if folded and plain.startswith(folded) else None


def _choices(store: Store, things: Sequence[NamedNode], base_iri: str) -> list[str]:
    """A line for each thing: what to write for it, and its name."""
    shown = things[:_MOST_SHOWN]
    answer = store.query(
        f"SELECT ?thing ?name WHERE {{ VALUES ?thing {{ {' '.join(map(str, shown))} }} ?thing {PREF_LABEL} ?name }}"
    )
    assert isinstance(answer, Solutions)
    named: dict[object, tuple[bool, str]] = {}
    for thing, name in answer.rows:
        if isinstance(name, Literal):
            rank = (name.language != "en", " ".join(name.value.split()))
            named[thing] = min(rank, named.get(thing, rank))
    paths = [thing.value.removeprefix(base_iri) for thing in shown]
    width = max(map(len, paths))
    lines = [f"{path:<{width}}  {named.get(t, (0, ''))[1]}".rstrip() for path, t in zip(paths, shown, strict=True)]
    return lines + ([f"… and {len(things) - len(shown)} more"] if len(things) > len(shown) else [])
