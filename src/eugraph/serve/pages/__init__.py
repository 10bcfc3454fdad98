"""The server's own pages: forms, search and the SPARQL page, in the frame of the release's pages."""

from eugraph.serve.pages.frames import Frames
from eugraph.serve.pages.responses import html_response, routes

__all__ = ["Frames", "html_response", "routes"]
