"""What stands around the content of every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from eugraph.publish.pages.links import is_web, root_of
from eugraph.publish.pages.signs import Sign
from eugraph.publish.pages.words import licence_name

FORMS = {"ttl": ("text/turtle", "Turtle"), "jsonld": ("application/ld+json", "JSON-LD")}  # of every document


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The release, as the foot of every page tells it. Without its date: an edit may bring a new one."""

    title: str
    description: str
    version: str
    publisher: str
    licence: str  # IRI
    base: str  # that things are published under

    @property
    def licence_name(self) -> str:
        """The usual name of a Creative Commons licence, else the address."""
        return licence_name(self.licence)

    @property
    def has_licence_link(self) -> bool:
        """Whether the licence's address may be a link."""
        return is_web(self.licence)


@dataclass(frozen=True, slots=True)
class Around:
    """Head and foot, which are equal on all pages of a section that are equally deep."""

    top: Markup
    foot: Markup


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way from the start page."""

    label: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page's own name and surroundings."""

    path: str  # below the release
    title: str
    description: str = ""
    crumbs: Sequence[Crumb] = ()  # without start page and page itself
    section: str = ""  # which entry of the main menu it belongs to
    forms: Sequence[tuple[str, str, str]] = ()  # other forms of the page: path, media type, name
    json_ld: Markup = field(default=Markup(""))
    signs: Sequence[Sign] = ()

    @property
    def root(self) -> str:
        """What leads to the top of the release."""
        return root_of(self.path)
