"""The template engine: jinja2 with every value escaped, every template read once, nothing undefined passed over."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from eugraph.publish.pages.frame import Around, Frame
from eugraph.publish.pages.words import clean

_FOLDER = files(__package__) / "templates"


def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


class Engine:
    """Renders templates of this package."""

    def __init__(self, **shared: object) -> None:
        """Take what all pages may use, under the names that the templates give it."""
        self._environment = Environment(
            loader=FunctionLoader(_source),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.globals.update(shared)
        self._templates: dict[str, Template] = {}
        self._arounds: dict[tuple[str, str], Around] = {}

    def page(self, template: str, frame: Frame, **values: object) -> bytes:
        """Return a page, in UTF-8. Characters that HTML cannot hold are replaced; a lone surrogate becomes "?"."""
        values |= {"page": frame, "root": frame.root, "around": self._around(frame)}
        return clean(self._template(template).render(values)).encode("utf-8", "replace")

    def _around(self, frame: Frame) -> Around:
        key = (frame.root, frame.section)
        found = self._arounds.get(key)
        if found is None:
            values = {"root": frame.root, "section": frame.section}
            top, foot = (self._template(name).render(values) for name in ("top.html", "foot.html"))
            found = self._arounds[key] = Around(Markup(top), Markup(foot))  # noqa: S704 - rendered just now
        return found

    def _template(self, name: str) -> Template:
        found = self._templates.get(name)
        if found is None:
            found = self._templates[name] = self._environment.get_template(name)
        return found


def stylesheet() -> bytes:
    """Return the one stylesheet of all pages."""
    return _source("style.css").encode()
