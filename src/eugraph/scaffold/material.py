"""The files of a new workspace: templates filled in, and copies of the ontology, the shapes and the queries.

In a template, `@TITLE@` and its like stand for settings. A name that begins with `dot-` begins with a dot in the
workspace: packaging tools pass over files that are hidden.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.abc import Traversable
from importlib.resources import files
from pathlib import Path

from eugraph import __version__
from eugraph.errors import NewWorkspaceError
from eugraph.scaffold.settings import NewWorkspace

FOLDERS = ("ontology", "shapes", "queries")
_TOKEN = re.compile(r"@([A-Z]+(?:_[A-Z]+)*)@")
_MARKUP = re.compile(r"([\\`*_\[\]<>#|&~])")
_EXAMPLE = re.compile(r"^(# param:.* e\.g\. )(\S+)$", re.MULTILINE)
# Things of the reference workspace that headers of queries name as examples, and what stands for them in the templates.
_EXAMPLES = {
    "disease/leukaemia": "disease/anaemia",
    "field/225": "field/219",
    "organisation/ebmt": "organisation/university",
    "organisation/eha": "organisation/association",
    "programme/horizon-europe": "programme/example",
    "project/harmony": "project/lantern",
    "project/profile": "project/lantern",
    "source/eu-projects-eha": "source/association-website",
}


def material(settings: NewWorkspace) -> dict[str, bytes]:
    """Return the files of a new workspace, by their paths, in the order of these.

    Raises:
        NewWorkspaceError: the package was installed without the ontology, shapes or queries.
    """
    found: dict[str, bytes] = {}
    for path, file in _below(files("eugraph.scaffold") / "templates"):
        name = re.sub(r"(^|/)dot-", r"\1.", path)
        found[name] = _filled(file.read_text(encoding="utf-8"), _values(settings, name)).encode()
    source = carried()
    for folder in FOLDERS:
        for path, file in _below(source / folder):
            name = f"{folder}/{path}"
            found[name] = _with_examples(file.read_bytes()) if name.endswith(".rq") else file.read_bytes()
    return dict(sorted(found.items()))


def carried() -> Traversable:
    """Return the folder with ontology/, shapes/ and queries/: in the installed package, or in the clone it runs from.

    Raises:
        NewWorkspaceError: there is none.
    """
    package = files("eugraph")
    places: list[Traversable] = [package / "_workspace"]
    if isinstance(package, Path):
        places.append(package.parents[1])
    for place in places:
        if all((place / folder).is_dir() for folder in FOLDERS):
            return place
    raise NewWorkspaceError(
        Path(str(package)), "this installation of eugraph lacks ontology, shapes and queries", "Install it again."
    )


def _below(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield (path below the folder, file) at every depth; nothing that is hidden."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith((".", "__")):
            continue
        if entry.is_dir():
            yield from ((f"{entry.name}/{path}", file) for path, file in _below(entry))
        else:
            yield entry.name, entry


def _values(settings: NewWorkspace, name: str) -> Mapping[str, str]:
    values = {
        "TITLE": settings.title,
        "DESCRIPTION": f"EU-funded projects, described by {settings.publisher}: partners, money, periods and sources.",
        "PUBLISHER": settings.publisher,
        "BASE_IRI": settings.base_iri,
        "LICENCE": settings.licence,
        "VERSION": __version__,
    }
    if name.endswith(".toml"):
        return {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
    if name.endswith(".md"):
        texts = ("TITLE", "PUBLISHER")
        return {key: _MARKUP.sub(r"\\\1", value) if key in texts else value for key, value in values.items()}
    return values


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _TOKEN.sub(lambda token: values[token[1]], text)


def _with_examples(query: bytes) -> bytes:
    text = query.decode("utf-8")
    return _EXAMPLE.sub(lambda found: found[1] + _EXAMPLES.get(found[2], found[2]), text).encode()
