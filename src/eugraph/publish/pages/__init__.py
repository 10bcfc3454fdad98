"""Pages for people: HTML that works from any folder of any host and from file://, without JavaScript.

- site: which pages there are, and the order of the work; the only thing that others call
- names, overview: what everything is called and what pages tell of each other, looked up once a release
- words, terms, links, kinds, labels, layout, markup, pen: how single values are written, and what goes where
- cards, things: what a page may tell of its neighbours; the pages of things, from documents and cards
- thing, facts, claims, members, origins: the page of a thing
- summary: what lists and counts tell of a document, kept from one release to the next
- lists, start, report, validation, vocabulary, diagram, shapes: the other pages
- frame, engine: what stands around a page; jinja2

Templates and the stylesheet are in `templates/`. No page asks another host for anything, and every text of the data is
escaped by the template engine or the pen.
"""

from eugraph.publish.pages.site import Site

__all__ = ["Site"]
