"""Descriptions that may be of one thing though no identifier says so: how like they are, and what speaks for it.

A score is no decision: what is proposed is for a person to look at.
"""

from eugraph.likeness.descriptions import Description
from eugraph.likeness.proposals import LEAST, Proposal, proposals

__all__ = ["LEAST", "Description", "Proposal", "proposals"]
