"""Changes in people's words: as text, as Markdown, and as JSON for programs that show them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from eugraph.changes.patch import write_patch
from eugraph.changes.side import Told
from eugraph.changes.things import Changes, Edit, Kind, Thing
from eugraph.reports.neighbourhood import Term
from eugraph.reports.wording import property_in_words, spaced
from eugraph.vocab import EUG, PREFIXES, RDF_TYPE, shorten, term

_LONGEST = 90  # characters of a text that are shown
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~])")
_SAID_BY_THEMSELVES = frozenset((PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"))


class Words:
    """Puts changes in words."""

    def __init__(self, changes: Changes) -> None:
        """Take what changed."""
        self._changes, self._around = changes, changes.around
        self._base = changes.new.base_iri or changes.old.base_iri

    def things(self) -> Sequence[tuple[str, Thing]]:
        """Each thing under its heading, such as "HARMONY PLUS (project)", in the order of the headings."""
        headed = [(self.heading(thing.node), thing) for thing in self._changes.things]
        return sorted(headed, key=lambda item: (item[0].casefold(), str(item[1].node)))

    def heading(self, node: Term) -> str:
        """What a thing is called, and what it is."""
        kinds = [kind for kind in self._around.values(node, RDF_TYPE) if isinstance(kind, NamedNode)]
        kinds.sort(key=lambda kind: (not kind.value.startswith(EUG), kind.value))
        kind = (self._around.name(kinds[0]) or spaced(kinds[0].value)) if kinds else ""
        return f"{self.value(node)} ({kind})" if kind else self.value(node)

    def edit(self, edit: Edit, thing: Term) -> str:
        """One edit in a line, such as "end: 2023-06 -> 2023-09" or "partner AbbVie added"."""
        part = "" if edit.node == thing else self._part(edit.node)
        if edit.predicate is None:
            return f"{part} {edit.kind}"
        label = property_in_words(edit.predicate.value, self._around.name(edit.predicate))
        return f"{part}{part and ': '}{label}: {self._difference(edit)}"

    def _difference(self, edit: Edit) -> str:
        if len(edit.removed) == len(edit.added) == 1:
            old, new = edit.removed[0], edit.added[0]
            texts = [self.value(old), self.value(new)]
            if texts[0] == texts[1]:  # they differ in what is not shown: the datatype, or far behind
                texts = [self._whole(old), self._whole(new)]
            return " -> ".join(texts)
        told = ((Kind.REMOVED, edit.removed), (Kind.ADDED, edit.added))
        return "; ".join(f"{', '.join(map(self.value, values))} {kind}" for kind, values in told if values)

    def _part(self, node: Term) -> str:
        """What a participation, a grant or a claim is called beside the thing that it belongs to."""
        organisations = self._named(node, "eug:organisation")
        if organisations:
            return f"{self._named(node, 'eug:role') or 'participant'} {organisations}"
        prop = next(iter(self._around.values(node, term("eug:property"))), None)
        if isinstance(prop, NamedNode):
            label = property_in_words(prop.value, self._around.name(prop))
            sources = self._named(node, "dcterms:source")
            return f"claim {label} {self._named(node, 'eug:value')}{sources and f' by {sources}'}"
        if self._around.values(node, term("eug:funds")) or self._around.owner(node) is not None:
            return f"grant {self._named(node, 'eug:grantNumber') or self.value(node)}"
        return self.value(node)

    def _named(self, node: Term, curie: str) -> str:
        return ", ".join(map(self.value, self._around.values(node, term(curie))))

    def value(self, value: Term) -> str:
        """A value for people: a name, or the text itself, cut where it is long."""
        if isinstance(value, Literal):
            text = " ".join(value.value.split())
            text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
            return text if value.language in (None, "en") else f"{text} ({value.language})"
        if isinstance(value, NamedNode):
            return self._around.name(value) or self._path(value.value)
        return str(value)

    def _path(self, iri: str) -> str:
        if self._base and iri.startswith(self._base):
            return iri[len(self._base) :]
        short = shorten(iri)
        return short[1:-1] if short.startswith("<") else short

    def _whole(self, value: Term) -> str:
        if isinstance(value, Literal) and value.datatype.value not in _SAID_BY_THEMSELVES:
            return f"{value.value} ({shorten(value.datatype.value)})"
        return value.value if isinstance(value, (Literal, NamedNode)) else str(value)

    def summary(self) -> str:
        """All of it in brief: "Since 0.1.0 of 2026-11-23: 1 added, 2 changed. 9 statements added, 4 removed."."""
        kinds = Counter(thing.kind for thing in self._changes.things)
        told = [f"{kinds[kind]} {kind}" for kind in (Kind.ADDED, Kind.CHANGED, Kind.REMOVED) if kinds[kind]]
        return f"Since {self._changes.old.name}: {', '.join(told) or 'no thing changed'}. {next(self.totals())}."

    def totals(self) -> Iterator[str]:
        """What is not told thing by thing, in numbers."""
        difference, (lost, won) = self._changes.difference, self._changes.derived
        elsewhere = self._changes.elsewhere
        yield _count(len(difference.come) - won - elsewhere, len(difference.gone) - lost - elsewhere, "statement")
        if lost or won:
            yield _count(won, lost, "derived statement")
        if elsewhere:
            yield f"{elsewhere} {_plural('statement', elsewhere)} in another graph than before"

    def findings(self) -> Iterator[tuple[str, Sequence[Told]]]:
        """The findings that are fixed and those that are new, each list under what it is."""
        for found, one, many in (
            (self._changes.fixed, "finding fixed", "findings fixed"),
            (self._changes.found, "new finding", "new findings"),
        ):
            if found:
                yield f"{len(found)} {one if len(found) == 1 else many}", found

    def finding(self, told: Told) -> str:
        """One finding in a line."""
        focus = told.focus[1:-1] if told.focus.startswith("<") else told.focus
        return f"{told.severity}: {told.message}" + (f" [{self._path(focus)}]" if focus else "")


def _count(come: int, gone: int, what: str) -> str:
    return f"{come} {_plural(what, come)} added, {gone} removed"


def _plural(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"


def _text(changes: Changes) -> Iterator[str]:
    words = Words(changes)
    yield f"{changes.old.name} -> {changes.new.name}\n"
    for heading, thing in words.things():
        yield f"{heading}{'' if thing.kind == Kind.CHANGED else f': {thing.kind}'}\n"
        yield from (f"  {words.edit(edit, thing.node)}\n" for edit in thing.edits)
    for heading, found in words.findings():
        yield f"{heading}\n"
        yield from (f"  {words.finding(told)}\n" for told in found)
    yield from (f"{line}\n" for line in words.totals())


def _markdown(changes: Changes) -> Iterator[str]:
    words = Words(changes)
    yield f"# From {_plain(changes.old.name)} to {_plain(changes.new.name)}\n"
    for heading, thing in words.things():
        link = thing.node.value if isinstance(thing.node, NamedNode) else ""
        name = f"[{_plain(heading)}](<{link}>)" if link else _plain(heading)
        yield f"\n## {name}{'' if thing.kind == Kind.CHANGED else f': {thing.kind}'}\n"
        yield from _bullets(words.edit(edit, thing.node) for edit in thing.edits)
    for heading, found in words.findings():
        yield f"\n## {heading[0].upper()}{heading[1:]}\n"
        yield from _bullets(map(words.finding, found))
    yield "\n## In numbers\n"
    yield from _bullets(words.totals())


def _bullets(lines: Iterable[str]) -> Iterator[str]:
    found = [f"- {_plain(line)}\n" for line in lines]
    yield from ["\n", *found] if found else []


def _plain(text: str) -> str:
    """A text in which Markdown sees no markup."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("-\\>", "->")


