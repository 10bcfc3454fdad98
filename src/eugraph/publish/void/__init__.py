"""A description of the whole graph in VoID: how large it is, where it lies, and what it links to."""

from eugraph.publish.void.description import describe
from eugraph.publish.void.statistics import Statistics

__all__ = ["Statistics", "describe"]
