"""Writing a release: a folder that any web server can host.

- documents: which statements stand in which document
- paths: where a document lies, legal on every system
- dumps: the whole graph in files
- figures: key figures
- profile, pages: schema.org, and HTML for people
- staging: the new release beside the old one, then in its place
- given, release: what goes in; what comes out, and the order of the work
"""

from eugraph.publish.given import AnsweredReport, ReleaseInput
from eugraph.publish.release import Release, publish

__all__ = ["AnsweredReport", "Release", "ReleaseInput", "publish"]
