"""Which statements stand in which document.

Every thing with an IRI below the base has a document at the path of its IRI, with all statements about it, except:

- a participation stands in the document of what it is in (eug:participatesIn),
- a grant in that of its project (which points to it by eug:grant),
- a result in that of its project (which points to it by eug:result), where an imported source says so,
- a claim in that of what it is about (eug:subject), or where that one stands.

Besides, a document holds the names (skos:prefLabel) of everything that its statements point to, so that people can
read it. Of a participation that stands elsewhere it holds as well what it is in, who takes part and in which role, with
their names: so the document of an organisation tells in which projects it has which role. Of what it names as a source
(dcterms:source) it holds the licence and how it asks to be cited, so that both go along with whatever is taken from it.
Nothing else is repeated.

Statements about things elsewhere on the web have no document; they are in the dump.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from sys import intern

from pyoxigraph import NamedNode, Quad, Triple

from eugraph.publish.looking import Looking
from eugraph.publish.paths import path_of
from eugraph.publish.statements import Statements, read_triples
from eugraph.rdf.turtle_blanks import Grouped, grouped_lines
from eugraph.vocab import EUG, PREF_LABEL, term

_LABEL = f"<{PREF_LABEL.value}>"
_GRANT, _IN, _RESULT, _ABOUT = (f"<{EUG}{name}>" for name in ("grant", "participatesIn", "result", "subject"))
_ORDER = {_GRANT: 1, _IN: 2, _RESULT: 3, _ABOUT: 4}  # of what stands with a thing
_TO_A_GUEST = (
    _GRANT,
    _RESULT,
)  # by which a thing points to what stands with it; by the others that points to the thing
GUESTS = frozenset(predicate[1:-1] for predicate in _TO_A_GUEST)  # point to what stands with a thing
HOSTS = frozenset(predicate[1:-1] for predicate in (_IN, _ABOUT))  # point to what a thing stands with
_OF_A_PARTICIPATION = (_IN, f"<{EUG}organisation>", f"<{EUG}role>")
_OF_A_SOURCE = tuple(f"<{term(curie).value}>" for curie in ("dcterms:license", "dcterms:rights"))
_MODIFIED, _DAY = f"<{term('dcterms:modified').value}> ", f'"^^<{term("xsd:date").value}>'
_SOURCE = f"<{term('dcterms:source').value}> <"


@dataclass(frozen=True, slots=True)
class Document:
    """The statements that are published at one address."""

    iri: NamedNode  # the thing that it is about
    path: str  # below the release, without an ending: project/harmony
    things: Sequence[NamedNode]  # all that stand in it: itself, grants, participations, results, claims
    texts: Mapping[str, str]  # subject -> statements about it; see `Statements`

    @property
    def kind(self) -> str:
        """The first segment of the path, such as project or organisation."""
        return self.path.partition("/")[0]

    @property
    def modified(self) -> str:
        """The last day on which the description was changed, as it says itself; "" where it does not."""
        lines = self.texts.get(str(self.iri), "").split("\n")
        days = (line for line in lines if line.startswith(_MODIFIED) and line.endswith(_DAY))
        return max((line[len(_MODIFIED) + 1 : -len(_DAY)] for line in days), default="")

    @property
    def triples(self) -> list[Triple]:
        """All statements, each once."""
        return read_triples(self.lines())

    def lines(self) -> Iterator[str]:
        """Yield all statements as lines of N-Triples, each once."""
        for subject, text in self.texts.items():
            yield from (f"{subject} {line} .\n" for line in dict.fromkeys(text.split("\n")))

    def graph(self) -> Grouped:
        """Return the statements as the writers of Turtle and JSON-LD work on them.

        Raises:
            CanonicalisationTimeoutError: there are blank nodes that need labels and cannot be named in 10 s.
        """
        return grouped_lines(self.texts)


@dataclass(frozen=True, slots=True)
class Outline:
    """A document without its statements."""

    iri: str
    path: str
    things: Sequence[str]

    @property
    def kind(self) -> str:
        """The first segment of the path."""
        return self.path.partition("/")[0]


class Contents:
    """Knows what stands in which document, and makes them one by one."""

    def __init__(
        self,
        statements: Statements,
        base_iri: str,
        vocabulary: Iterable[Triple] = (),
        imported: Collection[str] = (),
        looking: Looking | None = None,
    ) -> None:
        """Look over all statements once.

        Args:
            statements: all about things, curated and derived.
            base_iri: what the IRIs of things begin with; ends in "/".
            vocabulary: ontology and concept schemes, for the names of concepts.
            imported: the graphs of imported sources, as N-Triples text.
            looking: who else is shown statements meanwhile.
        """
        self._statements = statements
        self._labels: dict[str, list[str]] = {}  # thing -> lines that name it
        self._takings: dict[str, list[str]] = {}  # participation -> lines of what, who and in which role
        self._rights: dict[str, list[str]] = {}  # thing -> lines of licence and rights
        self._hosts: dict[str, str] = {}  # thing -> what it stands with
        self._ranks: dict[str, int] = {}
        looking = Looking() if looking is None else looking
        looking.on(_LABEL, partial(_add, self._labels, _LABEL))
        for predicate in _OF_A_SOURCE:
            looking.on(predicate, partial(_add, self._rights, predicate))
        for predicate in _ORDER:
            looking.on(predicate, partial(self._host, predicate, imported))
        for predicate in _OF_A_PARTICIPATION:
            looking.on(predicate, partial(self._taking, predicate))
        looking.over(statements.items())
        self.quads, self.predicates = looking.number, looking.predicates  # of all statements; as N-Triples text
        self.graphs = looking.graphs - {""}
        self._takings = {iri: lines for iri, lines in self._takings.items() if any(x.startswith(_IN) for x in lines)}
        for triple in vocabulary:
            if triple.predicate == PREF_LABEL and isinstance(triple.subject, NamedNode):
                _add(self._labels, _LABEL, triple.subject.value, str(triple.object))
        things = [iri for iri in looking.things if iri.startswith(base_iri)]
        self.outlines = _outlines(things, self._hosts, self._ranks, base_iri)

    def _host(self, predicate: str, imported: Collection[str], iri: str, value: str, graph: str) -> None:
        if value[0] == "<" and (predicate != _RESULT or graph in imported):
            other = intern(value[1:-1])
            guest, host = (other, iri) if predicate in _TO_A_GUEST else (iri, other)
            self._hosts[guest] = min(host, self._hosts.get(guest, host))
            self._ranks[guest] = _ORDER[predicate]

    def _taking(self, predicate: str, iri: str, value: str, _graph: str) -> None:
        if value[0] == "<":
            _add(self._takings, predicate, iri, value)

    def document(self, outline: Outline) -> Document:
        """Return a document with the statements about its things, and the names of what they point to."""
        return self.document_and_mentioned(outline)[0]

    def document_and_mentioned(self, outline: Outline) -> tuple[Document, set[str]]:
        """Return a document, and the IRIs that its statements point to."""
        texts = {f"<{thing}>": text for thing in outline.things if (text := self._statements.of(f"<{thing}>"))}
        labels, rights, takings = self._labels, self._rights, self._takings
        pointing = [line for text in texts.values() for line in text.split("\n") if line[-1] == ">"]
        mentioned = dict.fromkeys([iri for line in pointing if (iri := _object(line))])
        sources = {line[len(_SOURCE) : -1] for line in pointing if line.startswith(_SOURCE)}
        own, more, found = set(outline.things), dict[str, None](), set(mentioned)
        for iri in mentioned:
            if iri in own:
                continue
            lines = labels.get(iri, [])
            if iri in sources:
                lines = [*lines, *rights.get(iri, ())]
                found.update(map(_object, rights.get(iri, ())))
            if taking := takings.get(iri):
                lines = [*lines, *taking]
                more.update((_object(line), None) for line in taking)
            if lines:
                texts[f"<{iri}>"] = "\n".join(lines)
        for iri in more:
            if iri not in own and iri not in mentioned and (lines := labels.get(iri, [])):
                texts[f"<{iri}>"] = "\n".join(lines)
        document = Document(NamedNode(outline.iri), outline.path, [*map(NamedNode, outline.things)], texts)
        return document, found.union(more) - {""}


def _add(table: dict[str, list[str]], predicate: str, iri: str, value: str, _graph: str = "") -> None:
    """Add a statement to what is known of a thing, as a line; each once."""
    line, lines = intern(f"{predicate} {value}"), table.get(iri)  # many say the same
    if lines is None:
        table[iri] = [line]
    elif line not in lines:
        lines.append(line)


def _outlines(
    things: Iterable[str], hosts: Mapping[str, str], ranks: Mapping[str, int], base_iri: str
) -> list[Outline]:
    homes: dict[str, list[str]] = {}
    for iri in things:
        homes.setdefault(_home(iri, hosts, base_iri), []).append(iri)
    found = []
    for home, guests in sorted(homes.items()):
        guests.sort(key=lambda iri: (iri != home, ranks.get(iri, 0), iri))
        found.append(Outline(home, path_of(home[len(base_iri) :]), guests))
    return found


def documents(
    quads: Iterable[Quad], base_iri: str, vocabulary: Iterable[Triple] = (), imported: Collection[str] = ()
) -> list[Document]:
    """Return all documents of a graph, in order of their IRIs; for the arguments, see `Contents`."""
    statements = Statements()
    statements.take(quads)
    contents = Contents(statements, base_iri, vocabulary, imported)
    return [contents.document(outline) for outline in contents.outlines]


def _object(line: str) -> str:
    """Return the IRI that a line of a statement points to, "" where it points to none."""
    start = line.index("> ") + len("> ")
    return line[start + 1 : -1] if line[start] == "<" and line[start + 1] != "<" else ""


def _home(iri: str, hosts: Mapping[str, str], base_iri: str) -> str:
    """Return the thing in whose document `iri` stands."""
    seen = {iri}
    home = iri
    while (host := hosts.get(home)) is not None and host.startswith(base_iri):
        if host in seen:  # hosts in a circle: everything stays at home
            return iri
        seen.add(host)
        home = host
    return home
