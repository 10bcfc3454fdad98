"""Adding a thing to a workspace: ask, draft, try it out on a copy, and only then write.

The copy is validated as a whole, so that what is written conforms, and so that nothing is written that does not.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from eugraph.authoring.answers import Interview
from eugraph.authoring.drafts import Draft, Drafter
from eugraph.authoring.facts import Facts
from eugraph.authoring.files import replace_file
from eugraph.authoring.rules import Rules
from eugraph.authoring.texts import appended, names_a_base, turtle_of
from eugraph.authoring.yaml_text import yaml_of
from eugraph.checking import check
from eugraph.config import Workspace
from eugraph.errors import NotConformingError, OutputError, SlugError, UnreadableWorkspaceError
from eugraph.findings import Finding, Severity
from eugraph.loading import Loaded, load
from eugraph.rdf.jsonld_context import Context
from eugraph.sources import ENDINGS
from eugraph.validate import Report

FORMATS = {"turtle": ".ttl", "yaml": ".yaml"}
_FOLDERS = ("data", "ontology", "shapes", "queries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What adding a thing changes. Nothing is written before `write`."""

    workspace: Workspace
    address: str  # of the thing, below the base
    texts: Mapping[str, str]  # path in the workspace -> the whole new text, in the order of writing; the thing's last
    report: Report  # what validation says of the new things

    @property
    def file(self) -> str:
        """The file in which the thing is."""
        return list(self.texts)[-1]

    def write(self) -> None:
        """Write the files.

        Raises:
            OutputError: the system does not let us write.
        """
        for name, text in self.texts.items():
            replace_file(self.workspace.root / name, text)


def prepare_addition(
    workspace: Workspace,
    kind: str,
    given: Mapping[str, str],
    *,
    today: str,
    form: str = "turtle",
    ask: Callable[[str], str] | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> Addition:
    """Ask what must be asked, and try out what comes of it; nothing is written.

    Args:
        workspace: what the thing is added to.
        kind: "project" or "organisation".
        given: answers by the key of their question.
        today: the day on which a new source was read where nobody says another, YYYY-MM-DD.
        form: "turtle" or "yaml".
        ask: shows a prompt and returns a line; None where there is nobody to ask.
        say: takes what a person is told in between.

    Raises:
        UnreadableWorkspaceError: a file of the workspace cannot be read.
        AuthoringError: an answer is missing or wrong, the address is taken, or the thing would not conform.
    """
    loaded = load(workspace)
    if faults := [f for reading in (loaded.curated, loaded.ontology, loaded.shapes) for f in reading.findings]:
        raise UnreadableWorkspaceError([f"{fault.place}: {fault.message}" for fault in faults])
    base = workspace.base_iri
    facts = Facts(loaded.curated.quads, loaded.ontology.quads, Rules(loaded.shapes.quads, loaded.ontology.quads), base)
    context = Context.from_ontology(loaded.ontology.quads)
    draft = Drafter(Interview(facts, given, ask, say), context, today).draft(kind)
    texts = _texts(loaded, draft, context, form)
    findings = _try_out(workspace, draft, texts)
    if broken := [f for f in findings if f.severity is Severity.VIOLATION]:
        raise NotConformingError(Report(tuple(broken)).write("text", base).splitlines())
    return Addition(
        workspace=workspace,
        address=draft.node.value.removeprefix(base),
        texts=texts,
        report=Report(tuple(findings)),
    )


def _texts(loaded: Loaded, draft: Draft, context: Context, form: str) -> dict[str, str]:
    """Return the new text of each file that changes."""
    workspace, base = loaded.workspace, loaded.workspace.base_iri
    names_base = _names_bases(workspace)
    texts = {}
    for name, triples in (("sources", draft.sources), ("organisations", draft.organisations)):
        if triples:
            slug = str(triples[0].subject).rstrip(">").rpartition("/")[2]
            file = _common_file(workspace, name, slug)
            texts[file] = appended(_text(workspace.root / file), triples, base, names_base=names_base)
    if draft.kind == "organisation" and form == "turtle":
        file = _common_file(workspace, "organisations", draft.slug)
        texts[file] = appended(_text(workspace.root / file), draft.statements, base, names_base=names_base)
        return texts
    file = f"data/{draft.kind}s/{draft.slug}{FORMATS[form]}"
    _check_free(workspace, file)
    if form == "yaml":
        texts[file] = yaml_of(draft.statements, draft.node, context, base)
    else:
        texts[file] = turtle_of(draft.statements, base, draft.nodes, names_base=names_base)
    return texts


def _names_bases(workspace: Workspace) -> bool:
    """Tell whether new files say the base: not where the others leave it to the settings, to be moved there."""
    others = [path for path in workspace.data.rglob("*.ttl") if path.is_file()]
    return not others or any(names_a_base(_text(path)) for path in others)


def _common_file(workspace: Workspace, name: str, slug: str) -> str:
    """Return the Turtle file of all things of a kind; where another format has that name, one for this thing alone."""
    common = f"data/{name}.ttl"
    others = [ending for ending in ENDINGS if ending != ".ttl" and (workspace.root / f"data/{name}{ending}").exists()]
    if (workspace.root / common).exists() or not others:
        return common
    file = f"data/{name}/{slug}.ttl"
    _check_free(workspace, file)
    return file


def _check_free(workspace: Workspace, file: str) -> None:
    """Raise SlugError where there is a file of this name, in whatever format and case of letters."""
    wanted = PurePosixPath(file)
    folder = workspace.root / wanted.parent
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stem.casefold() == wanted.stem.casefold() and path.suffix.lower() in ENDINGS:
            there = (wanted.parent / path.name).as_posix()
            raise SlugError(f"the file {there} is there already. Name another slug with --slug, or go on in that file.")


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig") if path.exists() else ""


def _try_out(workspace: Workspace, draft: Draft, texts: Mapping[str, str]) -> Sequence[Finding]:
    """Return what validation says of the new things in a copy of the workspace that has them."""
    with tempfile.TemporaryDirectory(prefix="eugraph-add-") as name:
        root = Path(name)
        try:
            for folder in _FOLDERS:
                if (workspace.root / folder).is_dir():
                    shutil.copytree(workspace.root / folder, root / folder, copy_function=_link)
        except (OSError, shutil.Error) as error:
            raise OutputError(root, f"the workspace cannot be copied for a trial ({error})", "See to room.") from error
        for file, text in texts.items():
            replace_file(root / file, text)
        findings = check(load(replace(workspace, root=root))).findings
    new = {str(node) for node in draft.nodes}
    files = {file for file in texts if not (workspace.root / file).exists()}
    return [
        f
        for f in findings
        if f.unreadable or f.focus in new or f.value in new or (f.place and f.place.path.as_posix() in files)
    ]


def _link(source: str, target: str) -> None:
    """Give a file a second name, which is quicker than a copy; copy it where that cannot be."""
    with suppress(OSError):
        os.link(source, target)
        return
    shutil.copyfile(source, target)
