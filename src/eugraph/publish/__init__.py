"""Writing a release: a folder that any web server can host.

- statements: all statements, as text by subject
- documents: which of them stand in which document
- paths: where a document lies, legal on every system
- composing: the files of a document, from a job that holds all that they depend on
- preparing: one look over all statements
- plan, workers, worker: which documents are made together, and in which process
- remembered: what the old release was made from, so that only what can have changed is made again
- dumps: the whole graph in files
- addresses: where things lead that are no document by themselves
- figures: key figures
- harvest: what portals and crawlers read, made last of all
- catalogue, void, sitemap, linkset, atom: DCAT-AP, VoID, sitemaps, links and changes
- profile, pages: schema.org, and HTML for people
- staging: the new release beside the old one, then in its place
- given, release: what goes in; what comes out, and the order of the work
"""

from eugraph.publish.given import AnsweredReport, Change, ChangeKind, ReleaseInput
from eugraph.publish.release import Release, publish

__all__ = ["AnsweredReport", "Change", "ChangeKind", "Release", "ReleaseInput", "publish"]
