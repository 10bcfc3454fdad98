"""Answers to a draft: what is asked of a project and of an organisation, and the statements that the answers make.

All that one draft states comes from one source, so it is stated plainly, with the source on each thing. What the shapes
need beyond the questions here is asked too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import Literal, NamedNode, Triple

from eugraph.authoring import questions as asked
from eugraph.authoring.answers import SET, Answer, Interview, Question
from eugraph.authoring.slugs import checked_slug, free_slug, slug_from
from eugraph.errors import AnswerError, SlugError, did_you_mean
from eugraph.rdf.jsonld_context import Context
from eugraph.sources.kinds import participation_path
from eugraph.vocab import PREF_LABEL, RDF_TYPE, shorten, term

Said = dict[str, tuple[str, Answer]]  # key of the question -> property and answer

_FROM = term("dcterms:source")


@dataclass(kw_only=True)
class Draft:
    """What is to be added: the statements of a thing, and of what has a file of its own kind."""

    kind: str  # "project" or "organisation"
    slug: str
    node: NamedNode  # the thing itself
    statements: list[Triple]
    sources: list[Triple] = field(default_factory=list)
    organisations: list[Triple] = field(default_factory=list)

    @property
    def nodes(self) -> list[NamedNode]:
        """All things that are new, the thing itself first."""
        found = (t.subject for t in (*self.statements, *self.sources, *self.organisations))
        return list(dict.fromkeys(node for node in found if isinstance(node, NamedNode)))


class Drafter:
    """Makes the draft of one thing of the answers to its questions."""

    def __init__(self, interview: Interview, context: Context, today: str) -> None:
        self._interview, self._context, self._today = interview, context, today
        self._facts = interview.facts
        self._sources: list[Triple] = []
        self._organisations: list[Triple] = []

    def draft(self, kind: str) -> Draft:
        """Ask all questions of a kind of thing, "project" or "organisation".

        Raises:
            AnswerError: an answer is not what the shapes demand.
            MissingAnswersError: some are missing, and there is nobody to ask.
            SlugError: its address is taken, or can be none.
        """
        for key in self._interview.given:
            if key not in asked.KEYS[kind] and not key.startswith(SET):
                raise AnswerError(f"--{key}: this is not asked of {'a' if kind == 'project' else 'an'} {kind}.")
        draft = self._project() if kind == "project" else self._organisation()
        draft.sources, draft.organisations = self._sources, self._organisations
        return draft

    def _project(self) -> Draft:
        said = self._main(asked.OF_PROJECT, asked.PROJECT)
        granted = self._said(asked.OF_GRANT)
        if granted:
            granted |= self._said(self._needed(asked.OF_GRANT, asked.GRANT))
        coordinator = self._coordinator()
        source = self._source(is_needed=coordinator is not None)
        self._interview.finish()
        slug = self._slug("project", said, ("project", "grant"))
        node, grant = self._node(f"project/{slug}"), self._node(f"grant/{slug}")
        statements = [Triple(node, RDF_TYPE, NamedNode(asked.PROJECT)), *_about(node, said, source)]
        if granted:
            name = Literal(f"Grant of {_text(said, 'acronym', 'name')}", language="en")
            statements += [
                Triple(node, term("eug:grant"), grant),
                Triple(grant, RDF_TYPE, NamedNode(asked.GRANT)),
                *_about(grant, {"name": (PREF_LABEL.value, name), **granted}, source),
            ]
        if coordinator is not None:
            statements += self._participation(node, coordinator, source)
        self._organisations += _about(coordinator, {}, source) if coordinator and self._organisations else []
        return Draft(kind="project", slug=slug, node=node, statements=statements)

    def _organisation(self) -> Draft:
        said = self._main(asked.OF_ORGANISATION, asked.ORGANISATION)
        source = self._source(is_needed=False)
        self._interview.finish()
        slug = self._slug("organisation", said, ("organisation",))
        node = self._node(f"organisation/{slug}")
        statements = [Triple(node, RDF_TYPE, NamedNode(asked.ORGANISATION)), *_about(node, said, source)]
        return Draft(kind="organisation", slug=slug, node=node, statements=statements)

    # Asking

    def _said(self, questions: Iterable[Question]) -> Said:
        answers = ((question, self._interview.answer(question)) for question in questions)
        return {question.key: (question.path, answer) for question, answer in answers if answer is not None}

    def _main(self, questions: Sequence[Question], kind: str) -> Said:
        """Ask of the thing itself: the usual questions, what the shapes need beyond them, and what --set has given."""
        more = {question.path: question for question in self._set(questions, kind)}
        needed = {question.path: question for question in self._needed(questions, kind)}
        return self._said((*questions, *(needed | more).values()))

    def _needed(self, questions: Sequence[Question], kind: str) -> list[Question]:
        """Return questions for what the shapes of a class need and `questions` do not ask."""
        known = {PREF_LABEL.value, _FROM.value, *(question.path for question in questions)}
        rules = [rule for rule in self._facts.rules.of(kind) if rule.is_needed and len(rule.paths) == 1]
        needed = {rule.paths[0]: rule.name for rule in rules if rule.paths[0] not in known}
        return [
            Question(SET + self._key(path), f"{name[:1].upper()}{name[1:]}", kind, path)
            for path, name in needed.items()
        ]

    def _key(self, path: str) -> str:
        main = self._context.plan_of(f"<{path}>").main
        return main.name if main else shorten(path)

    def _set(self, questions: Sequence[Question], kind: str) -> list[Question]:
        """Return questions for the properties that were given by their names."""
        found = []
        for key in self._interview.given:
            name = key.removeprefix(SET)
            if name == key:
                continue
            known = self._context.terms.get(name)
            if known is None or known.kind in ("@class", "@reverse"):
                names = [term.name for term in self._context.terms.values() if term.kind not in ("@class", "@reverse")]
                near = did_you_mean(name, names) or "."
                raise AnswerError(f"--set {name}: no property has this name{near} Write it as in YAML.")
            if own := next((q for q in (*questions, asked.PAGE) if q.path == known.iri), None):
                raise AnswerError(f"--set {name}: this has an option of its own. Write --{own.key}.")
            found.append(Question(key, name, kind, known.iri, has_lines=True))
        return found

    def _slug(self, kind: str, said: Said, kinds: Sequence[str]) -> str:
        given, ask = self._interview.given.get("slug"), self._interview.ask
        if given is None:
            slug = slug_from(_text(said, "acronym", "name"), kind)
            written = ask(f"Address {kind}/… (empty for {slug})").strip() if ask else ""
            slug = checked_slug(written) if written else slug
        else:
            slug = checked_slug(given)
        for each in kinds:
            if self._facts.is_described(f"{self._facts.base_iri}{each}/{slug}"):
                raise SlugError(f"{each}/{slug} is described already. Name another slug with --slug, or mend that one.")
        return slug

    # Parts

    def _coordinator(self) -> NamedNode | None:
        """Return the organisation that coordinates, which may be a new one."""
        given = self._interview.given
        if "coordinator" in given and "new-coordinator" in given:
            raise AnswerError("--new-coordinator: --coordinator names one already. Leave one of the two out.")
        if "country" in given and "new-coordinator" not in given:
            raise AnswerError(
                "--country: of a project this is the country of a new coordinator. Add --new-coordinator."
            )
        known = None if "new-coordinator" in given else self._interview.answer(asked.COORDINATOR)
        name = self._interview.answer(asked.NEW_COORDINATOR) if known is None else None
        if name is None:
            return known if isinstance(known, NamedNode) else None
        slug = slug_from(name.value, "organisation")
        node = self._node(f"organisation/{slug}")
        if self._facts.is_described(node.value):
            raise SlugError(f"organisation/{slug} is described already. Name it with --coordinator {slug}.")
        questions = (asked.NEW_COORDINATOR, asked.COORDINATOR_COUNTRY)
        said = {"name": (PREF_LABEL.value, name)}
        said |= self._said((asked.COORDINATOR_COUNTRY, *self._needed(questions, asked.ORGANISATION)))
        self._organisations = [Triple(node, RDF_TYPE, NamedNode(asked.ORGANISATION)), *_about(node, said, None)]
        return node

    def _participation(self, node: NamedNode, organisation: NamedNode, source: NamedNode | None) -> list[Triple]:
        role, base = term("role:coordinator"), self._facts.base_iri
        path = participation_path(node.value.removeprefix(base), organisation.value.removeprefix(base), role.value)
        if path is None:
            raise AnswerError(f"--coordinator: <{organisation.value}> is not an address of this workspace's base.")
        participation = self._node(path)
        told = [
            (RDF_TYPE, term("eug:Participation")),
            (term("eug:participatesIn"), node),
            (term("eug:organisation"), organisation),
            (term("eug:role"), role),
            (term("eug:confidence"), term("confidence:stated")),
        ]
        return [*(Triple(participation, *each) for each in told), *_about(participation, {}, source)]

    def _source(self, *, is_needed: bool) -> NamedNode | None:
        """Return the source of everything, which may be a new one."""
        facts, interview = self._facts, self._interview
        choices = facts.choices(facts.rules.on(asked.PROJECT, _FROM.value))

        def known(text: str) -> NamedNode | None:
            found = facts.named(text, choices)
            page = facts.source_of(text)
            if not page and not found and ":" not in text:
                near = did_you_mean(text, [name for iri in facts.sources for name in (facts.short(iri), _slug(iri))])
                raise AnswerError(
                    f"--{asked.PAGE.key}: no source is called {text!r}{near or '.'} "
                    "Name one of the workspace, or write the whole address of a page, with https://."
                )
            return NamedNode(page or found[0]) if page or len(found) == 1 else None

        if is_needed and interview.ask is None and "source" not in interview.given:
            interview.missing["--source"] = "a coordinator needs it: where this is said"
            return None
        page = interview.answer(replace(asked.PAGE, is_needed=is_needed), known=known, offered=facts.sources)
        if page is None or not isinstance(page, NamedNode) or facts.is_described(page.value):
            return page if isinstance(page, NamedNode) else None
        title, kind, read = asked.OF_SOURCE
        said = self._said((title, kind))
        if (day := interview.answer(read, default=self._today)) is not None:
            said[read.key] = read.path, day
        if interview.missing:
            return page
        taken = {facts.short(iri).removeprefix("source/") for iri in facts.types}
        node = self._node(f"source/{free_slug(slug_from(_text(said, title.key), 'source'), taken)}")
        said["page"] = asked.PAGE.path, page
        self._sources = [Triple(node, RDF_TYPE, NamedNode(asked.SOURCE)), *_about(node, said, None)]
        return node

    def _node(self, path: str) -> NamedNode:
        return NamedNode(self._facts.base_iri + path)


def _about(node: NamedNode, said: Said, source: NamedNode | None) -> list[Triple]:
    found = [Triple(node, NamedNode(path), value) for path, value in said.values()]
    return found + ([Triple(node, _FROM, source)] if source is not None else [])


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def _text(said: Said, *keys: str) -> str:
    """Return the first of the answers that is there."""
    return next((said[key][1].value for key in keys if key in said), "")
