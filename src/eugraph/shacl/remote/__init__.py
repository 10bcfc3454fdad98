"""Shapes run where the data is: a plan becomes SPARQL queries whose answers are the faults alone.

A query is asked for each constraint of each shape, over all focus nodes at once. A nested shape becomes a part of the
query that binds a variable to the nodes that fail it, so sets of nodes are made, joined and taken from each other at
the endpoint, and neither nodes that are right nor blank nodes travel.

Spec: SHACL, <https://www.w3.org/TR/shacl/>; SPARQL 1.1 Query, <https://www.w3.org/TR/sparql11-query/>.
"""

from eugraph.shacl.remote.endpoint import Endpoint, Unasked
from eugraph.shacl.remote.run import run_remote

__all__ = ["Endpoint", "Unasked", "run_remote"]
