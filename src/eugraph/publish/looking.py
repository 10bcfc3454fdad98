"""One look over all that is said of things: whoever asks for a property is shown each of its statements.

Statements are lines of text here, see `Statements`: nine in ten are of a property that nobody asks for, and are not
read any further than that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from sys import intern

Handler = Callable[[str, str, str], None]  # IRI of a thing, object and graph ("" for the default one) as N-Triples text


class Looking:
    """Who is shown what, and what there was to be seen."""

    def __init__(self) -> None:
        self._handlers: dict[str, list[Handler]] = {}
        self.number = 0  # of statements
        self.graphs: set[str] = set()  # as N-Triples text
        self.things: list[str] = []  # IRIs, each once

    @property
    def predicates(self) -> Collection[str]:
        """The properties of statements, as N-Triples text, and those that somebody asked for."""
        return self._handlers.keys()

    def on(self, predicate: str, handler: Handler) -> None:
        """Show the statements of a property (as N-Triples text) whose object is an IRI or a literal."""
        self._handlers.setdefault(predicate, []).append(handler)

    def over(self, said: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        """Look over subjects, each once, with what is said of them: graph -> text. Blank nodes are counted alone."""
        handlers = self._handlers
        for subject, texts in said:
            is_thing = subject[0] == "<"
            iri = intern(subject[1:-1])
            if is_thing:
                self.things.append(iri)
            for graph, text in texts.items():
                lines = text.split("\n")
                self.number += len(lines)
                self.graphs.add(graph)
                for line in lines if is_thing else ():
                    end = line.index("> ") + 1
                    predicate = line[:end]
                    asking = handlers.get(predicate)
                    if asking is None:
                        handlers[predicate] = []
                    elif asking and (line[end + 1] == '"' or (line[end + 1] == "<" and line[end + 2] != "<")):
                        value = line[end + 1 :]
                        for handler in asking:
                            handler(iri, value, graph)
