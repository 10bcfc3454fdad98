"""Writing a release: a folder that any web server can host.

- statements: all statements, as text by subject
- documents: which of them stand in which document
- paths: where a document lies, legal on every system
- composing: the files of a document, from a job that holds all that they depend on
- preparing, looking: one look over all statements
- plan, workers, worker: which documents are made together, and in which process
- beside, calls, errands, errand: what is kept of imports, made in other processes meanwhile
- remembered: what the old release was made from, so that only what can have changed is made again
- dumps, packing, union: the whole graph in files, the parts that these are put together from, and their statements
- addresses: where things lead that are no document by themselves
- figures: key figures
- harvest: what portals and crawlers read, made last of all
- catalogue, void, sitemap, linkset: DCAT-AP, VoID, sitemaps and links
- previous, changelog, atom, feed: what changed since the previous release, for people, readers of news and harvesters
- profile, pages: schema.org, and HTML for people
- staging: the new release beside the old one, then in its place
- given, content, release: what goes in; what comes out, and the order of the work
- reach, patching, state, again: the order of the work where a little has changed beside large imports
"""

from eugraph.publish.content import Release
from eugraph.publish.given import AnsweredReport, ReleaseInput
from eugraph.publish.previous import Previous, open_previous
from eugraph.publish.release import publish

__all__ = ["AnsweredReport", "Previous", "Release", "ReleaseInput", "open_previous", "publish"]