def _json(changes: Changes) -> Iterator[str]:
    words = Words(changes)
    document = {
        "old": changes.old.name,
        "new": changes.new.name,
        "statements": {"added": len(changes.difference.come), "removed": len(changes.difference.gone)},
        "derived": {"added": changes.derived[1], "removed": changes.derived[0]},
        "elsewhere": changes.elsewhere,
        "things": [
            {
                "node": _term(thing.node),
                "heading": heading,
                "change": thing.kind.value,
                "edits": [_edit(edit, words.edit(edit, thing.node)) for edit in thing.edits],
            }
            for heading, thing in words.things()
        ],
        "findings": None
        if changes.fixed is None or changes.found is None
        else {"fixed": [_told(each) for each in changes.fixed], "new": [_told(each) for each in changes.found]},
    }
    yield json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _edit(edit: Edit, said: str) -> Mapping[str, object]:
    return {
        "node": _term(edit.node),
        "change": edit.kind.value,
        "property": edit.predicate.value if edit.predicate else None,
        "removed": [str(value) for value in edit.removed],
        "added": [str(value) for value in edit.added],
        "words": said,
    }


def _told(told: Told) -> Mapping[str, str]:
    return {name: getattr(told, name) for name in Told.__slots__}


def _term(node: Term) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


FORMATS: dict[str, Callable[[Changes], Iterable[str]]] = {
    "text": _text,
    "md": _markdown,
    "json": _json,
    "patch": lambda changes: write_patch(changes.difference),
}
