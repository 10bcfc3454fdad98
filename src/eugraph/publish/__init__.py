"""Writing a release: a folder that any web server can host.

- documents: which statements stand in which document
- paths: where a document lies, legal on every system
- dumps: the whole graph in files
- figures, page: key figures and index.html
- staging: the new release beside the old one, then in its place
- release: what goes in, what comes out, and the order of the work
"""

from eugraph.publish.release import AnsweredReport, Release, ReleaseInput, publish

__all__ = ["AnsweredReport", "Release", "ReleaseInput", "publish"]
